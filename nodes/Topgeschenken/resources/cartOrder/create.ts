import { operation } from '../../../operation/operation';
import { cartLocator, orderFields } from '../../fields';
import { asIri, orderOf } from '../../order';
import { PATHS } from '../../references';
import { headersOf } from '../../request';
import { madeOf, simplifyOrder } from '../../simplify';

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create cart order',
	description: 'Add an order to a cart: what, to whom and when. Nothing is ordered until the cart is finalized.',
	request: 'POST /api/v1/order/cart-orders',
	notice: 'Finalizing the cart later buys what is added here. Dry Run shows what would be added; switch it off to add it.',
	dryRun: 'on',
	input: { cartId: cartLocator({ displayName: 'Cart', required: true }), ...orderFields },
	prepare: async ({ cartId, ...order }, call) => ({ cart: `${PATHS.cart}/${cartId}`, ...(await orderOf(order, call, asIri)) }),
	turn: () => 'one after another',
	headers: (_, call) => headersOf(call),
	body: (order) => order,
	answer: ({ body }) => madeOf(body, simplifyOrder),
});
