/** Triggers that ask for news at intervals. What counts as news is described by each platform; remembering it is not. */
import { isEqual, omit, partition } from 'lodash';
import type { DateTime } from 'luxon';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { readFields } from '../input';
import { deadlineOfPoll } from '../transport/budget';
import { toNodeError } from '../transport/errors';
import type { Platform } from '../transport/platform';
import { credentialsOf, send } from '../transport/send';
import { millisecondsPerRequest, pollBudgetOf } from './budget';
import { standardOf } from './describe';
import type { Poll, TriggerEvent } from './event';
import { handOver, leaveOutProcessed, stillUnsure, unsureOf, withKeys } from './handOver';
import type { OwnBatches } from './handOver';
import { beforeOf, checkLength, forgetMissing, hasSameFilters, news, readMemory, remember, startAt, startNow } from './memory';
import type { Circumstances, HandedOver, Memory, Sighting } from './memory';
import { completed, isWanted, latestMoment, MOST_EVENTS, overlapOf, readNewest, readSince } from './reading';
import type { Seen } from './reading';
import { readSample } from './sample';
import { filtersOf, scopeOf, storeOf } from './store';

/** What polling may use of the account's limits. */
function shareOf(platform: Platform, credentials: ICredentialDataDecryptedObject) {
	const windows = platform.windows(credentials);
	return pollBudgetOf(`${platform.name} ${platform.account(credentials)}`, windows, Date.now());
}

/** Value of a field, as n8n gives it; null for one that is not there. */
type Parameter = (name: string) => unknown;

/** What a trigger is set to, and what its event needs to read the service. */
interface Settings {
	event: TriggerEvent;
	poll: Poll;
	startFrom?: DateTime;
	isSimple: boolean;
}

/**
 * @param deadline `performance.now()` at which all must be over
 * @throws FaultyInput that names every field that is wrong
 */
function settingsOf(
	context: IPollFunctions | IExecuteFunctions,
	platform: Platform,
	events: TriggerEvent[],
	parameter: Parameter,
	credentials: ICredentialDataDecryptedObject,
	deadline: number,
): Settings {
	const value = parameter('event');
	const event = events.find((one) => one.value === value)!;
	const zone = context.getTimezone();
	const { startFrom, simplify = true, ...input } = readFields({ ...event.input, ...standardOf(event) }, parameter, { zone });
	const share = shareOf(platform, credentials);
	const poll: Poll = {
		credentials,
		zone,
		input,
		async send(request) {
			share.spend();
			return await send(context, platform, request, credentials, { deadline });
		},
	};
	return { event, poll, startFrom, isSimple: simplify };
}

function itemsOf(seen: Seen[], { event, poll, isSimple }: Settings): INodeExecutionData[] {
	return seen.map(({ record }) => ({ json: isSimple ? event.simplify(record, poll.credentials) : record }));
}

/** Whether what was seen starts the workflow. */
function isEvent(one: Seen, memory: Memory, event: TriggerEvent, poll: Poll): boolean {
	return isWanted(one, event, poll) && event.isEvent(one.record, beforeOf(memory, one), poll);
}

function circumstancesOf(event: TriggerEvent, poll: Poll, waiting: Sighting[]): Circumstances {
	return { overlap: overlapOf(event, poll), latest: latestMoment(), waiting };
}

/** What came of a poll: events, and what is to be remembered. */
interface Outcome {
	memory: Memory;
	events: Array<Seen & Partial<HandedOver>>;
}

async function begin(scope: string, event: TriggerEvent, poll: Poll): Promise<Outcome> {
	const { records, since } = await readNewest(event, poll);
	if (event.overlap === Infinity) checkLength(records, event.noun);
	const [ready, waiting] = partition(records, 'isReady');
	return { memory: startNow(scope, ready, circumstancesOf(event, poll, waiting), since), events: [] };
}

/** @param unsure events that were handed over and perhaps did not arrive; those that still are as they were come again */
async function proceed(memory: Memory, unsure: HandedOver[], event: TriggerEvent, poll: Poll): Promise<Outcome> {
	const records = await readSince(memory, unsure, event, poll);
	if (event.overlap === Infinity) checkLength(records, event.noun);
	const known = event.overlap === Infinity ? forgetMissing(memory, records) : memory;
	const byId = new Map(records.map((one) => [one.id, one]));
	const again = unsure.flatMap(({ id, version, key }) => {
		const one = byId.get(id);
		return one?.version === version ? [{ ...one, key }] : [];
	});
	const [ready, waiting] = partition(records, 'isReady');
	const all = news(known, ready);
	const most = Math.max(0, MOST_EVENTS - again.length);
	const handled = await completed(all.slice(0, most), event, poll);
	return {
		memory: remember(known, handled, all.slice(most), circumstancesOf(event, poll, waiting)),
		events: [...(await completed(again, event, poll)), ...handled.filter((one) => isEvent(one, known, event, poll))],
	};
}

/** What all polls of this process's triggers of a kind know of each other. */
interface Process {
	/** Triggers whose poll is under way. */
	polling: Set<string>;
	/** Triggers that were told that they poll too often. */
	told: Set<string>;
	batches: OwnBatches;
}

function sayThatPollsAreLeftOut(context: IPollFunctions, platform: Platform, credentials: ICredentialDataDecryptedObject) {
	const minutes = Math.ceil(millisecondsPerRequest(platform.windows(credentials)) / 60_000);
	context.logger.info(
		`"${context.getNode().name}" asks ${platform.name} every ${minutes} minutes or less often, shared with the other triggers of this account, because ${platform.name} allows no more: polls that come sooner are left out, and what happens comes with the next one`,
	);
}

/** n8n's second engine does not run a trigger's `execute`, so what is handed over twice would come twice. */
function checksForDoubles(context: IPollFunctions): boolean {
	// n8n 1 knows neither that engine nor this function.
	return context.getWorkflowSettings?.().engineType !== 'v2';
}

async function pollOnce(
	context: IPollFunctions,
	platform: Platform,
	events: TriggerEvent[],
	trigger: string,
	{ told, batches }: Process,
): Promise<INodeExecutionData[][] | null> {
	const credentials = await credentialsOf(context, platform);
	const share = shareOf(platform, credentials);
	if (!share.allows(trigger, Date.now())) {
		if (!told.has(trigger)) sayThatPollsAreLeftOut(context, platform, credentials);
		told.add(trigger);
		return null;
	}
	const parameter: Parameter = (name) => context.getNodeParameter(name, null);
	const settings = settingsOf(context, platform, events, parameter, credentials, deadlineOfPoll(context));
	const { event, poll, startFrom } = settings;
	const store = storeOf(context);
	const scope = scopeOf(context, platform, event, credentials);
	const filters = filtersOf(event, context.getNode());
	const known = readMemory(store.load(), scope) ?? (startFrom && startAt(scope, Math.max(0, startFrom.toMillis())));
	// With other filters it starts from now: what there was since Start From has come already.
	const before = known && hasSameFilters(known, filters) ? known : undefined;
	const { memory: after, events: found } = before
		? await proceed(before, unsureOf(batches, trigger, before.handedOver), event, poll)
		: await begin(scope, event, poll);
	const items = itemsOf(found, settings);
	const batch = found.length > 0 && checksForDoubles(context) ? handOver(batches, trigger, found) : undefined;
	const handedOver = stillUnsure(before?.handedOver, batch);
	const memory: Memory = { ...omit(after, 'handedOver'), filters, ...(handedOver && { handedOver }) };
	// Last and at once, so that a poll that fails has changed nothing.
	if (!isEqual(memory, before)) store.save(memory);
	if (items.length === 0) return null;
	return [batch ? withKeys(items, batch) : items];
}

/** The `poll` of a trigger node. */
export function pollFor(platform: Platform, events: TriggerEvent[]) {
	const inProcess: Process = { polling: new Set(), told: new Set(), batches: new Map() };
	return async function (this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const node = this.getNode();
		const trigger = `${this.getWorkflow().id} ${node.id}`;
		if (inProcess.polling.has(trigger)) return null;
		inProcess.polling.add(trigger);
		try {
			return await pollOnce(this, platform, events, trigger, inProcess);
		} catch (error) {
			throw toNodeError(node, error);
		} finally {
			inProcess.polling.delete(trigger);
		}
	};
}

/** Milliseconds; somebody is waiting for a test run. */
const PATIENCE = 60_000;

async function sampleFor(context: IExecuteFunctions, platform: Platform, events: TriggerEvent[]): Promise<INodeExecutionData[]> {
	const parameter: Parameter = (name) => context.getNodeParameter(name, 0, null);
	const settings = settingsOf(context, platform, events, parameter, await credentialsOf(context, platform), performance.now() + PATIENCE);
	return itemsOf(await readSample(settings.event, settings.poll), settings);
}

/** The `execute` of a trigger node: a sample in the editor, and otherwise what the poll has handed over. */
export function executeFor(platform: Platform, events: TriggerEvent[]) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			return [this.getMode() === 'manual' ? await sampleFor(this, platform, events) : await leaveOutProcessed(this)];
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}
