import type { Resource } from '../../../operation/operation';
import { count } from './count';
import { get } from './get';
import { getMany } from './getMany';
import { getTotals } from './getTotals';
import { matchBankTransfers } from './matchBankTransfers';
import { updateStatus } from './updateStatus';

export const payment: Resource = {
	name: 'Payment',
	value: 'payment',
	operations: [getMany, get, matchBankTransfers, updateStatus, getTotals, count],
};
