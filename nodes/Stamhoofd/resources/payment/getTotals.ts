import { operation } from '../../../operation/operation';
import { onCurrentLine } from '../../platform';
import { splitBy, totalsOf } from '../../totals';
import { euroOfFour } from '../../values';
import { filters, queryFor } from './filters';

export const getTotals = operation({
	name: 'Get Totals',
	value: 'getTotals',
	action: 'Get totals of payments',
	description: 'Get what payments add up to, with the fees of the providers; in all, or by account, purpose or payout',
	request: 'GET /payments/breakdown',
	input: { split: splitBy('account', 'category', 'article', 'payout'), filters },
	prepare: onCurrentLine,
	query: ({ filters: given }) => queryFor(given),
	answer: ({ body }, { split }) =>
		totalsOf(body, split, (totals) => ({
			amount: euroOfFour(totals.price),
			count: totals.paymentCount ?? null,
			amountPending: euroOfFour(totals.pricePending),
			amountFailed: euroOfFour(totals.priceFailed),
			transferFee: euroOfFour(totals.transferFee),
			serviceFee: euroOfFour(Number(totals.serviceFeeManual ?? 0) + Number(totals.serviceFeePayout ?? 0)),
		})),
});
