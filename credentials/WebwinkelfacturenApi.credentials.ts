import { createHash } from 'crypto';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { connectionMessage, hostOf } from '../nodes/transport/errors';
import { failureOf, loginFailure } from '../nodes/transport/failure';
import type { LoginError } from '../nodes/transport/failure';
import { TOKEN_REFUSED_AT } from '../nodes/transport/platform';
import { remember } from '../nodes/transport/remember';
import { checkBase } from '../nodes/transport/url';
import { baseUrlOf, DEFAULT_BASE_URL, loginMessage, textOf } from '../nodes/Webwinkelfacturen/account';
import type { LoginFault } from '../nodes/Webwinkelfacturen/account';
import { signed } from '../nodes/Webwinkelfacturen/signing';

/** Milliseconds; many items with a wrong secret must not become as many tries to log in. */
const REFUSAL_REMEMBERED = 10_000;

/** What a code or a refresh token is exchanged for. */
interface Tokens {
	accessToken: string;
	refreshToken: string;
}

interface Exchange {
	tokens: Promise<Tokens>;
	/** Milliseconds since 1970 until when the answer is remembered. */
	until: number;
}

/**
 * A code or a refresh token serves once, so the first answer is the answer, however many requests ask for it at the same
 * time or with a credential that n8n read before it was replaced. By account and what was handed in, as hashes.
 */
const exchanges = new Map<string, Exchange>();

/** By access token, as a hash, `performance.now()` when it came. */
const obtained = new Map<string, number>();

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The error that n8n shows, with what happened for the node. */
function loginError(fault: LoginFault, credentials: ICredentialDataDecryptedObject, { code, response }: LoginError = {}) {
	const data = { error: fault };
	const reply = response ?? (fault === 'no_login' ? { status: 401, headers: {} } : undefined);
	// Another n8n process may have spent the refresh token, and then the credential holds a new one in a moment: as if there
	// were no answer, so that it is tried again.
	const beforeSending = fault === 'login_ended' ? { code: fault } : { code: reply ? fault : code, response: reply && { ...reply, data } };
	const isUnanswered = fault === 'other' && response === undefined;
	const message = isUnanswered
		? connectionMessage('Webwinkelfacturen', failureOf({ code, response }, 0), hostOf(baseUrlOf(credentials)))
		: loginMessage(fault, credentials);
	return Object.assign(loginFailure(message, beforeSending), { fault });
}

function faultOf({ response }: LoginError, grant: Record<string, string>): LoginFault {
	const { error } = Object(response?.data) as { error?: unknown };
	if (error === 'invalid_client' || error === 'unauthorized_client') return 'invalid_client';
	// OAuth 2.0 names 400 and 401; under a successful status the body tells it.
	const isRefused = [400, 401, 403].includes(response?.status ?? 0) || typeof error === 'string';
	if (!isRefused) return 'other';
	return grant.code === undefined ? 'login_ended' : 'code_refused';
}

/** @throws the error of `loginError` */
async function askTokens(
	helpers: IHttpRequestHelper['helpers'],
	credentials: ICredentialDataDecryptedObject,
	grant: Record<string, string>,
): Promise<Tokens> {
	const client = { client_id: textOf(credentials, 'clientId'), client_secret: textOf(credentials, 'clientSecret') };
	const form = new URLSearchParams({ ...grant, type: 'external', ...client }).toString();
	try {
		const { statusCode, headers, body } = (await helpers.httpRequest({
			method: 'POST',
			url: `${baseUrlOf(credentials)}/api/token`,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
			body: form,
			json: true,
			disableFollowRedirect: true,
			returnFullResponse: true,
		})) as { statusCode: number; headers: IDataObject; body: unknown };
		const { access_token: accessToken, refresh_token: refreshToken } = Object(body) as IDataObject;
		if (typeof accessToken === 'string' && accessToken !== '') {
			remember(obtained, hash(accessToken), performance.now());
			// A server that gives no other one goes on taking this one.
			return { accessToken, refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : (grant.refresh_token ?? '') };
		}
		throw Object.assign(new Error(), { response: { status: statusCode, headers, data: body } });
	} catch (error) {
		throw loginError(faultOf(error as LoginError, grant), credentials, error as LoginError);
	}
}

async function exchange(
	helpers: IHttpRequestHelper['helpers'],
	credentials: ICredentialDataDecryptedObject,
	grant: Record<string, string>,
): Promise<Tokens> {
	const { clientId, clientSecret } = credentials;
	const key = hash(JSON.stringify([baseUrlOf(credentials), clientId, clientSecret, grant]));
	const known = exchanges.get(key);
	if (known && known.until > Date.now()) return await known.tokens;
	const made: Exchange = { tokens: askTokens(helpers, credentials, grant), until: Infinity };
	remember(exchanges, key, made);
	made.tokens.catch((error: ReturnType<typeof loginError>) => {
		made.until = error.fault === 'other' ? 0 : Date.now() + REFUSAL_REMEMBERED;
	});
	return await made.tokens;
}

/** Adds the token and the signature. n8n calls it once more for the same request when it has got a new token. */
const authenticate: IAuthenticate = async (credentials, request) => {
	const { [TOKEN_REFUSED_AT]: refusedAt, ...headers } = (request.headers ?? {}) as Record<string, string>;
	const token = textOf(credentials, 'accessToken');
	if (refusedAt !== undefined && (obtained.get(hash(token)) ?? 0) <= Number(refusedAt)) {
		// n8n takes this for an expired token and asks for another.
		throw Object.assign(new Error('The access token was refused'), { response: { status: 401 } });
	}
	const authorized = { ...request, headers: { ...headers, Authorization: `Bearer ${token}` } };
	return signed(authorized, textOf(credentials, 'clientSecret'), Date.now());
};

/** OAuth 2.0 with a code that a person brings over, at the API that Webwinkelfacturen calls Wisteria. */
export class WebwinkelfacturenApi implements ICredentialType {
	name = 'webwinkelfacturenApi';

	displayName = 'Webwinkelfacturen API';

	documentationUrl = 'https://github.com/n8n-nodes-dutch-commerce/n8n-nodes-dutch-commerce/blob/main/docs/webwinkelfacturen.md#credential';

	icon: Icon = {
		light: 'file:../nodes/Webwinkelfacturen/webwinkelfacturen.svg',
		dark: 'file:../nodes/Webwinkelfacturen/webwinkelfacturen.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'From the partner dashboard of Webwinkelfacturen',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'From the partner dashboard of Webwinkelfacturen',
		},
		{
			displayName: 'Redirect URL',
			name: 'redirectUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://www.example.com/',
			description:
				'The address that Webwinkelfacturen has on file for your client ID. Any page of yours will do: the code is read off its address.',
		},
		{
			displayName: 'Authorization Code',
			name: 'authorizationCode',
			type: 'string',
			default: '',
			description:
				'Leave it empty and save: the test then shows the address to open. What stands behind "code=" in the address that you come to belongs here. It serves once; after that the login renews itself.',
		},
		{
			displayName: 'Requests at a Time',
			name: 'requestsAtATime',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20 },
			default: 4,
			description: 'How many requests may be under way at the same time, over all workflows. Webwinkelfacturen states no limit.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: `e.g. ${DEFAULT_BASE_URL}`,
			description: 'Only for a test server',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Refresh Token',
			name: 'refreshToken',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Used Code',
			name: 'usedCode',
			type: 'hidden',
			default: '',
		},
	];

	/**
	 * Called by n8n when there is no token, after a 401, and in each test. n8n stores what it returns, so that the next
	 * refresh token is at hand after a restart.
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		checkBase(baseUrlOf(credentials));
		const code = textOf(credentials, 'authorizationCode');
		const usedCode = textOf(credentials, 'usedCode');
		const refreshToken = textOf(credentials, 'refreshToken');
		if (code !== '' && code !== usedCode) {
			const grant = { grant_type: 'authorization_code', code, redirect_url: textOf(credentials, 'redirectUrl') };
			return { ...(await exchange(this.helpers, credentials, grant)), usedCode: code };
		}
		if (refreshToken === '') throw loginError('no_login', credentials);
		const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
		return { ...(await exchange(this.helpers, credentials, grant)), usedCode };
	}

	authenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ($credentials.baseUrl || "").trim().replace(/\\/+$/, "").replace(/\\/api$/, "") || "${DEFAULT_BASE_URL}" }}`,
			url: '/taxapi/readtaxes',
			qs: { page: 0, count: 1 },
			json: true,
			disableFollowRedirect: true,
		},
		// n8n takes both kinds of rules in one list; its type does not.
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: 'Webwinkelfacturen gave a token and then refused it: ask Webwinkelfacturen about this client ID' } },
			{ type: 'responseSuccessBody', properties: { key: 'errorcode', value: 401, message: 'Webwinkelfacturen gave a token and then refused it: ask Webwinkelfacturen about this client ID' } },
			{ type: 'responseCode', properties: { value: 404, message: 'This is not the API of Webwinkelfacturen: check the base URL' } },
		] as unknown as ICredentialTestRequest['rules'],
	};
}
