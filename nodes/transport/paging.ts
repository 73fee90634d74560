import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from './errors';
import type { ApiRequest, Reply } from './platform';

/** The records of one answer, and the requests for the pages after it as far as they are known. */
export interface Page {
	records: IDataObject[];
	/** Several at once are read at the same time. */
	next?: ApiRequest[];
	/** Length of the whole list, where the API says so. A list whose length changes while it is read is read again. */
	total?: number;
	/** Asks for a list of what came into this list since this answer. If it is not empty, the list is read again. */
	newcomers?: ApiRequest;
}

/** What a page can be judged by beside itself. */
export interface Earlier {
	/** Records on the longest page of the list so far; 0 for the first one. */
	longest: number;
}

/** Finds the records in an answer and says where the list goes on. */
export type ReadPage = (reply: Reply, request: ApiRequest, earlier: Earlier) => Page;

/** What is asked for, and what is made of the answer that the API itself cannot do. */
export interface Query {
	request: ApiRequest;
	/** Which records of the answer are wanted. */
	keep?(record: IDataObject): boolean;
	/** Puts the records in another order. All pages are read before a limit cuts. */
	sort?(records: IDataObject[]): IDataObject[];
}

export interface List extends Query {
	readPage: ReadPage;
}

/** The whole answer is one record, or a plain array of them. */
export const readWhole: ReadPage = ({ body }) => ({
	records: (Array.isArray(body) ? body : [body ?? {}]) as IDataObject[],
});

/** As many pages are asked for before the first of them is there; how many really go at once is the limiter's affair. */
const READ_AHEAD = 10;

/** Characters of an answer that a message repeats. */
const LONGEST_SHOWN = 60;

/** A list that never stands still is read so many times at most. */
const MOST_PASSES = 4;

/** What tells a record from others; one without any ID is known by all that is in it. */
function identity(record: IDataObject): string {
	const id = [record.id, record.uuid, record['@id']].find((one) => one !== undefined && one !== null && one !== '');
	return String(id ?? JSON.stringify(record));
}

/**
 * The page without the gaps that some servers leave in their lists.
 * @throws InvalidInput if it is none
 */
export function checkedPage(page: Page): Page {
	if (!Array.isArray(page.records)) {
		throw new InvalidInput('The service answered without the list that was asked for: try again later, or check the base URL in the credential');
	}
	const records = page.records.filter((record) => record !== null && record !== undefined);
	const other = records.find((record) => typeof record !== 'object' || Array.isArray(record));
	if (other !== undefined) {
		const shown = JSON.stringify(other).slice(0, LONGEST_SHOWN);
		throw new InvalidInput(`The service answered with a list that holds ${shown} where a record belongs: ask the service about it`);
	}
	return { ...page, records };
}

/** Hands out the pages of a list in their order, until it ends or the caller needs no more. */
async function* pagesOf(
	read: (request: ApiRequest) => Promise<Page>,
	first: ApiRequest,
	/** How many more pages are of use, given the length of a page. */
	useful: (pageSize: number) => number,
): AsyncGenerator<Page> {
	const seen = new Set<string>();
	const waiting = [first];
	const started: Array<Promise<Page>> = [];
	let pageSize = 1;
	for (;;) {
		while (waiting.length > 0 && started.length < Math.min(READ_AHEAD, useful(pageSize))) {
			const page = read(waiting.shift()!);
			// A failure is reported when the page's turn comes.
			page.catch(() => {});
			started.push(page);
		}
		const page = await started.shift();
		if (!page) return;
		const { length } = page.records;
		pageSize = Math.max(pageSize, length);
		const records = page.records.filter((record) => {
			const { size } = seen;
			return seen.add(identity(record)).size > size;
		});
		yield { ...page, records };
		// A page that brings nothing new leads nowhere: some servers repeat the last page for ever.
		if (records.length > 0) waiting.push(...(page.next ?? []));
	}
}

/**
 * Reads page after page until the limit, the last page, or a page that brings nothing new.
 * A record that appears on two pages, because the list shifted meanwhile, is returned once. What fell between two pages
 * is found by reading the list once more, if its length or its newcomers show that it shifted.
 */
export async function collect(
	send: (request: ApiRequest) => Promise<Reply>,
	{ request: first, readPage, keep = () => true, sort }: List,
	limit = Infinity,
): Promise<IDataObject[]> {
	const collected = new Map<string, IDataObject>();
	const enough = sort ? Infinity : limit;
	for (let pass = 1; pass <= MOST_PASSES; pass++) {
		let longest = 0;
		const read = async (request: ApiRequest) => {
			const page = readPage(await send(request), request, { longest });
			longest = Math.max(longest, page.records?.length ?? 0);
			return checkedPage(page);
		};
		const totals = new Set<number>();
		let pages = 0;
		let records = 0;
		let news = 0;
		let newcomers: ApiRequest | undefined;
		for await (const page of pagesOf(read, first, (size) => Math.ceil((enough - collected.size) / size))) {
			pages++;
			records += page.records.length;
			newcomers ??= page.newcomers;
			if (page.total !== undefined) totals.add(page.total);
			for (const record of page.records) {
				const id = identity(record);
				if (collected.has(id) || !keep(record)) continue;
				collected.set(id, record);
				news++;
			}
		}
		const [total] = totals;
		if (collected.size >= enough || pages <= 1 || total === undefined) break;
		const stoodStill = totals.size === 1 && (records >= total || news === 0);
		if (!stoodStill) continue;
		const entered = newcomers ? (await read(newcomers)).total : 0;
		// A server that does not know the filter counts the whole list.
		if (entered === 0 || entered === total) break;
	}
	const records = [...collected.values()];
	return (sort?.(records) ?? records).slice(0, limit);
}
