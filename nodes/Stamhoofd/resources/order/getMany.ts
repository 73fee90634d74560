import { isEmpty } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { returnAllAndLimit, simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import type { Query } from '../../../transport/paging';
import { idIn, listIn, webshopLocator } from '../../fields';
import { newestFirst, PAGE_SIZE, readStamhoofdPage } from '../../paging';
import { isCurrentLine } from '../../platform';
import { simplifyOrder } from '../../simplify';
import { toMilliseconds } from '../payment/filters';

interface OrderFilters {
	status?: string[];
	createdAfter?: string;
	createdBefore?: string;
	updatedAfter?: string;
}

export const orderStatusOptions = [
	{ name: 'Canceled', value: 'Canceled' },
	{ name: 'Collect', value: 'Collect' },
	{ name: 'Completed', value: 'Completed' },
	{ name: 'Created', value: 'Created' },
	{ name: 'Deleted', value: 'Deleted' },
	{ name: 'Prepared', value: 'Prepared' },
];

export const getMany: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many orders',
	description: 'List the orders of a webshop, the newest first',
	fields: [
		webshopLocator,
		...returnAllAndLimit,
		simplifyField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Created After',
					name: 'createdAfter',
					type: 'dateTime',
					default: '',
					description: 'Only orders placed at this moment or later',
				},
				{
					displayName: 'Created Before',
					name: 'createdBefore',
					type: 'dateTime',
					default: '',
					description: 'Only orders placed before this moment',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'multiOptions',
					options: orderStatusOptions,
					default: [],
					description: 'Only orders with one of these statuses',
				},
				{
					displayName: 'Updated After',
					name: 'updatedAfter',
					type: 'dateTime',
					default: '',
					description: 'Only orders placed or changed at this moment or later',
				},
			],
		},
	],
	request(call): Query {
		const webshopId = idIn(call, 'webshopId');
		const filters = call.parameter<OrderFilters>('filters', {});
		const zone = call.context.getTimezone();
		const status = listIn(filters.status);
		const createdAfter = toMilliseconds('Created After', filters.createdAfter, zone);
		const createdBefore = toMilliseconds('Created Before', filters.createdBefore, zone);
		const updatedAfter = toMilliseconds('Updated After', filters.updatedAfter, zone);
		if (!isCurrentLine(call.credentials)) {
			return {
				request: { url: `/webshop/${webshopId}/orders`, qs: { updatedSince: updatedAfter } },
				sort: newestFirst,
				keep: (order: IDataObject) =>
					(status.length === 0 || status.includes(order.status as string)) &&
					Number(order.createdAt) >= (createdAfter ?? -Infinity) &&
					Number(order.createdAt) < (createdBefore ?? Infinity),
			};
		}
		const date = (value: number) => ({ $: '$date', value });
		const conditions: IDataObject[] = [
			{ webshopId },
			status.length > 0 && { status: { $in: status } },
			createdAfter !== undefined && { createdAt: { $gte: date(createdAfter) } },
			createdBefore !== undefined && { createdAt: { $lt: date(createdBefore) } },
			updatedAfter !== undefined && { updatedAt: { $gte: date(updatedAfter) } },
		].filter((condition) => condition !== false);
		const limit = call.parameter<boolean>('returnAll') ? PAGE_SIZE : Math.min(call.parameter<number>('limit'), PAGE_SIZE);
		const filter = JSON.stringify(conditions.length > 1 ? { $and: conditions } : conditions[0]);
		return { request: { url: '/webshop/orders', qs: { limit, sort: 'createdAt DESC,id DESC', filter } } };
	},
	readPage: readStamhoofdPage,
	async notFound(call) {
		// The current line lists no orders for a webshop that there is not, the first line refuses.
		const isUnfiltered = Object.values(call.parameter<OrderFilters>('filters', {})).every(isEmpty);
		if (isUnfiltered && isCurrentLine(call.credentials)) await call.send({ url: `/webshop/${idIn(call, 'webshopId')}` });
		return undefined;
	},
	simplify: simplifyOrder,
};
