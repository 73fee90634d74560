import { lowerCase } from 'lodash';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { faultLines } from '../transport/errors';
import type { ApiRequest, Explanation, Failure, Platform } from '../transport/platform';
import { otherPath, thingAt } from './references';

const DEFAULT_BASE_URL = 'https://api.topgeschenken.nl';

export const ANONYMOUS =
	'Topgeschenken does not show this to your account: its token is anonymous, so ask Topgeschenken to couple your machine account to your company';

/** A company's own account is refused too where something is not its own. */
const FORBIDDEN =
	'Topgeschenken does not give your account access to this: it is not yours, or your token is anonymous, and then ask Topgeschenken to couple your machine account to your company';

function textOf(value: unknown): string | undefined {
	// An error may repeat the header it complains about.
	return typeof value === 'string' && value !== '' ? value.replace(/Bearer\s+\S+/gi, 'Bearer ***') : undefined;
}

/**
 * The faults that an answer names, by field where it does. The manual shows no error body; these are the forms that the
 * software behind the API (API Platform) and OAuth 2.0 use: hydra:Error, a list of violations, RFC 7807, OAuth, message.
 */
export function faultsOf(body: unknown): Array<{ field?: string; text: string }> {
	const answer = Object(body) as IDataObject;
	const violations = answer.violations;
	if (Array.isArray(violations) && violations.length > 0) {
		return (violations as IDataObject[]).map(({ propertyPath, message }) => ({
			field: textOf(propertyPath),
			text: textOf(message) ?? 'is not valid',
		}));
	}
	const { detail, title, message, error, error_description: description } = answer;
	const text = [answer['hydra:description'], detail, description, message, answer['hydra:title'], title, error].map(textOf);
	return text.filter((one) => one !== undefined).slice(0, 1).map((one) => ({ text: one }));
}

/** What does not exist, as far as the request tells. */
function unknownMessage({ url, body }: ApiRequest): string {
	const { kind, uuid } = thingAt(url) ?? {};
	if (kind === 'cart') {
		return `There is no open cart with the ID ${uuid}: check the ID, and look with Order > Get Many for one that was finalized`;
	}
	if (kind !== undefined) return `There is no ${lowerCase(kind)} with the ID ${uuid}: check the ID`;
	return body === undefined
		? 'Topgeschenken does not know this list: check the base URL in the credential'
		: 'Topgeschenken does not know something that this names: check the IDs of the cart, the products and the cards';
}

function messageOf({ reply, notSent }: Failure, faults: ReturnType<typeof faultsOf>, request: ApiRequest): string | undefined {
	const status = reply?.statusCode;
	if (notSent && status !== undefined) {
		return [400, 401, 403].includes(status)
			? 'Topgeschenken does not accept the client ID or the client secret: check both in the credential'
			: `Topgeschenken gave no access token (HTTP ${status}): check the base URL in the credential, or try again later`;
	}
	if (status === 403) return FORBIDDEN;
	if (status === 404) return unknownMessage(request);
	if (status === 405) return 'Topgeschenken does not offer this operation: its manual does not describe it fully';
	if ((status === 400 || status === 422) && faults.length > 0) {
		const lines = faults.map(({ field, text }) => (field ? `${field}: ${text}` : text));
		return `Topgeschenken refused this, so correct it and run again: ${lines.join('; ')}`;
	}
	return undefined;
}

function explain(failure: Failure, _: ICredentialDataDecryptedObject, request: ApiRequest): Explanation {
	const faults = faultsOf(failure.reply?.body);
	return { message: messageOf(failure, faults, request), description: faultLines(faults) };
}

/** A company orders as one account, however many nodes do so; the base URL keeps a test server apart. */
function baseUrl({ baseUrl: own }: ICredentialDataDecryptedObject): string {
	return (String(own ?? '').trim() || DEFAULT_BASE_URL).replace(/\/+$/, '').replace(/\/api\/v1$/, '');
}

export const topgeschenken: Platform = {
	name: 'Topgeschenken',
	credentialType: 'topgeschenkenApi',
	secrets: ['clientSecret', 'accessToken'],
	baseUrl,
	account: (credentials) => `${baseUrl(credentials)} ${String(credentials.clientId)}`,
	// The manual states no limit, so only the number of requests at a time is kept low.
	windows: ({ requestsAtATime }) => [{ requests: Math.max(1, Number(requestsAtATime) || 8), milliseconds: 0 }],
	usesToken: true,
	otherUrl: otherPath,
	explain,
	howToCheck: 'look for it with Cart > Get Many and Order > Get Many',
};
