import { sleep } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { budgetOf, timeoutFor } from './budget';
import { cancelledError, failureToError, toNodeError, waitMessage, waitTooLongToError } from './errors';
import { failureOf, failureOfReply } from './failure';
import { TOKEN_REFUSED_AT } from './platform';
import type { ApiRequest, Failure, Platform, Reply, RequestContext } from './platform';
import { pause, rateLimiterOf, WaitCancelled, WaitTooLong } from './rateLimit';
import type { Place, Standstill } from './rateLimit';
import { isRead, isRefusedForNow, retryDelay } from './retry';
import { resolveUrl } from './url';

const MINUTE = 60_000;
/** Minutes; long enough for an hourly limit to free itself, too short for a daily one. */
const LONGEST_WAIT = 60;

function cancelSignal(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** Milliseconds that a change has for its end after the execution was stopped: then it is known whether it was done. */
const GRACE = 5000;

const lateSignals = new WeakMap<AbortSignal, AbortSignal>();

/** n8n breaks off what is under way at once; a change gets a little longer. */
function lateSignal(signal: AbortSignal): AbortSignal {
	const known = lateSignals.get(signal);
	if (known) return known;
	const late = new AbortController();
	const abort = async () => {
		await sleep(GRACE);
		late.abort();
	};
	signal.addEventListener('abort', () => void abort(), { once: true });
	lateSignals.set(signal, late.signal);
	return late.signal;
}

/** What n8n's request helper asks when to break off. */
function contextFor(context: RequestContext, { method }: ApiRequest): RequestContext {
	const signal = isRead(method) ? undefined : cancelSignal(context);
	if (signal === undefined) return context;
	return Object.create(context, { getExecutionCancelSignal: { value: () => lateSignal(signal) } }) as RequestContext;
}

/** Deeper answers break whatever walks through them, n8n included. */
const DEEPEST = 500;

/** Whether an answer is nested more deeply than anything that is meant. */
function isTooDeep(body: object): boolean {
	let level: object[] = [body];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > DEEPEST) return true;
		const next: object[] = [];
		for (const parent of level) {
			for (const name in parent) {
				const member = (parent as Record<string, unknown>)[name];
				if (typeof member === 'object' && member !== null) next.push(member);
			}
		}
		level = next;
	}
	return false;
}

/** False for text where JSON belongs (a proxy's HTML, a truncated answer) and for a read without content. */
function isAnswer({ body, headers }: Reply, { method, as = 'json' }: ApiRequest): boolean {
	if (as === 'text') return typeof body === 'string' && body !== '';
	if (as === 'binary') return Buffer.isBuffer(body);
	if (typeof body === 'object' && body !== null) return !isTooDeep(body);
	if (isRead(method)) return false;
	// A write may be answered with nothing, or with no more than the number or the address of what it made.
	const text = String(body ?? '');
	const isParsed = String(headers['content-type']).includes('json') && !/^\s*[[{"<]/.test(text);
	return isParsed || /^(https?:\/\/)?[\w./?=&%:#~-]{0,1000}$/i.test(text);
}

const ENCODINGS = { json: undefined, text: 'text', binary: 'arraybuffer' } as const;

async function attempt(
	context: RequestContext,
	platform: Platform,
	request: ApiRequest,
	{ url, timeout, longestWindow }: { url: string; timeout: number; longestWindow: number },
	tokenRefusedAt?: number,
): Promise<{ reply: Reply; failure?: undefined } | { reply?: undefined; failure: Failure }> {
	const sentAt = performance.now();
	const { as = 'json' } = request;
	const options: IHttpRequestOptions = {
		method: request.method ?? 'GET',
		url,
		body: request.body,
		headers: { ...request.headers, ...(tokenRefusedAt && { [TOKEN_REFUSED_AT]: String(tokenRefusedAt) }) },
		json: as === 'json',
		...(ENCODINGS[as] && { encoding: ENCODINGS[as] }),
		returnFullResponse: true,
		disableFollowRedirect: true,
		timeout,
		proxy: request.proxy,
		skipSslCertificateValidation: request.skipSslCertificateValidation,
	};
	try {
		const response = (await (platform.credentialType === undefined || request.anonymous
			? context.helpers.httpRequest(options)
			: context.helpers.httpRequestWithAuthentication.call(
					contextFor(context, request) as IExecuteFunctions,
					platform.credentialType,
					options,
					// n8n sends any 401 once more unless told that no new token can help.
					platform.usesToken ? {} : { preAuthenticationRetryStatusCode: 0 },
				))) as IN8nHttpFullResponse;
		const reply: Reply = { statusCode: response.statusCode, headers: response.headers, body: response.body };
		const status = platform.failureStatus?.(reply);
		if (status === 401 && platform.usesToken && tokenRefusedAt === undefined) {
			return await attempt(context, platform, request, { url, timeout, longestWindow }, sentAt);
		}
		if (status !== undefined) return { failure: failureOfReply({ ...reply, statusCode: status }, longestWindow) };
		return isAnswer(reply, request) ? { reply } : { failure: { reply } };
	} catch (error) {
		return { failure: failureOf(error, longestWindow) };
	}
}

/** The node's credential, or nothing where the API wants no key. */
export async function credentialsOf(
	context: RequestContext,
	{ credentialType }: Platform,
): Promise<ICredentialDataDecryptedObject> {
	return credentialType === undefined ? {} : await context.getCredentials<ICredentialDataDecryptedObject>(credentialType);
}

/** What a run or a poll has to do with the requests that it sends. */
export interface Stop {
	/** Ends the waiting too, but never a request that is under way. */
	signal?: AbortSignal;
	/** `performance.now()` at which all must be over. */
	deadline?: number;
	/** Called when the request has failed for good, before any other starts. */
	onFailure?(failure: Failure): void;
}

/** Says in n8n's log, and beside the output of a workflow's node, that a request waits for long. */
function tellWait(context: RequestContext, platform: Platform, standstill: Standstill) {
	const message = waitMessage(platform, standstill, context.getTimezone());
	context.logger.info(`"${context.getNode().name}": ${message}`);
	if ('addExecutionHints' in context) context.addExecutionHints({ message, location: 'outputPane' });
}

/**
 * The one way out to any API: waits for room in the account's rate limits, sends, and repeats what may be repeated.
 * @throws NodeApiError in words a person can act on; NodeOperationError if the wait would be too long or was cancelled
 */
export async function send(
	context: RequestContext,
	platform: Platform,
	request: ApiRequest,
	knownCredentials?: ICredentialDataDecryptedObject,
	stop: Stop = {},
): Promise<Reply> {
	const node = context.getNode();
	const credentials = knownCredentials ?? (await credentialsOf(context, platform));
	const url = resolveUrl(platform.baseUrl(credentials), request);
	const signals = [cancelSignal(context), stop.signal].filter((one) => one !== undefined);
	const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined;
	const windows = platform.windows(credentials);
	const longestWindow = Math.max(0, ...windows.map(({ milliseconds }) => milliseconds));
	const limiter = rateLimiterOf(`${platform.name} ${platform.account(credentials)}`, windows, platform.countsRefused);
	const budget = budgetOf(context, (platform.longestWait?.(credentials) ?? LONGEST_WAIT) * MINUTE, stop.deadline);
	const isInteractive = budget.rank === 'person';
	const ticket = limiter.takeTicket();
	const debug = (text: string) => context.logger.debug(`${platform.name}: ${text}`);
	let tries = 0;
	let firstRefusal: number | undefined;

	/** Milliseconds until the request may be sent again; left out if it has failed, perhaps because that would be too long. */
	function judge(failure: Failure, place: Place): { delay?: number; isHeld?: boolean; tooLong?: WaitTooLong } {
		if (isRefusedForNow(failure)) {
			// Not a try: others use the account too, such as other workers of n8n, and are served meanwhile.
			const { pause: delay, isFirst, window } = place.refused(failure.retryAfter || undefined);
			firstRefusal ??= performance.now();
			if (isFirst) debug(`refused a request as one too many in ${window.milliseconds} ms; nothing is sent for ${Math.round(delay)} ms, then few at a time`);
			const waits = performance.now() + delay - firstRefusal;
			if (waits <= budget.longestWait) return { delay, isHeld: true };
			return failure.retryAfter ? { tooLong: new WaitTooLong(undefined, delay) } : {};
		}
		const delay = retryDelay(request.method, failure, ++tries);
		if (delay === undefined || performance.now() + delay > budget.deadline) return {};
		// While it still has its place, so that nothing else starts before the server's pause is over.
		const isHeld = failure.reply !== undefined && failure.retryAfter !== undefined;
		if (isHeld) place.hold(delay);
		debug(`a request failed (${failure.reply?.statusCode ?? failure.code}) and is tried again in ${Math.round(delay)} ms`);
		return { delay, isHeld };
	}

	try {
		for (;;) {
			const result = await limiter.run(
				async (place) => {
					const timeout = timeoutFor(request, budget);
					const outcome = await attempt(context, platform, request, { url, timeout, longestWindow });
					if (outcome.reply) return outcome;
					const judged = judge(outcome.failure, place);
					if (judged.delay === undefined) stop.onFailure?.(outcome.failure);
					return { ...outcome, ...judged };
				},
				{ ...budget, signal, ticket, onLongWait: (standstill) => tellWait(context, platform, standstill) },
			);
			if (result.reply) return result.reply;
			const { failure, delay, isHeld, tooLong } = result;
			const otherUrl = isRead(request.method) ? platform.otherUrl?.(request.url) : undefined;
			if (failure.reply?.statusCode === 404 && otherUrl !== undefined) {
				const elsewhere = { ...platform, otherUrl: undefined };
				return await send(context, elsewhere, { ...request, url: otherUrl }, credentials, stop);
			}
			if (delay === undefined) throw tooLong ?? failureToError(node, platform, request, failure, credentials);
			if (signal?.aborted) throw new WaitCancelled();
			if (!isHeld) await pause(delay, signal);
		}
	} catch (error) {
		if (error instanceof WaitCancelled) throw cancelledError(node);
		const words = error instanceof WaitTooLong
			? waitTooLongToError(node, platform, error, { zone: context.getTimezone(), isInteractive })
			: toNodeError(node, error);
		// So that n8n's editor shows the sentence, and not that something is broken.
		throw isInteractive ? Object.assign(words, { httpStatusCode: 400, errorCode: 0 }) : words;
	}
}
