/** Triggers that ask for news at intervals. What counts as news is described by each platform; remembering it is not. */
import { createHash } from 'crypto';
import { chunk, isEqual, isPlainObject, memoize, partition, sortBy, takeRight, uniqBy } from 'lodash';
import { DateTime } from 'luxon';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	IPollFunctions,
} from 'n8n-workflow';

import { failureBehind, InvalidInput, toNodeError } from './errors';
import { simplifyField } from './operation';
import { collect } from './paging';
import type { ReadPage } from './paging';
import type { ApiRequest, Platform, Reply } from './platform';
import { millisecondsPerRequest, pollBudgetOf } from './pollBudget';
import {
	beforeOf,
	checkLength,
	forgetMissing,
	hasSameFilters,
	newestOf,
	news,
	readMemory,
	remember,
	startAt,
	startNow,
} from './pollMemory';
import type { Before, Circumstances, Memory, Sighting } from './pollMemory';
import { credentialsOf, send } from './send';

/** One poll: the trigger's parameters, and the way to the API. */
export interface Poll {
	context: IPollFunctions;
	credentials: ICredentialDataDecryptedObject;
	/** Value of a field, expressions resolved, a resource locator reduced to its id. */
	parameter<T>(name: string, fallback?: T): T;
	send(request: ApiRequest): Promise<Reply>;
}

/** A list to read. */
export interface Listing {
	/** What its `keep` leaves out is remembered as seen, but starts nothing. */
	request: ApiRequest;
	/** How the list is sorted; left out: in any way, so it is read to its end. */
	order?: 'oldestFirst' | 'newestFirst';
}

/** Something that can start a workflow. */
export interface TriggerEvent {
	/** As in the dropdown, for example "Payment Paid". */
	name: string;
	/** The event's name in stored workflows; never change it. */
	value: string;
	description: string;
	/** What it is about, as in "There is no paid payment yet". */
	noun: string;
	/** Fields of this event, beside Simplify and Start From. */
	fields: INodeProperties[];
	/**
	 * The lists with every record from the moment `since` on, in milliseconds; more may be in them.
	 * Without `since`: lists that show the newest records first or are short. Undefined if the API has none of these.
	 */
	list(since: number | undefined, poll: Poll): Listing[] | undefined | Promise<Listing[] | undefined>;
	readPage: ReadPage;
	/** What tells records apart; left out: their `id`. */
	id?(record: IDataObject): string;
	/** When it happened, by the server's clock in milliseconds; undefined if it has not happened to this record. */
	moment(record: IDataObject, poll: Poll): number | undefined;
	/** Left out: it happens to a record only once. Else another version of a record is another event. */
	version?(record: IDataObject): string;
	/** Milliseconds; what a list that is sorted newest first is sorted by. Left out: the moment. */
	sortedBy?(record: IDataObject, poll: Poll): number | undefined;
	/** How many milliseconds it may happen after what the list is sorted by; 0 if left out. */
	delay?: number;
	/** Milliseconds within which the server may show a record later than a newer one. Infinity: it tells no moments. */
	overlap: number;
	/** The same for a trigger whose `isReady` has something to wait for. */
	waitingOverlap?(poll: Poll): number | undefined;
	/** False for a record that is no event until it has changed: it stays to be news for the overlap. */
	isReady?(record: IDataObject, poll: Poll): boolean;
	/** The whole record, where the list has only a part of it. */
	whole?(record: IDataObject, poll: Poll): ApiRequest;
	/** What of the whole record is to be remembered for `isEvent`. */
	state?(record: IDataObject): string;
	/** False for a new version that is no event. `before`: how the record was when it was last seen, if it was. */
	isEvent?(record: IDataObject, before: Before | undefined, poll: Poll): boolean;
	/** Whether the record passes the filters that the API does not have. */
	isWanted?(record: IDataObject, poll: Poll): boolean;
	simplify(record: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject;
}

interface Seen extends Sighting {
	record: IDataObject;
	/** Whether it passes the filters of its list. */
	isKept: boolean;
	isReady: boolean;
}

/** So many events start a workflow at once at most; the others come with the next poll. */
const MOST_EVENTS = 200;

/** Items of a test run in the editor. */
const SAMPLE_SIZE = 5;
/** Records that are looked through for them, and so many at a time. */
const SAMPLE_DEPTH = 100;
const SAMPLE_CHUNK = 20;
/** Records that are read at most to find some that pass the filters. */
const MOST_READ_FOR_SAMPLE = 500;

const DAY = 86_400_000;

/** How far back the newest record is looked for in a list that cannot show it first. */
const STRIDES = [DAY, 10 * DAY, 100 * DAY, Infinity];

const startFromField: INodeProperties = {
	displayName: 'Start From',
	name: 'startFrom',
	type: 'dateTime',
	default: '',
	description:
		'The workflow starts for everything since this moment too. Leave it empty to start from what happens after activation. It counts only when the trigger is activated for the first time, or with another event or account, and not when a filter is changed.',
};

/** What is found by comparing a list with how it was before has no past to start from. */
function hasPast({ overlap }: TriggerEvent): boolean {
	return overlap < 30 * DAY;
}

/** The properties of a trigger node, from its events. */
export function describeEvents(events: TriggerEvent[]): INodeProperties[] {
	const fields = [
		...events.flatMap(({ value, fields: own }) => own.map((field) => ({ field, value }))),
		...events.filter(hasPast).map(({ value }) => ({ field: startFromField, value })),
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

/** The records of a list as the memory sees them, without those to which nothing has happened. */
function seenIn(event: TriggerEvent, poll: Poll, records: IDataObject[], keep: ApiRequest['keep'] = () => true): Seen[] {
	const { id = (record) => String(record.id), version = () => '' } = event;
	return records.flatMap((record) => {
		const moment = event.moment(record, poll);
		if (moment === undefined) return [];
		const isReady = event.isReady?.(record, poll) ?? true;
		return [{ id: id(record), moment, version: version(record), record, isKept: keep(record), isReady }];
	});
}

/** What has been read of a list so far. */
interface Reading {
	seen: Seen[];
	/** What the list is sorted by if it shows the newest first, of each record that has it. */
	sortedBy: number[];
}

/** Reads a list page by page, to its end or until `isEnough` says so. */
async function readList(
	{ request, order }: Listing,
	event: TriggerEvent,
	poll: Poll,
	isEnough: (reading: Reading) => boolean,
): Promise<Seen[]> {
	const { keep } = request;
	const { sortedBy = event.moment } = event;
	const reading: Reading = { seen: [], sortedBy: [] };
	const readPage: ReadPage = (reply, of) => {
		const { records, next, ...rest } = event.readPage(reply, of);
		// The length of a list that is not read to its end tells nothing.
		if (order === undefined) return { records, next, ...rest };
		reading.seen.push(...seenIn(event, poll, records, keep));
		reading.sortedBy.push(...records.map((record) => sortedBy(record, poll)).filter((at) => at !== undefined));
		return { records, next: isEnough(reading) ? [] : next };
	};
	const records = await collect(poll.send, { ...request, keep: undefined }, readPage);
	return order === undefined ? seenIn(event, poll, records, keep) : reading.seen;
}

/** The records of all the lists, each once. */
async function readLists(
	listings: Listing[],
	event: TriggerEvent,
	poll: Poll,
	isEnough: (reading: Reading, order: Listing['order']) => boolean,
): Promise<Seen[]> {
	const lists: Seen[] = [];
	for (const listing of listings) {
		lists.push(...(await readList(listing, event, poll, (reading) => isEnough(reading, listing.order))));
	}
	return uniqBy(lists, 'id');
}

/**
 * True if everything since a moment is among the records of a list that shows the newest first, more or less: it may be
 * sorted by something close to the moment. A server that sorts otherwise is never believed to have shown everything.
 */
function reaches(since: number, { delay = 0, overlap }: TriggerEvent, { sortedBy }: Reading): boolean {
	const tolerance = Math.min(DAY, overlap + delay);
	const start = since - delay;
	let lowest = Infinity;
	for (const at of sortedBy) {
		if (at > lowest + tolerance) return false;
		lowest = Math.min(lowest, at);
	}
	const [first] = sortedBy;
	const last = sortedBy[sortedBy.length - 1];
	// A page without anything of this time could be the beginning of a list with the oldest first, if it does not descend.
	return (first >= start || first > last + tolerance) && last < start - tolerance;
}

/** A record with a date after this has a wrong one, however much the clocks differ; in milliseconds. */
function latestMoment(): number {
	return Date.now() + DAY;
}

/** Every record since the memory's floor that can be news, or so many of the oldest that there is enough to do. */
async function readSince(memory: Memory, event: TriggerEvent, poll: Poll): Promise<Seen[]> {
	const listings = (await event.list(memory.floor, poll)) ?? [];
	return await readLists(listings, event, poll, ({ seen, ...reading }, order) =>
		order === 'newestFirst'
			? reaches(memory.floor, event, { seen, ...reading })
			: news(memory, seen.filter(({ isReady }) => isReady)).length > MOST_EVENTS,
	);
}

/**
 * The newest records, and the moment from which on all of them are among these.
 * @param isEnough left out: all in the overlap before the newest one are read
 */
async function readNewest(
	event: TriggerEvent,
	poll: Poll,
	isEnough?: (seen: Seen[]) => boolean,
): Promise<{ records: Seen[]; since: number }> {
	const listings = await event.list(undefined, poll);
	if (listings) {
		const records = await readLists(listings, event, poll, (reading) => {
			if (isEnough) return isEnough(reading.seen);
			return reaches(newestOf(reading.seen, latestMoment(), -Infinity) - event.overlap, event, reading);
		});
		return { records, since: 0 };
	}
	let since = 0;
	let records: Seen[] = [];
	for (const stride of STRIDES) {
		since = Math.max(0, Date.now() - stride);
		const lists = (await event.list(since, poll)) ?? [];
		records = (await readLists(lists, event, poll, () => false)).filter(({ moment }) => moment >= since);
		if (isEnough ? isEnough(records) : records.length > 0) break;
	}
	return { records, since };
}

/** The same with the whole record in the place of its part, and its state. */
async function completed(seen: Seen[], event: TriggerEvent, poll: Poll): Promise<Seen[]> {
	const { whole } = event;
	if (!whole) return seen;
	return await Promise.all(
		seen.map(async (one) => {
			try {
				const { body } = await poll.send(whole(one.record, poll));
				const record = body as IDataObject;
				return { ...one, record, state: event.state?.(record) };
			} catch (error) {
				// It has gone since the list was read.
				if (failureBehind(error)?.reply?.statusCode === 404) return one;
				throw toNodeError(poll.context.getNode(), error);
			}
		}),
	);
}

function itemsOf(seen: Seen[], event: TriggerEvent, poll: Poll): INodeExecutionData[] {
	const isSimple = poll.parameter<boolean>('simplify', true);
	return seen.map(({ record }) => ({ json: isSimple ? event.simplify(record, poll.credentials) : record }));
}

function isWanted({ record, isKept }: Seen, event: TriggerEvent, poll: Poll): boolean {
	return isKept && (event.isWanted?.(record, poll) ?? true);
}

/** Whether what was seen starts the workflow. */
function isEvent(one: Seen, memory: Memory, event: TriggerEvent, poll: Poll): boolean {
	if (!isWanted(one, event, poll)) return false;
	return event.isEvent?.(one.record, beforeOf(memory, one), poll) ?? true;
}

/** The newest events, for a test run in the editor. Nothing is remembered. */
async function sample(event: TriggerEvent, poll: Poll): Promise<INodeExecutionData[]> {
	const isOfUse = (one: Seen) => one.isReady && (event.whole ? one.isKept : isWanted(one, event, poll));
	const { records } = await readNewest(event, poll, (seen) => {
		if (seen.length < SAMPLE_DEPTH) return false;
		return seen.length >= MOST_READ_FOR_SAMPLE || seen.filter(isOfUse).length >= SAMPLE_SIZE;
	});
	const newest = takeRight(sortBy(records.filter(isOfUse), ['moment', 'id']), SAMPLE_DEPTH).reverse();
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
	const written = hasPast(event) ? parameter<string>('startFrom', '') : '';
	if (!written) return undefined;
	const date = DateTime.fromISO(String(written), { zone: context.getTimezone() });
	if (date.isValid) return Math.max(0, date.toMillis());
	throw new InvalidInput(`Start From is not a date: "${written}". Write it as 2026-11-21 or 2026-11-21T14:30:00`);
}

function circumstancesOf({ overlap }: TriggerEvent, waiting: Sighting[]): Circumstances {
	return { overlap, latest: latestMoment(), waiting };
}

async function begin(scope: string, event: TriggerEvent, poll: Poll): Promise<Outcome> {
	const { records, since } = await readNewest(event, poll);
	if (event.overlap === Infinity) checkLength(records, event.noun);
	const [ready, waiting] = partition(records, 'isReady');
	return { memory: startNow(scope, ready, circumstancesOf(event, waiting), since), items: [] };
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
		memory: remember(known, handled, all.slice(MOST_EVENTS), circumstancesOf(event, waiting)),
		items: itemsOf(events, event, poll),
	};
}

/** What is stored, in two places of the workflow's static data. */
interface Stored {
	nodeId: string;
	/** Name of the node when it was stored. */
	name: string;
	memory: unknown;
}

/** Member of the workflow's global static data with the memories by the ids of their nodes. */
const COPIES = 'n8n-nodes-dutch-commerce';
const MOST_COPIES = 20;

/**
 * n8n keeps a node's static data under its name, so that a renamed node finds none, or what an earlier node of that name
 * has left. The copy is found by the node's id, and counts if the node has another name than when it was stored.
 */
function storeOf(context: IPollFunctions) {
	const { id: nodeId, name } = context.getNode();
	const own = context.getWorkflowStaticData('node');
	const shared = context.getWorkflowStaticData('global');
	const copies = () => (shared[COPIES] ?? {}) as Record<string, Stored>;
	return {
		load(): unknown {
			const stored = own.trigger as Stored | undefined;
			const copy = copies()[nodeId] as Stored | undefined;
			const isOwn = stored?.nodeId === nodeId && (copy === undefined || copy.name === stored.name);
			return (isOwn ? stored : copy)?.memory;
		},
		save(memory: Memory) {
			const stored = { nodeId, name, memory } as unknown as IDataObject;
			const others = Object.entries(copies()).filter(([id]) => id !== nodeId);
			shared[COPIES] = Object.fromEntries([...takeRight(others, MOST_COPIES - 1), [nodeId, stored]]);
			own.trigger = stored;
		},
	};
}

/** A short form, so that no address and no text of a filter is kept in the workflow. */
function shortForm(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** Fields that leave out records. */
const FILTER_TYPES = ['collection', 'resourceLocator'];

/** Names and values of what is filled in, always in the same order; of a locator its id alone. */
function filledIn(name: string, value: unknown): string[] {
	if (Array.isArray(value)) return value.map((one) => `${name}=${String(one)}`).sort();
	const { value: id, ...members } = (isPlainObject(value) ? value : { value }) as IDataObject;
	if (id !== undefined || members.__rl) return id ? [`${name}=${String(id)}`] : [];
	return Object.entries(members).flatMap(([member, one]) => filledIn(member, one)).sort();
}

function filtersOf({ fields }: TriggerEvent, { parameter }: Poll): string {
	const filters = fields.filter(({ type }) => FILTER_TYPES.includes(type));
	return shortForm(filters.flatMap(({ name }) => filledIn(name, parameter<unknown>(name, ''))).join('&'));
}

function scopeOf(context: IPollFunctions, platform: Platform, event: TriggerEvent, credentials: ICredentialDataDecryptedObject) {
	const credentialId = context.getNode().credentials?.[platform.credentialType ?? '']?.id ?? '';
	const { origin } = new URL(platform.baseUrl(credentials));
	return shortForm([event.value, credentialId, origin].join(' '));
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
		context.logger.warn(
			`"${context.getNode().name}" polls more often than the limits of ${platform.name} allow, so some polls are left out: set its poll times to every ${minutes} minutes or more, times the number of triggers for this account`,
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
		const found = events.find((one) => one.value === value)!;
		const credentials = await credentialsOf(context, platform);
		const { isAllowed, spend } = mayPoll(context, platform, credentials, key);
		const poll = pollOf(context, platform, credentials, spend);
		const event = { ...found, overlap: found.waitingOverlap?.(poll) ?? found.overlap };
		if (isTest) return [await sample(event, poll)];
		if (!isAllowed) return null;
		const store = storeOf(context);
		const scope = scopeOf(context, platform, event, credentials);
		const filters = filtersOf(event, poll);
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
