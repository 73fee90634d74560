import { simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readRecord } from '../../answer';
import { bookLocator, isByNumber, numericId } from '../../fields';
import { simplifyBook } from '../../simplify';
import { getBook } from './lookUp';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a book',
	description: 'Get one book by its ID or by your own book number',
	fields: [bookLocator, simplifyField],
	request: (call) => getBook(call, numericId(call, 'bookId', 'Book'), isByNumber(call)),
	readPage: readRecord,
	notFound: 'Boekwinkeltjes has no book with this ID or book number: check it',
	simplify: simplifyBook,
};
