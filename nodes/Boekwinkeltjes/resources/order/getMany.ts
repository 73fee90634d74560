import { returnAllAndLimit, simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readList } from '../../answer';
import { requestTo } from '../../paths';
import { simplifyOrder } from '../../simplify';
import { filterField, orderFilters } from './filters';

export const getMany: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many orders',
	description: 'List orders. The list does not give the e-mail address of the buyer; Get does.',
	fields: [...returnAllAndLimit, simplifyField, filterField],
	request(call) {
		const { qs, keep } = orderFilters(call.parameter('filters', {}));
		return { request: requestTo('order.getAll', call.credentials, { qs: { page: 1, ...qs } }), keep };
	},
	readPage: readList('orders'),
	simplify: simplifyOrder,
};
