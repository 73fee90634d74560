import { returnAllAndLimit, simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readOrganization } from '../../organization';
import { simplifyWebshop } from '../../simplify';

export const getMany: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many webshops',
	description: 'List the webshops of the organization',
	request: { method: 'GET', url: '/organization' },
	fields: [...returnAllAndLimit, simplifyField],
	readPage: (reply) => ({ records: readOrganization(reply).webshops }),
	simplify: simplifyWebshop,
};
