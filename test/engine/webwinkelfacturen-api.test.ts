/** The API that bookkeeping fetches from, on the engine's own request helpers and credentials. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, INodeType, IWebhookFunctions } from 'n8n-workflow';

import { BoekwinkeltjesApi } from '../../credentials/BoekwinkeltjesApi.credentials';
import { apiFields } from '../../nodes/Webwinkelfacturen/api/fields';
import { serve } from '../../nodes/Webwinkelfacturen/api/serve';
import { issueToken } from '../../nodes/Webwinkelfacturen/api/token';
import { WebwinkelfacturenApiTrigger } from '../../nodes/Webwinkelfacturen/WebwinkelfacturenApiTrigger.node';
import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import type { BoekwinkeltjesSandbox } from '../sandbox/boekwinkeltjes';
import { credentialFor } from './boekwinkeltjes';
import { runNode } from './harness';

const KEYS = { clientId: 'webwinkelfacturen', clientSecret: 'a secret of more than thirty-two characters' };

let sandbox: BoekwinkeltjesSandbox;
let audience: string;
let credential: ICredentialDataDecryptedObject;
let keys: typeof KEYS;

beforeEach(async () => {
	sandbox = await startBoekwinkeltjes({ books: 60, orders: 110 });
	audience = randomUUID();
	credential = credentialFor(sandbox);
	keys = KEYS;
});

afterEach(async () => {
	await sandbox.close();
	expect(sandbox.violations).toEqual([]);
});

interface Asked {
	path: string;
	method?: string;
	query?: IDataObject;
	body?: IDataObject;
	token?: string;
	/** In place of that of the token. */
	authorization?: string;
}

interface Given {
	status: number;
	headers: Record<string, string>;
	body: IDataObject;
	/** Items that start the workflow. */
	items: IDataObject[];
	/** What goes out where n8n answers later, for the workflow. */
	answered(status: number, body: unknown): [number, unknown];
}

/** What the API answers; its requests go out as those of a node do. */
async function ask({ path, method = 'GET', query = {}, body = {}, token, authorization = token && `Bearer ${token}` }: Asked, parameters: IDataObject = {}): Promise<Given> {
	const answered = (status: number, written: unknown): [number, unknown] => {
		response.status(status).json(written);
		return [given.status, given.body];
	};
	const given: Given = { status: 0, headers: {}, body: {}, items: [], answered };
	const response = {
		status(code: number) {
			given.status = code;
			return response;
		},
		setHeader: (name: string, value: string) => void (given.headers[name.toLowerCase()] = value),
		json: (written: unknown) => void (given.body = written as IDataObject),
		end: (text: string) => void (given.body = text.startsWith('{') ? (JSON.parse(text) as IDataObject) : { html: text }),
	};
	const { properties } = new WebwinkelfacturenApiTrigger().description;
	const node: INodeType = {
		description: { ...new WebwinkelfacturenApiTrigger().description, webhooks: undefined, inputs: ['main'], properties, group: ['transform'], credentials: [{ name: 'boekwinkeltjesApi' }, { name: 'salesApi' }] },
		async execute(this: IExecuteFunctions) {
			const context = Object.create(this, {
				getRequestObject: { value: () => ({ path: `/webhook/${audience}/${path}`, method }) },
				getResponseObject: { value: () => response },
				getBodyData: { value: () => body },
				getQueryData: { value: () => query },
				getHeaderData: { value: () => (authorization === undefined ? {} : { authorization }) },
				getNodeWebhookUrl: { value: () => `https://n8n.example/webhook/${audience}/` },
				getNodeParameter: { value: (name: string, fallback: unknown) => this.getNodeParameter(name, 0, fallback as never) as unknown },
			}) as unknown as IWebhookFunctions;
			const { workflowData } = await serve(context, audience, () => apiFields(context));
			given.items = (workflowData?.[0] ?? []).map(({ json }) => json);
			return [[]];
		},
	};
	const { error } = await runNode({
		node,
		credentialTypes: [new BoekwinkeltjesApi()],
		credentials: { boekwinkeltjesApi: credential, salesApi: keys },
		parameters: { source: 'boekwinkeltjes', regime: 'margin', sellerCountry: 'NL', goods: 'book', seller: {}, options: {}, api: {}, ...parameters } as never,
	});
	if (error) throw error;
	return given;
}

async function logIn(): Promise<string> {
	const { body } = await ask({ path: 'oauth/token', method: 'POST', body: { grant_type: 'client_credentials', client_id: KEYS.clientId, client_secret: KEYS.clientSecret } });
	return String(body.access_token);
}

const YEAR = { from: '2026-01-01', to: '2026-12-31' };

test('every sale of a period comes once over its pages, whatever comes in meanwhile', async () => {
	const token = await logIn();
	const wanted = sandbox.state.orders.filter(({ date }) => date.startsWith('2026-')).map(({ id }) => `boekwinkeltjes:${id}`);
	const all: IDataObject[] = [];
	let cursor: string | undefined;
	do {
		const { status, body } = await ask({ path: 'sales', query: { ...YEAR, limit: '20', ...(cursor ? { cursor } : {}) }, token });
		expect([status, body.error]).toEqual([200, undefined]);
		all.push(...(body.data as IDataObject[]));
		cursor = (body.page as { next?: string }).next;
		// The list shifts by one.
		sandbox.state.orders.unshift({ ...sandbox.state.orders[0], id: sandbox.state.orders[0].id + 1000 });
	} while (cursor);
	expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
	expect(wanted.length).toBeGreaterThan(40);
	expect(all.map(({ id }) => id).sort()).toEqual(wanted.sort());
	expect(all[0]).toMatchObject({ schema: 'saleDocument/1', id: expect.stringMatching(/^boekwinkeltjes:\d+$/), direction: 'sale' });
});

test('one sale is found by its id and by its number, with the e-mail address that only a single order has', async () => {
	const token = await logIn();
	const { id, buyer } = sandbox.state.orders[3];
	for (const query of [{ id: `boekwinkeltjes:${id}` }, { number: String(id) }]) {
		const { body } = await ask({ path: 'sales', query, token });
		expect(body).toMatchObject({ success: true, data: [{ id: `boekwinkeltjes:${id}`, customer: { email: buyer.email } }], page: { count: 1, next: null } });
	}
	expect((await ask({ path: 'sales', query: { id: 'boekwinkeltjes:1' }, token })).body).toMatchObject({ success: true, data: [] });
	expect((await ask({ path: 'sales', query: { id: 'stamhoofd:1' }, token })).body).toMatchObject({ success: true, data: [] });
});

test.each([
	['2026-03-29', '2026-03-29 00:00:00', '2026-03-29 23:59:59', '2026-03-30 00:00:00'],
	['2026-10-25', '2026-10-25 00:00:00', '2026-10-25 23:59:59', '2026-10-26 00:00:00'],
	['2026-11-24', '2026-11-24 00:00:00', '2026-11-24 23:59:59', '2026-11-25 00:00:00'],
])('the receipts of %s are those from its first second to its last, as soon as they are there', async (day, first, last, after) => {
	const token = await logIn();
	const orders = sandbox.state.orders.slice(0, 3);
	sandbox.state.orders.splice(0, Infinity, ...orders);
	[after, last, first].forEach((date, position) => Object.assign(orders[position], { date, paymentStatus: 'paid' }));
	const { body } = await ask({ path: 'receipts', query: { from: day, to: day }, token });
	expect((body.data as IDataObject[]).map(({ number }) => number)).toEqual([orders[2], orders[1]].map(({ id }) => String(id)));
});

test('debtors, receipts, products, rates, methods and categories', async () => {
	const token = await logIn();
	const { buyer } = sandbox.state.orders[0];
	expect((await ask({ path: 'customers', query: { email: buyer.email.toUpperCase() }, token })).body).toMatchObject({ data: [{ email: buyer.email }] });
	const receipts = await ask({ path: 'receipts', query: { ...YEAR, limit: '20' }, token });
	expect(receipts.body.error).toBeUndefined();
	const { data } = receipts.body as { data: Array<{ kind: string; totals: { due: number } }> };
	expect(data.length).toBeGreaterThan(0);
	expect(data.every(({ kind, totals }) => kind === 'receipt' && totals.due === 0)).toBe(true);
	const rates = (await ask({ path: 'vat-rates', token })).body.data as IDataObject[];
	expect(rates).toEqual(expect.arrayContaining([expect.objectContaining({ country: 'NL', rate: 9 })]));
	const byPages: IDataObject[] = [];
	for (let cursor: string | undefined = ''; cursor !== undefined; ) {
		const { body } = await ask({ path: 'vat-rates', query: { limit: '1', ...(cursor ? { cursor } : {}) }, token });
		byPages.push(...(body.data as IDataObject[]));
		cursor = (body.page as { next: string | null }).next ?? undefined;
	}
	expect(byPages).toEqual(rates);
	for (const path of ['products', 'payment-methods', 'categories']) expect((await ask({ path, token })).body).toMatchObject({ success: true });
});

test('a debtor and a product of a sale that was just fetched are known without asking the shop again', async () => {
	const token = await logIn();
	const { id, book, buyer } = sandbox.state.orders[3];
	await ask({ path: 'sales', query: { id: `boekwinkeltjes:${id}` }, token });
	const { length } = sandbox.requests;
	expect((await ask({ path: 'customers', query: { email: buyer.email }, token })).body).toMatchObject({ data: [{ email: buyer.email }], page: { count: 1 } });
	expect((await ask({ path: 'products', query: { sku: String(book.bookNumber) }, token })).body).toMatchObject({ data: [{ sku: String(book.bookNumber) }] });
	expect(sandbox.requests).toHaveLength(length);
	expect((await ask({ path: 'customers', query: { email: 'nobody@example.com' }, token })).body).toMatchObject({ success: true, data: [] });
	expect(sandbox.requests.length).toBeGreaterThan(length);
});

test('a workflow that answers has all headers, and its failure the form of every other one', async () => {
	const token = await logIn();
	const { headers, items, answered } = await ask({ path: 'sales', query: { ...YEAR, limit: '10' }, token }, { source: 'workflow' });
	expect(headers).toMatchObject({ 'ratelimit-limit': '600', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
	expect(items).toEqual([{ resource: 'sales', from: '2026-01-01T00:00:00+01:00', to: '2027-01-01T00:00:00+01:00', limit: 10, requestId: expect.any(String) }]);
	const { items: [list] } = await ask({ path: 'customers', query: { email: 'an@example.com' }, token }, { source: 'workflow' });
	expect(Math.round((Date.parse(String(list.to)) - Date.parse(String(list.from))) / 86_400_000)).toBe(60);
	const { items: [one] } = await ask({ path: 'sales', query: { number: '4006' }, token }, { source: 'workflow' });
	expect(one).toEqual({ resource: 'sales', number: '4006', limit: 50, requestId: expect.any(String) });
	// What n8n does with the answer of the workflow, and where it has none.
	expect(answered(200, { success: true, data: [] })).toEqual([200, { success: true, data: [] }]);
	expect(answered(200, undefined)).toEqual([200, { success: true, data: [], page: { limit: 10, count: 0, next: null } }]);
	const error = { code: 'workflow_failed', description: expect.stringContaining('executions') as string, field: null, requestId: items[0].requestId };
	expect(answered(500, { message: 'Error in workflow' })).toEqual([400, { success: false, error }]);
});

test.each([
	['sales', {}, 'missing_parameter'],
	['sales', { from: '2026-01-01' }, 'missing_parameter'],
	['sales', { from: 'yesterday', to: '2026-12-31' }, 'invalid_parameter'],
	['sales', { from: '2026-12-31', to: '2026-01-01' }, 'invalid_parameter'],
	['sales', { from: '0000-01-01', to: '0000-01-02' }, 'invalid_parameter'],
	['sales', { from: '9999-12-31', to: '9999-12-31' }, 'invalid_parameter'],
	['sales', { from: '2024-01-01', to: '2026-01-01' }, 'period_too_long'],
	['sales', { id: 'boekwinkeltjes:1', number: '1' }, 'unsupported_search'],
	['sales', { ...YEAR, limit: '101' }, 'invalid_parameter'],
	['sales', { ...YEAR, cursor: '???' }, 'invalid_parameter'],
	['sales', { ...YEAR, status: 'constructor' }, 'invalid_parameter'],
	['sales', { id: ['a', 'b'] }, 'invalid_parameter'],
	['products', { ean: '1' }, 'unknown_parameter'],
	['__proto__', {}, 'unknown_path'],
])('%s %j is refused as %s', async (path, query, code) => {
	const { status, body } = await ask({ path, query, token: await logIn() });
	expect([status, (body.error as IDataObject).code]).toEqual([400, code]);
	expect((body.error as { description: string }).description.length).toBeGreaterThan(10);
	expect(sandbox.requests).toHaveLength(0);
});

test('no token but its own is taken, and no wrong secret', async () => {
	const token = await logIn();
	const right = { grant_type: 'client_credentials', client_id: KEYS.clientId, client_secret: KEYS.clientSecret };
	const tried = async (body: IDataObject) => (await ask({ path: 'oauth/token', method: 'POST', body })).status;
	expect(await tried({ ...right, client_secret: 'wrong' })).toBe(401);
	expect(await tried({ ...right, client_secret: [KEYS.clientSecret] })).toBe(401);
	expect(await tried({ ...right, grant_type: 'password' })).toBe(400);
	const [payload, signature] = token.split('.');
	const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
	const longer = Buffer.from(JSON.stringify({ ...claims, exp: 9e9 })).toString('base64url');
	for (const wrong of [`${payload}.`, payload, `${longer}.${signature}`, `${token}x`, 'a.b', `${token}.${signature}`, undefined]) {
		const { status, headers, body } = await ask({ path: 'vat-rates', token: wrong });
		expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
		expect(JSON.stringify(body)).not.toContain(KEYS.clientSecret);
	}
	audience = randomUUID();
	expect((await ask({ path: 'vat-rates', token })).status).toBe(401);
});

test('a login that is not encoded as OAuth wants it is right or wrong, and nothing else', async () => {
	const tried = async (text: string) =>
		await ask({ path: 'oauth/token', method: 'POST', body: { grant_type: 'client_credentials' }, authorization: `Basic ${Buffer.from(text).toString('base64')}` });
	for (const text of ['%ff:%ff', '%:%', 'nobody', ':', '%00:%']) {
		const { status, body, items } = await tried(text);
		expect([status, (body.error as IDataObject).code, items]).toEqual([401, 'invalid_client', []]);
	}
	expect((await tried(`${KEYS.clientId}:${KEYS.clientSecret}`)).status).toBe(200);
	expect((await tried(`${KEYS.clientId}:${encodeURIComponent(KEYS.clientSecret)}`)).status).toBe(200);
});

test.each(['', 'short'])('with "%s" as the secret nobody gets in, and the owner is told', async (clientSecret) => {
	keys = { ...KEYS, clientSecret };
	const body = { grant_type: 'client_credentials', client_id: KEYS.clientId, client_secret: clientSecret };
	const login = await ask({ path: 'oauth/token', method: 'POST', body });
	expect([login.status, login.body.error]).toMatchObject([400, { code: 'workflow_failed', description: expect.stringContaining('at least 32 characters') }]);
	expect(login.items).toMatchObject([{ failure: { code: 'workflow_failed' } }]);
	const forged = issueToken(clientSecret, audience, Math.floor(Date.now() / 1000));
	expect((await ask({ path: 'vat-rates', token: forged })).status).toBe(400);
});

test('what was read with one key is not shown to who has another', async () => {
	const token = await logIn();
	expect((await ask({ path: 'sales', query: YEAR, token })).status).toBe(200);
	audience = randomUUID();
	credential = { ...credential, requestsPerSecond: 7 };
	const { length } = sandbox.requests;
	expect((await ask({ path: 'sales', query: YEAR, token: await logIn() })).status).toBe(200);
	expect(sandbox.requests.length).toBeGreaterThan(length);
	audience = randomUUID();
	credential = { ...credential, apiKey: 'wrong' };
	expect((await ask({ path: 'sales', query: YEAR, token: await logIn() })).body).toMatchObject({ error: { code: 'shop_refused' } });
});

test('a sale that the shop lists and does not show is named instead of lost', async () => {
	const token = await logIn();
	const { id } = sandbox.state.orders[2];
	sandbox.faults.push({ kind: 'status', status: 404, when: ({ path }) => path.endsWith(`/orders/${id}`) });
	const { status, body } = await ask({ path: 'sales', query: { ...YEAR, limit: '100' }, token });
	expect([status, body.error]).toMatchObject([400, { code: 'document_invalid', description: expect.stringContaining(`boekwinkeltjes:${id}: The shop has it in its list`) }]);
});

test('a sale whose date cannot be read is named instead of lost', async () => {
	const token = await logIn();
	const [order] = sandbox.state.orders;
	order.date = '9999-99-99 00:00:00';
	const { status, body } = await ask({ path: 'sales', query: { ...YEAR, limit: '100' }, token });
	expect([status, body.error]).toMatchObject([400, { code: 'document_invalid', description: expect.stringContaining(`boekwinkeltjes:${order.id}`) }]);
});

test('a new secret ends all tokens, within ten seconds and not before n8n is asked again', async () => {
	const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-26T12:00:00Z'));
	try {
		const token = await logIn();
		keys = { ...KEYS, clientSecret: 'another secret of more than thirty-two characters' };
		const status = async () => (await ask({ path: 'vat-rates', token })).status;
		expect(await status()).toBe(200);
		clock.mockReturnValue(Date.parse('2026-11-26T12:00:10Z'));
		expect(await status()).toBe(401);
	} finally {
		clock.mockRestore();
	}
});

test('a flood is stopped without asking the shop, and 20 wrong secrets a minute are enough', async () => {
	const wrong = { grant_type: 'client_credentials', client_id: KEYS.clientId, client_secret: 'wrong' };
	const statuses: number[] = [];
	for (let tries = 0; tries < 22; tries++) statuses.push((await ask({ path: 'oauth/token', method: 'POST', body: wrong })).status);
	expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
	expect(statuses.slice(20)).toEqual([429, 429]);
	const { headers } = await ask({ path: 'openapi.json' });
	expect(headers).toMatchObject({ 'ratelimit-limit': '600', 'ratelimit-remaining': '577', 'cache-control': 'no-store' });
});

test('a sale that cannot be booked fails its page by name, or is left out and told to the owner', async () => {
	const token = await logIn();
	const order = sandbox.state.orders[2];
	order.book.price = undefined as never;
	const failed = await ask({ path: 'sales', query: YEAR, token });
	expect([failed.status, failed.body.error]).toMatchObject([400, { code: 'document_invalid', description: expect.stringContaining(`boekwinkeltjes:${order.id}`) }]);
	expect(failed.items).toMatchObject([{ failure: { code: 'document_invalid' } }]);
	const { status, items } = await ask({ path: 'sales', query: { ...YEAR, limit: '100' }, token }, { api: { leaveOutInvalid: true } });
	expect([status, items]).toEqual([200, []]);
});

test('a shop that refuses its key is said in words, and told to the owner once', async () => {
	const token = await logIn();
	sandbox.state.apiKey = 'another';
	const { status, body, items } = await ask({ path: 'sales', query: YEAR, token });
	expect([status, body.error]).toMatchObject([400, { code: 'shop_refused' }]);
	expect(items).toMatchObject([{ failure: { code: 'shop_refused' } }]);
	expect((await ask({ path: 'sales', query: YEAR, token })).items).toEqual([]);
});

test('the document for software is valid OpenAPI 3.1, with an example of every parameter and of the login', async () => {
	const { body } = await ask({ path: 'openapi.json' });
	// The validator has ES modules only, which cannot be loaded in here.
	const script = `
		import { Validator } from '@seriousme/openapi-schema-validator';
		const validator = new Validator();
		console.log(JSON.stringify(await validator.validate(JSON.parse(process.argv[1]))), validator.version);
	`;
	expect(execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(body)], { encoding: 'utf8' }).trim()).toBe('{"valid":true} 3.1');
	interface Described {
		get?: { parameters: Array<{ name: string; example?: string; required?: boolean }> };
		post?: { requestBody: { content: Record<string, { example?: unknown }> } };
	}
	const paths = Object.values(body.paths as Record<string, Described>);
	const parameters = paths.flatMap(({ get }) => get?.parameters ?? []);
	expect(parameters.filter(({ example, required }) => !example || required === undefined)).toEqual([]);
	expect(paths.flatMap(({ post }) => Object.values(post?.requestBody.content ?? {})).every(({ example }) => example !== undefined)).toBe(true);
	expect(parameters.length).toBeGreaterThan(20);
});

test('the page for people has no script, and every field of the document for software is described', async () => {
	const { headers, body } = await ask({ path: '' });
	expect(headers['content-security-policy']).toContain("default-src 'none'");
	expect(body.html).toContain(`https://n8n.example/webhook/${audience}/oauth/token`);
	expect(body.html).not.toContain('<script');
	const { paths } = (await ask({ path: 'openapi.json' })).body as { paths: Record<string, { get?: { responses: Record<string, { content: Record<string, { schema: unknown }> }> } }> };
	const undescribed: string[] = [];
	const walk = (schema: unknown, at: string) => {
		const { properties = {}, items, description } = (schema ?? {}) as { properties?: Record<string, unknown>; items?: unknown; description?: string };
		if (!description) undescribed.push(at);
		for (const [name, one] of Object.entries(properties)) walk(one, `${at}.${name}`);
		if (items) walk(items, `${at}[]`);
	};
	for (const [path, { get }] of Object.entries(paths)) if (get) walk(get.responses[200].content['application/json'].schema, path);
	expect(undescribed).toEqual([]);
});
