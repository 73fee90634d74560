import type { Resource } from '../../../operation/operation';
import { create } from './create';

export const dayClosure: Resource = { name: 'Day Closure', value: 'dayClosure', operations: [create] };
