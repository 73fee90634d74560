import { omit, uniqBy } from 'lodash';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { faultLines } from '../transport/errors';
import type { ApiRequest, Explanation, Failure, Platform, Reply } from '../transport/platform';
import { statusIn } from './answer';
import { BASE_URLS, isInferred, routeOf } from './paths';

/** Requests a second, where the credential sets none that makes sense. No limit is published. */
const DEFAULT_PACE = 3;

interface Fault {
	field?: string;
	text: string;
}

/** Members of an error answer that hold what is wrong, and are no field of a record. */
const WRAPPERS = ['message', 'error', 'errors', 'detail', 'data', 'title'];

/** The texts in an error answer, whose form is not documented: one text, a list, or texts by field. */
function faultsIn(value: unknown, field?: string): Fault[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [{ field, text: value.trim() }];
	if (Array.isArray(value)) return value.flatMap((one) => faultsIn(one, field));
	if (typeof value !== 'object' || value === null) return [];
	const { field: named, ...members } = value as IDataObject;
	const own = typeof named === 'string' ? named : field;
	return Object.entries(members).flatMap(([name, member]) => faultsIn(member, WRAPPERS.includes(name) ? own : name));
}

function explain({ reply }: Failure, _: ICredentialDataDecryptedObject, request: ApiRequest): Explanation {
	const body = typeof reply?.body === 'object' ? omit(reply.body as IDataObject, 'status', 'code') : undefined;
	const faults = uniqBy(faultsIn(body), ({ field, text }) => `${field}: ${text}`);
	const description = faultLines(faults);
	switch (reply?.statusCode) {
		case 401:
		case 403:
			return {
				message:
					'Boekwinkeltjes does not accept this API key: check the key and the environment in the credential, or ask customer service (klantenservice) for a key',
				description,
			};
		case 404:
		case 405:
			return {
				message: isInferred(request)
					? 'Boekwinkeltjes does not know this ID or this address: check the ID, and if it is right ask customer service for the path of this operation and set it under Other Paths in the credential'
					: undefined,
				description,
			};
		default: {
			const isRefusal = reply !== undefined && reply.statusCode >= 400 && reply.statusCode < 429;
			return {
				message: isRefusal && description ? `Boekwinkeltjes refused this: ${description.replaceAll('\n', '; ')}` : undefined,
				description: isRefusal ? undefined : description,
			};
		}
	}
}

/** An answer `{ status, data }` reports a failure by its own status, even under HTTP 200 (stated). */
function failureStatus({ body }: Reply): number | undefined {
	const status = statusIn(body);
	return status !== undefined && status >= 400 ? status : undefined;
}

function baseUrl({ environment, baseUrl: own }: ICredentialDataDecryptedObject): string {
	return BASE_URLS[String(environment)] ?? String(own ?? '').trim().replace(/\/+$/, '');
}

export const boekwinkeltjes: Platform = {
	name: 'Boekwinkeltjes',
	credentialType: 'boekwinkeltjesApi',
	secrets: ['apiKey'],
	baseUrl,
	account: (credentials) => `${baseUrl(credentials)} ${String(credentials.apiKey)}`,
	windows({ requestsPerSecond }) {
		const pace = Number(requestsPerSecond) > 0 ? Number(requestsPerSecond) : DEFAULT_PACE;
		return [pace < 1 ? { requests: 1, milliseconds: 1000 / pace } : { requests: Math.floor(pace), milliseconds: 1000 }];
	},
	route: routeOf,
	failureStatus,
	explain,
	howToCheck: 'look in your shop whether it was done',
};
