import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { TopgeschenkenApi } from '../../credentials/TopgeschenkenApi.credentials';
import { byId, input, json, pairs, useTopgeschenken } from './topgeschenken';

const bench = useTopgeschenken();

const someOrders = (count: number) => bench.sandbox.state.orders.slice(0, count).map(({ uuid }) => ({ id: uuid }));

const getEach = { resource: 'order', operation: 'get', orderId: byId('={{ $json.id }}') };

test('many items at once ask for one token, in the form that the standard prescribes', async () => {
	bench.sandbox.latency = 20;
	const result = await bench.run(getEach, { items: input(...someOrders(30)) });
	expect(result.items).toHaveLength(30);
	expect(bench.tokenRequests()).toHaveLength(1);
	const [{ headers, body }] = bench.tokenRequests();
	expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
	expect(body).toEqual({
		client_id: bench.credentials.clientId,
		client_secret: bench.credentials.clientSecret,
		grant_type: 'client_credentials',
	});
});

test('several nodes at the same time share it, and so do later runs', async () => {
	await Promise.all([1, 2, 3].map(async () => await bench.run(getEach, { items: input(...someOrders(5)) })));
	await bench.run(getEach, { items: input(...someOrders(5)) });
	expect(bench.tokenRequests()).toHaveLength(1);
	expect(bench.requests()).toHaveLength(20);
});

test('a token that the server refuses is replaced once for all, and nothing fails', async () => {
	await bench.run(getEach, { items: input(...someOrders(1)) });
	bench.sandbox.revokeTokens();
	const result = await bench.run(getEach, { items: input(...someOrders(20)) });
	expect(result.items).toHaveLength(20);
	expect(bench.tokenRequests()).toHaveLength(2);
});

test('a token is renewed before it ends', async () => {
	bench.sandbox.settings.tokenLifetime = 600;
	await bench.run(getEach, { items: input(...someOrders(1)) });
	const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 590_000);
	await bench.run(getEach, { items: input(...someOrders(1)) });
	now.mockRestore();
	expect(bench.tokenRequests()).toHaveLength(2);
	expect(bench.requests()).toHaveLength(2);
});

test('the token is never stored with the credential', async () => {
	await bench.run(getEach, { items: input(...someOrders(2)) });
	expect(bench.credentials.accessToken).toBe('');
});

test('a changed secret counts at once', async () => {
	await bench.run(getEach, { items: input(...someOrders(1)) });
	bench.credentials.clientSecret = 'wrong';
	const { error } = await bench.run(getEach, { items: input(...someOrders(1)) });
	expect(error?.message).toBe('Topgeschenken does not accept the client ID or the client secret: check both in the credential');
	expect(bench.requests()).toHaveLength(1);
});

test('a wrong secret is tried once, however many items there are', async () => {
	bench.credentials.clientSecret = 'wrong';
	const result = await bench.run(getEach, { items: input(...someOrders(20)), onError: 'continueRegularOutput' });
	expect(json(result).every(({ error }) => String(error).includes('client secret'))).toBe(true);
	expect(pairs(result.items)).toHaveLength(20);
	expect(bench.tokenRequests()).toHaveLength(1);
	expect(JSON.stringify(result.run)).not.toContain('"wrong"');
});

test('trouble with the token is passed by asking again, for a write too, since that never left', async () => {
	bench.sandbox.faults.push({ kind: 'status', status: 503, when: ({ path }) => path === '/api/v1/token' });
	const { uuid } = bench.sandbox.state.carts[0];
	const result = await bench.run({ resource: 'cart', operation: 'finalize', dryRun: false, cartId: byId(uuid) });
	expect(result.error).toBeUndefined();
	expect(bench.tokenRequests()).toHaveLength(2);
	expect(bench.sandbox.state.placements).toHaveLength(1);
});

test.each([
	['of the wrong type', { status: 415 }],
	['without any field', { status: 400, body: { error: 'invalid_request', error_description: 'The request is missing a parameter' } }],
])('to a server that takes the form for a request %s the same goes as JSON, once', async (_, fault) => {
	const isForm = ({ path, headers }: { path: string; headers: object }) =>
		path === '/api/v1/token' && JSON.stringify(headers).includes('x-www-form-urlencoded');
	bench.sandbox.faults.push({ kind: 'status', ...fault, when: isForm });
	const asJson = { status: 200, body: { token_type: 'Bearer', expires_in: 3600, access_token: 'any' } };
	bench.sandbox.faults.push({ kind: 'status', ...asJson, when: ({ path, headers }) => path === '/api/v1/token' && headers['content-type'] === 'application/json' });
	await bench.run(getEach, { items: input(...someOrders(1)), onError: 'continueRegularOutput' });
	const [form, json] = bench.tokenRequests();
	expect(json.headers['content-type']).toBe('application/json');
	expect(json.body).toEqual(form.body);
});

test('a server that read the form and refuses it is not asked again', async () => {
	bench.sandbox.faults.push({ kind: 'status', status: 400, body: { error: 'invalid_client' }, when: ({ path }) => path === '/api/v1/token' });
	const { error } = await bench.run(getEach, { items: input(...someOrders(1)) });
	expect(error?.message).toMatch(/^Topgeschenken does not accept the client ID or the client secret/);
	expect(bench.tokenRequests()).toHaveLength(1);
});

test('50 items in each of two nodes ask for one token, and for one more when it ends on the way', async () => {
	bench.sandbox.latency = 5;
	const items = input(...someOrders(50));
	const runs = await Promise.all([1, 2].map(async () => await bench.run(getEach, { items })));
	expect(runs.map(({ items }) => items.length)).toEqual([50, 50]);
	expect(bench.tokenRequests()).toHaveLength(1);

	let answered = 0;
	bench.sandbox.faults.push({
		kind: 'status',
		status: 401,
		times: Infinity,
		// Never hits: counts, and revokes on the way.
		when({ path }) {
			if (path !== '/api/v1/token' && ++answered === 30) bench.sandbox.revokeTokens();
			return false;
		},
	});
	const more = await Promise.all([1, 2].map(async () => await bench.run(getEach, { items })));
	expect(more.map(({ items }) => items.length)).toEqual([50, 50]);
	expect(bench.tokenRequests()).toHaveLength(2);
});

test('a token answer without a token says where to look', async () => {
	bench.sandbox.faults.push({ kind: 'status', status: 404, times: 9, when: ({ path }) => path === '/api/v1/token' });
	const { error } = await bench.run(getEach, { items: input(...someOrders(1)) });
	expect(error?.message).toBe(
		'Topgeschenken gave no access token (HTTP 404): check the base URL in the credential, or try again later',
	);
});

describe('an anonymous token', () => {
	const anonymous = 'Topgeschenken does not show this to your account: its token is anonymous, so ask Topgeschenken to couple your machine account to your company';

	beforeEach(() => {
		const { id: clientId, secret: clientSecret } = bench.sandbox.clients.anonymous;
		Object.assign(bench.credentials, { clientId, clientSecret });
	});

	test('is explained where the API forbids', async () => {
		const { error } = await bench.run(getEach, { items: input(...someOrders(1)) });
		expect(error?.message).toBe(
			'Topgeschenken does not give your account access to this: it is not yours, or your token is anonymous, and then ask Topgeschenken to couple your machine account to your company',
		);
	});

	test('is explained where a list is empty', async () => {
		const { error } = await bench.run({ resource: 'order', operation: 'getAll', returnAll: true });
		expect(error?.message).toBe(anonymous);
	});

	test('a list with filters says so too, since nobody can tell which of the two left it empty', async () => {
		const { error } = await bench.run({ resource: 'order', operation: 'getAll', returnAll: true, filters: { status: 'none' } });
		expect(error?.message).toContain('its token is anonymous');
	});
});

test('a list of a company that is empty because of its filters is just empty', async () => {
	const result = await bench.run({ resource: 'order', operation: 'getAll', returnAll: true, filters: { status: 'none' } });
	expect(result).toMatchObject({ error: undefined, items: [] });
});

test('an empty list of a company that has nothing to list is just empty', async () => {
	bench.sandbox.state.carts.splice(0);
	const result = await bench.run({ resource: 'cart', operation: 'getAll', returnAll: true });
	expect(result).toMatchObject({ error: undefined, items: [] });
});

/** What n8n's credential test does: pre-authenticate, sign, send, and once more after a 401. */
async function testCredential(credentials: ICredentialDataDecryptedObject) {
	const type = new TopgeschenkenApi();
	const request = async (options: IHttpRequestOptions) => {
		const response = await fetch(options.url, { method: options.method, headers: options.headers as Record<string, string>, body: options.body as string });
		const body = (await response.json()) as IDataObject;
		const reply = { statusCode: response.status, headers: {}, body };
		if (response.ok) return reply;
		throw Object.assign(new Error('refused'), { response: { status: response.status, headers: {}, data: body } });
	};
	const helper = { helpers: { httpRequest: request } } as unknown as IHttpRequestHelper;
	const sign = type.authenticate as (credentials: ICredentialDataDecryptedObject, request: IHttpRequestOptions) => Promise<IHttpRequestOptions>;
	const { url, qs, headers } = type.test.request as IHttpRequestOptions;
	const test = { url: `${String(credentials.baseUrl)}${url}?page_items=${String(qs!.page_items)}`, headers };
	await type.preAuthentication.call(helper, credentials);
	try {
		return await request(await sign(credentials, test));
	} catch (error) {
		if ((error as { response?: { status: number } }).response?.status !== 401) throw error;
		await type.preAuthentication.call(helper, credentials);
		return await request(await sign(credentials, test));
	}
}

test('the credential test proves the secret, even if a token of it is still alive', async () => {
	await expect(testCredential({ ...bench.credentials })).resolves.toMatchObject({ statusCode: 200 });
	await expect(testCredential({ ...bench.credentials })).resolves.toMatchObject({ statusCode: 200 });
	expect(bench.tokenRequests()).toHaveLength(2);
	bench.sandbox.clients.company.secret = 'replaced';
	await expect(testCredential({ ...bench.credentials })).rejects.toThrow(
		'Topgeschenken does not accept the client ID or the client secret: check both in the credential',
	);
});

test.each([
	['http://me:secret@127.0.0.1:1', 'The base URL in the credential holds a user name or a password: take it out, as https://api.example.com'],
	['shop.example', 'The base URL in the credential is not a web address: write it as https://api.example.com'],
])('the credential test sends no secret to %s, and says why', async (baseUrl, message) => {
	await expect(testCredential({ ...bench.credentials, baseUrl })).rejects.toThrow(message);
	expect(bench.tokenRequests()).toHaveLength(0);
});
