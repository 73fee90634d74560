import type { ItemOperation } from '../../../operation/legacy';
import { readList } from '../../answer';
import { bookLocator } from '../../fields';
import { requestTo } from '../../paths';
import { locateBook } from './lookUp';

export const getImages: ItemOperation = {
	name: 'Get Images',
	value: 'getImages',
	action: 'Get the images of a book',
	description: 'List the pictures of a book, each in three sizes',
	fields: [bookLocator],
	request: async (call) => requestTo('book.getImages', call.credentials, { id: await locateBook(call) }),
	// Seen as a list like any other, but nothing says that it has pages.
	readPage: (...page) => ({ records: readList('images')(...page).records }),
};
