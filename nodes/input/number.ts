/** Numbers and amounts of money, as people, sheets and banks write them. */
import { InvalidInput } from '../transport/errors';
import { cellText, field, quoted } from './field';
import type { FieldOptions } from './field';
import { readCode } from './text';

interface RangeOptions extends FieldOptions<number> {
	/** Smallest and largest value that is accepted; for money in euros. */
	from?: number;
	to?: number;
}

function inRange(value: number, written: unknown, { from = -Infinity, to = Infinity }: RangeOptions, unit = ''): number {
	if (value >= from && value <= to) return value;
	const range = to === Infinity ? `${from}${unit} or more` : `from ${from} to ${to}${unit}`;
	throw new InvalidInput(`${quoted(written)} is outside what is allowed: write a value of ${range}`);
}

/** True for 1.234 and 1,234, which may be more than a thousand or have three decimals; not for 0.234 and 1234.567. */
const isTwoWay = (written: string) => /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(written);

/** @throws InvalidInput */
export function readWholeNumber(given: unknown, range: RangeOptions = {}): number {
	const written = readCode(given);
	if (isTwoWay(written)) throw new InvalidInput(`${quoted(written)} can be read in two ways: write it without a dot or comma, as ${written.replace(/[.,]/, '')}`);
	const value = Number(written);
	if (!/^[+-]?\d{1,16}$/.test(written) || !Number.isSafeInteger(value)) {
		throw new InvalidInput(`${quoted(given)} is not a whole number: write it as 12`);
	}
	return inRange(value, written, range);
}

/** A whole number; 0 or more, unless `from` says otherwise. */
export const wholeNumber = <const O extends RangeOptions>(options: O = {} as O) => {
	const { from = 0, to, ...shown } = options as RangeOptions;
	return field<number, O>('number', (given) => readWholeNumber(given, { from, to }), shown as O, {
		typeOptions: { minValue: from, ...(to === undefined ? {} : { maxValue: to }) },
		default: 0,
	});
};

/**
 * @throws InvalidInput for text that is no number, or can be read in two ways, such as 1.250 where a thousand is possible
 */
export function readDecimal(given: unknown, range: RangeOptions = {}): number {
	if (typeof given === 'number' && Math.abs(given) < 1e12) return inRange(given, given, range);
	const written = cellText(given, 40).replace(/ ?%$/, '');
	if (!/^[+-]?(?:\d{1,12}(?:[.,]\d{0,20})?|[.,]\d{1,20})$/.test(written)) throw new InvalidInput(`${quoted(given)} is not a number: write it as 5,5`);
	const value = Number(written.replace(',', '.'));
	const { from = -Infinity, to = Infinity } = range;
	if (isTwoWay(written) && value * 1000 >= from && value * 1000 <= to) {
		throw new InvalidInput(`${quoted(written)} can be read in two ways: write it as ${value * 1000} or ${String(value).replace('.', ',')}`);
	}
	return inRange(value, written, range);
}

/** A number with a decimal comma or point, or a percentage; 0 or more, unless `from` says otherwise. */
export const decimal = <const O extends RangeOptions>(options: O = {} as O) => {
	const { from = 0, to, ...shown } = options as RangeOptions;
	return field<number, O>('string', (given) => readDecimal(given, { from, to }), shown as O, { placeholder: 'e.g. 5,5' });
};

/** Of an amount: what stands around the figures and says no more than that it is one. */
const CURRENCY = /€|\beuros?\b|\beur\b\.?(?!\d)|eur(?=[\d\s.,+-])|(?<=[\d\s.,+-])eur(?:os?)?/gi;
const BLANKS = /[\s\u00a0\u2007\u2009\u202f]+/g;
const DASHES = /[−–—]/g;
const LONGEST_AMOUNT = 40;

interface Written {
	whole: string;
	fraction: string;
}

/** Whole part and decimals of figures with at most one kind of separator for thousands and one for decimals. */
function partsOf(figures: string): Written | undefined {
	const separators = figures.replace(/\d/g, '');
	const last = figures.search(/[.,](?=\d*$)/);
	const [mark] = last < 0 ? [''] : [figures[last]];
	const others = separators.slice(0, -1);
	// The last dot or comma is the decimal sign, if it is the only one of its kind and nothing but groups of three stand before it.
	const isDecimal = mark !== '' && !others.includes(mark);
	const whole = isDecimal ? figures.slice(0, last) : figures;
	const fraction = isDecimal ? figures.slice(last + 1) : '';
	const groups = whole.split(/[.,' ’]/);
	const kinds = new Set(whole.replace(/\d/g, ''));
	if (kinds.size > 1 || (groups.length > 1 && groups[0].startsWith('0'))) return undefined;
	if (groups.length > 1 && (groups[0].length > 3 || groups[0] === '' || groups.slice(1).some((group) => group.length !== 3))) return undefined;
	return { whole: groups.join(''), fraction };
}

/**
 * Cents from an amount in euros as people and banks write it: 25 · 25, · 25,- · 25,00 · € 25 · 25,00 euro · 1.234,56 ·
 * 1'234.50 · 1 234,50 · .95 · 25,00- · D25,00 and 25,00 D (money that went out) · C25,00 · decimals beyond cents if they are zero.
 * @throws InvalidInput for text that is no amount, is finer than a cent, or can be read in two ways, such as 1.234
 */
export function readCents(given: unknown): number {
	if (typeof given === 'number') {
		const cents = Math.round(given * 100);
		if (!Number.isSafeInteger(cents)) throw new InvalidInput(`${quoted(given)} is not an amount of money: write it as 25,00`);
		if (Math.abs(given * 100 - cents) > Math.max(0.0001, Math.abs(cents) * 1e-12)) {
			throw new InvalidInput(`${quoted(given)} is finer than a cent: round it, for example to ${(cents / 100).toFixed(2)}`);
		}
		return cents;
	}
	const text = cellText(given, LONGEST_AMOUNT);
	const bare = text.replace(CURRENCY, ' ').replace(DASHES, '-').replace(BLANKS, ' ').trim();
	// "25,-" has no cents, and what stands before it are whole euros.
	const isWhole = /[.,](?:-{1,2}|=)$/.test(bare);
	const amount = isWhole ? bare.replace(/[.,][-=]{1,2}$/, '') : bare;
	const [, before = '', unsigned = '', after = ''] = /^([+-] ?|[CD] ?)?([\d.,'’ ]+?)( ?[+-]| ?[CD])?$/i.exec(amount) ?? [];
	const signs = [before, after].map((sign) => sign.trim().toUpperCase()).filter(Boolean);
	const figures = unsigned.trim();
	const parts = /\d/.test(figures) && signs.length <= 1 ? partsOf(isWhole ? `${figures},` : figures) : undefined;
	if (!parts) throw new InvalidInput(`${quoted(text)} is not an amount of money: write it as 25,00`);
	const { whole, fraction } = parts;
	if (!isWhole && isTwoWay(figures)) {
		throw new InvalidInput(`${quoted(text)} can be read in two ways: write it with two decimals, as ${figures.replace(/[.,]/, '')},00`);
	}
	const ofEuro = Number(`0.${fraction || '0'}`) * 100;
	// A machine that calculates gives 59.970000000000006.
	if (Math.abs(ofEuro - Math.round(ofEuro)) > 0.000_001) {
		throw new InvalidInput(`${quoted(text)} is finer than a cent: round it to two decimals`);
	}
	const cents = Number(whole || '0') * 100 + Math.round(ofEuro);
	if (!Number.isSafeInteger(cents)) throw new InvalidInput(`${quoted(text)} is too large an amount`);
	return signs.some((sign) => sign === '-' || sign === 'D') ? -cents || 0 : cents;
}

/** An amount in euros, whose cents are exact, as a number: 25.5. Not negative, unless `from` says otherwise. */
export const euro = <const O extends RangeOptions>(options: O = {} as O) => {
	const { from = 0, to = 99_999_999, ...shown } = options as RangeOptions;
	return field<number, O>('string', (given) => inRange(readCents(given) / 100, given, { from, to }, ' euros'), shown as O, {
		placeholder: 'e.g. 25,00',
	});
};

/** The same in whole cents, and negative for money that went out. */
export const cents = <const O extends FieldOptions<number>>(options: O = {} as O) =>
	field<number, O>('string', readCents, options, { placeholder: 'e.g. 25,00' });
