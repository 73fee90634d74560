import type { Resource } from '../../../operation/operation';
import { count } from './count';
import { get } from './get';
import { getMany } from './getMany';

export const invoice: Resource = { name: 'Invoice', value: 'invoice', operations: [getMany, get, count] };
