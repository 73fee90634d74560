import { orderLocator } from '../../fields';
import { getOne } from '../../reading';
import { simplifyOrder } from '../../simplify';

export const get = getOne(
	{
		name: 'Get',
		value: 'get',
		action: 'Get order',
		description: 'Get one order with its lines, VAT, address and delivery status',
	},
	{ kind: 'order', name: 'orderId', field: orderLocator({ displayName: 'Order' }), simplify: simplifyOrder, links: true },
);
