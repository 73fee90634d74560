import type { Resource } from '../../../operation/legacy';
import { get } from './get';
import { getMany } from './getMany';
import { matchBankTransfers } from './matchBankTransfers';
import { updateStatus } from './updateStatus';

export const payment: Resource = {
	name: 'Payment',
	value: 'payment',
	operations: [get, getMany, matchBankTransfers, updateStatus],
};
