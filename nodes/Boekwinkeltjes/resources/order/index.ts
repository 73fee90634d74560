import type { Resource } from '../../../operation/legacy';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const order: Resource = {
	name: 'Order',
	value: 'order',
	operations: [get, getMany, update],
};
