import type { ItemOperation } from '../../../operation/legacy';
import { bookLocator } from '../../fields';
import { readInput, webAddress } from '../../input';
import { requestTo } from '../../paths';
import { locateBook } from './lookUp';

export const setImageFromUrl: ItemOperation = {
	name: 'Set Image From URL',
	value: 'setImageFromUrl',
	action: 'Set the image of a book from a URL',
	description: 'Let Boekwinkeltjes fetch the picture from a web address that is open to everyone',
	fields: [
		bookLocator,
		{
			displayName: 'Image URL',
			name: 'imageUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'https://example.com/picture.jpg',
		},
	],
	async request(call) {
		const body = readInput(
			{ url: call.parameter('imageUrl', '') },
			{ url: { label: 'Image URL', read: webAddress, required: true } },
		);
		return requestTo('book.setImageFromUrl', call.credentials, { id: await locateBook(call), body });
	},
	readPage: () => ({ records: [{ success: true }] }),
};
