import { orderBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { ReadPage } from '../transport/paging';

/** Most records that the API gives in one answer (observed). */
export const PAGE_SIZE = 100;

/** The order that the current line is asked for, and the first line cannot give. */
export function newestFirst(records: IDataObject[]): IDataObject[] {
	return orderBy(records, ['createdAt', 'id'], ['desc', 'desc']);
}

/**
 * Records of a page; members and registrations stand in an object beside what belongs to them (read in the source). An
 * answer without a list is none: no record at all would be a lie.
 */
function recordsIn(results: unknown): IDataObject[] {
	if (Array.isArray(results)) return results as IDataObject[];
	const { registrations, members } = (results ?? {}) as { registrations?: IDataObject[]; members?: IDataObject[] };
	return (registrations ?? members) as IDataObject[];
}

/**
 * The current line answers `{ results, next }`, where every member of `next` goes back as a query parameter unchanged.
 * The first line answers the same for orders, and a plain array for payments: the whole list, or with `paidSince` a page
 * that goes on after the last payment in it.
 */
export const readStamhoofdPage: ReadPage = ({ body }, request) => {
	if (Array.isArray(body)) {
		const records = body as IDataObject[];
		const last = records.at(-1);
		const isFull = last !== undefined && records.length >= Number(request.qs?.limit ?? Infinity);
		const qs = { ...request.qs, paidSince: last?.paidAt, afterId: last?.id };
		return { records, next: isFull ? [{ ...request, qs }] : [] };
	}
	const { results, next } = (body ?? {}) as { results: unknown; next?: IDataObject | null };
	return { records: recordsIn(results), next: next ? [{ ...request, qs: { ...request.qs, ...next } }] : [] };
};
