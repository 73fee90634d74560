import type { Resource } from '../../../transport/operation';
import { getMany } from './getMany';

export const order: Resource = { name: 'Order', value: 'order', operations: [getMany] };
