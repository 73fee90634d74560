import type { Resource } from '../../../operation/operation';
import { createLink } from './createLink';
import { get } from './get';
import { getMany } from './getMany';
import { refund } from './refund';

export const payment: Resource = {
	name: 'Payment',
	value: 'payment',
	operations: [getMany, get, createLink, refund],
};
