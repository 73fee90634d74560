import type { Resource } from '../../../transport/operation';
import { create } from './create';

export const cartOrder: Resource = { name: 'Cart Order', value: 'cartOrder', operations: [create] };
