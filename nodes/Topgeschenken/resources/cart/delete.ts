import { operation } from '../../../operation/operation';
import { cartLocator } from '../../fields';
import { PATHS } from '../../references';
import { headersOf } from '../../request';

/** The manual's table of methods names DELETE, without a sample (inferred). */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete cart',
	description: 'Throw away a cart that is not finalized yet, with the orders in it. It cannot be brought back.',
	request: `DELETE ${PATHS.cart}/{cartId}`,
	inferred: true,
	input: { cartId: cartLocator({ displayName: 'Cart' }) },
	headers: (_, call) => headersOf(call),
	answer: (_, { cartId }) => ({ id: cartId!, deleted: true }),
});
