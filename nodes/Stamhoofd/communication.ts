/** References on bank transfers: the Belgian structured communication, Dutch payment references, and free text. */

/** Digits only, if the text is nothing but a number in any spelling; else capitals without spaces and punctuation. */
export function communicationKey(value: unknown): string {
	const text = String(value ?? '').trim();
	const digits = text.replace(/[+*/\s.-]/g, '');
	return /^\d+$/.test(digits) ? digits : lettersAndDigits(text);
}

/** The text in capitals without accents, blanks and punctuation, since banks drop or change those. */
export function lettersAndDigits(text: string): string {
	return text
		.normalize('NFD')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toUpperCase();
}

/** Belgian check digits: the first ten digits modulo 97, where 0 is written as 97. */
export function isStructuredCommunication(digits: string): boolean {
	if (!/^\d{12}$/.test(digits)) return false;
	return (Number(digits.slice(0, 10)) % 97 || 97) === Number(digits.slice(10));
}

/** Dutch reference (betalingskenmerk) of 16 digits: the first is a check digit over the others, modulo 11. */
export function isDutchReference(digits: string): boolean {
	if (!/^\d{16}$/.test(digits)) return false;
	const weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1];
	const sum = [...digits.slice(1)]
		.reverse()
		.reduce((total, digit, position) => total + Number(digit) * weights[position % weights.length], 0);
	const check = 11 - (sum % 11);
	return Number(digits[0]) === (check === 10 ? 1 : check === 11 ? 0 : check);
}

/**
 * Every number of `length` digits, possibly broken up by blanks, slashes, dots or hyphens, and no digit beside it. They
 * may overlap: in "12345 710/1720/60345" the reference is not the number that comes first.
 */
function numbersOf(text: string, length: number): string[] {
	const pattern = new RegExp(`(?<!\\d)(?=(\\d(?:[\\s/.-]{0,3}\\d){${length - 1}})(?!\\d))`, 'g');
	return [...text.matchAll(pattern)].map(([, number]) => number.replace(/\D/g, ''));
}

/** CODA files put the type of the communication before its twelve digits: 101 or 102. */
function numbersInCoda(text: string): string[] {
	return (text.match(/(?<!\d)10[12]\d{12}(?!\d)/g) ?? []).map((number) => number.slice(3));
}

/** A spreadsheet that takes a reference for a number drops the zeros in front of it. */
function withLostZeros(text: string): string[] {
	const digits = text.trim();
	if (/^\d{9,11}$/.test(digits)) return [digits.padStart(12, '0')];
	return /^\d{13,15}$/.test(digits) ? [digits.padStart(16, '0')] : [];
}

export interface References {
	/** Digits of every number in the text that has the form and check digits of a payment reference. */
	valid: string[];
	/** Digits of a number that is written as a payment reference, but whose check digits are wrong. */
	invalid: string[];
}

/** The payment references in what somebody wrote on a transfer. */
export function referencesIn(text: string): References {
	// Banks put the structured communication between +++ or ***.
	const marked = [...text.matchAll(/(\+{3}|\*{3})\s*(\d{3}[/ ]?\d{4}[/ ]?\d{5})\s*\1/g)].map(([, , number]) =>
		number.replace(/\D/g, ''),
	);
	const free = [...numbersOf(text, 12), ...numbersOf(text, 16), ...numbersInCoda(text), ...withLostZeros(text)];
	const isValid = (digits: string) => isStructuredCommunication(digits) || isDutchReference(digits);
	const isWhole = (digits: string) => digits === communicationKey(text);
	return {
		valid: [...new Set([...marked, ...free].filter(isValid))],
		invalid: [...new Set([...marked, ...free.filter(isWhole)].filter((digits) => !isValid(digits)))],
	};
}

/** What somebody wrote, ready to be searched for references. */
export interface Wording {
	/** The text as `lettersAndDigits`: "BETALINGBESTELLINGWIJNGIN2JAN". */
	compact: string;
	/** Where words begin and end in it; none are known if the bank left out all blanks. */
	edges: Set<number>;
}

export function wordingOf(text: string): Wording {
	const words = text.split(/[^\p{L}\p{M}\p{N}]+/u).map(lettersAndDigits).filter(Boolean);
	let end = 0;
	const edges = words.length > 1 ? [0, ...words.map(({ length }) => (end += length))] : [];
	return { compact: words.join(''), edges: new Set(edges) };
}

/**
 * True if the text contains the reference of a payment as `lettersAndDigits`: "BESTELLINGWIJNGIN2". A number at either
 * end must not go on: 2 is not found in 21. A reference that is short or has no number must be whole words: "Kamp" is not
 * found in "Kampeerstoel".
 */
export function mentions({ compact, edges }: Wording, reference: string): boolean {
	if (reference.length < 3) return reference !== '' && compact === reference;
	const mustBeWords = edges.size > 0 && (reference.length < 10 || !/\d/.test(reference));
	const isDigit = (position: number) => /\d/.test(compact[position] ?? '');
	const isEdge = (at: number) => {
		if (isDigit(at - 1) && isDigit(at)) return false;
		// Between letters and digits a blank is easily left out.
		return !mustBeWords || edges.has(at) || isDigit(at - 1) !== isDigit(at);
	};
	for (let at = compact.indexOf(reference); at >= 0; at = compact.indexOf(reference, at + 1)) {
		if (isEdge(at) && isEdge(at + reference.length)) return true;
	}
	return false;
}
