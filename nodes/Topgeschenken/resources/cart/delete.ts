import type { ItemOperation } from '../../../operation/legacy';
import { cartLocator } from '../../fields';
import { requestFor, uuidOf } from '../../references';
import { apiRequest } from '../../request';

const cartOf = (value: unknown) => uuidOf('Cart', 'cart', value);

/** The manual's table of methods names DELETE, without a sample (inferred). */
export const deleteCart: ItemOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a cart',
	description: 'Throw away a cart that is not finalized yet, with the orders in it. It cannot be brought back.',
	fields: [cartLocator],
	request: (call) =>
		apiRequest(call, { method: 'DELETE', ...requestFor('cart', cartOf(call.parameter('cartId'))) }),
	transform: (_, call) => ({ id: cartOf(call.parameter('cartId')), deleted: true }),
};
