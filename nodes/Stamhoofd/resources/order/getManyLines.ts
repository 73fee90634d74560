import { operation } from '../../../operation/operation';
import { anyWebshop } from '../../fields';
import { simplifyLines } from '../../simplify';
import { askForWebshop, filters, listOrders, withWebshopName } from './filters';

export const getManyLines = operation({
	name: 'Get Many Lines',
	value: 'getManyLines',
	action: 'Get lines of many orders',
	description: 'List one item for each line of the orders of one or all webshops, for a packing list; all that pass the filters',
	request: 'GET /webshop/orders',
	input: { webshopId: anyWebshop, filters },
	async send({ webshopId, filters: given }, call) {
		const orders = await call.collect(listOrders(webshopId, given, call, Infinity));
		const named = await Promise.all(orders.map(async (order) => await withWebshopName(order, call)));
		return named.flatMap((order) => simplifyLines(order, call.credentials));
	},
	notFound: askForWebshop,
});
