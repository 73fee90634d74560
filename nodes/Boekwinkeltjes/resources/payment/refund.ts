import { isEmpty } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import type { BatchOperation } from '../../../operation/legacy';
import { unwrap } from '../../answer';
import { each } from '../../batch';
import { paymentLocator } from '../../fields';
import { readInput, text, wholeNumber } from '../../input';
import { requestTo } from '../../paths';

export const refund: BatchOperation<IDataObject> = {
	name: 'Refund',
	value: 'refund',
	action: 'Refund a payment',
	description: 'Pay a payment back to the customer',
	fields: [
		paymentLocator,
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			required: true,
			description: 'Why the money goes back',
		},
	],
	read: (call) =>
		readInput(
			{ paymentId: call.parameter('paymentId', ''), reason: call.parameter('reason', '') },
			{
				paymentId: { label: 'Payment', read: wholeNumber(), required: true },
				reason: { label: 'Reason', read: text, required: true },
			},
		),
	async runAll(refunds, calls) {
		const asked = new Set<unknown>();
		return await each(refunds, calls, async ({ paymentId, reason }, call) => {
			// A refund is of the whole payment, and nothing says that the API refuses a second one.
			if (asked.has(paymentId)) {
				throw new InvalidInput(`An earlier item asks for the refund of payment ${String(paymentId)} already: look what became of that one`);
			}
			asked.add(paymentId);
			const reply = await call.send(
				requestTo('payment.refund', call.credentials, { id: String(paymentId), body: { reason } }),
			);
			const messages = [unwrap(reply.body)].flat().filter((message) => !isEmpty(message)) as string[];
			return { success: true, paymentId, messages };
		});
	},
};
