/** What can start a workflow, in the words of either line of the API. Its dates are whole seconds of its own clock. */
import { find } from 'lodash';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Listing, Poll, TriggerEvent } from '../polling/event';
import { webshopLocator } from './fields';
import { readOrganization } from './organization';
import { PAGE_SIZE, readStamhoofdPage } from './paging';
import { isCurrentLine } from './platform';
import { orderStatusOptions } from './resources/order/getMany';
import { filterFields, listPayments } from './resources/payment/filters';
import type { PaymentFilters } from './resources/payment/filters';
import { simplifyOrder, simplifyPayment } from './simplify';

/** Milliseconds; far more than the server needs to show a record that it has just stored. */
const OVERLAP = 10 * 60_000;

function moment(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

function option(name: string): INodeProperties {
	return find(filterFields[0].options, { name }) as INodeProperties;
}

const paymentFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [option('method'), option('webshopId')],
};

const orderFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'orderFilters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: orderStatusOptions,
			default: [],
			description: 'Only orders that have one of these statuses when they are seen',
		},
	],
};

function payments(filters: PaymentFilters, { context, credentials, parameter }: Poll): Listing {
	const own = parameter<PaymentFilters>('filters', {});
	return listPayments({ method: own.method, webshopId: own.webshopId, ...filters }, credentials, context.getTimezone());
}

/** The request with its records sorted by a date; only the current line can do that. */
function sorted({ request, keep }: Listing, by: string, since: number | undefined): Listing {
	const direction = since === undefined ? 'DESC' : 'ASC';
	return {
		request: { ...request, qs: { ...request.qs, sort: `${by} ${direction},id ${direction}` } },
		keep,
		order: since === undefined ? 'newestFirst' : 'oldestFirst',
	};
}

function iso(milliseconds: number | undefined): string | undefined {
	return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

/** What every event of payments has in common. */
const aPayment = {
	fields: [paymentFilters],
	readPage: readStamhoofdPage,
	overlap: OVERLAP,
	simplify: simplifyPayment,
};

const paymentCreated: TriggerEvent = {
	...aPayment,
	name: 'Payment Created',
	value: 'paymentCreated',
	description: 'A payment is made out, open or paid at once',
	noun: 'payment',
	list(since, poll) {
		const createdAfter = iso(since);
		if (isCurrentLine(poll.credentials)) return [sorted(payments({ createdAfter }, poll), 'createdAt', since)];
		if (since === undefined) return undefined;
		// The first line shows transfers at once, and other payments when they are paid.
		return [
			payments({}, poll),
			{ ...payments({ paidAfter: createdAfter }, poll), order: 'oldestFirst' },
		];
	},
	moment({ method, createdAt, paidAt }, { credentials }) {
		const isShownAtOnce = method === 'Transfer' || isCurrentLine(credentials);
		return moment(isShownAtOnce ? createdAt : paidAt);
	},
};

const paymentPaid: TriggerEvent = {
	...aPayment,
	name: 'Payment Paid',
	value: 'paymentPaid',
	description: 'A payment is received, or marked as paid by hand',
	noun: 'paid payment',
	list(since, poll) {
		const listing = payments({ status: ['Succeeded'], paidAfter: iso(since) }, poll);
		if (isCurrentLine(poll.credentials)) return [sorted(listing, 'paidAt', since)];
		return since === undefined ? undefined : [{ ...listing, order: 'oldestFirst' }];
	},
	moment: ({ status, paidAt }) => (status === 'Succeeded' ? moment(paidAt) : undefined),
	// Paid, marked as unpaid and paid again are two events.
	version: ({ paidAt }) => String(paidAt),
};

const paymentFailed: TriggerEvent = {
	...aPayment,
	name: 'Payment Failed',
	value: 'paymentFailed',
	description: 'A payment fails, or is marked as failed by hand',
	noun: 'failed payment',
	list(since, poll) {
		// Payments cannot be sorted by this date.
		const listing = payments({ status: ['Failed'], updatedAfter: iso(since) }, poll);
		return since === undefined && isCurrentLine(poll.credentials) ? undefined : [listing];
	},
	moment: ({ status, updatedAt }) => (status === 'Failed' ? moment(updatedAt) : undefined),
	version: ({ updatedAt }) => String(updatedAt),
};

interface OrderFilters {
	status?: string[];
}

async function ordersOfFirstLine(since: number, webshopId: string, status: string[], poll: Poll): Promise<Listing[]> {
	const ids = webshopId
		? [webshopId]
		: readOrganization(await poll.send({ url: '/organization' })).webshops.map(({ id }) => String(id));
	return ids.map((id) => ({
		request: { url: `/webshop/${encodeURIComponent(id)}/orders`, qs: { updatedSince: since } },
		keep: (order: IDataObject) => status.length === 0 || status.includes(String(order.status)),
		order: 'oldestFirst' as const,
	}));
}

const orderChanged: TriggerEvent = {
	name: 'Order Created or Updated',
	value: 'orderChanged',
	description: 'An order is placed in a webshop, or changed in any way: its status, its payment, what is in it',
	noun: 'order',
	fields: [{ ...webshopLocator, required: false, description: 'The webshop to watch; leave it empty to watch all' }, orderFilters],
	async list(since, poll) {
		const webshopId = poll.parameter<string>('webshopId', '').trim().toLowerCase();
		const { status = [] } = poll.parameter<OrderFilters>('orderFilters', {});
		if (!isCurrentLine(poll.credentials)) {
			return since === undefined ? undefined : await ordersOfFirstLine(since, webshopId, status, poll);
		}
		const conditions: IDataObject[] = [
			webshopId !== '' && { webshopId },
			status.length > 0 && { status: { $in: status } },
			since !== undefined && { updatedAt: { $gte: { $: '$date', value: since } } },
		].filter((condition) => condition !== false);
		const filter = conditions.length > 0 ? JSON.stringify({ $and: conditions }) : undefined;
		return [sorted({ request: { url: '/webshop/orders', qs: { limit: PAGE_SIZE, filter } } }, 'updatedAt', since)];
	},
	readPage: readStamhoofdPage,
	moment: ({ updatedAt }) => moment(updatedAt),
	version: ({ updatedAt }) => String(updatedAt),
	overlap: OVERLAP,
	simplify: simplifyOrder,
};

export const events: TriggerEvent[] = [orderChanged, paymentCreated, paymentFailed, paymentPaid];
