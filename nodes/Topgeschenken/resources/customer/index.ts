import type { Resource } from '../../../operation/legacy';
import { get } from './get';
import { getMany } from './getMany';

export const customer: Resource = { name: 'Customer', value: 'customer', operations: [get, getMany] };
