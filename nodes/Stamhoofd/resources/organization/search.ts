import type { IDataObject } from 'n8n-workflow';

import { collection, text, wholeNumber } from '../../../input';
import { operation } from '../../../operation/operation';
import type { Platform } from '../../../transport/platform';
import { send } from '../../../transport/send';
import { NEWEST_VERSION, stamhoofd } from '../../platform';
import { simplifyOrganization } from '../../simplify';

const ADDRESS = 'https://api.stamhoofd.app';

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

/** Each item may ask another address, so each brings the platform that it asks. */
export const search = operation({
	platform: directoryAt(ADDRESS),
	name: 'Search',
	value: 'search',
	action: 'Search organizations',
	description: 'Find organizations and their IDs by name; needs no credential',
	request: 'GET /organizations/search',
	input: {
		query: text({
			displayName: 'Name',
			required: true,
			placeholder: 'e.g. Scouts Gent',
			description: 'Part of the name of the organization (vereniging)',
		}),
		limit: wholeNumber({ default: 50, from: 1, required: true, description: 'Max number of results to return' }),
		options: collection({
			placeholder: 'Add Option',
			fields: {
				apiVersion: wholeNumber({ displayName: 'API Version', from: 1, default: NEWEST_VERSION, description: 'Version of the API to ask' }),
				baseUrl: text({ displayName: 'Base URL', default: ADDRESS, description: 'Only for a test server or a server of your own' }),
			},
		}),
	},
	async send({ query, limit, options }, call) {
		const { apiVersion = NEWEST_VERSION, baseUrl = ADDRESS } = options;
		const directory = directoryAt(baseUrl.replace(/\/+$/, ''));
		const { body } = await send(call.context, directory, call.request({ qs: { query } }), { apiVersion: String(apiVersion) });
		return (body as IDataObject[]).slice(0, limit);
	},
	simplify: simplifyOrganization,
});
