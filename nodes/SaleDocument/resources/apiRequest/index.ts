import type { Resource } from '../../../operation/operation';
import { answer } from './answer';

export const apiRequest: Resource = { name: 'API Request', value: 'apiRequest', operations: [answer] };
