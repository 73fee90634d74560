import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

import type { INodeParameters } from 'n8n-workflow';

import type { Fault } from '../sandbox/api';
import { startStamhoofd } from '../sandbox/stamhoofd';
import { byId, ids, input, json, LINES, listed, openTransfers, UNKNOWN_ID, useStamhoofd } from './stamhoofd';
import type { Bench } from './stamhoofd';

const list: INodeParameters = { resource: 'payment', operation: 'getAll', returnAll: true };
const get: INodeParameters = { resource: 'payment', operation: 'get', paymentId: byId('={{ $json.id }}') };
const update: INodeParameters = {
	resource: 'payment',
	operation: 'updateStatus',
	paymentId: byId('={{ $json.id }}'),
	status: 'Succeeded',
};

const rateLimited = {
	status: 429,
	body: { errors: [{ id: 'x', code: 'rate_limit', message: 'Rate limit exceeded (26  requests in 0s). Retry after 1s.' }] },
};

describe.each(LINES)('a read on the $line line', ({ line }) => {
	const bench = useStamhoofd({ line, payments: 150 });

	test.each<Fault>([
		{ kind: 'cutBefore' },
		{ kind: 'cutAfter' },
		{ kind: 'truncated' },
		{ kind: 'html' },
		{ kind: 'empty' },
		{ kind: 'slow', milliseconds: 100 },
		{ kind: 'status', status: 408 },
		{ kind: 'status', status: 500 },
		{ kind: 'status', status: 502 },
		{ kind: 'status', status: 503, headers: { 'retry-after': '1' } },
		{ kind: 'status', status: 504 },
		{ kind: 'status', ...rateLimited },
	])('gets over $kind $status', async (fault) => {
		bench.sandbox.faults.push({ ...fault });
		const records = json(await bench.run(list));
		expect(ids(records).sort()).toEqual(ids(listed(line, bench.sandbox.state.payments)).sort());
		expect(bench.sandbox.faults).toEqual([]);
	});

	test('is repeated until the trouble is over', async () => {
		bench.sandbox.faults.push({ kind: 'cutBefore' }, { kind: 'html' }, { kind: 'status', status: 502 });
		const [{ id }] = openTransfers(bench.sandbox);
		expect(ids(json(await bench.run(get, { items: input({ id }) })))).toEqual([id]);
		expect(bench.sandbox.requests).toHaveLength(4);
	});
});

describe.each(LINES)('what the node says on the $line line', ({ line, version }) => {
	const bench = useStamhoofd({ line, payments: 40 });

	test.each<[string, (bench: Bench) => object, RegExp]>([
		['the key is wrong', () => ({ apiKey: 'nonsense' }), /does not know this API key/],
		['the right is missing', ({ sandbox }) => ({ apiKey: sandbox.state.keys.withoutPayments }), /right to manage transfers/],
		[
			'the organization is unknown',
			({ sandbox }) => ({ organizationId: UNKNOWN_ID, baseUrl: `${sandbox.url}/{organizationId}` }),
			/does not know the organization ID/,
		],
		['the version is too old', () => ({ apiVersion: 'custom', customApiVersion: 100 }), /choose "Current" as API Version/],
	])('when %s', async (_, change, message) => {
		Object.assign(bench.credentials, change(bench));
		const result = await bench.run(list);
		expect(result.error?.message).toMatch(message);
		expect(result.items).toEqual([]);
		expect(bench.sandbox.requests).toHaveLength(1);
	});

	test('when the key has expired', async () => {
		const human = 'Je bent automatisch uitgelogd, log opnieuw in om verder te gaan';
		const body = { errors: [{ id: 'x', code: 'expired_access_token', message: 'The access token is expired', human }] };
		bench.sandbox.faults.push({ kind: 'status', status: 401, body });
		expect((await bench.run(list)).error?.message).toMatch(/API key has expired: make a new one/);
	});

	test('its own organization is found by its id in the address', async () => {
		Object.assign(bench.credentials, {
			organizationId: bench.sandbox.state.organization.id,
			baseUrl: `${bench.sandbox.url}/{organizationId}/`,
		});
		expect(json(await bench.run(list)).length).toBeGreaterThan(0);
		expect(bench.sandbox.requests[0].path).toMatch(new RegExp(`^/${bench.sandbox.state.organization.id}/v${version}/`));
	});

	test('when the limit stays used up longer than the workflow may wait', async () => {
		bench.credentials.longestWait = 0;
		bench.sandbox.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
		const result = await bench.run(list);
		expect(result.error?.message).toMatch(/takes no more requests until \d{4}-\d{2}-\d{2}/);
		expect(bench.sandbox.requests).toHaveLength(1);
	});
});

describe('the version of the other line', () => {
	const documented = useStamhoofd({ line: 'documented', payments: 5 }, { apiVersion: '411' });
	const current = useStamhoofd({ line: 'current', payments: 5 }, { apiVersion: '191' });

	test('is refused with the one to choose', async () => {
		expect((await documented.run(list)).error?.message).toMatch(/choose "First Manual \(191\)" as API Version/);
		expect((await current.run(list)).error?.message).toMatch(/choose "Current" as API Version/);
	});
});

describe('the API key', () => {
	const bench = useStamhoofd({ line: 'current', payments: 40 });
	let logged: jest.SpyInstance;
	beforeEach(() => (logged = jest.spyOn(console, 'log').mockImplementation()));
	afterEach(() => logged.mockRestore());

	test.each<[string, Array<Omit<Fault, 'body'>>]>([
		['after a success', []],
		['in a refusal that repeats it', [{ kind: 'status', status: 400 }]],
		['in a wrong key that is repeated', [{ kind: 'status', status: 401 }]],
	])('stands in no output and no log %s', async (_, faults) => {
		const { full } = bench.sandbox.state.keys;
		const body = { errors: [{ id: 'x', code: 'odd', message: `Bearer ${full} refused`, human: `Sleutel ${full}` }] };
		bench.sandbox.faults.push(...faults.map((fault) => ({ ...fault, body })));
		const result = await bench.run({ ...list, simplify: false });
		expect(result.error !== undefined).toBe(faults.length > 0);
		expect(inspect(result.run.data.resultData, { depth: Infinity })).not.toContain(full);
		expect(inspect(logged.mock.calls, { depth: Infinity })).not.toContain(full);
		expect(bench.sandbox.requests[0].headers.authorization).toBe(`Bearer ${full}`);
	});

	test('does not follow a redirect', async () => {
		const other = await startStamhoofd({ line: 'current', payments: 1 });
		bench.sandbox.faults.push({ kind: 'status', status: 302, headers: { location: `${other.url}/v398/payments` } });
		const result = await bench.run(list);
		await other.close();
		expect(result.error?.message).toMatch(/redirect/);
		expect(other.requests).toEqual([]);
	});
});

describe('with the real rate limits', () => {
	const bench = useStamhoofd({ line: 'current', payments: 60, limits: true }, { rateLimitTier: 'standard' });
	const items = () => input(...bench.sandbox.state.payments.slice(0, 30).map(({ id }) => ({ id })));

	test('30 requests go through without one being refused', async () => {
		const result = await bench.run(get, { items: items() });
		expect(ids(json(result))).toEqual(items().map((item) => item.json.id));
		expect(bench.sandbox.requests).toHaveLength(30);
	});

	test('a storm of refusals, because something else uses the same account, is survived', async () => {
		const { url, state, requests } = bench.sandbox;
		const headers = { authorization: `Bearer ${state.keys.full}` };
		// The server's window is not over until the node has met it, however long that takes.
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		await Promise.all(Array.from({ length: 25 }, async () => await (await fetch(`${url}/v398/user`, { headers })).text()));
		const running = bench.run(get, { items: items() });
		while (requests.length < 50) await delay(5);
		now.mockRestore();
		expect(ids(json(await running))).toEqual(items().map((item) => item.json.id));
		expect(requests.length).toBeGreaterThanOrEqual(80);
	});
});

describe('stopping a run half-way', () => {
	const bench = useStamhoofd({ line: 'current', payments: 2000, latency: 50 });

	/** Calls n8n's Stop button as soon as so many requests have arrived. */
	const stopAfter = (requests: number) => (cancel: () => void) => {
		void (async () => {
			while (bench.sandbox.requests.length < requests) await delay(5);
			cancel();
		})();
	};

	test('ends a list between two pages', async () => {
		const { run } = await bench.run(list, { onStart: stopAfter(3) });
		expect(run.status).toBe('canceled');
		const sent = bench.sandbox.requests.length;
		await delay(300);
		expect(sent).toBeLessThan(20);
		expect(bench.sandbox.requests).toHaveLength(sent);
	});

	test('sends no further batch of changes', async () => {
		const wanted = openTransfers(bench.sandbox).slice(0, 300);
		const { run } = await bench.run(update, { items: input(...wanted.map(({ id }) => ({ id }))), onStart: stopAfter(1) });
		expect(run.status).toBe('canceled');
		await delay(300);
		expect(bench.sandbox.requests.length).toBeLessThan(3);
		expect(wanted.slice(200).every(({ status }) => status === 'Created')).toBe(true);
	});

	test('ends the wait for a limit that is used up', async () => {
		bench.sandbox.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '3000' } });
		const { run } = await bench.run(list, { onStart: stopAfter(1) });
		expect(run.status).toBe('canceled');
		expect(bench.sandbox.requests).toHaveLength(1);
	});
});
