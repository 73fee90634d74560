import { operation } from '../../../operation/operation';
import { bookLocator } from '../../fields';
import { at } from '../../paths';
import { locateBook } from './known';

export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete book',
	description: 'Take a book out of the shop',
	...at('book.delete'),
	input: { bookId: bookLocator },
	prepare: async ({ bookId }, call) => ({ bookId: await locateBook(call, bookId) }),
	answer: (_, { bookId }) => ({ id: bookId, deleted: true }),
});
