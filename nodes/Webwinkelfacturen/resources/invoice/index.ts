import type { Resource } from '../../../operation/operation';
import { addSale } from '../../adding';
import { ENTITIES } from '../../entities';
import { deleteOne, getMany, getOne } from '../../reading';

export const invoice: Resource = {
	name: 'Invoice',
	value: 'invoice',
	operations: [
		addSale('invoice', { action: 'Add invoice', description: 'Hand an invoice over to bookkeeping, once' }),
		getOne(ENTITIES.invoice, 'GET /invoiceapi/readinvoicebyid'),
		getMany(ENTITIES.invoice, 'GET /invoiceapi/listinvoices'),
		deleteOne(ENTITIES.invoice, 'DELETE /invoiceapi/deleteinvoice/{id}'),
	],
};
