import { commonFilters } from '../../filters';
import { getMany as getManyOf } from '../../reading';
import { plain } from '../../simplify';

export const getMany = getManyOf(
	{ name: 'Get Many', value: 'getAll', action: 'Get many product groups', description: 'List the product groups' },
	{ kind: 'productGroup', filters: commonFilters, simplify: plain },
);
