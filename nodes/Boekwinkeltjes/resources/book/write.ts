import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import type { Call } from '../../../operation/legacy';
import { writtenRecord } from '../../answer';
import { isGiven } from '../../input';
import { requestTo } from '../../paths';
import { simplifyBook, written } from '../../simplify';

/** What earlier items of the same input have found out or done to a book. */
export interface KnownBook {
	id: string;
	price: number;
	/** It was sent to be created, and no answer has said that this failed. */
	mayExist: boolean;
}

export function remember(known: Partial<KnownBook>, { id, price }: IDataObject): void {
	known.id = String(id);
	known.price = isGiven(price) ? Number(price) : undefined;
}

/**
 * Sends the changes with a price, which the live API demands of every change (observed).
 * @throws InvalidInput if no price is known
 */
export async function changeBook(call: Call, changes: IDataObject, known: Partial<KnownBook>): Promise<IDataObject> {
	const price = changes.price ?? known.price;
	if (price === undefined) {
		throw new InvalidInput('Boekwinkeltjes gives no price for this book and wants one with every change: fill in Price');
	}
	const { body } = await call.send(
		requestTo('book.update', call.credentials, { id: known.id, body: { ...changes, price } }),
	);
	known.price = Number(price);
	return writtenRecord(body);
}

/** The book as it comes out of the node. */
export function output(call: Call, book: IDataObject): IDataObject {
	return call.parameter<boolean>('simplify', true) ? written(simplifyBook)(book) : book;
}
