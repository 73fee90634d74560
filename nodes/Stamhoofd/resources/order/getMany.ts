import { operation } from '../../../operation/operation';
import { webshopLocator } from '../../fields';
import { simplifyOrder } from '../../simplify';
import { askForWebshop, filters, listOrders, withWebshopName } from './filters';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many orders',
	description: 'List the orders of a webshop, the newest first',
	request: 'GET /webshop/orders',
	input: { webshopId: webshopLocator, filters },
	list: ({ webshopId, filters: given }, call) => listOrders(webshopId, given, call, call.limit),
	notFound: askForWebshop,
	complete: withWebshopName,
	simplify: simplifyOrder,
});
