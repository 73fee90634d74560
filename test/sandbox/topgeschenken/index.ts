/** The Topgeschenken API on loopback, with the catalogue of a made-up shop and the orders of one company. */
import path from 'node:path';

import { startSandbox } from '../api';
import type { Handler, Sandbox, SandboxAnswer, SandboxRequest } from '../api';
import * as records from './records';
import type { Language } from './records';
import { createState } from './seed';
import type { Address, Cart, CartOrder, Company, Customer, Line, Order, Product, State, Thing } from './seed';

/** What real servers of this kind do differently; all of it can be changed while the sandbox runs. */
export interface TopgeschenkenSettings {
	/** Names in lists: with the prefix "hydra:", or without, as newer versions of the software give them. */
	prefixed: boolean;
	/** Whether a list says how long it is. */
	total: boolean;
	/** Whether a list has links to its pages. */
	view: boolean;
	/** Where the links lead; left out: a path, as the manual shows. */
	linkOrigin?: string;
	/** Most records in one answer, whatever is asked for. */
	mostPerPage: number;
	/** Seconds that a token lives. */
	tokenLifetime: number;
	/** Which of the manual's two paths of customers and companies exists. */
	relationPath: '/catalog/relation' | '/relation';
	/** Whether finalizing a cart answers with a record, or with nothing but the number. */
	finalizeAnswer: 'record' | 'number';
	/** Called before each page of a list, for a list that shifts while it is read. */
	beforePage?(state: State, request: SandboxRequest): void;
}

export interface TopgeschenkenOptions extends Partial<TopgeschenkenSettings> {
	/** How many orders the company has; 10 000 if left out. */
	orders?: number;
	/** Another number gives other names and ids. */
	seed?: number;
	/** Milliseconds since 1970 when the newest order was made; the present if left out. */
	now?: number;
	/** Milliseconds before every answer. */
	latency?: number;
}

interface Client {
	id: string;
	secret: string;
	/** Whether it belongs to a company. */
	coupled: boolean;
}

export interface TopgeschenkenSandbox extends Sandbox {
	state: State;
	settings: TopgeschenkenSettings;
	/** A machine account of the company, and one that gets anonymous tokens. */
	clients: { company: Client; anonymous: Client };
	/** Makes all tokens invalid at once. */
	revokeTokens(): void;
}

const DEFAULTS: TopgeschenkenSettings = {
	prefixed: true,
	total: true,
	view: true,
	mostPerPage: 100,
	tokenLifetime: 3600,
	relationPath: '/catalog/relation',
	finalizeAnswer: 'record',
};

const USUAL_PAGE = 30;

/** An answer that is an error, in one of the forms that the software behind the API uses. */
class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly violations?: Array<{ propertyPath: string; message: string }>,
	) {
		super(message);
	}
}

function refusalAnswer({ status, message, violations }: Refusal, prefixed: boolean): SandboxAnswer {
	const headers = { 'content-type': prefixed ? 'application/ld+json; charset=utf-8' : 'application/problem+json; charset=utf-8' };
	const body = prefixed
		? { '@context': `/api/v1/contexts/${violations ? 'ConstraintViolationList' : 'Error'}`, '@type': violations ? 'ConstraintViolationList' : 'hydra:Error', 'hydra:title': 'An error occurred', 'hydra:description': message, ...(violations && { violations }) }
		: { type: '/errors', title: 'An error occurred', status, detail: message, ...(violations && { violations }) };
	return { status, headers, body };
}

const languageOf = ({ headers }: SandboxRequest): Language => (String(headers['accept-language']).startsWith('en') ? 'en' : 'nl');

/** What a filter asks of a record. */
type Filter<T> = (record: T, value: string) => boolean;

const COMMON: Record<string, Filter<Thing>> = {
	created_since: ({ createdAt }, value) => createdAt >= Date.parse(value),
	updated_since: ({ updatedAt }, value) => updatedAt >= Date.parse(value),
	updated_until: ({ updatedAt }, value) => updatedAt <= Date.parse(value),
	updated_between_from: ({ updatedAt }, value) => updatedAt >= Date.parse(value),
	updated_between_until: ({ updatedAt }, value) => updatedAt <= Date.parse(value),
	uuids: ({ uuid }, value) => value.split(',').includes(uuid),
};

const ORDER_FILTERS: Record<string, Filter<Order>> = {
	...COMMON,
	status: ({ status }, value) => status === value,
	sites: ({ site }, value) => value.split(',').includes(site),
	delivery_from: ({ deliveryDate }, value) => Date.parse(deliveryDate) >= Date.parse(value),
	delivery_until: ({ deliveryDate }, value) => Date.parse(deliveryDate) <= Date.parse(value),
	auto_order: ({ automatic }, value) => String(automatic) === value,
	force_manual: ({ manual }, value) => String(manual) === value,
	product_groups: ({ lines }, value) => lines.some(({ product }) => value.split(',').includes(product.group.uuid)),
	search: ({ orderNumber, deliveryAddress }, value) =>
		`${orderNumber} ${deliveryAddress.attn}`.toLowerCase().includes(value.toLowerCase()),
};

const named = <T extends Thing>(textOf: (record: T) => string): Record<string, Filter<T>> => ({
	...COMMON,
	search: (record, value) => textOf(record).toLowerCase().includes(value.toLowerCase()),
});

interface NewLine {
	product: string;
	quantity: number;
	children: Array<{ product: string; quantity: number; metadata: { text: string } }>;
}

interface NewOrder {
	deliveryDate: string;
	deliveryAddress: Record<string, string>;
	deliveryRemark: string | null;
	lines: NewLine[];
}

const midnight = () => new Date().setUTCHours(0, 0, 0, 0);

export async function startTopgeschenken(options: TopgeschenkenOptions = {}, port = 0): Promise<TopgeschenkenSandbox> {
	const { orders = 10_000, seed = 1, now = Date.now(), latency = 0, ...own } = options;
	const settings: TopgeschenkenSettings = { ...DEFAULTS, ...own };
	const state = createState({ orders, seed, now });
	const clients = {
		company: { id: 'voorbeeld-bv', secret: 'een geheim+van/voorbeeld', coupled: true },
		anonymous: { id: 'nobody', secret: 'nobody-knows', coupled: false },
	};
	const tokens = new Map<string, { client: Client; until: number }>();

	/** The time as the API keeps it, in whole seconds. */
	const thing = (): Thing => {
		const second = Math.floor(Date.now() / 1000) * 1000;
		return { uuid: state.uuid(), createdAt: second, updatedAt: second };
	};

	const clientOf = ({ headers }: SandboxRequest): Client | undefined => {
		const token = tokens.get(String(headers.authorization).replace(/^Bearer /, ''));
		return token && token.until > Date.now() ? token.client : undefined;
	};

	/** Turns a thrown Refusal into its answer, and names the type of the others. */
	const answering =
		(handle: (request: SandboxRequest) => { status?: number; body?: unknown }): Handler =>
		(request) => {
			try {
				const { status = 200, body } = handle(request);
				const type = String(request.headers.accept).includes('application/ld+json') ? 'application/ld+json' : 'application/json';
				const headers = body === undefined ? undefined : { 'content-type': `${type}; charset=utf-8` };
				return { status, body: typeof body === 'string' ? JSON.stringify(body) : body, headers };
			} catch (error) {
				if (error instanceof Refusal) return refusalAnswer(error, settings.prefixed);
				throw error;
			}
		};

	function page<T extends Thing>(request: SandboxRequest, all: T[], filters: Record<string, Filter<T>>, render: (record: T) => object) {
		settings.beforePage?.(state, request);
		const { page: number = '1', page_items: size = String(USUAL_PAGE), pagination, ...wanted } = request.query as Record<string, string>;
		const visible = clientOf(request)?.coupled ? all : [];
		const tests = Object.entries(wanted);
		const found = tests.length === 0 ? visible : visible.filter((record) => tests.every(([name, value]) => filters[name]?.(record, value) ?? true));
		const length = pagination === 'false' ? found.length : Math.min(Number(size), settings.mostPerPage);
		const start = (Number(number) - 1) * length;
		const last = Math.max(1, Math.ceil(found.length / length));
		const link = (to: number) => {
			const query = new URLSearchParams({ ...(request.query as Record<string, string>), page: String(to) });
			return `${settings.linkOrigin ?? ''}${request.path}?${query.toString()}`;
		};
		const name = (text: string) => (settings.prefixed ? `hydra:${text}` : text);
		const isPaged = pagination !== 'false' && last > 1;
		return {
			'@context': `/api/v1/contexts/Collection`,
			'@id': request.path,
			'@type': name('Collection'),
			[name('member')]: found.slice(start, start + length).map(render),
			...(settings.total && { [name('totalItems')]: found.length }),
			...(settings.view &&
				isPaged && {
					[name('view')]: {
						'@id': link(Number(number)),
						'@type': name('PartialCollectionView'),
						[name('first')]: link(1),
						[name('last')]: link(last),
						...(Number(number) < last && { [name('next')]: link(Number(number) + 1) }),
					},
				}),
		};
	}

	const list = <T extends Thing>(all: () => T[], filters: Record<string, Filter<T>>, render: (record: T, language: Language) => object) =>
		answering((request) => ({ body: page(request, all(), filters, (record) => render(record, languageOf(request))) }));

	/** Only a token of a company sees and does anything with single things. */
	function needsCompany(request: SandboxRequest) {
		if (!clientOf(request)?.coupled) throw new Refusal(403, 'Access Denied.');
	}

	function find<T extends Thing>(all: T[], uuid: string): T {
		const found = all.find((record) => record.uuid === uuid);
		if (!found) throw new Refusal(404, 'Not Found');
		return found;
	}

	const one = <T extends Thing>(all: () => T[], render: (record: T, language: Language) => object, context: string) =>
		answering((request) => {
			needsCompany(request);
			const record = render(find(all(), request.params.uuid), languageOf(request));
			return { body: { '@context': `/api/v1/contexts/${context}`, ...record } };
		});

	/** Customers and companies, which exist under one of two paths only. */
	const relation = (handler: Handler): Handler => (request) =>
		request.path.startsWith(`/api/v1${settings.relationPath}/`)
			? handler(request)
			: refusalAnswer(new Refusal(404, 'No route found'), settings.prefixed);

	const addressFrom = (typed: Record<string, string>): Address => {
		const made = { ...thing(), companyName: null, ...typed } as unknown as Address;
		state.addresses.push(made);
		return made;
	};

	/** What is wrong with a new order, as a list of violations. */
	function violationsOf(order: NewOrder, at: string) {
		const wrong: Array<{ propertyPath: string; message: string }> = [];
		if (Date.parse(order.deliveryDate) < midnight() - 86_400_000) {
			wrong.push({ propertyPath: `${at}deliveryDate`, message: 'This value should be today or later.' });
		}
		const { country, postcode } = order.deliveryAddress;
		if (country === 'NL' && !/^[1-9]\d{3}[A-Z]{2}$/.test(postcode)) {
			wrong.push({ propertyPath: `${at}deliveryAddress.postcode`, message: 'This value is not a valid postcode.' });
		}
		order.lines.forEach((line, index) => {
			const all = [{ line, field: `lines[${index}]` }, ...line.children.map((child, nth) => ({ line: child, field: `lines[${index}].children[${nth}]` }))];
			for (const { line: { product: reference, quantity }, field } of all) {
				const product = state.products.find(({ uuid }) => reference.endsWith(uuid));
				if (!product) throw new Refusal(400, `Item not found for "${reference}".`);
				if (!product.orderable) wrong.push({ propertyPath: `${at}${field}.product`, message: 'This product is not orderable.' });
				if (quantity > product.most) wrong.push({ propertyPath: `${at}${field}.quantity`, message: `This value should be ${product.most} or less.` });
			}
		});
		return wrong;
	}

	const productOf = (reference: string): Product => state.products.find(({ uuid }) => reference.endsWith(uuid))!;

	function lineFrom({ product, quantity, children }: NewLine): Line {
		const cards = children.map((child) => ({ ...thing(), product: productOf(child.product), quantity: child.quantity, children: [], text: child.metadata.text }));
		return { ...thing(), product: productOf(product), quantity, children: cards };
	}

	function orderFrom(typed: NewOrder): CartOrder {
		return {
			...thing(),
			deliveryDate: typed.deliveryDate,
			deliveryAddress: addressFrom(typed.deliveryAddress),
			deliveryRemark: typed.deliveryRemark,
			lines: typed.lines.map(lineFrom),
		};
	}

	function refuseWrong(violations: Array<{ propertyPath: string; message: string }>) {
		if (violations.length === 0) return;
		throw new Refusal(422, violations.map(({ propertyPath, message }) => `${propertyPath}: ${message}`).join('\n'), violations);
	}

	/** Orders what is in a cart: a collection with a number, and its orders at the top of the list. */
	function collect(inCart: CartOrder[]): { number: string; orders: Order[]; collection: State['collections'][number] } {
		const number = String(20_000_001 + state.collections.length);
		const collection = { ...thing(), number };
		state.collections.push(collection);
		const placed = inCart.map((order, index): Order => ({
			...order,
			...thing(),
			collection,
			orderNumber: `${number}-${String(index + 1).padStart(4, '0')}`,
			status: 'new',
			deliveryStatus: null,
			site: 'topgeschenken',
			automatic: false,
			manual: false,
		}));
		state.orders.unshift(...placed);
		return { number, orders: placed, collection };
	}

	const noteWrite = (request: SandboxRequest) => state.placements.push({ path: request.path, body: request.body });

	const companyFrom = (iri: unknown): Company => (typeof iri === 'string' ? find(state.companies, iri.split('/').pop()!) : state.company);

	const writing = (handle: (request: SandboxRequest) => { status?: number; body?: unknown }) =>
		answering((request) => {
			needsCompany(request);
			return handle(request);
		});

	const listCustomers = relation(list(() => state.customers, named<Customer>(({ firstName, lastName }) => `${firstName} ${lastName}`), (record) => records.customerOf(record)));
	const listCompanies = relation(list(() => state.companies, named<Company>(({ name }) => name), (record) => records.companyOf(record)));
	const getCustomer = relation(one(() => state.customers, (record) => records.customerOf(record, true), 'Customer'));
	const getCompany = relation(one(() => state.companies, (record) => records.companyOf(record, true), 'Company'));

	const handlers: Record<string, Handler> = {
		createToken(request) {
			if (!String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded')) {
				return { status: 415, body: { error: 'invalid_request', error_description: 'The content type is not supported' } };
			}
			const { client_id: id, client_secret: secret } = request.body as Record<string, string>;
			const client = Object.values(clients).find((known) => known.id === id && known.secret === secret);
			if (!client) {
				return { status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed' } };
			}
			const token = `token-${tokens.size + 1}-${state.uuid()}`;
			tokens.set(token, { client, until: Date.now() + settings.tokenLifetime * 1000 });
			return { status: 200, body: { token_type: 'Bearer', expires_in: settings.tokenLifetime, access_token: token } };
		},
		listAssortments: list(() => state.assortments, named(({ name }) => name), records.assortmentOf),
		getAssortment: one(() => state.assortments, (record, language) => records.assortmentOf(record, language, true), 'Assortment'),
		listProducts: list(() => state.products, named<Product>(({ title, sku }) => `${title.nl} ${title.en} ${sku}`), records.productOf),
		getProduct: one(() => state.products, (record, language) => records.productOf(record, language, true), 'Product'),
		listProductGroups: list(() => state.productGroups, named(({ name }) => name), (record) => records.productGroupOf(record)),
		getProductGroup: one(() => state.productGroups, (record) => records.productGroupOf(record, true), 'ProductGroup'),
		listCustomers,
		listOtherCustomers: listCustomers,
		getCustomer,
		getOtherCustomer: getCustomer,
		listCompanies,
		listOtherCompanies: listCompanies,
		getCompany,
		getOtherCompany: getCompany,
		getAddress: one(() => state.addresses, records.addressRecordOf, 'Address'),
		// The links that the manual shows lead to the other path.
		getOtherAddress: () => refusalAnswer(new Refusal(404, 'No route found'), settings.prefixed),
		listOrders: list(() => state.orders, ORDER_FILTERS, records.orderOf),
		getOrder: one(() => state.orders, (record, language) => records.orderOf(record, language, true), 'Order'),
		listCarts: list(() => state.carts, COMMON, (record) => records.cartOf(record)),
		getCart: one(() => state.carts, (record) => records.cartOf(record, true), 'Cart'),
		createCart: writing((request) => {
			const { company, invoiceAddress, requestedPaymentMethod, contactEmail } = request.body as Record<string, never>;
			const cart: Cart = {
				...thing(),
				company: companyFrom(company),
				requestedPaymentMethod,
				invoiceAddress: addressFrom(invoiceAddress),
				contactEmail,
				orders: [],
			};
			state.carts.unshift(cart);
			noteWrite(request);
			return { status: 201, body: { '@context': '/api/v1/contexts/Cart', ...records.cartOf(cart, true) } };
		}),
		updateCart: writing((request) => {
			if (request.headers['content-type'] !== 'application/merge-patch+json') {
				throw new Refusal(415, 'The content-type is not supported. Supported MIME types are "application/merge-patch+json".');
			}
			const cart = find(state.carts, request.params.uuid);
			const { company, invoiceAddress, ...plain } = request.body as Record<string, never>;
			if (company !== undefined) cart.company = companyFrom(company);
			if (invoiceAddress !== undefined) cart.invoiceAddress = addressFrom(invoiceAddress);
			Object.assign(cart, plain, { updatedAt: thing().updatedAt });
			return { body: { '@context': '/api/v1/contexts/Cart', ...records.cartOf(cart, true) } };
		}),
		deleteCart: writing(({ params }) => {
			state.carts.splice(state.carts.indexOf(find(state.carts, params.uuid)), 1);
			return { status: 204 };
		}),
		finalizeCart: writing((request) => {
			const cart = find(state.carts, request.params.uuid);
			if (cart.orders.length === 0) {
				refuseWrong([{ propertyPath: 'orders', message: 'This collection should contain 1 element or more.' }]);
			}
			state.carts.splice(state.carts.indexOf(cart), 1);
			const { number, orders: placed, collection } = collect(cart.orders);
			noteWrite(request);
			const body = settings.finalizeAnswer === 'number' ? number : records.collectionOf(collection, placed, languageOf(request));
			return { status: 201, body };
		}),
		createCartOrder: writing((request) => {
			const typed = request.body as unknown as NewOrder & { cart: string };
			const cart = find(state.carts, typed.cart.split('/').pop()!);
			refuseWrong(violationsOf(typed, ''));
			const order = orderFrom(typed);
			cart.orders.push(order);
			cart.updatedAt = order.createdAt;
			noteWrite(request);
			return { status: 201, body: { '@context': '/api/v1/contexts/CartOrder', ...records.cartOrderOf(order) } };
		}),
		createOrderCollection: writing((request) => {
			const typed = request.body as { orders: NewOrder[] };
			refuseWrong(typed.orders.flatMap((order, index) => violationsOf(order, `orders[${index}].`)));
			const { orders: placed, collection } = collect(typed.orders.map(orderFrom));
			noteWrite(request);
			return { status: 201, body: records.collectionOf(collection, placed, languageOf(request)) };
		}),
	};

	const sandbox = await startSandbox(
		{
			contract: path.join(__dirname, 'openapi.yaml'),
			prefix: '/api/v1',
			handlers,
			guard: (request) =>
				request.path === '/api/v1/token' || !request.path.startsWith('/api/v1/') || clientOf(request)
					? undefined
					: refusalAnswer(new Refusal(401, 'The access token is invalid or has expired'), settings.prefixed),
			notFound: ({ method, path: asked }) =>
				refusalAnswer(
					method === 'GET' || !asked.startsWith('/api/v1/') ? new Refusal(404, 'No route found') : new Refusal(405, 'Method Not Allowed'),
					settings.prefixed,
				),
			latency,
		},
		port,
	);
	return Object.assign(sandbox, { state, settings, clients, revokeTokens: () => tokens.clear() });
}
