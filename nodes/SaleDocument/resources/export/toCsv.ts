import { groupBy } from 'lodash';

import { toCsv as make } from '../../../bookkeeping/csv';
import { choice, collection, record, yesNo } from '../../../input';
import { operation } from '../../../operation/operation';
import type { Outcome } from '../../../operation/operation';
import { OutputItem } from '../../../operation/output';
import { outputFile, rates, ratesOf } from '../../fields';
import { booked, wholeDocument } from '../../pure';

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
	prepare: async ({ document, separator, decimalComma, file, options }) => ({
		document: await booked(() => wholeDocument(document, { rates: ratesOf(options.rates) })),
		form: { separator: separator ?? ';', decimalComma },
		file,
	}),
	async sendAll(inputs, calls) {
		const outcomes: Outcome[] = inputs.map(() => []);
		const files = groupBy(inputs.map((input, index) => ({ ...input, index })), ({ form, file }) => JSON.stringify([form, file]));
		for (const group of Object.values(files)) {
			const [{ form, file, index }] = group;
			const documents = group.map(({ document }) => document);
			const fileName = 'sale-documents.csv';
			const binary = await calls[index].context.helpers.prepareBinaryData(Buffer.from(make(documents, form), 'utf8'), fileName, 'text/csv');
			const rows = documents.reduce((count, { lines, charges }) => count + lines.length + charges.length, 0);
			outcomes[index] = new OutputItem({ documents: documents.length, rows, fileName }, { binary: { [file]: binary } });
		}
		return outcomes;
	},
});
