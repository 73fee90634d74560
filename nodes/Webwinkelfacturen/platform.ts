import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Explanation, Failure, Platform, Reply } from '../transport/platform';
import { baseUrlOf, loginMessage, textOf } from './account';
import type { LoginFault } from './account';

/** What an answer says of an error: `{ error: 422, errorcode, errormessage, specification }`, and 401 as `errorcode` too. */
interface ApiError {
	error?: unknown;
	errorcode?: unknown;
	errormessage?: unknown;
	specification?: unknown;
}

const errorIn = (body: unknown): ApiError => Object(body) as ApiError;

/** The API's code of a refusal, such as TAX105_NOT_UNIQUE; empty if there is none. */
export function errorCodeOf(failure: Failure | undefined): string {
	const { errorcode } = errorIn(failure?.reply?.body);
	return typeof errorcode === 'string' ? errorcode : '';
}

/** The status that the body reports; errors may come with HTTP 200, a dead token does. */
function failureStatus({ body }: Reply): number | undefined {
	const { error, errorcode } = errorIn(body);
	if (Number(errorcode) === 401) return 401;
	const status = Number(error);
	if (status >= 400 && status <= 599) return status;
	return typeof errorcode === 'string' && errorcode !== '' ? 422 : undefined;
}

/** By how the codes end, since those of sales begin with the kind of sale. */
const REFUSALS: Array<[form: RegExp, message: string]> = [
	[
		/101_TOTALS_NOMATCH$/,
		'Webwinkelfacturen says that totals with VAT, without VAT and VAT do not match, although they do here: report this, with the details',
	],
	[
		/102_TOTALDISCOUNTS_NOMATCH$/,
		'Webwinkelfacturen says that the discounts with VAT, without VAT and their VAT do not match, although they do here: report this, with the details',
	],
	[/100_MISSING_FIELDS$/, 'Webwinkelfacturen misses fields that it needs: fill in what the details name'],
	[/105_NOT_UNIQUE$/, 'Webwinkelfacturen has one with this ID already: use another ID, or leave it as it is'],
	[/110_DUPLICATE_PERC_CTRY$/, 'Webwinkelfacturen has a tax rate of this percentage for this country already, and takes no second one'],
	[/^SIGNATURE/, 'Webwinkelfacturen does not accept the signature: check the client secret in the credential, and the clock of this computer'],
];

const LOGIN_FAULTS: LoginFault[] = ['no_login', 'code_refused', 'login_ended', 'invalid_client', 'other'];

function messageOf({ reply, code, notSent }: Failure, credentials: ICredentialDataDecryptedObject, text: string): string | undefined {
	const { error, errorcode } = errorIn(reply?.body);
	if (notSent) {
		const fault = LOGIN_FAULTS.find((known) => known === (error ?? code));
		return fault && loginMessage(fault, credentials);
	}
	if (!reply) return undefined;
	const refusal = REFUSALS.find(([form]) => form.test(String(errorcode ?? '')));
	if (refusal) return refusal[1];
	if (reply.statusCode === 404) {
		return 'Webwinkelfacturen has nothing with this ID: check the ID. A sale that has been booked is no longer there.';
	}
	const isRefused = reply.statusCode >= 400 && reply.statusCode < 500 && ![401, 403, 429].includes(reply.statusCode);
	return isRefused && text !== '' ? `Webwinkelfacturen refused this, so correct it and run again: ${text}` : undefined;
}

function explain(failure: Failure, credentials: ICredentialDataDecryptedObject): Explanation {
	const { errorcode, errormessage, specification } = errorIn(failure.reply?.body);
	const words = [errormessage, specification].filter((text): text is string => typeof text === 'string' && text !== '');
	const code = typeof errorcode === 'string' ? [errorcode] : [];
	return {
		message: messageOf(failure, credentials, words.join('. ')),
		description: [...code, ...words].join(': ') || undefined,
	};
}

export const webwinkelfacturen: Platform = {
	name: 'Webwinkelfacturen',
	credentialType: 'webwinkelfacturenApi',
	secrets: ['clientSecret', 'accessToken', 'refreshToken'],
	baseUrl: baseUrlOf,
	account: (credentials) => `${baseUrlOf(credentials)} ${textOf(credentials, 'clientId')}`,
	// No limit is stated, so only the number of requests at a time is kept low.
	windows: ({ requestsAtATime }) => [{ requests: Math.max(1, Number(requestsAtATime) || 4), milliseconds: 0 }],
	usesToken: true,
	failureStatus,
	explain,
	howToCheck: 'look for it with Get, and in your bookkeeping,',
};

/** The records of an answer, whose `data` is a list, an object, or false where nothing was found. */
export function recordsIn({ body }: Reply): IDataObject[] {
	const { data } = Object(body) as { data?: unknown };
	return [data].flat().filter((one): one is IDataObject => typeof one === 'object' && one !== null && Object.keys(one).length > 0);
}
