import type { Resource } from '../../../operation/operation';
import { getMany } from './getMany';

export const group: Resource = { name: 'Group', value: 'group', operations: [getMany] };
