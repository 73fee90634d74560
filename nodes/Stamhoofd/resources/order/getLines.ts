import { operation } from '../../../operation/operation';
import { optionalWebshop, orderLocator } from '../../fields';
import { findOrder } from '../../orders';
import { simplifyLines } from '../../simplify';

export const getLines = operation({
	name: 'Get Lines',
	value: 'getLines',
	action: 'Get lines of order',
	description: 'Get one item for each line of an order, for a sheet or a packing list',
	request: 'GET /webshop/orders',
	input: { order: orderLocator, webshopId: optionalWebshop },
	send: async ({ order, webshopId }, call) =>
		(await findOrder(order, webshopId, call)).flatMap((one) => simplifyLines(one, call.credentials)),
	notFound: 'Stamhoofd knows no such order that the API key may see: check the order and the webshop',
});
