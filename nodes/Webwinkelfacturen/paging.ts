import type { IDataObject } from 'n8n-workflow';

import type { List, ReadPage } from '../transport/paging';
import type { ApiRequest } from '../transport/platform';
import { recordsIn } from './platform';

/** Records asked for at a time; the vendor's client asks for 10, no maximum is stated (inferred). */
const PAGE_SIZE = 100;

const withPage = (request: ApiRequest, page: number): ApiRequest => ({ ...request, qs: { ...request.qs, page } });

/** Page 1 may be page 0 once more, so page 2 is asked for along with it. */
function pagesAfter(page: number, firstPage: 0 | 1): number[] {
	if (firstPage === 1 || page > 1) return [page + 1];
	return page === 0 ? [1, 2] : [];
}

/**
 * A list with numbered pages. It goes on until a page brings nothing new, however many records it has: a server may give
 * less than it is asked for.
 * @param firstPage as the vendor's own client counts, which differs from list to list
 */
export function listOf(request: ApiRequest, firstPage: 0 | 1, qs: IDataObject = {}): List {
	const readPage: ReadPage = (reply, asked) => ({
		records: recordsIn(reply),
		next: pagesAfter(Number(asked.qs?.page), firstPage).map((page) => withPage(asked, page)),
	});
	return { request: withPage({ ...request, qs: { ...qs, count: PAGE_SIZE } }, firstPage), readPage };
}
