import { operation } from '../../../operation/operation';
import { readOrganization } from '../../organization';
import { simplifyWebshop } from '../../simplify';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many webshops',
	description: 'List the webshops of the organization',
	request: 'GET /organization',
	input: {},
	list: (_, call) => ({ request: call.request(), readPage: (reply) => ({ records: readOrganization(reply).webshops }) }),
	simplify: simplifyWebshop,
});
