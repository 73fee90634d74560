import type { IDataObject } from 'n8n-workflow';

import { failureBehind, InvalidInput } from '../../../transport/errors';
import { simplifyField } from '../../../operation/legacy';
import type { BatchOperation, Call } from '../../../operation/legacy';
import { mayHaveBeenDone } from '../../../transport/retry';
import { writtenRecord } from '../../answer';
import { inTurn } from '../../batch';
import { readInput } from '../../input';
import { requestTo } from '../../paths';
import { bookFields, bookNumberProperty, bookProperties, newBookFields } from './bookFields';
import { findBook } from './lookUp';
import { changeBook, output, remember } from './write';
import type { KnownBook } from './write';

async function createOne(book: IDataObject, call: Call, known: Partial<KnownBook>): Promise<IDataObject> {
	const body = readInput(book, newBookFields);
	known.mayExist = true;
	const reply = await call.send(requestTo('book.create', call.credentials, { body })).catch((error: unknown) => {
		const failure = failureBehind(error);
		known.mayExist = failure === undefined || mayHaveBeenDone(failure);
		throw error;
	});
	const created = writtenRecord(reply.body);
	if (created.id !== undefined) remember(known, { ...body, id: created.id });
	return created;
}

async function createOrUpdateOne(book: IDataObject, call: Call, known: Partial<KnownBook>): Promise<IDataObject> {
	const { bookNumber, ...changes } = book;
	const number = String(bookNumber);
	if (known.id === undefined) {
		const found = await findBook(call, number, true);
		if (found) remember(known, found);
	}
	if (known.id !== undefined) {
		if (Object.keys(changes).length === 0) {
			throw new InvalidInput(`There is nothing to change on the book with number ${number}: fill in at least one field`);
		}
		return { ...output(call, await changeBook(call, changes, known)), action: 'updated' };
	}
	if (known.mayExist) {
		throw new InvalidInput(
			`Another item may have created the book with number ${number} a moment ago: wait until it shows in your shop, then run this item again`,
		);
	}
	return { ...output(call, await createOne(book, call, known)), action: 'created' };
}

export const createOrUpdate: BatchOperation<IDataObject> = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update a book',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	fields: [
		{ ...bookNumberProperty, required: true },
		{
			displayName: 'Book Fields',
			name: 'bookFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'Fields that are empty are not sent. A new book needs a title and a price.',
			options: bookProperties(bookNumberProperty),
		},
		simplifyField,
	],
	read: (call) =>
		readInput(
			{ ...call.parameter<IDataObject>('bookFields', {}), bookNumber: call.parameter('bookNumber', '') },
			{ ...bookFields, bookNumber: { ...bookFields.bookNumber, required: true } },
		),
	runAll: async (inputs, calls) =>
		await inTurn<IDataObject, KnownBook>(inputs, calls, ({ bookNumber }) => String(bookNumber), createOrUpdateOne),
};
