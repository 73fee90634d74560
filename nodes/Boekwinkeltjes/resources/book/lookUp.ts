import type { IDataObject } from 'n8n-workflow';

import { failureBehind, InvalidInput } from '../../../transport/errors';
import type { Call } from '../../../operation/legacy';
import { collect } from '../../../transport/paging';
import type { Query } from '../../../transport/paging';
import { readRecord } from '../../answer';
import { isByNumber, numericId } from '../../fields';
import { requestTo } from '../../paths';

/** One book. By number only a book that has this number counts, should the server take the number for an ID. */
export function getBook(call: Call, id: string, byNumber: boolean): Query {
	const hasNumber = ({ bookNumber }: IDataObject) => (bookNumber ?? '') === '' || String(bookNumber) === id;
	return {
		request: requestTo('book.get', call.credentials, { id, qs: byNumber ? { type: 'bookNumber' } : {} }),
		keep: byNumber ? hasNumber : undefined,
	};
}

function noneIfUnknown(error: unknown): IDataObject[] {
	if (failureBehind(error)?.reply?.statusCode === 404) return [];
	throw error;
}

/** The book, or undefined if there is none. */
export async function findBook(call: Call, id: string, byNumber: boolean): Promise<IDataObject | undefined> {
	const books = await collect(call.send, { ...getBook(call, id, byNumber), readPage: readRecord }).catch(noneIfUnknown);
	return books[0];
}

/**
 * The ID of the book that the locator names; a book number is looked up first.
 * @throws InvalidInput
 */
export async function locateBook(call: Call): Promise<string> {
	const id = numericId(call, 'bookId', 'Book');
	if (!isByNumber(call)) return id;
	const book = await findBook(call, id, true);
	if (!book) throw new InvalidInput(`Boekwinkeltjes has no book with the number ${id}: check it`);
	return String(book.id);
}
