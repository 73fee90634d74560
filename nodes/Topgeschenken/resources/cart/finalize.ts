import { operation } from '../../../operation/operation';
import { cartLocator } from '../../fields';
import { PATHS } from '../../references';
import { headersOf } from '../../request';
import { madeOf } from '../../simplify';

export const finalize = operation({
	name: 'Finalize',
	value: 'finalize',
	action: 'Finalize cart',
	description:
		'Order what is in a cart. This is a purchase. The answer comes before the orders are made: find them with Order > Get Many.',
	request: `POST ${PATHS.cart}/{cartId}/finalize`,
	purchase: true,
	input: { cartId: cartLocator({ displayName: 'Cart', required: true }) },
	turn: () => 'one after another',
	async send({ cartId }, call) {
		const request = { ...call.request({ path: { cartId }, headers: headersOf(call) }) };
		// A cart that stands in several items is ordered once, and its answer given to all of them.
		const { body } = await call.once(`finalize ${cartId}`, async () => await call.send(request), { keepFailure: true });
		// The manual promises "an OrderCollection number" without showing the answer.
		const { number = null, id = null } = madeOf(body);
		return { cartId, orderCollectionNumber: number, orderCollectionId: id };
	},
});
