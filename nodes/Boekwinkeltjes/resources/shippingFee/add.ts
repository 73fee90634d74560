import type { ItemOperation } from '../../../operation/legacy';
import { readWritten } from '../../answer';
import { readInput, text } from '../../input';
import { requestTo } from '../../paths';
import { feeFields, feeProperties } from './fee';

export const add: ItemOperation = {
	name: 'Add',
	value: 'add',
	action: 'Add a shipping fee',
	description: 'Add a shipping fee that books can be given as their shipping category',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
		},
		...feeProperties,
	],
	request(call) {
		const given = { name: call.parameter('name', ''), fee: call.parameter('fee', ''), free: call.parameter('free', '') };
		const body = readInput(given, { ...feeFields, name: { label: 'Name', read: text, required: true } });
		return requestTo('shippingFee.add', call.credentials, { body });
	},
	readPage: readWritten,
};
