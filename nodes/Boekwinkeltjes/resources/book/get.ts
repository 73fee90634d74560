import { operation } from '../../../operation/operation';
import { readRecord } from '../../answer';
import { bookLocator } from '../../fields';
import { at } from '../../paths';
import { simplifyBook } from '../../simplify';
import { bookQuery } from './known';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get book',
	description: 'Get one book by its ID or by your own book number',
	...at('book.get'),
	input: { bookId: bookLocator },
	send: async ({ bookId }, call) => await call.collect({ ...bookQuery(call, bookId), readPage: readRecord }),
	notFound: 'Boekwinkeltjes has no book with this ID or book number: check it',
	simplify: simplifyBook,
});
