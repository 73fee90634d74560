import type { IDataObject } from 'n8n-workflow';

import type { ReadPage } from '../transport/paging';

/** Most records that the API gives in one answer (observed). */
export const PAGE_SIZE = 100;

/**
 * The current line answers `{ results, next }`, where every member of `next` goes back as a query parameter unchanged;
 * the first line answers a plain array, or the same object for orders.
 */
export const readStamhoofdPage: ReadPage = ({ body }, request) => {
	if (Array.isArray(body)) return { records: body as IDataObject[] };
	const { results, next } = body as { results: IDataObject[]; next?: IDataObject | null };
	return { records: results, next: next ? [{ ...request, qs: { ...request.qs, ...next } }] : [] };
};
