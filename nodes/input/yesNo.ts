/** Yes or no, also as a column of a sheet holds it. */
import { InvalidInput } from '../transport/errors';
import { field, isGiven, quoted } from './field';
import type { FieldOptions } from './field';
import { readCode } from './text';

/** In the languages in which a sheet may have been made. */
const YES = ['true', 't', '1', 'yes', 'y', 'ja', 'j', 'waar', 'oui', 'vrai', 'wahr', 'x', 'v', '✓', '✔', '✅', '☑', 'on', 'aan'];
const NO = ['false', 'f', '0', 'no', 'n', 'nee', 'neen', 'onwaar', 'non', 'faux', 'nein', 'falsch', '✗', '✘', '❌', '☐', 'off', 'uit', '-', '–', '—'];

/**
 * @param empty what an empty cell stands for
 * @throws InvalidInput for any other text
 */
export function readYesNo(given: unknown, empty = false): boolean {
	if (!isGiven(given)) return empty;
	// Emoji are followed by a sign that says so.
	const written = readCode(given).toLowerCase().replace('\ufe0f', '');
	if (written === '') return empty;
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
