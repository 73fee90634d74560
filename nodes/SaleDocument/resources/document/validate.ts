import { readDocument } from '../../../bookkeeping/rules';
import { collection, record, records } from '../../../input';
import { OutputItem } from '../../../operation/output';
import { rates, ratesOf } from '../../fields';
import { asItem, nameIn, making, wholeDocument } from '../../pure';

export const validate = making({
	name: 'Validate',
	value: 'validate',
	action: 'Validate document',
	description: 'Check whether a document adds up: it comes out at Valid, or at Invalid with what is wrong',
	outputs: 2,
	input: {
		document: record({ required: true, description: 'A sale document, or what should be one' }),
		options: collection({
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: {
				corrected: record({ displayName: 'Corrected Sale', default: '', description: 'Of a credit note: the sale that it corrects' }),
				earlier: records({ displayName: 'Earlier Credit Notes', description: 'Of a credit note: those made before for the same sale' }),
				rates,
			},
		}),
	},
	make: ({ document: given, options }) => {
		const own = ratesOf(options.rates);
		const context = {
			rates: own,
			corrected: options.corrected && wholeDocument(options.corrected, { rates: own }),
			earlier: options.earlier?.map((one) => wholeDocument(one, { rates: own })),
		};
		const { document, findings } = readDocument(given, context);
		if (findings.length === 0) return new OutputItem(asItem(document), { output: 0 });
		const [{ text, code }] = findings;
		return new OutputItem({ summary: `${nameIn(given)} cannot be booked: ${text} (${code})`, findings: findings.map(asItem), document: given }, { output: 1 });
	},
});
