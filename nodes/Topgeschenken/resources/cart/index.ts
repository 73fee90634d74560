import type { Resource } from '../../../operation/operation';
import { create } from './create';
import { remove } from './delete';
import { finalize } from './finalize';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const cart: Resource = {
	name: 'Cart',
	value: 'cart',
	operations: [getMany, get, create, update, remove, finalize],
};
