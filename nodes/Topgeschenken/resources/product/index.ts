import type { Resource } from '../../../operation/legacy';
import { get } from './get';
import { getMany } from './getMany';

export const product: Resource = { name: 'Product', value: 'product', operations: [get, getMany] };
