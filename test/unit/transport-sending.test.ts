/** How long requests wait and how often they are sent, for each kind of caller, in virtual time. */
import type { IHttpRequestOptions } from 'n8n-workflow';

import type { ApiRequest, Platform, RequestContext } from '../../nodes/transport/platform';
import type { RateWindow } from '../../nodes/transport/rateLimit';
import { send } from '../../nodes/transport/send';
import type { Stop } from '../../nodes/transport/send';
import { virtualClock } from './virtualClock';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const mockClock = virtualClock();
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await mockClock.sleep(milliseconds),
}));

let begun = 0;
/** Milliseconds since the test began. */
const now = () => mockClock.now() - begun;
const after = async (milliseconds: number) => await mockClock.sleep(milliseconds);
const until = async <T>(work: Promise<T>) => await mockClock.until(work);

beforeEach(() => {
	begun = mockClock.now();
	jest.spyOn(performance, 'now').mockImplementation(() => mockClock.now());
});
afterEach(() => jest.restoreAllMocks());

let account = 0;
let windows: RateWindow[];
let longestWait: number;
let asked: Array<IHttpRequestOptions & { at: number }>;
let log: string[];
/** What the server does with a request. */
let serve: (options: IHttpRequestOptions, position: number) => Promise<unknown>;

beforeEach(() => {
	account++;
	windows = [];
	longestWait = 60;
	asked = [];
	log = [];
	serve = async () => answered();
});

const answered = (body: unknown = { id: 1 }) => ({ statusCode: 200, headers: {}, body });
const refused = (status: number, headers: object = {}, body: unknown = {}): never => {
	throw Object.assign(new Error('refused'), { response: { status, headers, data: body } });
};
/** Never answers; n8n's helper gives up when the time is over. */
const hang = async ({ timeout = Infinity }: IHttpRequestOptions) => {
	await after(timeout);
	throw Object.assign(new Error('timeout'), { code: 'ECONNABORTED' });
};

const platform: Platform = {
	name: 'Shop',
	secrets: [],
	baseUrl: () => 'https://shop.example',
	account: () => String(account),
	windows: () => windows,
	longestWait: () => longestWait,
	explain: () => ({}),
};

const base = {
	getNode: () => ({ name: 'My node' }),
	getTimezone: () => 'Asia/Tokyo',
	getMode: () => 'trigger',
	getWorkflow: () => ({ id: 'w' }),
	logger: { info: (text: string) => log.push(`info ${text}`), debug: (text: string) => log.push(`debug ${text}`) },
	helpers: {
		async httpRequest(options: IHttpRequestOptions) {
			asked.push({ ...options, at: now() });
			return await serve(options, asked.length);
		},
	},
};
const hints: string[] = [];
const execution = (id = 'e') =>
	({
		...base,
		getExecutionCancelSignal: () => undefined,
		getExecutionId: () => id,
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
	}) as unknown as RequestContext;
const dropdown = () => ({ ...base }) as unknown as RequestContext;
const poll = (budget?: number) =>
	({ ...base, __emit: () => {}, ...(budget && { getPollBudgetMs: () => budget }) }) as unknown as RequestContext;

const get = async (context: RequestContext, more: Partial<ApiRequest> = {}, stop: Stop = {}) =>
	await send(context, platform, { url: '/things', ...more }, {}, stop);

async function failing(work: Promise<unknown>): Promise<Error & { description?: string; httpStatusCode?: number }> {
	return await until(work.then(() => { throw new Error('It went well'); }, (error: Error) => error));
}

describe('an answer is waited for', () => {
	it.each([
		['a read', {}, MINUTE],
		['a write', { method: 'POST' as const }, 2 * MINUTE],
		['what the panel says', { timeout: 7 * MINUTE }, 7 * MINUTE],
		['what the panel says, for a write', { method: 'POST' as const, timeout: 1 }, 1],
	])('%s', async (_, request, timeout) => {
		await until(get(execution(), request));
		expect(asked[0].timeout).toBe(timeout);
	});

	it('no longer than ten seconds at a dropdown, all its requests together, and then it says so', async () => {
		serve = async (options, position) => (position === 1 ? (await after(4 * SECOND), answered()) : await hang(options));
		const context = dropdown();
		await until(get(context));
		const error = await failing(get(context));
		expect(now()).toBe(10 * SECOND);
		expect(asked.map(({ timeout }) => timeout)).toEqual([10 * SECOND, 6 * SECOND]);
		expect(error.message).toBe('Shop did not answer in time: try again later');
		// n8n answers its editor with the message, and not that it has an error of its own.
		expect(error.httpStatusCode).toBe(400);
	});

	it('no longer than a poll has, whatever the server does', async () => {
		serve = hang;
		await failing(get(poll(40 * SECOND)));
		expect(now()).toBeLessThanOrEqual(40 * SECOND);
		expect(asked.every(({ at, timeout = 0 }) => at + timeout <= 40 * SECOND)).toBe(true);
	});

	it('five minutes in a poll where n8n sets no limit, over all its requests', async () => {
		serve = hang;
		const deadline = performance.now() + 5 * MINUTE;
		const error = await failing(Promise.all([1, 2, 3].map(async () => await get(poll(), {}, { deadline }))));
		expect(error.message).toContain('did not answer in time');
		expect(Math.floor(now())).toBeLessThanOrEqual(5 * MINUTE);
	});

	it('six times where a workflow reads', async () => {
		serve = hang;
		await failing(get(execution()));
		expect(asked).toHaveLength(6);
	});
});

describe('a person', () => {
	beforeEach(() => (windows = [{ requests: 25, milliseconds: 5 * SECOND }]));

	it('at a dropdown goes before 500 requests of workflows that wait', async () => {
		const bulk = Array.from({ length: 500 }, async () => await get(execution()));
		await until(after(7 * SECOND));
		const start = now();
		await until(get(dropdown()));
		expect(now() - start).toBeLessThan(5 * SECOND);
		await until(Promise.all(bulk));
		// All of it is as fast as without the dropdown.
		expect(now()).toBe(20 * 5 * SECOND);
	});

	it('at a dropdown that cannot be served within ten seconds is told at once why, and what to do', async () => {
		windows = [{ requests: 1, milliseconds: MINUTE }];
		await until(get(execution()));
		const error = await failing(get(dropdown()));
		expect(now()).toBe(0);
		expect(error.message).toMatch(/^Shop takes no more requests until .* GMT\+9: the limit of 1 requests per minute is used up$/);
		expect(error.description).toContain('fill in the ID');
		expect(error.httpStatusCode).toBe(400);
	});

	it('at a dropdown behind requests that hang is told so after ten seconds', async () => {
		windows = [{ requests: 1, milliseconds: 0 }];
		serve = hang;
		const hanging = get(execution()).catch(() => {});
		const error = await failing(get(dropdown()));
		expect(now()).toBeLessThanOrEqual(11 * SECOND);
		expect(error.message).toBe('Shop is not free at the moment: other requests are under way');
		await until(hanging);
	});

	it('with one item does not wait for the thousand of another workflow', async () => {
		const bulk = Array.from({ length: 1000 }, async () => await get(execution('bulk')));
		await until(after(6 * SECOND));
		const start = now();
		await until(get(execution('one')));
		expect(now() - start).toBeLessThanOrEqual(5 * SECOND);
		await until(Promise.all(bulk));
	});
});

describe('a refusal as one too many', () => {
	/** Not before the time that the server named, and hardly later: not all who wait wake at the same moment. */
	function expectAfter(wait: number) {
		expect(now()).toBeGreaterThanOrEqual(wait);
		expect(now()).toBeLessThan(wait + SECOND / 4);
	}

	it('that nobody explains is waited out as long as Longest Wait lasts, with growing pauses', async () => {
		serve = async () => (now() < 8 * MINUTE ? refused(429) : answered());
		await until(get(execution()));
		const pauses = asked.slice(1).map(({ at }, position) => at - asked[position].at);
		expect(pauses.length).toBeLessThan(15);
		expect(pauses.slice(1).every((pause, position) => pause >= 0.99 * Math.min(5 * MINUTE, 1.3 * pauses[position]))).toBe(true);
		expect(asked.at(-1)!.at).toBeGreaterThanOrEqual(8 * MINUTE);
	});

	it('ends when Longest Wait is over, and says what it may be', async () => {
		longestWait = 10;
		serve = async () => refused(429);
		const error = await failing(get(execution(), { method: 'POST' }));
		expect(error.message).toMatch(/^Shop kept refusing with "too many requests" for as long as it may be waited for: other software/);
		expect(now()).toBeLessThanOrEqual(10 * MINUTE);
		expect(now()).toBeGreaterThan(2 * MINUTE);
	});

	it('that names a time again and again ends when Longest Wait is over, and does not ask hundreds of times', async () => {
		serve = async () => refused(429, { 'retry-after': '0.01' });
		const error = await failing(get(execution()));
		expect(error.message).toMatch(/^Shop takes no more requests until .*: the service asked for a pause$/);
		expect(now()).toBeLessThanOrEqual(60 * MINUTE);
		expect(asked.filter(({ at }) => at < 5 * SECOND).length).toBeLessThanOrEqual(21);
		expect(asked.length).toBeLessThan(50);
	});

	it('of a server that means milliseconds is over after that many', async () => {
		windows = [{ requests: 3, milliseconds: SECOND }];
		serve = async (_, position) => (position === 1 ? refused(429, { 'retry-after': '5000' }) : answered());
		await until(get(execution()));
		expectAfter(5 * SECOND);
	});

	it('for longer than may be waited is said at once; after five minutes one request tries, and if it gets through all do', async () => {
		windows = [{ requests: 100, milliseconds: 24 * 60 * MINUTE }];
		serve = async (_, position) => (position === 1 ? refused(429, { 'retry-after': '5000' }) : answered());
		expect((await failing(get(execution()))).message).toMatch(/takes no more requests until/);
		expect((await failing(get(execution()))).message).toMatch(/takes no more requests until/);
		expect(asked).toHaveLength(1);
		await until(after(5 * MINUTE));
		await until(Promise.all([1, 2, 3].map(async () => await get(execution()))));
		expect(now()).toBeLessThan(6 * MINUTE);
	});

	it.each([
		[{ message: 'Retry after 7s' }, 7 * SECOND],
		[{ error: { detail: 'Try again in 2 minutes' } }, 2 * MINUTE],
		['Too many. Wait 30 seconds', 30 * SECOND],
	])('has its time in its text, whatever the platform: %j', async (body, wait) => {
		serve = async (_, position) => (position === 1 ? refused(429, {}, body) : answered());
		await until(get(execution()));
		expectAfter(wait);
	});
});

describe('a failure of the server', () => {
	it('with a time to wait holds all, and is a try', async () => {
		serve = async (_, position) => (position === 1 ? refused(503, { 'retry-after': '30' }) : answered());
		const first = get(execution());
		await until(after(SECOND));
		const second = get(execution());
		await until(Promise.all([first, second]));
		expect(asked.map(({ at }) => at)).toEqual([0, 30 * SECOND, 30 * SECOND]);
	});

	it('after a write is not followed by another try, whatever time it names', async () => {
		serve = async () => refused(503, { 'retry-after': '5' });
		expect((await failing(get(execution(), { method: 'POST' }))).message).toMatch(/^It is unknown whether/);
		expect(asked).toHaveLength(1);
	});
});

describe('what is told', () => {
	it('a wait of more than ten seconds: while it lasts, once, in the log and beside the output, with why and until when', async () => {
		windows = [{ requests: 1, milliseconds: MINUTE }];
		hints.length = 0;
		const all = Promise.all([1, 2, 3].map(async () => await get(execution())));
		await until(after(9 * SECOND));
		expect(log).toEqual([]);
		await until(after(2 * SECOND));
		const words = /^Waiting for Shop until .* GMT\+9, or longer if many wait: the limit of 1 requests per minute is used up$/;
		expect(log).toEqual([expect.stringMatching(/^info "My node": Waiting for Shop/)]);
		expect(hints).toEqual([expect.stringMatching(words)]);
		await until(all);
		expect(log.filter((line) => line.startsWith('info'))).toHaveLength(1);
	});

	it('a refusal, and what follows from it: at debug, once for all that were under way', async () => {
		windows = [{ requests: 25, milliseconds: 5 * SECOND }];
		serve = async (_, position) => (await after(100), position > 10 && position <= 25 ? refused(429, { 'retry-after': '1' }) : answered());
		await until(Promise.all(Array.from({ length: 25 }, async () => await get(execution()))));
		expect(log.filter((line) => line.startsWith('debug Shop: refused'))).toHaveLength(1);
	});

	it('a try that follows a failure: at debug', async () => {
		serve = async (_, position) => (position === 1 ? refused(500) : answered());
		await until(get(execution()));
		expect(log).toEqual([expect.stringMatching(/^debug Shop: a request failed \(500\) and is tried again in \d+ ms$/)]);
	});
});
