import { fileField } from '../../../input';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { bookLocator } from '../../fields';
import { at } from '../../paths';
import { locateBook } from './known';

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

export const uploadImage = operation({
	name: 'Upload Image',
	value: 'uploadImage',
	action: 'Upload image of book',
	description: 'Add a JPEG or PNG picture from a binary field of the item',
	...at('book.uploadImage'),
	input: {
		bookId: bookLocator,
		binaryPropertyName: fileField({ hint: 'The name of the input binary field that holds the picture' }),
	},
	prepare(input, call) {
		if (!call.hasFile(input.binaryPropertyName)) {
			throw new InvalidInput(`The item has no file in the binary field "${input.binaryPropertyName}": check the name of the field`);
		}
		return input;
	},
	turn: (_, { itemIndex }) => String(itemIndex % AT_ONCE),
	async send({ bookId, binaryPropertyName }, call) {
		const file = await call.file(binaryPropertyName);
		const headers = { 'content-type': imageType(file) };
		await call.send(call.request({ path: { bookId: await locateBook(call, bookId) }, body: file, headers }));
		return { success: true };
	},
});
