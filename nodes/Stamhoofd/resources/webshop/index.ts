import type { Resource } from '../../../operation/legacy';
import { get } from './get';
import { getMany } from './getMany';

export const webshop: Resource = { name: 'Webshop', value: 'webshop', operations: [get, getMany] };
