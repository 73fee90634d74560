import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getMany } from './getMany';

export const assortment: Resource = { name: 'Assortment', value: 'assortment', operations: [getMany, get] };
