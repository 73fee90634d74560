import type { Resource } from '../../../operation/operation';
import { addSale } from '../../adding';
import { ENTITIES } from '../../entities';
import { deleteOne, getMany, getOne } from '../../reading';

export const refund: Resource = {
	name: 'Refund',
	value: 'refund',
	operations: [
		addSale('refund', { action: 'Add refund', description: 'Hand a credit note over to bookkeeping, once' }),
		getOne(ENTITIES.refund, 'GET /refundapi/readrefundbyid'),
		getMany(ENTITIES.refund, 'GET /refundapi/listrefunds'),
		deleteOne(ENTITIES.refund, 'DELETE /refundapi/deleterefund/{id}'),
	],
};
