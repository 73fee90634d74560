/** The Boekwinkeltjes trigger, whose API has no list of changes: what counts as an event, and that each comes once. */
import { DateTime } from 'luxon';
import type { INodeParameters } from 'n8n-workflow';

import { BoekwinkeltjesApi } from '../../credentials/BoekwinkeltjesApi.credentials';
import { BoekwinkeltjesTrigger } from '../../nodes/Boekwinkeltjes/BoekwinkeltjesTrigger.node';
import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import type { BoekwinkeltjesOptions, BoekwinkeltjesSandbox } from '../sandbox/boekwinkeltjes';
import type { Order, Payment } from '../sandbox/boekwinkeltjes/seed';
import { SEED_NOW } from '../sandbox/seed';
import { credentialFor } from './boekwinkeltjes';
import { hostTrigger } from './pollingHarness';
import type { HostedTrigger } from './pollingHarness';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let sandbox: BoekwinkeltjesSandbox;

async function start(options: BoekwinkeltjesOptions = {}) {
	sandbox = await startBoekwinkeltjes({ books: 120, orders: 200, ...options });
}

afterEach(async () => {
	await sandbox.close();
	expect(sandbox.violations).toEqual([]);
});

function triggerOn(event: string, parameters: INodeParameters = {}): HostedTrigger {
	return hostTrigger({
		node: new BoekwinkeltjesTrigger(),
		parameters: { event, ...parameters },
		credentialTypes: [new BoekwinkeltjesApi()],
		credentials: { boekwinkeltjesApi: credentialFor(sandbox) },
	});
}

const local = (milliseconds: number) => DateTime.fromMillis(milliseconds, { zone: 'Europe/Amsterdam' }).toFormat('yyyy-MM-dd HH:mm:ss');
const iso = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');

let now = SEED_NOW + MINUTE;
const later = (milliseconds = MINUTE) => (now += milliseconds);
beforeEach(() => {
	now = SEED_NOW + MINUTE;
});

function addOrder(change: Partial<Order> = {}): Order {
	const { orders } = sandbox.state;
	const id = Math.max(...orders.map((order) => order.id)) + 1;
	const order = { ...orders[0], id, date: local(now), status: 'new_order', paymentStatus: 'open', ...change };
	orders.unshift(order);
	return order;
}

function addPayment(change: Partial<Payment> = {}): Payment {
	const { payments } = sandbox.state;
	const id = Math.max(...payments.map((payment) => payment.id)) + 1;
	const payment = { ...payments[0], id, created: iso(now), status: 0, successDate: null, ...change };
	payments.unshift(payment);
	return payment;
}

const ids = (records: Array<{ id?: unknown }>) => records.map(({ id }) => id);
const sorted = (records: Array<{ id?: unknown }>) => ids(records).sort((one, other) => Number(one) - Number(other));

describe.each(['array', 'paginator', 'bare'] as const)('lists as %s', (lists) => {
	beforeEach(async () => await start({ lists, repeatsLastPage: true }));

	test('order created: each once, also of the same second and over several pages', async () => {
		const trigger = triggerOn('orderCreated');
		await trigger.activate();
		await trigger.poll();
		expect(trigger.items).toEqual([]);
		const created = Array.from({ length: 60 }, () => addOrder());
		await trigger.poll();
		created.push(addOrder());
		await trigger.poll();
		await trigger.poll();
		expect(sorted(trigger.items)).toEqual(sorted(created));
		expect(trigger.items[0]).toMatchObject({ status: 'new_order', buyerName: expect.any(String) as string });
	});

	test('order status changed: each change of each order once, and not that it is new', async () => {
		const trigger = triggerOn('orderStatusChanged');
		await trigger.activate();
		const old = sandbox.state.orders.find(({ status }) => status === 'wait_for_payment')!;
		old.status = 'wait_for_shipping';
		addOrder();
		const quick = addOrder({ status: 'wait_for_payment' });
		await trigger.poll();
		expect(sorted(trigger.items)).toEqual(sorted([old, quick]));
		old.status = 'wait_for_payment';
		await trigger.poll();
		await trigger.poll();
		expect(trigger.items.slice(2)).toMatchObject([{ id: old.id, status: 'wait_for_payment' }]);
	});

	test('payment created and payment paid', async () => {
		const created = triggerOn('paymentCreated');
		const paid = triggerOn('paymentPaid');
		await created.activate();
		await paid.activate();
		const payments = [addPayment(), addPayment({ created: iso(later()) })];
		await Promise.all([created.poll(), paid.poll()]);
		expect(sorted(created.items)).toEqual(sorted(payments));
		expect(paid.items).toEqual([]);
		// Made long ago, paid now.
		const old = sandbox.state.payments.find(({ successDate }) => successDate === null)!;
		for (const payment of [payments[0], old]) Object.assign(payment, { status: 1, successDate: iso(now) });
		await Promise.all([created.poll(), paid.poll()]);
		await paid.poll();
		expect(created.items).toHaveLength(2);
		expect(sorted(paid.items)).toEqual(sorted([payments[0], old]));
	});

	test('book sold: each book once, and again when it was for sale meanwhile', async () => {
		const trigger = triggerOn('bookSold');
		await trigger.activate();
		const [one, other] = sandbox.state.books.filter(({ isSold }) => !isSold);
		one.isSold = true;
		await trigger.poll();
		other.isSold = true;
		await trigger.poll();
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([one.id, other.id]);
		one.isSold = false;
		await trigger.poll();
		await trigger.poll();
		one.isSold = true;
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([one.id, other.id, one.id]);
	});

	test.each([
		['orderCreated', 'order'],
		['orderStatusChanged', 'order'],
		['paymentCreated', 'payment'],
		['paymentPaid', 'paid payment'],
		['bookSold', 'sold book'],
	])('a sample of %s, or what to do where there is none', async (event, noun) => {
		const trigger = triggerOn(event);
		const items = await trigger.test();
		expect(items.length).toBeGreaterThanOrEqual(1);
		expect(items.length).toBeLessThanOrEqual(5);
		expect(trigger.stored).toEqual({});
		sandbox.state.orders.splice(0);
		sandbox.state.payments.splice(0);
		sandbox.state.books.splice(0);
		await expect(trigger.test()).rejects.toThrow(`There is no ${noun} yet to show as a sample`);
	});
});

describe('more of it', () => {
	beforeEach(async () => await start());

	test('order status changed: back and forth while n8n is off is two changes for those that it had handed over', async () => {
		const trigger = triggerOn('orderStatusChanged');
		await trigger.activate();
		const order = sandbox.state.orders.find(({ status }) => status === 'wait_for_payment')!;
		order.status = 'wait_for_shipping';
		await trigger.poll();
		order.status = 'wait_for_payment';
		await trigger.restart();
		order.status = 'wait_for_shipping';
		await trigger.poll();
		await trigger.restart();
		await trigger.poll();
		expect(trigger.items.map(({ status }) => status)).toEqual(['wait_for_shipping', 'wait_for_payment', 'wait_for_shipping']);
	});

	test('book sold: n8n is killed before the execution is stored, and the book is sold once', async () => {
		const trigger = triggerOn('bookSold');
		await trigger.activate();
		const sold = sandbox.state.books.filter(({ isSold }) => !isSold).slice(0, 3);
		for (const book of sold) book.isSold = true;
		await trigger.poll('before the execution is stored');
		expect(trigger.items).toEqual([]);
		await trigger.restart();
		await trigger.restart();
		await trigger.poll();
		expect(sorted(trigger.items)).toEqual(sorted(sold));
	});

	test('an idle poll for new orders or payments takes one request', async () => {
		for (const event of ['orderCreated', 'paymentCreated']) {
			const trigger = triggerOn(event);
			await trigger.activate();
			const before = sandbox.requests.length;
			await trigger.poll();
			expect(sandbox.requests.length - before).toBe(1);
		}
	});

	test('payments that the server lists oldest first are found all the same', async () => {
		const trigger = triggerOn('paymentCreated');
		sandbox.state.payments.reverse();
		await trigger.activate();
		const payment = addPayment();
		sandbox.state.payments.push(sandbox.state.payments.shift()!);
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([payment.id]);
	});

	test('the hour that comes twice at the end of summer time', async () => {
		const trigger = triggerOn('orderCreated');
		now = Date.UTC(2027, 9, 31, 0, 50);
		const first = addOrder();
		await trigger.activate();
		const created = [addOrder({ date: local(now + 50 * MINUTE) }), addOrder({ date: local(now + 60 * MINUTE) })];
		expect(created[1].date).toBe(first.date);
		await trigger.poll();
		created.push(addOrder({ date: local(now + 80 * MINUTE) }));
		await trigger.poll();
		expect(sorted(trigger.items)).toEqual(sorted(created));
	});

	test('only orders with the chosen status or payment status', async () => {
		const trigger = triggerOn('orderStatusChanged', { filters: { status: ['shipped_paid'], paymentStatus: ['paid'] } });
		await trigger.activate();
		const [one, other, third] = [addOrder(), addOrder(), addOrder()];
		await trigger.poll();
		Object.assign(one, { status: 'shipped_paid', paymentStatus: 'paid' });
		Object.assign(other, { status: 'shipped_paid' });
		Object.assign(third, { status: 'wait_for_payment', paymentStatus: 'paid' });
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([one.id]);
	});

	test('order created, only if paid: comes when it is paid, days after it was placed, and once', async () => {
		const trigger = triggerOn('orderCreated', { filters: { paymentStatus: ['paid'] } });
		await trigger.activate();
		const [early, other] = [addOrder(), addOrder({ paymentStatus: 'paid' })];
		await trigger.poll();
		for (let day = 0; day < 5; day++) {
			later(DAY);
			addOrder();
			await trigger.poll();
		}
		early.paymentStatus = 'paid';
		await trigger.poll();
		Object.assign(early, { paymentStatus: 'refunded' });
		await trigger.poll();
		Object.assign(early, { paymentStatus: 'paid', status: 'shipped_paid' });
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([other.id, early.id]);
	});

	test('order created: without the filter, orders that it kept back do not come', async () => {
		const trigger = triggerOn('orderCreated', { filters: { paymentStatus: ['paid'] } });
		await trigger.activate();
		addOrder();
		await trigger.poll();
		trigger.setParameters({ event: 'orderCreated', filters: { paymentStatus: [] } });
		await trigger.activate();
		expect(trigger.items).toEqual([]);
		const order = addOrder();
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([order.id]);
	});

	test('order created: a filter whose expression gives something else at every poll is the same filter', async () => {
		const trigger = triggerOn('orderCreated', { filters: { status: '={{ ["new_order", String($now.toMillis() + Math.random())] }}' } });
		await trigger.activate();
		const order = addOrder();
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([order.id]);
	});

	test('a poll takes one request, too, when nothing has come since Start From', async () => {
		const trigger = triggerOn('orderCreated', { startFrom: new Date(now + DAY).toISOString() });
		await trigger.activate();
		const before = sandbox.requests.length;
		await trigger.poll();
		expect(sandbox.requests.length - before).toBe(1);
	});

	test('book sold: with another filter, books that were sold before are no news', async () => {
		const [one, other] = sandbox.state.books.filter(({ isSold }) => !isSold);
		for (const book of sandbox.state.books) book.isSold = book !== one && book !== other;
		const trigger = triggerOn('bookSold', { filters: { language: 'XX' } });
		await trigger.activate();
		trigger.setParameters({ event: 'bookSold', filters: {} });
		await trigger.activate();
		one.isSold = true;
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([one.id]);
		trigger.setParameters({ event: 'bookSold', filters: { language: '' } });
		other.isSold = true;
		await trigger.activate();
		expect(ids(trigger.items)).toEqual([one.id, other.id]);
	});

	test('book sold: a list that is empty for a while makes no book sold again', async () => {
		for (const book of sandbox.state.books.slice(1)) book.isSold = true;
		const trigger = triggerOn('bookSold');
		await trigger.activate();
		for (let round = 0; round < 3; round++) {
			sandbox.faults.push({ kind: 'status', status: 200, body: { status: 200, data: [] } });
			await trigger.poll();
		}
		expect(sandbox.faults).toEqual([]);
		const [book] = sandbox.state.books;
		book.isSold = true;
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([book.id]);
	});

	test('an order that is older than 60 days is no longer watched', async () => {
		const old = addOrder({ date: local(now - 70 * DAY) });
		sandbox.state.orders.push(sandbox.state.orders.shift()!);
		const trigger = triggerOn('orderStatusChanged');
		await trigger.activate();
		old.status = 'lost_in_transit';
		await trigger.poll();
		expect(trigger.items).toEqual([]);
	});

	test('a book that slips from one page to another is not sold twice', async () => {
		const trigger = triggerOn('bookSold');
		for (const book of sandbox.state.books) book.isSold = true;
		await trigger.activate();
		const [hidden] = sandbox.state.books.splice(50, 1);
		await trigger.poll();
		sandbox.state.books.push(hidden);
		await trigger.poll();
		expect(trigger.items).toEqual([]);
	});

	test('what is remembered stays small', async () => {
		const trigger = triggerOn('orderStatusChanged');
		await trigger.activate();
		for (let index = 0; index < 500; index++) addOrder();
		for (let round = 0; round < 3; round++) await trigger.poll();
		addOrder({ status: 'shipped_paid' });
		await trigger.poll();
		expect(JSON.stringify(trigger.stored).length).toBeLessThan(100_000);
		expect(JSON.stringify(trigger.stored)).not.toContain(sandbox.state.apiKey);
	});
});
