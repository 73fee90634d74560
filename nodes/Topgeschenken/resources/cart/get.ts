import { cartLocator } from '../../fields';
import { getOne } from '../../reading';
import { simplifyCart } from '../../simplify';

export const get = getOne(
	{ name: 'Get', value: 'get', action: 'Get cart', description: 'Get one cart with the orders in it' },
	{ kind: 'cart', name: 'cartId', field: cartLocator({ displayName: 'Cart' }), simplify: simplifyCart, links: true },
);
