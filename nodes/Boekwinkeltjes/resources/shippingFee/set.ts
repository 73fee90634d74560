import { choice } from '../../../input';
import { operation } from '../../../operation/operation';
import { writtenRecord } from '../../answer';
import { at } from '../../paths';
import { feeFields } from './fee';

export const set = operation({
	name: 'Set',
	value: 'set',
	action: 'Set shipping fee',
	description: 'Choose how the shop charges for sending',
	...at('shippingFee.set'),
	input: {
		type: choice({
			options: [
				{ name: 'Fixed', value: 'fixed', description: 'The same fee for every book' },
				{ name: 'None', value: 'none', description: 'Sending costs nothing' },
				{ name: 'Variable', value: 'variable', description: 'The fees that are added to the shop by name' },
			],
			required: true,
		}),
		...feeFields,
	},
	answer: ({ body }) => writtenRecord(body),
});
