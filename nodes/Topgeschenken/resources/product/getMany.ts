import { commonFilters } from '../../filters';
import { getMany as getManyOf } from '../../reading';
import { plain } from '../../simplify';

export const getMany = getManyOf(
	{ name: 'Get Many', value: 'getAll', action: 'Get many products', description: 'List the products of the catalogue' },
	{ kind: 'product', filters: commonFilters, simplify: plain },
);
