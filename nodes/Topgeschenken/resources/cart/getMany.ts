import { createdSince, updatedSince } from '../../filters';
import { getMany as getManyOf } from '../../reading';
import { simplifyCart } from '../../simplify';

export const getMany = getManyOf(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many carts',
		description: 'List the carts that are still open: not finalized yet, or waiting to be turned into orders',
	},
	{ kind: 'cart', filters: { createdSince, updatedSince }, simplify: simplifyCart, links: true },
);
