import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getMany } from './getMany';

export const order: Resource = { name: 'Order', value: 'order', operations: [get, getMany] };
