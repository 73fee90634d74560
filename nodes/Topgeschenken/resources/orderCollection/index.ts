import type { Resource } from '../../../operation/operation';
import { place } from './place';

export const orderCollection: Resource = { name: 'Order Collection', value: 'orderCollection', operations: [place] };
