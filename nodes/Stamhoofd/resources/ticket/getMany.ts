import type { IDataObject } from 'n8n-workflow';

import { choice, collection, moment, yesNo } from '../../../input';
import { operation } from '../../../operation/operation';
import { webshopLocator } from '../../fields';
import { from, listAt } from '../../filter';
import { orderLookUp } from '../../orders';
import { onCurrentLine } from '../../platform';
import { simplifyTicket } from '../../records';

const isScanned = ({ scannedAt }: IDataObject) => typeof scannedAt === 'number';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many tickets',
	description: 'List the tickets of a webshop with whom they are for, the newest first',
	request: 'GET /webshop/tickets/private',
	input: {
		webshopId: webshopLocator,
		withOrder: yesNo({
			displayName: 'With Order',
			default: true,
			empty: true,
			description: 'Whether to look up the order of each ticket, for the name and the product; one more request for every 100',
		}),
		filters: collection({
			displayName: 'Filters',
			placeholder: 'Add Filter',
			fields: {
				createdAfter: moment({ description: 'Only tickets made at this moment or later' }),
				scanned: choice({
					options: [
						{ name: 'Not Scanned', value: 'no' },
						{ name: 'Scanned', value: 'yes' },
					],
					description: 'Only tickets that have been scanned, or only the others',
				}),
				updatedAfter: moment({ description: 'Only tickets made or changed at this moment or later' }),
			},
		}),
	},
	prepare: onCurrentLine,
	list({ webshopId, filters: { createdAfter, scanned, updatedAfter } }, { limit }) {
		const conditions = [{ webshopId }, from('createdAt', createdAfter), from('updatedAt', updatedAfter)];
		// What is filtered afterwards may need more records than the limit.
		const list = listAt('/webshop/tickets/private', { conditions, limit: scanned ? undefined : limit });
		const keep = (ticket: IDataObject) => ticket.deletedAt === null || ticket.deletedAt === undefined;
		return { ...list, keep: (ticket) => keep(ticket) && (scanned === undefined || isScanned(ticket) === (scanned === 'yes')) };
	},
	async complete(ticket, call, { withOrder }) {
		if (!withOrder) return ticket;
		const find = await call.once('orders of tickets', async () => orderLookUp(call));
		const order = await find(String(ticket.orderId));
		return order ? { ...ticket, order } : ticket;
	},
	simplify: simplifyTicket,
});
