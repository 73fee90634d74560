import type { ItemOperation } from '../../../operation/legacy';
import { bookLocator } from '../../fields';
import { requestTo } from '../../paths';
import { locateBook } from './lookUp';

export const remove: ItemOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a book',
	description: 'Take a book out of the shop',
	fields: [bookLocator],
	request: async (call) => requestTo('book.delete', call.credentials, { id: await locateBook(call) }),
	readPage: () => ({ records: [{ deleted: true }] }),
};
