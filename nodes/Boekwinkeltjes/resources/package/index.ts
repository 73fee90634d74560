import type { Resource } from '../../../operation/operation';
import { create } from './create';
import { createFromOrder } from './createFromOrder';
import { get } from './get';
import { getMany } from './getMany';
import { getRate } from './getRate';

export const parcel: Resource = {
	name: 'Package',
	value: 'package',
	operations: [createFromOrder, create, getMany, get, getRate],
};
