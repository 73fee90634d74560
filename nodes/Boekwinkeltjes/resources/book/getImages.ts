import { operation } from '../../../operation/operation';
import { readList } from '../../answer';
import { bookLocator } from '../../fields';
import { at } from '../../paths';
import { locateBook } from './known';

const readImages = readList('images');

export const getImages = operation({
	name: 'Get Images',
	value: 'getImages',
	action: 'Get images of book',
	description: 'List the pictures of a book, each in three sizes',
	...at('book.getImages'),
	input: { bookId: bookLocator },
	prepare: async ({ bookId }, call) => ({ bookId: await locateBook(call, bookId) }),
	// Seen as a list like any other, but nothing says that it has pages.
	answer: (reply, input, call) => readImages(reply, call.request({ path: input }), { longest: 0 }).records,
});
