import type { Resource } from '../../../operation/operation';
import { get } from './get';

export const shippingCost: Resource = {
	name: 'Shipping Cost',
	value: 'shippingCost',
	operations: [get],
};
