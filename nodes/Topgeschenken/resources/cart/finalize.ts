import type { IDataObject } from 'n8n-workflow';

import type { BatchOperation } from '../../../transport/operation';
import type { ApiRequest } from '../../../transport/platform';
import { agentField, cartLocator, dryRunField } from '../../fields';
import { isDryRun, placeEach } from '../../placing';
import { PATHS, uuidOf } from '../../references';
import { apiRequest } from '../../request';
import { plain } from '../../simplify';

/** The manual promises "an OrderCollection number" without showing the answer: a record, or the bare number. */
function collectionOf(body: unknown): IDataObject {
	if (typeof body === 'object' && body !== null) return { orderCollection: plain(body as IDataObject) };
	return { orderCollection: body ? { number: String(body) } : null };
}

export const finalize: BatchOperation<ApiRequest> = {
	name: 'Finalize',
	value: 'finalize',
	action: 'Finalize a cart',
	description:
		'Order what is in a cart. This is a purchase. The answer comes before the orders are made: find them with Order > Get Many.',
	fields: [cartLocator, dryRunField, agentField],
	read(call) {
		isDryRun(call, true);
		const url = `${PATHS.cart}/${uuidOf('Cart', 'cart', call.parameter('cartId'))}/finalize`;
		return apiRequest(call, { method: 'POST', url });
	},
	runAll: async (requests, calls) =>
		await placeEach(requests, calls, true, (body, call) => ({
			cartId: uuidOf('Cart', 'cart', call.parameter('cartId')),
			...collectionOf(body),
		})),
};
