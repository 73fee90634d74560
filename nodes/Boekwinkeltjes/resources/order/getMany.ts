import { collection } from '../../../input';
import { operation } from '../../../operation/operation';
import { readList } from '../../answer';
import { at } from '../../paths';
import { simplifyOrder } from '../../simplify';
import { orderFilters, orderQuery, sortBy } from './filters';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many orders',
	description: 'List orders. The list does not give the e-mail address of the buyer; Get does.',
	...at('order.getAll'),
	input: {
		filters: collection({ placeholder: 'Add Filter', fields: orderFilters }),
		sort: collection({ placeholder: 'Add Sort', fields: { sortBy } }),
	},
	list({ filters, sort }, call) {
		const { qs, keep } = orderQuery(filters);
		return { request: call.request({ qs: { page: 1, sort: sort.sortBy, ...qs } }), keep, readPage: readList('orders') };
	},
	simplify: simplifyOrder,
});
