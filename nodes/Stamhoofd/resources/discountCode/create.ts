import { randomUUID } from 'crypto';

import { text } from '../../../input';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { webshopLocator } from '../../fields';
import { onCurrentLine } from '../../platform';
import { simplifyDiscountCode } from '../../records';
import { changeCodes, codeField, details, discountOf, PATH } from './codes';

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create discount code',
	description: 'Make a discount code for the orders of a webshop; a code that there is already is refused',
	request: `PATCH ${PATH}`,
	idempotent: false,
	dryRun: 'offered',
	input: {
		webshopId: webshopLocator,
		code: text({ ...codeField, description: 'What a buyer types' }),
		details,
	},
	prepare(input, call) {
		const { discountAmount = 0, discountPercentage = 0 } = input.details;
		if (discountAmount + discountPercentage === 0) {
			throw new InvalidInput('The code gives no discount: add Discount Amount or Discount Percentage under Details');
		}
		return onCurrentLine(input, call);
	},
	async send({ webshopId, code, details: given }, call) {
		const { description = '', maximumUsage = null } = given;
		const put = { id: randomUUID(), code, description, discounts: [discountOf(given, call)], maximumUsage };
		return await changeCodes(webshopId, { put }, call);
	},
	simplify: simplifyDiscountCode,
});
