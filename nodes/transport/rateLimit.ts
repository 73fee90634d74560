import { sleep } from 'n8n-workflow';

import { createShare, noteMoment } from './share';
import type { Refusal, Share } from './share';

/** At most `requests` in any span of `milliseconds`; a span of 0 limits how many run at the same time. */
export interface RateWindow {
	/** At least 1. */
	requests: number;
	milliseconds: number;
}

export interface Clock {
	/** Milliseconds since any fixed moment. */
	now(): number;
	sleep(milliseconds: number): Promise<unknown>;
}

/** Who goes first: somebody who looks at a dropdown, then triggers, then workflows. */
export const RANKS = { person: 0, poll: 1, execution: 2 } as const;
export type Rank = keyof typeof RANKS;

/** Why a request has not started yet. */
export interface Standstill {
	/** The window that is used up; undefined if the server itself asked for a pause, or if others are under way. */
	window?: RateWindow;
	/** Milliseconds until the next request may start; Infinity if that depends on those that are under way. */
	milliseconds: number;
}

export interface PlaceInLine {
	/** Left out: "execution". */
	rank?: Rank;
	/** Requests of the same rank take turns by this; those with the same one go in their order. */
	turn?: string;
	/** Ends the waiting at once. */
	signal?: AbortSignal;
	/** Longest time in milliseconds that the account may stand still before the request gives up. */
	longestWait?: number;
	/** Moment on the limiter's clock at which the request gives up in any case. */
	deadline?: number;
	/** A ticket taken earlier, so that a request that was refused goes before all that came after it. */
	ticket?: number;
	/** Called for the first of a turn that waits for long, once while others wait behind it. */
	onLongWait?(standstill: Standstill): void;
}

/** What a request can report while it has its place. */
export interface Place {
	/** The server refused it as one too many, and perhaps asks to wait so many milliseconds. Nothing starts for a while. */
	refused(wait?: number): Refusal;
	/** Lets nothing start for so many milliseconds. */
	hold(milliseconds: number): void;
}

export interface RateLimiter {
	/** Limits in force; may be replaced at any time. */
	windows: RateWindow[];
	/** False if the service does not count a request that it refuses. */
	countsRefused: boolean;
	now(): number;
	/** The next place in the order of arrival. */
	takeTicket(): number;
	/** Runs `task` as soon as every window has room for it and those before it have started. */
	run<T>(task: (place: Place) => Promise<T>, place?: PlaceInLine): Promise<T>;
	/** True if nothing is left of what was sent that could matter. */
	isIdle(): boolean;
}

/** The waiting was ended by the execution's cancel signal. */
export class WaitCancelled extends Error {}

/** The allowance is used up for longer than the request may wait. */
export class WaitTooLong extends Error {
	constructor(
		/** The window that is full; undefined if the server itself asked for the pause, or others are in the way. */
		readonly window: RateWindow | undefined,
		/** Milliseconds until there is room again; Infinity if that is not known. */
		readonly milliseconds: number,
	) {
		super('The rate limit is used up');
	}
}

/** A cancelled wait leaves a timer behind; it must not outlive its purpose for long. */
const LONGEST_NAP = 1000;

/** Milliseconds after which a wait is worth a word. */
const LONG_WAIT = 10_000;

/** A server that asks for a long pause may not mean it: after so many milliseconds one request tries. */
const PROBE_AFTER = 5 * 60_000;

/** An account that is not used for so many milliseconds, beside its longest window, is forgotten. */
const LONGEST_UNUSED = 60 * 60_000;

/** Monotonic: a corrected system time neither stalls nor hurries the requests. */
const systemClock: Clock = { now: () => performance.now(), sleep };

interface Waiting extends Required<Pick<PlaceInLine, 'ticket' | 'longestWait' | 'deadline'>> {
	since: number;
	onLongWait?(standstill: Standstill): void;
	start(): void;
	fail(error: Error): void;
}

/** The requests of one turn, in their order. */
interface Line {
	waiting: Waiting[];
	isTold: boolean;
}

/**
 * A request counts from its start until `milliseconds` after its end, because the server may have counted it at any
 * moment in between. So no window of the server can overflow, wherever it starts and however slow the network is, as long
 * as nobody else uses the account; `share` sees to it if somebody does.
 */
export function createRateLimiter(
	windows: RateWindow[],
	clock: Clock = systemClock,
	share: Share = createShare(),
): RateLimiter {
	const ends: number[] = [];
	/** By rank. The first line of each is the next to have its turn. */
	const lines = Object.values(RANKS).map(() => new Map<string, Line>());
	let tickets = 0;
	let running = 0;
	let heldAt = -Infinity;
	let heldUntil = -Infinity;
	let probeAt = -Infinity;
	/** Since when the server refuses whatever is sent; undefined if it does not. */
	let refusedSince: number | undefined;
	let serving = false;
	let usedAt = clock.now();
	let alarm: { at: number; rings: Promise<unknown> } | undefined;
	let notify: () => void = () => {};

	const everyLine = () => lines.flatMap((ofRank) => [...ofRank.values()]);

	/** When the next request may start, and the window that decides it. Infinity: when a running one ends. */
	function nextStart(now: number): { at: number; window?: RateWindow } {
		let next: { at: number; window?: RateWindow } = { at: Math.min(heldUntil, probeAt) };
		for (const room of share.rooms(limiter.windows, now)) {
			const spare = room.requests - running;
			const blocker = spare > 0 ? ends[ends.length - spare] : Infinity;
			const at = blocker === undefined ? -Infinity : Math.min(blocker + room.milliseconds, room.until);
			if (running >= room.abreast) return { at: Infinity };
			if (at > next.at) next = { at, window: room };
		}
		return next;
	}

	/** The next in line; its turn comes again after those of the others. */
	function takeNext(): Waiting {
		const ofRank = lines.find(({ size }) => size > 0)!;
		const [[turn, line]] = ofRank;
		const next = line.waiting.shift()!;
		ofRank.delete(turn);
		if (line.waiting.length > 0) ofRank.set(turn, line);
		return next;
	}

	function leave(gone: (waiting: Waiting) => boolean, ranks = lines): Waiting[] {
		const left: Waiting[] = [];
		for (const ofRank of ranks) {
			for (const [turn, line] of ofRank) {
				if (!line.waiting.some(gone)) continue;
				left.push(...line.waiting.filter(gone));
				line.waiting = line.waiting.filter((waiting) => !gone(waiting));
				if (line.waiting.length === 0) ofRank.delete(turn);
			}
		}
		return left;
	}

	/** Rings at a moment or before. One is enough for many moments. */
	function alarmAt(at: number, now: number): Promise<unknown> {
		if (!alarm || alarm.at > at || alarm.at <= now) alarm = { at, rings: clock.sleep(at - now) };
		return alarm.rings;
	}

	async function serve() {
		if (serving) return;
		serving = true;
		while (lines.some(({ size }) => size > 0)) {
			const now = clock.now();
			const { at, window } = nextStart(now);
			if (at <= now) {
				running++;
				if (now < heldUntil) probeAt = now + PROBE_AFTER;
				takeNext().start();
				continue;
			}
			const milliseconds = (at === Infinity ? at : Math.max(at, heldUntil)) - now;
			// Not only the first in line: a dropdown gives up sooner than the workflow that it stands behind.
			const hasEnough = ({ longestWait, deadline, since }: Waiting) => {
				if (milliseconds === Infinity) return now >= deadline;
				// Otherwise the many that wait would each try for as long, one after another.
				const isRefused = refusedSince !== undefined && now + milliseconds - Math.max(refusedSince, since) > longestWait;
				return isRefused || milliseconds > longestWait || now + milliseconds > deadline;
			};
			// A workflow has no deadline, and many requests.
			const tired = leave(hasEnough, milliseconds === Infinity ? lines.slice(0, RANKS.execution) : lines);
			tired.forEach(({ fail }) => fail(new WaitTooLong(window, milliseconds)));
			if (tired.length > 0) continue;
			for (const line of everyLine()) {
				const [{ since, onLongWait }] = line.waiting;
				if (line.isTold || now - since < LONG_WAIT) continue;
				line.isTold = true;
				onLongWait?.({ window, milliseconds });
			}
			const somethingChanged = new Promise<void>((resolve) => (notify = resolve));
			await Promise.race([somethingChanged, alarmAt(Math.min(at, now + LONGEST_NAP), now)]);
		}
		serving = false;
	}

	async function waitForStart({
		signal,
		rank = 'execution',
		turn = '',
		longestWait = Infinity,
		deadline = Infinity,
		ticket = tickets++,
		onLongWait,
	}: PlaceInLine) {
		if (signal?.aborted) throw new WaitCancelled();
		let cancel = () => {};
		try {
			await new Promise<void>((start, fail) => {
				const waiting: Waiting = { ticket, longestWait, deadline, since: clock.now(), onLongWait, start, fail };
				const ofRank = lines[RANKS[rank]];
				const line = ofRank.get(turn) ?? { waiting: [], isTold: false };
				ofRank.set(turn, line);
				const ahead = line.waiting.findLastIndex((other) => other.ticket < ticket);
				line.waiting.splice(ahead + 1, 0, waiting);
				cancel = () => {
					leave((one) => one === waiting);
					fail(new WaitCancelled());
					notify();
				};
				signal?.addEventListener('abort', cancel);
				notify();
				void serve();
			});
		} finally {
			signal?.removeEventListener('abort', cancel);
		}
	}

	function hold(milliseconds: number) {
		heldAt = clock.now();
		heldUntil = Math.max(heldUntil, heldAt + milliseconds);
		probeAt = heldAt + PROBE_AFTER;
		notify();
	}

	const limiter: RateLimiter = {
		windows,
		countsRefused: true,
		now: () => clock.now(),
		takeTicket: () => tickets++,
		async run(task, place = {}) {
			await waitForStart(place);
			const startedAt = clock.now();
			let isRefused = false;
			let holds = false;
			const own: Place = {
				refused(wait) {
					isRefused = true;
					refusedSince ??= clock.now();
					const refusal = share.refused(limiter.windows, startedAt, clock.now(), wait);
					own.hold(refusal.pause);
					return refusal;
				},
				hold(milliseconds) {
					holds = true;
					hold(milliseconds);
				},
			};
			try {
				return await task(own);
			} finally {
				running--;
				const now = clock.now();
				usedAt = now;
				if (!isRefused) {
					refusedSince = undefined;
					share.granted(startedAt, now);
				}
				// The server lets something through although it asked for a pause.
				if (!holds && startedAt >= heldAt) heldUntil = -Infinity;
				if (!isRefused || limiter.countsRefused) noteMoment(ends, now);
				notify();
			}
		},
		isIdle() {
			const longest = Math.max(0, ...limiter.windows.map(({ milliseconds }) => milliseconds));
			const isUnused = running === 0 && everyLine().length === 0;
			// What was found out about its limits is worth keeping for a while.
			return isUnused && Math.max(heldUntil, usedAt + longest + LONGEST_UNUSED) <= clock.now();
		},
	};
	return limiter;
}

/**
 * Waits, and stops waiting at once when the execution is cancelled.
 * @throws WaitCancelled
 */
export async function pause(milliseconds: number, signal?: AbortSignal, clock: Clock = systemClock): Promise<void> {
	const end = clock.now() + milliseconds;
	let stop = () => {};
	const aborted = new Promise<void>((resolve) => (stop = resolve));
	signal?.addEventListener('abort', stop);
	while (!signal?.aborted && clock.now() < end) {
		await Promise.race([aborted, clock.sleep(Math.min(end - clock.now(), LONGEST_NAP))]);
	}
	signal?.removeEventListener('abort', stop);
	if (signal?.aborted) throw new WaitCancelled();
}

const limiters = new Map<string, RateLimiter>();

/** The one limiter of an account, shared by every node and execution in this n8n process. */
export function rateLimiterOf(account: string, windows: RateWindow[], countsRefused = true): RateLimiter {
	const known = limiters.get(account);
	// Accounts come and go over months.
	if (!known) for (const [other, limiter] of limiters) if (limiter.isIdle()) limiters.delete(other);
	const limiter = known ?? createRateLimiter(windows);
	limiters.set(account, limiter);
	return Object.assign(limiter, { windows, countsRefused });
}
