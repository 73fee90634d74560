import { code, country, decimal, text } from '../../../input';
import { operation } from '../../../operation/operation';
import { failureBehind } from '../../../transport/errors';
import type { Failure } from '../../../transport/platform';
import { ENTITIES } from '../../entities';
import { errorCodeOf, recordsIn } from '../../platform';
import { simplify } from '../../simplify';

/** A rate that is there is what was wanted. */
const exists = (failure: Failure | undefined): boolean => /^TAX(105_NOT_UNIQUE|110_DUPLICATE_PERC_CTRY)$/.test(errorCodeOf(failure));

export const add = operation({
	name: 'Add',
	value: 'add',
	action: 'Add tax rate',
	description: 'Add a rate of VAT, once for each country. One that is there already stays as it is.',
	request: 'POST /taxapi/addtaxes',
	input: {
		taxId: code({ displayName: 'Tax ID', required: true, description: 'Your own ID of the rate', placeholder: 'e.g. nl-9' }),
		percentage: decimal({ required: true, from: 0, to: 100, placeholder: 'e.g. 9', description: 'In percent: 9, not 0.09' }),
		country: country({ required: true, default: 'NL' }),
		taxCode: code({ description: 'Short code; left empty: the tax ID', placeholder: 'e.g. VL' }),
		title: text({ description: 'Name; left empty: the percentage and the country', placeholder: 'e.g. BTW laag' }),
	},
	async send({ taxId, percentage, country: land, taxCode, title }, call) {
		const tax = { taxid: taxId, taxcode: taxCode ?? taxId, percentage, title: title ?? `${percentage} % ${land}`, country: land };
		return await call.send(call.request({ body: { taxes: [tax] } })).then(recordsIn, (error: Error) => {
			if (!exists(failureBehind(error))) throw error;
			return { ...tax, percentage_100: percentage, exists: true };
		});
	},
	tolerates: exists,
	simplify: (record) => ({ ...simplify(ENTITIES.taxRate, record), existed: record.exists === true }),
});
