/** Both lines of the Stamhoofd API on loopback, with the state of one made-up association. */
import path from 'node:path';

import { fixedWindows, startSandbox } from '../api';
import type { FixedWindow, Handler, Sandbox, SandboxAnswer, SandboxRequest } from '../api';
import * as current from './current';
import * as documented from './documented';
import { listPage, Refusal, select } from './filter';
import type { Fields, ListQuery } from './filter';
import { createState, SEED_NOW } from './seed';
import type { Order, Organization, Payment, PaymentStatus, State } from './seed';

export type Line = 'current' | 'documented';

export interface StamhoofdOptions {
	line: Line;
	/** Whether the real rate limits are kept; without them as many requests as one likes. */
	limits?: boolean;
	/** How many payments the association has; 2000 if left out. */
	payments?: number;
	/** Another number gives other names, amounts and ids. */
	seed?: number;
	/** Milliseconds before every answer. */
	latency?: number;
}

export interface StamhoofdSandbox extends Sandbox {
	state: State;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** The current line has 120 in 120 seconds where the manual says 150 in 150. A refused request counts in the shorter windows. */
const WINDOWS: Record<Line, FixedWindow[]> = {
	current: [
		{ requests: 25, milliseconds: 5 * SECOND, countsRefused: true },
		{ requests: 120, milliseconds: 120 * SECOND, countsRefused: true },
		{ requests: 1000, milliseconds: 3600 * SECOND },
		{ requests: 2000, milliseconds: DAY },
	],
	documented: [
		{ requests: 25, milliseconds: 5 * SECOND, countsRefused: true },
		{ requests: 150, milliseconds: 150 * SECOND, countsRefused: true },
		{ requests: 1000, milliseconds: 3600 * SECOND },
		{ requests: 2000, milliseconds: DAY },
	],
};

/** Versions that each line accepts (observed), and the newest that it names in the x-version header. */
const VERSIONS: Record<Line, { oldest: number; newest: number; named: number }> = {
	current: { oldest: 331, newest: Infinity, named: 394 },
	documented: { oldest: 168, newest: 247, named: 243 },
};

/** How far back the first line's list goes for payments that are settled (read in the source). */
const LATELY = 7 * DAY;

/** Most orders in one answer of the first line (read in the source). */
const ORDER_PAGE = 50;

const STATUSES: PaymentStatus[] = ['Pending', 'Failed', 'Succeeded', 'Created'];

/** An organization's id, as the first part of the host or, for a sandbox without host names, of the path. */
const ORGANIZATION = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Methods whose status can be changed by hand on the current line (read in its source). */
const CHANGEABLE = ['Transfer', 'PointOfSale', 'Unknown'];

const digitsOf = (text: string | null) => (text ?? '').replace(/[^0-9]/g, '');

const customerName = ({ customer }: Payment | Order) => `${customer.firstName} ${customer.lastName}`.toLowerCase();

/** Prices in filters are in 1/10 000 euro whatever the version (read in the source). */
const PAYMENT_FIELDS: Fields<Payment> = {
	id: { read: ({ id }) => id },
	type: { read: () => 'Payment' },
	method: { read: ({ method }) => method },
	provider: { read: ({ provider }) => provider },
	status: { read: ({ status }) => status },
	createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
	updatedAt: { read: ({ updatedAt }) => updatedAt, isDate: true },
	paidAt: { read: ({ paidAt }) => paidAt, isDate: true },
	price: { read: ({ price }) => price * 100 },
	transferDescription: { read: ({ communication }) => communication },
	'customer.email': { read: ({ customer }) => customer.email },
	'customer.firstName': { read: ({ customer }) => customer.firstName },
	'customer.lastName': { read: ({ customer }) => customer.lastName },
	'customer.name': { read: customerName },
};

const ORDER_FIELDS: Fields<Order> = {
	id: { read: ({ id }) => id },
	webshopId: { read: ({ webshop }) => webshop.id },
	number: { read: ({ number }) => number },
	status: { read: ({ status }) => status },
	name: { read: customerName },
	email: { read: ({ customer }) => customer.email },
	paymentMethod: { read: ({ payment }) => payment.method },
	totalPrice: { read: ({ payment }) => payment.price * 100 },
	createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
	updatedAt: { read: ({ updatedAt }) => updatedAt, isDate: true },
	validAt: { read: ({ createdAt }) => createdAt, isDate: true },
};

/** Only a structured communication is observed, the rest is read in the source. */
function matchesPayment(payment: Payment, search: string): boolean {
	const bare = search.replace(/[+/]/g, '');
	if (/^\d/.test(bare) && bare.length === 12) return digitsOf(payment.communication) === bare;
	const { customer, description, communication } = payment;
	const texts = search.includes('@') ? [customer.email] : [customerName(payment), description, communication ?? ''];
	return texts.some((text) => text.toLowerCase().includes(search.toLowerCase()));
}

function matchesCustomer(record: Payment | Order, search: string): boolean {
	const wanted = search.trim().toLowerCase();
	return customerName(record).includes(wanted) || record.customer.email.includes(wanted);
}

interface Change {
	id: string;
	status?: PaymentStatus;
	paidAt?: number | string | null;
}

/** All of the body is read before anything is done, so that a wrong status changes nothing. */
function readChanges(body: unknown): Change[] {
	const changes = (body as { changes?: unknown } | undefined)?.changes;
	if (!Array.isArray(changes)) throw new Refusal(500, 'internal_error', 'An internal error occurred');
	return changes.map(({ patch }: { patch: Change }, position) => {
		if (patch.status !== undefined && !STATUSES.includes(patch.status)) {
			throw new Refusal(400, 'invalid_field', `Unknown enum value ${patch.status} expected ${STATUSES.join(', ')}`, {
				field: `changes.${position}.patch.status`,
			});
		}
		return patch;
	});
}

function applyChange(change: Change, state: State, line: Line, now: number): Payment {
	const payment = state.payments.find(({ id }) => id === change.id);
	if (!payment) {
		throw new Refusal(400, 'not_found', 'Payment not found', { human: 'Deze betaling werd niet gevonden.' });
	}
	const second = Math.floor(now / SECOND) * SECOND;
	const { status, paidAt } = change;
	if (line === 'current' && (!CHANGEABLE.includes(payment.method) || payment.price === 0)) {
		// Code and message are read in the source, the Dutch words are inferred.
		throw new Refusal(400, 'invalid_field', 'Invalid payment method', {
			human: 'De status van deze betaling kan je niet wijzigen',
		});
	}
	// A date is taken only where there is one already, so not together with Succeeded; text becomes 1970 (both observed).
	if (paidAt && payment.paidAt !== null) payment.paidAt = typeof paidAt === 'string' ? 0 : paidAt;
	if (status !== undefined && status !== payment.status) {
		payment.status = status;
		payment.paidAt = status === 'Succeeded' ? second : null;
	} else if (!paidAt) {
		return payment;
	}
	payment.updatedAt = second;
	if (payment.order) payment.order.updatedAt = second;
	return payment;
}

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

const versionOf = ({ path: requested }: SandboxRequest) => Number(/\/v(\d+)(?:\/|$)/.exec(requested)?.[1] ?? 0);

export async function startStamhoofd(options: StamhoofdOptions, port = 0): Promise<StamhoofdSandbox> {
	const { line, limits = false, payments = 2000, seed = 1, latency } = options;
	const state = createState(payments, seed);
	const startedAt = Date.now();
	const now = () => SEED_NOW + Date.now() - startedAt;
	const refuse = fixedWindows(WINDOWS[line]);
	const accepted = VERSIONS[line];
	let refusals = 0;

	const reply = (request: SandboxRequest, status: number, body: unknown): SandboxAnswer => ({
		status,
		body,
		headers: { 'x-version': String(Math.min(versionOf(request), accepted.named)) },
	});

	function refusal(request: SandboxRequest, { status, code, message, more }: Refusal): SandboxAnswer {
		const id = `${String(++refusals).padStart(8, '0')}-0000-4000-8000-000000000000@${Date.now()}`;
		const { human, field } = more;
		const error = { id, code, message, ...(human !== undefined && { human }), ...(field !== undefined && { field }) };
		return reply(request, status, { errors: [error] });
	}

	const answering =
		(handler: (request: SandboxRequest, query: Record<string, string>, version: number) => unknown): Handler =>
		(request) => {
			try {
				return reply(request, 200, handler(request, request.query as Record<string, string>, versionOf(request)));
			} catch (error) {
				if (error instanceof Refusal) return refusal(request, error);
				throw error;
			}
		};

	const needsPayments = (request: SandboxRequest) => {
		if (request.headers.authorization === `Bearer ${state.keys.withoutPayments}`) {
			// The status is observed, the words are inferred.
			throw new Refusal(403, 'permission_denied', 'You do not have permissions for this endpoint', {
				human: 'Je hebt geen toegang tot deze gegevens',
			});
		}
	};

	const patchPayments = (render: (payment: Payment, version: number) => object) =>
		answering((request, _, version) => {
			needsPayments(request);
			const changed = readChanges(request.body).map((change) => applyChange(change, state, line, now()));
			return changed.map((payment) => render(payment, version));
		});

	const list = <T>(
		records: T[],
		fields: Fields<T>,
		matches: (record: T, search: string) => boolean,
		render: (record: T, version: number) => object,
	) =>
		answering((request, query, version) => {
			needsPayments(request);
			const { page, next } = listPage(records, query as ListQuery, fields, matches);
			return { results: page.map((record) => render(record, version)), ...(next && { next }) };
		});

	const currentPayment = (payment: Payment, version: number) => current.paymentOf(payment, state, version);

	const handlers: Record<Line, Record<string, Handler>> = {
		current: {
			listPayments: list(state.payments, PAYMENT_FIELDS, matchesPayment, currentPayment),
			listOrders: list(state.orders, ORDER_FIELDS, matchesCustomer, (order, version) =>
				current.orderOf(order, state, version),
			),
			countPayments: answering((request, query) => {
				needsPayments(request);
				return { count: select(state.payments, query, PAYMENT_FIELDS, matchesPayment).length };
			}),
			getPayment: answering(({ params }, _, version) => {
				const payment = state.payments.find(({ id }) => id === params.id);
				if (payment) return currentPayment(payment, version);
				throw new Refusal(400, 'not_found', 'Payment not found', { human: 'Je hebt geen toegang tot deze betaling' });
			}),
			patchPayments: patchPayments(currentPayment),
			getUser: answering(() => current.userOf(state, now())),
			getOrganization: answering(() => current.organizationOf(state)),
			getWebshop: answering(({ params }, _, version) => current.webshopOf(findWebshop(state, params.id), state, version)),
			searchOrganizations: answering((_, { query }) =>
				searchOrganizations(state, query ?? '').map(current.publicOrganization),
			),
		},
		documented: {
			listPayments: answering((request, query) => {
				needsPayments(request);
				return listDocumented(state, query, now()).map(documented.paymentOf);
			}),
			patchPayments: patchPayments(documented.paymentOf),
			getUser: answering(() => documented.userOf(state)),
			getOrganization: answering(() => documented.organizationOf(state)),
			getWebshop: answering(({ params }) => documented.webshopOf(findWebshop(state, params.id), state)),
			listOrders: answering(({ params }, query) => {
				const { page, next } = listOrders(state, findWebshop(state, params.id).id, query);
				return { results: page.map(documented.orderOf), ...(next && { next }) };
			}),
			searchOrganizations: answering((_, { query }) =>
				searchOrganizations(state, query ?? '').map(documented.publicOrganization),
			),
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

	/** What every request must get past: version, organization, key, rate limit. A search needs no key. */
	function guard(request: SandboxRequest): SandboxAnswer | undefined {
		const version = versionOf(request);
		if (version < accepted.oldest) {
			const text = 'Er is een noodzakelijke update beschikbaar. Herlaad de pagina en wis indien nodig de cache van jouw browser.';
			return refusal(request, new Refusal(400, 'client_update_required', text, { human: text }));
		}
		if (version > accepted.newest) return notFound(request);
		if (request.path.endsWith('/organizations/search')) return undefined;
		const host = String(request.headers.host);
		const asked = new RegExp(`^(${ORGANIZATION})\\.`).exec(host)?.[1] ?? new RegExp(`^/(${ORGANIZATION})/`).exec(request.path)?.[1];
		if (asked && asked !== state.organization.id) {
			return refusal(
				request,
				new Refusal(400, 'invalid_organization', `No organization known for host ${asked}.api.stamhoofd.app`),
			);
		}
		const key = request.headers.authorization;
		if (!key) {
			return refusal(request, new Refusal(401, 'not_authenticated', 'Missing required authorization header'));
		}
		if (!Object.values(state.keys).some((known) => key === `Bearer ${known}`)) {
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
