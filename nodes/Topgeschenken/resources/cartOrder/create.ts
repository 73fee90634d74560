import type { IDataObject } from 'n8n-workflow';

import type { BatchOperation } from '../../../operation/legacy';
import type { ApiRequest } from '../../../transport/platform';
import {
	addressField,
	cartLocator,
	checkProductsField,
	deliveryDateField,
	deliveryRemarkField,
	dryRunField,
	linesField,
} from '../../fields';
import { asIri, checked, orderOf, raise } from '../../order';
import { placeEach } from '../../placing';
import { PATHS, uuidOf } from '../../references';
import { apiRequest } from '../../request';
import { plain } from '../../simplify';

export const create: BatchOperation<ApiRequest> = {
	name: 'Create',
	value: 'create',
	action: 'Create a cart order',
	description: 'Add an order to a cart: what, to whom and when. Nothing is ordered until the cart is finalized.',
	fields: [
		cartLocator,
		deliveryDateField,
		addressField('Delivery Address', 'deliveryAddress'),
		linesField,
		deliveryRemarkField,
		checkProductsField,
		dryRunField,
	],
	async read(call) {
		const faults: string[] = [];
		const cart = checked(faults, () => `${PATHS.cart}/${uuidOf('Cart', 'cart', call.parameter('cartId'))}`);
		const order = await orderOf(faults, call, asIri);
		raise(faults);
		return apiRequest(call, { method: 'POST', url: '/api/v1/order/cart-orders', body: { cart, ...order } });
	},
	runAll: async (requests, calls) =>
		await placeEach(requests, calls, false, (body) => plain((body ?? {}) as IDataObject)),
};
