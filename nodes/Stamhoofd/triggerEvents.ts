/** What can start a workflow, in the words of either line of the API. Its dates are whole seconds of its own clock. */
import { pick } from 'lodash';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { collection } from '../input';
import { changed, created } from '../polling/event';
import type { Listing, Poll, TriggerEvent } from '../polling/event';
import { watchedWebshop } from './fields';
import { date, listAt, oneOf } from './filter';
import { readOrganization } from './organization';
import { readStamhoofdPage } from './paging';
import { isCurrentLine } from './platform';
import { statusFilter } from './resources/order/getMany';
import { filterFields, filtersByWebshop, listPayments } from './resources/payment/filters';
import type { PaymentFilters } from './resources/payment/filters';
import { simplifyOrder, simplifyPayment } from './simplify';

/** Milliseconds; far more than the server needs to show a record that it has just stored. */
const OVERLAP = 10 * 60_000;

function moment(date: unknown): number | undefined {
	if (date === undefined || date === null) return undefined;
	return typeof date === 'number' ? date : Number.NaN;
}

const paymentFilters = collection({
	displayName: 'Filters',
	placeholder: 'Add Filter',
	fields: pick(filterFields, 'method', 'webshopId'),
});

const orderFilters = collection({
	displayName: 'Filters',
	placeholder: 'Add Filter',
	fields: { status: statusFilter('Only orders that have one of these statuses when they are seen') },
});

const at = (milliseconds: number | undefined) => (milliseconds === undefined ? undefined : DateTime.fromMillis(milliseconds));

type PaymentPoll = Poll<{ filters: typeof paymentFilters }>;

async function payments(filters: PaymentFilters, { credentials, input, send }: PaymentPoll): Promise<Listing> {
	const given = { ...input.filters, ...filters };
	return listPayments(given, credentials, { byServer: await filtersByWebshop(given, credentials, send) });
}

/** The list with its records sorted by a date; only the current line can do that. */
function sorted({ request, ...list }: Listing, by: string, since: number | undefined): Listing {
	const direction = since === undefined ? 'DESC' : 'ASC';
	return {
		...list,
		request: { ...request, qs: { ...request.qs, sort: `${by} ${direction},id ${direction}` } },
		order: since === undefined ? 'newestFirst' : 'oldestFirst',
	};
}

/** What every event of payments has in common. */
const aPayment = {
	input: { filters: paymentFilters },
	overlap: OVERLAP,
	simplify: simplifyPayment,
};

const paymentCreated = created({
	...aPayment,
	name: 'Payment Created',
	value: 'paymentCreated',
	description: 'A payment is made out, open or paid at once',
	noun: 'payment',
	async list(since, poll) {
		const createdAfter = at(since);
		if (isCurrentLine(poll.credentials)) return [sorted(await payments({ createdAfter }, poll), 'createdAt', since)];
		if (since === undefined) return undefined;
		// The first line shows transfers at once, and other payments when they are paid.
		return [await payments({}, poll), { ...(await payments({ paidAfter: createdAfter }, poll)), order: 'oldestFirst' }];
	},
	moment({ method, createdAt, paidAt }, { credentials }) {
		const isShownAtOnce = method === 'Transfer' || isCurrentLine(credentials);
		return moment(isShownAtOnce ? createdAt : paidAt);
	},
});

const paymentPaid = changed({
	...aPayment,
	name: 'Payment Paid',
	value: 'paymentPaid',
	description: 'A payment is received, or marked as paid by hand',
	noun: 'paid payment',
	async list(since, poll) {
		const list = await payments({ status: ['Succeeded'], paidAfter: at(since) }, poll);
		if (isCurrentLine(poll.credentials)) return [sorted(list, 'paidAt', since)];
		return since === undefined ? undefined : [{ ...list, order: 'oldestFirst' }];
	},
	// Paid, marked as unpaid and paid again are two events.
	moment: ({ status, paidAt }) => (status === 'Succeeded' ? moment(paidAt) : undefined),
});

const paymentFailed = changed({
	...aPayment,
	name: 'Payment Failed',
	value: 'paymentFailed',
	description: 'A payment fails, or is marked as failed by hand',
	noun: 'failed payment',
	async list(since, poll) {
		// Payments cannot be sorted by this date.
		const list = await payments({ status: ['Failed'], updatedAfter: at(since) }, poll);
		return since === undefined && isCurrentLine(poll.credentials) ? undefined : [list];
	},
	moment: ({ status, updatedAt }) => (status === 'Failed' ? moment(updatedAt) : undefined),
});

const byLastChange = { moment: ({ updatedAt }: IDataObject) => moment(updatedAt), delay: 0 };

/** The orders that were placed or changed since a moment, by their last change. */
async function orderLists(
	since: number | undefined,
	status: string[],
	poll: Poll<{ webshopId: typeof watchedWebshop }>,
): Promise<Listing[] | undefined> {
	const { webshopId } = poll.input;
	if (isCurrentLine(poll.credentials)) {
		const conditions = [
			webshopId ? { webshopId } : undefined,
			oneOf('status', status),
			since === undefined ? undefined : { updatedAt: { $gte: date(since) } },
		];
		return [{ ...sorted(listAt('/webshop/orders', { conditions }), 'updatedAt', since), sortedBy: byLastChange }];
	}
	if (since === undefined) return undefined;
	const ids = webshopId
		? [webshopId]
		: readOrganization(await poll.send({ url: '/organization' })).webshops.map(({ id }) => String(id));
	const keep = (order: IDataObject) => status.length === 0 || status.includes(String(order.status));
	return ids.map((id) => ({
		request: { url: `/webshop/${encodeURIComponent(id)}/orders`, qs: { updatedSince: since } },
		readPage: readStamhoofdPage,
		keep,
		order: 'oldestFirst',
	}));
}

/** What every event of orders has in common. */
const anOrder = { noun: 'order', overlap: OVERLAP, simplify: simplifyOrder };

const orderCreated = created({
	...anOrder,
	name: 'Order Created',
	value: 'orderCreated',
	description: 'An order is placed in a webshop; one that is paid online counts when it is paid',
	input: { webshopId: watchedWebshop },
	async list(since, poll) {
		const lists = await orderLists(since, [], poll);
		// A list by the last change tells only at its end which orders are the oldest ones.
		return since === undefined ? lists : lists?.map((one) => ({ ...one, order: undefined }));
	},
	// Before it is valid, which is at once or when it is paid, an order is in no list.
	moment: ({ validAt, createdAt }) => moment(validAt ?? createdAt),
});

const orderChanged = changed({
	...anOrder,
	name: 'Order Created or Updated',
	value: 'orderChanged',
	description: 'An order is placed in a webshop, or changed in any way: its status, its payment, what is in it',
	input: { webshopId: watchedWebshop, orderFilters },
	list: async (since, poll) => await orderLists(since, poll.input.orderFilters.status ?? [], poll),
	moment: byLastChange.moment,
});

/** The usual one first. */
export const events: TriggerEvent[] = [paymentPaid, orderCreated, orderChanged, paymentCreated, paymentFailed];
