/** Finds in what somebody wrote the references that payments have. */
import { sortBy, uniq } from 'lodash';

import { textsAt, valuesBetween, wordingIn } from './references';
import type { Reference, ReferenceIndex, Written } from './references';
import { LOST, spellingsRead } from './spelling';
import { hasCheckDigits, numbersIn, shortenedNumber, structuredIn } from './structured';
import type { Spelled, Structured } from './structured';
import { YEAR, wordingOf } from './words';
import type { Wording } from './words';

/** What is longer is cut; a bank hands on 140 characters, with all that it adds itself a few hundred. */
const MOST = 4000;
const MOST_NEARLY = 20;

export interface Found<Bearer> {
	/** References that stand there whole. */
	whole: Array<Reference<Bearer>>;
	/** References that may have been meant: cut, glued to other words, or pieces of something else. */
	nearly: Array<Reference<Bearer>>;
	/** A number that is written as a reference with check digits and is none. */
	wrong?: Structured['wrong'];
	/** A number as a spreadsheet has shortened it. */
	shortened?: string;
	wordings: Wording[];
}

type Sureness = 'whole' | 'nearly';

interface Occurrence<Bearer> {
	reference: Reference<Bearer>;
	written: Written<Bearer>;
	start: number;
	end: number;
	sureness: Sureness;
}

/** Words that say that the number behind them is one of an order. */
const ANNOUNCES =
	/^(?:BESTEL(?:LING|BON|LINGS?NUMMER|NUMMER|LINGS?NR|NR)|BON|BONN(?:UMMER|R)|ORDER(?:NUMMER|NUMBER|NR|NO)?|NR|NUMMER|NUMBER|NUMERO|NO|N|NUM|REF|REFERENTIE|REFERENCE|KENMERK|COMMANDE|CMD|INSCHRIJVING|RESERVATIE|RESERVERING|RESERVATION|ID)$/;

/** Behind a number they make another thing of it: "2B", "2e". */
const ORDINAL = /^(?:[A-Z]|DE|STE|ND|RD|TH|ER|EME|BIS|TER)$/;

/** True if a number of the text is the reference, and not how many persons come or in which year. */
function isNumberOfItsOwn({ words }: Wording, from: number, to: number): boolean {
	const [first, before, after] = [words[from], words[from - 1], words[to]];
	if (first.role !== 'own' && to - from === 1) return false;
	if (after?.gap === '') return false;
	const isAnnounced = first.gap.includes('#') || (before !== undefined && first.gap.length <= 3 && ANNOUNCES.test(before.text));
	if (isAnnounced || words.length === to - from) return true;
	if (first.gap === '' && before !== undefined) return false;
	const { text } = first;
	if (to - from > 1) return true;
	if (text.length > 2) return !YEAR.test(text);
	// A short number may count anything: it is the reference only in front of a name or behind it.
	const others = words.filter(({ isNumber, role }) => isNumber && role === 'own');
	return text.length === 2 && others.length === 1 && (before === undefined || after === undefined);
}

/** How a number stands in a text; undefined if only pieces of something else make it up. */
function judgeNumber(written: Wording, text: Wording, start: number): Sureness | undefined {
	const end = start + written.compact.length;
	const [from, to] = [text.wordAt[start], text.wordAt[end]];
	if (text.borders[start] === 'joined' || text.borders[end] === 'joined') return undefined;
	const isSpelledSo = written.words.every(({ text: digits }, place) => text.words[from + place]?.text === digits);
	if (!isSpelledSo || (to - from === 1 && text.words[from].role === 'piece')) return undefined;
	return isNumberOfItsOwn(text, from, to) ? 'whole' : 'nearly';
}

/** True if the text is torn apart where the reference is not, or the other way round. */
function isTorn(written: Wording, hasNumber: boolean, text: Wording, start: number): boolean {
	const isLong = written.compact.length >= 10 && (hasNumber || text.isGlued);
	const mayBeTorn = isLong || (text.isGlued && hasNumber);
	for (let place = 1; place < written.compact.length; place++) {
		const [inReference, inText] = [written.borders[place], text.borders[start + place]];
		if (inReference === 'glued' || inText === 'glued' || inReference === inText) continue;
		const { isNumber, gap } = written.words[written.wordAt[place]];
		const isSplit = inText !== 'none';
		if (isSplit === (inReference !== 'none')) continue;
		const isNumberTorn = isNumber && (isSplit || !text.isGlued);
		const isLost = !isSplit && gap.replaceAll(LOST, '') === '';
		if (isNumberTorn || !(mayBeTorn || isLost)) return true;
	}
	return false;
}

/**
 * How a reference stands in a text; undefined if a number of it goes on there: 2 is not in 21.
 * @param mayBeJoined its last number may be a piece of something, such as of "12/13"
 */
function judge<Bearer>(written: Written<Bearer>, text: Wording, start: number, mayBeJoined = false): Sureness | undefined {
	const { reference } = written;
	const wording = wordingIn(written);
	const end = start + wording.compact.length;
	const isDigit = (place: number) => /\d/.test(text.compact[place] ?? '');
	const sides = [start, end].map((place) => text.borders[place]);
	if ([start, end].some((place, side) => sides[side] === 'none' && isDigit(place))) return undefined;
	if (reference.isNumber) return judgeNumber(wording, text, start);
	if (wording.compact.length < 3) return start === 0 && end === text.compact.length ? 'whole' : undefined;
	if (sides[0] === 'joined' || (sides[1] === 'joined' && !mayBeJoined) || isTorn(wording, reference.hasNumber, text, start)) return 'nearly';
	if (sides.includes('none')) {
		const isLong = wording.compact.length >= 10;
		const words = wording.words.filter(({ isNumber }) => !isNumber).length;
		const mayBeGlued = text.isGlued ? isLong || reference.hasNumber : isLong && reference.hasNumber && words > 1;
		if (!mayBeGlued) return 'nearly';
	}
	const [last, after, next] = text.words.slice(text.wordAt[end] - 1, text.wordAt[end] + 2);
	if (!last.isNumber || text.isGlued) return 'whole';
	if (last.role === 'counting') return 'nearly';
	return sides[1] === 'glued' && ORDINAL.test(after.text) && next?.gap !== '' ? 'nearly' : 'whole';
}

function occurrencesIn<Bearer>(text: Wording, index: ReferenceIndex<Bearer>): Array<Occurrence<Bearer>> {
	const found: Array<Occurrence<Bearer>> = [];
	for (let start = 0; start < text.compact.length; start++) {
		// A number does not begin within a number.
		if (text.borders[start] === 'none' && text.words[text.wordAt[start]].isNumber) continue;
		for (const key of textsAt(index, text.compact, start)) {
			const here = index.texts.get(key)!.flatMap((written) => {
				const sureness = judge(written, text, start);
				return sureness ? [{ reference: written.reference, written, start, end: start + key.length, sureness }] : [];
			});
			found.push(...here);
			// Those that follow are shorter.
			if (here.some(({ sureness }) => sureness === 'whole')) break;
		}
	}
	return found;
}

const AND = /^(?:EN|ET|AND|UND|PLUS|OOK|ALSO|AUSSI|NR|NO|NUMMER)$/;

/** The other references of a list that names what they have in common only once: "Bestelling 12 en 13", "12/13". */
function listedBehind<Bearer>(one: Occurrence<Bearer>, text: Wording, index: ReferenceIndex<Bearer>): Array<Occurrence<Bearer>> {
	const { written, start, end, sureness } = one;
	if (sureness === 'nearly' && judge(written, text, start, true) !== 'whole') return [];
	const last = text.words[text.wordAt[end] - 1];
	if (!last.isNumber || last.start <= start) return [];
	const common = text.compact.slice(start, last.start);
	const isJoined = text.borders[end] === 'joined';
	const found: Array<Occurrence<Bearer>> = [];
	for (let place = text.wordAt[end]; place < text.words.length; place++) {
		const word = text.words[place];
		if (word.gap.length > 3 || (isJoined && !word.isJoined)) break;
		if (!isJoined && AND.test(word.text)) continue;
		const known = word.isNumber && (isJoined || word.role === 'own') ? index.texts.get(common + word.text) : undefined;
		// All that is joined to the number must be in the list: "12/11/2026" is a date.
		if (!known) return isJoined ? [] : found;
		found.push(...known.map((other) => ({ reference: other.reference, written: other, start: word.start, end: word.end, sureness: 'whole' as const })));
	}
	return found;
}

/**
 * The occurrences that are not part of a longer one: "Kamp 2 Jan" contains "Kamp 2" as well, but was meant. A number that
 * is also the reference of something else is that.
 */
function longestOf<Bearer>(occurrences: Array<Occurrence<Bearer>>): Array<Occurrence<Bearer>> {
	const isLess = ({ sureness, reference }: Occurrence<Bearer>) => Number(sureness === 'nearly') * 2 + Number(reference.isNumber);
	const inOrder = sortBy(occurrences, ['start', ({ end }) => -end, isLess]);
	let cover: Occurrence<Bearer> | undefined;
	return inOrder.filter((one) => {
		const isSame = cover?.start === one.start && cover.end === one.end;
		if (cover && cover.end >= one.end && (!isSame || isLess(cover) < isLess(one))) return false;
		if (one.sureness === 'whole') cover = one;
		return true;
	});
}

/** "Bestelling nr. 12" is "Bestelling 12". */
function withoutNumberSign(spelling: string): string {
	return spelling.replace(/(?<=\p{L}{3}[\s:.-]{1,3})(?:NUMMER|NUM|NR|NO|N)[\s.°:#]{0,3}(?=\d)/gu, '');
}

/** Numbers that are references, or are written like one, are no numbers of their own. */
function takeNumbers<Bearer>(text: Wording, structured: Structured, { numbers, lengths }: ReferenceIndex<Bearer>): Array<Reference<Bearer>> {
	const isWritten = ({ from, to }: Spelled) =>
		to - from === 1 || ['3,4,5', '4,4,4,4'].includes(text.words.slice(from, to).map((word) => word.text.length).join());
	// Without check digits it must not be put together from pieces.
	const known = [...structured.valid, ...numbersIn(text.words, lengths).filter((one) => isWritten(one) || hasCheckDigits(one.reference))];
	for (const spelled of known) {
		if (!numbers.has(spelled.reference) && !isWritten(spelled)) continue;
		for (const word of text.words.slice(spelled.from, spelled.to)) word.role = 'piece';
	}
	return known.flatMap(({ reference }) => numbers.get(reference) ?? []);
}

/** Numbers that differ in one digit, or in the order of two. */
function nextTo(digits: string): string[] {
	return [...digits].flatMap((digit, place) => {
		const [before, after] = [digits.slice(0, place), digits.slice(place + 1)];
		const others = [...'0123456789'].filter((other) => other !== digit).map((other) => before + other + after);
		return place === 0 ? others : [...others, digits.slice(0, place - 1) + digit + digits[place - 1] + after];
	});
}

export function findReferences<Bearer>(text: string, index: ReferenceIndex<Bearer>): Found<Bearer> {
	const shown = text.slice(0, MOST);
	const number = shortenedNumber(shown);
	const read = number?.isWhole ? String(number.least) : shown;
	const wordings = uniq(spellingsRead(read).flatMap((spelling) => [spelling, withoutNumberSign(spelling)])).map(wordingOf);
	const whole = new Set<Reference<Bearer>>();
	const nearly = new Set<Reference<Bearer>>();
	const contained = new Set<Reference<Bearer>>();
	let wrong: Structured['wrong'];
	for (const wording of wordings) {
		const structured = structuredIn(wording);
		wrong = structured.wrong;
		for (const reference of takeNumbers(wording, structured, index)) whole.add(reference);
		const occurrences = occurrencesIn(wording, index);
		const listed = occurrences.flatMap((one) => {
			const others = listedBehind(one, wording, index);
			if (others.length > 0) one.sureness = 'whole';
			return others;
		});
		const all = [...occurrences, ...listed];
		const longest = longestOf(all);
		for (const { reference, sureness } of longest) (sureness === 'whole' ? whole : nearly).add(reference);
		const left = new Set(longest.map(({ reference }) => reference));
		for (const { reference } of all) if (!left.has(reference)) contained.add(reference);
	}
	for (const reference of contained) whole.delete(reference);
	if (wrong) for (const digits of nextTo(wrong.reference)) if (index.numbers.has(digits)) nearly.add(index.numbers.get(digits)!);
	if (number && !number.isWhole) for (const reference of valuesBetween(index, number.least, number.most)) nearly.add(reference);
	return {
		whole: [...whole],
		nearly: [...nearly].filter((reference) => !whole.has(reference)).slice(0, MOST_NEARLY),
		...(wrong && { wrong }),
		...(number && !number.isWhole && { shortened: shown.trim() }),
		wordings,
	};
}
