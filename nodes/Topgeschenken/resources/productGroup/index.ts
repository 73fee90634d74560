import type { Resource } from '../../../transport/operation';
import { get } from './get';
import { getMany } from './getMany';

export const productGroup: Resource = { name: 'Product Group', value: 'productGroup', operations: [get, getMany] };
