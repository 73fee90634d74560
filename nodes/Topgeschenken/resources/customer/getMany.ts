import { commonFilters } from '../../filters';
import { getMany as getManyOf } from '../../reading';
import { plain } from '../../simplify';

export const getMany = getManyOf(
	{ name: 'Get Many', value: 'getAll', action: 'Get many customers', description: 'List the customers that you may see' },
	{ kind: 'customer', filters: commonFilters, simplify: plain, links: true },
);
