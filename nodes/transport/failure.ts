/** Reads out of an error of n8n's request helper, or out of an answer, what went wrong. */
import type { IDataObject } from 'n8n-workflow';

import type { Failure, Reply } from './platform';
import { BLOCKED, parseRetryAfter, PROXY, waitInBody } from './retry';

const MINUTE = 60_000;

/** No account stands still for longer than its longest window, whatever a server asks for. */
const LONGEST_HOLD = 24 * 60 * MINUTE;

/** What matters of an error of n8n's HTTP client; a credential that gets no token throws it as `beforeSending`. */
interface ClientError {
	name?: string;
	message?: string;
	code?: string;
	cause?: ClientError;
	config?: { headers?: Record<string, unknown>; url?: string };
	response?: {
		status: number;
		headers: IDataObject;
		data: unknown;
		request?: { socket?: { encrypted?: boolean } };
	};
	beforeSending?: ClientError;
	messages?: string[];
}

/** What matters of a request for a token that has failed. */
export type LoginError = Pick<ClientError, 'code' | 'response'>;

/** What n8n 1.x keeps of an error that it wraps: the status as text, and the answer if that is an object; no headers. */
interface BareError {
	httpCode?: string | null;
	context?: { data?: unknown };
	description?: string | null;
}

/**
 * The error of a credential that gets no token, without the request, which has the secret, and without a `response` of
 * its own, since n8n would take a 401 there for an expired token and ask at once again.
 * @param beforeSending what happened; the code and the status stand in the description too, which n8n 1.x keeps
 */
export function loginFailure(message: string, beforeSending: LoginError): Error {
	return Object.assign(new Error(message), { beforeSending, description: `Login: ${beforeSending.code ?? ''} ${beforeSending.response?.status ?? ''}` });
}

function bareLogin({ description }: BareError): LoginError | undefined {
	const [, code, status] = /^Login: (\w*) (\d*)$/.exec(description ?? '') ?? [];
	if (status === undefined) return undefined;
	return { code: code || undefined, response: status === '' ? undefined : { status: Number(status), headers: {}, data: { error: code } } };
}

function bareResponse({ httpCode, context }: BareError): ClientError['response'] {
	return /^\d{3}$/.test(httpCode ?? '') ? { status: Number(httpCode), headers: {}, data: context?.data } : undefined;
}

/** The error and what lies behind it; a bounded number, should an error lie behind itself. */
function chainOf(error: ClientError): ClientError[] {
	const chain = [error];
	while (chain.length < 8 && chain.at(-1)?.cause) chain.push(chain.at(-1)!.cause!);
	return chain;
}

/** Whether an answer to a request over TLS came without it: then it is a proxy's, which never reached the service. */
function isOfProxy({ config, response }: ClientError): boolean {
	const socket = response?.request?.socket;
	return /^https:/i.test(config?.url ?? '') && socket !== undefined && socket !== null && !socket.encrypted;
}

/** Node's code among the texts that n8n keeps of an error, where it looked an address up by itself. */
function codeIn({ messages = [] }: ClientError): string | undefined {
	return /\bE[A-Z]{3}[A-Z_]{0,20}\b/.exec(String(messages[0]).slice(0, 200))?.[0];
}

/** The JSON or the text of an answer that was asked for as bytes or as text. */
function readable(data: unknown): unknown {
	if (!Buffer.isBuffer(data) && typeof data !== 'string') return data;
	const text = data.toString();
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** What the credential put into the headers, to be kept out of every message. */
function secretsIn({ config }: ClientError): string[] {
	const value = config?.headers?.Authorization ?? config?.headers?.authorization;
	return typeof value === 'string' ? [value, value.replace(/^\S+\s+/, '')] : [];
}

/** What went wrong, read from the error that n8n's request helper throws. */
export function failureOf(error: unknown, longestWindow: number): Failure {
	// With a credential n8n wraps the error of its HTTP client, without one it throws that itself.
	const outer = ((error as ClientError).cause ?? error) as ClientError;
	const beforeSending = outer.beforeSending ?? bareLogin(error as BareError);
	const cause = beforeSending ?? outer;
	const { response = bareResponse(error as BareError) } = cause;
	const chain = chainOf(error as ClientError);
	const code = cause.code ?? codeIn(error as ClientError);
	const sentSecrets = secretsIn(cause);
	if (chain.some(({ name }) => name?.startsWith('SsrfBlocked'))) return { code: BLOCKED, notSent: true };
	if (chain.some(({ message }) => message?.startsWith('Proxy connection ended'))) return { code: PROXY, notSent: true };
	const notSent = beforeSending !== undefined;
	if (!response) return { code, notSent, sentSecrets };
	const reply = { statusCode: response.status, headers: response.headers, body: readable(response.data) };
	if (reply.statusCode === 407 || isOfProxy(cause)) return { reply, code: PROXY, notSent: true };
	return { ...failureOfReply(reply, longestWindow), notSent, sentSecrets };
}

/**
 * What went wrong, read from an answer.
 * @param longestWindow milliseconds of the longest limit that is known
 */
export function failureOfReply(reply: Reply, longestWindow: number): Failure {
	const { 'retry-after': header, date } = reply.headers;
	// A pause during maintenance may well be longer than any window.
	const longest = reply.statusCode === 429 ? Math.max(MINUTE, longestWindow) : Infinity;
	const retryAfter = parseRetryAfter(header, date, longest) ?? (reply.statusCode === 429 ? waitInBody(reply.body) : undefined);
	return { reply, retryAfter: retryAfter && Math.min(retryAfter, LONGEST_HOLD) };
}
