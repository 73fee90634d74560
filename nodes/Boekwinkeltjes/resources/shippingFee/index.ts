import type { Resource } from '../../../operation/operation';
import { add } from './add';
import { get } from './get';
import { set } from './set';

export const shippingFee: Resource = {
	name: 'Shipping Fee',
	value: 'shippingFee',
	operations: [get, set, add],
};
