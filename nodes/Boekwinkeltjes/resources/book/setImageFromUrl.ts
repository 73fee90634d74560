import { webAddress } from '../../../input';
import { operation } from '../../../operation/operation';
import { bookLocator } from '../../fields';
import { at } from '../../paths';
import { locateBook } from './known';

export const setImageFromUrl = operation({
	name: 'Set Image From URL',
	value: 'setImageFromUrl',
	action: 'Set image of book from URL',
	description: 'Let Boekwinkeltjes fetch the picture from a web address that is open to everyone',
	...at('book.setImageFromUrl'),
	input: {
		bookId: bookLocator,
		imageUrl: webAddress({ displayName: 'Image URL', required: true, placeholder: 'e.g. https://example.com/picture.jpg' }),
	},
	prepare: async ({ bookId, imageUrl }, call) => ({ bookId: await locateBook(call, bookId), imageUrl }),
	body: ({ imageUrl }) => ({ url: imageUrl }),
	answer: () => ({ success: true }),
});
