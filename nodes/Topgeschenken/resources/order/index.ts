import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getLines } from './getLines';
import { getMany } from './getMany';
import { getTotals } from './getTotals';

export const order: Resource = { name: 'Order', value: 'order', operations: [getMany, get, getLines, getTotals] };
