import { groupBy, sumBy } from 'lodash';

import { csvHeader, csvRows } from '../../../bookkeeping/csv';
import { choice, collection, record, yesNo } from '../../../input';
import { operation } from '../../../operation/operation';
import type { Outcome } from '../../../operation/operation';
import { OutputItem } from '../../../operation/output';
import { outputFile, rates, ratesOf } from '../../fields';
import { inSteps, wholeDocument } from '../../pure';

export const toCsv = operation({
	name: 'To CSV',
	value: 'toCsv',
	action: 'Export documents to CSV',
	description: 'Make one table of the documents of all items, with a row for each line and charge',
	input: {
		document: record({ required: true, description: 'A sale document; purchases and receipts as well' }),
		separator: choice<',' | ';' | '\t'>({
			options: [
				{ name: 'Semicolon', value: ';', description: 'As Excel in Dutch expects it' },
				{ name: 'Comma', value: ',' },
				{ name: 'Tab', value: '\t' },
			],
			description: 'What stands between the columns',
		}),
		decimalComma: yesNo({ default: true, empty: true, description: 'Whether amounts are written as 17,98 instead of 17.98' }),
		file: outputFile,
		options: collection({ displayName: 'Options', placeholder: 'Add Option', fields: { rates } }),
	},
	async sendAll(inputs, calls) {
		const outcomes: Outcome[] = inputs.map(() => []);
		const groups = groupBy(inputs.map((input, index) => ({ ...input, index })), ({ separator, decimalComma, file }) => JSON.stringify([separator, decimalComma, file]));
		for (const group of Object.values(groups)) {
			const [{ separator = ';', decimalComma, file, index: first }] = group;
			const form = { separator, decimalComma };
			const parts = await inSteps(group, ({ document: given, options }) => {
				const document = wholeDocument(given, { rates: ratesOf(options.rates) });
				return { rows: document.lines.length + document.charges.length, text: csvRows(document, form) };
			});
			parts.forEach((part, position) => part instanceof Error && (outcomes[group[position].index] = part));
			const whole = parts.flatMap((part) => (part instanceof Error ? [] : [part]));
			if (whole.length === 0) continue;
			const fileName = 'sale-documents.csv';
			const csv = Buffer.from(csvHeader(form) + whole.map(({ text }) => text).join(''), 'utf8');
			const binary = { [file]: await calls[first].context.helpers.prepareBinaryData(csv, fileName, 'text/csv') };
			const home = parts.findIndex((part) => !(part instanceof Error));
			outcomes[group[home].index] = new OutputItem({ documents: whole.length, rows: sumBy(whole, 'rows'), fileName }, { binary });
		}
		return outcomes;
	},
});
