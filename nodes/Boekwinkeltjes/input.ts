/** What people write in sheets and forms, turned into what the API takes. */
import { round } from 'lodash';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';

/** The API's dates without a zone are Dutch local time (inferred: it serves Dutch shops and says nothing else). */
export const ZONE = 'Europe/Amsterdam';

/** Turns a value into the API's form. Throws InvalidInput with the reason, as the end of "Field: ...". */
export type Reader = (value: unknown) => IDataObject[string];

export interface InputField {
	/** As it stands in the node panel. */
	label: string;
	read: Reader;
	required?: boolean;
}

/** False for what an empty cell or an expression without a result gives. */
export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && String(value).trim() !== '';
}

type Part = [given: IDataObject, fields: Record<string, InputField>];

/**
 * The given values in the API's form, part by part; what is not given is left out.
 * @throws InvalidInput that names every field that is wrong
 */
export function readParts<Name extends string>(parts: Record<Name, Part>): Record<Name, IDataObject> {
	const faults: string[] = [];
	const values = Object.entries<Part>(parts).map(([part, [given, fields]]) => {
		const read: IDataObject = {};
		for (const [name, { label, read: reader, required }] of Object.entries(fields)) {
			try {
				if (isGiven(given[name])) read[name] = reader(given[name]);
				else if (required) faults.push(`${label}: is missing, fill it in`);
			} catch (error) {
				faults.push(`${label}: ${(error as Error).message}`);
			}
		}
		return [part, read];
	});
	if (faults.length > 0) throw new InvalidInput(faults.join('; '));
	return Object.fromEntries(values);
}

/** As `readParts`, for one part. */
export function readInput(given: IDataObject, fields: Record<string, InputField>): IDataObject {
	return readParts({ input: [given, fields] }).input;
}

export function text(value: unknown): string {
	if (typeof value === 'object') throw new InvalidInput('is not a text but a list or an object, choose one value of it');
	return String(value).trim();
}

export function wholeNumber(from = 0, to = Number.MAX_SAFE_INTEGER): (value: unknown) => number {
	return (value) => {
		const written = text(value);
		const number = Number(written);
		if (!/^-?\d+$/.test(written) || number < from || number > to) {
			const range = to === Number.MAX_SAFE_INTEGER ? `from ${from} on` : `from ${from} to ${to}`;
			throw new InvalidInput(`"${written}" is not a whole number ${range}`);
		}
		return number;
	};
}

const PLAIN_AMOUNT = /^-?\d+(?:[.,]\d{1,2})?$/;
const DUTCH_THOUSANDS = /^\d{1,3}(?:\.\d{3})+,\d{2}$/;
const ENGLISH_THOUSANDS = /^\d{1,3}(?:,\d{3})+\.\d{2}$/;
const WITHOUT_CENTS = /^(?:\d+|\d{1,3}(?:\.\d{3})+),[-–—=]{1,2}$/;
const EITHER_WAY = /^\d{1,3}[.,]\d{3}$/;

function euros(value: unknown): number {
	if (typeof value === 'number') return round(value, 2);
	const written = text(value).replace(/€|euro?|\s/gi, '');
	if (PLAIN_AMOUNT.test(written)) return Number(written.replace(',', '.'));
	if (DUTCH_THOUSANDS.test(written)) return Number(written.replaceAll('.', '').replace(',', '.'));
	if (ENGLISH_THOUSANDS.test(written)) return Number(written.replaceAll(',', ''));
	if (WITHOUT_CENTS.test(written)) return Number(written.split(',')[0].replaceAll('.', ''));
	throw new InvalidInput(
		EITHER_WAY.test(written)
			? `"${written}" can be read in two ways, write it with cents, as ${written.replace(/[.,]/, '')},00`
			: `"${text(value)}" is not an amount of money, write it as 10,99`,
	);
}

/** Euros, from a number or as people write them: 10,99 or € 10,99 or 1.234,50 or 10,-. */
export function money(from = 0, to = 99_999): (value: unknown) => number {
	return (value) => {
		const amount = euros(value);
		if (!(amount >= from && amount <= to)) {
			throw new InvalidInput(`${text(value)} is outside what is allowed, ${from} to ${to} euros`);
		}
		return amount;
	};
}

/** Sum of the digits, each times its weight. */
function weighted(digits: string, weight: (position: number) => number): number {
	return [...digits].reduce((sum, digit, position) => sum + (digit === 'X' ? 10 : Number(digit)) * weight(position), 0);
}

function isIsbn10(code: string): boolean {
	return /^\d{9}[\dX]$/.test(code) && weighted(code, (position) => 10 - position) % 11 === 0;
}

function isEan13(code: string): boolean {
	return /^\d{13}$/.test(code) && weighted(code, (position) => (position % 2 === 0 ? 1 : 3)) % 10 === 0;
}

/** Checks an ISBN or EAN in any spelling and gives it as the number that the API keeps; 0 stands for none. */
export function ean(value: unknown): number {
	const written = text(value);
	const code = written.toUpperCase().replace(/^(ISBN|EAN|SBN)(-?1[03])?:?/, '').replace(/[\s.\-\u2010-\u2015]/g, '');
	if (/^0+$/.test(code)) return 0;
	if (!/^(\d{8,9}[\dX]|\d{12,13})$/.test(code)) {
		throw new InvalidInput(
			`"${written}" is not an ISBN or EAN, which has 10 or 13 digits${code.includes('E+') ? ' (make the column of the sheet a text column)' : ''}`,
		);
	}
	// A sheet that keeps the code as a number drops a zero at its front, and a code of before 1970 has one digit less.
	const whole = code.length <= 10 ? code.padStart(10, '0') : code.padStart(13, '0');
	if (!isIsbn10(whole) && !isEan13(whole)) {
		throw new InvalidInput(`"${written}" has a wrong check digit, look for a typing error`);
	}
	if (whole.length === 13) return Number(whole);
	const start = `978${whole.slice(0, 9)}`;
	const sum = weighted(start, (position) => (position % 2 === 0 ? 1 : 3));
	return Number(start + ((10 - (sum % 10)) % 10));
}

const DATE_FORMATS = ['d-M-yyyy', 'd/M/yyyy', 'd.M.yyyy', 'yyyy-M-d', 'yyyy/M/d', 'd MMMM yyyy', 'd MMM yyyy'];
const TIME_FORMATS = ['', ' H:mm', ' H:mm:ss'];
const WEEKDAY = /^(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo)\b[.,]?\s*/;

/** A moment from any of the forms that the API or a Dutch sheet uses, in Dutch time; undefined if it is none. */
export function parseDate(value: unknown): DateTime | undefined {
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone: ZONE });
	const written = String(value ?? '').trim();
	// The API's own forms, and far quicker than trying the others.
	const iso = /^\d{4}-\d\d-\d\d([T ]|$)/.test(written) ? DateTime.fromISO(written.replace(' ', 'T'), { zone: ZONE }) : undefined;
	if (iso?.isValid) return iso;
	const plain = written.toLowerCase().replace(WEEKDAY, '').replace(/(?<=[a-z])\./g, '').replace(/,?\s+/g, ' ');
	for (const locale of ['nl', 'en']) {
		for (const format of DATE_FORMATS.flatMap((date) => TIME_FORMATS.map((time) => date + time))) {
			const date = DateTime.fromFormat(plain, format, { zone: ZONE, locale });
			if (date.isValid) return date;
		}
	}
	return undefined;
}

/** @throws InvalidInput */
export function date(value: unknown): DateTime {
	const parsed = parseDate(value);
	if (!parsed) throw new InvalidInput(`"${text(value)}" is not a date, write it as 31-12-2026`);
	return parsed;
}

/** As the API's samples write a date with a time. */
export function dateAndTime(value: unknown): string {
	return date(value).toFormat('yyyy-MM-dd HH:mm:ss');
}

export function day(value: unknown): string {
	return date(value).toFormat('yyyy-MM-dd');
}

export function email(value: unknown): string {
	const written = text(value);
	if (!/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(written)) {
		throw new InvalidInput(`"${written}" is not an e-mail address, write it as name@example.com`);
	}
	return written;
}

export function webAddress(value: unknown): string {
	const written = text(value);
	if (!/^https?:\/\/[^\s/]+\.[^\s/]+(\/\S*)?$/i.test(written)) {
		throw new InvalidInput(`"${written}" is not a web address, write it as https://example.com/picture.jpg`);
	}
	return written;
}

/** Two letters of a language, as the API has them: NL. */
export function language(value: unknown): string {
	const written = text(value).toUpperCase();
	if (!/^[A-Z]{2}$/.test(written)) {
		throw new InvalidInput(`"${text(value)}" is not a language code of two letters, write it as NL`);
	}
	return written;
}

/** One of the values, however it is capitalised. */
export function oneOf(values: string[]): (value: unknown) => string {
	return (value) => {
		const written = text(value);
		const found = values.find((known) => known.toLowerCase() === written.toLowerCase());
		if (found === undefined) throw new InvalidInput(`"${written}" is not one of ${values.join(', ')}`);
		return found;
	};
}

/** Ids between commas, from such a text or from a list. */
export function idList(value: unknown): string {
	const ids = (Array.isArray(value) ? value.map(String) : text(value).split(',')).map((id) => id.trim());
	if (!ids.every((id) => /^\d+$/.test(id))) {
		throw new InvalidInput(`"${ids.join(',')}" is not a list of IDs, write it as 12,34,56`);
	}
	return ids.join(',');
}
