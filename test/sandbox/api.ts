/** What every simulated API shares: a server on loopback, a contract, limits, faults on demand, a log of requests. */
import { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenAPIBackend } from 'openapi-backend';
import type { Context, Document } from 'openapi-backend';

export interface SandboxRequest {
	method: string;
	/** Path with its query, as it came. */
	url: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string | string[] | undefined>;
	/** Parsed JSON, text or bytes. */
	body: unknown;
	/** Values of the contract's path parameters. */
	params: Record<string, string>;
	/** Milliseconds since 1970, when it arrived. */
	at: number;
	/** HTTP status of its answer, as soon as there is one. */
	status?: number;
}

export interface SandboxAnswer {
	status: number;
	/** An object is sent as JSON, text and bytes as they are. */
	body?: unknown;
	headers?: Record<string, string>;
}

/**
 * - `status`: refuse with this status before acting; `statusAfter`: act, then answer so, as a proxy that gave up waiting
 * - `cutBefore`, `cutAfter`: break the connection before or after the request was carried out
 * - `slow`: act and answer after `milliseconds`, or when `until` is fulfilled
 * - `truncated`: send only half of the answer, with the length of the whole; `html`, `empty`: no JSON, no body
 */
export interface Fault {
	kind: 'status' | 'statusAfter' | 'cutBefore' | 'cutAfter' | 'slow' | 'truncated' | 'html' | 'empty';
	/** How many requests it hits; 1 if left out. */
	times?: number;
	/** Which requests it hits; all if left out. */
	when?(request: SandboxRequest): boolean;
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	milliseconds?: number;
	until?: Promise<unknown>;
}

export interface FixedWindow {
	requests: number;
	milliseconds: number;
	/** Whether a refused request is counted too: each, or only those that a longer window refused. */
	countsRefused?: boolean | 'ofLonger';
}

/** Fixed windows, from short to long, that start at an arbitrary moment, as a server keeps them in memory. */
export function fixedWindows(windows: FixedWindow[], phase: () => number = Math.random) {
	const starts = windows.map(({ milliseconds }) => -phase() * milliseconds);
	const counts = windows.map(() => new Map<string, { index: number; count: number }>());
	/** Undefined if the request is allowed, else the window that refuses it and milliseconds until it is over. */
	return function refuse(account: string, now: number): { window: FixedWindow; wait: number } | undefined {
		let refusal: { window: FixedWindow; position: number; wait: number } | undefined;
		const states = windows.map((window, position) => {
			const index = Math.floor((now - starts[position]) / window.milliseconds);
			const state = counts[position].get(account);
			const current = state?.index === index ? state : { index, count: 0 };
			counts[position].set(account, current);
			if (current.count >= window.requests) {
				refusal ??= { window, position, wait: (index + 1) * window.milliseconds + starts[position] - now };
			}
			return current;
		});
		states.forEach((state, position) => {
			const { countsRefused } = windows[position];
			if (!refusal || countsRefused === true || (countsRefused === 'ofLonger' && position < refusal.position)) state.count++;
		});
		return refusal;
	};
}

export type Handler = (request: SandboxRequest) => SandboxAnswer | Promise<SandboxAnswer>;

export interface SandboxOptions {
	/** The OpenAPI document: its path, or itself. */
	contract: string | Document;
	/** Path prefix below which the contract's paths stand, for example "/v398"; matched as a regular expression. */
	prefix?: string;
	/** By the contract's operationId. */
	handlers: Record<string, Handler>;
	/** The body as the contract describes it, for an API that packs JSON into the field of a form; left out: as it came. */
	contractBody?(request: SandboxRequest): unknown;
	/** Looks at every request before its handler: wrong key, rate limit, unknown version. */
	guard?(request: SandboxRequest): SandboxAnswer | undefined;
	/** The API's own answer to a path it does not know. */
	notFound(request: SandboxRequest): SandboxAnswer;
	/** Milliseconds before every answer. */
	latency?: number;
}

export interface Sandbox {
	/** http://127.0.0.1:port */
	url: string;
	requests: SandboxRequest[];
	/** Requests that changed something, in the order in which they were carried out. */
	carriedOut: SandboxRequest[];
	/** How many are being answered. */
	underWay: number;
	/** Requests that the contract does not allow, in words. A test that finds one here has failed. */
	violations: string[];
	faults: Fault[];
	latency: number;
	/** Breaks all connections. A request that was still waiting is not carried out any more. */
	close(): Promise<void>;
}

function takeFault(sandbox: Sandbox, request: SandboxRequest): Fault | undefined {
	const fault = sandbox.faults.find(({ when }) => when?.(request) ?? true);
	if (!fault) return undefined;
	fault.times = (fault.times ?? 1) - 1;
	if (fault.times <= 0) sandbox.faults.splice(sandbox.faults.indexOf(fault), 1);
	return fault;
}

/** Breaks the connection without an answer; to end the request alone is not enough once its body was read. */
function cut({ raw }: FastifyRequest, reply: FastifyReply) {
	reply.hijack();
	raw.socket.destroy();
	return reply;
}

const changes = ({ method }: SandboxRequest) => !['GET', 'HEAD'].includes(method);

/** Some APIs say in the body that a request failed. */
const succeeded = ({ status, body }: SandboxAnswer) => status < 400 && Object(body).error === undefined && !(Object(body).status >= 400);

function serialize({ body }: SandboxAnswer): { payload: Buffer | string; type?: string } {
	if (body === undefined) return { payload: '' };
	if (typeof body === 'string' || Buffer.isBuffer(body)) return { payload: body, type: 'text/plain' };
	return { payload: JSON.stringify(body), type: 'application/json' };
}

/** What one sandbox puts behind its contract. The contract itself is read once for all of them. */
interface Backstage {
	handle(operation: string, request: SandboxRequest): Promise<SandboxAnswer>;
	violate(request: SandboxRequest, reason: string): void;
	notFound(request: SandboxRequest): SandboxAnswer;
}

const contracts = new Map<string | Document, Promise<OpenAPIBackend>>();

function contractOf(definition: string | Document): Promise<OpenAPIBackend> {
	const known = contracts.get(definition);
	if (known) return known;
	const carryOut = async ({ operation, request: { params } }: Context, request: SandboxRequest, { handle }: Backstage) =>
		await handle(operation.operationId!, { ...request, params: params as Record<string, string> });
	const refuse = (reason: string) => (_: Context, request: SandboxRequest, { violate, notFound }: Backstage) => {
		violate(request, reason);
		return notFound(request);
	};
	const contract = new OpenAPIBackend({
		definition: definition as Document,
		// What a request needs is compiled when it comes; whether the contracts are valid is tested elsewhere.
		quick: true,
		ajvOpts: { allErrors: true, coerceTypes: true, strict: false },
		handlers: {
			// No operation has a handler of its own here.
			notImplemented: carryOut,
			validationFail: async (context: Context, request: SandboxRequest, backstage: Backstage) => {
				const errors = context.validation.errors?.map(({ instancePath, message, params }) => ({ instancePath, message, params }));
				backstage.violate(request, JSON.stringify(errors));
				return await carryOut(context, request, backstage);
			},
			notFound: refuse('not in the contract'),
			methodNotAllowed: refuse('method not in the contract'),
		},
	}).init();
	contracts.set(definition, contract);
	return contract;
}

export async function startSandbox(options: SandboxOptions, port = 0): Promise<Sandbox> {
	// A test that holds many requests at once is no leak.
	EventEmitter.defaultMaxListeners = 0;
	const prefix = new RegExp(`^${options.prefix ?? ''}(?=/|$)`);
	const server = fastify({ forceCloseConnections: true, bodyLimit: 50 * 1024 * 1024 });
	const closing = new AbortController();
	/** False if the server was closed meanwhile. */
	async function wait(milliseconds = 0, until?: Promise<unknown>): Promise<boolean> {
		await (until ?? delay(milliseconds, undefined, { signal: closing.signal }).catch(() => {}));
		return !closing.signal.aborted;
	}
	const sandbox: Sandbox = {
		url: '',
		requests: [],
		carriedOut: [],
		underWay: 0,
		violations: [],
		faults: [],
		latency: options.latency ?? 0,
		async close() {
			closing.abort();
			await server.close();
		},
	};
	const backstage: Backstage = {
		handle: async (operation, request) => await options.handlers[operation](request),
		violate(request, reason) {
			sandbox.violations.push(`${request.method} ${request.url}: ${reason}`);
		},
		notFound: options.notFound,
	};
	const contract = await contractOf(options.contract);

	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

	function parseBody(raw: unknown, type: string | undefined): unknown {
		if (!Buffer.isBuffer(raw)) return undefined;
		if (type?.startsWith('image/') || type?.startsWith('application/octet-stream')) return raw;
		if (type?.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(raw.toString()));
		try {
			return JSON.parse(raw.toString());
		} catch {
			return raw.toString();
		}
	}

	async function answer(raw: FastifyRequest, reply: FastifyReply) {
		sandbox.underWay++;
		return await answerNow(raw, reply).finally(() => sandbox.underWay--);
	}

	async function answerNow(raw: FastifyRequest, reply: FastifyReply) {
		const request: SandboxRequest = {
			method: raw.method,
			url: raw.url,
			path: raw.url.split('?')[0],
			query: raw.query as SandboxRequest['query'],
			headers: raw.headers,
			body: parseBody(raw.body, raw.headers['content-type']),
			params: {},
			at: Date.now(),
		};
		sandbox.requests.push(request);
		const fault = takeFault(sandbox, request);
		if (fault?.kind === 'cutBefore') return cut(raw, reply);
		if (fault?.kind === 'slow' && !(await wait(fault.milliseconds, fault.until))) return cut(raw, reply);
		if (sandbox.latency > 0 && !(await wait(sandbox.latency))) return cut(raw, reply);
		let result: SandboxAnswer;
		if (fault?.kind === 'status') {
			result = { status: fault.status ?? 500, headers: fault.headers, body: fault.body ?? { message: 'fault on demand' } };
		} else {
			result =
				options.guard?.(request) ??
				(prefix.test(request.path)
					? ((await contract.handleRequest(
							{
								method: request.method,
								path: request.path.replace(prefix, '') || '/',
								query: request.query,
								headers: request.headers as Record<string, string>,
								body: Buffer.isBuffer(request.body) ? undefined : (options.contractBody?.(request) ?? request.body),
							},
							request,
							backstage,
						)) as SandboxAnswer)
					: options.notFound(request));
		}
		if (fault?.kind !== 'status' && changes(request) && succeeded(result)) sandbox.carriedOut.push(request);
		if (fault?.kind === 'cutAfter') return cut(raw, reply);
		if (fault?.kind === 'statusAfter') result = { status: fault.status ?? 503, headers: fault.headers, body: fault.body ?? 'Guru Meditation' };
		request.status = result.status;
		if (fault?.kind === 'html') {
			return await reply.code(200).header('content-type', 'text/html').send('<html><body>Maintenance</body></html>');
		}
		if (fault?.kind === 'empty') return await reply.code(result.status).send('');
		const { payload, type } = serialize(result);
		if (fault?.kind === 'truncated') {
			reply.hijack();
			reply.raw.writeHead(result.status, { 'content-type': type, 'content-length': Buffer.byteLength(payload) });
			reply.raw.write(payload.slice(0, Math.floor(payload.length / 2)), () => reply.raw.destroy());
			return reply;
		}
		// The server has one clock: the one by which it dates what it keeps.
		reply.code(result.status).header('date', new Date(Date.now()).toUTCString());
		if (type) reply.header('content-type', type);
		return await reply.headers(result.headers ?? {}).send(payload);
	}
	server.all('/*', answer);
	// A bulk connects a thousand times at once. Those for whom the usual queue has no place wait seconds for another try of
	// the system, and after five of them Node gives up.
	await server.listen({ port, host: '127.0.0.1', backlog: 4096 });
	const address = server.server.address() as AddressInfo;
	sandbox.url = `http://127.0.0.1:${address.port}`;
	return sandbox;
}
