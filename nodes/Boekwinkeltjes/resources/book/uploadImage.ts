import { InvalidInput } from '../../../transport/errors';
import type { BatchOperation, Call, Outcome } from '../../../operation/legacy';
import { each } from '../../batch';
import { bookLocator, numericId } from '../../fields';
import { requestTo } from '../../paths';
import { locateBook } from './lookUp';

/** Bytes. No limit is documented: more than any picture on a web page needs, and soon too slow to send. */
const LARGEST_IMAGE = 10 * 1024 * 1024;

const SIGNATURES = [
	{ contentType: 'image/jpeg', start: Buffer.from([0xff, 0xd8, 0xff]) },
	{ contentType: 'image/png', start: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
];

/**
 * The kind of picture, by its first bytes and whatever its name says.
 * @throws InvalidInput if it is neither JPEG nor PNG, empty or too large
 */
export function imageType(bytes: Buffer): string {
	const found = SIGNATURES.find(({ start }) => bytes.subarray(0, start.length).equals(start));
	if (!found) throw new InvalidInput('The file is not a JPEG or PNG picture: convert it to one of these first');
	if (bytes.length > LARGEST_IMAGE) {
		throw new InvalidInput(`The picture is ${Math.ceil(bytes.length / 1024 / 1024)} MB: make it smaller than 10 MB`);
	}
	return found.contentType;
}

/** Pictures in memory at the same time: more than a gentle pace needs, and no more than any server has room for. */
const AT_ONCE = 8;

async function readBinary(call: Call): Promise<Buffer> {
	const field = call.parameter<string>('binaryPropertyName').trim();
	const file = await call.file(field);
	if (!file) throw new InvalidInput(`The item has no file in the binary field "${field}": check the name of the field`);
	return file;
}

async function upload(call: Call): Promise<Outcome> {
	const body = await readBinary(call);
	const headers = { 'content-type': imageType(body) };
	await call.send(requestTo('book.uploadImage', call.credentials, { id: await locateBook(call), body, headers }));
	return { success: true };
}

export const uploadImage: BatchOperation = {
	name: 'Upload Image',
	value: 'uploadImage',
	action: 'Upload an image of a book',
	description: 'Add a JPEG or PNG picture from a binary field of the item',
	fields: [
		bookLocator,
		{
			displayName: 'Input Binary Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the input binary field that holds the picture',
		},
	],
	read: (call) => numericId(call, 'bookId', 'Book'),
	runAll: async (ids, calls) => await each(ids, calls, async (_, call) => await upload(call), AT_ONCE),
};
