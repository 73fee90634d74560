import { productLocator } from '../../fields';
import { getOne } from '../../reading';
import { plain } from '../../simplify';

export const get = getOne(
	{ name: 'Get', value: 'get', action: 'Get product', description: 'Get one product, with its description and what can be ordered of it' },
	{ kind: 'product', name: 'productId', field: productLocator({ displayName: 'Product' }), simplify: plain },
);
