/** What n8n's Test button of a credential does: one request on the way of all others, with the same words if it fails. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { failureBehind } from './errors';
import type { ApiRequest, Platform, Reply, RequestContext } from './platform';
import { send } from './send';

export interface CredentialTest {
	/** A request that any right credential may make. */
	request: ApiRequest | ((credentials: ICredentialDataDecryptedObject) => ApiRequest);
	/** The headers that sign it. */
	sign(credentials: ICredentialDataDecryptedObject): Record<string, string>;
	/** What is said where the service does not know the path of the request. */
	wrongAddress: string;
	/** What is wrong with a credential that the service accepts. */
	fault?(reply: Reply): string | undefined;
}

interface FullResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

export function credentialTest(platform: Platform, { request, sign, wrongAddress, fault }: CredentialTest) {
	return async function (
		this: ICredentialTestFunctions,
		{ data: credentials = {} }: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		// A test has no other helper than this one.
		const { helpers, logger } = this;
		async function signedRequest(_: string, { url: uri, headers, ...options }: IHttpRequestOptions): Promise<FullResponse> {
			const { statusCode, headers: received, body } = (await helpers.request({
				...options,
				uri,
				headers: { ...headers, ...sign(credentials) },
				followRedirect: false,
				resolveWithFullResponse: true,
				simple: false,
			})) as FullResponse;
			if (statusCode < 300) return { statusCode, headers: received, body };
			throw Object.assign(new Error(), { response: { status: statusCode, headers: received, data: body } });
		}
		const context = {
			logger,
			helpers: { httpRequestWithAuthentication: signedRequest },
			getMode: () => 'internal',
			getNode: () => ({ id: 'test', name: 'Credential test', type: 'credentialTest', typeVersion: 1, position: [0, 0], parameters: {} }),
			getTimezone: () => 'local',
		} as unknown as RequestContext;
		try {
			const asked = typeof request === 'function' ? request(credentials) : request;
			const reply = await send(context, platform, asked, credentials);
			const message = fault?.(reply);
			return message === undefined ? { status: 'OK', message: 'Connection successful!' } : { status: 'Error', message };
		} catch (error) {
			const isUnknown = failureBehind(error)?.reply?.statusCode === 404;
			return { status: 'Error', message: isUnknown ? wrongAddress : (error as Error).message };
		}
	};
}
