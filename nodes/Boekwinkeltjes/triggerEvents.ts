/** What can start a workflow. The API has no list of changes, so some lists are compared with how they were. */
import { find } from 'lodash';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Listing, Poll, TriggerEvent } from '../polling/event';
import { readList } from './answer';
import { parseDate } from './input';
import { requestTo } from './paths';
import { getMany as getManyBooks, PAGE_SIZE } from './resources/book/getMany';
import { filterField } from './resources/order/filters';
import { paymentStatusOf, simplifyBook, simplifyOrder, simplifyPayment } from './simplify';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds; dates of orders are local, so that at the end of summer time an hour comes twice. */
const OVERLAP = 3 * HOUR;

/** Milliseconds after which an order's status, or a payment that was not made, is no longer watched. */
const WATCHED = 60 * DAY;

function moment(date: unknown): number | undefined {
	return parseDate(date)?.toMillis();
}

/** Filters of a list as those of a trigger, with other descriptions where what the list says does not hold. */
function filtersOf(options: INodeProperties['options'], descriptions: Record<string, string | undefined>): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: Object.entries(descriptions).map(([name, own]) => {
			const option = find(options, { name }) as INodeProperties;
			return { ...option, description: own ?? option.description };
		}),
	};
}

interface OrderFilters {
	paymentStatus?: string[];
	query?: string;
	status?: string[];
}

function orderFiltersOf({ parameter }: Poll): OrderFilters {
	return parameter<OrderFilters>('filters', {});
}

/** Whether the order passes the filters that the API does not have. */
function isWanted(order: IDataObject, poll: Poll): boolean {
	const { paymentStatus = [], status = [] } = orderFiltersOf(poll);
	return (
		(status.length === 0 || status.includes(String(order.status))) &&
		(paymentStatus.length === 0 || paymentStatus.includes(paymentStatusOf(order) ?? ''))
	);
}

const orderFilters = filtersOf(filterField.options, {
	paymentStatus: 'Only orders with one of these. A new order that has none of them yet comes when it has.',
	query: undefined,
	status: 'Only orders with one of these. A new order that has none of them yet comes when it has.',
});

/** What every event of orders has in common. */
const anOrder = {
	fields: [orderFilters],
	list(_: unknown, poll: Poll): Listing[] {
		const { query } = orderFiltersOf(poll);
		// Only sorting by title is documented; this is inferred. An order list that comes otherwise is read to its end.
		const request = requestTo('order.getAll', poll.credentials, { qs: { page: 1, sort: '-date', query } });
		return [{ request, order: 'newestFirst' }];
	},
	readPage: readList('orders'),
	moment: ({ date }: IDataObject) => moment(date),
	simplify: simplifyOrder,
};

const orderCreated: TriggerEvent = {
	...anOrder,
	name: 'Order Created',
	value: 'orderCreated',
	description: 'A book is ordered in your shop. With a filter: as soon as the order passes it, within 60 days.',
	noun: 'order',
	overlap: OVERLAP,
	// Most orders are paid after they were placed.
	isReady: isWanted,
	waitingOverlap(poll) {
		const { paymentStatus = [], status = [] } = orderFiltersOf(poll);
		return paymentStatus.length + status.length > 0 ? WATCHED : undefined;
	},
};

const orderStatusChanged: TriggerEvent = {
	...anOrder,
	name: 'Order Status Changed',
	value: 'orderStatusChanged',
	description: 'An order of the last 60 days gets another status, by hand or by Boekwinkeltjes',
	noun: 'order',
	version: ({ status }) => String(status),
	overlap: WATCHED,
	isWanted,
	// An order that is seen for the first time has changed if it is no longer what every order is at first.
	isEvent: ({ status }, before) => before !== undefined || status !== 'new_order',
};

/** What every event of payments has in common; no filter is documented. */
const aPayment = {
	fields: [],
	list: (_: unknown, { credentials }: Poll): Listing[] => [
		{ request: requestTo('payment.getAll', credentials), order: 'newestFirst' },
	],
	readPage: readList('payments'),
	overlap: OVERLAP,
	simplify: simplifyPayment,
};

const paymentCreated: TriggerEvent = {
	...aPayment,
	name: 'Payment Created',
	value: 'paymentCreated',
	description: 'A payment or a payment link is made',
	noun: 'payment',
	moment: ({ created }) => moment(created),
};

const paymentPaid: TriggerEvent = {
	...aPayment,
	name: 'Payment Paid',
	value: 'paymentPaid',
	description: 'A payment or a payment link of the last 60 days is paid',
	noun: 'paid payment',
	moment: ({ successDate }) => moment(successDate),
	version: ({ successDate }) => String(successDate),
	sortedBy: ({ created }) => moment(created),
	delay: WATCHED,
};

const bookFilters = filtersOf(find(getManyBooks.fields, { name: 'filters' })!.options, {
	language: undefined,
	location: undefined,
	query: undefined,
});

/** Value of the filter `status` for sold books (stated). */
const SOLD = 2;

const bookSold: TriggerEvent = {
	name: 'Book Sold',
	value: 'bookSold',
	description: 'A book is no longer for sale because it is sold',
	noun: 'sold book',
	fields: [bookFilters],
	list(_, { credentials, parameter }) {
		const { language, location, query } = parameter<IDataObject>('filters', {});
		const qs = { page: 1, per_page: PAGE_SIZE, status: SOLD, language, location, query };
		return [{ request: requestTo('book.getAll', credentials, { qs }) }];
	},
	readPage: readList('books'),
	// A book does not tell when it was sold.
	moment: () => 0,
	overlap: Infinity,
	simplify: simplifyBook,
};

export const events: TriggerEvent[] = [bookSold, orderCreated, orderStatusChanged, paymentCreated, paymentPaid];
