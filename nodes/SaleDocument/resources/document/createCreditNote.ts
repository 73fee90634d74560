import { DateTime } from 'luxon';

import { creditNote } from '../../../bookkeeping/creditNote';
import type { Refund } from '../../../bookkeeping/creditNote';
import { cents, choice, code, collection, decimal, groups, record, records, text, timeOfDay, yesNo } from '../../../input';
import { timeOf } from '../../../operation/time';
import { InvalidInput } from '../../../transport/errors';
import { rates, ratesOf } from '../../fields';
import { madeOnce, making, wholeDocument } from '../../pure';

const lineFields = {
	id: code({ displayName: 'Line ID', required: true, description: 'ID of a line of the document, for example 1' }),
	quantity: decimal({ description: 'How many of them; left empty: all that are left', from: -1_000_000, to: 1_000_000 }),
};

export const createCreditNote = making({
	name: 'Create Credit Note',
	value: 'createCreditNote',
	action: 'Create credit note',
	description: 'Make the document of what is paid back of a sale, at the rates at which it was sold. It pays nothing back itself.',
	input: {
		document: record({ required: true, description: 'The sale document that is corrected' }),
		refund: choice<'all' | 'amount' | 'lines'>({
			options: [
				{ name: 'All', value: 'all', description: 'The exact mirror of the sale, or what is left of it' },
				{ name: 'Amount', value: 'amount', description: 'An amount with VAT, spread over what was sold' },
				{ name: 'Lines', value: 'lines', description: 'Chosen lines, at their own rate' },
			],
			description: 'What is paid back',
		}),
		amount: cents({ show: { refund: ['amount'] }, description: 'With VAT' }),
		lines: groups({ name: 'line', groupName: 'Line', displayName: 'Lines', placeholder: 'Add Line', fields: lineFields, show: { refund: ['lines'] } }),
		includeCharges: yesNo({ displayName: 'Include Shipping and Charges', show: { refund: ['lines'] }, description: 'Whether shipping, fees and discounts are paid back as well' }),
		earlier: records({ displayName: 'Earlier Credit Notes', description: 'Credit notes that were made before for this sale, so that together they never exceed it' }),
		options: collection({
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: {
				issuedAt: timeOfDay({ displayName: 'Date', description: 'Date of the credit note; left out: now' }),
				number: code({ displayName: 'Document Number', description: 'Left out: the number of the sale with -C1' }),
				description: text({ description: 'Stands on the lines of an amount' }),
				rates,
			},
		}),
	},
	async make(input, call) {
		const { options, refund: of } = input;
		const own = ratesOf(options.rates);
		const sale = wholeDocument(input.document, { rates: own });
		const earlier = (input.earlier ?? []).map((one) => wholeDocument(one, { rates: own }));
		const lines = (input.lines ?? []).map(({ id, quantity }) => ({ id, quantity: quantity === undefined ? undefined : String(quantity) }));
		if (of === 'amount' && input.amount === undefined) throw new InvalidInput('Amount is empty: enter what is paid back, with VAT');
		const refund: Refund = of === 'amount' ? { of, amount: input.amount! } : of === 'lines' ? { of, lines, charges: input.includeCharges } : { of: 'all' };
		const issuedAt = String(timeOf((options.issuedAt ?? DateTime.now()).toMillis()));
		const { number, description } = options;
		const note = creditNote(sale, refund, { issuedAt, earlier, rates: own, number: number || undefined, description: description || undefined });
		return await madeOnce(note, call, 'put both into one, or hand the first over under "Earlier Credit Notes" of the second');
	},
});
