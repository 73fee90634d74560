import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getMany } from './getMany';

export const productGroup: Resource = { name: 'Product Group', value: 'productGroup', operations: [getMany, get] };
