import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { search } from './search';

export const organization: Resource = { name: 'Organization', value: 'organization', operations: [get, search] };
