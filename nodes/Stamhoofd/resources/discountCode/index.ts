import type { Resource } from '../../../operation/operation';
import { create } from './create';
import { remove } from './delete';
import { getMany } from './getMany';
import { update } from './update';

export const discountCode: Resource = {
	name: 'Discount Code',
	value: 'discountCode',
	operations: [getMany, create, update, remove],
};
