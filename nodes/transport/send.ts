import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { cancelledError, failureToError, InvalidInput, toNodeError, waitTooLongToError } from './errors';
import { TOKEN_REFUSED_AT } from './platform';
import type { ApiRequest, Failure, Platform, Reply, RequestContext } from './platform';
import { pause, rateLimiterOf, WaitCancelled, WaitTooLong } from './rateLimit';
import { isRead, parseRetryAfter, retryDelay, surelyNotDone } from './retry';

const MINUTE = 60_000;
/** Minutes; long enough for an hourly limit to free itself, too short for a daily one. */
const LONGEST_WAIT = 60;
/** Somebody is looking at a dropdown that fills itself. */
const LONGEST_INTERACTIVE_WAIT = 10_000;
/** Nobody waits for a poll, but the next one is due. */
const LONGEST_POLL_WAIT = 5 * MINUTE;

/** No account stands still for longer than its longest window, whatever a server asks for. */
const LONGEST_HOLD = 24 * 60 * MINUTE;

/** `key=value` pairs encoded byte for byte, since not every server reads a plus sign as a space. */
function queryString(qs: IDataObject = {}): string {
	return Object.entries(qs)
		.flatMap(([name, value]) => (Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]))
		.filter(([, value]) => value !== undefined && value !== null && value !== '')
		.map(([name, value]) => `${encodeURIComponent(String(name))}=${encodeURIComponent(String(value))}`)
		.join('&');
}

/**
 * The absolute URL of a request.
 * @throws InvalidInput if an id in the path is missing, if the URL leads to another origin than the base URL, or if the
 * base URL is none
 */
export function resolveUrl(baseUrl: string, { url, qs }: ApiRequest): string {
	if (!/^https?:\/\/[^?#]+$/i.test(baseUrl) || !URL.canParse(baseUrl)) {
		throw new InvalidInput('The base URL in the credential is not a web address: write it as https://api.example.com');
	}
	const absolute = /^https?:\/\//i.test(url) ? url : baseUrl + url;
	const [path] = absolute.replace(/^https?:\/\//i, '').split(/[?#]/);
	if (path.split('/').slice(1).some((segment) => ['', '.', '..', 'undefined', 'null'].includes(segment))) {
		throw new InvalidInput('The ID is empty: fill it in, or check the expression that gives it');
	}
	const { origin, host, href, search } = new URL(absolute);
	if (origin !== new URL(baseUrl).origin) {
		throw new InvalidInput(
			`The service pointed to another address (${host}): nothing was sent there, to keep the credential safe`,
		);
	}
	const query = queryString(qs);
	// As it was read above: another reader of the same text might see another host in it.
	return query === '' ? href : `${href}${search === '' ? '?' : '&'}${query}`;
}

function cancelSignal(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** What matters of an error of n8n's HTTP client; a credential that gets no token throws it as `beforeSending`. */
interface ClientError {
	code?: string;
	response?: { status: number; headers: IDataObject; data: unknown };
}

/** What went wrong, read from the error that n8n's request helper throws. */
function failureOf(error: unknown, platform: Platform): Failure {
	// With a credential n8n wraps the error of its HTTP client, without one it throws that itself.
	const cause = ((error as Error).cause ?? error) as ClientError & { beforeSending?: ClientError };
	const { response, code } = cause.beforeSending ?? cause;
	const notSent = cause.beforeSending !== undefined;
	if (!response) return { code, notSent };
	const reply = { statusCode: response.status, headers: response.headers, body: response.data };
	return { ...failureOfReply(reply, platform), notSent };
}

function failureOfReply(reply: Reply, platform: Platform): Failure {
	const { 'retry-after': header, date } = reply.headers;
	const retryAfter = parseRetryAfter(header, date) ?? platform.retryAfter?.(reply);
	return { reply, retryAfter: retryAfter && Math.min(retryAfter, LONGEST_HOLD) };
}

/** False for text where JSON belongs (a proxy's HTML, a truncated answer) and for a read without content. */
function isAnswer({ body }: Reply, { method, answersInText }: ApiRequest): boolean {
	if (answersInText) return typeof body === 'string' && body !== '';
	if (typeof body === 'object' && body !== null) return true;
	// A write may be answered with nothing, or with no more than the number of what it made.
	return !isRead(method) && /^[\w-]{0,100}$/.test(String(body ?? ''));
}

/** Milliseconds that a request may wait, given how long one of a running workflow may. */
function longestWaitIn(context: RequestContext, inWorkflow: number): number {
	if ('getExecutionCancelSignal' in context) return inWorkflow;
	const isPoll = '__emit' in context && context.getMode() !== 'manual';
	if (!isPoll) return LONGEST_INTERACTIVE_WAIT;
	// n8n before 2.41 sets no limit to a poll.
	return Math.min(inWorkflow, context.getPollBudgetMs?.() ?? LONGEST_POLL_WAIT);
}

async function attempt(
	context: RequestContext,
	platform: Platform,
	request: ApiRequest,
	url: string,
	tokenRefusedAt?: number,
): Promise<{ reply: Reply; failure?: undefined } | { reply?: undefined; failure: Failure }> {
	const sentAt = performance.now();
	const options: IHttpRequestOptions = {
		method: request.method ?? 'GET',
		url,
		body: request.body,
		headers: { ...request.headers, ...(tokenRefusedAt && { [TOKEN_REFUSED_AT]: String(tokenRefusedAt) }) },
		json: true,
		returnFullResponse: true,
		disableFollowRedirect: true,
		timeout: request.timeout,
		proxy: request.proxy,
		skipSslCertificateValidation: request.skipSslCertificateValidation,
	};
	try {
		const response = (await (platform.credentialType === undefined || request.anonymous
			? context.helpers.httpRequest(options)
			: context.helpers.httpRequestWithAuthentication.call(
					context as IExecuteFunctions,
					platform.credentialType,
					options,
					// n8n sends any 401 once more unless told that no new token can help.
					platform.usesToken ? {} : { preAuthenticationRetryStatusCode: 0 },
				))) as IN8nHttpFullResponse;
		const reply: Reply = { statusCode: response.statusCode, headers: response.headers, body: response.body };
		const status = platform.failureStatus?.(reply);
		if (status === 401 && platform.usesToken && tokenRefusedAt === undefined) {
			return await attempt(context, platform, request, url, sentAt);
		}
		if (status !== undefined) return { failure: failureOfReply({ ...reply, statusCode: status }, platform) };
		return isAnswer(reply, request) ? { reply } : { failure: { reply } };
	} catch (error) {
		return { failure: failureOf(error, platform) };
	}
}

/** The node's credential, or nothing where the API wants no key. */
export async function credentialsOf(
	context: RequestContext,
	{ credentialType }: Platform,
): Promise<ICredentialDataDecryptedObject> {
	return credentialType === undefined ? {} : await context.getCredentials<ICredentialDataDecryptedObject>(credentialType);
}

/** What a run has to do with the requests of its items. */
export interface Stop {
	/** Ends the waiting too, but never a request that is under way. */
	signal?: AbortSignal;
	/** Called when the request has failed for good, before any other starts. */
	onFailure?(failure: Failure): void;
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
	const limiter = rateLimiterOf(`${platform.name} ${platform.account(credentials)}`, platform.windows(credentials));
	const longestWait = longestWaitIn(context, (platform.longestWait?.(credentials) ?? LONGEST_WAIT) * MINUTE);
	const ticket = limiter.takeTicket();
	let firstRefusal: number | undefined;
	try {
		for (let tries = 1; ; tries++) {
			const result = await limiter.run(
				async () => {
					const outcome = await attempt(context, platform, request, url);
					if (outcome.reply) return outcome;
					if (outcome.failure.reply?.statusCode === 429 && outcome.failure.retryAfter) {
						// Not a try: others use the account too, such as other workers of n8n, and are served meanwhile.
						firstRefusal ??= performance.now();
						if (performance.now() - firstRefusal < longestWait) tries--;
					}
					const delay = retryDelay(request.method, outcome.failure, tries);
					const isHeld = outcome.failure.reply !== undefined && surelyNotDone(outcome.failure);
					// While it still has its place, so that nothing else starts before the server's pause is over.
					if (delay === undefined) stop.onFailure?.(outcome.failure);
					if (isHeld) limiter.hold(delay ?? outcome.failure.retryAfter ?? 0);
					return { ...outcome, delay, isHeld };
				},
				{ signal, longestWait, ticket },
			);
			if (result.reply) return result.reply;
			const { failure, delay, isHeld } = result;
			const otherUrl = isRead(request.method) ? platform.otherUrl?.(request.url) : undefined;
			if (failure.reply?.statusCode === 404 && otherUrl !== undefined) {
				const elsewhere = { ...platform, otherUrl: undefined };
				return await send(context, elsewhere, { ...request, url: otherUrl }, credentials);
			}
			if (delay === undefined) throw failureToError(node, platform, request, failure, credentials);
			if (signal?.aborted) throw new WaitCancelled();
			if (!isHeld) await pause(delay, signal);
		}
	} catch (error) {
		if (error instanceof WaitCancelled) throw cancelledError(node);
		if (error instanceof WaitTooLong) throw waitTooLongToError(node, platform, error);
		throw toNodeError(node, error);
	}
}
