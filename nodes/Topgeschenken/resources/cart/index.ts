import type { Resource } from '../../../operation/legacy';
import { create } from './create';
import { deleteCart } from './delete';
import { finalize } from './finalize';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const cart: Resource = {
	name: 'Cart',
	value: 'cart',
	operations: [create, deleteCart, finalize, get, getMany, update],
};
