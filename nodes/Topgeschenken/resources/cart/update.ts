import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import { simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { addressField, cartLocator, companyLocator, contactEmailField, paymentMethodField } from '../../fields';
import { addressOf, checked, companyIri, emailOf, raise, textOf } from '../../order';
import { requestFor, uuidOf } from '../../references';
import { apiRequest } from '../../request';
import { simplifyCart } from '../../simplify';

interface Changes {
	companyId?: unknown;
	contactEmail?: string;
	invoiceAddress?: { address?: IDataObject };
	requestedPaymentMethod?: string;
}

function bodyOf(faults: string[], changes: Changes): IDataObject {
	const { companyId, contactEmail, invoiceAddress, requestedPaymentMethod } = changes;
	const body: IDataObject = {};
	if (companyId !== undefined) body.company = checked(faults, () => companyIri(companyId));
	if (contactEmail !== undefined) body.contactEmail = emailOf(faults, contactEmail);
	if (invoiceAddress?.address) body.invoiceAddress = addressOf(faults, 'Invoice Address', invoiceAddress.address);
	if (requestedPaymentMethod) body.requestedPaymentMethod = textOf(requestedPaymentMethod);
	return body;
}

/** The manual's table of methods names PATCH for changes, without a sample; form and fields are inferred. */
export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update a cart',
	description: 'Change what is given of a cart that is not finalized yet, and nothing else',
	fields: [
		cartLocator,
		{
			displayName: 'Changes',
			name: 'changes',
			type: 'collection',
			placeholder: 'Add Change',
			default: {},
			options: [
				{ ...companyLocator, required: false },
				{ ...contactEmailField, required: false },
				addressField('Invoice Address', 'invoiceAddress'),
				{ ...paymentMethodField, required: false },
			],
		},
		simplifyField,
	],
	request(call) {
		const uuid = uuidOf('Cart', 'cart', call.parameter('cartId'));
		const faults: string[] = [];
		const body = bodyOf(faults, call.parameter<Changes>('changes', {}));
		raise(faults);
		if (Object.keys(body).length === 0) throw new InvalidInput('Nothing is to be changed: add a field under Changes');
		const headers = { 'Content-Type': 'application/merge-patch+json' };
		return apiRequest(call, { method: 'PATCH', ...requestFor('cart', uuid), headers, body });
	},
	simplify: simplifyCart,
};
