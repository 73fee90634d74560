/** Months of requests in virtual time, with refusals, failures and cancelled runs among them: what is remembered of them does not grow. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Platform, RequestContext } from '../../nodes/transport/platform';
import { send } from '../../nodes/transport/send';
import { seededRandom } from '../sandbox/seed';
import { LONGEST_TEST, times } from '../stress/times';
import { virtualClock } from './virtualClock';

jest.setTimeout(LONGEST_TEST);

const REQUESTS = times(20_000, 1_000_000);
/** Requests until all accounts are given up for new ones, and a day passes. */
const LIFE = times(2000, 10_000);
const DAY = 86_400_000;
/** Accounts in use at the same time. */
const ACCOUNTS = 4;
/** Requests of one execution. */
const BULK = 100;
const MEGABYTE = 1024 ** 2;

const mockClock = virtualClock();
// Not a mock function: that would remember its calls.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await mockClock.sleep(milliseconds),
}));
beforeAll(() => Object.assign(performance, { now: () => mockClock.now() }));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heap(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

const platform: Platform = {
	name: 'Shop',
	secrets: [],
	baseUrl: () => 'https://shop.example',
	account: ({ account }) => String(account),
	windows: () => [
		{ requests: 125, milliseconds: 5000 },
		{ requests: 480, milliseconds: 120_000 },
		{ requests: 18_000, milliseconds: DAY },
	],
	longestWait: () => Infinity,
	explain: () => ({}),
};

const random = seededRandom(1);
let sent = 0;
let failed = 0;

async function serve({ url }: IHttpRequestOptions): Promise<unknown> {
	sent++;
	await mockClock.sleep(20 + random() * 100);
	const dice = random();
	if (dice < 0.02) throw Object.assign(new Error('refused'), { response: { status: 429, headers: { 'retry-after': '1' }, data: url } });
	if (dice < 0.03) throw Object.assign(new Error('failed'), { response: { status: 500, headers: {}, data: url } });
	if (dice < 0.035) throw Object.assign(new Error('not there'), { response: { status: 404, headers: {}, data: url } });
	return { statusCode: 200, headers: {}, body: { url } };
}

function contextOf(execution: string, signal: AbortSignal): RequestContext {
	return {
		getNode: () => ({ name: 'My node' }),
		getTimezone: () => 'Europe/Amsterdam',
		getExecutionCancelSignal: () => signal,
		getExecutionId: () => execution,
		addExecutionHints: () => {},
		logger: { info: () => {}, debug: () => {} },
		helpers: { httpRequest: serve },
	} as unknown as RequestContext;
}

let executions = 0;

async function execute(account: string) {
	const cancel = new AbortController();
	const context = contextOf(`execution ${++executions}`, cancel.signal);
	if (executions % 50 === 0) void mockClock.sleep(2000).then(() => cancel.abort());
	const ask = async (_: unknown, item: number) => {
		await send(context, platform, { url: `/things/${executions}-${item}` }, { account, token: `token ${executions}` }).catch(() => failed++);
	};
	await Promise.all(Array.from({ length: BULK }, ask));
}

async function use(account: string, until: number) {
	while (sent < until) await execute(account);
}

async function live(until: number) {
	while (sent < until) {
		const end = sent + LIFE;
		await Promise.all(Array.from({ length: ACCOUNTS }, async (_, position) => await use(`${position} ${end}`, end)));
		await mockClock.sleep(2 * DAY);
	}
}

test(`${REQUESTS} requests leave no more behind than a fifth of them`, async () => {
	await mockClock.until(live(REQUESTS / 5));
	const before = heap();
	await mockClock.until(live(REQUESTS));
	const grown = (heap() - before) / MEGABYTE;
	expect(sent).toBeGreaterThanOrEqual(REQUESTS);
	// Cancelled, or not found.
	expect(failed).toBeGreaterThan(0);
	expect(failed).toBeLessThan(0.1 * sent);
	expect(grown).toBeLessThan(1);
});
