import { productGroupLocator } from '../../fields';
import { getOne } from '../../reading';
import { plain } from '../../simplify';

export const get = getOne(
	{ name: 'Get', value: 'get', action: 'Get a product group', description: 'Get one product group' },
	{ kind: 'productGroup', field: productGroupLocator, simplify: plain },
);
