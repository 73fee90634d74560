/** Where the records are in an answer, which comes with the envelope `{ status, data }` or without. */
import { isEmpty, isObject, omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { ReadPage } from '../transport/paging';
import type { Reply } from '../transport/platform';

/** The HTTP status in an envelope. A record without an envelope has an id, and a status of its own. */
export function statusIn(body: unknown): number | undefined {
	const { status, id } = (body ?? {}) as IDataObject;
	return id === undefined && Number(status) >= 100 ? Number(status) : undefined;
}

/** What is inside the envelope, if there is one; it may have nothing in it, or what belongs under `data` beside its status. */
export function unwrap(body: unknown): unknown {
	if (typeof body !== 'object' || body === null) return body;
	if ('data' in body) return body.data;
	return statusIn(body) === undefined ? body : omit(body, 'status');
}

/** The object inside the envelope; an empty one for an answer that says no more than that all went well. */
export function recordIn(body: unknown): IDataObject {
	const data = unwrap(body);
	return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as IDataObject) : {};
}

/** One record, or none where the answer is empty. */
export const readRecord: ReadPage = ({ body }) => ({ records: recordsIn(body) });

function recordsIn(body: unknown): IDataObject[] {
	return [unwrap(body)].flat().filter((record) => isObject(record) && !isEmpty(record)) as IDataObject[];
}

/** Answer of a write: the record as it is now, or only that it was done. */
export function writtenRecord(body: unknown): IDataObject {
	const record = recordIn(body);
	return Object.keys(record).length > 0 ? record : { success: true };
}

/** What comes out of an answer with one record; nothing where it is empty. */
export const recordsOf = ({ body }: Reply): IDataObject[] => recordsIn(body);

/**
 * A list that comes as an array or as `{ [name]: [...], paginator }`; its first page has number 1 (observed).
 * It ends where the paginator says so, on an empty page, or on a page with fewer records than one before it. The first
 * page alone tells nothing, since not every list gives as many records as it is asked for.
 */
export function readList(name: string): ReadPage {
	return ({ body }, request, { longest }) => {
		const data = unwrap(body);
		const members = (typeof data === 'object' && data !== null ? data : {}) as IDataObject;
		const records = (Array.isArray(data) ? data : (members[name] ?? Object.values(members).find(Array.isArray) ?? [])) as IDataObject[];
		// `to` and `totalAmount` are taken to count records (inferred from the sample, where all numbers are 0).
		const { page: shown, to, totalAmount } = (members.paginator ?? {}) as { page?: number; to?: number; totalAmount?: number };
		const total = Number(totalAmount) > 0 ? Number(totalAmount) : undefined;
		const isLast = records.length === 0 || records.length < longest || (total !== undefined && Number(to) === total);
		// A list whose first page was asked for without a number says itself which one that is.
		const page = Number(request.qs?.page ?? (total === undefined ? undefined : shown) ?? 1) + 1;
		return { records, next: isLast ? [] : [{ ...request, qs: { ...request.qs, page } }], total };
	};
}
