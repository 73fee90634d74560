/** How much one API answers, in this process of n8n. */
import { remember } from '../../transport/remember';

const MINUTE = 60_000;
export const REQUESTS_A_MINUTE = 600;
const WRONG_SECRETS_A_MINUTE = 20;

interface Count {
	startedAt: number;
	requests: number;
	wrongSecrets: number;
}

const counts = new Map<string, Count>();

function countOf(api: string, now: number): Count {
	const known = counts.get(api);
	// A clock that is set back does not make the minute longer.
	if (known && Math.abs(now - known.startedAt) < MINUTE) return known;
	const count = { startedAt: now, requests: 0, wrongSecrets: 0 };
	remember(counts, api, count);
	return count;
}

export interface Allowance {
	/** Requests left in this minute. */
	remaining: number;
	/** Seconds until the next minute begins. */
	reset: number;
	isAllowed: boolean;
}

/** Counts a request. @param now milliseconds */
export function takeRequest(api: string, now: number): Allowance {
	const count = countOf(api, now);
	count.requests++;
	const reset = Math.max(1, Math.ceil((count.startedAt + MINUTE - now) / 1000));
	return { remaining: Math.max(0, REQUESTS_A_MINUTE - count.requests), reset, isAllowed: count.requests <= REQUESTS_A_MINUTE };
}

/** Whether another secret may be tried; each wrong one is counted. */
export const mayLogIn = (api: string, now: number) => countOf(api, now).wrongSecrets < WRONG_SECRETS_A_MINUTE;

export function countWrongSecret(api: string, now: number): void {
	countOf(api, now).wrongSecrets++;
}
