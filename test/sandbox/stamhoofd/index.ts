/** Both lines of the Stamhoofd API on loopback, with the state of one made-up association. */
import path from 'node:path';

import { fixedWindows, startSandbox } from '../api';
import type { FixedWindow, Handler, Sandbox, SandboxAnswer, SandboxRequest } from '../api';
import { balanceItems, receivables } from './balances';
import { changeCodes, changeOrders, changePayments, changeTickets, placeOrder } from './changes';
import * as current from './current';
import * as records from './currentRecords';
import * as documented from './documented';
import { listPage, Refusal, select } from './filter';
import type { List, ListQuery } from './filter';
import * as lists from './lists';
import { isEmpty, maySeeGroup, mayScan, mayUseWebshop, notFoundOrNoAccess, permissionDenied, rightsOf } from './rights';
import type { Rights } from './rights';
import { diceOf, SEED_NOW } from '../seed';
import { createState } from './seed';
import type { Order, Organization, Payment, State, Webshop } from './seed';
import type { BalanceItem, Registration } from './seedMembers';

export type Line = 'current' | 'documented';

export interface StamhoofdOptions {
	line: Line;
	/** Whether the real rate limits are kept, or which; without them as many requests as one likes. */
	limits?: boolean | FixedWindow[];
	/** How many payments the association has; 2000 if left out. */
	payments?: number;
	/** Another number gives other names, amounts and ids. */
	seed?: number;
	/** Milliseconds before every answer. */
	latency?: number;
	/** Version of the structures that the current line's server is at; the newest known if left out. */
	serverVersion?: number;
}

export interface StamhoofdSandbox extends Sandbox {
	state: State;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** The current line has 120 in 120 seconds where the manual says 150 in 150. A refused request counts in the windows that are shorter than the one that refuses it. */
const WINDOWS: Record<Line, FixedWindow[]> = {
	current: [
		{ requests: 25, milliseconds: 5 * SECOND, countsRefused: 'ofLonger' },
		{ requests: 120, milliseconds: 120 * SECOND, countsRefused: 'ofLonger' },
		{ requests: 1000, milliseconds: 3600 * SECOND },
		{ requests: 2000, milliseconds: DAY },
	],
	documented: [
		{ requests: 25, milliseconds: 5 * SECOND, countsRefused: 'ofLonger' },
		{ requests: 150, milliseconds: 150 * SECOND, countsRefused: 'ofLonger' },
		{ requests: 1000, milliseconds: 3600 * SECOND },
		{ requests: 2000, milliseconds: DAY },
	],
};

/** Versions that each line accepts, and the newest that it names in the x-version header (observed). */
const VERSIONS: Record<Line, { oldest: number; newest: number; named: number }> = {
	current: { oldest: 331, newest: Infinity, named: 411 },
	documented: { oldest: 168, newest: 247, named: 243 },
};

/** The breakdowns came after version 408, the list of webshops by page before 398 (read in the source). */
const BREAKDOWNS = 409;
const WEBSHOP_PAGES = 398;

/** Groups are refused below this version (read in the source). */
const OLDEST_FOR_GROUPS = 373;

/** How far back the first line's list goes for payments that are settled (read in the source). */
const LATELY = 7 * DAY;

/** Most orders in one answer of the first line (read in the source). */
const ORDER_PAGE = 50;

/** An organization's id, as the first part of the host or, for a sandbox without host names, of the path. */
const ORGANIZATION = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * The payments of the first line: transfers paid lately, then those still open and those that failed lately. As soon as
 * paidSince, methods or providers is given: all that was paid since (read in the source).
 */
function listDocumented({ payments }: State, query: Record<string, string>, now: number): Payment[] {
	const methods = query.methods?.split(',') ?? ['Transfer'];
	// `null` stands for no provider.
	const providers = query.providers?.split(',') ?? ['null'];
	const since = Math.floor(Number(query.paidSince ?? now - LATELY) / SECOND) * SECOND;
	const before = Number(query.paidBefore ?? Infinity);
	const isAfter = ({ paidAt, id }: Payment) => !query.afterId || paidAt! > since || id > query.afterId;
	const paid = payments
		.filter(({ method, provider }) => methods.includes(method) && providers.includes(provider ?? 'null'))
		.filter((payment) => payment.paidAt !== null && payment.paidAt >= since && payment.paidAt <= before && isAfter(payment))
		.sort((one, other) => one.paidAt! - other.paidAt! || (one.id < other.id ? -1 : 1))
		.slice(0, Number(query.limit ?? Infinity));
	if (query.paidSince ?? query.methods ?? query.providers) return paid;
	const unpaid = payments.filter(({ method, paidAt }) => method === 'Transfer' && paidAt === null);
	const failedLately = unpaid.filter(({ status, updatedAt }) => status === 'Failed' && updatedAt > now - LATELY);
	return [...paid, ...unpaid.filter(({ status }) => status !== 'Failed'), ...failedLately];
}

/** The orders of one webshop, by the moment of their last change; `afterNumber` makes `updatedSince` exclusive. */
function listOrders(state: State, webshopId: string, query: Record<string, string>): { page: Order[]; next?: object } {
	const since = Number(query.updatedSince ?? 0);
	const after = Number(query.afterNumber ?? -1);
	const page = state.orders
		.filter(({ webshop, updatedAt, number }) => {
			return webshop.id === webshopId && (updatedAt > since || (updatedAt === since && number > after));
		})
		.sort((one, other) => one.updatedAt - other.updatedAt || one.number - other.number)
		.slice(0, ORDER_PAGE);
	if (page.length < ORDER_PAGE) return { page };
	const last = page[page.length - 1];
	return { page, next: { updatedSince: last.updatedAt, afterNumber: last.number } };
}

function findWebshop(state: State, id: string) {
	const webshop = state.webshops.find((one) => one.id === id);
	// Code and message are read in the source, the Dutch words are inferred.
	if (!webshop) throw new Refusal(400, 'not_found', 'Webshop not found', { human: 'Deze webshop bestaat niet' });
	return webshop;
}

function searchOrganizations({ organizations }: State, query: string): Organization[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	return words.length === 0 ? [] : organizations.filter(({ name, address }) => {
		const text = `${name} ${address.city} ${address.postalCode}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

function tooOld(): Refusal {
	const text = 'Er is een noodzakelijke update beschikbaar. Herlaad de pagina en wis indien nodig de cache van jouw browser.';
	return new Refusal(400, 'client_update_required', text, { human: text });
}

const versionOf = ({ path: requested }: SandboxRequest) => Number(/\/v(\d+)(?:\/|$)/.exec(requested)?.[1] ?? 0);

/** One request for a list: whose it is, what it asks for. */
interface Asked {
	request: SandboxRequest;
	query: Record<string, string>;
	/** The version asked for or, if it is lower, that of the server. */
	version: number;
	/** What the key may do; there is always one, except for what anybody may ask. */
	rights: Rights;
}

export async function startStamhoofd(options: StamhoofdOptions, port = 0): Promise<StamhoofdSandbox> {
	const { line, limits = false, payments = 2000, seed = 1, latency, serverVersion } = options;
	const state = createState(payments, seed);
	const dice = diceOf(seed + 2);
	const startedAt = Date.now();
	const now = () => SEED_NOW + Date.now() - startedAt;
	const refuse = fixedWindows(Array.isArray(limits) ? limits : WINDOWS[line]);
	const accepted = { ...VERSIONS[line], ...(serverVersion !== undefined && { named: serverVersion }) };
	let refusals = 0;

	const reply = (request: SandboxRequest, status: number, body: unknown): SandboxAnswer => ({
		status,
		body,
		headers: { 'x-version': String(Math.min(versionOf(request), accepted.named)) },
	});

	function refusal(request: SandboxRequest, refused: Refusal): SandboxAnswer {
		const errors = [refused, ...refused.others].map(({ code, message, more: { human, field } }) => ({
			id: `${String(++refusals).padStart(8, '0')}-0000-4000-8000-000000000000@${Date.now()}`,
			code,
			message,
			...(human !== undefined && { human }),
			...(field !== undefined && { field }),
		}));
		return reply(request, refused.status, { errors });
	}

	const answering =
		(handler: (asked: Asked) => unknown): Handler =>
		(request) => {
			try {
				const version = Math.min(versionOf(request), accepted.named);
				const rights = rightsOf(state, request.headers.authorization)!;
				const body = handler({ request, query: request.query as Record<string, string>, version, rights });
				return reply(request, 200, body);
			} catch (error) {
				if (error instanceof Refusal) return refusal(request, error);
				throw error;
			}
		};

	const needsPayments = ({ rights }: Asked) => {
		if (!rights.payments) throw permissionDenied();
	};
	const needsFinance = ({ rights }: Asked) => {
		if (!rights.finance) throw permissionDenied();
	};
	const needsDocuments = ({ rights }: Asked) => {
		if (!rights.isFull) throw permissionDenied();
	};
	const needsSomething = ({ rights }: Asked) => {
		if (isEmpty(rights)) throw permissionDenied();
	};
	/** Everybody in a group that the key sees; all groups if the filter names none. */
	const needsMembers = ({ rights, query }: Asked) => {
		const named = state.groups.filter(({ id }) => (query.filter ?? '').includes(id));
		const isSeen = named.length > 0 ? named.every((group) => maySeeGroup(rights, group)) : rights.groups !== 'None';
		if (!isSeen) throw permissionDenied();
	};
	const needsVersion = (from: number, { request }: Asked) => {
		if (accepted.named < from) throw new Refusal(404, 'not_found', 'Endpoint not found');
		return request;
	};

	/** A list by page, and the count of it. */
	function listing<T>({ all, list, may, renderAll }: {
		all: (asked: Asked) => T[];
		list: List<T>;
		may(asked: Asked, records?: T[]): void;
		/** `results` of a page. */
		renderAll(records: T[], asked: Asked): unknown;
	}): { list: Handler; count: Handler } {
		return {
			list: answering((asked) => {
				may(asked);
				const { page, next } = listPage(all(asked), asked.query as ListQuery, list);
				may(asked, page);
				return { results: renderAll(page, asked), ...(next && { next }) };
			}),
			count: answering((asked) => {
				may(asked);
				return { count: select(all(asked), asked.query, list).length };
			}),
		};
	}

	const owed = (): records.Owed => {
		const byRegistration = new Map<Registration, BalanceItem[]>();
		for (const item of balanceItems(state)) {
			if (item.registration) byRegistration.set(item.registration, [...(byRegistration.get(item.registration) ?? []), item]);
		}
		return { of: (registration) => byRegistration.get(registration) ?? [] };
	};
	const registered = ({ rights }: Asked) =>
		state.registrations.filter(({ registeredAt, group }) => registeredAt !== null && maySeeGroup(rights, group));
	const webshopsMayBe = (isAllowed: (webshop: Webshop, rights: Rights) => boolean) => (asked: Asked, webshops: Webshop[] = []) => {
		needsSomething(asked);
		if (!webshops.every((webshop) => isAllowed(webshop, asked.rights))) throw permissionDenied();
	};
	const mayRead = webshopsMayBe((webshop, rights) => mayUseWebshop(rights, webshop, state, 'Read'));
	const mayReadTickets = webshopsMayBe((webshop, rights) => mayScan(rights, webshop, state));

	const paymentList = lists.paymentList(accepted.named);
	const paymentsOf = listing({
		all: () => state.payments,
		list: paymentList,
		may: needsPayments,
		renderAll: (page, { version }) => page.map((payment) => current.paymentOf(payment, state, version)),
	});
	const ordersOf = listing({
		all: () => state.orders,
		list: lists.orderList,
		may: (asked, page) => mayRead(asked, page?.map(({ webshop }) => webshop)),
		renderAll: (page, { version }) => page.map((order) => current.orderOf(order, state, version)),
	});
	const ticketsOf = listing({
		all: () => state.tickets,
		list: lists.ticketList,
		may: (asked, page) => mayReadTickets(asked, page?.map(({ order }) => order.webshop)),
		renderAll: (page) => page.map(records.ticketOf),
	});
	const receivablesOf = listing({
		all: () => receivables(state),
		list: lists.receivableList,
		may: needsFinance,
		renderAll: (page, { version }) => page.map((one) => records.receivableOf(one, state, version)),
	});
	const balanceItemsOf = listing({
		all: () => balanceItems(state),
		list: lists.balanceItemList,
		may: needsPayments,
		renderAll: (page, { version }) => page.map((item) => records.balanceItemOf(item, state, version)),
	});
	const groupsOf = listing({
		all: () => state.groups,
		list: lists.groupList,
		may({ request }) {
			if (versionOf(request) < OLDEST_FOR_GROUPS) throw tooOld();
		},
		renderAll: (page, { version }) => page.map((group) => records.groupOf(group, state, version)),
	});
	const membersOf = listing({
		all: (asked) => {
			const own = new Set(registered(asked).map(({ member }) => member));
			return asked.rights.isFull ? state.members : state.members.filter((member) => own.has(member));
		},
		list: lists.memberList((member) => state.registrations.filter((one) => one.member === member)),
		may: needsMembers,
		renderAll: (page, { version }) => records.membersBlob(page, owed(), state, version, now()),
	});
	const registrationsOf = listing({
		all: registered,
		list: lists.registrationList,
		may: needsMembers,
		renderAll: (page, { version }) => records.registrationsBlob(page, owed(), state, version),
	});
	const invoicesOf = listing({
		all: () => state.invoices,
		list: lists.invoiceList,
		may: needsFinance,
		renderAll: (page, { version }) => page.map((invoice) => records.invoiceOf(invoice, state, version)),
	});
	const documentsOf = listing({
		all: () => state.documents,
		list: lists.documentList,
		may: needsDocuments,
		renderAll: (page, { version }) => page.map((document) => records.documentOf(document, version)),
	});
	const templatesOf = listing({
		all: () => state.templates,
		list: lists.templateList,
		may: needsDocuments,
		renderAll: (page, { version }) => page.map((template) => records.templateOf(template, version)),
	});
	const webshopsOf = listing({
		all: () => state.webshops,
		list: lists.webshopList,
		may: (asked) => void needsVersion(WEBSHOP_PAGES, asked),
		// What the key may not see is left out of the page, which stays a page (observed).
		renderAll: (page, { rights }) =>
			page
				.filter((webshop) => mayUseWebshop(rights, webshop, state, 'Read'))
				.map((webshop) => records.webshopWithOrganizationOf(current.webshopPreview(webshop, state), state)),
	});

	const patchPayments = (render: (payment: Payment, version: number) => object) =>
		answering(({ request, rights, version }) => {
			if (isEmpty(rights)) throw permissionDenied();
			return changePayments(request.body, state, rights, line === 'current', now()).map((payment) => render(payment, version));
		});
	const patchOrders = (render: (order: Order, version: number) => object) =>
		answering(({ request, rights, version }) => {
			if (isEmpty(rights)) throw permissionDenied();
			return changeOrders(request.params.id, request.body, state, rights, now()).map((order) => render(order, version));
		});
	const getOrder = (render: (order: Order, version: number) => object) =>
		answering(({ request, version }) => {
			const { id, orderId } = request.params;
			const order = state.orders.find((one) => one.id === orderId && one.webshop.id === id);
			if (!order) throw new Refusal(400, 'not_found', 'Order not found', { human: 'Deze bestelling bestaat niet (meer)' });
			return render(order, version);
		});
	const postOrder = (render: (order: Order, version: number) => object) =>
		answering(({ request, version, rights }) => {
			const order = placeOrder(request.params.id, request.body, state, rights !== undefined, now(), dice.uuid);
			return { paymentUrl: null, paymentQRCode: null, order: render(order, version) };
		});
	const currentPayment = (payment: Payment, version: number) => current.paymentOf(payment, state, version);
	const currentOrder = (order: Order, version: number) => current.orderOf(order, state, version);

	const codesOf = ({ request, rights }: Asked) => {
		const webshop = state.webshops.find(({ id }) => id === request.params.id);
		if (!webshop || !mayUseWebshop(rights, webshop, state, 'Full')) throw notFoundOrNoAccess();
		return webshop.discountCodes;
	};

	const handlers: Record<Line, Record<string, Handler>> = {
		current: {
			listPayments: paymentsOf.list,
			countPayments: paymentsOf.count,
			breakDownPayments: answering((asked) => {
				needsVersion(BREAKDOWNS, asked);
				needsPayments(asked);
				const byPayment = new Map(balanceItems(state).map((item) => [item.payment, item]));
				return records.paymentBreakdownOf(select(state.payments, asked.query, paymentList), (payment) => byPayment.get(payment)!);
			}),
			getPayment: answering(({ request, version }) => {
				const payment = state.payments.find(({ id }) => id === request.params.id);
				if (payment) return currentPayment(payment, version);
				throw new Refusal(400, 'not_found', 'Payment not found', { human: 'Je hebt geen toegang tot deze betaling' });
			}),
			patchPayments: patchPayments(currentPayment),
			listOrders: ordersOf.list,
			countOrders: ordersOf.count,
			getOrder: getOrder(currentOrder),
			patchOrders: patchOrders(currentOrder),
			postOrder: postOrder(currentOrder),
			listTickets: ticketsOf.list,
			countTickets: ticketsOf.count,
			patchTickets: answering(({ request, rights }) => {
				if (isEmpty(rights)) throw permissionDenied();
				return changeTickets(request.params.id, request.body, state, rights, now()).map(records.ticketOf);
			}),
			listDiscountCodes: answering((asked) => codesOf(asked).map((code) => records.discountCodeOf(code, asked.version))),
			patchDiscountCodes: answering(({ request, rights, version }) => {
				const changed = changeCodes(request.params.id, request.body, state, rights, current.money(1, version), now(), dice.uuid);
				return changed.map((code) => records.discountCodeOf(code, version));
			}),
			listReceivables: receivablesOf.list,
			countReceivables: receivablesOf.count,
			getReceivable: answering((asked) => {
				needsFinance(asked);
				const { type, id } = asked.request.params;
				const found = receivables(state).find((one) => one.type === type && one.objectId === id);
				const empty = { id: dice.uuid(), objectId: id, type: type as 'member', name: '', contacts: [], items: [], member: null };
				return records.detailedReceivableOf(found ?? empty, state, asked.version);
			}),
			listBalanceItems: balanceItemsOf.list,
			countBalanceItems: balanceItemsOf.count,
			breakDownBalanceItems: answering((asked) => {
				needsVersion(BREAKDOWNS, asked);
				needsPayments(asked);
				return records.balanceItemBreakdownOf(select(balanceItems(state), asked.query, lists.balanceItemList));
			}),
			getBalanceItem: answering((asked) => {
				needsSomething(asked);
				const item = balanceItems(state).find(({ id }) => id === asked.request.params.id);
				if (item) return records.balanceItemWithPaymentsOf(item, state, asked.version);
				throw new Refusal(404, 'not_found', 'Balance item not found', { human: 'Niet gevonden' });
			}),
			listGroups: groupsOf.list,
			countGroups: groupsOf.count,
			listMembers: membersOf.list,
			countMembers: membersOf.count,
			listRegistrations: registrationsOf.list,
			countRegistrations: registrationsOf.count,
			listInvoices: invoicesOf.list,
			countInvoices: invoicesOf.count,
			listDocuments: documentsOf.list,
			countDocuments: documentsOf.count,
			listDocumentTemplates: templatesOf.list,
			getDocumentHtml: answering((asked) => {
				const document = state.documents.find(({ id }) => id === asked.request.params.id);
				if (!document || !asked.rights.isFull) throw new Refusal(400, 'not_found', 'Document niet gevonden');
				return Buffer.from(records.htmlOf(document));
			}),
			listWebshops: webshopsOf.list,
			getUser: answering(({ rights, version }) => current.userOf(state, rights, version, now())),
			getOrganization: answering(({ rights }) => current.organizationOf(state, rights)),
			getWebshop: answering(({ request, version }) => current.webshopOf(findWebshop(state, request.params.id), state, version)),
			searchOrganizations: answering(({ query }) => searchOrganizations(state, query.query ?? '').map(current.publicOrganization)),
		},
		documented: {
			listPayments: answering((asked) => {
				needsPayments(asked);
				return listDocumented(state, asked.query, now()).map(documented.paymentOf);
			}),
			patchPayments: patchPayments(documented.paymentOf),
			getUser: answering(({ rights }) => documented.userOf(state, rights)),
			getOrganization: answering(({ rights }) => documented.organizationOf(state, rights)),
			getWebshop: answering(({ request }) => documented.webshopOf(findWebshop(state, request.params.id), state)),
			listOrders: answering(({ request, query, rights }) => {
				const webshop = state.webshops.find(({ id }) => id === request.params.id);
				if (!webshop || !mayUseWebshop(rights, webshop, state, 'Read')) throw notFoundOrNoAccess();
				const { page, next } = listOrders(state, webshop.id, query);
				return { results: page.map(documented.orderOf), ...(next && { next }) };
			}),
			getOrder: getOrder(documented.orderOf),
			patchOrders: patchOrders(documented.orderOf),
			searchOrganizations: answering(({ query }) => searchOrganizations(state, query.query ?? '').map(documented.publicOrganization)),
		},
	};

	const notFound = (request: SandboxRequest): SandboxAnswer =>
		line === 'documented'
			? reply(request, 404, 'Endpoint not found.')
			: refusal(request, new Refusal(404, 'not_found', 'Endpoint not found'));

	function limitReached(): Refusal | undefined {
		const limited = limits ? refuse(state.organization.id, Date.now()) : undefined;
		if (!limited) return undefined;
		const seconds = Math.ceil(limited.wait / SECOND);
		const { requests } = limited.window;
		const text = `Rate limit exceeded (${requests + 1}  requests in 0s). Retry after ${seconds}s. Check your code and try to reduce the number of (parallel) requests you make. Add waiting periods if needed.`;
		if (line === 'documented') return new Refusal(429, 'rate_limit', text);
		return new Refusal(429, 'rate_limit', `${text} Limit ${requests} `, {
			human: `Oeps! Te veel aanvragen. Om spam te vermijden is jouw aanvraag tijdelijk geblokkeerd. Probeer het over ${seconds} seconden opnieuw.`,
		});
	}

	/** What every request must get past: version, organization, key, rate limit. A search and an order need no key. */
	function guard(request: SandboxRequest): SandboxAnswer | undefined {
		const version = versionOf(request);
		if (version < accepted.oldest) return refusal(request, tooOld());
		if (version > accepted.newest) return notFound(request);
		if (request.path.endsWith('/organizations/search')) return undefined;
		const isPublic = /\/webshop\/[^/]+\/order(\/[^/]+)?$/.test(request.path);
		const host = String(request.headers.host);
		const asked = new RegExp(`^(${ORGANIZATION})\\.`).exec(host)?.[1] ?? new RegExp(`^/(${ORGANIZATION})/`).exec(request.path)?.[1];
		if (asked && asked !== state.organization.id) {
			return refusal(
				request,
				new Refusal(400, 'invalid_organization', `No organization known for host ${asked}.api.stamhoofd.app`),
			);
		}
		const key = request.headers.authorization;
		if (!key && !isPublic) {
			return refusal(request, new Refusal(401, 'not_authenticated', 'Missing required authorization header'));
		}
		if (key && !rightsOf(state, key)) {
			const human = 'Je bent automatisch uitgelogd, log opnieuw in om verder te gaan';
			return refusal(request, new Refusal(401, 'invalid_access_token', 'The access token is invalid', { human }));
		}
		const limited = limitReached();
		return limited && refusal(request, limited);
	}

	const sandbox = await startSandbox(
		{
			contract: path.join(__dirname, `openapi.${line}.yaml`),
			prefix: `(?:/${ORGANIZATION})?/v\\d+`,
			handlers: handlers[line],
			guard,
			notFound,
			latency,
		},
		port,
	);
	return Object.assign(sandbox, { state });
}
