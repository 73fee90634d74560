import { assortmentLocator } from '../../fields';
import { getOne } from '../../reading';
import { simplifyAssortment } from '../../simplify';

export const get = getOne(
	{ name: 'Get', value: 'get', action: 'Get assortment', description: 'Get one assortment with the products in it' },
	{ kind: 'assortment', name: 'assortmentId', field: assortmentLocator({ displayName: 'Assortment' }), simplify: simplifyAssortment },
);
