import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getMany } from './getMany';

export const product: Resource = { name: 'Product', value: 'product', operations: [getMany, get] };
