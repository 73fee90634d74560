import type { Resource } from '../../../operation/legacy';
import { get } from './get';
import { getMany } from './getMany';

export const assortment: Resource = { name: 'Assortment', value: 'assortment', operations: [get, getMany] };
