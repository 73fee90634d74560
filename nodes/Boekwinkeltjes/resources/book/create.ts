import { operation } from '../../../operation/operation';
import { writtenRecord } from '../../answer';
import { at } from '../../paths';
import { simplifyBook, written } from '../../simplify';
import { bookBody, newBook } from './bookFields';

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create book',
	description: 'Put a book up for sale, or each row of a sheet as a book',
	...at('book.create'),
	dryRun: 'offered',
	input: { book: newBook },
	body: ({ book }) => bookBody(book),
	answer: ({ body }) => writtenRecord(body),
	simplify: written(simplifyBook),
});
