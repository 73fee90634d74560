import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import { simplifyField } from '../../../operation/legacy';
import type { BatchOperation, Call } from '../../../operation/legacy';
import { inTurn } from '../../batch';
import { bookIdField, bookLocator, isByNumber } from '../../fields';
import { readInput } from '../../input';
import { bookFields, bookProperties } from './bookFields';
import { findBook } from './lookUp';
import { changeBook, output, remember } from './write';
import type { KnownBook } from './write';

interface Change {
	id: string;
	byNumber: boolean;
	changes: IDataObject;
}

async function updateOne({ id, byNumber, changes }: Change, call: Call, known: Partial<KnownBook>) {
	if (!byNumber) known.id = id;
	if (known.id === undefined || (changes.price ?? known.price) === undefined) {
		const book = await findBook(call, id, byNumber);
		if (!book) throw new InvalidInput(`Boekwinkeltjes has no book with the ${byNumber ? 'number' : 'ID'} ${id}: check it`);
		remember(known, { id, ...book });
	}
	return output(call, await changeBook(call, changes, known));
}

export const update: BatchOperation<Change> = {
	name: 'Update',
	value: 'update',
	action: 'Update a book',
	description: 'Change the fields of a book that are filled in; all others stay as they are',
	fields: [
		bookLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'Fields that are empty are not changed',
			options: bookProperties(),
		},
		simplifyField,
	],
	read(call) {
		const { id, ...changes } = readInput(
			{ ...call.parameter<IDataObject>('updateFields', {}), id: call.parameter('bookId', '') },
			{ ...bookFields, id: bookIdField },
		);
		if (Object.keys(changes).length === 0) {
			throw new InvalidInput('There is nothing to change: fill in at least one field under Update Fields');
		}
		return { id: String(id), byNumber: isByNumber(call), changes };
	},
	runAll: async (inputs, calls) =>
		await inTurn<Change, KnownBook>(inputs, calls, ({ id, byNumber }) => `${byNumber} ${id}`, updateOne),
};
