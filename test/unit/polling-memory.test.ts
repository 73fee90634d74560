/** The memory of triggers against a made-up server, and what becomes of it in odd cases. */
import fc from 'fast-check';

import { InvalidInput } from '../../nodes/transport/errors';
import { beforeOf, checkLength, forgetMissing, news, readMemory, remember, startAt, startNow } from '../../nodes/polling/memory';
import type { Memory, Sighting } from '../../nodes/polling/memory';

const SECOND = 1000;
const OVERLAP = 60 * SECOND;

const sighting = (id: string, moment: number, version = ''): Sighting => ({ id, moment, version });

/** What a poll does with what the server lists, at most `most` events at once. */
function poll(memory: Memory, listed: Sighting[], most: number): { memory: Memory; events: Sighting[] } {
	const all = news(memory, listed.filter(({ moment }) => moment >= memory.floor));
	const events = all.slice(0, most);
	return { memory: remember(memory, events, all.slice(most), { overlap: OVERLAP }), events };
}

type Step =
	| { kind: 'create'; late: number; count: number }
	| { kind: 'update'; which: number }
	| { kind: 'wait'; seconds: number }
	| { kind: 'poll'; isKilled: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ kind: fc.constant('create' as const), late: fc.nat(40), count: fc.integer({ min: 1, max: 12 }) }),
	fc.record({ kind: fc.constant('update' as const), which: fc.nat() }),
	fc.record({ kind: fc.constant('wait' as const), seconds: fc.nat(200) }),
	fc.record({ kind: fc.constant('poll' as const), isKilled: fc.boolean() }),
);

function run(steps: Step[], most: number) {
	let now = 1_700_000_000_000;
	const old = Array.from({ length: 30 }, (_, index) => sighting(`old${index}`, now - index * 7 * SECOND));
	const server = new Map(old.map((one) => [one.id, one]));
	const created: string[] = [];
	/** The version of each record that was listed at some poll. */
	const shown = new Map<string, Set<string>>();
	const events: Sighting[] = [];
	const batches: Sighting[][] = [];
	let memory = startNow('scope', [...server.values()], { overlap: OVERLAP });
	let saved = memory;
	const doPoll = () => {
		for (const { id, version } of server.values()) shown.set(id, (shown.get(id) ?? new Set()).add(version));
		const result = poll(memory, [...server.values()], most);
		memory = result.memory;
		// n8n saves what a trigger remembers only together with events.
		if (result.events.length > 0) saved = memory;
		events.push(...result.events);
		batches.push(result.events);
	};
	now += SECOND;
	for (const one of steps) {
		if (one.kind === 'wait') now += one.seconds * SECOND;
		if (one.kind === 'create') {
			for (let index = 0; index < one.count; index++) {
				const id = `new${server.size}`;
				// Never before the trigger started: that is not news.
				server.set(id, sighting(id, Math.max(1_700_000_001_000, now - one.late * SECOND), '1'));
				created.push(id);
			}
		}
		if (one.kind === 'update') {
			const known = [...server.values()][one.which % server.size];
			server.set(known.id, sighting(known.id, now, `${known.version}'`));
		}
		if (one.kind === 'poll') {
			if (one.isKilled) memory = JSON.parse(JSON.stringify(saved)) as Memory;
			doPoll();
		}
	}
	for (let left = Infinity; left > 0; left = batches[batches.length - 1].length) doPoll();
	return { server, created, shown, events, batches, memory };
}

describe('against a server', () => {
	test('every record comes, none twice, the oldest first, however the polls fall and n8n is killed', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (steps, most) => {
				const { server, created, shown, events, batches } = run(steps, most);
				const keys = events.map(({ id, version }) => `${id} ${version}`);
				expect(new Set(keys).size).toBe(keys.length);
				const last = new Map(events.map(({ id, version }) => [id, version]));
				// A record that was updated again before it was handled comes in its newest version.
				for (const id of created) expect(last.get(id)).toBe(server.get(id)!.version);
				for (const { id, version } of events) expect(shown.get(id)!.has(version)).toBe(true);
				for (const batch of batches) {
					expect(batch.length).toBeLessThanOrEqual(most);
					const moments = batch.map(({ moment }) => moment);
					expect(moments).toEqual([...moments].sort((one, other) => one - other));
				}
			}),
			{ numRuns: 500 },
		);
	});

	test('records from before the start come only when they have changed', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const { events } = run(steps, 50);
				for (const { id, version } of events) expect(id.startsWith('old') && version === '').toBe(false);
			}),
		);
	});
});

describe('the size of the memory', () => {
	test('no more than the records of the overlap are kept', () => {
		let memory = startAt('scope', 0);
		for (let hour = 1; hour <= 50; hour++) {
			memory = poll(memory, [sighting(`id${hour}`, hour * 3600 * SECOND)], 10).memory;
		}
		expect(Object.keys(memory.seen)).toEqual(['id50']);
	});

	test('of very many records in a short time the newest 2000 are kept, and the dropped ones are no news', () => {
		const records = Array.from({ length: 5000 }, (_, index) => sighting(`id${index}`, SECOND + index));
		const { memory } = poll(startAt('scope', 0), records, 5000);
		expect(Object.keys(memory.seen)).toHaveLength(2000);
		expect(memory.seen.id4999).toBeDefined();
		expect(news(memory, records)).toEqual([]);
		expect(JSON.stringify(memory).length).toBeLessThan(60_000);
	});

	test('records of one single moment are all kept, and all come', () => {
		const records = Array.from({ length: 5000 }, (_, index) => sighting(`id${index}`, SECOND));
		let memory = startAt('scope', 0);
		const ids = new Set<string>();
		for (let round = 0; round < 25; round++) {
			const result = poll(memory, records, 200);
			memory = result.memory;
			result.events.forEach(({ id }) => ids.add(id));
		}
		expect(ids.size).toBe(5000);
		expect(news(memory, records)).toEqual([]);
	});
});

describe('a record with a date in the future', () => {
	const latest = 100_000;

	test('comes once, and hides nothing that comes before it', () => {
		const wrong = sighting('wrong', 900_000);
		const first = startNow('scope', [sighting('a', 50_000)], { overlap: OVERLAP, latest });
		expect(news(first, [wrong])).toEqual([wrong]);
		const second = remember(first, [wrong], [], { overlap: OVERLAP, latest });
		expect(news(second, [wrong, sighting('b', 60_000)])).toEqual([sighting('b', 60_000)]);
	});

	test('is not where a trigger starts', () => {
		const memory = startNow('scope', [sighting('wrong', 900_000), sighting('a', 50_000)], { overlap: OVERLAP, latest });
		expect(news(memory, [sighting('wrong', 900_000), sighting('b', 60_000)])).toEqual([sighting('b', 60_000)]);
	});
});

describe('what was known of a record', () => {
	const known = (id: string, moment: number): Sighting => ({ id, moment, version: 'v', state: 'new' });

	test('is kept as long as there is room, far longer than the overlap', () => {
		let memory = remember(startAt('scope', 0), [known('a', 1000)], [], { overlap: OVERLAP });
		memory = remember(memory, [known('b', 1_000_000)], [], { overlap: OVERLAP });
		expect(memory.floor).toBe(1_000_000 - OVERLAP);
		expect(beforeOf(memory, sighting('a', 0))).toEqual({ version: 'v', state: 'new' });
	});

	test('is forgotten when there are too many, the oldest first', () => {
		let memory = startAt('scope', 0);
		for (let round = 0; round < 30; round++) {
			const records = Array.from({ length: 100 }, (_, index) => known(`${round}-${index}`, (round * 100 + index) * OVERLAP));
			memory = remember(memory, records, [], { overlap: OVERLAP });
		}
		expect(Object.keys(memory.seen)).toHaveLength(2000);
		expect(beforeOf(memory, sighting('29-99', 0))).toBeDefined();
		expect(beforeOf(memory, sighting('9-99', 0))).toBeUndefined();
	});
});

describe('a record that waits for something more', () => {
	test('is news later, however many others came meanwhile', () => {
		const waiting = [sighting('w', 1000)];
		let memory = startNow('scope', [], { overlap: OVERLAP, waiting });
		memory = remember(memory, [sighting('b', 1000 + OVERLAP)], [], { overlap: OVERLAP, waiting });
		expect(news(memory, waiting)).toEqual(waiting);
	});

	test('moves the memory on in time, so that an old list is not read for ever', () => {
		expect(startNow('scope', [], { overlap: OVERLAP, waiting: [sighting('w', 900_000)] }).floor).toBe(900_000 - OVERLAP);
	});
});

describe('starting', () => {
	test('from now: what is there is no news, what comes in the same second is', () => {
		const memory = startNow('scope', [sighting('a', 5000), sighting('b', 9000)], { overlap: OVERLAP });
		expect(news(memory, [sighting('a', 5000), sighting('b', 9000), sighting('c', 9000)])).toEqual([sighting('c', 9000)]);
	});

	test('from now on an empty account: the first record ever is news', () => {
		const memory = startNow('scope', [], { overlap: OVERLAP });
		expect(news(memory, [sighting('a', 5000)])).toHaveLength(1);
	});

	test('from now, with records read from a moment on: what is older is no news', () => {
		const memory = startNow('scope', [sighting('b', 100_000)], { overlap: OVERLAP }, 90_000);
		expect(news(memory, [sighting('a', 89_000), sighting('c', 90_000)])).toEqual([sighting('c', 90_000)]);
	});

	test('from a moment: what is older is no news, even within the overlap', () => {
		const memory = startAt('scope', 100_000);
		expect(news(memory, [sighting('a', 99_999), sighting('b', 100_000)])).toEqual([sighting('b', 100_000)]);
	});
});

describe('what is stored', () => {
	const memory = remember(startAt('scope', 5000), [{ id: 'a', moment: 6000, version: 'paid', state: 'x' }], [], { overlap: OVERLAP });

	test('comes back as it was', () => {
		const stored: unknown = JSON.parse(JSON.stringify(memory));
		expect(readMemory(stored, 'scope')).toEqual(memory);
		expect(beforeOf(readMemory(stored, 'scope')!, sighting('a', 0))).toEqual({ version: 'paid', state: 'x' });
	});

	test('counts for its own event and account only', () => {
		expect(readMemory(memory, 'another')).toBeUndefined();
		expect(readMemory(undefined, 'scope')).toBeUndefined();
		expect(readMemory('text', 'scope')).toBeUndefined();
	});

	test('is not overwritten when a newer version of the package has written it', () => {
		expect(() => readMemory({ ...memory, version: 2 }, 'scope')).toThrow(InvalidInput);
	});

	test('keeps records whose ids are names of members of every object', () => {
		const odd = remember(startAt('scope', 0), [sighting('constructor', 1), sighting('__proto__', 1)], [], { overlap: OVERLAP });
		expect(news(odd, [sighting('constructor', 1), sighting('toString', 1)])).toEqual([sighting('toString', 1)]);
	});
});

describe('a complete list without moments', () => {
	const list = (...ids: string[]) => ids.map((id) => sighting(id, 0));
	const start = startNow('scope', list('a', 'b', 'c'), { overlap: Infinity });

	test('what is added is news', () => {
		const after = remember(start, news(start, list('a', 'b', 'c', 'd')), [], { overlap: Infinity });
		expect(news(start, list('a', 'd'))).toEqual(list('d'));
		expect(news(after, list('a', 'b', 'c', 'd'))).toEqual([]);
	});

	test('what is missing once was overlooked, and is no news when it is back', () => {
		const overlooked = forgetMissing(start, list('a', 'c'));
		expect(news(forgetMissing(overlooked, list('a', 'b', 'c')), list('a', 'b', 'c'))).toEqual([]);
	});

	test('what is missing twice has gone, and is news when it is back', () => {
		const gone = forgetMissing(forgetMissing(start, list('a', 'c')), list('a', 'c'));
		expect(news(gone, list('a', 'b', 'c'))).toEqual(list('b'));
		expect(gone.missing).toEqual([]);
	});

	test('when most of a long list is missing at once, the list is not believed', () => {
		const ids = Array.from({ length: 50 }, (_, index) => String(index));
		const memory = startNow('scope', list(...ids), { overlap: Infinity });
		const afterTrouble = [list(), list('1'), list(...ids.slice(30))].reduce(forgetMissing, memory);
		expect(news(forgetMissing(afterTrouble, list(...ids)), list(...ids))).toEqual([]);
	});

	test('is not cut off', () => {
		const many = Array.from({ length: 9000 }, (_, index) => sighting(String(index), 0));
		const memory = startNow('scope', many, { overlap: Infinity });
		expect(Object.keys(memory.seen)).toHaveLength(9000);
		expect(news(memory, many)).toEqual([]);
	});

	test('is refused when it is too long to be remembered', () => {
		const many = Array.from({ length: 10_001 }, (_, index) => sighting(String(index), 0));
		expect(() => checkLength(many, 'sold book')).toThrow('The list with every sold book is longer than 10000');
	});
});
