/** One request to the API, from its path to its answer. */
import { createHash, randomUUID } from 'crypto';
import { isPlainObject } from 'lodash';
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Settings } from '../../bookkeeping/from/read';
import { timeOf } from '../../operation/time';
import { failureBehind } from '../../transport/errors';
import { pause } from '../../transport/rateLimit';
import { remember } from '../../transport/remember';
import { answerTo } from './answers';
import type { Invalid } from './answers';
import { Refusal } from './failure';
import { keep } from './keep';
import { countWrongSecret, mayLogIn, REQUESTS_A_MINUTE, takeRequest } from './limits';
import { openApi, pageForPeople } from './openapi';
import { readQuestion, RESOURCES } from './question';
import type { Question, ResourceName } from './question';
import { PLATFORMS, shopOf } from './shops';
import { isSame, issueToken, isValidToken, LEAST_SECRET, LIFETIME } from './token';

/** What the node is set to. */
export interface ApiSettings {
	source: string;
	settings: Settings;
	/** Units of a euro that Topgeschenken's amounts are in; left out: as each order shows. */
	perEuro?: number;
	leavesOutInvalid: boolean;
	lookBackDays: number;
}

/** Milliseconds that a client is kept waiting for the shop. */
const LONGEST_WAIT = 20_000;
const BUSY_AGAIN = 10;

/** Milliseconds. n8n makes an isolate whenever it decrypts a credential, which takes longer than all the rest of an answer. */
const CREDENTIALS_KEPT = 10_000;

/** A failure on the shop's side is told to the owner once an hour at most, by its kind. */
const TOLD_EVERY = 3_600_000;
const told = new Map<string, number>();

interface Request {
	path: string;
	method: string;
	headers: IDataObject;
	query: IDataObject;
	body: IDataObject;
}

interface Response {
	status(code: number): Response;
	setHeader(name: string, value: string): void;
	end(body: string): void;
	/** With it n8n answers for a workflow. */
	json(body: unknown): unknown;
}

const SECURITY = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

function respond(response: Response, status: number, type: string, body: string, headers: Record<string, string> = {}): void {
	response.status(status);
	for (const [name, value] of Object.entries({ ...SECURITY, 'Content-Type': type, ...headers })) response.setHeader(name, value);
	response.end(body);
}

/** n8n 1.x and the first versions of 2.x, which have no such property, say nothing of a workflow that fails, which would be an empty list. */
const tellsOfFailures = (context: IWebhookFunctions) => 'customData' in context;

/**
 * Of a workflow that fails n8n says so in a form and with a status of its own, and of one that has found nothing, so that
 * no node answered, it says nothing.
 */
function keepForm(response: Response, requestId: string, limit: number): void {
	const json = response.json.bind(response);
	const failed = new Refusal('workflow_failed', 'The workflow gave no answer: its owner finds the reason among its executions');
	response.json = (body) => {
		if (body === undefined) return json({ success: true, data: [], page: { limit, count: 0, next: null } });
		if (isPlainObject(body) && 'success' in (body as object)) return json(body);
		response.status(failed.status);
		return json(failed.body(requestId));
	};
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

function clientOf({ headers, body }: Request): { id?: string; secret?: string } {
	const [, basic] = /^Basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(text(headers.authorization) ?? '') ?? [];
	if (basic === undefined) return { id: text(body.client_id), secret: text(body.client_secret) };
	const decoded = Buffer.from(basic, 'base64').toString();
	const colon = decoded.indexOf(':');
	const part = (written: string) => {
		try {
			return decodeURIComponent(written);
		} catch {
			return written;
		}
	};
	return { id: part(decoded.slice(0, colon)), secret: part(decoded.slice(colon + 1)) };
}

interface Keys {
	clientId: string;
	clientSecret: string;
}

function logIn(request: Request, keys: Keys, audience: string, now: number): IDataObject {
	if (!mayLogIn(audience, now)) throw new Refusal('too_many_requests', 'Too many wrong secrets: wait a minute', { retryAfter: 60 });
	const grant = request.body.grant_type;
	if (grant !== 'client_credentials') throw new Refusal('invalid_parameter', 'grant_type is not client_credentials', { field: 'grant_type' });
	const { id, secret } = clientOf(request);
	// Both are compared, so that the time tells nothing of either.
	const [isClient, isSecret] = [isSame(id, keys.clientId), isSame(secret, keys.clientSecret)];
	if (!isClient || !isSecret) {
		countWrongSecret(audience, now);
		throw new Refusal('invalid_client', 'The client ID or the client secret is wrong');
	}
	return { access_token: issueToken(keys.clientSecret, audience, Math.floor(now / 1000)), token_type: 'Bearer', expires_in: LIFETIME };
}

function checkToken({ headers }: Request, keys: Keys, audience: string, now: number): void {
	const [, token] = /^Bearer ([\w.-]{1,1000})$/i.exec(text(headers.authorization) ?? '') ?? [];
	if (token === undefined || !isValidToken(token, keys.clientSecret, audience, Math.floor(now / 1000))) {
		throw new Refusal('invalid_token', 'The access token is missing, wrong or has ended: log in again at oauth/token');
	}
}

/** What went wrong on the shop's side, in words that hold no secret: `send` has seen to that. */
function shopRefusal(error: Error): Refusal {
	const status = failureBehind(error)?.reply?.statusCode;
	const isBusy = status === 429 || /takes no more requests until/.test(error.message);
	return isBusy
		? new Refusal('shop_busy', 'The shop takes no more requests at the moment: ask again later', { retryAfter: 60 })
		: new Refusal('shop_refused', `The shop did not answer: ${error.message}`);
}

async function credentialsOf<T extends object>(context: IWebhookFunctions, audience: string, type: string, now: number) {
	const { id } = context.getNode().credentials?.[type] ?? {};
	const get = async () => await context.getCredentials<ICredentialDataDecryptedObject & T>(type);
	return await keep(`credentials ${audience} ${type} ${id}`, now, CREDENTIALS_KEPT, get);
}

async function answered(context: IWebhookFunctions, audience: string, question: Question, given: ApiSettings, now: number) {
	const { source, settings, perEuro, leavesOutInvalid, lookBackDays } = given;
	const settingsKey = createHash('sha256').update(JSON.stringify([settings, perEuro])).digest('base64url');
	const shop = shopOf(context, source, await credentialsOf(context, audience, PLATFORMS[source].credentialType!, now), perEuro);
	const work = answerTo({ shop, settings, settingsKey, leavesOutInvalid, lookBackDays, now }, question);
	// What goes on in the background is there when the client asks again.
	work.catch(() => {});
	const there = new AbortController();
	const late = pause(LONGEST_WAIT, there.signal).then(() => {
		throw new Refusal('shop_busy', 'The shop is still being read: ask again in a few seconds', { retryAfter: BUSY_AGAIN });
	});
	late.catch(() => {});
	return await Promise.race([work, late]).finally(() => there.abort());
}

/** The item that starts the workflow, so that the owner sees what is wrong; at most once an hour for each kind. */
function toldOwner(audience: string, kind: string, failure: IDataObject, now: number): INodeExecutionData[][] | undefined {
	const key = `${audience} ${kind}`;
	if (now - (told.get(key) ?? -Infinity) < TOLD_EVERY) return undefined;
	remember(told, key, now);
	return [[{ json: { failure } }]];
}

const invalidItem = (invalid: Invalid[]): IDataObject => ({
	code: 'document_invalid',
	description: `${invalid.length} sales were left out because they cannot be booked`,
	sales: invalid.slice(0, 100).map(({ id, error }) => ({ id, reason: error.message })),
});

function requestOf(context: IWebhookFunctions, audience: string): Request {
	const { path: whole = '', method } = context.getRequestObject() as unknown as { path?: string; method: string };
	const [, path = ''] = whole.split(`/${audience}`);
	const body = context.getBodyData();
	return {
		path: path.replace(/^\//, '').replace(/\/$/, ''),
		method,
		headers: context.getHeaderData() as IDataObject,
		query: context.getQueryData() as IDataObject,
		body: isPlainObject(body) ? body : {},
	};
}

function baseOf(context: IWebhookFunctions, audience: string): string {
	const url = (context.getNodeWebhookUrl('default') ?? '').replace(/\/$/, '');
	const { path = '' } = context.getRequestObject() as unknown as { path?: string };
	return path.includes(`/webhook-test/`) || path.startsWith('webhook-test') ? url.replace('/webhook/', '/webhook-test/') : url || `/webhook/${audience}`;
}

/**
 * Answers a request. What is for the workflow comes back as data: a failure for its owner, or the question itself where
 * the workflow gives the answer.
 * @param audience ID of the webhook
 */
export async function serve(context: IWebhookFunctions, audience: string, read: () => ApiSettings): Promise<IWebhookResponseData> {
	const response = context.getResponseObject() as unknown as Response;
	const now = Date.now();
	const requestId = randomUUID();
	const request = requestOf(context, audience);
	const { remaining, reset, isAllowed } = takeRequest(audience, now);
	const limits = { 'RateLimit-Limit': String(REQUESTS_A_MINUTE), 'RateLimit-Remaining': String(remaining), 'RateLimit-Reset': String(reset), 'X-Request-Id': requestId };
	const reply = (status: number, body: IDataObject, more = {}) => respond(response, status, 'application/json; charset=utf-8', JSON.stringify(body), { ...limits, ...more });
	try {
		if (!isAllowed) throw new Refusal('too_many_requests', `More than ${REQUESTS_A_MINUTE} requests in this minute: ask again in ${reset} seconds`, { retryAfter: reset });
		const base = baseOf(context, audience);
		if (request.path === '') {
			respond(response, 200, 'text/html; charset=utf-8', pageForPeople(base), { ...limits, 'Content-Security-Policy': PAGE_POLICY });
			return { noWebhookResponse: true };
		}
		if (request.path === 'openapi.json') {
			reply(200, openApi(base));
			return { noWebhookResponse: true };
		}
		const keys = await credentialsOf<Keys>(context, audience, 'salesApi', now);
		if (String(keys.clientSecret ?? '').length < LEAST_SECRET) {
			throw new Refusal('workflow_failed', `Nobody can log in: the owner has to make the client secret in the credential at least ${LEAST_SECRET} characters long`);
		}
		if (request.path === 'oauth/token') {
			reply(200, logIn(request, keys, audience, now));
			return { noWebhookResponse: true };
		}
		checkToken(request, keys, audience, now);
		const resource = RESOURCES.find((one) => one === request.path) as ResourceName | undefined;
		if (resource === undefined) throw new Refusal('unknown_path', `There is no such list: choose one of ${RESOURCES.join(', ')}`);
		const question = readQuestion(resource, request.query);
		const given = read();
		if (given.source === 'workflow') {
			if (!tellsOfFailures(context)) throw new Refusal('workflow_failed', 'A workflow cannot answer in this version of n8n: choose a shop in the API Trigger, or update n8n');
			const { period, ...asked } = question;
			for (const [name, value] of Object.entries({ ...SECURITY, ...limits })) response.setHeader(name, value);
			keepForm(response, requestId, question.limit);
			const isSearch = asked.id !== undefined || asked.number !== undefined;
			const { from, to } = period ?? { from: now - given.lookBackDays * 86_400_000, to: now };
			// Times have whole seconds: the period gets no shorter by it.
			const times = isSearch ? {} : { from: timeOf(from), to: timeOf(Math.ceil(to / 1000) * 1000) };
			return { workflowData: [[{ json: { ...asked, ...times, requestId } as IDataObject }]] };
		}
		const { data, page, invalid } = await answered(context, audience, question, given, now).catch((error: Error) => {
			throw error instanceof Refusal ? error : shopRefusal(error);
		});
		reply(200, { success: true, data: data as IDataObject[], page });
		const workflowData = invalid.length > 0 ? toldOwner(audience, 'document_invalid', invalidItem(invalid), now) : undefined;
		return { noWebhookResponse: true, workflowData };
	} catch (error) {
		const refusal = error instanceof Refusal ? error : new Refusal('workflow_failed', 'This API cannot answer at the moment: its owner has been told');
		const retry = refusal.more.retryAfter === undefined ? {} : { 'Retry-After': String(refusal.more.retryAfter) };
		const login = refusal.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
		reply(refusal.status, refusal.body(requestId), { ...retry, ...login });
		const isOwners = ['shop_refused', 'document_invalid', 'workflow_failed'].includes(refusal.code);
		const description = refusal === error ? refusal.message : (error as Error).message;
		return { noWebhookResponse: true, workflowData: isOwners ? toldOwner(audience, refusal.code, { code: refusal.code, description, requestId }, now) : undefined };
	}
}
