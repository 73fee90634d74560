import type { BatchOperation, Call } from '../../../operation/legacy';
import type { ApiRequest } from '../../../transport/platform';
import { agentField, cartLocator, dryRunField } from '../../fields';
import { isDryRun, placeEach } from '../../placing';
import { PATHS, uuidOf } from '../../references';
import { apiRequest } from '../../request';
import { madeOf } from '../../simplify';

const cartOf = (call: Call) => uuidOf('Cart', 'cart', call.parameter('cartId'));

export const finalize: BatchOperation<ApiRequest> = {
	name: 'Finalize',
	value: 'finalize',
	action: 'Finalize a cart',
	description:
		'Order what is in a cart. This is a purchase. The answer comes before the orders are made: find them with Order > Get Many.',
	fields: [cartLocator, dryRunField, agentField],
	read(call) {
		isDryRun(call, true);
		return apiRequest(call, { method: 'POST', url: `${PATHS.cart}/${cartOf(call)}/finalize` });
	},
	async runAll(requests, calls) {
		// A cart that stands in several items is ordered once, and its answer given to all of them.
		const firsts = requests.map(({ url }) => requests.findIndex((request) => request.url === url));
		const positions = [...new Set(firsts)];
		const outcomes = await placeEach(
			positions.map((position) => requests[position]),
			positions.map((position) => calls[position]),
			true,
			// The manual promises "an OrderCollection number" without showing the answer.
			(body, call) => ({ cartId: cartOf(call), orderCollection: madeOf(body) }),
		);
		return firsts.map((position) => outcomes[positions.indexOf(position)]);
	},
};
