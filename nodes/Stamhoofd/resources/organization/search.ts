import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import { simplifyField } from '../../../operation/legacy';
import type { BatchOperation, Call } from '../../../operation/legacy';
import type { Platform } from '../../../transport/platform';
import { send } from '../../../transport/send';
import { stamhoofd } from '../../platform';
import { simplifyOrganization } from '../../simplify';

interface Search {
	query: string;
	limit: number;
	baseUrl: string;
	apiVersion: string;
}

/** The address that is not of one organization, and wants no key (manual). */
function directoryAt(baseUrl: string): Platform {
	return {
		...stamhoofd,
		credentialType: undefined,
		secrets: [],
		baseUrl: ({ apiVersion }) => `${baseUrl}/v${String(apiVersion)}`,
		account: () => baseUrl,
	};
}

async function find({ query, limit, baseUrl, apiVersion }: Search, call: Call): Promise<IDataObject[]> {
	const request = { url: '/organizations/search', qs: { query } };
	const { body } = await send(call.context, directoryAt(baseUrl), request, { apiVersion });
	const found = (body as IDataObject[]).slice(0, limit);
	return call.parameter<boolean>('simplify', true) ? found.map(simplifyOrganization) : found;
}

/** A batch only in form: each item may ask another address, so each brings the platform that it asks. */
export const search: BatchOperation<Search> = {
	platform: directoryAt('https://api.stamhoofd.app'),
	name: 'Search',
	value: 'search',
	action: 'Search organizations',
	description: 'Find organizations and their IDs by name; needs no credential',
	fields: [
		{
			displayName: 'Name',
			name: 'query',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'Scouts Gent',
			description: 'Part of the name of the organization (vereniging)',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
		},
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'API Version',
					name: 'apiVersion',
					type: 'number',
					default: 398,
					description: 'Version of the API to ask',
				},
				{
					displayName: 'Base URL',
					name: 'baseUrl',
					type: 'string',
					default: 'https://api.stamhoofd.app',
					description: 'Only for a test server or a server of your own',
				},
			],
		},
	],
	read(call) {
		const query = call.parameter<string>('query', '').trim();
		if (query === '') throw new InvalidInput('Fill in a part of the name to search for');
		const { apiVersion = 398, baseUrl = 'https://api.stamhoofd.app' } = call.parameter<{
			apiVersion?: number;
			baseUrl?: string;
		}>('options', {});
		return {
			query,
			limit: call.parameter<number>('limit'),
			baseUrl: baseUrl.trim().replace(/\/+$/, ''),
			apiVersion: String(apiVersion),
		};
	},
	async runAll(searches, calls) {
		const outcomes = await Promise.allSettled(searches.map(async (one, position) => await find(one, calls[position])));
		return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as Error)));
	},
};
