/** What every trigger does when n8n is killed, when its node is renamed, when polls overlap and when the server is in trouble. */
import { randomUUID } from 'node:crypto';

import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { StamhoofdApi } from '../../credentials/StamhoofdApi.credentials';
import { StamhoofdTrigger } from '../../nodes/Stamhoofd/StamhoofdTrigger.node';
import { timeOf } from '../../nodes/operation/time';
import { SEED_NOW } from '../sandbox/seed';
import { hostTrigger } from './pollingHarness';
import type { HostedTrigger, TriggerOptions } from './pollingHarness';
import { useStamhoofd } from './stamhoofd';

const MINUTE = 60_000;

const bench = useStamhoofd({ line: 'current', payments: 100 });
let now: number;
beforeEach(() => {
	now = SEED_NOW + MINUTE;
});

function hosted(parameters: INodeParameters = {}, more: Partial<TriggerOptions> = {}): HostedTrigger {
	return hostTrigger({
		node: new StamhoofdTrigger(),
		parameters: { event: 'paymentCreated', ...parameters },
		credentialTypes: [new StamhoofdApi()],
		credentials: { stamhoofdApi: bench.credentials },
		...more,
	});
}

/** So many new payments, each a second after the other; their ids. */
function create(count = 1): string[] {
	const { payments } = bench.sandbox.state;
	const added = Array.from({ length: count }, () => {
		now += 1000;
		return { ...payments[0], id: randomUUID(), createdAt: now, updatedAt: now };
	});
	payments.push(...added);
	return added.map(({ id }) => id);
}

const idsOf = ({ items }: HostedTrigger) => items.map(({ id }) => id);

describe.each([false, true])('with durable cursors: %s', (isDurable) => {
	test('n8n is killed: what came since the last execution is found when it starts again', async () => {
		const trigger = hosted({}, { isDurable });
		await trigger.activate();
		const created = create(3);
		await trigger.poll();
		await trigger.poll();
		created.push(...create(2));
		await trigger.restart();
		created.push(...create(2));
		await trigger.poll();
		expect(idsOf(trigger)).toEqual(created);
	});

	test.each(['before the execution is stored', 'before the execution runs'] as const)('n8n is killed %s: what it had found comes', async (kill) => {
		const trigger = hosted({}, { isDurable });
		await trigger.activate();
		const created = create(3);
		await trigger.poll();
		const lost = create(4);
		await trigger.poll(kill);
		expect(idsOf(trigger)).toEqual(created);
		await trigger.restart();
		const after = create(2);
		await trigger.poll();
		await trigger.restart();
		await trigger.poll();
		expect(idsOf(trigger)).toEqual([...created, ...lost, ...after]);
	});

	test('n8n is killed again and again, each time before it has stored an execution', async () => {
		const trigger = hosted({}, { isDurable });
		await trigger.activate();
		const created: string[] = [];
		for (let round = 0; round < 4; round++) {
			created.push(...create(90));
			await trigger.poll('before the execution is stored');
			await trigger.restart();
			await trigger.poll('before the execution is stored');
			await trigger.restart();
		}
		while (await trigger.poll());
		expect(idsOf(trigger).sort()).toEqual(created.sort());
		expect(new Set(created).size).toBe(360);
	});

	test('the node is renamed, and given its first name again', async () => {
		const trigger = hosted({}, { isDurable });
		await trigger.activate();
		const created = create(2);
		await trigger.poll();
		for (const name of ['New orders', 'Trigger', 'New orders']) {
			trigger.rename(name);
			created.push(...create(2));
			await trigger.activate();
			created.push(...create(1));
			await trigger.poll();
		}
		expect(idsOf(trigger)).toEqual(created);
	});
});

test('after a start of n8n the last events are handed over once more, and left out', async () => {
	const trigger = hosted();
	await trigger.activate();
	const created = create(3);
	await trigger.poll();
	await trigger.poll();
	expect(trigger.runs).toBe(1);
	await trigger.restart();
	await trigger.poll();
	expect(trigger.runs).toBe(2);
	// A while later whoever deactivates and activates the workflow makes n8n store that all has arrived.
	const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6 * MINUTE);
	await trigger.poll();
	await trigger.activate();
	await trigger.restart();
	clock.mockRestore();
	expect(trigger.runs).toBe(2);
	expect(idsOf(trigger)).toEqual(created);
});

test('several polls have handed over events, and n8n has stored none of their executions: all come, and once', async () => {
	const trigger = hosted();
	await trigger.activate();
	const created = create(70);
	await trigger.poll('before the execution is stored');
	created.push(...create(60));
	await trigger.poll('before the execution is stored');
	await trigger.poll();
	created.push(...create(70));
	await trigger.poll('before the execution is stored');
	expect(trigger.items).toEqual([]);
	await trigger.restart();
	while (await trigger.poll());
	await trigger.restart();
	expect(idsOf(trigger).sort()).toEqual(created.sort());
});

test('what was handed over and has changed since is not handed over as it was', async () => {
	const trigger = hosted({ event: 'paymentPaid' });
	await trigger.activate();
	const { payments } = bench.sandbox.state;
	const payment = payments.find(({ status }) => status === 'Created')!;
	Object.assign(payment, { status: 'Succeeded', paidAt: (now += 1000), updatedAt: now });
	await trigger.poll('before the execution is stored');
	Object.assign(payment, { paidAt: (now += 1000), updatedAt: now });
	await trigger.restart();
	await trigger.poll();
	expect(trigger.items).toMatchObject([{ id: payment.id, paidAt: timeOf(now) }]);
});

test('an execution that somebody runs again gives what it gave', async () => {
	const trigger = hosted();
	await trigger.activate();
	create(2);
	const items = (await trigger.poll())!;
	expect(await trigger.retry(items)).toEqual(items);
});

test('two executions at the same time do not both take the same events', async () => {
	const trigger = hosted();
	await trigger.activate();
	const created = create(3);
	await trigger.poll('before the execution is stored');
	await trigger.restart();
	await Promise.all([trigger.restart(), trigger.poll()]);
	expect(idsOf(trigger)).toEqual(created);
});

test('an n8n that cannot note what has come through starts the workflow all the same', async () => {
	const trigger = hosted();
	await trigger.activate();
	const created = create(2);
	const service = DataDeduplicationService.getInstance();
	const check = jest.spyOn(service, 'checkProcessedAndRecord').mockRejectedValue(new Error('no database'));
	await trigger.poll();
	check.mockRestore();
	expect(idsOf(trigger)).toEqual(created);
});

test("on n8n's second engine, which runs no trigger, nothing is handed over twice", async () => {
	const trigger = hosted({}, { engineType: 'v2' });
	await trigger.activate();
	const created = create(3);
	await trigger.poll();
	await trigger.restart();
	created.push(...create(1));
	await trigger.poll();
	await trigger.restart();
	expect(idsOf(trigger)).toEqual(created);
	expect(Object.keys(trigger.executions[0][0])).toEqual(['json']);
});

test('what comes out has nothing but the record in it', async () => {
	const trigger = hosted();
	await trigger.activate();
	create();
	const [item] = (await trigger.poll())!;
	expect(Object.keys(item)).toEqual(['json']);
});

test('a new node with the name of an earlier one does not take over what that has seen', async () => {
	const trigger = hosted();
	await trigger.activate();
	const { 'node:Trigger': own, global } = trigger.stored as Record<string, IDataObject>;
	const another = { ...(own.trigger as IDataObject), nodeId: 'another' };
	create(3);
	trigger.store({ 'node:Trigger': { trigger: another }, global: { 'n8n-nodes-dutch-commerce': { another } } });
	await trigger.activate();
	expect(trigger.items).toEqual([]);
	expect(Object.keys(global)).toEqual(['n8n-nodes-dutch-commerce']);
});

test('polls that overlap do not give the same twice', async () => {
	const trigger = hosted();
	await trigger.activate();
	const created = create(5);
	bench.sandbox.faults.push({ kind: 'slow', milliseconds: 300 });
	await Promise.all([trigger.poll(), trigger.poll(), trigger.poll()]);
	await trigger.poll();
	expect(idsOf(trigger)).toEqual(created);
});

test('a poll that failed does not stand in the way of the next', async () => {
	const trigger = hosted();
	await trigger.activate();
	const created = create(2);
	bench.sandbox.faults.push({ kind: 'status', status: 403, body: {} });
	await expect(trigger.poll()).rejects.toThrow();
	await trigger.poll();
	expect(idsOf(trigger)).toEqual(created);
});

test('a poll ends within what n8n gives it, though the server never answers, and the next one goes on', async () => {
	const trigger = hosted({}, { pollBudget: 1000 });
	await trigger.activate();
	const created = create(2);
	bench.sandbox.faults.push({ kind: 'slow', milliseconds: 5000 });
	const before = bench.sandbox.requests.length;
	await expect(trigger.poll()).rejects.toThrow('Stamhoofd');
	expect(bench.sandbox.requests).toHaveLength(before + 1);
	await trigger.poll();
	expect(idsOf(trigger)).toEqual(created);
});

test('a server in trouble is asked again within the same poll', async () => {
	const trigger = hosted();
	await trigger.activate();
	const created = create(70);
	const kinds = ['cutBefore', 'truncated', 'html'] as const;
	bench.sandbox.faults.push(...kinds.map((kind) => ({ kind })));
	await trigger.poll();
	expect(idsOf(trigger)).toEqual(created);
});

test('records that appear while the list is read come once', async () => {
	const trigger = hosted();
	await trigger.activate();
	const created = create(120);
	let requests = 0;
	bench.sandbox.faults.push({
		kind: 'slow',
		milliseconds: 0,
		when() {
			if (++requests === 2) created.push(...create(5));
			return requests === 2;
		},
	});
	await trigger.poll();
	await trigger.poll();
	expect(idsOf(trigger)).toEqual(created);
});

test('a record that the server shows later than a newer one is not overlooked', async () => {
	const trigger = hosted();
	await trigger.activate();
	const [late, newer] = create(2);
	const { payments } = bench.sandbox.state;
	const [hidden] = payments.splice(payments.findIndex(({ id }) => id === late), 1);
	await trigger.poll();
	payments.push(hidden);
	await trigger.poll();
	expect(idsOf(trigger)).toEqual([newer, late]);
});

test('the first activation fails if the account cannot be read, so that nobody waits in vain', async () => {
	bench.credentials.apiKey = 'a-wrong-key-0123456789';
	const failure = hosted().activate();
	await expect(failure).rejects.toThrow('Stamhoofd does not know this API key');
	await expect(failure).rejects.not.toThrow('a-wrong-key-0123456789');
});

test('what a newer version of the package has stored is left alone', async () => {
	const trigger = hosted();
	await trigger.activate();
	const newer = JSON.parse(JSON.stringify(trigger.stored).replaceAll('"version":1', '"version":2')) as IDataObject;
	trigger.store(newer);
	await expect(trigger.activate()).rejects.toThrow('install that version again');
	expect(trigger.stored).toEqual(newer);
});

test('what is stored has no address and no key in it', async () => {
	const trigger = hosted();
	await trigger.activate();
	const text = JSON.stringify(trigger.stored);
	expect(text).toContain('"version":1');
	for (const secret of ['127.0.0.1', String(bench.credentials.apiKey), String(bench.credentials.organizationId)]) {
		expect(text).not.toContain(secret);
	}
});

test('a start that is no date is refused in words', async () => {
	await expect(hosted({ startFrom: 'yesterday' }).activate()).rejects.toThrow('Start From "yesterday" is not a date');
});

test.each(['21-11-2026', '2026-11-21', '21 november 2026 0:00'])('a start as people write it: %s', async (startFrom) => {
	const trigger = hosted({ startFrom });
	await trigger.activate();
	await trigger.poll();
	const since = Date.parse('2026-11-21T00:00:00Z');
	const expected = bench.sandbox.state.payments.filter(({ createdAt }) => createdAt >= since);
	expect(expected.length).toBeGreaterThan(0);
	expect(idsOf(trigger).sort()).toEqual(expected.map(({ id }) => id).sort());
});

test.each([
	['nee', false],
	['', true],
])('Simplify as an expression gives it: "%s"', async (simplify, isSimple) => {
	const trigger = hosted({ simplify });
	await trigger.activate();
	create();
	await trigger.poll();
	expect('priceRaw' in trigger.items[0]).toBe(isSimple);
});

test('the start counts only the first time', async () => {
	const trigger = hosted({ startFrom: new Date(SEED_NOW).toISOString() });
	const created = create(2);
	await trigger.activate();
	await trigger.activate();
	trigger.setParameters({ event: 'paymentCreated', startFrom: new Date(SEED_NOW - 1000 * MINUTE).toISOString() });
	await trigger.activate();
	expect(idsOf(trigger)).toEqual(created);
});

test('an account without any record: the first one ever is news', async () => {
	const [model] = bench.sandbox.state.payments.splice(0);
	const trigger = hosted();
	await trigger.activate();
	bench.sandbox.state.payments.push({ ...model, createdAt: now });
	await trigger.poll();
	expect(idsOf(trigger)).toEqual([model.id]);
});
