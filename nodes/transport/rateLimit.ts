import { remove } from 'lodash';
import { sleep } from 'n8n-workflow';

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

export interface PlaceInLine {
	/** Ends the waiting at once. */
	signal?: AbortSignal;
	/** Longest time in milliseconds that the account may stand still before the request gives up. */
	longestWait?: number;
	/** A ticket taken earlier, so that a request that was refused goes before all that came after it. */
	ticket?: number;
}

export interface RateLimiter {
	/** Limits in force; may be replaced at any time. */
	windows: RateWindow[];
	/** The next place in the order of arrival. */
	takeTicket(): number;
	/** Runs `task` as soon as every window has room for it, first come first served. */
	run<T>(task: () => Promise<T>, place?: PlaceInLine): Promise<T>;
	/** Lets nothing start for so many milliseconds. */
	hold(milliseconds: number): void;
}

/** The waiting was ended by the execution's cancel signal. */
export class WaitCancelled extends Error {}

/** The allowance is used up for longer than the request may wait. */
export class WaitTooLong extends Error {
	constructor(
		/** The window that is full; undefined if the server itself asked for the pause. */
		readonly window: RateWindow | undefined,
		/** Milliseconds until there is room again. */
		readonly milliseconds: number,
	) {
		super('The rate limit is used up');
	}
}

/** A cancelled wait leaves a timer behind; it must not outlive its purpose for long. */
const LONGEST_NAP = 1000;

/** So many requests of the past are remembered at least, so that a window that is set later counts them too. */
const SHORTEST_MEMORY = 20_000;

/** Monotonic: a corrected system time neither stalls nor hurries the requests. */
const systemClock: Clock = { now: () => performance.now(), sleep };

interface Waiting {
	ticket: number;
	longestWait: number;
	start(): void;
	fail(error: Error): void;
}

/**
 * A request counts from its start until `milliseconds` after its end, because the server may have counted it at any
 * moment in between. So no window of the server can overflow, wherever it starts and however slow the network is.
 */
export function createRateLimiter(windows: RateWindow[], clock: Clock = systemClock): RateLimiter {
	const ends: number[] = [];
	const line: Waiting[] = [];
	let tickets = 0;
	let running = 0;
	let heldUntil = -Infinity;
	let serving = false;
	let notify: () => void = () => {};

	/** When the next request may start, and the window that decides it. Infinity: when a running one ends. */
	function nextStart(): { at: number; window?: RateWindow } {
		let next: { at: number; window?: RateWindow } = { at: heldUntil };
		for (const window of limiter.windows) {
			const spare = window.requests - running;
			const blocker = spare > 0 ? ends[ends.length - spare] : Infinity;
			const at = blocker === undefined ? -Infinity : blocker + window.milliseconds;
			if (at > next.at) next = { at, window };
		}
		return next;
	}

	async function serve() {
		if (serving) return;
		serving = true;
		while (line.length > 0) {
			const next = nextStart();
			const wait = next.at - clock.now();
			// Not only the first in line: a dropdown gives up sooner than the workflow that it stands behind.
			const hasEnough = ({ longestWait }: Waiting) => wait !== Infinity && wait > longestWait;
			if (wait <= 0) {
				running++;
				line.shift()!.start();
			} else if (line.some(hasEnough)) {
				remove(line, hasEnough).forEach(({ fail }) => fail(new WaitTooLong(next.window, wait)));
			} else {
				const somethingChanged = new Promise<void>((resolve) => (notify = resolve));
				await (wait === Infinity
					? somethingChanged
					: Promise.race([somethingChanged, clock.sleep(Math.min(wait, LONGEST_NAP))]));
			}
		}
		serving = false;
	}

	async function waitForStart({ signal, longestWait = Infinity, ticket = tickets++ }: PlaceInLine) {
		if (signal?.aborted) throw new WaitCancelled();
		let cancel = () => {};
		try {
			await new Promise<void>((start, fail) => {
				const waiting: Waiting = { ticket, longestWait, start, fail };
				const ahead = line.findLastIndex((other) => other.ticket < ticket);
				line.splice(ahead + 1, 0, waiting);
				cancel = () => {
					const position = line.indexOf(waiting);
					if (position >= 0) line.splice(position, 1);
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

	const limiter: RateLimiter = {
		windows,
		takeTicket: () => tickets++,
		async run(task, place = {}) {
			await waitForStart(place);
			try {
				return await task();
			} finally {
				running--;
				ends.push(clock.now());
				const remembered = Math.max(...limiter.windows.map(({ requests }) => requests), SHORTEST_MEMORY);
				if (ends.length > 2 * remembered) ends.splice(0, ends.length - remembered);
				notify();
			}
		},
		hold(milliseconds) {
			heldUntil = Math.max(heldUntil, clock.now() + milliseconds);
			notify();
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
export function rateLimiterOf(account: string, windows: RateWindow[]): RateLimiter {
	const limiter = limiters.get(account) ?? createRateLimiter(windows);
	limiters.set(account, limiter);
	limiter.windows = windows;
	return limiter;
}
