import type { Resource } from '../../../operation/operation';
import { addSale } from '../../adding';
import { ENTITIES } from '../../entities';
import { deleteOne, getMany, getOne } from '../../reading';

export const closure: Resource = {
	name: 'Closure',
	value: 'closure',
	operations: [
		addSale('closure', { action: 'Add closure', description: 'Hand the closure of a day over to bookkeeping, once' }),
		getOne(ENTITIES.closure, 'GET /closureapi/readclosurebyid'),
		getMany(ENTITIES.closure, 'GET /closureapi/searchclosures'),
		deleteOne(ENTITIES.closure, 'DELETE /closureapi/deleteclosure/{id}'),
	],
};
