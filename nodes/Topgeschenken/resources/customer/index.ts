import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getMany } from './getMany';

export const customer: Resource = { name: 'Customer', value: 'customer', operations: [getMany, get] };
