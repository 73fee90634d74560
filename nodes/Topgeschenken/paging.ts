/** Lists are Hydra collections; newer versions of the software behind the API leave out the prefix "hydra:" (common). */
import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';
import type { ReadPage } from '../transport/paging';
import type { ApiRequest, Reply } from '../transport/platform';

/** Records asked for in one answer. The manual states 30 as the default and no maximum; a server that gives less is followed. */
export const PAGE_SIZE = 100;

/** Milliseconds; the server's clock in the header Date has whole seconds. */
const CLOCK_MARGIN = 2000;

function member(object: unknown, name: string): unknown {
	const fields = Object(object) as IDataObject;
	return fields[`hydra:${name}`] ?? fields[name];
}

/** The number of the page that a link leads to, if it counts pages. */
function pageNumber(link: unknown): number | undefined {
	const page = /[?&]page=(\d+)(?:[&#]|$)/.exec(String(link ?? ''))?.[1];
	return page === undefined ? undefined : Number(page);
}

/** The list of what was created or changed since the answer. */
function newcomersSince({ headers }: Reply, request: ApiRequest): ApiRequest | undefined {
	const now = Date.parse(String(headers.date));
	if (Number.isNaN(now)) return undefined;
	const updatedSince = new Date(now - CLOCK_MARGIN).toISOString().replace(/\.\d+Z$/, '+00:00');
	return { ...request, qs: { ...request.qs, page: undefined, page_items: 1, updated_since: updatedSince } };
}

/**
 * The records of an answer and what comes after them. Where the length of the list is known and pages are counted, all
 * pages are named at once; else the link to the next page is followed; without a link, pages are counted until one is empty.
 */
export const readHydraPage: ReadPage = (reply, request) => {
	const { body } = reply;
	const records = (Array.isArray(body) ? body : member(body, 'member')) as IDataObject[] | undefined;
	if (!Array.isArray(records)) {
		throw new InvalidInput('Topgeschenken answered without a list: check the base URL in the credential, or try again later');
	}
	const length = member(body, 'totalItems');
	const view = member(body, 'view');
	const link = member(view, 'next') as string | undefined;
	// As in the manual's own sample, where a page of one record is followed by another, the length may be that of the page.
	const isLength = typeof length === 'number' && (link === undefined || length > records.length);
	const total = isLength ? length : undefined;
	const page = Number(request.qs?.page ?? 1);
	const asPage = (number: number): ApiRequest => ({ ...request, qs: { ...request.qs, page: number } });
	// A server that pages all the same says so by its length or its link.
	const isRest = link === undefined && records.length >= (total ?? 0);
	const isWhole = records.length === 0 || (request.qs?.pagination === 'false' && isRest);
	const isByLink = link !== undefined && pageNumber(link) === undefined;

	if (isWhole) return { records, total };
	// A link without a page number is its own whole query.
	if (isByLink) return { records, total, next: [{ ...request, url: link, qs: undefined }] };
	if (total !== undefined && page === 1 && request.qs !== undefined) {
		const last = pageNumber(member(view, 'last')) ?? Math.ceil(total / records.length);
		const numbers = Array.from({ length: Math.max(0, last - 1) }, (_, index) => index + 2);
		return { records, total, next: numbers.map(asPage), newcomers: newcomersSince(reply, request) };
	}
	if (total !== undefined) return { records, total };
	if (view !== undefined) return { records, next: link === undefined ? [] : [asPage(pageNumber(link)!)] };
	return { records, next: [asPage(page + 1)] };
};
