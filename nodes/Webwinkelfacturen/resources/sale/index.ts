import type { Resource } from '../../../operation/operation';
import { addSale } from '../../adding';

export const sale: Resource = {
	name: 'Sale',
	value: 'sale',
	operations: [
		addSale(undefined, {
			action: 'Add sale',
			description: 'Hand a sale over to bookkeeping, once, as the order, invoice, refund, receipt or day closure that it is',
		}),
	],
};
