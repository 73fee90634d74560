import type { Resource } from '../../../operation/operation';
import { addSale } from '../../adding';
import { ENTITIES } from '../../entities';
import { deleteOne, getMany, getOne } from '../../reading';

export const order: Resource = {
	name: 'Order',
	value: 'order',
	operations: [
		addSale('order', { action: 'Add order', description: 'Hand an order over to bookkeeping, once' }),
		getOne(ENTITIES.order, 'GET /orderapi/readorderbyid'),
		getMany(ENTITIES.order, 'GET /orderapi/listorders'),
		deleteOne(ENTITIES.order, 'DELETE /orderapi/deleteorder/{id}'),
	],
};
