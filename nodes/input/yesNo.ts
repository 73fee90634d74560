/** Yes or no, also as a column of a sheet holds it. */
import { InvalidInput } from '../transport/errors';
import { field, isGiven, plainText, quoted } from './field';
import type { FieldOptions } from './field';

const YES = ['true', '1', 'yes', 'y', 'ja', 'j', 'waar', 'x', 'on', 'aan'];
const NO = ['false', '0', 'no', 'n', 'nee', 'neen', 'onwaar', 'off', 'uit', '-'];

/**
 * @param empty what an empty cell stands for
 * @throws InvalidInput for any other text
 */
export function readYesNo(given: unknown, empty = false): boolean {
	if (!isGiven(given)) return empty;
	const written = plainText(given, 1000).toLowerCase();
	if (YES.includes(written)) return true;
	if (NO.includes(written)) return false;
	throw new InvalidInput(`${quoted(given)} is neither yes nor no: write yes or no`);
}

interface YesNoOptions extends FieldOptions<boolean> {
	default?: boolean;
	/** What an expression that gives nothing stands for; left out: no. Choose what does no harm. */
	empty?: boolean;
}

export const yesNo = (options: YesNoOptions = {}) => {
	const { empty = false, ...shown } = options;
	return field<boolean, FieldOptions<boolean> & { required: true }>(
		'boolean',
		(given) => readYesNo(given, empty),
		{ ...shown, required: true },
		{ default: false, required: undefined, readsEmpty: true },
	);
};
