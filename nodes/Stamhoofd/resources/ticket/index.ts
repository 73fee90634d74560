import type { Resource } from '../../../operation/operation';
import { count } from './count';
import { getMany } from './getMany';
import { update } from './update';

export const ticket: Resource = { name: 'Ticket', value: 'ticket', operations: [getMany, update, count] };
