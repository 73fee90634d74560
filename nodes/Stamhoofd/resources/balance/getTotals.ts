import { operation } from '../../../operation/operation';
import { filterOf } from '../../filter';
import { onCurrentLine } from '../../platform';
import { splitBy, totalsOf } from '../../totals';
import { euroOfFour } from '../../values';
import { conditionsOf, filters } from './filters';

export const getTotals = operation({
	name: 'Get Totals',
	value: 'getTotals',
	action: 'Get totals of balance items',
	description: 'Get what was charged, paid and is still open in all, or by what it is for',
	request: 'GET /balance-items/breakdown',
	input: { split: splitBy('category', 'article'), filters },
	prepare: onCurrentLine,
	query: ({ filters: given }) => ({ filter: filterOf(conditionsOf(given)), search: given.search }),
	answer: ({ body }, { split }) =>
		totalsOf(body, split, ({ price, pricePaid, pricePending, priceOpen, balanceItemCount }) => ({
			amountDue: euroOfFour(price),
			amountPaid: euroOfFour(pricePaid),
			amountPending: euroOfFour(pricePending),
			amountOpen: euroOfFour(priceOpen),
			count: balanceItemCount ?? null,
		})),
});
