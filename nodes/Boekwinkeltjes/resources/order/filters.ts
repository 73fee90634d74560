import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { date, parseDate, readInput, text } from '../../input';
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

export const filterField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Ordered After',
			name: 'orderedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only orders of this moment or later. All orders are read, and the others are left out here.',
		},
		{
			displayName: 'Ordered Before',
			name: 'orderedBefore',
			type: 'dateTime',
			default: '',
			description: 'Only orders before this moment. All orders are read, and the others are left out here.',
		},
		{
			displayName: 'Payment Status',
			name: 'paymentStatus',
			type: 'multiOptions',
			options: paymentStatusOptions,
			default: [],
			description: 'Only orders with one of these. All orders are read, and the others are left out here.',
		},
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Words to search for',
		},
		{
			displayName: 'Sort By',
			name: 'sort',
			type: 'options',
			options: [
				{ name: 'Date, Newest First', value: '-date' },
				{ name: 'Date, Oldest First', value: '+date' },
				{ name: 'Title, A to Z', value: '+title' },
				{ name: 'Title, Z to A', value: '-title' },
			],
			default: '-date',
			description: 'Boekwinkeltjes documents "Title, A to Z" only; check that the others do what you expect',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: statusOptions,
			default: [],
			description: 'Only orders with one of these statuses',
		},
	],
};

const moment = (value: unknown) => date(value).toMillis();

/**
 * What the API filters goes into the query, and the rest into `keep`.
 * @throws InvalidInput
 */
export function orderFilters(filters: IDataObject): { qs: IDataObject; keep?: (order: IDataObject) => boolean } {
	const { query, sort, orderedAfter, orderedBefore } = readInput(filters, {
		query: { label: 'Search', read: text },
		sort: { label: 'Sort By', read: text },
		orderedAfter: { label: 'Ordered After', read: moment },
		orderedBefore: { label: 'Ordered Before', read: moment },
	});
	// An expression may give one status as a text.
	const statuses = [filters.status ?? []].flat().filter((status) => status !== '');
	const paymentStatuses = [filters.paymentStatus ?? []].flat().filter((status) => status !== '');
	const after = Number(orderedAfter ?? -Infinity);
	const before = Number(orderedBefore ?? Infinity);
	const isInPeriod = (order: IDataObject) => {
		const ordered = parseDate(order.date)?.toMillis() ?? NaN;
		return ordered >= after && ordered < before;
	};
	const hasPeriod = orderedAfter !== undefined || orderedBefore !== undefined;
	const conditions = [
		hasPeriod && isInPeriod,
		statuses.length > 1 && ((order: IDataObject) => statuses.includes(order.status as string)),
		paymentStatuses.length > 0 && ((order: IDataObject) => paymentStatuses.includes(paymentStatusOf(order) ?? '')),
	].filter((condition) => condition !== false);
	return {
		qs: { query, sort, status: statuses.length === 1 ? statuses[0] : undefined },
		keep: conditions.length > 0 ? (order) => conditions.every((condition) => condition(order)) : undefined,
	};
}
