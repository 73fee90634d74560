import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties, IPollFunctions } from 'n8n-workflow';

import type { ReadPage } from '../transport/paging';
import type { ApiRequest, Reply } from '../transport/platform';
import type { Before } from './memory';

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
	request: ApiRequest;
	/** What this leaves out is remembered as seen, but starts nothing. */
	keep?(record: IDataObject): boolean;
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
