/** The Topgeschenken trigger: what counts as an event, and that each comes once. */
import type { INodeParameters } from 'n8n-workflow';

import { TopgeschenkenApi } from '../../credentials/TopgeschenkenApi.credentials';
import { TopgeschenkenTrigger } from '../../nodes/Topgeschenken/TopgeschenkenTrigger.node';
import type { Cart, Order } from '../sandbox/topgeschenken/seed';
import { hostTrigger } from './pollingHarness';
import type { HostedTrigger } from './pollingHarness';
import { useTopgeschenken } from './topgeschenken';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const bench = useTopgeschenken({ orders: 300 });

function triggerOn(event: string, parameters: INodeParameters = {}): HostedTrigger {
	return hostTrigger({
		node: new TopgeschenkenTrigger(),
		parameters: { event, ...parameters },
		credentialTypes: [new TopgeschenkenApi()],
		credentials: { topgeschenkenApi: bench.credentials },
	});
}

let now: number;
const later = (milliseconds = SECOND) => (now += milliseconds);
beforeEach(() => {
	now = Math.floor(Date.now() / SECOND) * SECOND + MINUTE;
});

function addOrder(change: Partial<Order> = {}): Order {
	const { orders, uuid } = bench.sandbox.state;
	const order = { ...orders[0], uuid: uuid(), createdAt: now, updatedAt: now, status: 'new', deliveryStatus: null, ...change };
	// Somewhere in the list: its order is not stated.
	orders.splice(Math.floor(orders.length / 2), 0, order);
	return order;
}

const uuids = (records: Array<{ uuid: string }>) => records.map(({ uuid }) => uuid).sort();
const idsOf = ({ items }: HostedTrigger) => items.map(({ id }) => String(id)).sort();

describe.each([true, false])('names with the prefix hydra: %s', (prefixed) => {
	beforeEach(() => Object.assign(bench.sandbox.settings, { prefixed, view: prefixed, total: prefixed }));

	test('order created: each once, also over several pages', async () => {
		const trigger = triggerOn('orderCreated');
		await trigger.activate();
		await trigger.poll();
		expect(trigger.items).toEqual([]);
		const created = Array.from({ length: 230 }, () => addOrder());
		await trigger.poll();
		created.push(addOrder());
		await trigger.poll();
		await trigger.poll();
		expect(idsOf(trigger)).toEqual(uuids(created));
		expect(trigger.executions.map(({ length }) => length)).toEqual([200, 31]);
	});

	test('order updated: another status or delivery status, with the whole order', async () => {
		const trigger = triggerOn('orderUpdated');
		await trigger.activate();
		const order = addOrder();
		await trigger.poll();
		expect(trigger.items).toEqual([]);
		Object.assign(order, { status: 'in_progress', updatedAt: later() });
		await trigger.poll();
		Object.assign(order, { deliveryStatus: 'delivered', updatedAt: later() });
		await trigger.poll();
		await trigger.poll();
		expect(trigger.items).toMatchObject([
			{ id: order.uuid, status: 'in_progress', lines: expect.stringContaining('1 × ') as unknown },
			{ id: order.uuid, status: 'in_progress', deliveryStatus: 'delivered' },
		]);
		Object.assign(order, { deliveryRemark: 'At the back', updatedAt: later() });
		await trigger.poll();
		expect(trigger.items).toHaveLength(2);
	});

	test('cart created', async () => {
		const { carts, uuid } = bench.sandbox.state;
		const trigger = triggerOn('cartCreated');
		await trigger.activate();
		const cart: Cart = { ...carts[0], uuid: uuid(), createdAt: now, updatedAt: now };
		carts.push(cart);
		await trigger.poll();
		Object.assign(cart, { updatedAt: later() });
		await trigger.poll();
		expect(idsOf(trigger)).toEqual([cart.uuid]);
		expect(JSON.stringify(trigger.items)).not.toContain('cartSecret');
	});
});

test('order updated: only the delivery status, and only delivered', async () => {
	const trigger = triggerOn('orderUpdated', { changed: 'deliveryStatus', filters: { deliveryStatus: 'Delivered' } });
	await trigger.activate();
	const [order, other] = [addOrder(), addOrder()];
	await trigger.poll();
	Object.assign(order, { status: 'completed', updatedAt: later() });
	Object.assign(other, { deliveryStatus: 'on_its_way', updatedAt: now });
	await trigger.poll();
	expect(trigger.items).toEqual([]);
	for (const one of [order, other]) Object.assign(one, { deliveryStatus: 'delivered', updatedAt: later() });
	await trigger.poll();
	expect(idsOf(trigger)).toEqual(uuids([order, other]));
});

test('order updated: a status that was met long ago is no change when something else changes', async () => {
	const trigger = triggerOn('orderUpdated', { changed: 'deliveryStatus', filters: { deliveryStatus: 'delivered' } });
	await trigger.activate();
	const order = addOrder();
	await trigger.poll();
	Object.assign(order, { deliveryStatus: 'delivered', updatedAt: later() });
	await trigger.poll();
	for (let hour = 1; hour <= 5; hour++) {
		addOrder({ createdAt: later(60 * MINUTE), updatedAt: now });
		await trigger.poll();
	}
	Object.assign(order, { deliveryRemark: 'At the back', updatedAt: later() });
	await trigger.poll();
	expect(idsOf(trigger)).toEqual([order.uuid]);
	Object.assign(order, { deliveryStatus: 'returned', updatedAt: later() });
	await trigger.poll();
	Object.assign(order, { deliveryStatus: 'delivered', updatedAt: later() });
	await trigger.poll();
	expect(idsOf(trigger)).toEqual([order.uuid, order.uuid]);
});

test('order updated: anything, each time', async () => {
	const trigger = triggerOn('orderUpdated', { changed: 'anything' });
	await trigger.activate();
	const [order] = bench.sandbox.state.orders;
	for (let change = 0; change < 3; change++) {
		Object.assign(order, { deliveryRemark: String(change), updatedAt: later() });
		await trigger.poll();
	}
	expect(trigger.items.map(({ deliveryRemark }) => deliveryRemark)).toEqual(['0', '1', '2']);
});

test('two changes in the same second', async () => {
	const trigger = triggerOn('orderUpdated');
	await trigger.activate();
	const order = addOrder();
	Object.assign(order, { status: 'in_progress', updatedAt: later() });
	await trigger.poll();
	Object.assign(order, { status: 'completed' });
	await trigger.poll();
	expect(trigger.items.map(({ status }) => status)).toEqual(['in_progress', 'completed']);
});

test('an order that has gone between its list and its look comes as the list had it', async () => {
	const trigger = triggerOn('orderUpdated', { changed: 'status' });
	await trigger.activate();
	const [order] = bench.sandbox.state.orders;
	Object.assign(order, { status: 'cancelled', updatedAt: later() });
	bench.sandbox.faults.push({ kind: 'status', status: 404, when: ({ path }) => path.endsWith(order.uuid) });
	await trigger.poll();
	expect(trigger.items).toMatchObject([{ id: order.uuid, status: 'cancelled' }]);
});

test('an idle poll takes one request', async () => {
	for (const event of ['orderCreated', 'orderUpdated', 'cartCreated']) {
		const trigger = triggerOn(event);
		await trigger.activate();
		const before = bench.sandbox.requests.length;
		await trigger.poll();
		expect(`${event} ${bench.sandbox.requests.length - before}`).toBe(`${event} 1`);
	}
});

test('start from a moment', async () => {
	const since = Date.now() - 20 * 24 * 60 * MINUTE;
	const expected = bench.sandbox.state.orders.filter(({ createdAt }) => createdAt >= since);
	expect(expected.length).toBeGreaterThan(0);
	const trigger = triggerOn('orderCreated', { startFrom: new Date(since).toISOString() });
	await trigger.activate();
	await trigger.poll();
	expect(idsOf(trigger)).toEqual(uuids(expected));
});

test.each(['orderCreated', 'orderUpdated', 'cartCreated'])('a sample of %s: the newest, and nothing is remembered', async (event) => {
	const trigger = triggerOn(event);
	const items = await trigger.test();
	expect(items.length).toBeGreaterThanOrEqual(1);
	expect(items.length).toBeLessThanOrEqual(5);
	expect(trigger.stored).toEqual({});
});

test('a sample of what is delivered, below more new orders than a page has', async () => {
	const delivered = [addOrder({ deliveryStatus: 'delivered' }), addOrder({ deliveryStatus: 'delivered' })];
	later();
	for (let count = 0; count < 150; count++) addOrder();
	const items = await triggerOn('orderUpdated', { filters: { deliveryStatus: 'delivered' } }).test();
	expect(items.map(({ json }) => json.deliveryStatus)).toEqual(Array(5).fill('delivered'));
	expect(items.slice(0, 2).map(({ json }) => String(json.id)).sort()).toEqual(uuids(delivered));
});

test('no sample: the error says what to do', async () => {
	bench.sandbox.state.orders.splice(0);
	await expect(triggerOn('orderCreated').test()).rejects.toThrow('There is no order yet to show as a sample');
});

test('only orders with the chosen status', async () => {
	const trigger = triggerOn('orderCreated', { filters: { status: 'completed' } });
	await trigger.activate();
	addOrder();
	const order = addOrder({ status: 'completed' });
	await trigger.poll();
	expect(idsOf(trigger)).toEqual([order.uuid]);
});
