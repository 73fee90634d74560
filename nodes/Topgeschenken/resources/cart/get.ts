import { cartLocator } from '../../fields';
import { getOne } from '../../reading';
import { simplifyCart } from '../../simplify';

export const get = getOne(
	{ name: 'Get', value: 'get', action: 'Get a cart', description: 'Get one cart with the orders in it' },
	{ kind: 'cart', field: cartLocator, simplify: simplifyCart, links: true },
);
