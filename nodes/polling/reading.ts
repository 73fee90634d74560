/** Reads the lists in which the news is. What is news is not decided here. */
import { uniqBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { failureBehind, InvalidInput } from '../transport/errors';
import { checkedPage, collect } from '../transport/paging';
import type { ReadPage } from '../transport/paging';
import { newestOf, news } from './memory';
import type { HandedOver, Memory, Sighting } from './memory';
import type { Listing, Poll, TriggerEvent } from './event';

/** A record that was read, and what the event makes of it. */
export interface Seen extends Sighting {
	record: IDataObject;
	/** Whether it passes the filters of its list. */
	isKept: boolean;
	isReady: boolean;
}

/** Whether it passes the filters, those that the API has and those that it does not have. */
export function isWanted({ record, isKept }: Seen, event: TriggerEvent, poll: Poll): boolean {
	return isKept && event.isWanted(record, poll);
}

const DAY = 86_400_000;

/** So many events start a workflow at once at most; the others come with the next poll. */
export const MOST_EVENTS = 200;

/** How far back the newest record is looked for in a list that cannot show it first. */
const STRIDES = [DAY, 10 * DAY, 100 * DAY, Infinity];

/** @throws InvalidInput for a moment that is none */
function checkedMoment(milliseconds: number | undefined, record: IDataObject, { id, noun }: TriggerEvent): number | undefined {
	if (milliseconds === undefined || Number.isFinite(milliseconds)) return milliseconds;
	throw new InvalidInput(
		`The ${noun} ${id(record)} has a date that cannot be read, so nothing can tell whether it is new: look at it where it was made`,
		'Nothing was skipped. The workflow starts for this and all others as soon as the date can be read.',
	);
}

/** The records of a list as the memory sees them, without those to which nothing has happened. */
function seenIn(event: TriggerEvent, poll: Poll, records: IDataObject[], keep: Listing['keep'] = () => true): Seen[] {
	const isPatient = event.patience(poll) > 0;
	return records.flatMap((record) => {
		const moment = checkedMoment(event.moment(record, poll), record, event);
		if (moment === undefined) return [];
		const isReady = !isPatient || event.isWanted(record, poll);
		return [{ id: event.id(record), moment, version: event.version(record, poll), record, isKept: keep(record), isReady }];
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
	{ request, readPage, keep, order, sortedBy }: Listing,
	event: TriggerEvent,
	poll: Poll,
	isEnough: (reading: Reading) => boolean,
): Promise<Seen[]> {
	const dateOf = (record: IDataObject) => (sortedBy ? sortedBy.moment(record) : event.moment(record, poll));
	const reading: Reading = { seen: [], sortedBy: [] };
	const readEnough: ReadPage = (...page) => {
		const { records, next, ...rest } = checkedPage(readPage(...page));
		// The length of a list that is not read to its end tells nothing.
		if (order === undefined) return { records, next, ...rest };
		reading.seen.push(...seenIn(event, poll, records, keep));
		reading.sortedBy.push(...records.map((record) => checkedMoment(dateOf(record), record, event)).filter((at) => at !== undefined));
		return { records, next: isEnough(reading) ? [] : next };
	};
	const records = await collect(poll.send, { request, readPage: readEnough });
	return order === undefined ? seenIn(event, poll, records, keep) : reading.seen;
}

/** The records of all the lists, each once. */
async function readLists(
	listings: Listing[],
	event: TriggerEvent,
	poll: Poll,
	isEnough: (reading: Reading, listing: Listing) => boolean,
): Promise<Seen[]> {
	const lists: Seen[] = [];
	for (const listing of listings) {
		lists.push(...(await readList(listing, event, poll, (reading) => isEnough(reading, listing))));
	}
	return uniqBy(lists, 'id');
}

/**
 * True if everything since a moment is among the records of a list that shows the newest first, more or less: it may be
 * sorted by something close to the moment. A server that sorts otherwise is never believed to have shown everything.
 */
function reaches(since: number, overlap: number, listing: Listing, { sortedBy }: Reading): boolean {
	const { delay } = listing.sortedBy ?? { delay: 0 };
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

/** Milliseconds before the newest record in which another may still become news. */
export function overlapOf({ overlap, patience }: TriggerEvent, poll: Poll): number {
	return Math.max(overlap, patience(poll));
}

/** A record with a date after this has a wrong one, however much the clocks differ; in milliseconds. */
export function latestMoment(): number {
	return Date.now() + DAY;
}

/**
 * Every record since the memory's floor that can be news, or so many of the oldest that there is enough to do; and those
 * that were handed over, if they are still there.
 */
export async function readSince(memory: Memory, unsure: HandedOver[], event: TriggerEvent, poll: Poll): Promise<Seen[]> {
	const since = unsure.reduce((earliest, { moment }) => Math.min(earliest, moment), memory.floor);
	const latestUnsure = newestOf(unsure);
	const listings = (await event.list(since, poll)) ?? [];
	return await readLists(listings, event, poll, (reading, listing) => {
		if (listing.order === 'newestFirst') return reaches(since, overlapOf(event, poll), listing, reading);
		const isFull = news(memory, reading.seen.filter(({ isReady }) => isReady)).length > MOST_EVENTS;
		return isFull && newestOf(reading.seen) >= latestUnsure;
	});
}

/**
 * The newest records, and the moment from which on all of them are among these.
 * @param isEnough left out: all in the overlap before the newest one are read
 */
export async function readNewest(
	event: TriggerEvent,
	poll: Poll,
	isEnough?: (seen: Seen[]) => boolean,
): Promise<{ records: Seen[]; since: number }> {
	const listings = await event.list(undefined, poll);
	if (listings) {
		const overlap = overlapOf(event, poll);
		const records = await readLists(listings, event, poll, (reading, listing) => {
			if (isEnough) return isEnough(reading.seen);
			return reaches(newestOf(reading.seen, latestMoment(), -Infinity) - overlap, overlap, listing, reading);
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
export async function completed(seen: Seen[], event: TriggerEvent, poll: Poll): Promise<Seen[]> {
	const { details } = event;
	if (!details) return seen;
	return await Promise.all(
		seen.map(async (one) => {
			// It may have gone since the list was read.
			const reply = await poll
				.send(details.request(one.record, poll))
				.catch(async (error) => (failureBehind(error)?.reply?.statusCode === 404 ? undefined : await Promise.reject(error)));
			if (!reply) return one;
			const record = reply.body as IDataObject;
			return { ...one, record, state: details.state(record) };
		}),
	);
}
