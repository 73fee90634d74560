import type { Resource } from '../../../transport/operation';
import { get } from './get';
import { getMany } from './getMany';

export const payment: Resource = {
	name: 'Payment',
	value: 'payment',
	operations: [get, getMany],
};
