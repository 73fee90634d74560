import { simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readOrganization } from '../../organization';
import { simplifyOrganization } from '../../simplify';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get the organization',
	description: 'Get the organization that the credential belongs to',
	request: { method: 'GET', url: '/organization' },
	fields: [simplifyField],
	readPage: (reply) => ({ records: [readOrganization(reply)] }),
	simplify: simplifyOrganization,
};
