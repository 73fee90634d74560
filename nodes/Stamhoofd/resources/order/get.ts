import { optionalWebshop, orderLocator } from '../../fields';
import { operation } from '../../../operation/operation';
import { findOrder } from '../../orders';
import { simplifyOrder } from '../../simplify';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get order',
	description: 'Get one order by its ID, or by its number in a webshop',
	request: 'GET /webshop/orders',
	input: { order: orderLocator, webshopId: optionalWebshop },
	send: async ({ order, webshopId }, call) => await findOrder(order, webshopId, call),
	notFound: 'Stamhoofd knows no such order that the API key may see: check the order and the webshop',
	simplify: simplifyOrder,
});
