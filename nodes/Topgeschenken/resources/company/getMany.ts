import { commonFilters } from '../../filters';
import { getMany as getManyOf } from '../../reading';
import { plain } from '../../simplify';

export const getMany = getManyOf(
	{ name: 'Get Many', value: 'getAll', action: 'Get many companies', description: 'List the companies that you may see' },
	{ kind: 'company', filters: commonFilters, simplify: plain, links: true },
);
