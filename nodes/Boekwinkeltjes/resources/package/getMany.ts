import { returnAllAndLimit, simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readList } from '../../answer';
import { requestTo } from '../../paths';
import { simplifyPackage } from '../../simplify';

export const getMany: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many packages',
	description: 'List the packages of the shop',
	fields: [...returnAllAndLimit, simplifyField],
	request: (call) => requestTo('package.getAll', call.credentials, { qs: { page: 1 } }),
	readPage: readList('packages'),
	simplify: simplifyPackage,
};
