/** What can start a workflow, in the words of either line of the API. Its dates are whole seconds of its own clock. */
import { pick } from 'lodash';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { collection } from '../input';
import { changed, created } from '../polling/event';
import type { Listing, Poll, TriggerEvent } from '../polling/event';
import { watchedGroup, watchedWebshop } from './fields';
import { date, inFront, listAt, oneOf } from './filter';
import type { Condition } from './filter';
import { periodIn, readOrganization } from './organization';
import { readStamhoofdPage } from './paging';
import { isCurrentLine, onCurrentLine } from './platform';
import { simplifyBalanceItem, simplifyInvoice, simplifyRegistration, simplifyTicket } from './records';
import { statusFilter } from './resources/order/filters';
import { filterFields, filtersByWebshop, listPayments } from './resources/payment/filters';
import type { PaymentFilters } from './resources/payment/filters';
import { simplifyOrder, simplifyPayment } from './simplify';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Far more than the server needs to show a record that it has just stored. */
const OVERLAP = 10 * MINUTE;

function moment(at: unknown): number | undefined {
	if (at === undefined || at === null) return undefined;
	return typeof at === 'number' ? at : Number.NaN;
}

const at = (milliseconds: number | undefined) => (milliseconds === undefined ? undefined : DateTime.fromMillis(milliseconds));

/** At this moment or later; anything without one. */
const since = (field: string, from: number | undefined): Condition => (from === undefined ? undefined : { [field]: { $gte: date(from) } });

/** The list with its records sorted by a date; only the current line can do that. */
function sorted({ request, ...list }: Listing, by: string, from: number | undefined): Listing {
	const direction = from === undefined ? 'DESC' : 'ASC';
	return {
		...list,
		request: { ...request, qs: { ...request.qs, sort: `${by} ${direction},id ${direction}` } },
		order: from === undefined ? 'newestFirst' : 'oldestFirst',
	};
}

const paymentFilters = {
	filters: collection({ displayName: 'Filters', placeholder: 'Add Filter', fields: pick(filterFields, 'method', 'type', 'webshopId') }),
};

async function payments(filters: PaymentFilters, { credentials, send, input }: Poll<typeof paymentFilters>): Promise<Listing> {
	const given = { ...input.filters, ...filters };
	return listPayments(given, credentials, { byServer: await filtersByWebshop(given, credentials, send) });
}

/** What every event of payments has in common. */
const aPayment = { input: paymentFilters, overlap: OVERLAP, simplify: simplifyPayment };

const paymentCreated = created({
	...aPayment,
	name: 'Payment Created',
	value: 'paymentCreated',
	description: 'A payment is made out, open or paid at once',
	noun: 'payment',
	async list(from, poll) {
		const createdAfter = at(from);
		if (isCurrentLine(poll.credentials)) return [sorted(await payments({ createdAfter }, poll), 'createdAt', from)];
		if (from === undefined) return undefined;
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
	async list(from, poll) {
		const list = await payments({ status: ['Succeeded'], paidAfter: at(from) }, poll);
		if (isCurrentLine(poll.credentials)) return [sorted(list, 'paidAt', from)];
		return from === undefined ? undefined : [{ ...list, order: 'oldestFirst' }];
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
	async list(from, poll) {
		// Payments cannot be sorted by this date.
		const list = await payments({ status: ['Failed'], updatedAfter: at(from) }, poll);
		return from === undefined && isCurrentLine(poll.credentials) ? undefined : [list];
	},
	moment: ({ status, updatedAt }) => (status === 'Failed' ? moment(updatedAt) : undefined),
});

const byLastChange = { moment: ({ updatedAt }: IDataObject) => moment(updatedAt), delay: 0 };

const orderInput = { webshopId: watchedWebshop };

const orderFilters = {
	...orderInput,
	orderFilters: collection({
		displayName: 'Filters',
		placeholder: 'Add Filter',
		fields: { status: statusFilter('Only orders that have one of these statuses when they are seen') },
	}),
};

/** The orders that were placed or changed since a moment, by their last change. */
async function orderLists(
	from: number | undefined,
	status: string[],
	{ credentials, input: { webshopId }, send }: Poll<typeof orderInput>,
): Promise<Listing[] | undefined> {
	if (isCurrentLine(credentials)) {
		const conditions = [webshopId ? { webshopId } : undefined, oneOf('status', status), since('updatedAt', from)];
		return [{ ...sorted(listAt('/webshop/orders', { conditions }), 'updatedAt', from), sortedBy: byLastChange }];
	}
	if (from === undefined) return undefined;
	const ids = webshopId ? [webshopId] : readOrganization(await send({ url: '/organization' })).webshops.map(({ id }) => String(id));
	const keep = (order: IDataObject) => status.length === 0 || status.includes(String(order.status));
	return ids.map((id) => ({
		request: { url: `/webshop/${encodeURIComponent(id)}/orders`, qs: { updatedSince: from } },
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
	input: orderInput,
	async list(from, poll) {
		const lists = await orderLists(from, [], poll);
		// A list by the last change tells only at its end which orders are the oldest ones.
		return from === undefined ? lists : lists?.map((one) => ({ ...one, order: undefined }));
	},
	// Before it is valid, which is at once or when it is paid, an order is in no list.
	moment: ({ validAt, createdAt }) => moment(validAt ?? createdAt),
});

const orderChanged = changed({
	...anOrder,
	name: 'Order Created or Updated',
	value: 'orderChanged',
	description: 'An order is placed in a webshop, or changed in any way: its status, its payment, what is in it',
	input: orderFilters,
	list: async (from, poll) => await orderLists(from, poll.input.orderFilters.status ?? [], poll),
	moment: byLastChange.moment,
});

/** What every event has of which the first line has none. */
function listOfCurrentLine(url: string, by: string, conditions: Condition[], from: number | undefined, poll: Pick<Poll, 'credentials'>): Listing[] {
	onCurrentLine(undefined, poll);
	return [sorted(listAt(url, { conditions: [...conditions, since(by, from)] }), by, from)];
}

const registrationInput = { groupId: watchedGroup };

const registrationCreated = created({
	name: 'Registration Created',
	value: 'registrationCreated',
	description: 'A member is registered in a group; one that is paid online counts when it is paid',
	noun: 'registration',
	input: registrationInput,
	overlap: OVERLAP,
	list(from, poll) {
		const { groupId } = poll.input;
		onCurrentLine(undefined, poll);
		const conditions = inFront(groupId ? { groupId } : undefined, [since('registeredAt', from)]);
		return [sorted(listAt('/registrations', { conditions }), 'registeredAt', from)];
	},
	moment: ({ registeredAt }) => moment(registeredAt),
	simplify: simplifyRegistration,
});

const registrationChanged = changed({
	name: 'Registration Created or Updated',
	value: 'registrationChanged',
	description:
		'A registration of the current working year is made, changed or ended. Stamhoofd cannot say which have changed, so each poll reads all of them, a request for every 100: choose a group, or long intervals.',
	noun: 'registration',
	input: registrationInput,
	overlap: OVERLAP,
	async list(from, poll) {
		const { groupId } = poll.input;
		onCurrentLine(undefined, poll);
		if (from === undefined) return undefined;
		const condition = groupId ? { groupId } : { periodId: periodIn(await poll.send({ url: '/organization' })) };
		return [listAt('/registrations', { conditions: [condition], sort: 'registeredAt DESC,id DESC' })];
	},
	moment: ({ registeredAt, updatedAt }) => (registeredAt === null ? undefined : moment(updatedAt)),
	simplify: simplifyRegistration,
});

const balanceItemCreated = created({
	name: 'Balance Item Created',
	value: 'balanceItemCreated',
	description: 'Something is charged: a registration, an order, a fee. What is paid online counts when it is paid.',
	noun: 'balance item',
	overlap: OVERLAP,
	list: (from, poll) => listOfCurrentLine('/balance-items', 'createdAt', [], from, poll),
	moment: ({ createdAt }) => moment(createdAt),
	// What is paid online is hidden until it is paid (read in the source).
	isWanted: ({ status }) => status !== 'Hidden',
	patience: () => HOUR,
	simplify: simplifyBalanceItem,
});

/** How long after a ticket was scanned the server may hear of it, from a telephone that was offline. */
const LONGEST_OFFLINE = DAY;

const ticketScanned = changed({
	name: 'Ticket Scanned',
	value: 'ticketScanned',
	description: 'A ticket of a webshop is scanned; a second time if it was marked as not scanned in between',
	noun: 'scanned ticket',
	input: orderInput,
	overlap: 2 * HOUR,
	list(from, poll) {
		const { webshopId } = poll.input;
		const lists = listOfCurrentLine('/webshop/tickets/private', 'updatedAt', [webshopId ? { webshopId } : undefined], from, poll);
		return lists.map((one) => ({ ...one, sortedBy: byLastChange }));
	},
	// Other changes of a ticket that was scanned long ago are no news.
	moment({ scannedAt, updatedAt }) {
		const changedAt = moment(updatedAt);
		const isNews = typeof scannedAt === 'number' && !(Number(changedAt) - scannedAt > LONGEST_OFFLINE);
		return isNews ? changedAt : undefined;
	},
	version: ({ scannedAt }) => String(scannedAt),
	simplify: simplifyTicket,
});

const invoiceCreated = created({
	name: 'Invoice Created',
	value: 'invoiceCreated',
	description: 'An invoice or a credit note is made',
	noun: 'invoice',
	overlap: OVERLAP,
	list: (from, poll) => listOfCurrentLine('/invoices', 'createdAt', [], from, poll),
	moment: ({ createdAt }) => moment(createdAt),
	simplify: simplifyInvoice,
});

/** The usual one first. */
export const events: TriggerEvent[] = [
	paymentPaid,
	orderCreated,
	orderChanged,
	paymentCreated,
	paymentFailed,
	registrationCreated,
	registrationChanged,
	balanceItemCreated,
	ticketScanned,
	invoiceCreated,
];
