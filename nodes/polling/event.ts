/** What can start a workflow. There are four kinds of events, by how one finds out that something has happened. */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Fields, InputOf } from '../input';
import type { List } from '../transport/paging';
import type { ApiRequest, Reply } from '../transport/platform';
import type { Before } from './memory';

/** One poll: what the fields of the event hold, and the way to the API. */
export interface Poll<F extends Fields = Fields> {
	credentials: ICredentialDataDecryptedObject;
	/** Time zone of the workflow. */
	zone: string;
	/** Values of the event's fields. */
	input: InputOf<F>;
	send(request: ApiRequest): Promise<Reply>;
}

/**
 * When something happened to a record, in milliseconds since 1970 by the server's clock; undefined if it has not
 * happened to it. Anything else stops the poll: a date that cannot be read is not to lose an event.
 */
type Moment = number | undefined;

/** A list to read. */
export interface Listing extends Omit<List, 'sort'> {
	/** What this leaves out is remembered as seen, but starts nothing. */
	keep?(record: IDataObject): boolean;
	/** How the list is sorted; left out: in any way, so it is read to its end. */
	order?: 'oldestFirst' | 'newestFirst';
	/** Where a list with the newest first is sorted by another date than the event's. */
	sortedBy?: {
		moment(record: IDataObject): Moment;
		/** How many milliseconds after that date the event may happen. */
		delay: number;
	};
}

/** What every event has. */
interface Basics<F extends Fields = Fields> {
	/** As in the dropdown, for example "Payment Paid". */
	name: string;
	/** The event's name in stored workflows; never change it. */
	value: string;
	description: string;
	/** What it is about, as in "There is no paid payment yet". */
	noun: string;
	/** Fields of this event, beside Simplify and Start From. */
	input?: F;
	/**
	 * The lists with every record from the moment `since` on, in milliseconds; more may be in them.
	 * Without `since`: lists that show the newest records first or are short. Undefined if the API has none of these.
	 */
	list(since: number | undefined, poll: Poll<F>): Listing[] | undefined | Promise<Listing[] | undefined>;
	/** What tells records apart; left out: their `id`. */
	id?(record: IDataObject): string;
	/** Whether the record passes the filters that the API does not have. */
	isWanted?(record: IDataObject, poll: Poll<F>): boolean;
	simplify(record: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject;
}

/** The whole record, for an event of which the list shows only a part. */
export interface Details<F extends Fields = Fields> {
	request(record: IDataObject, poll: Poll<F>): ApiRequest;
	/** What of the whole record is to be remembered, for the next change. */
	state(record: IDataObject): string;
	/** False for a change that is of no interest. `before`: how the record was when it was last seen, if it was. */
	isEvent(record: IDataObject, before: Before | undefined, poll: Poll<F>): boolean;
}

/** An event as the polls see it, whatever its kind. Made by one of the four functions below. */
export interface TriggerEvent extends Required<Basics> {
	moment(record: IDataObject, poll: Poll): Moment;
	/** Another version of a record is another event. */
	version(record: IDataObject, poll: Poll): string;
	/** Milliseconds within which the server may show a record later than a newer one. Infinity: it tells no moments. */
	overlap: number;
	/** Milliseconds for which a record that is not wanted stays to be news, should it be wanted later. */
	patience(poll: Poll): number;
	/** Whether the workflow can start for what happened before it was activated. */
	hasPast: boolean;
	/** False for a new version of a record that is no event. */
	isEvent(record: IDataObject, before: Before | undefined, poll: Poll): boolean;
	details?: Pick<Details, 'request' | 'state'>;
}

const defaults = {
	input: {},
	id: ({ id }: IDataObject) => String(id),
	isWanted: () => true,
	isEvent: () => true,
	version: () => '',
	patience: () => 0,
	hasPast: true,
};

interface Dated<F extends Fields> extends Basics<F> {
	moment(record: IDataObject, poll: Poll<F>): Moment;
	/** Milliseconds within which the server may show a record later than a newer one. */
	overlap: number;
}

interface Created<F extends Fields> extends Dated<F> {
	/** Milliseconds for which a record that is not wanted yet stays to be news; left out: 0. */
	patience?(poll: Poll<F>): number;
}

/** Something is there that was not: it happens to each record once, at a moment that the record tells. */
export function created<F extends Fields = Fields>(event: Created<F>): TriggerEvent {
	return { ...defaults, ...event };
}

interface Changed<F extends Fields> extends Dated<F> {
	/** Left out: the moment. For a server that may change a record twice within one moment. */
	version?(record: IDataObject): string;
	details?: Details<F>;
}

/** A record has changed, as often as it has another moment of its last change. */
export function changed<F extends Fields = Fields>({ details, ...event }: Changed<F>): TriggerEvent {
	const version = (record: IDataObject, poll: Poll) => String(event.moment(record, poll as Poll<F>));
	return { ...defaults, version, isEvent: (details as Details | undefined)?.isEvent ?? defaults.isEvent, details, ...event };
}

interface StatusChanged<F extends Fields> extends Basics<F> {
	/** When the record was made; when it has changed nothing tells. */
	moment(record: IDataObject, poll: Poll<F>): Moment;
	/** Milliseconds for which a record is watched after it was made. */
	watched: number;
	status(record: IDataObject): string;
	/** The status of every new record: to have it is no change. */
	firstStatus: string;
}

/** A record has another status than at the poll before. */
export function statusChanged<F extends Fields = Fields>({ status, firstStatus, watched, ...event }: StatusChanged<F>): TriggerEvent {
	return {
		...defaults,
		...event,
		version: status,
		overlap: watched,
		hasPast: false,
		isEvent: (record, before) => before !== undefined || status(record) !== firstStatus,
	};
}

/** A record is in a list in which it was not at the poll before, and nothing tells since when. The list is always read whole. */
export function appeared<F extends Fields = Fields>(event: Basics<F>): TriggerEvent {
	return { ...defaults, ...event, moment: () => 0, overlap: Infinity, hasPast: false };
}
