/** Triggers that ask for news at intervals. What counts as news is described by each platform; remembering it is not. */
import { chunk, isEqual, memoize, partition, sortBy, takeRight, uniqBy } from 'lodash';
import { DateTime } from 'luxon';
import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeProperties,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { InvalidInput, toNodeError } from '../transport/errors';
import { simplifyField } from '../operation/legacy';
import type { Platform } from '../transport/platform';
import { millisecondsPerRequest, pollBudgetOf } from './budget';
import { beforeOf, checkLength, forgetMissing, hasSameFilters, news, readMemory, remember, startAt, startNow } from './memory';
import type { Circumstances, Memory, Sighting } from './memory';
import { completed, latestMoment, MOST_EVENTS, overlapOf, readNewest, readSince } from './reading';
import type { Seen } from './reading';
import { filtersOf, scopeOf, storeOf } from './store';
import { credentialsOf, send } from '../transport/send';
import type { Poll, TriggerEvent } from './event';

/** Items of a test run in the editor. */
const SAMPLE_SIZE = 5;
/** Records that are read for them at least, and at most if few pass the filters. */
const FEWEST_READ = 100;
const MOST_READ = 500;
/** So many whole records are fetched at a time. */
const SAMPLE_CHUNK = 20;

const startFromField: INodeProperties = {
	displayName: 'Start From',
	name: 'startFrom',
	type: 'dateTime',
	default: '',
	description:
		'The workflow starts for everything since this moment too. Leave it empty to start from what happens after activation. It counts only when the trigger is activated for the first time, or with another event or account, and not when a filter is changed.',
};

/** The properties of a trigger node, from its events. */
export function describeEvents(events: TriggerEvent[]): INodeProperties[] {
	const fields = [
		...events.flatMap(({ value, fields: own }) => own.map((field) => ({ field, value }))),
		...events.filter(({ hasPast }) => hasPast).map(({ value }) => ({ field: startFromField, value })),
		...events.map(({ value }) => ({ field: simplifyField, value })),
	];
	const [{ value: first }] = events;
	return [
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			noDataExpression: true,
			options: events.map(({ name, value, description }) => ({ name, value, description })),
			default: first,
			description: 'What starts the workflow',
		},
		...uniqBy(fields, ({ field }) => field).map(({ field }) => ({
			...field,
			displayOptions: {
				show: { event: fields.filter((one) => one.field === field).map(({ value }) => value), ...field.displayOptions?.show },
			},
		})),
	];
}

function pollOf(context: IPollFunctions, platform: Platform, credentials: ICredentialDataDecryptedObject, spend: () => void): Poll {
	return {
		context,
		credentials,
		parameter: memoize(
			<T>(name: string, fallback?: T) => context.getNodeParameter(name, fallback, { extractValue: true }) as T,
		),
		async send(request) {
			spend();
			return await send(context, platform, request, credentials);
		},
	};
}

function itemsOf(seen: Seen[], event: TriggerEvent, poll: Poll): INodeExecutionData[] {
	const isSimple = poll.parameter<boolean>('simplify', true);
	return seen.map(({ record }) => ({ json: isSimple ? event.simplify(record, poll.credentials) : record }));
}

function isWanted({ record, isKept }: Seen, event: TriggerEvent, poll: Poll): boolean {
	return isKept && event.isWanted(record, poll);
}

/** Whether what was seen starts the workflow. */
function isEvent(one: Seen, memory: Memory, event: TriggerEvent, poll: Poll): boolean {
	return isWanted(one, event, poll) && event.isEvent(one.record, beforeOf(memory, one), poll);
}

/** The newest events, for a test run in the editor. Nothing is remembered. */
async function sample(event: TriggerEvent, poll: Poll): Promise<INodeExecutionData[]> {
	const isOfUse = (one: Seen) => one.isReady && (event.details ? one.isKept : isWanted(one, event, poll));
	const { records } = await readNewest(event, poll, (seen) => {
		if (seen.length < FEWEST_READ) return false;
		return seen.length >= MOST_READ || seen.filter(isOfUse).length >= SAMPLE_SIZE;
	});
	const newest = takeRight(sortBy(records.filter(isOfUse), ['moment', 'id']), MOST_READ).reverse();
	const wanted: Seen[] = [];
	for (const some of chunk(newest, SAMPLE_CHUNK)) {
		wanted.push(...(await completed(some, event, poll)).filter((one) => isWanted(one, event, poll)));
		if (wanted.length >= SAMPLE_SIZE) break;
	}
	if (wanted.length > 0) return itemsOf(wanted.slice(0, SAMPLE_SIZE), event, poll);
	throw new InvalidInput(
		`There is no ${event.noun} yet to show as a sample: change the filters, or make one and test again`,
		'Nothing is wrong. An active workflow starts by itself as soon as there is one.',
	);
}

/** What came of a poll. */
interface Outcome {
	memory: Memory;
	items: INodeExecutionData[];
}

function startMoment(event: TriggerEvent, { context, parameter }: Poll): number | undefined {
	const written = event.hasPast ? parameter<string>('startFrom', '') : '';
	if (!written) return undefined;
	const date = DateTime.fromISO(String(written), { zone: context.getTimezone() });
	if (date.isValid) return Math.max(0, date.toMillis());
	throw new InvalidInput(`Start From is not a date: "${written}". Write it as 2026-11-21 or 2026-11-21T14:30:00`);
}

function circumstancesOf(event: TriggerEvent, poll: Poll, waiting: Sighting[]): Circumstances {
	return { overlap: overlapOf(event, poll), latest: latestMoment(), waiting };
}

async function begin(scope: string, event: TriggerEvent, poll: Poll): Promise<Outcome> {
	const { records, since } = await readNewest(event, poll);
	if (event.overlap === Infinity) checkLength(records, event.noun);
	const [ready, waiting] = partition(records, 'isReady');
	return { memory: startNow(scope, ready, circumstancesOf(event, poll, waiting), since), items: [] };
}

async function proceed(memory: Memory, event: TriggerEvent, poll: Poll): Promise<Outcome> {
	const records = await readSince(memory, event, poll);
	if (event.overlap === Infinity) checkLength(records, event.noun);
	const known = event.overlap === Infinity ? forgetMissing(memory, records) : memory;
	const [ready, waiting] = partition(records, 'isReady');
	const all = news(known, ready);
	const handled = await completed(all.slice(0, MOST_EVENTS), event, poll);
	const events = handled.filter((one) => isEvent(one, known, event, poll));
	return {
		memory: remember(known, handled, all.slice(MOST_EVENTS), circumstancesOf(event, poll, waiting)),
		items: itemsOf(events, event, poll),
	};
}

/** Triggers whose poll is under way, and those that were told that they poll too often. */
const polling = new Set<string>();
const warned = new Set<string>();

/** False if polling has used up its share of the account's requests for the moment. */
function mayPoll(context: IPollFunctions, platform: Platform, credentials: ICredentialDataDecryptedObject, key: string) {
	const windows = platform.windows(credentials);
	const budget = pollBudgetOf(`${platform.name} ${platform.account(credentials)}`, windows, Date.now());
	// Somebody is waiting for a test.
	const isAllowed = context.getMode() === 'manual' || budget.allows(key, Date.now());
	if (!isAllowed && !warned.has(key)) {
		warned.add(key);
		const minutes = Math.ceil(millisecondsPerRequest(windows) / 60_000);
		context.logger.info(
			`"${context.getNode().name}" asks ${platform.name} every ${minutes} minutes or less often, shared with the other triggers of this account, because ${platform.name} allows no more: polls that come sooner are left out, and what happens comes with the next one`,
		);
	}
	return { isAllowed, spend: () => budget.spend() };
}

/** The `poll` of a trigger node. */
export async function pollEvents(
	context: IPollFunctions,
	platform: Platform,
	events: TriggerEvent[],
): Promise<INodeExecutionData[][] | null> {
	const node = context.getNode();
	const isTest = context.getMode() === 'manual';
	const key = `${context.getWorkflow().id} ${node.id}`;
	if (!isTest && polling.has(key)) return null;
	if (!isTest) polling.add(key);
	try {
		const value = context.getNodeParameter('event');
		const event = events.find((one) => one.value === value)!;
		const credentials = await credentialsOf(context, platform);
		const { isAllowed, spend } = mayPoll(context, platform, credentials, key);
		const poll = pollOf(context, platform, credentials, spend);
		if (isTest) return [await sample(event, poll)];
		if (!isAllowed) return null;
		const store = storeOf(context);
		const scope = scopeOf(context, platform, event, credentials);
		const filters = filtersOf(event, node);
		const start = startMoment(event, poll);
		const known = readMemory(store.load(), scope) ?? (start === undefined ? undefined : startAt(scope, start));
		// With other filters it starts from now: what there was since Start From has come already.
		const before = known && hasSameFilters(known, filters) ? known : undefined;
		const { memory: after, items } = before ? await proceed(before, event, poll) : await begin(scope, event, poll);
		const memory = { ...after, filters };
		// Last and at once, so that a poll that fails has changed nothing.
		if (!isEqual(memory, before)) store.save(memory);
		return items.length > 0 ? [items] : null;
	} catch (error) {
		throw toNodeError(node, error);
	} finally {
		if (!isTest) polling.delete(key);
	}
}

/** "payment paid", below the node on the canvas. */
export const eventAsSubtitle = '={{ $parameter["event"].replace(/[A-Z]/g, " $&").toLowerCase() }}';

/** What all trigger nodes have in common, except for what n8n's lint wants to read in each of them. */
export const triggerBasics = {
	polling: true,
	group: ['trigger'],
	version: 1,
	inputs: [],
	outputs: [NodeConnectionTypes.Main],
} satisfies Partial<INodeTypeDescription>;

/** The `poll` of a trigger node. */
export function pollFor(platform: Platform, events: TriggerEvent[]) {
	return async function (this: IPollFunctions) {
		return await pollEvents(this, platform, events);
	};
}
