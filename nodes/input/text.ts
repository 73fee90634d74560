/** Texts, and codes that have to have a form. */
import { InvalidInput } from '../transport/errors';
import { cellText, field, plainText, quoted } from './field';
import type { FieldOptions } from './field';

interface TextOptions extends FieldOptions<string> {
	/** Most characters. */
	longest?: number;
}

/** Any text, without blanks around it. An array of texts is joined with commas; an object is refused. */
export const text = <const O extends TextOptions>(options: O = {} as O) =>
	field<string, O>('string', (given) => plainText(given, options.longest), options);

/** Text of several lines. */
export const longText = <const O extends TextOptions>(options: O = {} as O) =>
	field<string, O>('string', (given) => plainText(given, options.longest, '\n'), options, { typeOptions: { rows: 4 } });

/** Longest address that mail can be sent to (RFC 5321), and far longer than any code, address or name of a country. */
const LONGEST_CODE = 254;

const DOMAIN_LABEL = /^[\p{L}\p{M}\d_-]{1,63}$/u;

/** @throws InvalidInput if it is no e-mail address */
export function readEmail(given: unknown): string {
	// Mail programs give the name as well: Jan Peeters <jan@example.com>.
	const written = cellText(given, LONGEST_CODE).replace(/^[^<>@]*<([^<>]+)>$/, '$1').replace(/^mailto:/i, '').trim();
	const [local, domain = '', more] = written.split('@');
	const isLocal = /^[^\s<>()[\],;:"\\@]{1,64}$/.test(local) && local.split('.').every((part) => part !== '');
	const labels = domain.split('.');
	const isDomain = labels.length > 1 && labels.every((label) => DOMAIN_LABEL.test(label) && !/^-|-$/.test(label)) && /^(?:\p{L}{2,}|xn--.+)$/iu.test(labels.at(-1)!);
	if (!isLocal || !isDomain || more !== undefined) {
		throw new InvalidInput(`${quoted(written)} is not an e-mail address: write it as name@example.com`);
	}
	return written;
}

export const email = <const O extends FieldOptions<string>>(options: O = {} as O) =>
	field<string, O>('string', readEmail, options, { placeholder: 'e.g. name@example.com' });

/** @throws InvalidInput if it is not an address that begins with http:// or https:// */
export function readWebAddress(given: unknown): string {
	const written = cellText(given, 2000).replace(/^<([^<>]*)>$/, '$1');
	const { protocol = '', hostname = '' } = URL.canParse(written) ? new URL(written) : {};
	if (!/^https?:$/.test(protocol) || !hostname.includes('.') || /\s/.test(written)) {
		throw new InvalidInput(`${quoted(written)} is not a web address: write it as https://example.com/picture.jpg`);
	}
	return written;
}

export const webAddress = <const O extends FieldOptions<string>>(options: O = {} as O) =>
	field<string, O>('string', readWebAddress, options, { placeholder: 'e.g. https://example.com' });

/** What a sheet makes of a code that it takes for a number: 123.0 and 1.2E+11. But 1.000 may be a thousand, and 2E10 a code. */
const FLOAT = /^(?!\d{1,3}[.,]000$)(\d+)[.,]0+$/;
const EXPONENT = /^(\d)(?:[.,](\d{1,20})E\+?|E\+)(\d{1,3})$/i;

/**
 * A code as it was before a sheet damaged it: without ="…", a leading apostrophe or ".0" behind digits. 9.789028241534E+12
 * still has all its digits and is read.
 * @throws InvalidInput if the sheet has rounded digits away
 */
export function readCode(given: unknown): string {
	const whole = cellText(given, LONGEST_CODE);
	const [, first, decimals = '', exponent] = EXPONENT.exec(whole) ?? [];
	if (first !== undefined) {
		if (decimals.length !== Number(exponent)) {
			throw new InvalidInput(
				`${quoted(whole)} has lost digits in the sheet it comes from: make its column a text column and fill in the code again`,
			);
		}
		return first + decimals;
	}
	return whole.replace(FLOAT, '$1');
}

/** A code that is no number, such as a customer's reference. */
export const code = <const O extends FieldOptions<string>>(options: O = {} as O) => field<string, O>('string', readCode, options);

/** A code of digits only, as text, so that no zero and no digit is lost. */
export function readDigits(given: unknown, longest = 18): string {
	const written = readCode(given).replace(/\s/g, '');
	if (!/^\d+$/.test(written) || written.length > longest) {
		throw new InvalidInput(`${quoted(written)} is not a number of digits only: write it as 123456`);
	}
	return written;
}

export const digits = <const O extends FieldOptions<string>>(options: O = {} as O) =>
	field<string, O>('string', (given) => readDigits(given), options);

/** Names of countries nearby in Dutch, English, French and German, and their codes of three letters; without accents. */
const COUNTRIES: Record<string, string> = {
	NL: 'nederland|netherlands|holland|pays bas|niederlande|nld',
	BE: 'belgie|belgium|belgique|belgien|bel',
	DE: 'duitsland|germany|allemagne|deutschland|deu',
	FR: 'frankrijk|france|frankreich|fra',
	LU: 'luxemburg|luxembourg|lux',
	GB: 'verenigd koninkrijk|united kingdom|royaume uni|groot brittannie|great britain|engeland|england|uk|gbr',
	AT: 'oostenrijk|austria|autriche|osterreich|aut',
	CH: 'zwitserland|switzerland|suisse|schweiz|che',
	DK: 'denemarken|denmark|danemark|dnk',
	ES: 'spanje|spain|espagne|spanien|esp',
	IE: 'ierland|ireland|irlande|irland|irl',
	IT: 'italie|italy|italien|ita',
	PL: 'polen|poland|pologne|pol',
	PT: 'portugal|prt',
	US: 'verenigde staten|united states|etats unis|usa',
};
const COUNTRY_CODES = new Map(Object.entries(COUNTRIES).flatMap(([code, names]) => names.split('|').map((name) => [name, code] as const)));

/** Two capitals, whether of a country or not; else what was given. */
function countryCodeOf(written: string): string {
	const name = written.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[\s-]+/g, ' ').replace(/^the /, '');
	return COUNTRY_CODES.get(name) ?? written.toUpperCase();
}

/**
 * Code of two capitals, from the code or the name of a country nearby.
 * @throws InvalidInput
 */
export function readCountry(given: unknown): string {
	const written = cellText(given, LONGEST_CODE);
	const country = countryCodeOf(written);
	if (!/^[A-Z]{2}$/.test(country)) {
		throw new InvalidInput(`${quoted(written)} is not a country code of two letters: write it as NL or BE`);
	}
	return country;
}

export const country = <const O extends FieldOptions<string>>(options: O = {} as O) =>
	field<string, O>('string', readCountry, options, { placeholder: 'e.g. NL', description: 'Two letters, for example NL or BE' });

const LANGUAGES: Record<string, string> = {
	nederlands: 'NL', dutch: 'NL', neerlandais: 'NL', vlaams: 'NL', nld: 'NL', dut: 'NL',
	engels: 'EN', english: 'EN', anglais: 'EN', eng: 'EN',
	frans: 'FR', french: 'FR', francais: 'FR', fra: 'FR', fre: 'FR',
	duits: 'DE', german: 'DE', allemand: 'DE', deutsch: 'DE', deu: 'DE', ger: 'DE',
};

/**
 * Two capitals of a language, from NL, nl or nl_NL, or the name of one that books here are mostly in.
 * @throws InvalidInput
 */
export function readLanguage(given: unknown): string {
	const written = cellText(given, LONGEST_CODE);
	const name = written.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
	if (Object.hasOwn(LANGUAGES, name)) return LANGUAGES[name];
	const [, language] = /^([a-z]{2})(?:[_-][a-z]{2})?$/i.exec(written) ?? [];
	if (language === undefined) {
		throw new InvalidInput(`${quoted(written)} is not a language code of two letters: write it as NL`);
	}
	return language.toUpperCase();
}

export const language = <const O extends FieldOptions<string>>(options: O = {} as O) =>
	field<string, O>('string', readLanguage, options, { placeholder: 'e.g. NL' });

/** Forms of the countries whose postcodes these services know; others pass as they are. */
const POSTCODES: Record<string, { form: RegExp; prefix: RegExp; example: string }> = {
	NL: { form: /^[1-9]\d{3}[A-Z]{2}$/, prefix: /^NL-?/, example: '1000 AA' },
	BE: { form: /^[1-9]\d{3}$/, prefix: /^BE?-?/, example: '1000' },
};

/**
 * A Dutch or Belgian postcode in capitals, without blanks and without the country in front as in B-9000; those of other
 * countries as they are.
 * @param land code of two capitals
 * @throws InvalidInput
 */
export function readPostcode(given: unknown, land = ''): string {
	const written = readCode(given).toUpperCase();
	const compact = written.replace(/\s/g, '');
	const known = Object.hasOwn(POSTCODES, land) ? POSTCODES[land] : undefined;
	if (known === undefined) return /^\d{4}[A-Z]{2}$/.test(compact) ? compact : written;
	const bare = compact.replace(known.prefix, '');
	if (!known.form.test(bare)) {
		throw new InvalidInput(`${quoted(written)} is not a postcode of ${land}: write it as ${known.example}`);
	}
	return bare;
}

/** A postcode in the form of the country that the field `country` beside it names. */
export const postcode = <const O extends FieldOptions<string>>(options: O = {} as O) =>
	field<string, O>('string', (given, { sibling }) => readPostcode(given, landOf(sibling?.('country'))), options, {
		placeholder: 'e.g. 1000 AA',
	});

/** Two capitals; '' for what is none, which the country's own field refuses. */
function landOf(given: unknown): string {
	const known = typeof given === 'string' ? countryCodeOf(given.trim()) : '';
	return /^[A-Z]{2}$/.test(known) ? known : '';
}

/** Beginnings of numbers that were written with a plus: of the Netherlands, Belgium, their neighbours, and Luxembourg. */
const ABROAD = /^(?:31|32|33|44|49|352)\d{8,11}$/;

/**
 * A telephone number as it is written; one that a sheet took for a number gets its zero or its plus back.
 * @param land code of two capitals of the country beside it; '' where nothing says it
 * @throws InvalidInput for what is none
 */
export function readPhone(given: unknown, land = ''): string {
	const written = readCode(given).replace(/^(?:tel|gsm)[.:]{1,2} ?/i, '');
	const digits = written.replace(/\D/g, '');
	if (!/^\+?[\d\s().\/-]+$/.test(written) || digits.length < 6 || digits.length > 15) {
		throw new InvalidInput(`${quoted(written)} is not a telephone number: write it as 06 12345678 or +32 476 12 34 56`);
	}
	if (digits !== written || written.startsWith('0')) return written;
	if (ABROAD.test(digits)) return `+${digits}`;
	const isNational = (digits.length === 9 && ['', 'NL', 'BE'].includes(land)) || (digits.length === 8 && land === 'BE');
	return isNational ? `0${digits}` : written;
}

/** A telephone number, of the country that the field `country` beside it names. */
export const phone = <const O extends FieldOptions<string>>(options: O = {} as O) =>
	field<string, O>('string', (given, { sibling }) => readPhone(given, landOf(sibling?.('country'))), options);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A UUID in small letters.
 * @param example shown in the refusal
 * @throws InvalidInput
 */
export function readUuid(given: unknown, example: string): string {
	const written = cellText(given, LONGEST_CODE).toLowerCase();
	if (!UUID.test(written)) throw new InvalidInput(`${quoted(written)} is not an ID: it looks like ${example}`);
	return written;
}

/** Undefined for what is no list in JSON, as a model may hand one over. */
function listInJson(text: string): unknown[] | undefined {
	if (!/^\[[^]*\]$/.test(text)) return undefined;
	try {
		return JSON.parse(text) as unknown[];
	} catch {
		return undefined;
	}
}

/** Texts from a list, also as JSON, or from one text with commas, semicolons or line ends between them; empty ones are left out. */
export function readList(given: unknown): string[] {
	const text = Array.isArray(given) ? '' : plainText(given);
	const parts = Array.isArray(given) ? given : (listInJson(text) ?? text.split(/[,;\n]/));
	return parts.filter(isListed).map((one) => plainText(one));
}

const isListed = (one: unknown) => one !== null && one !== undefined && String(one).trim() !== '';

/** Several codes or IDs in one field; `read` is applied to each. */
export const list = <const O extends FieldOptions<string[]>>(options: O = {} as O, read: (given: unknown) => string = readCode) =>
	field<string[], O>('string', (given) => readList(given).map(read), options);

/** Several numbers of digits only. */
export const digitList = <const O extends FieldOptions<string[]>>(options: O = {} as O) => list(options, (given) => readDigits(given));
