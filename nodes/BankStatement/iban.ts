/** Account numbers. */
import { isModulo97, isStructuredCommunication, modulo97 } from '../input/checkDigits';

/** Lengths by country, as registered; other countries by their check digits alone. */
const LENGTHS: Record<string, number> = {
	AD: 24, AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27,
	HR: 21, HU: 28, IE: 22, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25,
	RO: 24, SE: 24, SI: 19, SK: 24, SM: 27, TR: 26,
};

/** The IBAN without blanks; undefined if its check digits or its length are wrong. */
export function ibanOf(text: string | undefined): string | undefined {
	const iban = (text ?? '').replace(/[\s-]/g, '').toUpperCase();
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return undefined;
	if (iban.length !== (LENGTHS[iban.slice(0, 2)] ?? iban.length)) return undefined;
	return isModulo97(iban) ? iban : undefined;
}

/** The IBAN of an old Belgian account number of twelve digits, 123-4567890-12; undefined if it is none. */
export function belgianIban(text: string): string | undefined {
	const digits = text.replace(/[\s-]/g, '');
	if (!isStructuredCommunication(digits)) return undefined;
	return `BE${String(98 - modulo97(`${digits}BE00`)).padStart(2, '0')}${digits}`;
}

/** The own account as it is told apart from others: as IBAN where it has one. */
export function accountOf(text: string | undefined): string | undefined {
	const bare = (text ?? '').replaceAll('"', '').trim().replace(/\s+/g, ' ');
	const compact = bare.replaceAll(' ', '').toUpperCase();
	// One with wrong check digits is still the account that the file is of.
	if (/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(compact)) return compact;
	return belgianIban(bare) ?? (bare === '' ? undefined : bare);
}
