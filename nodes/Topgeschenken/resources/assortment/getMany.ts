import { createdSince, search, updatedSince, uuids } from '../../filters';
import { getMany as getManyOf } from '../../reading';
import { simplifyAssortment } from '../../simplify';

export const getMany = getManyOf(
	{ name: 'Get Many', value: 'getAll', action: 'Get many assortments', description: 'List the assortments, such as baby and kids or get well soon' },
	{ kind: 'assortment', filters: { createdSince, uuids, search, updatedSince }, simplify: simplifyAssortment },
);
