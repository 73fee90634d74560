import { InvalidInput } from '../../../transport/errors';
import { simplifyField } from '../../../operation/legacy';
import type { BatchOperation, Call } from '../../../operation/legacy';
import { idIn, paymentLocator } from '../../fields';
import { simplifyPayment } from '../../simplify';
import { changeStatus } from './changeStatus';
import type { StatusChange } from './changeStatus';

/** Also by the names that the field shows, as people write them in expressions. */
const STATUSES: Record<string, string> = {
	succeeded: 'Succeeded',
	paid: 'Succeeded',
	created: 'Created',
	unpaid: 'Created',
	failed: 'Failed',
};

function statusIn(call: Call): string {
	const written = String(call.parameter<unknown>('status') ?? '').trim();
	const status = STATUSES[written.toLowerCase()];
	if (status === undefined) throw new InvalidInput(`"${written}" is not a status: choose Paid, Unpaid or Failed`);
	return status;
}

export const updateStatus: BatchOperation<StatusChange> = {
	name: 'Update Status',
	value: 'updateStatus',
	action: 'Update the status of a payment',
	description: 'Mark payments as paid, unpaid or failed; many items go in one request',
	fields: [
		paymentLocator,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{
					name: 'Failed',
					value: 'Failed',
					description: 'The payment will not come',
				},
				{
					name: 'Paid',
					value: 'Succeeded',
					description: 'Also marks the order as paid; Stamhoofd then sends its e-mails and tickets',
				},
				{
					name: 'Unpaid',
					value: 'Created',
					description: 'The payment is awaited',
				},
			],
			default: 'Succeeded',
			description: 'What the payment becomes. Only transfers, payments at the point of sale and unknown ones can be changed.',
		},
		simplifyField,
	],
	read(call) {
		return { id: idIn(call, 'paymentId'), status: statusIn(call) };
	},
	async runAll(changes, calls) {
		const outcomes = await changeStatus(changes, calls[0]);
		return outcomes.map((outcome, position) => {
			const { parameter, credentials } = calls[position];
			const isRaw = outcome instanceof Error || !parameter<boolean>('simplify', true);
			return isRaw ? outcome : simplifyPayment(outcome, credentials);
		});
	},
};
