import type { IDataObject } from 'n8n-workflow';

import type { BatchOperation } from '../../../transport/operation';
import type { ApiRequest } from '../../../transport/platform';
import { addressField, companyLocator, dryRunField } from '../../fields';
import { addressOf, checked, emailOf, raise } from '../../order';
import { placeEach } from '../../placing';
import { PATHS, uuidOf } from '../../references';
import { apiRequest } from '../../request';
import { simplifyCart } from '../../simplify';
import { contactEmailField, paymentMethodField } from './fields';

export const create: BatchOperation<ApiRequest> = {
	name: 'Create',
	value: 'create',
	action: 'Create a cart',
	description: 'Create an empty cart, a draft to which orders are added. Nothing is ordered until it is finalized.',
	fields: [
		contactEmailField,
		paymentMethodField,
		addressField('Invoice Address', 'invoiceAddress'),
		{ ...companyLocator, required: false, description: 'The company that orders; left out, that of the account' },
		dryRunField,
	],
	read(call) {
		const faults: string[] = [];
		const contactEmail = emailOf(faults, call.parameter('contactEmail'));
		const requestedPaymentMethod = call.parameter<string>('requestedPaymentMethod').trim();
		if (requestedPaymentMethod === '') faults.push('Payment Method is empty: fill it in, for example invoice');
		const invoiceAddress = addressOf(faults, 'Invoice Address', call.parameter('invoiceAddress.address', {}));
		const typed = call.parameter<string>('companyId', '');
		// The sample writes a company this way, other than the path of its endpoint.
		const company = typed && checked(faults, () => `/api/v1/relation/companies/${uuidOf('Company', 'company', typed)}`);
		raise(faults);
		const body = { requestedPaymentMethod, ...(company ? { company } : {}), invoiceAddress, orders: [], contactEmail };
		return apiRequest(call, { method: 'POST', url: PATHS.cart, body });
	},
	runAll: async (requests, calls) =>
		await placeEach(requests, calls, false, (body) => simplifyCart((body ?? {}) as IDataObject)),
};
