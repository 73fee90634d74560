/**
 * How events reach their execution. n8n stores what a trigger remembers before it stores the execution that gets the
 * events, so that a kill between the two would lose them. So a poll also remembers what it has handed over. A process
 * that finds what another one has handed over cannot know whether it arrived, and hands it over again; the execution then
 * leaves out what has come through before.
 */
import { randomBytes } from 'crypto';
import { omit, takeRight } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Batch, HandedOver, Sighting } from './memory';
import { MOST_EVENTS } from './reading';

/** Of each trigger, the nonce of what this process has handed over last. */
export type OwnBatches = Map<string, string>;

/** What another process has handed over; nobody knows whether it arrived. */
export function unsureOf(own: OwnBatches, trigger: string, batch: Batch | undefined): HandedOver[] {
	return batch === undefined || own.get(trigger) === batch.nonce ? [] : batch.events;
}

/** Milliseconds within which n8n has surely stored an execution, however busy it is. */
const SURELY_STORED = 5 * 60_000;

/** The events of a poll as they are handed over now. Those that were handed over before keep their keys. */
export function handOver(own: OwnBatches, trigger: string, events: Array<Sighting & Partial<HandedOver>>): Batch {
	const nonce = randomBytes(9).toString('base64url');
	own.set(trigger, nonce);
	const at = Date.now();
	return {
		nonce,
		events: events.map(({ id, version, moment, key }, index) => ({ id, version, moment, key: key ?? `${nonce}${index}`, at })),
	};
}

/** What may still be on its way: the batch, and what was handed over not long before it. */
export function stillUnsure(before: Batch | undefined, batch: Batch | undefined): Batch | undefined {
	const again = new Set(batch?.events.map(({ id }) => id));
	const others = (before?.events ?? []).filter(({ id, at }) => !again.has(id) && Math.abs(Date.now() - at) < SURELY_STORED);
	// No execution gets more, should all of them come again.
	const events = takeRight([...others, ...(batch?.events ?? [])], MOST_EVENTS);
	const nonce = batch?.nonce ?? before?.nonce;
	return nonce !== undefined && events.length > 0 ? { nonce, events } : undefined;
}

/** Member of an item with its key, on the way from the poll to the execution. */
const KEY = 'handedOver';

export function withKeys(items: INodeExecutionData[], { events }: Batch): INodeExecutionData[] {
	return items.map((item, index) => ({ ...item, [KEY]: events[index].key }));
}

/** So many keys are remembered; a batch is a fraction of it. */
const MOST_PROCESSED = 1000;

let lastCheck: Promise<unknown> = Promise.resolve();

/** n8n reads, compares and writes its list of keys in steps: two executions at once would both find nothing in it. */
async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
	const check = lastCheck.catch(() => {}).then(work);
	lastCheck = check;
	return await check;
}

/** What has not come through another execution of this trigger. */
export async function leaveOutProcessed(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const plain = items.map((item) => omit(item, KEY) as INodeExecutionData);
	const keys = items.map((item) => item[KEY] as string | undefined);
	// Whoever runs an execution again wants just these.
	if (context.getMode() !== 'trigger' || keys.includes(undefined)) return plain;
	const check = async () =>
		await context.helpers.checkProcessedAndRecord(keys as string[], 'node', { mode: 'entries', maxEntries: MOST_PROCESSED });
	try {
		const unknown = new Set<unknown>((await oneAtATime(check)).new);
		return plain.filter((_, index) => unknown.has(keys[index]));
	} catch (error) {
		// Then nobody knows; most likely they have not.
		context.logger.warn(`"${context.getNode().name}": n8n could not note which events have come through`, { error });
		return plain;
	}
}
