import type { Resource } from '../../../operation/operation';
import { create } from './create';

export const cartOrder: Resource = { name: 'Cart Order', value: 'cartOrder', operations: [create] };
