import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getLines } from './getLines';
import { getMany } from './getMany';

export const order: Resource = { name: 'Order', value: 'order', operations: [getMany, get, getLines] };
