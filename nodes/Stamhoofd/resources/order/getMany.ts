import { isEmpty } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { choices, collection, moment } from '../../../input';
import { operation } from '../../../operation/operation';
import { webshopLocator } from '../../fields';
import { before, from, listAt, oneOf } from '../../filter';
import { newestFirst, readStamhoofdPage } from '../../paging';
import { isCurrentLine } from '../../platform';
import { simplifyOrder } from '../../simplify';

const statuses = ['Canceled', 'Collect', 'Completed', 'Created', 'Deleted', 'Prepared'].map((name) => ({ name, value: name }));

export const statusFilter = (description: string) => choices({ options: statuses, description });

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many orders',
	description: 'List the orders of a webshop, the newest first',
	request: 'GET /webshop/orders',
	input: {
		webshopId: webshopLocator,
		filters: collection({
			displayName: 'Filters',
			placeholder: 'Add Filter',
			fields: {
				createdAfter: moment({ description: 'Only orders placed at this moment or later' }),
				createdBefore: moment({ description: 'Only orders placed before this moment' }),
				status: statusFilter('Only orders with one of these statuses'),
				updatedAfter: moment({ description: 'Only orders placed or changed at this moment or later' }),
			},
		}),
	},
	list({ webshopId, filters }, call) {
		const { createdAfter, createdBefore, status = [], updatedAfter } = filters;
		if (isCurrentLine(call.credentials)) {
			const conditions = [
				{ webshopId },
				oneOf('status', status),
				from('createdAt', createdAfter),
				before('createdAt', createdBefore),
				from('updatedAt', updatedAfter),
			];
			return listAt('/webshop/orders', { conditions, limit: call.limit });
		}
		return {
			request: call.request({ path: { webshopId }, qs: { updatedSince: updatedAfter?.toMillis() } }, 'GET /webshop/{webshopId}/orders'),
			readPage: readStamhoofdPage,
			sort: newestFirst,
			keep: (order: IDataObject) =>
				(status.length === 0 || status.includes(order.status as string)) &&
				Number(order.createdAt) >= (createdAfter?.toMillis() ?? -Infinity) &&
				Number(order.createdAt) < (createdBefore?.toMillis() ?? Infinity),
		};
	},
	async notFound({ webshopId, filters }, call) {
		// The current line lists no orders for a webshop that there is not, the first line refuses.
		const isUnfiltered = Object.values(filters).every(isEmpty);
		if (isUnfiltered && isCurrentLine(call.credentials)) await call.send(call.request({ path: { webshopId } }, 'GET /webshop/{webshopId}'));
		return undefined;
	},
	simplify: simplifyOrder,
});
