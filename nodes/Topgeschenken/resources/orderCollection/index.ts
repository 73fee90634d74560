import type { Resource } from '../../../transport/operation';
import { place } from './place';

export const orderCollection: Resource = { name: 'Order Collection', value: 'orderCollection', operations: [place] };
