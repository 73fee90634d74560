import type { Resource } from '../../../operation/operation';
import { place } from './place';

export const orderCollection: Resource = { name: 'Gift Order', value: 'orderCollection', operations: [place] };
