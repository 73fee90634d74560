/** The Stamhoofd trigger on both lines of the API: what counts as an event, and that each comes once. */
import { randomUUID } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import { StamhoofdApi } from '../../credentials/StamhoofdApi.credentials';
import { StamhoofdTrigger } from '../../nodes/Stamhoofd/StamhoofdTrigger.node';
import { stamhoofd } from '../../nodes/Stamhoofd/platform';
import { timeOf } from '../../nodes/operation/time';
import { pollBudgetOf } from '../../nodes/polling/budget';
import { SEED_NOW } from '../sandbox/seed';
import type { Payment } from '../sandbox/stamhoofd/seed';
import type { Registration } from '../sandbox/stamhoofd/seedMembers';
import type { Ticket } from '../sandbox/stamhoofd/seedShop';
import { hostTrigger } from './pollingHarness';
import type { HostedTrigger } from './pollingHarness';
import { LINES, useStamhoofd } from './stamhoofd';
import type { Bench } from './stamhoofd';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function triggerOn(bench: Bench, event: string, parameters: INodeParameters = {}): HostedTrigger {
	return hostTrigger({
		node: new StamhoofdTrigger(),
		parameters: { event, ...parameters },
		credentialTypes: [new StamhoofdApi()],
		credentials: { stamhoofdApi: bench.credentials },
	});
}

/** A further payment with its order, like one that is there. */
function addPayment({ sandbox }: Bench, change: Partial<Payment>): Payment {
	const { payments, orders } = sandbox.state;
	const model = payments.find(({ order, method }) => order && method === (change.method ?? 'Transfer'))!;
	const payment: Payment = { ...model, id: randomUUID(), status: 'Created', paidAt: null, ...change };
	payment.updatedAt = Math.max(payment.createdAt, payment.paidAt ?? 0, change.updatedAt ?? 0);
	const { createdAt, updatedAt } = payment;
	payment.order = { ...model.order!, id: randomUUID(), number: orders.length + 1, createdAt, updatedAt, payment };
	payments.push(payment);
	orders.push(payment.order);
	return payment;
}

const ids = (records: Array<{ id?: unknown }>) => records.map(({ id }) => id);

describe.each(LINES)('API version $version', ({ line }) => {
	const bench = useStamhoofd({ line, payments: 400 });
	let now = SEED_NOW;
	beforeEach(() => {
		now = SEED_NOW + MINUTE;
	});
	const later = (milliseconds = SECOND) => (now += milliseconds);

	const pay = (payment: Payment) => {
		Object.assign(payment, { status: 'Succeeded', paidAt: now, updatedAt: now });
		payment.order!.updatedAt = now;
	};

	test('payment created: what was there is no event, what comes is, once', async () => {
		const trigger = triggerOn(bench, 'paymentCreated');
		await trigger.activate();
		await trigger.poll();
		expect(trigger.executions).toEqual([]);
		const created = [addPayment(bench, { createdAt: now }), addPayment(bench, { createdAt: now })];
		await trigger.poll();
		created.push(addPayment(bench, { createdAt: now }));
		await trigger.poll();
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids(created).sort());
		expect(trigger.executions).toHaveLength(2);
	});

	test('payment created: an online payment comes once, however late it is paid', async () => {
		const trigger = triggerOn(bench, 'paymentCreated');
		await trigger.activate();
		const payment = addPayment(bench, { createdAt: now, method: 'Bancontact', provider: 'Mollie', status: 'Pending' });
		await trigger.poll();
		// Another payment moves the trigger on in time.
		later(30 * MINUTE);
		const other = addPayment(bench, { createdAt: now });
		await trigger.poll();
		later();
		pay(payment);
		await trigger.poll();
		later(30 * MINUTE);
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids([payment, other]).sort());
	});

	test('payment paid: comes when it is paid, and again when it was unpaid meanwhile', async () => {
		const trigger = triggerOn(bench, 'paymentPaid');
		await trigger.activate();
		const payment = addPayment(bench, { createdAt: now });
		await trigger.poll();
		expect(trigger.items).toEqual([]);
		later(5 * MINUTE);
		pay(payment);
		await trigger.poll();
		await trigger.poll();
		expect(trigger.items).toMatchObject([{ id: payment.id, status: 'Succeeded', isOpen: false }]);
		Object.assign(payment, { status: 'Created', paidAt: null, updatedAt: later() });
		await trigger.poll();
		later();
		pay(payment);
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([payment.id, payment.id]);
	});

	test('payment failed: comes when it fails', async () => {
		const trigger = triggerOn(bench, 'paymentFailed');
		await trigger.activate();
		const payment = addPayment(bench, { createdAt: now });
		await trigger.poll();
		Object.assign(payment, { status: 'Failed', updatedAt: later() });
		await trigger.poll();
		await trigger.poll();
		expect(trigger.items).toMatchObject([{ id: payment.id, status: 'Failed' }]);
	});

	test('order created: in every webshop, once, and no older order that is changed', async () => {
		const trigger = triggerOn(bench, 'orderCreated');
		await trigger.activate();
		const [old] = bench.sandbox.state.orders;
		old.updatedAt = later();
		const created = Array.from({ length: 130 }, () => addPayment(bench, { createdAt: now }).order!);
		await trigger.poll();
		Object.assign(created[0], { status: 'Completed', updatedAt: later(30 * MINUTE) });
		created.push(addPayment(bench, { createdAt: now }).order!);
		await trigger.poll();
		Object.assign(created[1], { status: 'Completed', updatedAt: later() });
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids(created).sort());
	});

	test('order created: of one webshop only, from a moment on', async () => {
		const { orders, webshops } = bench.sandbox.state;
		const since = SEED_NOW - 6 * DAY;
		const isWanted = (order: (typeof orders)[number]) => order.createdAt >= since && order.webshop === webshops[0];
		orders.slice(0, 20).forEach((order) => Object.assign(order, { updatedAt: now, webshop: webshops[0] }));
		const webshopId = { __rl: true, mode: 'id', value: webshops[0].id };
		const trigger = triggerOn(bench, 'orderCreated', { webshopId, startFrom: new Date(since).toISOString() });
		await trigger.activate();
		const wanted = orders.filter(isWanted);
		expect(wanted.length).toBeGreaterThan(0);
		expect(ids(trigger.items).sort()).toEqual(ids(wanted).sort());
	});

	test('order created or updated: in every webshop, and each time it changes', async () => {
		const trigger = triggerOn(bench, 'orderChanged');
		await trigger.activate();
		const webshops = new Set(bench.sandbox.state.orders.slice(-5).map(({ webshop }) => webshop.id));
		expect(webshops.size).toBeGreaterThan(1);
		const old = bench.sandbox.state.orders.slice(-5);
		for (const order of old) order.updatedAt = now;
		const created = addPayment(bench, { createdAt: now }).order!;
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids([...old, created]).sort());
		later();
		Object.assign(created, { status: 'Completed', updatedAt: now });
		await trigger.poll();
		await trigger.poll();
		expect(trigger.items.at(-1)).toMatchObject({ id: created.id, status: 'Completed' });
		expect(trigger.items).toHaveLength(7);
	});

	test('order created or updated: of one webshop only', async () => {
		const { webshop } = bench.sandbox.state.orders.at(-1)!;
		const trigger = triggerOn(bench, 'orderChanged', { webshopId: { __rl: true, mode: 'id', value: webshop.id } });
		await trigger.activate();
		const changed = bench.sandbox.state.orders.slice(-10);
		for (const order of changed) order.updatedAt = now;
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids(changed.filter((order) => order.webshop === webshop)).sort());
	});

	test('order created or updated: only with the chosen status, however it came to it', async () => {
		const trigger = triggerOn(bench, 'orderChanged', { orderFilters: { status: ['Completed'] } });
		await trigger.activate();
		const order = addPayment(bench, { createdAt: now }).order!;
		order.status = 'Created';
		await trigger.poll();
		expect(trigger.items).toEqual([]);
		Object.assign(order, { status: 'Completed', updatedAt: later() });
		await trigger.poll();
		expect(trigger.items).toMatchObject([{ id: order.id, status: 'Completed' }]);
	});

	test('payments only of the chosen method and webshop', async () => {
		const [payment] = [addPayment(bench, { createdAt: now })];
		const { id } = payment.order!.webshop;
		const filters = { method: ['Transfer'], webshopId: { __rl: true, mode: 'list', value: id } };
		const trigger = triggerOn(bench, 'paymentPaid', { filters });
		await trigger.activate();
		const other = addPayment(bench, { createdAt: now });
		other.order!.webshop = bench.sandbox.state.webshops.find((one) => one.id !== id)!;
		const online = addPayment(bench, { createdAt: now, method: 'Bancontact', provider: 'Mollie' });
		later();
		[payment, other, online].forEach(pay);
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([payment.id]);
	});

	test('a payment that was dated in the future by mistake hides no other', async () => {
		const trigger = triggerOn(bench, 'paymentPaid');
		await trigger.activate();
		const wrong = addPayment(bench, { createdAt: now, status: 'Succeeded', paidAt: now + 365 * DAY });
		await trigger.poll();
		later(5 * MINUTE);
		const right = addPayment(bench, { createdAt: now });
		pay(right);
		await trigger.poll();
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([wrong.id, right.id]);
		await trigger.activate();
		await trigger.poll();
		expect(trigger.items).toHaveLength(2);
	});

	test('a trigger that starts when there is a payment with a date in the future', async () => {
		addPayment(bench, { createdAt: now, status: 'Succeeded', paidAt: now + 365 * DAY });
		const trigger = triggerOn(bench, 'paymentPaid');
		await trigger.activate();
		later(5 * MINUTE);
		const right = addPayment(bench, { createdAt: now });
		pay(right);
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([right.id]);
	});

	test.each([
		['paymentPaid', { filters: { method: ['PointOfSale'] } }, { filters: {} }],
		['orderChanged', { orderFilters: { status: ['Canceled'] } }, { orderFilters: {} }],
	])('%s: what a filter has left out does not come when the filter is changed', async (event, narrow, wide) => {
		const trigger = triggerOn(bench, event, narrow);
		await trigger.activate();
		later(HOUR);
		pay(addPayment(bench, { createdAt: now }));
		await trigger.poll();
		later(HOUR);
		trigger.setParameters({ event, ...wide });
		await trigger.activate();
		later();
		const after = addPayment(bench, { createdAt: now });
		pay(after);
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([event === 'orderChanged' ? after.order!.id : after.id]);
	});

	test('a filter that is written in another way is the same', async () => {
		const [{ id }] = bench.sandbox.state.webshops;
		const webshop = (more: object) => ({ __rl: true, mode: 'list', value: id, ...more });
		const trigger = triggerOn(bench, 'paymentCreated', { filters: { method: ['Transfer', 'iDEAL'], webshopId: webshop({}) } });
		await trigger.activate();
		const payment = addPayment(bench, { createdAt: now });
		payment.order!.webshop = bench.sandbox.state.webshops[0];
		const filters = { webshopId: webshop({ mode: 'id', cachedResultName: 'Quiz' }), method: ['iDEAL', 'Transfer'] };
		trigger.setParameters({ event: 'paymentCreated', filters });
		await trigger.activate();
		expect(ids(trigger.items)).toEqual([payment.id]);
	});

	test('order created or updated: another webshop starts from now, also where there was a Start From', async () => {
		const startFrom = new Date(SEED_NOW - 30 * DAY).toISOString();
		const [one, other] = bench.sandbox.state.webshops;
		const of = ({ id }: { id: string }) => ({ event: 'orderChanged', startFrom, webshopId: { __rl: true, mode: 'id', value: id } });
		const trigger = triggerOn(bench, 'orderChanged', of(one));
		await trigger.activate();
		for (let count = 1; count > 0; ) count = (await trigger.poll())?.length ?? 0;
		const { length } = trigger.items;
		expect(length).toBeGreaterThan(0);
		trigger.setParameters(of(other));
		await trigger.activate();
		await trigger.poll();
		expect(trigger.items).toHaveLength(length);
		const order = addPayment(bench, { createdAt: now }).order!;
		order.webshop = other;
		await trigger.poll();
		expect(ids(trigger.items.slice(length))).toEqual([order.id]);
	});

	test('a sample with a filter that none of the newest payments passes', async () => {
		const [one, other] = bench.sandbox.state.webshops;
		const paid = { createdAt: now, status: 'Succeeded' as const, paidAt: now };
		const wanted = addPayment(bench, paid);
		wanted.order!.webshop = one;
		later();
		for (let count = 0; count < 150; count++) addPayment(bench, { ...paid, createdAt: now, paidAt: now }).order!.webshop = other;
		const items = await triggerOn(bench, 'paymentPaid', { filters: { webshopId: { __rl: true, mode: 'id', value: one.id } } }).test();
		expect(items[0].json.id).toBe(wanted.id);
	});

	test('hundreds at once, of the same second, come in batches and each once', async () => {
		const trigger = triggerOn(bench, 'paymentCreated');
		await trigger.activate();
		const created = Array.from({ length: 450 }, () => addPayment(bench, { createdAt: now }));
		for (let round = 0; round < 4; round++) await trigger.poll();
		expect(trigger.executions.map(({ length }) => length)).toEqual([200, 200, 50]);
		expect(ids(trigger.items).sort()).toEqual(ids(created).sort());
	});

	test('start from a moment: what came since then starts the workflow too', async () => {
		const since = SEED_NOW - 6 * DAY;
		const trigger = triggerOn(bench, 'paymentPaid', { startFrom: new Date(since).toISOString() });
		const paid = bench.sandbox.state.payments.filter(({ paidAt }) => paidAt !== null && paidAt >= since);
		expect(paid.length).toBeGreaterThan(2);
		await trigger.activate();
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids(paid).sort());
	});

	test('the record as it came, with Simplify switched off', async () => {
		const trigger = triggerOn(bench, 'paymentCreated', { simplify: false });
		await trigger.activate();
		const { id } = addPayment(bench, { createdAt: now });
		await trigger.poll();
		expect(trigger.items).toMatchObject([{ id, createdAt: now, balanceItemPayments: expect.any(Array) as unknown }]);
	});

	test.each([
		['paymentCreated', () => addPayment(bench, { createdAt: now })],
		['paymentPaid', () => addPayment(bench, { createdAt: now, status: 'Succeeded', paidAt: now })],
		['paymentFailed', () => addPayment(bench, { createdAt: now, status: 'Failed' })],
		['orderChanged', () => addPayment(bench, { createdAt: now }).order!],
		['orderCreated', () => addPayment(bench, { createdAt: now }).order!],
	])('a sample of %s: the newest first, and nothing is remembered', async (event, add) => {
		const trigger = triggerOn(bench, event);
		for (let count = 0; count < 7; count++) {
			later();
			add();
		}
		const newest = add();
		Object.assign(newest, { createdAt: later(), updatedAt: now }, event === 'paymentPaid' ? { paidAt: now } : {});
		const items = await trigger.test();
		expect(items).toHaveLength(5);
		expect(items[0].json.id).toBe(newest.id);
		expect(trigger.stored).toEqual({});
	});

	test('no sample: the error says what to do', async () => {
		bench.sandbox.state.payments.splice(0);
		await expect(triggerOn(bench, 'paymentPaid').test()).rejects.toThrow('There is no paid payment yet to show as a sample');
	});

	test('an idle poll takes one request where the API allows it', async () => {
		for (const [event, current, documented] of [
			['paymentCreated', 1, 2],
			['paymentPaid', 1, 1],
			['paymentFailed', 1, 1],
			['orderCreated', 1, 1 + bench.sandbox.state.webshops.length],
			['orderChanged', 1, 1 + bench.sandbox.state.webshops.length],
		] as const) {
			const trigger = triggerOn(bench, event);
			await trigger.activate();
			const before = bench.sandbox.requests.length;
			await trigger.poll();
			expect(`${event} ${bench.sandbox.requests.length - before}`).toBe(`${event} ${line === 'current' ? current : documented}`);
		}
	});

	test('a poll that fails half-way changes nothing, and the next one makes up for it', async () => {
		const trigger = triggerOn(bench, 'paymentCreated');
		await trigger.activate();
		const created = Array.from({ length: 150 }, () => addPayment(bench, { createdAt: now }));
		let requests = 0;
		const isSecond = () => ++requests === 2;
		bench.sandbox.faults.push({ kind: 'status', status: 401, body: { errors: [] }, when: isSecond });
		await expect(trigger.poll()).rejects.toThrow('Stamhoofd does not accept the credential');
		expect(trigger.executions).toEqual([]);
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids(created).sort());
	});

	test('another kind of event starts from now', async () => {
		const trigger = triggerOn(bench, 'paymentCreated');
		await trigger.activate();
		pay(addPayment(bench, { createdAt: now }));
		trigger.setParameters({ event: 'paymentPaid' });
		await trigger.activate();
		expect(trigger.items).toEqual([]);
		later();
		const payment = addPayment(bench, { createdAt: now });
		pay(payment);
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([payment.id]);
	});
});

describe('what only the current line has', () => {
	const bench = useStamhoofd({ line: 'current', payments: 400 });
	const state = () => bench.sandbox.state;
	let now = SEED_NOW;
	beforeEach(() => {
		now = SEED_NOW + MINUTE;
	});
	const later = (milliseconds = SECOND) => (now += milliseconds);

	/** A further record like the first one that fits. */
	function add<T extends { id: string; createdAt: number; updatedAt: number }>(list: T[], change: Partial<T>, isModel: (one: T) => boolean = () => true): T {
		const one: T = { ...list.find(isModel)!, id: randomUUID(), createdAt: now, updatedAt: now, ...change };
		list.push(one);
		return one;
	}
	const addRegistration = (change: Partial<Registration> = {}) =>
		add(state().registrations, { registeredAt: now, deactivatedAt: null, ...change }, ({ group }) => group.period.id === currentPeriod());
	const currentPeriod = () => state().periods.at(-1)!.id;

	test('registration created: once, when it is registered, in the chosen group only', async () => {
		const model = addRegistration();
		const trigger = triggerOn(bench, 'registrationCreated', { groupId: { __rl: true, mode: 'id', value: model.group.id } });
		await trigger.activate();
		later();
		const elsewhere = state().groups.find(({ id }) => id !== model.group.id)!;
		const created = Array.from({ length: 130 }, () => addRegistration({ group: model.group }));
		addRegistration({ group: elsewhere });
		const unpaid = addRegistration({ group: model.group, registeredAt: null });
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids(created).sort());
		later(20 * MINUTE);
		Object.assign(created[0], { updatedAt: now, deactivatedAt: now });
		Object.assign(unpaid, { registeredAt: now, updatedAt: now });
		await trigger.poll();
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids([...created, unpaid]).sort());
		expect(trigger.items[0]).toMatchObject({ groupName: model.group.name, isActive: true });
	});

	test('registration created or updated: each time it changes, and when it ends', async () => {
		const trigger = triggerOn(bench, 'registrationChanged');
		await trigger.activate();
		const old = state().registrations.find(({ group, registeredAt }) => registeredAt !== null && group.period.id === currentPeriod())!;
		Object.assign(old, { updatedAt: later() });
		const created = addRegistration();
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual([old.id, created.id].sort());
		Object.assign(old, { updatedAt: later(2 * HOUR), deactivatedAt: now });
		await trigger.poll();
		await trigger.poll();
		expect(trigger.items).toHaveLength(3);
		expect(trigger.items[2]).toMatchObject({ id: old.id, isActive: false, deactivatedAt: timeOf(now) });
	});

	test('balance item created: what is paid online comes when it is paid', async () => {
		const trigger = triggerOn(bench, 'balanceItemCreated');
		await trigger.activate();
		later();
		const due = add(state().openItems, { status: 'Due' });
		const online = add(state().openItems, { status: 'Hidden' });
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([due.id]);
		later(20 * MINUTE);
		const next = add(state().openItems, { status: 'Due' });
		await trigger.poll();
		Object.assign(online, { status: 'Due', updatedAt: later() });
		Object.assign(due, { pricePaid: due.unitPrice, updatedAt: now });
		await trigger.poll();
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([due.id, next.id, online.id]);
	});

	test('ticket scanned: each time, and nothing else that happens to it', async () => {
		const trigger = triggerOn(bench, 'ticketScanned');
		await trigger.activate();
		const [one, other] = state().tickets.filter(({ scannedAt, deletedAt }) => scannedAt === null && deletedAt === null);
		const scan = (ticket: Ticket, scannedAt: number | null) => Object.assign(ticket, { scannedAt, updatedAt: later() });
		scan(one, now);
		await trigger.poll();
		Object.assign(other, { updatedAt: later() });
		await trigger.poll();
		scan(one, null);
		await trigger.poll();
		scan(one, later(MINUTE));
		// The telephone that scanned it was offline for an hour.
		scan(other, now - HOUR);
		await trigger.poll();
		await trigger.poll();
		expect(ids(trigger.items)).toEqual([one.id, one.id, other.id]);
		Object.assign(one, { updatedAt: later(3 * DAY) });
		await trigger.poll();
		expect(trigger.items).toHaveLength(3);
		expect(trigger.items[0]).toMatchObject({ isScanned: true, orderId: one.order.id });
	});

	test('ticket scanned: of one webshop only', async () => {
		const [one] = state().tickets.filter(({ scannedAt, deletedAt }) => scannedAt === null && deletedAt === null);
		const other = state().webshops.find((webshop) => webshop !== one.order.webshop)!;
		const triggers = [one.order.webshop, other].map(({ id }) => triggerOn(bench, 'ticketScanned', { webshopId: { __rl: true, mode: 'id', value: id } }));
		for (const trigger of triggers) await trigger.activate();
		Object.assign(one, { scannedAt: later(), updatedAt: now });
		for (const trigger of triggers) await trigger.poll();
		expect(triggers.map(({ items }) => ids(items))).toEqual([[one.id], []]);
	});

	test('invoice created: once', async () => {
		const trigger = triggerOn(bench, 'invoiceCreated');
		await trigger.activate();
		later();
		const made = [add(state().invoices, { number: '2026-9001' }), add(state().invoices, { number: '2026-9002' })];
		await trigger.poll();
		Object.assign(made[0], { updatedAt: later() });
		await trigger.poll();
		expect(ids(trigger.items).sort()).toEqual(ids(made).sort());
	});

	test.each(['registrationCreated', 'registrationChanged', 'balanceItemCreated', 'ticketScanned', 'invoiceCreated'])(
		'%s: a sample shows the newest ones',
		async (event) => {
			expect((await triggerOn(bench, event).test()).length).toBeGreaterThan(0);
		},
	);

	test.each([
		['registrationCreated', 'members of the group'],
		['balanceItemCreated', 'manage transfers'],
		['ticketScanned', 'scan the tickets'],
		['invoiceCreated', 'bookkeeping'],
	])('%s: without the right the error names it', async (event, right) => {
		bench.credentials.apiKey = state().keys.nothing;
		await expect(triggerOn(bench, event).test()).rejects.toThrow(right);
	});
});

describe('the first line', () => {
	const bench = useStamhoofd({ line: 'documented', payments: 400 });

	test.each(['registrationCreated', 'registrationChanged', 'balanceItemCreated', 'ticketScanned', 'invoiceCreated'])(
		'%s says which version has it, without a request',
		async (event) => {
			await expect(triggerOn(bench, event).test()).rejects.toThrow('API version 191 does not have this: choose "Current (411)" as API Version in the credential');
			expect(bench.sandbox.requests).toEqual([]);
		},
	);
});

describe('limits', () => {
	const bench = useStamhoofd({ line: 'current', payments: 50 }, { rateLimitTier: 'standard' });

	test('when polling has used its share of the day, polls are left out until there is more, and nothing is lost', async () => {
		const trigger = triggerOn(bench, 'paymentCreated');
		await trigger.activate();
		const account = `Stamhoofd ${String(bench.credentials.organizationId)}`;
		const budget = pollBudgetOf(account, stamhoofd.windows(bench.credentials), Date.now());
		for (let request = 1; request < 250; request++) budget.spend();
		const { id } = addPayment(bench, { createdAt: SEED_NOW + MINUTE });
		const before = bench.sandbox.requests.length;
		expect(await trigger.poll()).toBeUndefined();
		expect(bench.sandbox.requests).toHaveLength(before);
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 2 * MINUTE);
		await trigger.poll();
		clock.mockRestore();
		expect(ids(trigger.items)).toEqual([id]);
	});
});
