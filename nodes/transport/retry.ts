import type { IHttpRequestMethods } from 'n8n-workflow';

import type { Failure } from './platform';

/** A request is sent so many times at most, the first included; a refusal as one too many does not count. */
export const MOST_TRIES = 6;

const FIRST_DELAY = 500;

/** Code of a failure that n8n's protection against requests to inner addresses (SSRF) caused. */
export const BLOCKED = 'BLOCKED';
/** Code of a failure that a proxy on the way to the service caused. */
export const PROXY = 'PROXY';

/** Codes of connections that never came about, so that the server cannot have acted. */
const NEVER_DELIVERED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

export function isRead(method: IHttpRequestMethods = 'GET'): boolean {
	return ['GET', 'HEAD'].includes(method);
}

/** True if the connection was given up before anything was sent, because the server could not show who it is. */
export function isUntrusted({ code = '' }: Failure): boolean {
	return /CERT|VERIFY/.test(code);
}

/** True if nothing was sent and nothing will be, however often it is tried. */
function isImpossible(failure: Failure): boolean {
	return isUntrusted(failure) || [BLOCKED, 'ERR_INVALID_URL'].includes(failure.code ?? '');
}

/** True for trouble that may be over in a moment: no answer, no proper answer, or a failure on the server's side. */
function isPassing(failure: Failure): boolean {
	const status = failure.reply?.statusCode;
	return status === undefined ? !isImpossible(failure) : status < 300 || status === 408 || status >= 500;
}

/** True if the server refused the request as one too many. */
export function isRefusedForNow({ reply }: Failure): boolean {
	return reply?.statusCode === 429;
}

/**
 * True if the server certainly did not carry out the request, and may do so when it is sent again. Not so after a 503,
 * even with Retry-After: a proxy answers it too when the server has acted and is only slow to say so.
 */
export function surelyNotDone(failure: Failure): boolean {
	const { reply, code, notSent } = failure;
	if (notSent && isPassing(failure)) return true;
	return reply ? isRefusedForNow(failure) : NEVER_DELIVERED.includes(code ?? '');
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
	return failure.retryAfter || random() * FIRST_DELAY * 2 ** (tries - 1);
}

/**
 * Milliseconds named by a Retry-After header: seconds, or a date by the clock of the server, whose `date` header is `now`.
 * @param longest milliseconds; a number that would be longer as seconds is taken for milliseconds, as some servers mean it
 */
export function parseRetryAfter(header: unknown, now: unknown, longest = Infinity): number | undefined {
	const text = String(header ?? '').trim();
	if (/^\d+(\.\d+)?$/.test(text)) {
		const seconds = Number(text);
		return seconds >= 1000 && seconds * 1000 > longest ? seconds : seconds * 1000;
	}
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - (Date.parse(String(now)) || Date.now()));
}

const UNITS: Array<[RegExp, number]> = [
	[/^m(illi)?s/i, 1],
	[/^s/i, 1000],
	[/^m/i, 60_000],
	[/^(h|u)/i, 3_600_000],
];

/** The beginning of an answer; what it says about waiting is not behind long data. */
const READ = 2000;

function beginningOf(body: unknown): string {
	if (typeof body === 'string') return body.slice(0, READ);
	// No more than one level below the list of errors: a body can be as deep as a server likes.
	const texts: string[] = [];
	const level = (value: unknown, depth: number) => {
		for (const [name, member] of Object.entries(Object(value) as object).slice(0, 20)) {
			if (typeof member === 'object' && depth > 0) level(member, depth - 1);
			else if (/^retry.?after$/i.test(name) && Number(member) > 0) texts.push(`retry after ${Number(member)} s`);
			else if (typeof member === 'string') texts.push(member.slice(0, READ));
		}
	};
	level(body, 3);
	return texts.join('\n').slice(0, READ);
}

const SPAN = String.raw`(\d{1,6}(?:\.\d{1,3})?) ?(ms|milli\w{0,10}|s|sec\w{0,10}|m|min\w{0,10}|h|hours?|u|uur|uren)\b`;

/** What follows a word about trying again goes before any other span: Stamhoofd says "(26  requests in 0s). Retry after 5s". */
const WAITS = [
	new RegExp(String.raw`\b(?:retry|again|wait|wacht|probeer|opnieuw)\b[^.\d]{0,40}${SPAN}`, 'i'),
	new RegExp(String.raw`\b(?:after|in|over|within) ${SPAN}`, 'i'),
];

/** Milliseconds that the text of an answer asks to wait, as in "Retry after 5s", "try again in 2 minutes", "over 30 seconden". */
export function waitInBody(body: unknown): number | undefined {
	const text = beginningOf(body);
	const found = WAITS.map((pattern) => pattern.exec(text)).find((match) => match !== null);
	if (!found) return undefined;
	const [, number, unit] = found;
	return Number(number) * UNITS.find(([pattern]) => pattern.test(unit))![1];
}
