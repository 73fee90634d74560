import type { IDataObject } from 'n8n-workflow';

import { choice, text } from '../../../input';
import { operation } from '../../../operation/operation';
import { listAt } from '../../filter';
import { onCurrentLine } from '../../platform';
import { simplifyInvoice } from '../../records';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get invoice',
	description: 'Get one invoice or credit note, by its number or ID',
	request: 'GET /invoices',
	input: {
		findBy: choice({
			required: true,
			options: [
				{ name: 'Number', value: 'number' },
				{ name: 'ID', value: 'id' },
			],
			description: 'What you know of the invoice; a payment gives its invoice ID',
		}),
		invoice: text({ required: true, longest: 100, placeholder: 'e.g. 2026-0001', description: 'Number or ID of the invoice' }),
	},
	prepare: onCurrentLine,
	send: async ({ findBy, invoice }, call): Promise<IDataObject[]> =>
		await call.collect(listAt('/invoices', { conditions: [{ [findBy]: findBy === 'id' ? invoice.toLowerCase() : invoice }] }), 1),
	notFound: 'Stamhoofd has no such invoice: check the number or ID. A payment that is not invoiced has no invoice ID.',
	simplify: simplifyInvoice,
});
