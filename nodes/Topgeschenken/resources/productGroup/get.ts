import { productGroupLocator } from '../../fields';
import { getOne } from '../../reading';
import { plain } from '../../simplify';

export const get = getOne(
	{ name: 'Get', value: 'get', action: 'Get product group', description: 'Get one product group' },
	{ kind: 'productGroup', name: 'productGroupId', field: productGroupLocator({ displayName: 'Product Group' }), simplify: plain },
);
