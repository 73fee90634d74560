/** The filters of orders, in the words of either line of the API. */
import type { IDataObject } from 'n8n-workflow';

import { choices, collection, day, moment, text } from '../../../input';
import type { Optional } from '../../../input';
import type { Call } from '../../../operation/call';
import { dayOf } from '../../../operation/time';
import type { List } from '../../../transport/paging';
import { InvalidInput } from '../../../transport/errors';
import { ALL_WEBSHOPS } from '../../fields';
import { before, from, listAt, oneOf } from '../../filter';
import type { Condition } from '../../filter';
import { newestFirst, readStamhoofdPage } from '../../paging';
import { isCurrentLine } from '../../platform';

const statuses = [
	{ name: 'Canceled', value: 'Canceled' },
	{ name: 'Completed', value: 'Completed' },
	{ name: 'Deleted', value: 'Deleted' },
	{ name: 'New (Created)', value: 'Created', aliases: ['new'] },
	{ name: 'Prepared', value: 'Prepared' },
	{ name: 'Ready to Collect', value: 'Collect' },
];

export const statusFilter = (description: string) => choices({ options: statuses, description });

const fields = {
	createdAfter: moment({ description: 'Only orders placed at this moment or later' }),
	createdBefore: moment({ description: 'Only orders placed before this moment' }),
	search: text({ description: 'Number of the order, part of the name of the buyer, or the e-mail address' }),
	status: statusFilter('Only orders with one of these statuses'),
	timeSlotDate: day({ displayName: 'Time Slot Date', description: 'Only orders that are to be fetched, delivered or used on this day' }),
	updatedAfter: moment({ description: 'Only orders placed or changed at this moment or later' }),
};

export const filters = collection({ displayName: 'Filters', placeholder: 'Add Filter', fields });

export type OrderFilters = Optional<typeof fields>;

export function conditionsOf(webshopId: string | undefined, { createdAfter, createdBefore, status, updatedAfter }: OrderFilters): Condition[] {
	return [
		webshopId === undefined || webshopId === ALL_WEBSHOPS ? undefined : { webshopId },
		oneOf('status', status),
		from('createdAt', createdAfter),
		before('createdAt', createdBefore),
		from('updatedAt', updatedAfter),
	];
}

function matchesSearch(order: IDataObject, search: string): boolean {
	if (/^\d+$/.test(search)) return String(order.number) === search;
	const { firstName, lastName, email } = ((order.data as IDataObject | undefined)?.customer ?? {}) as Record<string, unknown>;
	const written = search.includes('@') ? String(email) : `${String(firstName)} ${String(lastName)}`;
	return written.toLowerCase().includes(search.toLowerCase());
}

/** The orders of a webshop or of all, the newest first. */
export function listOrders(webshopId: string, given: OrderFilters, call: Call, limit: number): List {
	const { createdAfter, createdBefore, search, status = [], timeSlotDate, updatedAfter } = given;
	const isOnDay = ({ data }: IDataObject) => {
		const slot = (data as IDataObject | undefined)?.timeSlot as IDataObject | null | undefined;
		return timeSlotDate === undefined || dayOf(slot?.date) === timeSlotDate;
	};
	if (isCurrentLine(call.credentials)) {
		// The day of the time slot is filtered afterwards, which may need more records than the limit.
		const list = listAt('/webshop/orders', {
			conditions: conditionsOf(webshopId, given),
			search,
			limit: timeSlotDate === undefined ? limit : undefined,
		});
		return { ...list, keep: isOnDay };
	}
	if (webshopId === ALL_WEBSHOPS) {
		throw new InvalidInput('This API version lists the orders of one webshop only: choose a webshop, or "Current" as API Version in the credential');
	}
	return {
		request: call.request({ path: { webshopId }, qs: { updatedSince: updatedAfter?.toMillis() } }, 'GET /webshop/{webshopId}/orders'),
		readPage: readStamhoofdPage,
		sort: newestFirst,
		keep: (order) =>
			(status.length === 0 || status.includes(order.status as string)) &&
			Number(order.createdAt) >= (createdAfter?.toMillis() ?? -Infinity) &&
			Number(order.createdAt) < (createdBefore?.toMillis() ?? Infinity) &&
			(search === undefined || matchesSearch(order, search)) &&
			isOnDay(order),
	};
}

/** The current line lists no orders for a webshop that there is not, the first line refuses. */
export async function askForWebshop({ webshopId, filters: given }: { webshopId: string; filters: OrderFilters }, call: Call): Promise<undefined> {
	const isUnfiltered = Object.values(given).every((value) => value === undefined || (Array.isArray(value) && value.length === 0));
	if (isUnfiltered && webshopId !== ALL_WEBSHOPS && isCurrentLine(call.credentials)) await call.send(call.request({ path: { webshopId } }, 'GET /webshop/{webshopId}'));
	return undefined;
}

/** The name of the webshop, which is not in every order; it is asked once for all. */
export async function withWebshopName(order: IDataObject, call: Call): Promise<IDataObject> {
	const items = (order.balanceItems ?? []) as Array<{ relations?: { Webshop?: object } }>;
	if (items.some(({ relations }) => relations?.Webshop)) return order;
	const webshopId = String(order.webshopId);
	const name = await call
		.once(`name of ${webshopId}`, async () => {
			const { body } = await call.send(call.request({ path: { webshopId } }, 'GET /webshop/{webshopId}'));
			return (body as { meta?: { name?: unknown } }).meta?.name;
		})
		.catch(() => undefined);
	return typeof name === 'string' ? { ...order, webshopName: name } : order;
}
