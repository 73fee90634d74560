import { choice, collection, moment, text } from '../../../input';
import type { Optional } from '../../../input';
import { before, from } from '../../filter';
import type { Condition } from '../../filter';

const fields = {
	createdAfter: moment({ description: 'Only invoices made at this moment or later' }),
	invoicedAfter: moment({ displayName: 'Invoice Date From', description: 'Only invoices with this date or a later one' }),
	invoicedBefore: moment({ displayName: 'Invoice Date Before', description: 'Only invoices with a date before this one' }),
	search: text({ description: 'Part of the name of the customer or company, of the e-mail address (with its @), or of a line' }),
	type: choice({
		options: [
			{ name: 'Invoice', value: 'Invoice' },
			{ name: 'Credit Note', value: 'CreditNote' },
		],
		description: 'Only invoices or only credit notes',
	}),
};

export const filters = collection({ displayName: 'Filters', placeholder: 'Add Filter', fields });

export function conditionsOf({ createdAfter, invoicedAfter, invoicedBefore, type }: Optional<typeof fields>): Condition[] {
	return [
		from('createdAt', createdAfter),
		from('invoicedAt', invoicedAfter),
		before('invoicedAt', invoicedBefore),
		type === undefined ? undefined : { totalWithVAT: type === 'CreditNote' ? { $lt: 0 } : { $gte: 0 } },
	];
}
