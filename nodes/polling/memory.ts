/** What a trigger remembers from poll to poll, so that nothing new is lost and nothing comes twice. Nothing here asks or waits. */
import { isPlainObject, sortBy } from 'lodash';

import { InvalidInput } from '../transport/errors';

/** A record of a list, as far as the memory is concerned. */
export interface Sighting {
	id: string;
	/** Milliseconds since 1970 by the server's clock; 0 where the API tells none. */
	moment: number;
	/** The same record with another version is news again; '' for what happens once. */
	version: string;
	/** What else of the record is worth remembering, known only once the whole record has been fetched. */
	state?: string;
}

/** Moment, version and state of a record; the moment alone where there is no more to it. */
type Known = number | [moment: number, version: string, state?: string];

/** An event that a poll has handed over to an execution. */
export interface HandedOver {
	/** No two events have the same one, not even of the same record. */
	key: string;
	id: string;
	version: string;
	moment: number;
	/** When it was handed over, by n8n's clock in milliseconds. */
	at: number;
}

/** What was handed over lately. */
export interface Batch {
	/** Of the last poll that has handed over something; no two have the same one. */
	nonce: string;
	events: HandedOver[];
}

/** Plain JSON, kept in the workflow's static data. */
export interface Memory {
	version: 1;
	/** Of which event of which account this is the memory; another one starts afresh. */
	scope: string;
	/** The filters in short; undefined if a version of the package that did not know this has stored it. */
	filters?: string;
	/** Moment of the newest record that was seen, in milliseconds. */
	cursor: number;
	/** What is older than this is never news, in milliseconds. */
	floor: number;
	/** Every record from the floor on that was seen, by its id; those with a state longer, as long as there is room. */
	seen: Record<string, Known>;
	/** Ids of a complete list that were not in it the last time. */
	missing?: string[];
	/** What perhaps has not arrived, should n8n be killed now. */
	handedOver?: Batch;
}

/** So many records are remembered, and those of the newest moment in any case. */
const MOST_REMEMBERED = 2000;

/** Of a list that tells no moments all records are remembered; a longer one would make the workflow too large. */
const LONGEST_LIST = 10_000;

function momentOf(known: Known): number {
	return typeof known === 'number' ? known : known[0];
}

function knownOf({ moment, version, state }: Sighting): Known {
	if (state !== undefined) return [moment, version, state];
	return version === '' ? moment : [moment, version];
}

/** How a record was when it was last seen. */
export interface Before {
	version: string;
	state?: string;
}

function hasState(known: Known): boolean {
	return typeof known !== 'number' && known.length === 3;
}

/** Undefined if the record was not seen, or too long ago. */
export function beforeOf({ seen }: Memory, { id }: Sighting): Before | undefined {
	if (!Object.hasOwn(seen, id)) return undefined;
	const known = seen[id];
	return typeof known === 'number' ? { version: '' } : { version: known[1], state: known[2] };
}

/** What else there is to a poll. */
export interface Circumstances {
	/** Milliseconds before the newest record in which the server may still show another one. */
	overlap: number;
	/** Records dated later, in milliseconds, have a wrong date: they must not hide what comes before them. */
	latest?: number;
	/** Records that are no news until something more happens to them, and are not remembered before. */
	waiting?: Sighting[];
}

/** The newest moment of the records, wrong dates left aside. */
export function newestOf(sightings: Array<Pick<Sighting, 'moment'>>, latest = Infinity, atLeast = 0): number {
	return sightings.reduce((newest, { moment }) => (moment > latest ? newest : Math.max(newest, moment)), atLeast);
}

/** The memory of a trigger that starts from a moment: all from then on is news. */
export function startAt(scope: string, moment: number): Memory {
	return { version: 1, scope, cursor: moment, floor: moment, seen: {} };
}

/**
 * The memory of a trigger that starts from now, where "now" is the newest record.
 * @param sightings every record from the moment `readSince` on, or at least those of the overlap
 */
export function startNow(scope: string, sightings: Sighting[], circumstances: Circumstances, readSince = 0): Memory {
	const { overlap, latest, waiting = [] } = circumstances;
	const cursor = newestOf([...sightings, ...waiting], latest);
	const floor = Math.max(readSince, cursor - overlap, 0);
	return remember({ version: 1, scope, cursor, floor, seen: {} }, sightings, [], circumstances);
}

/** What is new among the records, the oldest first. */
export function news<T extends Sighting>(memory: Memory, sightings: T[]): T[] {
	const isNews = (sighting: T) =>
		sighting.moment >= memory.floor && beforeOf(memory, sighting)?.version !== sighting.version;
	return sortBy(sightings.filter(isNews), ['moment', 'id']);
}

/** The memory after the `handled` records; those that are `left` stay news for the next poll. */
export function remember(
	memory: Memory,
	handled: Sighting[],
	left: Sighting[],
	{ overlap, latest, waiting = [] }: Circumstances,
): Memory {
	const seen = { ...memory.seen, ...Object.fromEntries(handled.map((sighting) => [sighting.id, knownOf(sighting)])) };
	const cursor = newestOf([...handled, ...waiting], latest, memory.cursor);
	const highest = left.reduce((oldest, { moment }) => Math.min(oldest, moment), cursor);
	const moments = Object.values(seen).map(momentOf).sort((one, other) => other - one);
	const tooMany = moments.length > MOST_REMEMBERED ? moments[MOST_REMEMBERED] + 1 : 0;
	const floor = Math.max(memory.floor, Math.min(highest, Math.max(cursor - overlap, tooMany)));
	const kept = Object.entries(seen).filter(([, known]) => momentOf(known) >= (hasState(known) ? Math.min(floor, tooMany) : floor));
	return { ...memory, cursor, floor, seen: Object.fromEntries(kept) };
}

/** A list that has lost more than this, and more than half of what was in it, was not complete: the service is in trouble. */
const MOST_MISSING = 20;

/**
 * Forgets what is no longer in a complete list, so that it is news when it comes back. What is missing only once may
 * have slipped from one page to another while the list was read.
 */
export function forgetMissing(memory: Memory, list: Sighting[]): Memory {
	const present = new Set(list.map(({ id }) => id));
	const before = new Set(memory.missing);
	const known = Object.keys(memory.seen);
	const missing = known.filter((id) => !present.has(id));
	if (missing.length > Math.max(MOST_MISSING, known.length / 2)) return memory;
	const gone = new Set(missing.filter((id) => before.has(id)));
	const seen = Object.fromEntries(Object.entries(memory.seen).filter(([id]) => !gone.has(id)));
	return { ...memory, seen, missing: missing.filter((id) => !gone.has(id)) };
}

/** @throws InvalidInput if a list without moments is too long to be remembered */
export function checkLength({ length }: Sighting[], what: string): void {
	if (length <= LONGEST_LIST) return;
	throw new InvalidInput(`The list with every ${what} is longer than ${LONGEST_LIST}: add a filter to this trigger that leaves fewer`);
}

/**
 * The memory that an earlier poll has stored, in the form of this version of the package; undefined if there is none for
 * this scope.
 * @throws InvalidInput if a newer version of the package has written it
 */
export function readMemory(stored: unknown, scope: string): Memory | undefined {
	if (!isPlainObject(stored)) return undefined;
	const memory = stored as Memory;
	if (Number(memory.version) > 1) {
		throw new InvalidInput(
			'A newer version of this package has stored what this trigger has seen: install that version again, or replace this trigger by a new one',
		);
	}
	return memory.version === 1 && memory.scope === scope ? memory : undefined;
}

/** False if other records were left out when this was remembered: then what is not known is not new. */
export function hasSameFilters({ filters: before }: Memory, filters: string): boolean {
	return before === undefined || before === filters;
}
