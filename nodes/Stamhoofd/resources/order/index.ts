import type { Resource } from '../../../operation/legacy';
import { getMany } from './getMany';

export const order: Resource = { name: 'Order', value: 'order', operations: [getMany] };
