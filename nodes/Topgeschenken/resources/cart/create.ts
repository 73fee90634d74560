import type { IDataObject } from 'n8n-workflow';

import type { BatchOperation } from '../../../operation/legacy';
import type { ApiRequest } from '../../../transport/platform';
import { addressField, companyLocator, contactEmailField, dryRunField, paymentMethodField } from '../../fields';
import { checked, companyIri, payerOf, raise, textOf } from '../../order';
import { placeEach } from '../../placing';
import { PATHS } from '../../references';
import { apiRequest } from '../../request';
import { simplifyCart } from '../../simplify';

export const create: BatchOperation<ApiRequest> = {
	name: 'Create',
	value: 'create',
	action: 'Create a cart',
	description: 'Create an empty cart, a draft to which orders are added. Nothing is ordered until it is finalized.',
	fields: [
		contactEmailField,
		paymentMethodField,
		addressField('Invoice Address', 'invoiceAddress'),
		{ ...companyLocator, required: false, description: 'The company that orders. Leave it empty for the company of your account.' },
		dryRunField,
	],
	read(call) {
		const faults: string[] = [];
		const payer = payerOf(faults, call);
		const typed = textOf(call.parameter('companyId'));
		const company = typed && checked(faults, () => companyIri(typed));
		raise(faults);
		const body = { ...payer, ...(company ? { company } : {}), orders: [] };
		return apiRequest(call, { method: 'POST', url: PATHS.cart, body });
	},
	runAll: async (requests, calls) =>
		await placeEach(requests, calls, false, (body) => simplifyCart((body ?? {}) as IDataObject)),
};
