import type { Resource } from '../../../operation/legacy';
import { add } from './add';
import { get } from './get';
import { set } from './set';

export const shippingFee: Resource = {
	name: 'Shipping Fee',
	value: 'shippingFee',
	operations: [add, get, set],
};
