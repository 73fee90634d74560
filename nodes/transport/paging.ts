import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, Reply } from './platform';

/** The records of one answer, and the requests for the pages after it as far as they are known. */
export interface Page {
	records: IDataObject[];
	next?: ApiRequest[];
}

/** Finds the records in an answer and says where the list goes on. */
export type ReadPage = (reply: Reply, request: ApiRequest) => Page;

/** The whole answer is one record, or a plain array of them. */
export const readWhole: ReadPage = ({ body }) => ({
	records: (Array.isArray(body) ? body : [body ?? {}]) as IDataObject[],
});

function identity(record: IDataObject): string {
	return String(record.id ?? record.uuid ?? record['@id'] ?? JSON.stringify(record));
}

/**
 * Reads page after page until the limit, the last page, or a page that brings nothing new.
 * A record that appears on two pages, because the list shifted meanwhile, is returned once.
 */
export async function collect(
	send: (request: ApiRequest) => Promise<Reply>,
	first: ApiRequest,
	readPage: ReadPage,
	limit = Infinity,
): Promise<IDataObject[]> {
	const seen = new Set<string>();
	const collected: IDataObject[] = [];
	const pending = [first];
	while (pending.length > 0 && collected.length < limit) {
		const request = pending.shift()!;
		const { records, next = [] } = readPage(await send(request), request);
		const fresh = records.filter((record) => !seen.has(identity(record)) && seen.add(identity(record)));
		if (records.length > 0 && fresh.length === 0) break;
		collected.push(...(first.keep ? fresh.filter(first.keep) : fresh));
		pending.push(...next);
	}
	return collected.slice(0, limit);
}
