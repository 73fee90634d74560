import { isEmpty, isUndefined, omitBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { collection, text } from '../../../input';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { simplifyDiscountCode } from '../../records';
import { changeCodes, codeOfWebshop, detailFields, discountOf, findCode, PATH } from './codes';
import type { Details } from './codes';
import { listIn } from '../../values';

export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update discount code',
	description: 'Change a discount code of a webshop',
	request: `PATCH ${PATH}`,
	idempotent: false,
	dryRun: 'offered',
	input: {
		...codeOfWebshop,
		changes: collection({
			displayName: 'Changes',
			placeholder: 'Add Change',
			fields: { newCode: text({ longest: 100, description: 'What a buyer types from now on' }), ...detailFields },
		}),
	},
	async prepare(input, call) {
		const { discountAmount, discountPercentage, ...rest } = input.changes;
		if (isEmpty(input.changes)) throw new InvalidInput('Nothing is to be changed: add what changes');
		const found = await findCode(input, call);
		const isDiscounted = discountAmount !== undefined || discountPercentage !== undefined;
		const now = simplifyDiscountCode(found, call.credentials);
		if (isDiscounted && now.hasOtherDiscounts) {
			throw new InvalidInput(`The code "${String(found.code)}" gives discounts on certain products, which would be lost: change it in Stamhoofd`);
		}
		return { ...input, found, changes: { ...rest, discount: isDiscounted ? { ...(now as Details), ...omitBy(input.changes, isUndefined) } : undefined } };
	},
	async send({ webshopId, found, changes: { newCode, description, maximumUsage, discount } }, call) {
		const old = listIn(found, 'discounts');
		// One discount with all that the code gives takes the place of those that it had.
		const discounts = discount && { _isPatch: true, changes: [...old.map(({ id }) => ({ delete: id })), { put: discountOf(discount, call) }] };
		const patch = { _isPatch: true, id: found.id, code: newCode, description, maximumUsage, discounts };
		return await changeCodes(webshopId, { patch: JSON.parse(JSON.stringify(patch)) as IDataObject }, call);
	},
	simplify: simplifyDiscountCode,
});
