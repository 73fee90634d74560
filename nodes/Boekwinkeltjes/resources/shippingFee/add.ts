import { text } from '../../../input';
import { operation } from '../../../operation/operation';
import { writtenRecord } from '../../answer';
import { at } from '../../paths';
import { feeFields } from './fee';

export const add = operation({
	name: 'Add',
	value: 'add',
	action: 'Add shipping fee',
	description: 'Add a shipping fee that books can be given as their shipping category',
	...at('shippingFee.add'),
	input: { name: text({ required: true }), ...feeFields },
	answer: ({ body }) => writtenRecord(body),
});
