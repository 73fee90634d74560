import type { Resource } from '../../../operation/legacy';
import { create } from './create';
import { createFromOrder } from './createFromOrder';
import { get } from './get';
import { getMany } from './getMany';
import { getRate } from './getRate';

export const parcel: Resource = {
	name: 'Package',
	value: 'package',
	operations: [create, createFromOrder, get, getMany, getRate],
};
