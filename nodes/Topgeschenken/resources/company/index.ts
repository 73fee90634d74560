import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getMany } from './getMany';

export const company: Resource = { name: 'Company', value: 'company', operations: [getMany, get] };
