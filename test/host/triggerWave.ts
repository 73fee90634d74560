/** Lets things happen at all three platforms at once, and says which events that is. */
import { randomUUID } from 'node:crypto';

import { DateTime } from 'luxon';

import { SEED_NOW } from '../sandbox/stamhoofd/seed';
import type { Platforms } from './platforms';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The events of the triggers, by the type of their node. */
export const EVENTS = {
	stamhoofdTrigger: [
		'balanceItemCreated',
		'invoiceCreated',
		'orderChanged',
		'orderCreated',
		'paymentCreated',
		'paymentFailed',
		'paymentPaid',
		'registrationChanged',
		'registrationCreated',
		'ticketScanned',
	],
	boekwinkeltjesTrigger: ['bookSold', 'orderCreated', 'orderStatusChanged', 'paymentCreated', 'paymentPaid'],
	topgeschenkenTrigger: ['cartCreated', 'orderCreated', 'orderUpdated'],
};

/** An event in one line: "stamhoofdTrigger paymentPaid", its id, and what tells it from another event of the same id. */
export const eventKey = (type: string, event: string, ...of: unknown[]) => [type, event, ...of].join(' ');

const local = (milliseconds: number) => DateTime.fromMillis(milliseconds, { zone: 'Europe/Amsterdam' }).toFormat('yyyy-MM-dd HH:mm:ss');
const iso = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');

/** Most of what happens in a wave happens in the same second. */
const momentOf = (start: number, wave: number, index: number) => start + wave * 5 * MINUTE + (index % 3) * SECOND;

function stamhoofdWave({ stamhoofd: { sandbox } }: Platforms, wave: number): string[] {
	const { payments, orders, registrations, tickets, invoices, periods } = sandbox.state;
	const key = (event: string, ...of: unknown[]) => eventKey('stamhoofdTrigger', event, ...of);
	const at = (index: number) => momentOf(SEED_NOW, wave, index);
	const model = payments.find(({ order }) => order)!;
	const open = payments.filter(({ order, paidAt, status }) => order && paidAt === null && status !== 'Failed');
	const paid = open.slice(0, 16).map((payment, index) => {
		const order = payment.order!;
		Object.assign(payment, { status: 'Succeeded', paidAt: at(index), updatedAt: at(index) });
		order.updatedAt = at(index);
		return [key('paymentPaid', payment.id, iso(at(index))), key('orderChanged', order.id, iso(at(index)))];
	});
	const failed = open.slice(16, 33).map((payment, index) => {
		Object.assign(payment, { status: 'Failed', updatedAt: at(index) });
		return key('paymentFailed', payment.id, iso(at(index)));
	});
	const created = Array.from({ length: 17 }, (_, index) => {
		const dates = { createdAt: at(index), updatedAt: at(index) };
		const payment = { ...model, ...dates, id: randomUUID(), balanceItemId: randomUUID(), linkId: randomUUID(), status: 'Created' as const, paidAt: null };
		payment.order = { ...model.order!, ...dates, id: randomUUID(), number: orders.length + 1, payment };
		payments.push(payment);
		orders.push(payment.order);
		const { id } = payment.order;
		return [
			key('paymentCreated', payment.id, ''),
			key('balanceItemCreated', payment.balanceItemId, ''),
			key('orderCreated', id, ''),
			key('orderChanged', id, iso(at(index))),
		];
	});
	const registered = registrations.filter(({ group, registeredAt }) => registeredAt !== null && group.period.id === periods.at(-1)!.id);
	const moved = registered.slice(0, 11).map((registration, index) => {
		registration.updatedAt = at(index);
		return key('registrationChanged', registration.id, iso(at(index)));
	});
	const joined = Array.from({ length: 11 }, (_, index) => {
		const registration = { ...registered[0], id: randomUUID(), registeredAt: at(index), createdAt: at(index), updatedAt: at(index) };
		registrations.push(registration);
		return [key('registrationCreated', registration.id, ''), key('registrationChanged', registration.id, iso(at(index)))];
	});
	const scanned = tickets.filter(({ scannedAt, deletedAt }) => scannedAt === null && deletedAt === null).slice(0, 11).map((ticket, index) => {
		Object.assign(ticket, { scannedAt: at(index), updatedAt: at(index) });
		return key('ticketScanned', ticket.id, '');
	});
	const invoiced = Array.from({ length: 7 }, (_, index) => {
		const invoice = { ...invoices[0], id: randomUUID(), number: `${wave}-${index}`, createdAt: at(index), updatedAt: at(index) };
		invoices.push(invoice);
		return key('invoiceCreated', invoice.id, '');
	});
	return [...paid.flat(), ...failed, ...created.flat(), ...moved, ...joined.flat(), ...scanned, ...invoiced];
}

function boekwinkeltjesWave({ boekwinkeltjes: { sandbox } }: Platforms, wave: number): string[] {
	const { books, orders, payments } = sandbox.state;
	const key = (event: string, ...of: unknown[]) => eventKey('boekwinkeltjesTrigger', event, ...of);
	const at = (index: number) => momentOf(SEED_NOW, wave, index);
	const next = (records: Array<{ id: number }>) => Math.max(...records.map(({ id }) => id)) + 1;
	const changed = orders.slice(20, 37).map((order) => {
		order.status = order.status === 'wait_for_shipping' ? 'shipped_paid' : 'wait_for_shipping';
		return key('orderStatusChanged', order.id, order.status);
	});
	const paid = payments.filter(({ successDate }) => successDate === null).slice(0, 16).map((payment, index) => {
		Object.assign(payment, { status: 1, successDate: iso(at(index)) });
		return key('paymentPaid', payment.id, '');
	});
	const sold = books.filter(({ isSold }) => !isSold).slice(0, 17).map((book) => {
		book.isSold = true;
		return key('bookSold', book.id, '');
	});
	const created = Array.from({ length: 17 }, (_, index) => {
		const order = { ...orders[0], id: next(orders), date: local(at(index)), status: 'new_order' };
		orders.unshift(order);
		const payment = { ...payments[0], id: next(payments), created: iso(at(index)), status: 0, successDate: null };
		payments.unshift(payment);
		return [key('orderCreated', order.id, ''), key('paymentCreated', payment.id, '')];
	});
	return [...changed, ...paid, ...sold, ...created.flat()];
}

function topgeschenkenWave({ topgeschenken: { sandbox } }: Platforms, wave: number, start: number): string[] {
	const { orders, carts, uuid } = sandbox.state;
	const key = (event: string, ...of: unknown[]) => eventKey('topgeschenkenTrigger', event, ...of);
	const at = (index: number) => momentOf(start, wave, index);
	const changed = orders.slice(100, 111).map((order, index) => {
		order.deliveryStatus = order.deliveryStatus === 'on_its_way' ? 'delivered' : 'on_its_way';
		order.updatedAt = at(index);
		return key('orderUpdated', order.uuid, order.deliveryStatus, iso(at(index)).replace('Z', '+00:00'));
	});
	const created = Array.from({ length: 11 }, (_, index) => {
		const dates = { createdAt: at(index), updatedAt: at(index) };
		const order = { ...orders[0], ...dates, uuid: uuid() };
		const cart = { ...carts[0], ...dates, uuid: uuid() };
		orders.push(order);
		carts.push(cart);
		return [key('orderCreated', order.uuid, ''), key('cartCreated', cart.uuid, '')];
	});
	return [...changed, ...created.flat()];
}

/**
 * 285 events of all kinds; their keys.
 * @param start milliseconds since 1970, the present when the tests began, in whole seconds
 */
export function makeWave(platforms: Platforms, wave: number, start: number): string[] {
	return [...stamhoofdWave(platforms, wave), ...boekwinkeltjesWave(platforms, wave), ...topgeschenkenWave(platforms, wave, start)];
}

/** The part of a key that a workflow takes from an item: what tells it from another event of the same id. */
export const MARKS: Record<string, string> = {
	orderChanged: '{{ $json.updatedAt.replace(".000Z", "Z") }}',
	orderStatusChanged: '{{ $json.status }}',
	orderUpdated: '{{ $json.deliveryStatus }} {{ $json.updatedAt }}',
	registrationChanged: '{{ $json.updatedAt.replace(".000Z", "Z") }}',
	paymentFailed: '{{ $json.updatedAt.replace(".000Z", "Z") }}',
};

export const STAMHOOFD_PAID_MARK = '{{ $json.paidAt.replace(".000Z", "Z") }}';
