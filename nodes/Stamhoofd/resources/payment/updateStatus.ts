import { choice } from '../../../input';
import { operation } from '../../../operation/operation';
import { paymentLocator } from '../../fields';
import { simplifyPayment } from '../../simplify';
import { changeStatus } from './changeStatus';

export const updateStatus = operation({
	name: 'Update Status',
	value: 'updateStatus',
	action: 'Update status of payment',
	description: 'Mark payments as paid, unpaid or failed; many items go in one request',
	request: 'PATCH /organization/payments',
	input: {
		paymentId: paymentLocator,
		status: choice({
			required: true,
			options: [
				{
					name: 'Paid',
					value: 'Succeeded',
					aliases: ['betaald'],
					description: 'Also marks the order as paid; Stamhoofd then sends its e-mails and tickets',
				},
				{ name: 'Unpaid', value: 'Created', aliases: ['open', 'onbetaald', 'openstaand'], description: 'The payment is awaited' },
				{ name: 'Failed', value: 'Failed', aliases: ['mislukt'], description: 'The payment will not come' },
			],
			description: 'What the payment becomes. Only transfers, payments at the point of sale and unknown ones can be changed.',
		}),
	},
	sendAll: async (inputs, [call]) => await changeStatus(inputs.map(({ paymentId: id, status }) => ({ id, status })), call),
	simplify: simplifyPayment,
});
