import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../operation/operation';
import { onCurrentLine } from '../../platform';
import { filters, filtersByWebshop, listPayments, queryFor } from './filters';

export const count = operation({
	name: 'Count',
	value: 'count',
	action: 'Count payments',
	description: 'Get how many payments there are, with one request',
	request: 'GET /payments/count',
	input: { filters },
	prepare: onCurrentLine,
	async send({ filters: given }, call) {
		const { credentials, send } = call;
		// A server that cannot filter by webshop cannot count by it.
		if (given.webshopId && !(await filtersByWebshop(given, credentials, send))) {
			return { count: (await call.collect(listPayments(given, credentials))).length };
		}
		return (await send(call.request({ qs: queryFor(given) }))).body as IDataObject;
	},
});
