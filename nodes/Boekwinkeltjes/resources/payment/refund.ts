import { isEmpty } from 'lodash';

import { text } from '../../../input';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { unwrap } from '../../answer';
import { paymentLocator } from '../../fields';
import { at } from '../../paths';

export const refund = operation({
	name: 'Refund',
	value: 'refund',
	action: 'Refund payment',
	description: 'Pay a payment back to the customer',
	...at('payment.refund'),
	notice: 'This pays money back. Dry Run shows what would be sent.',
	dryRun: 'offered',
	input: { paymentId: paymentLocator, reason: text({ required: true, description: 'Why the money goes back' }) },
	async prepare({ paymentId, reason }, call) {
		// A refund is of the whole payment, and nothing says that the API refuses a second one.
		const first = await call.once(`refund ${paymentId}`, async () => await Promise.resolve(call.itemIndex));
		if (first !== call.itemIndex) {
			throw new InvalidInput(`Item ${first} asks for the refund of payment ${paymentId} already: leave this one out`);
		}
		return { paymentId, reason };
	},
	turn: () => 'one after another',
	body: ({ reason }) => ({ reason }),
	answer({ body }, { paymentId }) {
		const messages = [unwrap(body)].flat().filter((message) => !isEmpty(message)) as string[];
		return { success: true, paymentId, messages: messages.map(String).join('; ') };
	},
});
