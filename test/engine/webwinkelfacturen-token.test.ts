import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { WebwinkelfacturenApi } from '../../credentials/WebwinkelfacturenApi.credentials';
import { items, sale } from './saleDocuments';
import { input, json, useWebwinkelfacturen } from './webwinkelfacturen';

const bench = useWebwinkelfacturen({ customers: 30 });

const add = { resource: 'sale', operation: 'add' };
const getEach = { resource: 'order', operation: 'get', id: '={{ $json.id }}' };
const customers = { resource: 'customer', operation: 'getAll', returnAll: true };

const sales = (from: number, to: number) => items(...Array.from({ length: to - from + 1 }, (_, index) => sale(from + index)));

const grants = () => bench.tokenRequests().map(({ body }) => (body as IDataObject).grant_type);

/** Nothing is waited for between tries. */
const unhurried = () => jest.spyOn(Math, 'random').mockReturnValue(0);

afterEach(() => jest.restoreAllMocks());

test('many items at once exchange the code once, in the form that the vendor wants, and the pair is stored', async () => {
	bench.sandbox.latency = 10;
	const { authorizationCode, clientSecret } = bench.credentials;
	const result = await bench.run(add, { items: sales(1, 20) });
	expect(result.items).toHaveLength(20);
	expect(bench.tokenRequests()).toHaveLength(1);
	const [{ headers, body }] = bench.tokenRequests();
	expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
	expect(body).toEqual({
		...{ grant_type: 'authorization_code', code: authorizationCode, redirect_url: bench.sandbox.client.redirectUrl, type: 'external' },
		...{ client_id: bench.sandbox.client.id, client_secret: clientSecret },
	});
	expect(bench.credentials).toMatchObject({ accessToken: expect.stringMatching(/^access-/), refreshToken: expect.stringMatching(/^refresh-/), usedCode: authorizationCode });
});

describe.each(['body', 'status'] as const)('a dead token that is told in the %s', (deadToken) => {
	test('is refreshed once for all, three times over, and each sale arrives once', async () => {
		bench.sandbox.settings.deadToken = deadToken;
		bench.sandbox.latency = 5;
		for (const round of [0, 1, 2, 3]) {
			bench.sandbox.expireTokens();
			const result = await bench.run(add, { items: sales(round * 20 + 1, round * 20 + 20) });
			expect(result.error).toBeUndefined();
		}
		expect(grants()).toEqual(['authorization_code', 'refresh_token', 'refresh_token', 'refresh_token']);
		expect(new Set(bench.added()).size).toBe(80);
		expect(bench.added()).toHaveLength(80);
	});

	test('is refreshed once for two executions at the same time, reads and writes alike', async () => {
		bench.sandbox.settings.deadToken = deadToken;
		await bench.run(customers);
		bench.sandbox.latency = 5;
		bench.sandbox.expireTokens();
		const runs = await Promise.all([bench.run(customers), bench.run(add, { items: sales(1, 10) }), bench.run(customers)]);
		expect(runs.map((run) => run.items.length)).toEqual([30, 10, 30]);
		expect(grants()).toEqual(['authorization_code', 'refresh_token']);
	});

	test('in the middle of a run costs nothing but a refresh', async () => {
		bench.sandbox.settings.deadToken = deadToken;
		let writes = 0;
		bench.sandbox.faults.push({
			kind: 'empty',
			times: Infinity,
			// Never hits: counts, and lets the tokens die on the way.
			when({ method, path }) {
				if (method === 'POST' && path !== '/api/token' && ++writes === 25) bench.sandbox.expireTokens();
				return false;
			},
		});
		const result = await bench.run(add, { items: sales(1, 50) });
		expect(result.error).toBeUndefined();
		expect(bench.added()).toHaveLength(50);
		expect(grants()).toEqual(['authorization_code', 'refresh_token']);
	});

	test('that stays dead is an error, not a loop', async () => {
		bench.sandbox.settings.deadToken = deadToken;
		bench.sandbox.settings.tokenLifetime = 0;
		const { error } = await bench.run(customers);
		expect(error?.message).toBe('Webwinkelfacturen does not accept the credential: check it and save it again');
		expect(bench.tokenRequests().length).toBeLessThanOrEqual(2);
	});
});

test('after a restart of n8n the stored pair serves on', async () => {
	await bench.run(customers);
	bench.sandbox.expireTokens();
	await jest.isolateModulesAsync(async () => {
		const restarted = await import('../../credentials/WebwinkelfacturenApi.credentials');
		expect(restarted.WebwinkelfacturenApi).not.toBe(WebwinkelfacturenApi);
		const result = await bench.run(customers, { credentialTypes: [new restarted.WebwinkelfacturenApi()] });
		expect(result.items).toHaveLength(30);
	});
	expect(grants()).toEqual(['authorization_code', 'refresh_token']);
});

test('a refresh token that another n8n process has spent is no failure: its new pair is in the credential', async () => {
	unhurried();
	await bench.run(customers);
	bench.sandbox.expireTokens();
	const { clientId, clientSecret, refreshToken } = bench.credentials as Record<string, string>;
	let other: Promise<void> | undefined;
	bench.sandbox.faults.push({
		kind: 'slow',
		get until() {
			return other;
		},
		when({ path, body }) {
			if (path !== '/api/token' || (body as IDataObject).client_id === undefined || other) return false;
			const form = new URLSearchParams({ grant_type: 'refresh_token', type: 'external', refresh_token: refreshToken, client_id: clientId, client_secret: clientSecret });
			other = fetch(`${bench.sandbox.url}/api/token`, { method: 'POST', body: form })
				.then(async (response) => (await response.json()) as Record<string, string>)
				.then((pair) => {
					Object.assign(bench.credentials, { accessToken: pair.access_token, refreshToken: pair.refresh_token });
				});
			return true;
		},
	});
	const result = await bench.run(customers);
	expect(result.error).toBeUndefined();
	expect(result.items).toHaveLength(30);
});

describe('in words', () => {
	const address = () => {
		const query = `response_type=code&client_id=${bench.sandbox.client.id}&redirect_url=${encodeURIComponent(bench.sandbox.client.redirectUrl)}`;
		return `open ${bench.sandbox.url}/api/authorize?${query} in a browser, allow it, and paste what stands behind "code=" in the address that you come to into Authorization Code`;
	};

	test('nobody has logged in yet', async () => {
		bench.credentials.authorizationCode = '';
		const { error } = await bench.run(customers);
		expect(error?.message).toBe(`Webwinkelfacturen has to be asked first: ${address()}`);
		expect(bench.sandbox.requests).toEqual([]);
	});

	test('the code was used before', async () => {
		await bench.run(customers);
		Object.assign(bench.credentials, { accessToken: '', refreshToken: '', usedCode: '', redirectUrl: ` ${bench.sandbox.client.redirectUrl}` });
		bench.credentials.authorizationCode = 'used';
		const { error } = await bench.run(customers);
		expect(error?.message).toBe(`Webwinkelfacturen does not accept the authorization code, which serves once and not for long: ${address()}`);
	});

	test('the login has ended', async () => {
		unhurried();
		await bench.run(customers);
		bench.sandbox.revokeTokens();
		const { error } = await bench.run(customers);
		expect(error?.message).toBe(`The login at Webwinkelfacturen has ended: ${address()}`);
		expect(grants()).toEqual(['authorization_code', 'refresh_token']);
	});

	test('a wrong secret is tried once, however many items there are, and told nowhere', async () => {
		bench.credentials.clientSecret = 'not-the-secret';
		const result = await bench.run(add, { items: sales(1, 20), onError: 'continueRegularOutput' });
		expect(json(result).every(({ error }) => String(error).includes('does not accept the client ID or the client secret'))).toBe(true);
		expect(bench.tokenRequests()).toHaveLength(1);
		expect(JSON.stringify(result.run.data.resultData)).not.toContain('not-the-secret');
	});

	test('a server that is down for a moment is asked again, also for a write, since that never left', async () => {
		unhurried();
		bench.sandbox.faults.push({ kind: 'status', status: 503, times: 2, when: ({ path }) => path === '/api/token' });
		const result = await bench.run(add, { items: sales(1, 1) });
		expect(result.error).toBeUndefined();
		expect(bench.tokenRequests()).toHaveLength(3);
		expect(bench.added()).toHaveLength(1);
	});

	test('an address that is none of theirs', async () => {
		bench.credentials.baseUrl = `${bench.sandbox.url}/elsewhere`;
		const { error } = await bench.run(customers);
		expect(error?.message).toBe('Webwinkelfacturen gave no access token: check the base URL in the credential, or try again later');
		bench.sandbox.violations.splice(0);
	});
});

test('a new code takes the place of an old login', async () => {
	await bench.run(customers);
	bench.sandbox.revokeTokens();
	bench.credentials.authorizationCode = bench.sandbox.authorize();
	const result = await bench.run(customers);
	expect(result.items).toHaveLength(30);
	expect(grants()).toEqual(['authorization_code', 'authorization_code']);
	expect(bench.credentials.usedCode).toBe(bench.credentials.authorizationCode);
});

test('no token, code or secret stands in an output or an error', async () => {
	await bench.run(customers);
	bench.sandbox.settings.missing = 'status';
	const results = [await bench.run(customers), await bench.run(getEach, { items: input({ id: 'x' }), onError: 'continueRegularOutput' })];
	const told = JSON.stringify(results.map(({ run }) => run.data.resultData));
	for (const field of ['clientSecret', 'accessToken', 'refreshToken', 'authorizationCode']) {
		expect(told).not.toContain(String(bench.credentials[field]));
	}
});

describe('a credential test', () => {
	/** What n8n does on Test: a new token whatever there is, then the request of the credential. */
	async function testCredential(credentials: ICredentialDataDecryptedObject) {
		const type = new WebwinkelfacturenApi();
		const helpers = {
			async httpRequest({ url, body, headers }: IHttpRequestOptions) {
				const response = await fetch(url, { method: 'POST', body: body as string, headers: headers as Record<string, string> });
				const data = (await response.json()) as unknown;
				if (!response.ok) throw Object.assign(new Error(), { response: { status: response.status, headers: {}, data } });
				return { statusCode: response.status, headers: {}, body: data };
			},
		} as unknown as IHttpRequestHelper['helpers'];
		return await type.preAuthentication.call({ helpers } as IHttpRequestHelper, credentials);
	}

	test.each([
		['http://me:secret@127.0.0.1:1', 'The base URL in the credential holds a user name or a password: take it out, as https://api.example.com'],
		['shop.example', 'The base URL in the credential is not a web address: write it as https://api.example.com'],
	])('sends no secret to %s, and says why', async (baseUrl, message) => {
		await expect(testCredential({ ...bench.credentials, baseUrl })).rejects.toThrow(message);
		expect(grants()).toEqual([]);
	});

	test('gets a new pair each time, so that it proves the secret', async () => {
		const first = await testCredential(bench.credentials);
		const second = await testCredential({ ...bench.credentials, ...first } as ICredentialDataDecryptedObject);
		expect(second.accessToken).not.toBe(first.accessToken);
		expect(grants()).toEqual(['authorization_code', 'refresh_token']);
	});

	test('that runs twice with the same stored pair gets the same new one, since a refresh token serves once', async () => {
		const stored = { ...bench.credentials, ...(await testCredential(bench.credentials)) } as ICredentialDataDecryptedObject;
		const [one, other] = await Promise.all([testCredential(stored), testCredential(stored)]);
		expect(other).toEqual(one);
		expect(grants()).toEqual(['authorization_code', 'refresh_token']);
	});
});
