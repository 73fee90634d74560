import { setMaxListeners } from 'node:events';

import fc from 'fast-check';

import { createRateLimiter, pause, rateLimiterOf, WaitCancelled, WaitTooLong } from '../../nodes/transport/rateLimit';
import type { RateWindow } from '../../nodes/transport/rateLimit';
import { fixedWindows } from '../sandbox/api';
import { virtualClock } from './virtualClock';
import type { VirtualClock } from './virtualClock';

const HOUR = 3_600_000;

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

	it('lets nothing start while it is held, and then all in their order', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([{ requests: 2, milliseconds: 1000 }], clock);
		const starts: Array<[number, number]> = [];
		const run = async (job: number) => await limiter.run(async () => void starts.push([job, clock.now()]));
		limiter.hold(5000);
		const jobs = [0, 1, 2].map(run);
		await clock.until(clock.sleep(3000));
		limiter.hold(4000);
		// A shorter pause does not undo a longer one.
		limiter.hold(10);
		await clock.until(Promise.all(jobs));
		expect(starts).toEqual([[0, 7000], [1, 7000], [2, 8000]]);
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
		limiter.hold(HOUR);
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

describe('the limiter of an account', () => {
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
