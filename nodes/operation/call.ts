/** One item on its way through an operation: its credential, and the way to the API. */
import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';

import { InvalidInput, isCancellation } from '../transport/errors';
import { collect } from '../transport/paging';
import type { List } from '../transport/paging';
import type { ApiRequest, Failure, Platform, Reply } from '../transport/platform';
import { send } from '../transport/send';
import type { Operation } from './operation';
import { sendOnce } from './writes';

/** An item that is sent, as it came in. */
export interface SentItem {
	index: number;
	json: IDataObject;
}

/** What all items of a run share. */
export interface Run {
	context: IExecuteFunctions;
	operation: Operation;
	platform: Platform | undefined;
	isTool: boolean;
	/** Answers and whatever else is worked out once for all items; gone with the run. */
	shared: Map<string, unknown>;
	/** Texts that are shown already. */
	hints: Set<string>;
	/** Items that had been done before, so that they were not sent again. */
	repeated: Set<number>;
	/** Tells this run of the node, with all its tries, from all others; left out where nothing is remembered of it. */
	key?: string;
	/** The items of a request that is for several. */
	together: SentItem[];
	/** Aborted when an item has failed and the workflow stops on errors, so that nothing more is sent. */
	stop: AbortController;
}

export interface Call {
	itemIndex: number;
	context: IExecuteFunctions;
	credentials: ICredentialDataDecryptedObject;
	/** Time zone of the workflow. */
	zone: string;
	/** An AI agent calls the node. */
	isTool: boolean;
	/** What would be sent is shown, and nothing that changes anything is sent. */
	isDryRun: boolean;
	/** The item as it came in. */
	json: IDataObject;
	/** How many records of a list are wanted; Infinity for Return All. */
	limit: number;
	/** Shows a text with the output in the editor, once however many items ask for it; an AI agent does not see it. */
	hint(message: string): void;
	hasFile(name: string): boolean;
	/** Bytes of the item's file of this name, which it has. */
	file(name: string): Promise<Buffer>;
	/** The value that `make` gives for this key, made once for all items of the run. A failure is not kept, unless `keepFailure`. */
	once<T>(key: string, make: () => Promise<T>, options?: { keepFailure?: boolean }): Promise<T>;
	/** The request of the operation, or another one, its path filled with `path`. */
	request(parts?: RequestParts, template?: string): ApiRequest;
	send(request: ApiRequest): Promise<Reply>;
	/** The records of a list, or `limit` of them. */
	collect(list: List, limit?: number): Promise<IDataObject[]>;
}

export interface RequestParts extends Omit<ApiRequest, 'method' | 'url'> {
	/** Values for what stands in braces in the path. */
	path?: IDataObject;
}

/** An item that was not sent, because another one had failed before its turn. */
export class NotSent extends InvalidInput {
	constructor() {
		super('This item was not sent, because another one failed before its turn');
	}
}

/** What a dry run shows in the place of the first request that would change something. */
export class WouldSend extends Error {
	constructor(readonly request: ApiRequest) {
		super('Dry run');
	}
}

/** The record that a dry run gives in place of sending a request. */
export function shown({ method, url, qs, body }: ApiRequest): IDataObject {
	const query = qs && Object.keys(qs).length > 0 ? { query: qs } : {};
	const content = body === undefined ? {} : { body: Buffer.isBuffer(body) ? `${body.length} bytes` : (body as IDataObject) };
	return { dryRun: true, method, path: url, ...query, ...content };
}

/** What n8n has among its own request options. */
export interface RequestOptions {
	/** Milliseconds. */
	timeout?: number;
	allowUnauthorizedCerts?: boolean;
	proxy?: string;
}

function withOptions(request: ApiRequest, { timeout, allowUnauthorizedCerts, proxy }: RequestOptions): ApiRequest {
	const asked: ApiRequest = { ...request };
	if (timeout !== undefined) asked.timeout = timeout;
	if (allowUnauthorizedCerts) asked.skipSslCertificateValidation = true;
	if (!proxy) return asked;
	if (!URL.canParse(proxy) || new URL(proxy).hostname === '') {
		throw new InvalidInput('Proxy is not a web address: write it as http://myproxy:3128');
	}
	const { hostname: host, port, protocol, username, password } = new URL(proxy);
	const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
	return { ...asked, proxy: { host, port: Number(port || 80), protocol: protocol.replace(':', ''), ...(username && { auth }) } };
}

/**
 * The request of a template such as "GET /books/{bookId}".
 * @throws InvalidInput if a value for the path is missing, so that it never becomes the path of a list
 */
export function requestOf(template: string, { path = {}, ...rest }: RequestParts = {}): ApiRequest {
	const [method, pattern] = template.split(' ') as [IHttpRequestMethods, string];
	const url = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = String(path[name] ?? '').trim();
		if (value === '') throw new InvalidInput('The ID is empty: fill it in, or check the expression that gives it');
		return encodeURIComponent(value);
	});
	return { method, url, ...rest };
}

/** Names of the fields in the path of a template. */
export function pathNames(template = ''): string[] {
	return [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
}

export const isWrite = ({ method = 'GET' }: ApiRequest) => !['GET', 'HEAD'].includes(method);

interface Item extends Pick<Call, 'itemIndex' | 'json' | 'credentials' | 'isDryRun' | 'limit'> {
	/** n8n's context, with the credential as this item makes it. */
	context: IExecuteFunctions;
	options: RequestOptions;
}

/** Shows a text with the output, once however many items ask for it. */
export function hintOf({ context, hints }: Run): Call['hint'] {
	return (message) => {
		if (hints.has(message)) return;
		hints.add(message);
		context.addExecutionHints?.({ message, location: 'outputPane' });
	};
}

export function callOf(run: Run, { itemIndex, json, credentials, isDryRun, limit, context, options }: Item): Call {
	const { platform, operation, shared } = run;
	/** A change that fails is the end for those that wait, before one of them can start; an operation that sends for many items sees to that itself. */
	const stopOthers = (failure: Failure) => {
		if (!run.context.continueOnFail() && !operation.sendAll && !operation.tolerates?.(failure)) run.stop.abort();
	};
	/** How many requests of this item went before, which tells one write of an item from another. */
	let writes = 0;

	async function sendChecked(request: ApiRequest): Promise<Reply> {
		if (!platform) throw new InvalidInput('This operation sends nothing');
		const changes = isWrite(request);
		if (changes && isDryRun) throw new WouldSend(request);
		const asked = withOptions(request, options);
		const go = async () =>
			await send(context, platform, asked, credentials, { signal: run.stop.signal, onFailure: changes ? stopOthers : undefined }).catch((error: Error) => {
				throw isCancellation(error) && run.stop.signal.aborted ? new NotSent() : error;
			});
		const items = operation.sendAll && run.together.length > 0 ? run.together : [{ index: itemIndex, json }];
		return changes ? await sendOnce(run, { items, number: writes++, request }, go) : await go();
	}

	const call: Call = {
		itemIndex,
		context,
		credentials,
		zone: context.getTimezone(),
		isTool: run.isTool,
		isDryRun,
		json,
		limit,
		hint: hintOf(run),
		hasFile: (name) => context.getInputData()[itemIndex].binary?.[name] !== undefined,
		file: async (name) => await context.helpers.getBinaryDataBuffer(itemIndex, name),
		async once<T>(key: string, make: () => Promise<T>, { keepFailure = false } = {}): Promise<T> {
			const whole = `${JSON.stringify(credentials)} ${key}`;
			const known = shared.get(whole) as Promise<T> | undefined;
			if (known) return await known;
			const made = make();
			shared.set(whole, made);
			made.catch(() => keepFailure || shared.delete(whole));
			return await made;
		},
		request(parts = {}, template = operation.request ?? '') {
			return requestOf(platform?.route?.(template, credentials) ?? template, parts);
		},
		send: sendChecked,
		collect: async (list, limit) => await collect(sendChecked, list, limit),
	};
	return call;
}
