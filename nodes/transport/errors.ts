import { DateTime } from 'luxon';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import type { ApiRequest, Failure, Platform } from './platform';
import type { WaitTooLong } from './rateLimit';
import { isRead, isUntrusted, mayHaveBeenDone } from './retry';

/** Input that cannot be sent. The message says which field is wrong and what it should be. */
export class InvalidInput extends Error {
	constructor(
		message: string,
		readonly description?: string,
	) {
		super(message);
	}
}

/** The text without any secret that the credential holds, whole or encoded for a URL. */
function redact(text: string, platform: Platform, credentials: ICredentialDataDecryptedObject): string {
	const secrets = platform.secrets
		.map((field) => String(credentials[field] ?? '').trim())
		.filter((secret) => secret !== '')
		.flatMap((secret) => [secret, encodeURIComponent(secret)]);
	return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

function statusMessage({ name }: Platform, failure: Failure, host: string): string {
	const { reply, code } = failure;
	const status = reply?.statusCode;
	if (status === undefined) {
		if (['ENOTFOUND', 'EAI_AGAIN'].includes(code ?? '')) {
			return `${name} cannot be found at ${host}: check the internet connection and the base URL in the credential`;
		}
		if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO'].includes(code ?? '')) {
			return `${name} cannot be reached at ${host}: check the base URL in the credential, or try again later`;
		}
		if (isUntrusted(failure)) {
			return `The certificate of ${host} is not trusted: check the base URL in the credential`;
		}
		return `${name} broke off the connection or did not answer in time: try again later`;
	}
	if (status < 300) return `${name} answered with something that is not a valid answer: try again later`;
	if (status < 400) return `${name} answered with a redirect: check the base URL in the credential`;
	if (status === 401) return `${name} does not accept the credential: check it and save it again`;
	if (status === 403) return `${name} does not allow this: the credential lacks the right to do it`;
	if (status === 404) return `${name} does not know what was asked for: check the ID`;
	if (status === 429) {
		return `${name} keeps refusing with "too many requests": something else uses the same account, try again later`;
	}
	if (status >= 500) return `${name} has a problem on its side (HTTP ${status}): try again later`;
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
	const host = new URL(platform.baseUrl(credentials)).host;
	const explained = platform.explain(failure, credentials, request);
	let message = explained.message ?? statusMessage(platform, failure, host);
	const own = explained.description;
	if (!isRead(request.method) && mayHaveBeenDone(failure)) {
		const check = platform.howToCheck ?? 'look at the current state';
		message = `It is unknown whether ${platform.name} carried this out, because no proper answer came back: ${check} before running this item again`;
	}
	message = redact(message, platform, credentials);
	const error = new NodeApiError(
		node,
		{ message },
		{
			message,
			description: own && redact(own, platform, credentials),
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

/** Names the limit that is used up and the moment when there is room again. */
export function waitTooLongToError(node: INode, platform: Platform, wait: WaitTooLong): NodeOperationError {
	const freeAt = DateTime.now().plus(wait.milliseconds).toFormat('yyyy-MM-dd HH:mm:ss ZZZZ');
	const reason = wait.window
		? `the limit of ${wait.window.requests} requests per ${spanName(wait.window.milliseconds)} is used up`
		: 'the service asked for a pause';
	return new NodeOperationError(node, `${platform.name} takes no more requests until ${freeAt}: ${reason}`, {
		description: 'Run the remaining items after that moment. What was done before stays done.',
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

/** The error of a batch that was not sent because of these items; it names every one of them. */
export function faultsToError(
	node: INode,
	faults: Array<{ item: number; error: Error }>,
	items: number,
): NodeApiError | NodeOperationError {
	const [{ item, error }] = faults;
	const isOne = items === 1 || (faults.length === items && faults.every((fault) => fault.error.message === error.message));
	if (isOne) return toNodeError(node, error, item);
	return new NodeOperationError(
		node,
		`${faults.length} of the ${items} items cannot be sent as they are, so nothing was sent: correct what the details say and run again`,
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

