/** What can start a workflow. Lists come in no stated order, so all of what is new is read. */
import type { IDataObject } from 'n8n-workflow';

import { choice, collection, text } from '../input';
import type { Fields } from '../input';
import { changed, created } from '../polling/event';
import type { Listing, Poll, TriggerEvent } from '../polling/event';
import { search } from './filters';
import { PAGE_SIZE, readHydraPage } from './paging';
import { PATHS } from './references';
import { headersOf } from './request';
import { simplifyCart, simplifyOrder } from './simplify';

/** Milliseconds; far more than the server needs to show a record that it has just stored. */
const OVERLAP = 10 * 60_000;

const SECOND = 1000;

function moment(date: unknown): number | undefined {
	return date === undefined || date === null ? undefined : Date.parse(String(date));
}

/** The list of what was created or changed since a moment, as the API's samples write one. */
function listSince(url: string, parameter: string, since: number, poll: Poll, qs: IDataObject = {}): Listing[] {
	const wholeSeconds = new Date(Math.floor(since / SECOND) * SECOND).toISOString().replace('.000Z', '+00:00');
	const request = { url, qs: { [parameter]: wholeSeconds, ...qs, page_items: PAGE_SIZE }, headers: headersOf(poll) };
	return [{ request, readPage: readHydraPage }];
}

const statusHint = 'The manual names "completed" only; other orders show what else there is.';

const status = text({
	placeholder: 'e.g. completed',
	description: `Only orders that have this status then. ${statusHint}`,
});

const createdStatus = text({
	placeholder: 'e.g. completed',
	description: `Only orders that are placed with this status; to wait for a status, choose the event Order Updated. ${statusHint}`,
});

const deliveryStatus = text({
	placeholder: 'e.g. delivered',
	description: 'Only orders that have this delivery status then. The manual names none; your orders show which there are.',
});

const filtersOf = <F extends Fields>(fields: F) => collection({ displayName: 'Filters', placeholder: 'Add Filter', fields });

function matches(wanted: string | undefined, value: unknown): boolean {
	return wanted === undefined || wanted.toLowerCase() === String(value ?? '').toLowerCase();
}

/** What every event of orders has in common. */
const anOrder = {
	noun: 'order',
	id: ({ uuid }: IDataObject) => String(uuid),
	overlap: OVERLAP,
	simplify: simplifyOrder,
};

function ordersSince(parameter: string, since: number | undefined, words: string | undefined, poll: Poll): Listing[] | undefined {
	return since === undefined ? undefined : listSince(PATHS.order, parameter, since, poll, { search: words });
}

const orderCreated = created({
	...anOrder,
	name: 'Order Created',
	value: 'orderCreated',
	description: 'An order is placed',
	input: { filters: filtersOf({ search, status: createdStatus }) },
	list: (since, poll) => ordersSince('created_since', since, poll.input.filters.search, poll),
	moment: ({ createdAt }) => moment(createdAt),
	isWanted: (order, { input }) => matches(input.filters.status, order.status),
});

const whatHasChanged = choice({
	displayName: 'What Has Changed',
	options: [
		{ name: 'Status or Delivery Status', value: 'statuses' },
		{ name: 'Anything', value: 'anything' },
		{ name: 'Delivery Status', value: 'deliveryStatus' },
		{ name: 'Status', value: 'status' },
	],
	required: true,
	description: 'An order that this trigger sees for the first time counts as changed if it is not just as it was placed',
});

interface Statuses {
	status: string;
	deliveryStatus: string;
}

function statusesOf({ status, deliveryStatus }: IDataObject): Statuses {
	return { status: String(status ?? ''), deliveryStatus: String(deliveryStatus ?? '') };
}

function hasChanged(order: IDataObject, state: string | undefined, changed: string): boolean {
	const now = statusesOf(order);
	if (changed === 'anything') return true;
	if (state === undefined) return changed !== 'deliveryStatus' || now.deliveryStatus !== '';
	const before = JSON.parse(state) as Statuses;
	return (
		(changed !== 'deliveryStatus' && now.status !== before.status) ||
		(changed !== 'status' && now.deliveryStatus !== before.deliveryStatus)
	);
}

const orderUpdated = changed({
	...anOrder,
	name: 'Order Updated',
	value: 'orderUpdated',
	description: 'An order gets another status or delivery status, or changes in another way; the whole order comes out',
	input: { changed: whatHasChanged, filters: filtersOf({ deliveryStatus, search, status }) },
	list: (since, poll) => ordersSince('updated_since', since, poll.input.filters.search, poll),
	moment: ({ updatedAt }) => moment(updatedAt),
	version: ({ updatedAt, status }) => `${String(updatedAt)} ${String(status)}`,
	isWanted: (order, { input: { filters } }) =>
		matches(filters.status, order.status) && matches(filters.deliveryStatus, order.deliveryStatus),
	// A list does not give the delivery status.
	details: {
		request: ({ uuid }, poll) => ({ url: `${PATHS.order}/${encodeURIComponent(String(uuid))}`, headers: headersOf(poll) }),
		state: (order) => JSON.stringify(statusesOf(order)),
		isEvent(order, before, { input }) {
			if (before === undefined && order.updatedAt === order.createdAt) return false;
			return hasChanged(order, before?.state, input.changed);
		},
	},
});

const cartCreated = created({
	name: 'Cart Created',
	value: 'cartCreated',
	description: 'A cart is made and not finalized yet',
	noun: 'cart',
	list: (since, poll) => (since === undefined ? undefined : listSince(PATHS.cart, 'created_since', since, poll)),
	id: ({ uuid }) => String(uuid),
	moment: ({ createdAt }) => moment(createdAt),
	overlap: OVERLAP,
	simplify: simplifyCart,
});

/** The usual one first. */
export const events: TriggerEvent[] = [orderCreated, cartCreated, orderUpdated];
