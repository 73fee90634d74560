import type { IDataObject } from 'n8n-workflow';

import type { BatchOperation } from '../../../transport/operation';
import { unwrap } from '../../answer';
import { each } from '../../batch';
import { readInput, text, wholeNumber } from '../../input';
import { requestTo } from '../../paths';

export const refund: BatchOperation<IDataObject> = {
	name: 'Refund',
	value: 'refund',
	action: 'Refund a payment',
	description: 'Pay a payment back to the customer',
	fields: [
		{
			displayName: 'Payment ID',
			name: 'paymentId',
			type: 'string',
			default: '',
			required: true,
		},
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
				paymentId: { label: 'Payment ID', read: wholeNumber(), required: true },
				reason: { label: 'Reason', read: text, required: true },
			},
		),
	runAll: async (refunds, calls) =>
		await each(refunds, calls, async ({ paymentId, reason }, call) => {
			const reply = await call.send(
				requestTo('payment.refund', call.credentials, { id: String(paymentId), body: { reason } }),
			);
			const messages = [unwrap(reply.body) ?? []].flat() as IDataObject[];
			return { success: true, paymentId, messages };
		}),
};
