import { toUbl as make } from '../../../bookkeeping/ubl';
import type { Usage } from '../../../bookkeeping/ubl';
import { choice, collection, record } from '../../../input';
import { OutputItem } from '../../../operation/output';
import { outputFile, rates, ratesOf } from '../../fields';
import { making, wholeDocument } from '../../pure';

/** A name that every system takes for a file. */
const fileName = (number: string) => `${number.normalize('NFKD').replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, '').slice(0, 80) || 'document'}.xml`;

export const toUbl = making({
	name: 'To UBL',
	value: 'toUbl',
	action: 'Export document to UBL',
	description: 'Make an e-invoice or a credit note that any bookkeeping package reads',
	input: {
		document: record({ required: true, description: 'A sale document' }),
		usage: choice<Usage, { displayName: string; description: string }>({
			displayName: 'For',
			options: [
				{ name: 'Bookkeeping (EN 16931)', value: 'en16931', description: 'For a bookkeeping package; also for private customers' },
				{ name: 'Peppol', value: 'peppol', description: 'To be sent to a business through Peppol' },
				{ name: 'NLCIUS', value: 'nlcius', description: 'By the Dutch rules, for a Dutch business or authority' },
			],
			description: 'Who will read it',
		}),
		file: outputFile,
		options: collection({ displayName: 'Options', placeholder: 'Add Option', fields: { rates } }),
	},
	make: async ({ document: given, usage, file, options }, { context, hint }) => {
		const document = wholeDocument(given, { rates: ratesOf(options.rates) });
		if (document.status === 'cancelled') {
			hint('What was cancelled is left out: there is nothing to invoice.');
			return [];
		}
		const xml = make(document, usage ?? 'en16931');
		const name = fileName(document.number);
		const binary = { [file]: await context.helpers.prepareBinaryData(Buffer.from(xml, 'utf8'), name, 'application/xml') };
		return new OutputItem({ id: document.id, kind: document.kind, number: document.number, usage, fileName: name }, { binary });
	},
});
