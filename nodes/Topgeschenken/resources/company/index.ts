import type { Resource } from '../../../operation/legacy';
import { get } from './get';
import { getMany } from './getMany';

export const company: Resource = { name: 'Company', value: 'company', operations: [get, getMany] };
