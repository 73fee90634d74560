import type { Resource } from '../../../operation/operation';
import { count } from './count';
import { getMany } from './getMany';

export const member: Resource = { name: 'Member', value: 'member', operations: [getMany, count] };
