import type { Resource } from '../../../operation/operation';
import { get } from './get';
import { getMany } from './getMany';
import { matchBankTransfers } from './matchBankTransfers';
import { updateStatus } from './updateStatus';

export const payment: Resource = {
	name: 'Payment',
	value: 'payment',
	operations: [getMany, get, matchBankTransfers, updateStatus],
};
