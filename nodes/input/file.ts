/** A file of the item. */
import { field, plainText } from './field';
import type { FieldOptions } from './field';

/** Name of the binary field; the operation reads the file itself, with `call.file`. */
export const fileField = <const O extends FieldOptions<string>>(options: O) =>
	field<string, O & { required: true }>('string', (given) => plainText(given, 200), { ...options, required: true }, {
		default: 'data',
		displayName: 'Input Binary Field',
	});
