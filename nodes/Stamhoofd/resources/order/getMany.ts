import { operation } from '../../../operation/operation';
import { anyWebshop } from '../../fields';
import { simplifyOrder } from '../../simplify';
import { askForWebshop, filters, listOrders, withWebshopName } from './filters';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many orders',
	description: 'List the orders of one or all webshops, the newest first',
	request: 'GET /webshop/orders',
	input: { webshopId: anyWebshop, filters },
	list: ({ webshopId, filters: given }, call) => listOrders(webshopId, given, call, call.limit),
	notFound: askForWebshop,
	complete: withWebshopName,
	simplify: simplifyOrder,
});
