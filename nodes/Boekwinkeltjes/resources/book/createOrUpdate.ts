import { operation } from '../../../operation/operation';
import { failureBehind, InvalidInput } from '../../../transport/errors';
import { mayHaveBeenDone } from '../../../transport/retry';
import { writtenRecord } from '../../answer';
import { at } from '../../paths';
import { simplifyBook, written } from '../../simplify';
import { bookBody, NEW_BOOK, numberedBook } from './bookFields';
import { changeBook, findBook, knownBook, remember } from './known';

const MISSING = 'There is no book with this number yet, and a new one needs a title and a price: fill in';

export const createOrUpdate = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update book',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	...at('book.create'),
	dryRun: 'offered',
	input: { book: numberedBook },
	turn: ({ book }) => book.bookNumber!,
	async send({ book: { bookNumber = '', ...changes } }, call) {
		const known = await knownBook(call, bookNumber);
		if (known.id === undefined) {
			const found = await findBook(call, { id: bookNumber, byNumber: true });
			if (found) remember(known, found);
		}
		if (known.id !== undefined) {
			if (Object.keys(changes).length === 0) {
				throw new InvalidInput(`There is nothing to change on the book with number ${bookNumber}: fill in at least one field`);
			}
			return { ...(await changeBook(call, bookBody(changes), known)), action: 'updated' };
		}
		if (known.mayExist) {
			throw new InvalidInput(
				`Another item may have created the book with number ${bookNumber} a moment ago: wait until it shows in your shop, then run this item again`,
			);
		}
		const missing = [changes.title ? '' : 'Title', changes.price === undefined ? 'Price' : ''].filter(Boolean);
		if (missing.length > 0) throw new InvalidInput(`${MISSING} ${missing.join(' and ')}`);
		const body = bookBody({ ...NEW_BOOK, ...changes, bookNumber });
		known.mayExist = !call.isDryRun;
		const reply = await call.send(call.request({ body })).catch((error: Error) => {
			const failure = failureBehind(error);
			known.mayExist = failure !== undefined && mayHaveBeenDone(failure);
			throw error;
		});
		const created = writtenRecord(reply.body);
		if (created.id !== undefined) remember(known, { ...body, id: created.id });
		return { ...created, action: 'created' };
	},
	simplify: ({ action, ...book }) => ({ ...written(simplifyBook)(book), action }),
});
