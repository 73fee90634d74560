/** The fetching side, against a small shop with an API as Webwinkelfacturen asks for: what a shop does wrong is found. */
import type { Document } from 'openapi-backend';

import { startSandbox } from '../sandbox/api';
import type { Sandbox, SandboxAnswer, SandboxRequest } from '../sandbox/api';
import { fetchShop, ShopRefusal } from '../sandbox/webwinkelfacturen/fetchShop';
import type { FetchedSale } from '../sandbox/webwinkelfacturen/fetchShop';

const CLIENT = { id: 'bookkeeper', secret: 'a secret of more than 32 characters' };

const text = { type: 'string' };
const cents = { type: 'integer' };
const query = (...names: string[]) => names.map((name) => ({ name, in: 'query', schema: text }));

function list(operationId: string, names: string[], required: string[]) {
	const data = { type: 'array', items: { type: 'object', required, properties: { id: text } } };
	const page = { type: 'object', required: ['limit', 'count', 'next'], properties: { limit: cents, count: cents } };
	const schema = { type: 'object', required: ['success', 'data', 'page'], properties: { success: { type: 'boolean' }, data, page } };
	const failure = { type: 'object', required: ['success', 'error'] };
	return {
		get: {
			operationId,
			parameters: query(...names),
			responses: {
				'200': { description: 'Found', content: { 'application/json': { schema } } },
				'400': { description: 'Refused', content: { 'application/json': { schema: failure } } },
			},
		},
	};
}

const documentAt = (url: string) => ({
	openapi: '3.1.0',
	info: { title: 'Shop', version: '1' },
	servers: [{ url: `${url}/shop` }],
	paths: {
		'/sales': list('listSales', ['id', 'number', 'from', 'to', 'limit', 'cursor'], ['id', 'number', 'totals', 'lines', 'charges']),
		'/customers': list('listCustomers', ['email', 'cursor'], ['id', 'email']),
		'/products': list('listProducts', ['id', 'sku', 'cursor'], ['id', 'sku']),
		'/vat-rates': list('listVatRates', [], ['rate']),
	},
	components: { securitySchemes: { shop: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'oauth/token', scopes: {} } } } } },
});

/** The same to the test server, which wants every path, the document's among them. */
const contractAt = (url: string) => {
	const { paths } = documentAt(url);
	const plain = (operationId: string) => ({ operationId, responses: { '200': { description: 'Well' } } });
	return {
		openapi: '3.1.0',
		info: { title: 'Shop', version: '1' },
		paths: { ...paths, '/openapi.json': { get: plain('document') }, '/oauth/token': { post: plain('token') } },
	} as unknown as Document;
};

function sale(number: number, more: Partial<FetchedSale> = {}): FetchedSale {
	return {
		id: `shop:${number}`,
		number: String(number),
		kind: 'order',
		issuedAt: '2026-11-24T10:00:00+01:00',
		customer: { id: 'k1', email: 'anna@voorbeeld.example' },
		lines: [{ sku: 'B1', gross: 1090, net: 1000, vat: { category: 'S', rate: 9, amount: 90 } }],
		charges: [{ gross: 545, net: 500, vat: { category: 'S', rate: 9, amount: 45 } }],
		payments: [{ amount: 1635, status: 'succeeded' }],
		totals: { gross: 1635, net: 1500, vat: 135, paid: 1635, due: 0 },
		...more,
	};
}

let shop: Sandbox;
let sales: FetchedSale[];
let tokens: string[];
let customers: unknown[];

beforeEach(async () => {
	tokens = [];
	sales = [1, 2, 3, 4, 5].map((number) => sale(number));
	customers = [{ id: 'k1', email: 'anna@voorbeeld.example' }];
	const found = (data: unknown[], next: string | null = null): SandboxAnswer => ({
		status: 200,
		body: { success: true, data, page: { limit: 2, count: data.length, next } },
		headers: { 'RateLimit-Limit': '600', 'RateLimit-Remaining': '599', 'RateLimit-Reset': '60' },
	});
	shop = await startSandbox({
		contract: contractAt(''),
		prefix: '/shop',
		guard(request: SandboxRequest) {
			if (/openapi|oauth/.test(request.path) || tokens.includes(String(request.headers.authorization))) return undefined;
			return { status: 401, body: { success: false, error: { code: 'invalid_token', description: 'The token is not valid' } } };
		},
		handlers: {
			document: () => ({ status: 200, body: documentAt(shop.url) }),
			token({ body }) {
				const { client_id: id, client_secret: secret, grant_type: grant } = body as Record<string, string>;
				if (id !== CLIENT.id || secret !== CLIENT.secret || grant !== 'client_credentials') {
					return { status: 401, body: { success: false, error: { code: 'invalid_client', description: 'Unknown client' } } };
				}
				tokens.push(`Bearer ${tokens.length}`);
				return { status: 200, body: { access_token: String(tokens.length - 1), token_type: 'Bearer', expires_in: 3600 } };
			},
			listSales({ query: asked }) {
				const { id, number, from, cursor = '0' } = asked as Record<string, string>;
				if (id ?? number) return found(sales.filter((one) => one.id === id || one.number === number));
				if (!from) return { status: 400, body: { success: false, error: { code: 'missing_parameter', description: 'Say from when: from' } } };
				const start = Number(cursor);
				return found(sales.slice(start, start + 2), start + 2 < sales.length ? String(start + 2) : null);
			},
			listCustomers: () => found(customers),
			listProducts: ({ query: asked }) => found(asked.sku === 'B1' ? [{ id: 'p1', sku: 'B1' }] : []),
			listVatRates: () => found([{ rate: 9 }]),
		},
		notFound: () => ({ status: 404 }),
	});
});

afterEach(async () => await shop.close());

const open = async () => await fetchShop(`${shop.url}/shop/`, CLIENT.id, CLIENT.secret);

const results = (entries: Array<{ number: string; result: string }>) => entries.map(({ number, result }) => `${number} ${result}`);

test('a period is fetched page by page, with one login', async () => {
	const client = await open();
	expect((await client.sales('2026-11-01', '2026-11-30')).map(({ number }) => number)).toEqual(['1', '2', '3', '4', '5']);
	expect(tokens).toHaveLength(1);
	expect(shop.requests.map(({ path }) => path)).toEqual(['/shop/openapi.json', '/shop/oauth/token', '/shop/sales', '/shop/sales', '/shop/sales']);
	expect(client.limits()).toEqual({ limit: 600, remaining: 599, reset: 60 });
	expect([client.violations, shop.violations]).toEqual([[], []]);
});

test('a sale is found by id and number, a debtor by e-mail, a product by SKU, and the rates', async () => {
	const client = await open();
	expect((await client.saleById('shop:3'))?.number).toBe('3');
	expect((await client.saleByNumber('4'))?.id).toBe('shop:4');
	expect((await client.saleByNumber('404'))).toBeUndefined();
	expect((await client.debtorByEmail('anna@voorbeeld.example'))?.id).toBe('k1');
	expect((await client.productBySku('B1'))?.id).toBe('p1');
	expect(await client.vatRates()).toEqual([{ rate: 9 }]);
});

test('each sale is booked once, however often it is fetched; other figures are told, not booked', async () => {
	const client = await open();
	expect(results(await client.book('2026-11-01', '2026-11-30'))).toEqual(['1 booked', '2 booked', '3 booked', '4 booked', '5 booked']);
	sales[1] = sale(2, { totals: { gross: 1635, net: 1500, vat: 135, paid: 0, due: 1635 } });
	sales[2] = sale(3, { lines: [], totals: { gross: 545, net: 500, vat: 45, paid: 545, due: 0 } });
	expect(results(await client.book('2026-11-01', '2026-11-30'))).toEqual(['1 known', '2 known', '3 changed', '4 known', '5 known']);
	expect(client.books.size).toBe(5);
});

test.each([
	['a line has no VAT', { lines: [{ sku: 'B1', gross: 1090, net: 1090 }] }],
	['net and VAT of a line are not its gross', { lines: [{ sku: 'B1', gross: 1090, net: 1001, vat: { category: 'S', rate: 9, amount: 90 } }] }],
	['the lines are not the total', { charges: [] }],
	['paid and due are not the total', { totals: { gross: 1635, net: 1500, vat: 135, paid: 0, due: 0 } }],
	['the payments are not the turnover', { kind: 'receipt', payments: [{ amount: 1634, status: 'succeeded' }] }],
	['no product has the SKU X9', { lines: [{ sku: 'X9', gross: 1090, net: 1000, vat: { category: 'S', rate: 9, amount: 90 } }] }],
])('a sale is refused: %s', async (reason, more) => {
	sales = [sale(1, more as Partial<FetchedSale>)];
	const client = await open();
	const [entry] = await client.book('2026-11-01', '2026-11-30');
	expect(entry.result).toBe('refused');
	expect(entry.reasons).toContain(reason);
	expect(client.books.size).toBe(0);
});

test('a debtor that cannot be found is a reason, too', async () => {
	customers = [];
	const [entry] = await (await open()).book('2026-11-01', '2026-11-30');
	expect(entry.reasons).toEqual(['no debtor has the e-mail address anna@voorbeeld.example']);
});

test('an ended token is replaced once, a wrong secret is told', async () => {
	const client = await open();
	await client.vatRates();
	tokens[0] = 'ended';
	expect(await client.vatRates()).toEqual([{ rate: 9 }]);
	expect(tokens).toHaveLength(2);
	const stranger = await fetchShop(`${shop.url}/shop`, CLIENT.id, 'wrong');
	await expect(stranger.vatRates()).rejects.toMatchObject({ status: 401, code: 'invalid_client', message: 'Unknown client' });
});

test('a refusal has its status, code and description', async () => {
	const refusal: unknown = await (await open()).get('sales').catch((error: unknown) => error);
	expect(refusal).toBeInstanceOf(ShopRefusal);
	expect(refusal).toMatchObject({ status: 400, code: 'missing_parameter', message: 'Say from when: from' });
});

test('a shop that is busy is asked again when it says so', async () => {
	const client = await open();
	await client.vatRates();
	const body = { success: false, error: { code: 'shop_busy', description: 'Ask again', field: null, requestId: 'r' } };
	shop.faults.push({ kind: 'status', status: 400, times: 3, headers: { 'retry-after': '0' }, body });
	expect(await client.vatRates()).toEqual([{ rate: 9 }]);
	shop.faults.push({ kind: 'status', status: 400, headers: { 'retry-after': '61' }, body });
	await expect(client.vatRates()).rejects.toMatchObject({ status: 400, code: 'shop_busy' });
});

test('nothing is asked that the document does not offer', async () => {
	const client = await open();
	await expect(client.get('sales', { reference: 'x' })).rejects.toThrow('The document has no search for sales by reference');
	await expect(client.categories()).rejects.toThrow('The document has no categories');
});

test('an answer that is not as the document says is noted', async () => {
	customers = [{ id: 7 }];
	const client = await open();
	await client.debtorByEmail('anna@voorbeeld.example');
	expect(client.violations).toEqual([
		expect.stringContaining("/data/0 must have required property 'email'"),
		expect.stringContaining('/data/0/id must be string'),
	]);
});
