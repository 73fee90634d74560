import type { ItemOperation } from '../../../operation/legacy';
import { readWritten } from '../../answer';
import { readInput, text } from '../../input';
import { requestTo } from '../../paths';
import { feeFields, feeProperties } from './fee';

export const set: ItemOperation = {
	name: 'Set',
	value: 'set',
	action: 'Set the shipping fee',
	description: 'Choose how the shop charges for sending',
	fields: [
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Fixed', value: 'fixed', description: 'The same fee for every book' },
				{ name: 'None', value: 'none', description: 'Sending costs nothing' },
				{ name: 'Variable', value: 'variable', description: 'The fees that are added to the shop by name' },
			],
			default: 'fixed',
		},
		...feeProperties,
	],
	request(call) {
		const given = { type: call.parameter('type', ''), fee: call.parameter('fee', ''), free: call.parameter('free', '') };
		const body = readInput(given, { ...feeFields, type: { label: 'Type', read: text, required: true } });
		return requestTo('shippingFee.set', call.credentials, { body });
	},
	readPage: readWritten,
};
