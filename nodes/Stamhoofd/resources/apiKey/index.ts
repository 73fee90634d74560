import type { Resource } from '../../../operation/operation';
import { getRights } from './getRights';

export const apiKey: Resource = { name: 'API Key', value: 'apiKey', operations: [getRights] };
