import { groupBy, round, sumBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { choice, collection } from '../../../input';
import { operation } from '../../../operation/operation';
import { dayOf } from '../../../operation/time';
import { InvalidInput } from '../../../transport/errors';
import { PAGE_SIZE, readHydraPage } from '../../paging';
import { explainEmpty, queryOf } from '../../reading';
import { PATHS } from '../../references';
import { headersOf } from '../../request';
import { filters, sent } from './getMany';

type Split = 'nothing' | 'month' | 'status';

const KEYS: Record<Exclude<Split, 'nothing'>, (order: IDataObject) => string> = {
	month: ({ deliveryDate }) => String(dayOf(deliveryDate) ?? '').slice(0, 7),
	status: ({ status }) => String(status ?? ''),
};

/** In the unit of the API, to a hundredth of a cent, so that no sum shows how computers add up. */
function totalsOf(orders: IDataObject[]): IDataObject {
	const sumOf = (name: string) => round(sumBy(orders, (order) => Number(order[name] ?? 0)), 4);
	const [totalPrice, totalPriceIncl] = [sumOf('totalPrice'), sumOf('totalPriceIncl')];
	return { orders: orders.length, totalPrice, vatAmount: round(totalPriceIncl - totalPrice, 4), totalPriceIncl };
}

function rowsOf(orders: IDataObject[], split: Split): IDataObject[] {
	if (split === 'nothing') return [totalsOf(orders)];
	const groups = Object.entries(groupBy(orders, KEYS[split])).toSorted(([one], [other]) => (one < other ? -1 : 1));
	return groups.map(([key, some]) => ({ [split]: key, ...totalsOf(some) }));
}

export const getTotals = operation({
	name: 'Get Totals',
	value: 'getTotals',
	action: 'Get totals of orders',
	description: 'Get what orders cost together, with and without VAT; in all, or by month or status',
	request: `GET ${PATHS.order}`,
	input: {
		split: choice<Split, { required: true }>({
			displayName: 'Split By',
			required: true,
			options: [
				{ name: 'Nothing: One Total', value: 'nothing' },
				{ name: 'Month', value: 'month', description: 'Month of delivery' },
				{ name: 'Status', value: 'status' },
			],
			description: 'Whether one total comes out, or one item for each part of it',
		}),
		filters: collection({ placeholder: 'Add Filter', fields: filters }),
	},
	async send({ split, filters: given }, call) {
		const request = call.request({ qs: { ...queryOf(sent(given)), page_items: PAGE_SIZE }, headers: headersOf(call) });
		const orders = await call.collect({ request, readPage: readHydraPage }, Infinity);
		const reason = orders.length === 0 ? await explainEmpty(undefined, call) : undefined;
		if (reason) throw new InvalidInput(reason);
		return rowsOf(orders, split);
	},
});
