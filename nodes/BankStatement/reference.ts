/** Structured communications: the Belgian one, the Dutch payment reference (betalingskenmerk), and RF of ISO 11649. */
import { modulo97 } from './iban';

function isBelgian(digits: string): boolean {
	return /^\d{12}$/.test(digits) && (modulo97(digits.slice(0, 10)) || 97) === Number(digits.slice(10));
}

/** 16 digits, the first of which is a check digit over the others, modulo 11. */
function isDutch(digits: string): boolean {
	if (!/^\d{16}$/.test(digits)) return false;
	const weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1];
	const sum = [...digits.slice(1)]
		.reverse()
		.reduce((total, digit, position) => total + Number(digit) * weights[position % weights.length], 0);
	const check = 11 - (sum % 11);
	return Number(digits[0]) === (check === 10 ? 1 : check === 11 ? 0 : check);
}

function isRf(reference: string): boolean {
	return /^RF\d{2}[A-Z0-9]{1,21}$/.test(reference) && modulo97(reference.slice(4) + reference.slice(0, 4)) === 1;
}

/**
 * A reference that the file says is one, as it is written: "+++010/8068/17183+++", "RF18539007547034", 16 digits.
 * @returns undefined if its check digits are wrong
 */
export function structuredOf(reference: string): string | undefined {
	const bare = reference.replace(/[\s+*/.-]/g, '').toUpperCase();
	if (isBelgian(bare)) return `+++${bare.slice(0, 3)}/${bare.slice(3, 7)}/${bare.slice(7)}+++`;
	return isDutch(bare) || isRf(bare) ? bare : undefined;
}

/** A reference between +++ or *** in a free text; undefined if there is none with right check digits. */
export function markedIn(text: string): string | undefined {
	for (const [, , number] of text.matchAll(/(\+{3}|\*{3})\s{0,3}(\d{3}[/ ]{0,3}\d{4}[/ ]{0,3}\d{5})\s{0,3}\1/g)) {
		const reference = structuredOf(number);
		if (reference !== undefined) return reference;
	}
	return undefined;
}
