import type { Resource } from '../../../operation/legacy';
import { get } from './get';
import { getMany } from './getMany';

export const order: Resource = { name: 'Order', value: 'order', operations: [get, getMany] };
