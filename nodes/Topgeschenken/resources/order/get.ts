import { orderLocator } from '../../fields';
import { getOne } from '../../reading';
import { simplifyOrder } from '../../simplify';

export const get = getOne(
	{
		name: 'Get',
		value: 'get',
		action: 'Get an order',
		description: 'Get one order with its lines, VAT, address and delivery status',
	},
	{ kind: 'order', field: orderLocator, simplify: simplifyOrder, links: true },
);
