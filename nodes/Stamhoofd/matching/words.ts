/** Where words and numbers begin and end in what somebody wrote, and which numbers are pieces of something else. */
import { isModulo97 } from '../../input/checkDigits';

/**
 * What there is before a sign of the compact text: nothing (`none`: within a word or a number), nothing but the change
 * from letters to digits (`glued`: a blank is easily left out there), anything else (`gap`), or that within a date, a
 * decimal or the like (`joined`).
 */
export type Border = 'none' | 'glued' | 'gap' | 'joined';

/**
 * `piece`: of a date, a decimal, a telephone or an account number. `price`: "€ 25". `count`: "2 personen", "25%".
 * `house`: "Kerkstraat 12 bus 3", "B-9000". All else is `own`.
 */
export type Role = 'own' | 'price' | 'count' | 'house' | 'piece';

export interface Word {
	/** A run of digits, or one of letters. */
	text: string;
	/** What stands between it and the word before it; nothing in "kamp2". */
	gap: string;
	/** Position in the compact text, and that behind it. */
	start: number;
	end: number;
	isNumber: boolean;
	role: Role;
	/** It and the word before it are pieces of the same thing. */
	isJoined: boolean;
}

export interface Wording {
	/** Letters and digits without anything between them: "BETALINGBESTELLINGWIJNGIN2JAN". */
	compact: string;
	words: Word[];
	/** The borders before each sign of the compact text, and that behind the last. */
	borders: Border[];
	/** The word of each sign; behind the last sign the number of words. */
	wordAt: number[];
	/** What stands behind the last word. */
	tail: string;
	/** The bank left out the blanks. */
	isGlued: boolean;
}

const DAY = /^(?:0?[1-9]|[12]\d|3[01])$/;
const MONTH = /^(?:0?[1-9]|1[0-2])$/;
export const YEAR = /^(?:19|20)\d\d$/;
const SHORT_YEAR = /^(?:19|20)?\d\d$/;
// Not "Jan", who pays more often than January is named.
const MONTH_NAME =
	/^(?:JAN(?:UARI|UARY|VIER)|FEB(?:R|RUARI|RUARY)?|FEVRIER|MAART|MRT|MARCH|MARS|APR(?:IL)?|AVRIL|MEI|MAY|MAI|JUNI?E?|JUIN|JUL(?:I|Y)?|JUILLET|AUG(?:USTUS|UST)?|AOUT|SEPT?(?:EMBER|EMBRE)?|O[CK]T(?:OBER|OBRE)?|NOV(?:EMBER|EMBRE)?|DE[CZ](?:EMBER|EMBRE)?)$/;
const STREET = /(?:STRAAT|STR|LAAN|WEG|PLEIN|DREEF|KAAI|KADE|DIJK|STEEG|SINGEL|GRACHT|STRASSE)$|^(?:RUE|AVENUE|BOULEVARD|CHAUSSEE)$/;
const PHONE = /^(?:TEL|TELEFOON|TELEFOONNUMMER|TELEPHONE|GSM|GSMNR|MOBIEL|MOBILE|PHONE)$/;
const TOTAL = /^(?:BEDRAG|TOTAAL|SOM|PRIJS|MONTANT|TOTAL|AMOUNT)$/;
const COUNTED =
	/^(?:X|MAAL|KEER|STUKS?|PERS(?:OON|ONEN|ONNES?)?|KIND(?:EREN|JES)?|ENFANTS?|VOLW(?:ASSENEN?)?|ADULTES?|TICKETS?|KAART(?:EN|JES)?|PLAATSEN|LEDEN|FLES(?:SEN)?|DOZEN|PORTIES?|DEELNEMERS?|DAGEN|WEKEN|MAANDEN|JAAR|UUR|UREN|U|H|KM|KG|CM)$/;
const EURO = /^EUR(?:OS?)?$/;

const isSpace = (gap: string) => /^\s{1,2}$/.test(gap);
const isLink = (gap: string) => /^[.,/:\\-]$/.test(gap);

/** How many words from here on are a date: 21-11-2026, 2026-11-21, 21 11 2026, 21 november. */
function dateAt(words: Word[], at: number): number {
	const [one, two, three] = words.slice(at, at + 3);
	if (!two || two.gap.length > 2) return 0;
	const isFull = three !== undefined && three.gap.length <= 2;
	if (DAY.test(one.text) && (MONTH_NAME.test(two.text) || (two.text === 'JAN' && isFull && YEAR.test(three.text)))) {
		return isFull && YEAR.test(three.text) ? 3 : 2;
	}
	if (!isFull || two.gap !== three.gap || !(isLink(two.gap) || isSpace(two.gap))) return 0;
	if (!MONTH.test(two.text)) return 0;
	const isYear = (isLink(two.gap) ? SHORT_YEAR : YEAR).test(three.text);
	return (YEAR.test(one.text) && DAY.test(three.text) && isLink(two.gap)) || (DAY.test(one.text) && isYear) ? 3 : 0;
}

/** How many words from here on are a telephone number: 0476 12 34 56, 09/123.45.67, +32 476 12 34 56, also without the zero. */
function phoneAt(words: Word[], at: number): number {
	if (words[at - 1] && words[at].gap.length <= 3 && PHONE.test(words[at - 1].text)) {
		let to = at + 1;
		while (words[to]?.isNumber && words[to].gap.length <= 1) to++;
		return to - at;
	}
	const isPair = (word: Word | undefined) => word !== undefined && word.gap.length === 1 && word.gap === words[at + 1].gap && /^\d\d$/.test(word.text);
	if (/^4\d\d$/.test(words[at].text) && words.slice(at + 1, at + 4).filter(isPair).length === 3) return 4;
	const isAbroad = /(?:^|[^+])\+$/.test(words[at].gap) || words[at].text.startsWith('00');
	if (!isAbroad && !/^0\d{1,3}$/.test(words[at].text)) return 0;
	const [least, most] = isAbroad ? [10, 14] : [9, 10];
	let digits = words[at].text.length;
	let to = at + 1;
	while (words[to]?.isNumber && words[to].gap.length <= 3 && digits + words[to].text.length <= most) digits += words[to++].text.length;
	return digits >= least ? to - at : 0;
}

/** How many words from here on are an account number with its country, or the groups of four digits of a card. */
function accountAt(words: Word[], at: number): number {
	let to = at;
	if (words[at].isNumber) {
		while (words[to]?.text.length === 4 && words[to].isNumber && (to === at || isSpace(words[to].gap))) to++;
		return to - at >= 4 ? to - at : 0;
	}
	if (words[at].text.length !== 2 || words[at + 1]?.gap !== '' || !/^\d\d/.test(words[at + 1].text)) return 0;
	let text = '';
	while (to < words.length && (to === at || words[to].gap.length <= 1) && text.length + words[to].text.length <= 34) {
		text += words[to++].text;
		if (text.length >= 15 && words[to]?.gap !== '' && isModulo97(text)) return to - at;
	}
	return 0;
}

/** No date, time or part of an amount has so many digits. */
const LONG = 5;

/** How many numbers from here on hang together: 1.250,00, 12:30, 2026-0412. A date among them is one by itself. */
function chainAt(words: Word[], at: number): number {
	let to = at + 1;
	// Two long numbers are two: 2026001/2026002.
	const isOfTwo = () => words[to - 1].text.length >= LONG && words[to].text.length >= LONG;
	while (words[to]?.isNumber && isLink(words[to].gap) && !isOfTwo() && dateAt(words, to) === 0) to++;
	return to - at > 1 ? to - at : 0;
}

function isPrice(words: Word[], at: number): boolean {
	const [before, { gap }, after, next] = [words[at - 1], words[at], words[at + 1], words[at + 2]];
	if (/€\s?$/.test(gap) || (before && gap.length <= 2 && (EURO.test(before.text) || TOTAL.test(before.text)))) return true;
	// The sign and the word belong to the number behind them, if there is one.
	if (after && /^\s?€/.test(after.gap)) return !after.isNumber;
	return after !== undefined && after.gap.length <= 2 && EURO.test(after.text) && !next?.isNumber;
}

function roleOf(words: Word[], at: number): Role {
	const [before, { gap }, after, next] = [words[at - 1], words[at], words[at + 1], words[at + 2]];
	if (isPrice(words, at)) return 'price';
	if (after && /^\s?%/.test(after.gap)) return 'count';
	// The X of "2x 412" and of "412 x2" belongs to the 2.
	const isOfBefore = words[at - 2]?.isNumber && before?.gap === '' && gap !== '';
	if (before && gap.length <= 2 && before.text === 'X' && !isOfBefore) return 'count';
	const isOfNext = after?.text === 'X' && next?.isNumber && next.gap === '' && after.gap !== '';
	if (after && after.gap.length <= 2 && COUNTED.test(after.text) && !isOfNext) return 'count';
	if (before && /^(?:BUS|BTE|BOX)$/.test(before.text) && words[at - 2]?.isNumber) return 'house';
	// B-9000
	if (before && gap === '-' && /^(?:BE?|NL|D|F|L)$/.test(before.text) && /^\d{4,5}$/.test(words[at].text)) return 'house';
	return before && gap.length <= 2 && STREET.test(before.text) ? 'house' : 'own';
}

function giveRoles(words: Word[]): void {
	for (let at = 0; at < words.length; ) {
		const { isNumber } = words[at];
		const date = isNumber ? dateAt(words, at) : 0;
		const length = date || (isNumber && phoneAt(words, at)) || accountAt(words, at) || (isNumber && chainAt(words, at)) || 0;
		for (let place = at; place < at + length; place++) {
			words[place].role = 'piece';
			words[place].isJoined = place > at;
		}
		if (length === 0 && isNumber) words[at].role = roleOf(words, at);
		at += length || 1;
	}
}

/** "BETALINGKAMP2JAN 21/11/2026": one piece holds all the letters, and more of them than a word. */
function isGlued(words: Word[]): boolean {
	const lettered = words.filter(({ isNumber }) => !isNumber);
	const [first] = lettered;
	if (first === undefined) return false;
	const [last] = lettered.slice(-1);
	const isOnePiece = words.every(({ start, gap }) => start <= first.start || start > last.start || gap === '');
	return isOnePiece && (lettered.length > 1 || first.text.length >= 20);
}

/** Letters and digits without anything between them. */
export function compactOf(spelling: string): string {
	return spelling.replace(/[^\p{L}\d]+/gu, '');
}

/** @param spelling a text as `spellingsRead` gives it */
export function wordingOf(spelling: string): Wording {
	const words: Word[] = [];
	let compact = '';
	let behind = 0;
	for (const { 0: text, index } of spelling.matchAll(/\d+|\p{L}+/gu)) {
		const [start, end] = [compact.length, compact.length + text.length];
		const gap = spelling.slice(behind, index);
		words.push({ text, gap, start, end, isNumber: /\d/.test(text), role: 'own', isJoined: false });
		compact += text;
		behind = index + text.length;
	}
	const tail = spelling.slice(behind);
	giveRoles(words);
	if (/^\s?(?:€|,-|%)/.test(tail) && words.at(-1)?.role === 'own') words.at(-1)!.role = 'price';
	const borders: Border[] = [];
	const wordAt: number[] = [];
	words.forEach(({ text, gap, isJoined }, place) => {
		for (let sign = 0; sign < text.length; sign++) {
			wordAt.push(place);
			borders.push(sign > 0 ? 'none' : isJoined ? 'joined' : gap === '' ? 'glued' : 'gap');
		}
	});
	borders[0] = 'gap';
	borders[compact.length] = 'gap';
	wordAt.push(words.length);
	return { compact, words, borders, wordAt, tail, isGlued: isGlued(words) };
}
