/** ISBN and EAN, in any spelling, also as a sheet leaves them. */
import { InvalidInput } from '../transport/errors';
import { field, quoted } from './field';
import type { FieldOptions } from './field';
import { readCode } from './text';

/** Sum of the digits, each times its weight. */
function weighted(digits: string, weight: (position: number) => number): number {
	return [...digits].reduce((sum, digit, position) => sum + (digit === 'X' ? 10 : Number(digit)) * weight(position), 0);
}

function isIsbn10(code: string): boolean {
	return /^\d{9}[\dX]$/.test(code) && weighted(code, (position) => 10 - position) % 11 === 0;
}

const eanWeight = (position: number) => (position % 2 === 0 ? 1 : 3);

function isEan13(code: string): boolean {
	return /^\d{13}$/.test(code) && weighted(code, eanWeight) % 10 === 0;
}

/** What stands in a column of ISBNs for a book that has none. */
const NONE = /^(?:-|–|0+|geen(?: isbn)?|none|n\.?v\.?t\.?|n\/a)$/i;

/**
 * The 13 digits of an ISBN or EAN as text; an old ISBN of 10 gets its new form. Zeros alone and words such as "geen"
 * stand for none: ''.
 * @throws InvalidInput if it has another length or a wrong check digit
 */
export function readIsbn(given: unknown): string {
	// Libraries write what it is of behind it: 0140200096 (pbk.)
	const written = readCode(readCode(given).replace(/ ?\([^()]*\)$/, ''));
	if (NONE.test(written)) return '';
	if (/^\d{4}-\d{3}[\dX]$/i.test(written)) throw new InvalidInput(`${quoted(written)} is the ISSN of a periodical, not the ISBN of a book: leave it out`);
	const bare = readCode(written.toUpperCase().replace(/^(?:ISBN|EAN|SBN|GTIN)(?:[- ]?1[03](?=[:\s]))?:?\s*/, ''));
	const code = (/^\d{1,3}(?:,\d{3})+$/.test(bare) ? bare.replaceAll(',', '') : bare).replace(/[\s.\-\u2010-\u2015]/g, '');
	if (!/^(?:\d{6,9}[\dX]|\d{12,13})$/.test(code)) {
		throw new InvalidInput(`${quoted(written)} is not an ISBN or EAN: it has 10 or 13 digits`);
	}
	// A sheet that keeps the code as a number drops the zeros at its front, up to three of them (0007149565); a code of
	// before 1970 has one digit less.
	const whole = code.length <= 10 ? code.padStart(10, '0') : code.padStart(13, '0');
	if (!isIsbn10(whole) && !isEan13(whole)) {
		throw new InvalidInput(`${quoted(written)} has a wrong check digit: look for a typing error`);
	}
	if (whole.length === 13) return whole;
	const start = `978${whole.slice(0, 9)}`;
	return start + ((10 - (weighted(start, eanWeight) % 10)) % 10);
}

export const isbn = <const O extends FieldOptions<string>>(options: O = {} as O) =>
	field<string, O>('string', readIsbn, options, { placeholder: 'e.g. 978-90-234-1234-5' });
