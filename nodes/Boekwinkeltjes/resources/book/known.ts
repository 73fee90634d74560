/** What the items of a run know of each other's books: changes pass through a queue at Boekwinkeltjes, so that reading back may be too early. */
import type { IDataObject } from 'n8n-workflow';

import { isGiven } from '../../../input';
import type { Call } from '../../../operation/call';
import { failureBehind, InvalidInput } from '../../../transport/errors';
import type { Query } from '../../../transport/paging';
import { readRecord, writtenRecord } from '../../answer';
import type { BookReference } from '../../fields';
import { requestTo, ROUTES } from '../../paths';

/** What earlier items of the same run have found out or done to a book. */
export interface KnownBook {
	id?: string;
	price?: number;
	/** It was sent to be created, and no answer has said that this failed. */
	mayExist?: boolean;
}

/** The one memory of a book in this run; items with the same `key` take turns. */
export async function knownBook(call: Call, key: string): Promise<KnownBook> {
	return await call.once(`book ${key}`, async () => await Promise.resolve({}));
}

export function remember(known: KnownBook, { id, price }: IDataObject): void {
	known.id = String(id);
	known.price = isGiven(price) ? Number(price) : undefined;
}

/** One book. By number only a book that has this number counts, should the server take the number for an ID. */
export function bookQuery(call: Call, { id, byNumber }: BookReference): Query {
	const hasNumber = ({ bookNumber }: IDataObject) => (bookNumber ?? '') === '' || String(bookNumber) === id;
	const request = requestTo('book.get', call.credentials, { path: { bookId: id }, qs: byNumber ? { type: 'bookNumber' } : {} });
	return { request, keep: byNumber ? hasNumber : undefined };
}

/** The book, or undefined if there is none. */
export async function findBook(call: Call, reference: BookReference): Promise<IDataObject | undefined> {
	const [book] = await call.collect({ ...bookQuery(call, reference), readPage: readRecord }).catch((error: Error) => {
		if (failureBehind(error)?.reply?.statusCode === 404) return [];
		throw error;
	});
	return book;
}

/**
 * The ID of the book that the locator names; a book number is looked up, once per run.
 * @throws InvalidInput
 */
export async function locateBook(call: Call, reference: BookReference): Promise<string> {
	if (!reference.byNumber) return reference.id;
	const book = await call.once(`number ${reference.id}`, async () => await findBook(call, reference));
	if (!book) throw new InvalidInput(`Boekwinkeltjes has no book with the number ${reference.id}: check it`);
	return String(book.id);
}

/**
 * Sends the changes with a price, which the live API demands of every change (observed).
 * @throws InvalidInput if no price is known
 */
export async function changeBook(call: Call, changes: IDataObject, known: KnownBook): Promise<IDataObject> {
	const price = changes.price ?? known.price;
	if (price === undefined) {
		throw new InvalidInput('Boekwinkeltjes gives no price for this book and wants one with every change: fill in Price');
	}
	const request = call.request({ path: { bookId: known.id }, body: { ...changes, price } }, ROUTES['book.update'].route);
	const { body } = await call.send(request);
	known.price = Number(price);
	return writtenRecord(body);
}
