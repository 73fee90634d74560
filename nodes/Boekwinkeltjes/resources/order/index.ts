import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const order: Resource = {
	name: 'Order',
	value: 'order',
	operations: [getMany, get, update],
};
