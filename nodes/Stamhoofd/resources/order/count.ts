import { omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../operation/operation';
import { anyWebshop } from '../../fields';
import { filterOf } from '../../filter';
import { onCurrentLine } from '../../platform';
import { conditionsOf, filters, listOrders } from './filters';

export const count = operation({
	name: 'Count',
	value: 'count',
	action: 'Count orders',
	description: 'Get how many orders a webshop has, with one request',
	request: 'GET /webshop/orders/count',
	input: { webshopId: anyWebshop, filters },
	prepare: onCurrentLine,
	async send({ webshopId, filters: given }, call) {
		// The server does not know the day of a time slot.
		if (given.timeSlotDate !== undefined) return { count: (await call.collect(listOrders(webshopId, given, call, Infinity))).length };
		const filter = filterOf(conditionsOf(webshopId, omit(given, 'timeSlotDate')));
		return (await call.send(call.request({ qs: { filter, search: given.search } }))).body as IDataObject;
	},
});
