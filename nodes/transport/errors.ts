import { DateTime } from 'luxon';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import type { ApiRequest, Failure, Platform } from './platform';
import type { Standstill, WaitTooLong } from './rateLimit';
import { BLOCKED, isRead, isUntrusted, mayHaveBeenDone, PROXY } from './retry';

/** Input that cannot be sent. The message says which field is wrong and what it should be. */
export class InvalidInput extends Error {
	constructor(
		message: string,
		readonly description?: string,
	) {
		super(message);
	}
}

/** The text without any secret that the credential holds or sent, whole or encoded for a URL. */
function redact(text: string, platform: Platform, credentials: ICredentialDataDecryptedObject, sent: string[] = []): string {
	const secrets = [...platform.secrets.map((field) => String(credentials[field] ?? '').trim()), ...sent]
		.filter((secret) => secret !== '')
		.sort((one, other) => other.length - one.length)
		.flatMap((secret) => [secret, encodeURIComponent(secret)]);
	return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

/** What each code of a connection means, after the name of the service and before what to do. */
const CONNECTIONS: Record<string, (name: string, host: string) => string> = {
	ENOTFOUND: (name, host) => `${name} cannot be found at ${host}: check the base URL in the credential`,
	EAI_AGAIN: (name, host) => `The address ${host} of ${name} cannot be looked up at the moment: check the internet connection of n8n`,
	ECONNREFUSED: (name, host) => `${name} cannot be reached at ${host}, where nothing answers: check the base URL in the credential, or try again later`,
	EHOSTUNREACH: (name, host) => `There is no way to ${name} at ${host}: check the network and the firewall of n8n`,
	ENETUNREACH: (name) => `n8n has no network to reach ${name}: check its internet connection`,
	EPROTO: (name, host) => `${host} does not speak https, as the base URL of ${name} says: check the base URL in the credential`,
	ECONNRESET: (name) => `${name} broke off the connection: try again later`,
	EPIPE: (name) => `${name} broke off the connection while it was written to: try again later`,
	ETIMEDOUT: (name) => `${name} did not answer in time: try again later`,
	ECONNABORTED: (name) => `${name} did not answer in time: try again later`,
	CERT_HAS_EXPIRED: (_, host) => `The certificate of ${host} has expired: try again later, or ask who runs it`,
	ERR_TLS_CERT_ALTNAME_INVALID: (_, host) => `The certificate of ${host} belongs to another address: check the base URL in the credential`,
	ERR_INVALID_URL: () => 'The base URL in the credential is not a web address: write it as https://api.example.com',
	BLOCKED: (name, host) => `n8n does not allow requests to ${host} (SSRF protection), so ${name} was not asked: let the administrator of n8n allow it, or check the base URL in the credential`,
	PROXY: (name) => `The proxy between n8n and ${name} closed the connection: check the proxy of n8n or of the node`,
};

/** The host of an address, or all of it if it is none. */
export function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).host : address;
}

/** What a failure without an answer of the service means to a person. */
export function connectionMessage(name: string, failure: Failure, host: string): string {
	const { code = '' } = failure;
	if (Object.hasOwn(CONNECTIONS, code)) return CONNECTIONS[code](name, host);
	if (isUntrusted(failure)) return `The certificate of ${host} is not trusted: check the base URL in the credential`;
	return `${name} broke off the connection or did not answer in time: try again later`;
}

function statusMessage({ name }: Platform, failure: Failure, host: string): string {
	const status = failure.reply?.statusCode;
	if (status === undefined) return connectionMessage(name, failure, host);
	if (failure.code === PROXY) {
		return status === 407
			? `The proxy between n8n and ${name} wants a user name and a password: add them to the proxy of n8n or of the node`
			: `The proxy between n8n and ${name} does not let requests to ${host} through (HTTP ${status}): ask who runs it to allow them`;
	}
	if (status < 300) return `${name} answered with something that is not a valid answer: try again later`;
	if (status < 400) return `${name} answered with a redirect: check the base URL in the credential`;
	if (status === 401) return `${name} does not accept the credential: check it and save it again`;
	if (status === 403) return `${name} does not allow this: the credential lacks the right to do it`;
	if (status === 404) return `${name} does not know what was asked for: check the ID`;
	if (status === 429) {
		return `${name} kept refusing with "too many requests" for as long as it may be waited for: other software uses the same account, or it allows less than the credential says. Try again later, or lower the pace there.`;
	}
	if (status >= 500) return `${name} fails on its side (HTTP ${status}): try again later`;
	return `${name} refused the request (HTTP ${status})`;
}

const failures = new WeakMap<Error, Failure>();

/** What lies behind an error of `send`, for an operation that can make something of it. */
export function failureBehind(error: unknown): Failure | undefined {
	return failures.get(error as Error);
}

/** Other words for a refused request, by who knows more of it; what became of the request stays known. */
export function inOtherWords(error: Error, message: string): InvalidInput {
	const { description } = error as { description?: string | null };
	const other = new InvalidInput(message, description ?? undefined);
	const failure = failureBehind(error);
	if (failure) failures.set(other, failure);
	return other;
}

/** The error of an item whose request failed, without anything secret in it. */
export function failureToError(
	node: INode,
	platform: Platform,
	request: ApiRequest,
	failure: Failure,
	credentials: ICredentialDataDecryptedObject,
): NodeApiError {
	const host = hostOf(platform.baseUrl(credentials));
	// What came in between is not in the service's own words.
	const explained = [BLOCKED, PROXY].includes(failure.code ?? '') ? {} : platform.explain(failure, credentials, request);
	let message = explained.message ?? statusMessage(platform, failure, host);
	const own = explained.description;
	if (!isRead(request.method) && mayHaveBeenDone(failure)) {
		const check = platform.howToCheck ?? 'look at the current state';
		message = `It is unknown whether ${platform.name} carried this out, because no proper answer came back: ${check} before running this item again`;
	}
	const clean = (text: string) => redact(text, platform, credentials, failure.sentSecrets);
	message = clean(message);
	const error = new NodeApiError(
		node,
		{ message },
		{
			message,
			description: own && clean(own),
			httpCode: failure.reply ? String(failure.reply.statusCode) : undefined,
		},
	);
	failures.set(error, failure);
	return error;
}

function spanName(milliseconds: number): string {
	const names: Record<number, string> = { 86_400_000: 'day', 3_600_000: 'hour', 60_000: 'minute', 1_000: 'second' };
	return names[milliseconds] ?? `${milliseconds / 1000} seconds`;
}

/** Why nothing can be sent, as the end of a sentence. */
function reasonOf({ window, milliseconds }: Standstill): string {
	if (milliseconds === Infinity) return 'other requests are under way';
	if (!window) return 'the service asked for a pause';
	if (window.milliseconds === 0) return `${window.requests} requests are under way`;
	if (window.requests === Infinity) return `it takes no more requests in one ${spanName(window.milliseconds)}`;
	return `the limit of ${window.requests} requests per ${spanName(window.milliseconds)} is used up`;
}

function momentIn(milliseconds: number, zone: string): string {
	return DateTime.now().plus(milliseconds).setZone(zone).toFormat('yyyy-MM-dd HH:mm:ss ZZZZ');
}

/** What is told of a wait while it lasts: why, and until when. */
export function waitMessage({ name }: Platform, standstill: Standstill, zone: string): string {
	const until = standstill.milliseconds === Infinity ? '' : ` until ${momentIn(standstill.milliseconds, zone)}, or longer if many wait`;
	return `Waiting for ${name}${until}: ${reasonOf(standstill)}`;
}

/** Names the limit that is used up and the moment when there is room again, in the time zone of the workflow. */
export function waitTooLongToError(
	node: INode,
	{ name }: Platform,
	wait: WaitTooLong,
	{ zone, isInteractive = false }: { zone: string; isInteractive?: boolean },
): NodeOperationError {
	const message =
		wait.milliseconds === Infinity
			? `${name} is not free at the moment: ${reasonOf(wait)}`
			: `${name} takes no more requests until ${momentIn(wait.milliseconds, zone)}: ${reasonOf(wait)}`;
	return new NodeOperationError(node, message, {
		description: isInteractive
			? 'Open the list again after that, or choose "By ID" and fill in the ID.'
			: 'Run the remaining items after that moment. What was done before stays done.',
	});
}

/** n8n shows an execution as cancelled, not as failed, when the message contains this word. */
const CANCELLED = 'The execution was canceled';

/** `description`: what a person should know of what was done by then. */
export function cancelledError(node: INode, description?: string): NodeOperationError {
	return new NodeOperationError(node, CANCELLED, { description });
}

export function isCancellation(error: unknown): error is NodeOperationError {
	return error instanceof NodeOperationError && error.message === CANCELLED;
}

/** What one failed item says, in the form that n8n's error output and "Continue On Fail" expect. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
		return error;
	}
	const description = error instanceof InvalidInput ? error.description : undefined;
	return new NodeOperationError(node, error as Error, { itemIndex, description });
}

/** The message with the details behind it, for where nothing but one text is shown. */
export function inFull({ message, description }: { message: string; description?: string | null }): string {
	return description && !message.includes(description) ? `${message}\n\nDetails: ${description}` : message;
}

/**
 * The error of a batch that was not sent because of these items; it names every one of them.
 * @param sent what was sent of it
 */
export function faultsToError(
	node: INode,
	faults: Array<{ item: number; error: Error }>,
	items: number,
	sent: 'nothing' | 'nothing more' = 'nothing',
): NodeApiError | NodeOperationError {
	const [{ item, error }] = faults;
	const isOne = items === 1 || (faults.length === items && faults.every((fault) => fault.error.message === error.message));
	if (isOne) return toNodeError(node, error, item);
	return new NodeOperationError(
		node,
		`${faults.length} of the ${items} items cannot be sent as they are, so ${sent} was sent: correct what the details say and run again`,
		{
			itemIndex: item,
			description: faults.map((fault) => `Item ${fault.item}: ${fault.error.message}`).join('\n'),
		},
	);
}

/** Field and text of each fault, as one line of "field: text" each. */
export function faultLines(faults: Array<{ field?: string; text: string }>): string | undefined {
	const lines = faults.map(({ field, text }) => (field ? `${field}: ${text}` : text));
	return lines.length > 0 ? lines.join('\n') : undefined;
}

