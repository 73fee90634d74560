import { setMaxListeners } from 'node:events';

import fc from 'fast-check';

import { createRateLimiter, pause, rateLimiterOf, WaitCancelled, WaitTooLong } from '../../nodes/transport/rateLimit';
import type { PlaceInLine, RateLimiter, RateWindow, Standstill } from '../../nodes/transport/rateLimit';
import { createShare } from '../../nodes/transport/share';
import { fixedWindows } from '../sandbox/api';
import { virtualClock } from './virtualClock';
import type { VirtualClock } from './virtualClock';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A request of a test; all times are whole milliseconds, so that nothing is rounded. */
interface Job {
	/** Since the request before it. */
	gap: number;
	/** From start to end. */
	duration: number;
	/** When the server counts it, as a part of the duration. */
	countedAt: number;
}

interface Done extends Job {
	job: number;
	arrival: number;
	start: number;
	end: number;
	counted: number;
}

const anyJob = fc.record<Job>({
	gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 })),
	duration: fc.integer({ min: 0, max: 2000 }),
	countedAt: fc.double({ min: 0, max: 1, noNaN: true }),
});
const anyWindow = fc.record<RateWindow>({
	requests: fc.integer({ min: 1, max: 8 }),
	milliseconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })),
});
const anyWindows = fc.array(anyWindow, { minLength: 1, maxLength: 4 });
const anyJobs = fc.array(anyJob, { minLength: 1, maxLength: 40 });

/** A task that takes its time and writes down when it did what. */
async function work(clock: VirtualClock, job: Job, note: { start: number; counted: number; end: number }) {
	note.start = clock.now();
	const untilCounted = Math.floor(job.duration * job.countedAt);
	await clock.sleep(untilCounted);
	note.counted = clock.now();
	await clock.sleep(job.duration - untilCounted);
	note.end = clock.now();
}

/** Runs all jobs and gives them in the order in which they started. */
async function runAll(windows: RateWindow[], jobs: Job[]): Promise<Done[]> {
	const clock = virtualClock();
	const limiter = createRateLimiter(windows, clock);
	const started: Done[] = [];
	async function arrive(): Promise<void> {
		const running: Array<Promise<void>> = [];
		for (const [position, job] of jobs.entries()) {
			if (job.gap > 0) await clock.sleep(job.gap);
			const done: Done = { ...job, job: position, arrival: clock.now(), start: 0, end: 0, counted: 0 };
			running.push(
				limiter.run(async () => {
					started.push(done);
					await work(clock, job, done);
				}),
			);
		}
		await Promise.all(running);
	}
	await clock.until(arrive());
	return started;
}

/** How many of the others a window has to reckon with when a request starts at `moment`. */
function heldBy({ milliseconds }: RateWindow, others: Done[], moment: number): number {
	return others.filter(({ end }) => end + milliseconds > moment).length;
}

/** Earliest start that is safe for every window at any phase, worked out by trying all moments that could be it. */
function earliest(windows: RateWindow[], before: Done[], arrival: number): number {
	const notBefore = Math.max(arrival, before.at(-1)?.start ?? 0);
	const moments = before.flatMap(({ end }) => windows.map(({ milliseconds }) => end + milliseconds));
	return [notBefore, ...moments]
		.filter((moment) => moment >= notBefore)
		.sort((one, other) => one - other)
		.find((moment) => windows.every((window) => heldBy(window, before, moment) < window.requests))!;
}

describe('rate limiter', () => {
	it('overflows no window at any phase, keeps the order, runs each once and waits for nothing else', async () => {
		await fc.assert(
			fc.asyncProperty(anyWindows, anyJobs, async (windows, jobs) => {
				const started = await runAll(windows, jobs);
				expect(started.map(({ job }) => job)).toEqual(jobs.map((_, position) => position));
				const counts = started.map(({ counted }) => counted).sort((one, other) => one - other);
				for (const { requests, milliseconds } of windows) {
					counts.slice(requests).forEach((moment, position) => {
						expect(moment - counts[position]).toBeGreaterThanOrEqual(milliseconds);
					});
				}
				started.forEach((done, position) => {
					expect(done.start).toBe(earliest(windows, started.slice(0, position), done.arrival));
				});
			}),
			{ numRuns: 300 },
		);
	});

	it('is refused by no server with fixed windows, wherever they start', async () => {
		const phases = fc.array(fc.integer({ min: 0, max: 1023 }), { minLength: 4, maxLength: 4 });
		await fc.assert(
			fc.asyncProperty(anyWindows, anyJobs, phases, async (windows, jobs, starts) => {
				const started = await runAll(windows, jobs);
				let window = 0;
				const refuse = fixedWindows(
					windows.filter(({ milliseconds }) => milliseconds > 0),
					() => starts[window++] / 1024,
				);
				const counts = started.map(({ counted }) => counted).sort((one, other) => one - other);
				expect(counts.map((moment) => refuse('account', moment))).toEqual(counts.map(() => undefined));
			}),
			{ numRuns: 200 },
		);
	});

	it('never has more running than a window of no length allows', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 5 }), anyJobs, async (requests, jobs) => {
				const started = await runAll([{ requests, milliseconds: 0 }], jobs);
				for (const { start } of started) {
					const running = started.filter((other) => other.start <= start && other.end > start).length;
					expect(running).toBeLessThanOrEqual(requests);
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('obeys windows that are replaced on the way, with all that was sent before', async () => {
		const anyChanges = fc.array(fc.record({ after: fc.integer({ min: 0, max: 5000 }), windows: anyWindows }), { maxLength: 4 });
		await fc.assert(
			fc.asyncProperty(anyWindows, anyChanges, anyJobs, async (windows, changes, jobs) => {
				const clock = virtualClock();
				const limiter = createRateLimiter(windows, clock);
				const started: Done[] = [];
				async function change() {
					for (const { after, windows: later } of changes) {
						await clock.sleep(after);
						limiter.windows = later;
					}
				}
				const running = jobs.map(async (job, position) =>
					await limiter.run(async () => {
						for (const window of limiter.windows) {
							const inWay = started.filter(({ end }) => end === 0 || end + window.milliseconds > clock.now());
							expect(inWay.length).toBeLessThan(window.requests);
						}
						const done: Done = { ...job, job: position, arrival: 0, start: 0, end: 0, counted: 0 };
						started.push(done);
						await work(clock, { ...job, duration: job.duration + 1 }, done);
					}),
				);
				await clock.until(Promise.all([change(), ...running]));
				expect(started).toHaveLength(jobs.length);
			}),
			{ numRuns: 200 },
		);
	});

	it('remembers more than the windows of the moment ask for', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 25, milliseconds: 0 }], clock);
		await clock.until(Promise.all(Array.from({ length: 1000 }, async () => await limiter.run(async () => {}))));
		limiter.windows = [{ requests: 1000, milliseconds: HOUR }];
		await clock.until(limiter.run(async () => {}));
		expect(clock.now()).toBe(HOUR);
	});

	it('takes exactly the cancelled ones out of the line, at once', async () => {
		const anyCancels = fc.array(fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }), { minLength: 1, maxLength: 25 });
		await fc.assert(
			fc.asyncProperty(anyWindows, anyCancels, async (windows, cancels) => {
				const clock = virtualClock();
				const limiter = createRateLimiter(windows, clock);
				const started: number[] = [];
				const cancelled: number[] = [];
				const jobs = cancels.map(async (cancelAt, position) => {
					const controller = new AbortController();
					const place = { signal: controller.signal };
					const running = limiter
						.run(async () => {
							started.push(position);
							await clock.sleep(100);
						}, place)
						.catch((error) => {
							expect(error).toBeInstanceOf(WaitCancelled);
							expect(clock.now()).toBe(cancelAt);
							cancelled.push(position);
						});
					if (cancelAt !== undefined) {
						await clock.sleep(cancelAt);
						controller.abort();
					}
					await running;
				});
				await clock.until(Promise.all(jobs));
				expect([...started, ...cancelled].sort((one, other) => one - other)).toEqual(cancels.map((_, position) => position));
				expect(started).toEqual([...started].sort((one, other) => one - other));
			}),
			{ numRuns: 200 },
		);
	});

	it('starts nothing for a signal that was aborted before', async () => {
		const task = jest.fn();
		const limiter = createRateLimiter([{ requests: 1, milliseconds: 0 }], virtualClock());
		await expect(limiter.run(task, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(WaitCancelled);
		expect(task).not.toHaveBeenCalled();
	});

	it('leaves no listener behind, of 2000 that waited on one signal', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 10, milliseconds: 1000 }], clock);
		const controller = new AbortController();
		// As n8n does with the signal of an execution.
		setMaxListeners(Infinity, controller.signal);
		const added = jest.spyOn(controller.signal, 'addEventListener');
		const removed = jest.spyOn(controller.signal, 'removeEventListener');
		const jobs = Array.from({ length: 2000 }, async () => await limiter.run(async () => {}, { signal: controller.signal }));
		const settled = Promise.allSettled(jobs);
		await clock.until(Promise.all([clock.sleep(5500), jobs[50]]));
		controller.abort();
		const outcomes = await settled;
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(60);
		expect(added).toHaveBeenCalledTimes(2000);
		expect(new Set(removed.mock.calls.map(([, listener]) => listener))).toEqual(
			new Set(added.mock.calls.map(([, listener]) => listener)),
		);
	});

	/** Lets nothing start for so long, as a request would that is under way. */
	const hold = async (limiter: RateLimiter, ...spans: number[]) =>
		await limiter.run(async (place) => spans.forEach((span) => place.hold(span)));

	it('lets nothing start while it is held, and then all in their order', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 3, milliseconds: 1000 }], clock);
		const starts: Array<[number, number]> = [];
		const run = async (job: number) => await limiter.run(async () => void starts.push([job, clock.now()]));
		let again: Promise<void> | undefined;
		const first = limiter.run(async (place) => {
			place.hold(5000);
			await clock.sleep(3000);
			place.hold(4000);
			// A shorter pause does not undo a longer one.
			place.hold(10);
			again = Promise.all([0, 1, 2].map(run)).then(() => {});
		});
		await clock.until(first);
		await clock.until(again!);
		expect(starts).toEqual([[0, 7000], [1, 7000], [2, 7000]]);
	});

	it('takes a long pause at its word for five minutes, then lets one try; one that gets through ends the pause for all', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 10, milliseconds: 0 }], clock);
		await hold(limiter, 20 * HOUR);
		const starts: number[] = [];
		const tries = [20 * HOUR, undefined];
		const jobs = Array.from({ length: 5 }, async () =>
			await limiter.run(async (place) => {
				starts.push(clock.now());
				const pause = tries.shift();
				await clock.sleep(1000);
				if (pause) place.hold(pause);
			}),
		);
		await clock.until(Promise.all(jobs));
		const minutes = 60_000;
		expect(starts).toEqual([5 * minutes, 10 * minutes + 1000, ...Array(3).fill(10 * minutes + 2000)]);
	});

	it('has those give up at once that will not wait so long, though one of the others will try', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 10, milliseconds: 0 }], clock);
		await hold(limiter, 20 * HOUR);
		await expect(limiter.run(async () => {}, { longestWait: HOUR })).rejects.toMatchObject({ milliseconds: 20 * HOUR });
		expect(clock.now()).toBe(0);
	});

	it('names the window that is used up and when it frees', async () => {
		const clock = virtualClock();
		const windows = [{ requests: 2, milliseconds: 1000 }, { requests: 3, milliseconds: HOUR }];
		const limiter = createRateLimiter(windows, clock);
		const place = { longestWait: 60_000 };
		const jobs = Array.from({ length: 5 }, async () => await limiter.run(async () => {}, place));
		const outcomes = await clock.until(Promise.allSettled(jobs));
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
		const { reason } = outcomes[3] as PromiseRejectedResult;
		expect(reason).toBeInstanceOf(WaitTooLong);
		// The third started after a second, and the first of the three leaves the hour first.
		expect(reason).toMatchObject({ window: windows[1], milliseconds: HOUR - 1000 });
		expect(clock.now()).toBe(1000);
	});

	it('names no window if the server asked for the pause', async () => {
		const limiter = createRateLimiter([{ requests: 2, milliseconds: 1000 }], virtualClock());
		await hold(limiter, HOUR);
		const wait = limiter.run(async () => {}, { longestWait: 1000 });
		await expect(wait).rejects.toMatchObject({ window: undefined, milliseconds: HOUR });
	});

	it('does not keep an impatient request waiting behind a patient one', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 1, milliseconds: HOUR }], clock);
		await limiter.run(async () => {});
		const starts: string[] = [];
		const patient = limiter.run(async () => void starts.push('patient'));
		const impatient = limiter.run(async () => void starts.push('impatient'), { longestWait: 1000 });
		const last = limiter.run(async () => void starts.push('last'), { longestWait: HOUR });
		await expect(impatient).rejects.toBeInstanceOf(WaitTooLong);
		expect(clock.now()).toBe(0);
		await clock.until(Promise.all([patient, last]));
		expect(starts).toEqual(['patient', 'last']);
	});

	it('lets a request that was refused go before all that came after it', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 1, milliseconds: 1000 }], clock);
		const starts: string[] = [];
		const ticket = limiter.takeTicket();
		await limiter.run(async () => void starts.push('first'), { ticket });
		const later = ['second', 'third'].map(async (name) => await limiter.run(async () => void starts.push(name)));
		const again = limiter.run(async () => void starts.push('first again'), { ticket });
		await clock.until(Promise.all([...later, again]));
		expect(starts).toEqual(['first', 'first again', 'second', 'third']);
	});

	it('gives the place free when a task fails, even before it has begun to wait', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 1, milliseconds: 0 }], clock);
		const broken = () => {
			throw new Error('broken');
		};
		await expect(limiter.run(broken)).rejects.toThrow('broken');
		await expect(limiter.run(async () => await Promise.reject(new Error('failed')))).rejects.toThrow('failed');
		await expect(limiter.run(async () => 'well')).resolves.toBe('well');
	});
});

describe('turns', () => {
	const windows = [{ requests: 1, milliseconds: 1000 }];
	/** Runs one request after another through the limiter and gives who came when. */
	async function order(places: PlaceInLine[]) {
		const clock = virtualClock();
		const limiter = createRateLimiter(windows, clock);
		const starts: string[] = [];
		const all = places.map(async (place, position) =>
			await limiter.run(async () => void starts.push(`${place.turn ?? place.rank ?? ''}${position}`), place),
		);
		await clock.until(Promise.all(all));
		return starts;
	}

	it('a person goes before triggers, and triggers before workflows', async () => {
		expect(await order([{}, {}, { rank: 'poll' }, { rank: 'person' }, { rank: 'poll' }])).toEqual(['0', 'person3', 'poll2', 'poll4', '1']);
	});

	it('executions take turns, each in its own order, so that one item does not wait for another workflow\'s thousand', async () => {
		const many = Array.from({ length: 1000 }, () => ({ turn: 'a' }));
		const starts = await order([...many, { turn: 'b' }, { turn: 'b' }, { turn: 'c' }]);
		expect(starts.slice(0, 7)).toEqual(['a0', 'a1', 'b1000', 'c1002', 'a2', 'b1001', 'a3']);
		const own = starts.filter((start) => start.startsWith('a'));
		expect(own).toEqual(many.map((_, position) => `a${position}`));
	});

	it('shares the account evenly, whatever each asks for', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 6 }), async (lengths) => {
				const places = lengths.flatMap((length, turn) => Array.from({ length }, () => ({ turn: String.fromCharCode(97 + turn) })));
				const starts = (await order(places)).map((start) => start[0]);
				// After the first, which found nobody else there, no one gets a second turn before everybody has had one.
				const turns = starts.slice(1);
				const left = new Map(lengths.map((length, turn) => [String.fromCharCode(97 + turn), length]));
				left.set(starts[0], left.get(starts[0])! - 1);
				while (turns.length > 0) {
					const waiting = [...left].filter(([, count]) => count > 0).map(([turn]) => turn);
					const round = turns.splice(0, waiting.length);
					expect(new Set(round)).toEqual(new Set(waiting));
					for (const turn of round) left.set(turn, left.get(turn)! - 1);
				}
			}),
			{ numRuns: 50 },
		);
	});

	it('gives up at its deadline, even behind requests that never end', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 1, milliseconds: 0 }], clock);
		void limiter.run(async () => await new Promise<void>(() => {}));
		const wait = limiter.run(async () => {}, { rank: 'person', deadline: 10_000 });
		const outcome = await clock.until(Promise.allSettled([wait]));
		expect(outcome[0]).toMatchObject({ status: 'rejected', reason: { milliseconds: Infinity } });
		expect((outcome[0] as PromiseRejectedResult).reason).toBeInstanceOf(WaitTooLong);
		expect(clock.now()).toBeLessThanOrEqual(11_000);
	});

	it('gives up at once if there is no room before its deadline', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 1, milliseconds: HOUR }], clock);
		await limiter.run(async () => {});
		await expect(limiter.run(async () => {}, { rank: 'person', deadline: 10_000 })).rejects.toBeInstanceOf(WaitTooLong);
		expect(clock.now()).toBe(0);
	});

	it('tells of a wait of ten seconds, once for all that wait in the same turn, with the reason', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 1, milliseconds: 30_000 }], clock);
		const told: Array<[string, Standstill, number]> = [];
		const place = (turn: string) => ({ turn, onLongWait: (standstill: Standstill) => told.push([turn, standstill, clock.now()]) });
		const jobs = ['a', 'a', 'a', 'a', 'b'].map(async (turn) => await limiter.run(async () => {}, place(turn)));
		await clock.until(Promise.all(jobs));
		expect(told.map(([turn, , at]) => [turn, at])).toEqual([['a', 10_000], ['b', 10_000]]);
		expect(told[0][1]).toMatchObject({ window: { requests: 1, milliseconds: 30_000 }, milliseconds: 20_000 });
	});

	it('says nothing of shorter waits', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 1, milliseconds: 9000 }], clock);
		const onLongWait = jest.fn();
		await clock.until(Promise.all([0, 1].map(async () => await limiter.run(async () => {}, { onLongWait }))));
		expect(onLongWait).not.toHaveBeenCalled();
	});
});

describe('requests that were refused', () => {
	it('are in the log where the service counts them, and not where it does not', async () => {
		for (const countsRefused of [true, false]) {
			const clock = virtualClock();
			const limiter = createRateLimiter([{ requests: 100, milliseconds: HOUR }], clock);
			limiter.countsRefused = countsRefused;
			for (let job = 1; job < 100; job++) await limiter.run(async () => {});
			await limiter.run(async ({ refused }) => void refused(90_000));
			await clock.until(limiter.run(async () => {}));
			expect(clock.now()).toBe(countsRefused ? HOUR : 90_000);
		}
	});
});

describe('the limiter of an account', () => {
	it('is forgotten when it is not used any more, and not before', async () => {
		const now = jest.spyOn(performance, 'now').mockReturnValue(0);
		try {
			const limiter = rateLimiterOf('shop 3', [{ requests: 1, milliseconds: HOUR }]);
			await limiter.run(async () => {});
			now.mockReturnValue(2 * HOUR - 1);
			rateLimiterOf('shop 4', []);
			expect(rateLimiterOf('shop 3', [{ requests: 1, milliseconds: HOUR }])).toBe(limiter);
			now.mockReturnValue(2 * HOUR);
			rateLimiterOf('shop 5', []);
			expect(rateLimiterOf('shop 3', [{ requests: 1, milliseconds: HOUR }])).not.toBe(limiter);
		} finally {
			now.mockRestore();
		}
	});

	it('is one for all who use the account, with the limits named last', () => {
		const windows = [{ requests: 1, milliseconds: 1000 }];
		const larger = [{ requests: 2, milliseconds: 1000 }];
		const limiter = rateLimiterOf('shop 1', windows);
		expect(rateLimiterOf('shop 2', windows)).not.toBe(limiter);
		expect(rateLimiterOf('shop 1', larger)).toBe(limiter);
		expect(limiter.windows).toBe(larger);
	});
});

describe('pause', () => {
	it('lasts as long as it should', async () => {
		const clock = virtualClock();
		await clock.until(pause(123_456, undefined, clock));
		expect(clock.now()).toBe(123_456);
	});

	it('ends at the moment of the abort and leaves no listener behind', async () => {
		const clock = virtualClock();
		const controller = new AbortController();
		const added = jest.spyOn(controller.signal, 'addEventListener');
		const removed = jest.spyOn(controller.signal, 'removeEventListener');
		const waiting = pause(HOUR, controller.signal, clock);
		const ended = expect(waiting).rejects.toBeInstanceOf(WaitCancelled);
		await clock.until(clock.sleep(2500));
		controller.abort();
		await ended;
		expect(clock.now()).toBe(2500);
		expect(removed.mock.calls[0][1]).toBe(added.mock.calls[0][1]);
	});

	it('does not begin for a signal that was aborted before', async () => {
		const clock = virtualClock();
		await expect(pause(HOUR, AbortSignal.abort(), clock)).rejects.toBeInstanceOf(WaitCancelled);
		expect(clock.now()).toBe(0);
	});
});

it.each([undefined, SECOND, 2 * MINUTE])('a server that refuses everything for ever (wait: %s) is given up for all that wait, not for one after another', async (wait) => {
	const clock = virtualClock();
	const limiter = createRateLimiter([{ requests: 25, milliseconds: 5 * SECOND }], clock, createShare(() => 0.5));
	let sent = 0;
	async function one() {
		const ticket = limiter.takeTicket();
		const from = clock.now();
		for (let isOver = false; !isOver; ) {
			isOver = await limiter.run(
				async (place) => {
					sent++;
					await clock.sleep(100);
					return clock.now() + place.refused(wait).pause - from > HOUR;
				},
				{ ticket, longestWait: HOUR },
			);
		}
	}
	await clock.until(Promise.allSettled(Array.from({ length: 300 }, one)));
	expect(clock.now()).toBeLessThan(1.2 * HOUR);
	expect(sent).toBeLessThan(100);
	// Who comes then has the same patience, and is served as soon as the server is itself again.
	await clock.until(limiter.run(async () => await Promise.resolve(), { longestWait: HOUR }));
});
