import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getMany } from './getMany';
import { getProducts } from './getProducts';

export const webshop: Resource = { name: 'Webshop', value: 'webshop', operations: [getMany, get, getProducts] };
