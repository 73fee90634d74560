/** What can start a workflow. The API has no list of changes, so some lists are compared with how they were. */
import type { IDataObject } from 'n8n-workflow';

import { collection, isGiven } from '../input';
import { appeared, changed, created, statusChanged } from '../polling/event';
import type { Listing, Poll, TriggerEvent } from '../polling/event';
import { readList } from './answer';
import { parseDate } from './fields';
import { requestTo } from './paths';
import { bookFilters as filtersOfBooks, PAGE_SIZE } from './resources/book/getMany';
import { paymentStatusFilter, search, statusFilter } from './resources/order/filters';
import { paymentStatusOf, simplifyBook, simplifyOrder, simplifyPayment } from './simplify';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds; dates of orders are local, so that at the end of summer time an hour comes twice. */
const OVERLAP = 3 * HOUR;

/** Milliseconds after which an order's status, or a payment that was not made, is no longer watched. */
const WATCHED = 60 * DAY;

function moment(date: unknown): number | undefined {
	return isGiven(date) ? (parseDate(date)?.toMillis() ?? Number.NaN) : undefined;
}

const WHEN_IT_HAS = 'Only orders with one of these. A new order that has none of them yet comes when it has.';

const waiting = <F extends typeof statusFilter>(field: F): F => ({ ...field, panel: { ...field.panel, description: WHEN_IT_HAS } });

const orderFilters = collection({
	placeholder: 'Add Filter',
	fields: { paymentStatus: waiting(paymentStatusFilter), query: search, status: waiting(statusFilter) },
});

type OrderPoll = Poll<{ filters: typeof orderFilters }>;

/** Whether the order passes the filters that the API does not have. */
function isWanted(order: IDataObject, { input }: OrderPoll): boolean {
	const { paymentStatus = [], status = [] } = input.filters;
	return (
		(status.length === 0 || status.includes(String(order.status))) &&
		(paymentStatus.length === 0 || paymentStatus.includes(paymentStatusOf(order) ?? ''))
	);
}

/** What every event of orders has in common. */
const anOrder = {
	input: { filters: orderFilters },
	list(_: unknown, { credentials, input }: OrderPoll): Listing[] {
		// Only sorting by title is documented; this is inferred. An order list that comes otherwise is read to its end.
		const qs = { page: 1, sort: '-date', query: input.filters.query };
		const request = requestTo('order.getAll', credentials, { qs });
		return [{ request, readPage: readList('orders'), order: 'newestFirst' }];
	},
	noun: 'order',
	moment: ({ date }: IDataObject) => moment(date),
	isWanted,
	simplify: simplifyOrder,
};

const orderCreated = created({
	...anOrder,
	name: 'Order Created',
	value: 'orderCreated',
	description: 'A book is ordered in your shop. With a filter: as soon as the order passes it, within 60 days.',
	overlap: OVERLAP,
	// Most orders are paid after they were placed.
	patience({ input }) {
		const { paymentStatus = [], status = [] } = input.filters;
		return paymentStatus.length + status.length > 0 ? WATCHED : 0;
	},
});

const orderStatusChanged = statusChanged({
	...anOrder,
	name: 'Order Status Changed',
	value: 'orderStatusChanged',
	description: 'An order of the last 60 days gets another status, by hand or by Boekwinkeltjes',
	status: ({ status }) => String(status),
	firstStatus: 'new_order',
	watched: WATCHED,
});

/** No filter is documented. */
function paymentList({ credentials }: Poll): Listing {
	return { request: requestTo('payment.getAll', credentials), readPage: readList('payments'), order: 'newestFirst' };
}

const madeAt = ({ created }: IDataObject) => moment(created);

/** What every event of payments has in common. */
const aPayment = { overlap: OVERLAP, simplify: simplifyPayment };

const paymentCreated = created({
	...aPayment,
	name: 'Payment Created',
	value: 'paymentCreated',
	description: 'A payment or a payment link is made',
	noun: 'payment',
	list: (_, poll) => [paymentList(poll)],
	moment: madeAt,
});

const paymentPaid = changed({
	...aPayment,
	name: 'Payment Paid',
	value: 'paymentPaid',
	description: 'A payment or a payment link of the last 60 days is paid',
	noun: 'paid payment',
	list: (_, poll) => [{ ...paymentList(poll), sortedBy: { moment: madeAt, delay: WATCHED } }],
	moment: ({ successDate }) => moment(successDate),
});

const { language, location, query } = filtersOfBooks;
const bookFilters = collection({ placeholder: 'Add Filter', fields: { language, location, query } });

/** Value of the filter `status` for sold books (stated). */
const SOLD = 2;

const bookSold = appeared({
	name: 'Book Sold',
	value: 'bookSold',
	description: 'A book is no longer for sale because it is sold',
	noun: 'sold book',
	input: { filters: bookFilters },
	list(_, { credentials, input }) {
		const qs = { page: 1, per_page: PAGE_SIZE, status: SOLD, ...input.filters };
		return [{ request: requestTo('book.getAll', credentials, { qs }), readPage: readList('books') }];
	},
	simplify: simplifyBook,
});

/** The usual one first. */
export const events: TriggerEvent[] = [orderCreated, bookSold, orderStatusChanged, paymentCreated, paymentPaid];
