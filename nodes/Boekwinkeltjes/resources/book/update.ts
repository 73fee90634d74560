import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { bookLocator } from '../../fields';
import { at } from '../../paths';
import { simplifyBook, written } from '../../simplify';
import { bookBody, bookCollection } from './bookFields';
import { changeBook, findBook, knownBook, remember } from './known';

export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update book',
	description: 'Change the fields of a book that are filled in; all others stay as they are',
	...at('book.update'),
	dryRun: 'offered',
	input: { bookId: bookLocator, updateFields: bookCollection('Update Fields', 'Fields that are empty are not changed') },
	prepare({ bookId, updateFields }) {
		const changes = bookBody(updateFields);
		if (Object.keys(changes).length === 0) {
			throw new InvalidInput('There is nothing to change: fill in at least one field under Update Fields');
		}
		return { ...bookId, changes };
	},
	turn: ({ id, byNumber }) => `${byNumber} ${id}`,
	async send({ id, byNumber, changes }, call) {
		const known = await knownBook(call, `${byNumber} ${id}`);
		if (!byNumber) known.id = id;
		if (known.id === undefined || (changes.price ?? known.price) === undefined) {
			const book = await findBook(call, { id, byNumber });
			if (!book) throw new InvalidInput(`Boekwinkeltjes has no book with the ${byNumber ? 'number' : 'ID'} ${id}: check it`);
			remember(known, { id, ...book });
		}
		return await changeBook(call, changes, known);
	},
	simplify: written(simplifyBook),
});
