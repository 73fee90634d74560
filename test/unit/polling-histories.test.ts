/** Whole polls against a made-up server in memory, over random histories: nothing is lost, and nothing comes twice. */
import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { ReadPage } from '../../nodes/transport/paging';
import type { ApiRequest, Platform } from '../../nodes/transport/platform';
import { executeFor, pollFor } from '../../nodes/polling/polling';
import { appeared, changed, created, statusChanged } from '../../nodes/polling/event';
import type { Listing, TriggerEvent } from '../../nodes/polling/event';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const OVERLAP = 10 * MINUTE;
const START = 1_700_000_000_000;
const PAGE = 20;

interface Item {
	id: string;
	createdAt: number;
	updatedAt: number;
	/** Not shown yet: its transaction is under way. */
	isHidden: boolean;
}

type List = 'oldestFirst' | 'newestFirst' | 'anyOrder';

/** Answers lists as one of the three kinds of services does; `before` is called before each answer. */
function makeServer(kind: List) {
	const items: Item[] = [];
	const server = {
		items,
		requests: 0,
		failing: 0,
		before: () => {},
		answer({ url }: IHttpRequestOptions): IDataObject {
			server.requests++;
			server.before();
			if (server.failing > 0 && --server.failing === 0) throw Object.assign(new Error('refused'), { response: { status: 401, headers: {}, data: {} } });
			const { searchParams } = new URL(url);
			const [since, page, afterMoment, afterId] = ['since', 'page', 'afterMoment', 'afterId'].map((name) => searchParams.get(name) ?? '');
			const shown = items.filter(({ isHidden }) => !isHidden);
			const at = (item: Item) => (kind === 'newestFirst' ? item.createdAt : item.updatedAt);
			const wanted = shown.filter((item) => kind === 'newestFirst' || at(item) >= Number(since));
			const ascending = wanted.sort((one, other) => at(one) - at(other) || (one.id < other.id ? -1 : 1));
			if (kind === 'oldestFirst') {
				const rest = ascending.filter((item) => afterId === '' || at(item) > Number(afterMoment) || (at(item) === Number(afterMoment) && item.id > afterId));
				const results = rest.slice(0, PAGE).map((item) => ({ ...item }));
				const last = results.at(-1);
				return { results, next: rest.length > PAGE && last ? { afterMoment: at(last), afterId: last.id } : null };
			}
			const sorted = kind === 'newestFirst' ? ascending.reverse() : ascending.sort((one, other) => (one.id.slice(-1) < other.id.slice(-1) ? -1 : 1));
			const from = (Number(page) - 1) * PAGE;
			const results = sorted.slice(from, from + PAGE).map((item) => ({ ...item }));
			const next = sorted.length > from + PAGE ? { page: Number(page) + 1 } : null;
			// Without its length nobody could tell that a list in any order has shifted between two pages.
			return kind === 'anyOrder' ? { results, next, total: sorted.length } : { results, next };
		},
	};
	return server;
}

const readPage: ReadPage = ({ body }, request) => {
	const { results, next, total } = body as { results: IDataObject[]; next: IDataObject | null; total?: number };
	return { records: results, next: next ? [{ ...request, qs: { ...request.qs, ...next } }] : [], total };
};

const named = { name: 'Something', value: 'something', description: '', noun: 'thing', simplify: (record: IDataObject) => record };

function eventOf(kind: List): TriggerEvent {
	const thing = {
		...named,
		list(since = 0): Listing[] {
			const request: ApiRequest = { url: '/things', qs: { since, page: 1 } };
			return [{ request, readPage, order: kind === 'anyOrder' ? undefined : kind }];
		},
		overlap: OVERLAP,
	};
	return kind === 'newestFirst'
		? created({ ...thing, moment: ({ createdAt }) => Number(createdAt) })
		: changed({ ...thing, moment: ({ updatedAt }) => Number(updatedAt) });
}

let accounts = 0;

/** An n8n with one active trigger: what it stores, it stores together with events and on activation. */
function makeHost(event: TriggerEvent, server: { answer(options: IHttpRequestOptions): IDataObject }) {
	const account = `account${accounts++}`;
	const platform: Platform = {
		name: 'Somewhere',
		secrets: [],
		baseUrl: () => 'https://things.example.com',
		account: () => account,
		windows: () => [],
		explain: () => ({}),
	};
	const makeNode = () => ({ poll: pollFor(platform, [event]), execute: executeFor(platform, [event]) });
	let node = makeNode();
	let stored = '{}';
	let live: Record<string, IDataObject> = {};
	const processed = new Set<string>();
	const out: IDataObject[] = [];
	const base = {
		getMode: () => 'trigger',
		getNode: () => ({ id: account, name: 'Trigger', type: 'trigger', typeVersion: 1, position: [0, 0], parameters: {} }),
		getWorkflow: () => ({ id: 'workflow' }),
		logger: { info: () => {} },
	};
	const context = {
		...base,
		getWorkflowSettings: () => ({}),
		getNodeParameter: (name: string, fallback: unknown) => (name === 'event' ? 'something' : fallback),
		getTimezone: () => 'Europe/Amsterdam',
		getWorkflowStaticData: (type: string) => (live[type] ??= {}),
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				await Promise.resolve();
				return { statusCode: 200, headers: {}, body: server.answer(options) };
			},
		},
	} as unknown as IPollFunctions;
	/** What comes out of the trigger in an execution. */
	async function execute(items: INodeExecutionData[]) {
		const helpers = {
			async checkProcessedAndRecord(keys: string[]) {
				await Promise.resolve();
				const fresh = keys.filter((key) => !processed.has(key));
				for (const key of fresh) processed.add(key);
				return { new: fresh, processed: [] };
			},
		};
		const execution = { ...base, getInputData: () => items, helpers } as unknown as IExecuteFunctions;
		return (await node.execute.call(execution))[0];
	}
	const host = {
		out,
		batches: [] as number[],
		/** @param isCut whether n8n is killed when it has stored what the trigger remembers, and not yet the execution */
		async poll(isCut = false) {
			const handedOver = (await node.poll.call(context))?.[0] ?? [];
			if (handedOver.length === 0) return 0;
			stored = JSON.stringify(live);
			if (isCut) return 0;
			const items = await execute(handedOver);
			out.push(...items.map(({ json }) => json));
			host.batches.push(handedOver.length);
			return handedOver.length;
		},
		async activate(isCut = false) {
			live = JSON.parse(stored) as typeof live;
			await host.poll(isCut);
			stored = JSON.stringify(live);
		},
		/** After a kill, too: what was not stored is forgotten. */
		async restart() {
			node = makeNode();
			await host.activate();
		},
		get size() {
			return stored.length;
		},
	};
	return host;
}

type Step =
	| { kind: 'create'; count: number; apart: number; late: number; isHidden: boolean }
	| { kind: 'update'; which: number }
	| { kind: 'show' }
	| { kind: 'wait'; seconds: number }
	| { kind: 'poll' | 'activate'; during: number; failing: number; isTwice: boolean; isCut: boolean }
	| { kind: 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({
		kind: fc.constant('create' as const),
		count: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom(45, 210, 430)),
		/** Seconds between them. */
		apart: fc.constantFrom(0, 0, 1, 20),
		late: fc.nat(OVERLAP / SECOND),
		isHidden: fc.boolean(),
	}),
	fc.record({ kind: fc.constant('update' as const), which: fc.nat() }),
	fc.record({ kind: fc.constant('show' as const) }),
	fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(0, 1, 30, 900, 90_000, 2_000_000) }),
	fc.record({
		kind: fc.constantFrom('poll' as const, 'activate' as const),
		/** So many records come in or change between the pages. */
		during: fc.nat(4),
		failing: fc.constantFrom(0, 0, 1, 2, 3),
		isTwice: fc.boolean(),
		isCut: fc.boolean(),
	}),
	fc.record({ kind: fc.constant('restart' as const) }),
);

async function live(kind: List, steps: Step[], clockError: number) {
	const server = makeServer(kind);
	const host = makeHost(eventOf(kind), server);
	let now = START;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + clockError);
	let numbers = 0;
	const create = (moment: number, isHidden = false) => {
		// Ids do not tell the order.
		const id = `${(numbers * 7919) % 1000}-${numbers++}`;
		server.items.push({ id, createdAt: moment, updatedAt: moment, isHidden });
	};
	const update = (which: number) => {
		const item = server.items[which % server.items.length];
		// As a server with whole seconds does it; a further change within the second is not told apart by anybody.
		if (item) item.updatedAt = Math.max(now, item.updatedAt + SECOND);
	};
	for (let index = 0; index < 50; index++) create(START - index * 7 * MINUTE);
	const old = new Set(server.items.map(({ id, updatedAt }) => `${id} ${updatedAt}`));
	try {
		await host.activate();
		for (const one of steps) {
			now += SECOND;
			// No transaction takes so long as time passes there.
			const isLong = (one.kind === 'wait' && one.seconds > 0) || (one.kind === 'create' && one.apart > 0);
			if (one.kind === 'wait') now += one.seconds * SECOND;
			if (one.kind === 'show' || isLong) for (const item of server.items) item.isHidden = false;
			if (one.kind === 'create') {
				for (let index = 0; index < one.count; index++) {
					now += one.apart * SECOND;
					create(one.apart || one.isHidden ? now : Math.max(START + SECOND, now - one.late * SECOND), one.isHidden && !one.apart);
				}
			}
			if (one.kind === 'update') update(one.which);
			if (one.kind === 'restart') await host.restart();
			if (one.kind !== 'poll' && one.kind !== 'activate') continue;
			let left = one.during;
			server.before = () => {
				if (left-- <= 0) return;
				now += SECOND;
				if (left % 2 === 0) create(now);
				else update(left * 31);
			};
			server.failing = one.failing;
			const run = async () => await host[one.kind](one.isCut);
			await Promise.allSettled(one.isTwice ? [run(), host.poll(one.isCut)] : [run()]);
			server.failing = 0;
			server.before = () => {};
			if (one.isCut) await host.restart();
		}
		for (const item of server.items) item.isHidden = false;
		while ((await host.poll()) > 0);
		const { requests } = server;
		now += MINUTE;
		await host.poll();
		return { server, host, old, idle: server.requests - requests };
	} finally {
		clock.mockRestore();
	}
}

describe.each(['oldestFirst', 'newestFirst', 'anyOrder'] as const)('a service that lists: %s', (kind) => {
	test('all that comes or changes starts the workflow once, whatever happens', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, { maxLength: 40 }),
				fc.constantFrom(0, -5 * MINUTE, 5 * MINUTE, -20 * 60 * MINUTE, 20 * 60 * MINUTE),
				async (steps, clockError) => {
					const { server, host, old } = await live(kind, steps, clockError);
					const keyOf = ({ id, updatedAt }: { id?: unknown; updatedAt?: unknown }) => (kind === 'newestFirst' ? String(id) : `${String(id)} ${String(updatedAt)}`);
					const keys = host.out.map(keyOf);
					expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
					const came = new Set(keys);
					const isOld = (item: Item) => (kind === 'newestFirst' ? item.createdAt <= START : old.has(keyOf(item)));
					expect(server.items.filter((item) => came.has(keyOf(item)) === isOld(item)).map(keyOf)).toEqual([]);
					expect(Math.max(0, ...host.batches)).toBeLessThanOrEqual(200);
					expect(host.size).toBeLessThan(400_000);
				},
			),
			{ numRuns: 60 },
		);
	}, 300_000);
});

/** What is compared with how it was: nothing tells when it has changed. */
type Change = { kind: 'change'; which: number; to: number } | { kind: 'poll'; isCut: boolean } | { kind: 'restart' };

const change: fc.Arbitrary<Change> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('change' as const), which: fc.nat(11), to: fc.nat(2) }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('poll' as const), isCut: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

const oneList = () => [{ request: { url: '/things' }, readPage, order: undefined }];

/** Lives through the changes, and polls until nothing comes any more. */
async function compare(event: TriggerEvent, changes: Change[], records: () => IDataObject[], apply: (which: number, to: number) => void) {
	const host = makeHost(event, { answer: () => ({ results: records(), next: null }) });
	await host.activate();
	for (const one of changes) {
		if (one.kind === 'change') apply(one.which, one.to);
		if (one.kind === 'poll') await host.poll(one.isCut);
		if (one.kind === 'restart' || (one.kind === 'poll' && one.isCut)) await host.restart();
	}
	for (let polls = 0; polls < 3; polls++) await host.poll();
	return host.out;
}

test('a status that changes: what comes out last is how it is, and nothing that is no change', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(change, { maxLength: 60 }), async (changes) => {
			const statuses = Array.from({ length: 12 }, () => 0);
			const clock = jest.spyOn(Date, 'now').mockReturnValue(START);
			const event = statusChanged({
				...named,
				list: oneList,
				moment: () => START,
				watched: OVERLAP,
				status: ({ status }) => String(status),
				firstStatus: '0',
			});
			const records = () => statuses.map((status, id) => ({ id, status }));
			const out = await compare(event, changes, records, (which, to) => (statuses[which] = to)).finally(() => clock.mockRestore());
			const seen = statuses.map((_, id) => [0, ...out.filter((one) => one.id === id).map(({ status }) => status)]);
			expect(seen.map((all) => all.at(-1))).toEqual(statuses);
			// Of a change that was handed over, and taken back while n8n was off, nobody knows whether it arrived.
			const isKilled = changes.some((one) => one.kind === 'poll' && one.isCut);
			if (!isKilled) expect(seen.filter((all) => all.some((status, index) => status === all[index + 1]))).toEqual([]);
		}),
		{ numRuns: 100 },
	);
});

test('a list in which things appear: each comes as often as it appears, at most, and all that is there has come', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(change, { maxLength: 60 }), async (changes) => {
			const isThere = Array.from({ length: 12 }, (_, id) => id < 4);
			const times = isThere.map(() => 0);
			const records = () => isThere.flatMap((is, id) => (is ? [{ id }] : []));
			const out = await compare(appeared({ ...named, list: oneList }), changes, records, (which, to) => {
				if (!isThere[which] && to > 0) times[which]++;
				isThere[which] = to > 0;
			});
			const came = isThere.map((_, id) => out.filter((one) => one.id === id).length);
			expect(came.filter((count, id) => count > times[id])).toEqual([]);
			expect(came.filter((count, id) => id >= 4 && isThere[id] && count === 0)).toEqual([]);
		}),
		{ numRuns: 100 },
	);
});
