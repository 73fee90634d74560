import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../operation/call';
import { operation } from '../../../operation/operation';
import { failureBehind } from '../../../transport/errors';
import { readList } from '../../answer';
import { bookLocator } from '../../fields';
import { at, requestTo } from '../../paths';
import { locateBook } from './known';

const readImages = readList('images');

/** The pictures of a book; none of a book that was taken out of the shop meanwhile. */
export async function imagesOf(bookId: string, call: Call): Promise<IDataObject[]> {
	const request = requestTo('book.getImages', call.credentials, { path: { bookId } });
	const reply = await call.send(request).catch((error: Error) => {
		if (failureBehind(error)?.reply?.statusCode === 404) return undefined;
		throw error;
	});
	return reply ? readImages(reply, request, { longest: 0 }).records : [];
}

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
