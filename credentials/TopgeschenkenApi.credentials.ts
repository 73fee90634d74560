import { createHash } from 'crypto';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { connectionMessage, hostOf } from '../nodes/transport/errors';
import { failureOf, loginFailure } from '../nodes/transport/failure';
import type { LoginError } from '../nodes/transport/failure';
import { checkBase } from '../nodes/transport/url';

const DEFAULT_BASE_URL = 'https://api.topgeschenken.nl';
/** Seconds; what the manual shows, for an answer that does not say how long the token lives. */
const USUAL_LIFETIME = 3600;
/** Longest time in milliseconds that a token is renewed before it ends. */
const LONGEST_MARGIN = 60_000;
/** Milliseconds; many items with a wrong secret must not become as many tries to log in. */
const REFUSAL_REMEMBERED = 10_000;

const ANONYMOUS =
	'The client ID and the secret are right, but the token is anonymous: ask Topgeschenken to couple your machine account to your company';

/** A token that was asked for, from the moment of asking on. */
interface Grant {
	token: Promise<string>;
	/** The token itself, once it is there. */
	value?: string;
	/** Milliseconds since 1970 until when it serves; Infinity while it is asked for. */
	until: number;
}

/** One for each base URL, client and secret, shared by all nodes and executions; a new secret is a new entry. */
const grants = new Map<string, Grant>();

/** Credentials, as n8n handed them in, whose token was fetched for them and not remembered. */
const justProven = new WeakSet<ICredentialDataDecryptedObject>();

function baseUrlOf({ baseUrl }: ICredentialDataDecryptedObject): string {
	return (String(baseUrl ?? '').trim() || DEFAULT_BASE_URL).replace(/\/+$/, '').replace(/\/api\/v1$/, '');
}

function keyOf(credentials: ICredentialDataDecryptedObject): string {
	const secret = createHash('sha256').update(String(credentials.clientSecret)).digest('hex');
	return [baseUrlOf(credentials), credentials.clientId, secret].join(' ');
}

/** The error that n8n shows, with what happened for the node. */
function tokenError(cause: LoginError, host: string) {
	const { code, response } = cause;
	const isRefused = response !== undefined && [400, 401, 403].includes(response.status);
	const message = isRefused
		? 'Topgeschenken does not accept the client ID or the client secret: check both in the credential'
		: response === undefined
			? connectionMessage('Topgeschenken', failureOf(cause, 0), host)
			: 'Topgeschenken gave no access token: check the base URL in the credential, or try again later';
	const reply = response && { status: response.status, headers: response.headers, data: response.data };
	return { isRefused, error: loginFailure(message, { code, response: reply }) };
}

interface TokenReply {
	statusCode: number;
	headers: IDataObject;
	body: { access_token?: string; expires_in?: number };
}

/** True if the server could not read the fields, as opposed to one that read and refused them. */
function isUnread(error: unknown): boolean {
	const { response } = error as { response?: { status: number; data?: { error?: unknown } } };
	const isRefused = ['invalid_client', 'invalid_grant', 'unauthorized_client'].includes(String(response?.data?.error));
	return [400, 415, 422].includes(response?.status ?? 0) && !isRefused;
}

/**
 * The manual does not say how the fields are encoded. A form is what the OAuth 2.0 standard prescribes (inferred); a
 * server that cannot read it gets JSON, in which the other requests of this API are written.
 */
async function requestToken(helpers: IHttpRequestHelper['helpers'], credentials: ICredentialDataDecryptedObject) {
	const fields = {
		client_id: String(credentials.clientId).trim(),
		client_secret: String(credentials.clientSecret).trim(),
		grant_type: 'client_credentials',
	};
	const post = async (type: string, body: string) =>
		(await helpers.httpRequest({
			method: 'POST',
			url: `${baseUrlOf(credentials)}/api/v1/token`,
			headers: { 'Content-Type': type, Accept: 'application/json' },
			body,
			disableFollowRedirect: true,
			returnFullResponse: true,
		})) as TokenReply;
	const reply = await post('application/x-www-form-urlencoded', new URLSearchParams(fields).toString()).catch(
		async (error: unknown) => {
			if (!isUnread(error)) throw error;
			return await post('application/json', JSON.stringify(fields));
		},
	);
	const { access_token: value, expires_in: seconds = USUAL_LIFETIME } = Object(reply.body) as typeof reply.body;
	if (typeof value !== 'string' || value === '') {
		throw Object.assign(new Error(), {
			response: { status: reply.statusCode, headers: reply.headers, data: reply.body },
		});
	}
	return { value, lifetime: Number(seconds) * 1000 };
}

function ask(helpers: IHttpRequestHelper['helpers'], credentials: ICredentialDataDecryptedObject): Grant {
	const grant = { until: Infinity } as Grant;
	grant.token = requestToken(helpers, credentials).then(
		({ value, lifetime }) => {
			grant.value = value;
			grant.until = Date.now() + lifetime - Math.min(LONGEST_MARGIN, lifetime / 10);
			return value;
		},
		(cause) => {
			const { isRefused, error } = tokenError(cause as LoginError, hostOf(baseUrlOf(credentials)));
			grant.until = isRefused ? Date.now() + REFUSAL_REMEMBERED : 0;
			throw error;
		},
	);
	return grant;
}

/** Adds the token, which `preAuthentication` has put among the credentials. */
const authenticate: IAuthenticate = async (credentials, request) => {
	if (request.headers?.['Cache-Control'] === 'no-cache' && !justProven.has(credentials)) {
		// A remembered token proves nothing: n8n takes this for an expired one and asks for another.
		throw Object.assign(new Error('The access token is to be renewed'), { response: { status: 401 } });
	}
	const headers = { ...request.headers, Authorization: `Bearer ${String(credentials.accessToken)}` };
	return { ...request, headers } satisfies IHttpRequestOptions;
};

/** OAuth 2.0 client credentials of a machine account at Topgeschenken. */
export class TopgeschenkenApi implements ICredentialType {
	name = 'topgeschenkenApi';

	displayName = 'Topgeschenken API';

	documentationUrl = 'https://github.com/n8n-nodes-dutch-commerce/n8n-nodes-dutch-commerce/blob/main/docs/topgeschenken.md#credential';

	icon: Icon = {
		light: 'file:../nodes/Topgeschenken/topgeschenken.svg',
		dark: 'file:../nodes/Topgeschenken/topgeschenken.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description:
				'Given to you by Topgeschenken, also called user name. Ask for a machine account that is coupled to your company: with any other one lists stay empty.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Given to you by Topgeschenken together with the client ID, also called password',
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'options',
			options: [
				{ name: 'Dutch', value: 'nl_NL' },
				{ name: 'English', value: 'en_US' },
			],
			default: 'nl_NL',
			description: 'Language of product names and other texts, unless a node sets another one',
		},
		{
			displayName: 'Requests at a Time',
			name: 'requestsAtATime',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20 },
			default: 8,
			description:
				'How many requests may be under way at the same time, over all workflows. Topgeschenken states no limit; a few at a time adapt themselves to the speed of its server.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: `e.g. ${DEFAULT_BASE_URL}`,
			description: 'Only for a test server. Without /api/v1 at the end.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * Called by n8n when there is no token and after a 401, then with the refused token still in place.
	 * It sets the token on the credentials at hand and returns nothing, so that no token is ever stored.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		checkBase(baseUrlOf(credentials));
		const key = keyOf(credentials);
		let grant = grants.get(key);
		if (grant === undefined || grant.until <= Date.now() || (grant.value && grant.value === credentials.accessToken)) {
			for (const [other, { until }] of grants) if (until <= Date.now()) grants.delete(other);
			grant = ask(this.helpers, credentials);
			grants.set(key, grant);
		}
		if (grant.until === Infinity) justProven.add(credentials);
		credentials.accessToken = await grant.token;
		return {};
	}

	authenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ($credentials.baseUrl || "").trim().replace(/\\/+$/, "").replace(/\\/api\\/v1$/, "") || "${DEFAULT_BASE_URL}" }}`,
			// The catalogue is never empty for a company; orders may be.
			url: '/api/v1/catalog/products',
			qs: { page_items: 1 },
			headers: { Accept: 'application/ld+json', 'Cache-Control': 'no-cache' },
			json: true,
			disableFollowRedirect: true,
		},
		// n8n takes both kinds of rules in one list; its type does not.
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Topgeschenken gave a token and then refused it: ask Topgeschenken about this client ID',
				},
			},
			{ type: 'responseCode', properties: { value: 403, message: ANONYMOUS } },
			{
				type: 'responseCode',
				properties: { value: 404, message: 'This is not the API of Topgeschenken: check the base URL' },
			},
			{
				type: 'responseCode',
				properties: { value: 503, message: 'Topgeschenken is down for maintenance: test again later' },
			},
			{ type: 'responseSuccessBody', properties: { key: 'hydra:totalItems', value: 0, message: ANONYMOUS } },
			{ type: 'responseSuccessBody', properties: { key: 'totalItems', value: 0, message: ANONYMOUS } },
		] as unknown as ICredentialTestRequest['rules'],
	};
}
