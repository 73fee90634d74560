import type { Resource } from '../../../operation/operation';
import { countItems } from './count';
import { getItem } from './getItem';
import { getItems } from './getItems';
import { getReceivable } from './getReceivable';
import { getReceivables } from './getReceivables';
import { getTotals } from './getTotals';

export const balance: Resource = {
	name: 'Balance',
	value: 'balance',
	operations: [getReceivables, getReceivable, getItems, getItem, getTotals, countItems],
};
