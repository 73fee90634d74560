/**
 * What a process takes of an account's limits while others use the account too: n8n's other workers, other software. It
 * cannot see them, only a refusal that its own log does not explain, and then it stops sending all at once:
 * 1. It goes on with few requests at a time until the next refusal. All who share the account do, so all get through
 *    about as many: that is the share.
 * 2. A share that can be a fair one is all that it takes for some windows, so that nobody is refused.
 * 3. Then it asks for more again. After some windows without a refusal all is forgotten.
 * A limit that nobody announced, and a pace that was set too high, show in the same way and are found in the same way.
 * As long as nothing was refused it takes all, but not all at once: who is kept out must find a gap for it to be noticed.
 */
import { sortBy } from 'lodash';

import type { RateWindow } from './rateLimit';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Windows in which services that do not announce any count. */
const USUAL_SPANS = [SECOND, MINUTE, 60 * MINUTE, 24 * 60 * MINUTE];

/** Windows for which a share is kept, as far as they fit into a time: in longer ones a refusal now and then costs little. */
const KEPT = 4;
const LONGEST_KEPT = MINUTE;

/** A share below this part of a limit may be unfair: it is not kept. */
const SMALLEST_FAIR = 0.2;
/** So few of a limit that nobody announced say nothing about it. */
const FEWEST_FOUND = 5;

/** Windows without a refusal after which it is forgotten. */
const CLEAN = 3;

/** So many at a time at most until the server has answered: others may have used the account meanwhile. */
const AT_FIRST = 25;

/**
 * And so many afterwards, or so many times as many as are under way where the fastest limit is used evenly. What a window
 * has room for is not taken all at once: others find a gap, and few are refused if they use it.
 */
const IN_USE = 7;
const TIMES_EVEN = 4;

/** More than the limit of any service at hand lets through in a day. */
export const MOST_REMEMBERED = 20_000;

/** Adds a moment to a log, in which the latest are kept; now and then, because each time would be slow. */
export function noteMoment(moments: number[], moment: number): void {
	moments.push(moment);
	if (moments.length > 2 * MOST_REMEMBERED) moments.splice(0, moments.length - MOST_REMEMBERED);
}

/** A server that names a time is taken at its word so often in a row; then it does not seem to know. */
const PATIENCE = 20;
const SHORTEST_PAUSE = 250;
const LONGEST_PAUSE = 5 * MINUTE;

/** A window as it may be used at the moment. */
export interface Room extends RateWindow {
	/** So many at the same time at most. */
	abreast: number;
	/** When it may be used otherwise. */
	until: number;
}

/** What a refusal came to. */
export interface Refusal {
	/** The limit that refused, as far as can be told; without a number if nobody announced it. */
	window: RateWindow;
	/** Milliseconds to send nothing. */
	pause: number;
	/** False for a request that was under way already when another one was refused. */
	isFirst: boolean;
}

export interface Share {
	/** The windows that were announced, and those found, as they may be used now. */
	rooms(announced: RateWindow[], now: number): Room[];
	granted(startedAt: number, now: number): void;
	/** @param wait milliseconds that the server asks for, if it does */
	refused(announced: RateWindow[], startedAt: number, now: number, wait?: number): Refusal;
}

interface Contest {
	window: RateWindow;
	/** Requests of this process that got through in the window that ended with the refusal. */
	share: number;
	/** When the pause after the refusal is over. */
	from: number;
}

function keptUntil({ window: { requests, milliseconds }, share, from }: Contest): number {
	const windows = requests === Infinity ? Number(share >= FEWEST_FOUND) : share >= requests * SMALLEST_FAIR ? KEPT : 0;
	return from + Math.min(windows, Math.floor(LONGEST_KEPT / milliseconds)) * milliseconds;
}

export function createShare(random: () => number = Math.random): Share {
	const contests = new Map<number, Contest>();
	/** When requests that got through ended. */
	const grants: number[] = [];
	let latest: Contest | undefined;
	/** Milliseconds that the latest request took that got through. */
	let latency = 0;
	/** When the latest refusal came that was not to be foreseen, how many came in a row, and when they began. */
	let refusedAt = -Infinity;
	let inARow = 0;
	let since = 0;

	const grantsAfter = (moment: number) => grants.length - 1 - grants.findLastIndex((end) => end <= moment);

	function known(announced: RateWindow[]): RateWindow[] {
		const found = [...contests.values()].map(({ window }) => window);
		return [...announced, ...found.filter(({ milliseconds }) => announced.every((one) => one.milliseconds !== milliseconds))];
	}

	/** The shortest window that such a wait can belong to, but first one of which as many got through as the last time. */
	function windowOf(announced: RateWindow[], now: number, wait: number | undefined): RateWindow {
		const least = wait ?? now - since;
		const windows = sortBy(known(announced), 'milliseconds').filter(({ milliseconds }) => milliseconds >= Math.max(least, 1));
		const isUsedUp = ({ milliseconds }: RateWindow) =>
			grantsAfter(now - milliseconds) >= (contests.get(milliseconds)?.share ?? Infinity);
		const span = USUAL_SPANS.find((one) => one >= least) ?? USUAL_SPANS.at(-1)!;
		return (wait === undefined ? windows.find(isUsedUp) : undefined) ?? windows[0] ?? { requests: Infinity, milliseconds: span };
	}

	return {
		rooms(announced, now) {
			for (const [span, contest] of contests) if (now >= keptUntil(contest) + CLEAN * span) contests.delete(span);
			const windows = known(announced);
			const fastest = Math.max(...windows.map(({ requests, milliseconds }) => requests / milliseconds));
			const inUse = Math.max(IN_USE, TIMES_EVEN * fastest * latency);
			return windows.map((window) => {
				const contest = contests.get(window.milliseconds);
				const isSilent = (grants.at(-1) ?? -Infinity) <= now - window.milliseconds;
				if (!contest) return { ...window, abreast: isSilent ? AT_FIRST : inUse, until: Infinity };
				const share = Math.max(1, contest.share);
				const most = window.requests === Infinity ? share : window.requests;
				const abreast = Math.max(1, Math.floor((most / window.milliseconds) * latency));
				const until = keptUntil(contest);
				const isKept = until > contest.from && now < until;
				return isKept ? { ...window, requests: Math.min(window.requests, share), abreast, until } : { ...window, abreast, until: Infinity };
			});
		},
		granted(startedAt, now) {
			noteMoment(grants, now);
			latency = now - startedAt;
			if (startedAt >= refusedAt) {
				inARow = 0;
				// The server lets something through before the time that it named, which may be years away.
				for (const contest of contests.values()) contest.from = Math.min(contest.from, now);
			}
			// It was under way when another one was refused, and belongs to the same window.
			else if (latest) latest.share++;
		},
		refused(announced, startedAt, now, wait) {
			const isFirst = startedAt >= refusedAt;
			if (isFirst) {
				if (inARow++ === 0) since = now;
				refusedAt = now;
			}
			const growing = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** Math.max(0, inARow - (wait === undefined ? 1 : PATIENCE)));
			// Processes that share an account must not wake at the same moment, nor always a moment too late.
			const asked = wait === undefined ? growing * (1 + random() / 2) : Math.max(wait, growing) + (wait < MINUTE ? random() * SHORTEST_PAUSE : 0);
			if (!isFirst && latest) return { window: latest.window, pause: asked, isFirst };
			const window = windowOf(announced, now, wait);
			const share = grantsAfter(now - window.milliseconds);
			// No more often than its share of the window comes along: where refused requests count, all would only be refused.
			const pause = Math.max(asked, share > 0 ? Math.min(MINUTE, window.milliseconds / share / 2) : 0);
			// Nothing is sent meanwhile: what is known of shorter windows holds as much longer.
			for (const one of contests.values()) if (one.window.milliseconds < window.milliseconds) one.from = Math.max(one.from, now + pause);
			latest = { window, share, from: now + pause };
			contests.set(window.milliseconds, latest);
			return { window, pause, isFirst };
		},
	};
}
