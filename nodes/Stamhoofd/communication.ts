/** References on bank transfers: the Belgian structured communication, Dutch payment references, and free text. */

/** Digits only, if the text is nothing but a structured communication in any of its spellings; else the text in capitals without spaces. */
export function communicationKey(value: unknown): string {
	const text = String(value ?? '').trim();
	const digits = text.replace(/[+*/\s.-]/g, '');
	return /^\d+$/.test(digits) ? digits : text.replace(/\s+/g, '').toUpperCase();
}

/** Belgian check digits: the first ten digits modulo 97, where 0 is written as 97. */
export function isStructuredCommunication(digits: string): boolean {
	if (!/^\d{12}$/.test(digits)) return false;
	return (Number(digits.slice(0, 10)) % 97 || 97) === Number(digits.slice(10));
}
