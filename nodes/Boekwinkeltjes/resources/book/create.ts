import { operation } from '../../../operation/operation';
import { writtenRecord } from '../../answer';
import { at } from '../../paths';
import { simplifyBook, written } from '../../simplify';
import { bookBody, bookColumns } from './bookFields';

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create book',
	description: 'Put a book up for sale, or each row of a sheet as a book',
	...at('book.create'),
	dryRun: 'offered',
	input: { book: bookColumns },
	body: ({ book }) => bookBody(book),
	answer: ({ body }) => writtenRecord(body),
	simplify: written(simplifyBook),
});
