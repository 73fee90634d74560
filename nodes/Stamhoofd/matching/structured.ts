/** References that are numbers: the Belgian structured communication, the Dutch payment reference, the RF reference. */
import { isCardNumber, isDutchReference, isModulo97, isStructuredCommunication } from '../../input/checkDigits';
import type { Word, Wording } from './words';

/** A reference that words of a text spell; `to` is the word behind them. */
export interface Spelled {
	/** Digits only, or an RF reference in capitals. */
	reference: string;
	from: number;
	to: number;
}

/** Numbers shorter than this are not recognized where they are broken up: they could be anything. */
export const LONG = 9;
const LENGTHS = [12, 16];

export function hasCheckDigits(reference: string): boolean {
	return isStructuredCommunication(reference) || isDutchReference(reference) || (reference.startsWith('RF') && isModulo97(reference));
}

/** Numbers of these lengths, whole or broken up by up to three signs; they may overlap: in "12345 710/1720/60345" the reference is not what comes first. */
export function numbersIn(words: Word[], lengths: Iterable<number>): Spelled[] {
	const wanted = new Set(lengths);
	const longest = Math.max(0, ...wanted);
	return words.flatMap((_, from) => {
		const found: Spelled[] = [];
		let reference = '';
		for (let to = from; words[to]?.isNumber && (to === from || words[to].gap.length <= 3); to++) {
			reference += words[to].text;
			if (reference.length > longest) break;
			if (wanted.has(reference.length)) found.push({ reference, from, to: to + 1 });
		}
		return found;
	});
}

/** CODA files put in front of the twelve digits that they are structured (1) and of which type (101 or 102); other fields are filled with zeros. */
function inField(words: Word[]): Spelled[] {
	return words.flatMap(({ text }, from) => {
		const digits = /^(?:1?10[12]|0{1,20})(\d{12})$/.exec(text)?.[1];
		return digits === undefined ? [] : [{ reference: digits, from, to: from + 1 }];
	});
}

/** RF references; in Belgium and the Netherlands the national one may stand in them. */
function internationalIn(words: Word[]): Spelled[] {
	return words.flatMap(({ text }, from) => {
		const found: Spelled[] = [];
		if (text !== 'RF' || (words[from + 1]?.gap.length ?? 2) > 1) return found;
		let reference = '';
		for (let to = from; to < words.length && words[to].gap.length <= 3; to++) {
			reference += words[to].text;
			if (reference.length > 25) break;
			if (reference.length < 5 || !isModulo97(reference)) continue;
			found.push({ reference, from, to: to + 1 });
			if (/^\d+$/.test(reference.slice(4))) found.push({ reference: reference.slice(4), from, to: to + 1 });
		}
		return found;
	});
}

/** All digits of a text that is nothing but a number, without the decimals that a spreadsheet adds: "10806817183.0". */
export function wholeNumber({ words }: Wording): string | undefined {
	if (words.length === 0 || !words.every(({ isNumber }) => isNumber)) return undefined;
	const last = words.at(-1)!;
	const isDecimal = words.length > 1 && /^0{1,2}$/.test(last.text) && /^[.,]$/.test(last.gap);
	return words.slice(0, isDecimal ? -1 : undefined).map(({ text }) => text).join('');
}

/** A spreadsheet that takes a reference for a number drops the zeros in front of it; payers drop them in 10/8068/17183. */
function withLostZeros(wording: Wording): Spelled[] {
	const { words } = wording;
	const whole = wholeNumber(wording) ?? '';
	const padded = whole.length < 12 ? whole.padStart(12, '0') : whole.padStart(16, '0');
	const found = whole.length >= 4 && whole.length !== 12 ? [{ reference: padded, from: 0, to: words.length }] : [];
	words.forEach(({ text, isNumber }, from) => {
		if (isNumber && text.length < 12 && text.length >= LONG) found.push({ reference: text.padStart(12, '0'), from, to: from + 1 });
		const [, two, three] = words.slice(from, from + 3);
		if (!three || text.length > 2 || two.gap !== three.gap || two.gap.length !== 1) return;
		const reference = text.padStart(3, '0') + two.text + three.text;
		if (two.text.length === 4 && three.text.length === 5) found.push({ reference, from, to: from + 3 });
	});
	return found;
}

export interface Structured {
	/** References with right check digits, in the forms that people and banks give them. */
	valid: Spelled[];
	/** One that is written as a reference and is none, and why. */
	wrong?: { reference: string; shown: string; why: string };
	/** What may be a mistyped one: that, and other numbers of the same length. */
	unsure: string[];
}

const shownAs = (digits: string) =>
	digits.length === 12 ? `+++${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7)}+++` : digits;

/** Numbers between +++ or ***, or written as 010/8068/17183: nobody writes anything else like that. */
function marked({ words, tail }: Wording): string | undefined {
	const parted = words.findIndex((one, place) => {
		const [, two, three] = words.slice(place, place + 3);
		return three !== undefined && [one, two, three].map(({ text, isNumber }) => (isNumber ? text.length : 0)).join() === '3,4,5' && two.gap === '/' && three.gap === '/';
	});
	if (parted >= 0) return words.slice(parted, parted + 3).map(({ text }) => text).join('');
	const from = words.findIndex(({ isNumber, gap }) => isNumber && /(?:\+{3}|\*{3})\s?$/.test(gap));
	if (from < 0) return undefined;
	let to = from + 1;
	while (words[to]?.isNumber && words[to].gap.length <= 2) to++;
	const isClosed = /^\s?(?:\+{3}|\*{3})/.test(words[to]?.gap ?? tail);
	const digits = words.slice(from, to).map(({ text }) => text).join('');
	return isClosed && digits.length >= 8 && digits.length <= 16 ? digits : undefined;
}

/** True for digits that may be something else than a mistyped reference: a card, a field of CODA; a telephone, a number that begins with a date. */
function mayBeElse(digits: string): boolean {
	if (digits.length === 16) return isCardNumber(digits) || /^110[0-2]|0$/.test(digits);
	return /^(?:00|20[1-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))/.test(digits);
}

export function structuredIn(wording: Wording): Structured {
	const { words } = wording;
	const spelled = [...numbersIn(words, LENGTHS), ...inField(words), ...internationalIn(words), ...withLostZeros(wording)];
	const valid = spelled.filter(({ reference }) => hasCheckDigits(reference));
	if (valid.length > 0) return { valid, unsure: [] };
	const alike = words.filter(({ isNumber, text }) => isNumber && text.length === LENGTHS[0]).map(({ text }) => text);
	const digits = marked(wording);
	// "1040 2026-11-21" is no reference that is torn apart.
	const isEven = new Set(words.slice(1).map(({ gap }) => gap)).size <= 1;
	const whole = isEven ? wholeNumber(wording) : undefined;
	const wrong = digits ?? (whole !== undefined && LENGTHS.includes(whole.length) && !mayBeElse(whole) ? whole : undefined);
	if (wrong === undefined) return { valid, unsure: alike };
	const why = LENGTHS.includes(wrong.length) ? 'its check digits do not agree' : `it has ${wrong.length} digits instead of 12`;
	return { valid, wrong: { reference: wrong, shown: shownAs(wrong), why }, unsure: [wrong, ...alike] };
}

/** True if the number has check digits, with the zeros that a spreadsheet drops in front of it. */
function isReference(number: number): boolean {
	return [12, 16].some((length) => hasCheckDigits(String(number).padStart(length, '0')));
}

/**
 * What is left of a long number that a spreadsheet has shown as 7.10172E+11, or whose sixteenth digit it has made a 0: the
 * least and the most that it can have been.
 */
export function shortenedNumber(text: string): { shown: string; least: number; most: number; isWhole: boolean } | undefined {
	const bare = text.replace(/["'=\s]/g, '');
	const [sixteen] = /^\d{15}0$/.exec(bare) ?? [];
	if (sixteen && !isDutchReference(sixteen)) return { shown: bare, least: Number(sixteen), most: Number(sixteen) + 9, isWhole: false };
	// 7.10172E+11 that was saved as a number again; no reference has these check digits.
	const [, kept, zeros] = /^(?=\d{11,12}$)(\d{3,8}?)(0{4,9})$/.exec(bare) ?? [];
	const alone = /^(\d)(?:[.,](\d{1,17}))?E\+?(\d{1,3})$/i.exec(bare);
	const parts = alone ?? /(?<![\d.,])(\d)[.,](\d{1,17})E\+(\d{1,3})(?!\d)/i.exec(text);
	if (!parts && !kept) return undefined;
	const [shown, first, decimals = '', exponent] = parts ?? [bare, kept, '', zeros.length];
	const power = Number(exponent) - decimals.length;
	const number = Number(first + decimals);
	if (Number(exponent) > 15 || Number(exponent) < 3) return undefined;
	const whole = Math.floor(number * 10 ** power);
	if (alone && (power <= 0 || isReference(whole))) return { shown, least: whole, most: whole, isWhole: true };
	return { shown, least: (number - 0.5) * 10 ** power, most: (number + 0.5) * 10 ** power, isWhole: false };
}
