import type { Resource } from '../../../transport/operation';
import { get } from './get';
import { getMany } from './getMany';

export const assortment: Resource = { name: 'Assortment', value: 'assortment', operations: [get, getMany] };
