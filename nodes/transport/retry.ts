import type { IHttpRequestMethods } from 'n8n-workflow';

import type { Failure } from './platform';

/** A request is sent so many times at most, the first included. */
export const MOST_TRIES = 6;

const FIRST_DELAY = 500;
const LONGEST_DELAY = 20_000;
/** A server that says "too many requests" without saying for how long is left alone this long at least. */
const SHORTEST_HOLD = 1_000;

/** Codes of connections that never came about, so that the server cannot have acted. */
const NEVER_DELIVERED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

export function isRead(method: IHttpRequestMethods = 'GET'): boolean {
	return ['GET', 'HEAD'].includes(method);
}

/** True if the connection was given up before anything was sent, because the server could not show who it is. */
export function isUntrusted({ code = '' }: Failure): boolean {
	return /CERT|VERIFY/.test(code);
}

/** True for trouble that may be over in a moment: no answer, no proper answer, or a failure on the server's side. */
function isPassing(failure: Failure): boolean {
	const status = failure.reply?.statusCode;
	return status === undefined ? !isUntrusted(failure) : status < 300 || status === 408 || status >= 500;
}

/** True if the server certainly did not carry out the request, and may do so when it is sent again. */
export function surelyNotDone(failure: Failure): boolean {
	const { reply, code, retryAfter, notSent } = failure;
	if (notSent && isPassing(failure)) return true;
	if (!reply) return NEVER_DELIVERED.includes(code ?? '');
	return reply.statusCode === 429 || (reply.statusCode === 503 && retryAfter !== undefined);
}

/** True if it is unknown whether the server carried out the request: it broke off, or failed on its side. */
export function mayHaveBeenDone(failure: Failure): boolean {
	return !surelyNotDone(failure) && isPassing(failure);
}

/**
 * Milliseconds to wait before the request is sent again, or undefined if it must not or need not be.
 * A read is repeated after anything that may pass; a write only if it was surely not carried out.
 */
export function retryDelay(
	method: IHttpRequestMethods | undefined,
	failure: Failure,
	tries: number,
	random: () => number = Math.random,
): number | undefined {
	if (tries >= MOST_TRIES) return undefined;
	const mayPass = surelyNotDone(failure) || (isRead(method) && mayHaveBeenDone(failure));
	if (!mayPass) return undefined;
	// A moment that has passed already says nothing.
	if (failure.retryAfter) return failure.retryAfter;
	const backoff = random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (tries - 1));
	return failure.reply?.statusCode === 429 ? SHORTEST_HOLD * 2 ** (tries - 1) + backoff : backoff;
}

/** Milliseconds named by a Retry-After header: seconds, or a date by the clock of the server, whose `date` header is `now`. */
export function parseRetryAfter(header: unknown, now: unknown): number | undefined {
	const text = String(header ?? '').trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - (Date.parse(String(now)) || Date.now()));
}
