import { assortmentLocator } from '../../fields';
import { getOne } from '../../reading';
import { plain } from '../../simplify';

export const get = getOne(
	{ name: 'Get', value: 'get', action: 'Get an assortment', description: 'Get one assortment with the products in it' },
	{ kind: 'assortment', field: assortmentLocator, simplify: plain },
);
