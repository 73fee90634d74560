import type { Resource } from '../../../operation/operation';
import { count } from './count';
import { getMany } from './getMany';

export const registration: Resource = { name: 'Registration', value: 'registration', operations: [getMany, count] };
