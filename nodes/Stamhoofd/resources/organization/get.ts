import { operation } from '../../../operation/operation';
import { readOrganization } from '../../organization';
import { simplifyOrganization } from '../../simplify';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get organization',
	description: 'Get the organization that the credential belongs to',
	request: 'GET /organization',
	input: {},
	answer: readOrganization,
	simplify: simplifyOrganization,
});
