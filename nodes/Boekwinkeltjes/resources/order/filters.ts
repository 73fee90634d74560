import type { IDataObject } from 'n8n-workflow';

import { choice, choices, moment, text } from '../../../input';
import type { Fields, Optional } from '../../../input';
import { parseDate } from '../../fields';
import { paymentStatusOf } from '../../simplify';

/** The first ten are stated, the last three were observed. New ones may come: none is refused. */
export const statusOptions = [
	{ name: 'Lost in Transit', value: 'lost_in_transit' },
	{ name: 'New Order', value: 'new_order' },
	{ name: 'No Response', value: 'no_response' },
	{ name: 'Payment Link Mailed', value: 'paymentlink_mailed' },
	{ name: 'Picked Up, Paid', value: 'picked_up_paid' },
	{ name: 'Return Received', value: 'return_received' },
	{ name: 'Shipped, Paid', value: 'shipped_paid' },
	{ name: 'Shipped, Wait for Payment', value: 'shipped_wait_for_payment' },
	{ name: 'Sold or Unavailable', value: 'sold_or_unavailable' },
	{ name: 'Wait for Customer', value: 'wait_for_customer' },
	{ name: 'Wait for Payment', value: 'wait_for_payment' },
	{ name: 'Wait for Pickup', value: 'wait_for_pickup' },
	{ name: 'Wait for Shipping', value: 'wait_for_shipping' },
];

export const paymentStatusOptions = [
	{ name: 'Open', value: 'open' },
	{ name: 'Paid', value: 'paid' },
	{ name: 'Refunded', value: 'refunded' },
];

export const statusFilter = choices({ options: statusOptions, open: true, description: 'Only orders with one of these statuses' });

export const paymentStatusFilter = choices({
	options: paymentStatusOptions,
	open: true,
	description: 'Only orders with one of these. All orders are read, and the others are left out here.',
});

export const search = text({ displayName: 'Search', description: 'Words to search for' });

export const orderFilters = {
	orderedAfter: moment({ description: 'Only orders of this moment or later. All orders are read, and the others are left out here' }),
	orderedBefore: moment({ description: 'Only orders before this moment. All orders are read, and the others are left out here' }),
	paymentStatus: paymentStatusFilter,
	query: search,
	status: statusFilter,
} satisfies Fields;

export const sortBy = choice({
	options: [
		{ name: 'Date, Newest First', value: '-date' },
		{ name: 'Date, Oldest First', value: '+date' },
		{ name: 'Title, A to Z', value: '+title' },
		{ name: 'Title, Z to A', value: '-title' },
	],
	description: 'Boekwinkeltjes documents "Title, A to Z" only; check that the others do what you expect',
});

/** What the API filters goes into the query, and the rest into `keep`. */
export function orderQuery(filters: Optional<typeof orderFilters>): { qs: IDataObject; keep?: (order: IDataObject) => boolean } {
	const { query, status = [], paymentStatus = [], orderedAfter, orderedBefore } = filters;
	const isInPeriod = (order: IDataObject) => {
		const ordered = parseDate(order.date)?.toMillis() ?? NaN;
		return ordered >= (orderedAfter?.toMillis() ?? -Infinity) && ordered < (orderedBefore?.toMillis() ?? Infinity);
	};
	const hasPeriod = orderedAfter !== undefined || orderedBefore !== undefined;
	const conditions = [
		hasPeriod && isInPeriod,
		status.length > 1 && ((order: IDataObject) => status.includes(order.status as string)),
		paymentStatus.length > 0 && ((order: IDataObject) => paymentStatus.includes(paymentStatusOf(order) ?? '')),
	].filter((condition) => condition !== false);
	return {
		qs: { query, status: status.length === 1 ? status[0] : undefined },
		keep: conditions.length > 0 ? (order) => conditions.every((condition) => condition(order)) : undefined,
	};
}
