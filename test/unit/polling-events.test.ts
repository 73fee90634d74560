/** The kinds of events: what each makes of the records of a list. */
import type { IDataObject } from 'n8n-workflow';

import { appeared, changed, created, statusChanged } from '../../nodes/polling/event';
import type { Poll, TriggerEvent } from '../../nodes/polling/event';
import { describeEvents } from '../../nodes/polling/describe';
import { startAt } from '../../nodes/polling/memory';
import { readSince } from '../../nodes/polling/reading';
import { events as ofStamhoofd } from '../../nodes/Stamhoofd/triggerEvents';
import { readWhole } from '../../nodes/transport/paging';
import { POLLING } from '../published';

const MINUTE = 60_000;

/** A poll of an API whose every list consists of these records. */
function pollOf(records: IDataObject[]): Poll {
	return {
		input: {},
		send: async () => await Promise.resolve({ statusCode: 200, headers: {}, body: records }),
		credentials: {},
	} as unknown as Poll;
}

const basics = {
	name: 'Something',
	value: 'something',
	description: '',
	noun: 'thing',
	list: () => [{ request: { url: '/things' }, readPage: readWhole }],
	overlap: MINUTE,
	simplify: (record: IDataObject) => record,
};
const moment = ({ at }: IDataObject) => at as number | undefined;

async function seen(event: TriggerEvent, records: IDataObject[]) {
	const read = await readSince(startAt('scope', 0), [], event, pollOf(records));
	return read.map(({ id, moment: at, version, isReady }) => ({ id, at, version, isReady }));
}

test('created: once for each record to which it has happened', async () => {
	const event = created({ ...basics, moment });
	const records = [{ id: 1, at: 5 }, { id: 2 }, { id: 3, at: 0 }];
	expect(await seen(event, records)).toEqual([
		{ id: '1', at: 5, version: '', isReady: true },
		{ id: '3', at: 0, version: '', isReady: true },
	]);
});

test('a gap in a list is no record, in a list of any order', async () => {
	for (const order of [undefined, 'newestFirst', 'oldestFirst'] as const) {
		const list = () => [{ request: { url: '/things' }, readPage: readWhole, order }];
		const event = created({ ...basics, list, moment });
		expect(await seen(event, [null, { id: 1, at: 5 }, null] as unknown as IDataObject[])).toEqual([{ id: '1', at: 5, version: '', isReady: true }]);
		await expect(seen(event, ['x'] as unknown as IDataObject[])).rejects.toThrow('where a record belongs');
	}
});

test('created, with patience: what is not wanted yet is not news yet', async () => {
	const isWanted = ({ isPaid }: IDataObject) => isPaid === true;
	const records = [
		{ id: 1, at: 5, isPaid: true },
		{ id: 2, at: 6, isPaid: false },
	];
	const ready = async (patience: number) =>
		(await seen(created({ ...basics, moment, isWanted, patience: () => patience }), records)).map(({ isReady }) => isReady);
	expect(await ready(MINUTE)).toEqual([true, false]);
	expect(await ready(0)).toEqual([true, true]);
});

test('changed: another moment is another version, or what the event says', async () => {
	expect(await seen(changed({ ...basics, moment }), [{ id: 1, at: 5 }])).toMatchObject([{ version: '5' }]);
	const version = ({ at, status }: IDataObject) => `${String(at)} ${String(status)}`;
	expect(await seen(changed({ ...basics, moment, version }), [{ id: 1, at: 5, status: 'new' }])).toMatchObject([{ version: '5 new' }]);
});

test('status changed: the first status is no change, another one is', async () => {
	const event = statusChanged({ ...basics, moment, watched: MINUTE, status: ({ status }) => String(status), firstStatus: 'new' });
	expect(await seen(event, [{ id: 1, at: 5, status: 'sent' }])).toMatchObject([{ version: 'sent' }]);
	const isEvent = (status: string, before?: string) =>
		event.isEvent({ status }, before === undefined ? undefined : { version: before }, pollOf([]));
	expect([isEvent('new'), isEvent('sent'), isEvent('new', 'sent')]).toEqual([false, true, true]);
});

test('appeared: no record tells when', async () => {
	expect(await seen(appeared(basics), [{ id: 1 }, { id: 2 }])).toMatchObject([{ at: 0 }, { at: 0 }]);
});

test.each([
	['not a number', Number.NaN],
	['text', '2026-11-21'],
	['null', null],
	['without end', Infinity],
])('a moment that is %s is an error that names the record, and no lost event', async (_, at) => {
	const event = created({ ...basics, moment });
	await expect(seen(event, [{ id: 1, at: 5 }, { id: 'abc', at }])).rejects.toThrow(
		'The thing abc has a date that cannot be read',
	);
});

/** Of each trigger. */
const EVENTS = POLLING.map(({ title, folder }) => {
	const { events } = jest.requireActual<{ events: TriggerEvent[] }>(`../../nodes/${folder}/triggerEvents`);
	return [title, events] as const;
});

test.each(EVENTS)('%s: a date that cannot be read is not taken for none', (_, events) => {
	const event = events.find(({ value }) => value === 'orderCreated')!;
	const unreadable = new Proxy<IDataObject>({}, { get: () => 'soon' });
	expect(event.moment(unreadable, pollOf([]))).toBeNaN();
	expect(event.moment({ id: 1 }, pollOf([]))).toBeUndefined();
});

test('Stamhoofd: an order counts from when it is valid, since it is in no list before', () => {
	const { moment: at } = ofStamhoofd.find(({ value }) => value === 'orderCreated')!;
	expect(at({ createdAt: 1, validAt: 2 }, pollOf([]))).toBe(2);
	expect(at({ createdAt: 1, validAt: null }, pollOf([]))).toBe(1);
});

/** What most people start a workflow with. */
const USUAL: Record<string, string> = { 'Stamhoofd Trigger': 'paymentPaid', 'Boekwinkeltjes Trigger': 'orderCreated', 'Topgeschenken Trigger': 'orderCreated' };

test.each(EVENTS)('%s: the usual event is the first and the default', (title, events) => {
	const [field] = describeEvents(events);
	expect(field).toMatchObject({ name: 'event', default: USUAL[title] });
	expect(field.options?.[0]).toMatchObject({ value: USUAL[title] });
});
