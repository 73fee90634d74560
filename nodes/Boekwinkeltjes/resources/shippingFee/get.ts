import { operation } from '../../../operation/operation';
import { recordsOf } from '../../answer';
import { at } from '../../paths';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get shipping fees',
	description: 'Get the shipping fees of the shop',
	...at('shippingFee.get'),
	input: {},
	answer: recordsOf,
});
