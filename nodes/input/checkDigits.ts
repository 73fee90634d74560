/** Check digits of the references and account numbers on bank transfers. */

/** Letters count as numbers from 10 on. */
export function modulo97(text: string): number {
	let rest = 0;
	for (const sign of text) {
		const value = parseInt(sign, 36);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest;
}

/** Belgian check digits: the first ten digits modulo 97, where 0 is written as 97. */
export function isStructuredCommunication(digits: string): boolean {
	if (!/^\d{12}$/.test(digits)) return false;
	return (modulo97(digits.slice(0, 10)) || 97) === Number(digits.slice(10));
}

/** The digits of a structured communication, however it is written; undefined if the text is anything else. */
export function structuredDigits(text: unknown): string | undefined {
	const digits = String(text ?? '').replace(/[+*/\s.-]/g, '');
	return isStructuredCommunication(digits) ? digits : undefined;
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

/** IBAN and RF reference (ISO 11649): with the first four signs at the end, modulo 97 is 1. */
export function isModulo97(text: string): boolean {
	return /^[A-Z]{2}\d\d[A-Z\d]{1,30}$/.test(text) && modulo97(text.slice(4) + text.slice(0, 4)) === 1;
}

/** Luhn's check, which the numbers of bank cards pass. */
export function isCardNumber(digits: string): boolean {
	const sum = [...digits].reverse().reduce((total, digit, place) => {
		const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return /^\d{13,19}$/.test(digits) && sum % 10 === 0;
}
