import type { Resource } from '../../../operation/operation';
import { addSale } from '../../adding';
import { ENTITIES } from '../../entities';
import { deleteOne, getMany, getOne } from '../../reading';

export const receipt: Resource = {
	name: 'Receipt',
	value: 'receipt',
	operations: [
		addSale('receipt', { action: 'Add receipt', description: 'Hand a receipt of a till over to bookkeeping, once' }),
		getOne(ENTITIES.receipt, 'GET /receiptapi/readreceiptbyid'),
		getMany(ENTITIES.receipt, 'GET /receiptapi/listreceipts'),
		deleteOne(ENTITIES.receipt, 'DELETE /receiptapi/deletereceipt/{id}'),
	],
};
