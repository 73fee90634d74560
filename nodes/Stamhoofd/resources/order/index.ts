import type { Resource } from '../../../operation/operation';
import { getMany } from './getMany';

export const order: Resource = { name: 'Order', value: 'order', operations: [getMany] };
