/** Finds in what somebody wrote the references that payments have. */
import { difference, range, sortBy, uniq } from 'lodash';

import { textsAt, valuesBetween, wordingIn } from './references';
import type { Reference, ReferenceIndex, Written } from './references';
import { LOST, spellingsRead } from './spelling';
import { LONG, hasCheckDigits, numbersIn, shortenedNumber, structuredIn } from './structured';
import type { Spelled, Structured } from './structured';
import { YEAR, wordingOf } from './words';
import type { Word, Wording } from './words';

/** What is longer is cut; a bank hands on 140 characters, with all that it adds itself a few hundred. */
const MOST = 4000;
const MOST_NEARLY = 20;

export interface Found<Bearer> {
	/** References that stand there whole. */
	whole: Array<Reference<Bearer>>;
	/** References that may have been meant: cut, glued to other words, or pieces of something else. */
	nearly: Array<Reference<Bearer>>;
	/**
	 * Numbers that may be something else, unless one of the words beside them is the name of who pays: short ones may count
	 * anything, those of four digits in front of a word may be its postcode, those behind a street may be a house.
	 */
	ifNamed: Array<{ reference: Reference<Bearer>; beside: string[] }>;
	/** Of those that are whole: by a number behind another one's that may count what follows, as in "Kamp 61 2 wafels". */
	counted: Set<Reference<Bearer>>;
	/** A number that is written as a reference with check digits and is none. */
	wrong: Structured['wrong'];
	/** A number as a spreadsheet has shortened it. */
	shortened: string | undefined;
	texts: string[];
}

/**
 * `whole`: it stands there. `nearly`: it may, and what is shorter was hardly meant, as in "Kamp 2B". `pieces`: what makes
 * it up need not belong together, as in "zomerkamp 2". `ifNamed`: a number with words beside it that may make it another
 * thing.
 */
type Sureness = 'whole' | 'nearly' | 'pieces' | 'ifNamed';

interface Occurrence<Bearer> {
	reference: Reference<Bearer>;
	written: Written<Bearer>;
	start: number;
	end: number;
	sureness: Sureness;
	mayCount?: boolean;
}

/** Words that say that the number behind them is one of an order. */
const ANNOUNCES =
	/^(?:BESTEL(?:LING|BON|LINGS?NUMMER|NUMMER|LINGS?NR|NR)|BON|BONN(?:UMMER|R)|ORDER(?:NUMMER|NUMBER|NR|NO)?|NR|NUMMER|NUMBER|NUMERO|NO|N|NUM|REF|REFERENTIE|REFERENCE|KENMERK|COMMANDE|CMD|INSCHRIJVING|RESERVATIE|RESERVERING|RESERVATION|ID)$/;

/** Behind a number they make another thing of it: "2B", "2e". */
const ORDINAL = /^(?:[A-Z]|DE|STE|ND|RD|TH|ER|EME|BIS|TER)$/;

/** "9000 Gent", "1234 AB" */
function mayBePostcode({ text }: Word, after: Word | undefined): boolean {
	return text.length === 4 && !YEAR.test(text) && after !== undefined && !after.isNumber && /^\s{1,2}$/.test(after.gap);
}

/** Whether a number of the text is the reference, and not how many persons come or in which year. */
function surenessOf({ words }: Wording, from: number, to: number): Sureness {
	const [first, before, after] = [words[from], words[from - 1], words[to]];
	const isHouse = first.role === 'house' && to - from === 1;
	if ((first.role !== 'own' && to - from === 1 && !isHouse) || after?.gap === '') return 'pieces';
	const isAnnounced = first.gap.includes('#') || (before !== undefined && first.gap.length <= 3 && ANNOUNCES.test(before.text));
	if (isHouse) return 'ifNamed';
	if (isAnnounced || words.length === to - from) return 'whole';
	if (first.gap === '' && before !== undefined) return 'pieces';
	if (to - from > 1) return 'whole';
	if (mayBePostcode(first, after)) return 'ifNamed';
	if (first.text.length > 2) return YEAR.test(first.text) ? 'pieces' : 'whole';
	return 'ifNamed';
}

/** How a number stands in a text; undefined if only pieces of something else make it up. */
function judgeNumber(written: Wording, text: Wording, start: number): Sureness | undefined {
	const end = start + written.compact.length;
	const [from, to] = [text.wordAt[start], text.wordAt[end]];
	if (text.borders[start] === 'joined' || text.borders[end] === 'joined') return undefined;
	// "2026-001" may also be "2026001", but 113 is not 11/3.
	const isSpelledSo = to - from === 1 || written.words.every(({ text: digits }, place) => text.words[from + place]?.text === digits);
	if (!isSpelledSo || (to - from === 1 && text.words[from].role === 'piece')) return undefined;
	return surenessOf(text, from, to);
}

/** So many digits are no number of anything by accident. */
const CLEARLY_GLUED = 7;

/** Whether the text is torn apart where the reference is not, or the other way round. */
function wholeness(written: Wording, hasNumber: boolean, text: Wording, start: number): Sureness {
	const isLong = written.compact.length >= 10 && (hasNumber || text.isGlued);
	const mayBeTorn = isLong || (text.isGlued && hasNumber);
	let sureness: Sureness = 'whole';
	for (let place = 1; place < written.compact.length; place++) {
		const [inReference, inText] = [written.borders[place], text.borders[start + place]];
		if (inReference === 'glued' || inText === 'glued') continue;
		const isSplit = inText !== 'none';
		if (isSplit === (inReference !== 'none')) continue;
		const { isNumber, gap } = written.words[written.wordAt[place]];
		// Numbers that were written as one are still those, but "Lidgeld 20262" is hardly "Lidgeld 2026 2".
		const isClear = text.isGlued || text.words[text.wordAt[start + place]].text.length >= CLEARLY_GLUED;
		if (isNumber && !isSplit) sureness = isClear ? sureness : 'nearly';
		else if (isNumber) return 'pieces';
		else if (!mayBeTorn && !(!isSplit && gap.replaceAll(LOST, '') === '')) return 'pieces';
	}
	return sureness;
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
	const inside = sides[0] === 'joined' ? 'pieces' : wholeness(wording, reference.hasNumber, text, start);
	if (inside !== 'whole') return inside;
	if (sides.includes('none')) {
		const isLong = wording.compact.length >= 10;
		const words = wording.words.filter(({ isNumber }) => !isNumber).length;
		const mayBeGlued = text.isGlued ? isLong || reference.hasNumber : isLong && reference.hasNumber && words > 1;
		if (!mayBeGlued) return 'pieces';
	}
	if (sides[1] === 'joined' && !mayBeJoined) return 'pieces';
	const last = text.words[text.wordAt[end - 1]];
	const [after, next] = text.words.slice(text.wordAt[end], text.wordAt[end] + 2);
	if (!last.isNumber) return 'whole';
	if (['count', 'price'].includes(last.role) && !text.isGlued) return 'pieces';
	return sides[1] === 'glued' && ORDINAL.test(after.text) && next?.gap !== '' ? 'nearly' : 'whole';
}

/** True if the number belongs to a longer beginning that other references have: "Dag kamp 17" is hardly "Kamp 17" or "17". */
function isOfOthers<Bearer>(text: Wording, start: number, end: number, { beginnings, longest }: ReferenceIndex<Bearer>): boolean {
	const number = text.words[text.wordAt[end - 1]];
	if (!number.isNumber) return false;
	for (let place = text.wordAt[start] - 1; place >= 0 && number.start - text.words[place].start <= longest; place--) {
		if (beginnings.has(text.compact.slice(text.words[place].start, number.start))) return true;
	}
	return false;
}

function occurrencesIn<Bearer>(text: Wording, index: ReferenceIndex<Bearer>): Array<Occurrence<Bearer>> {
	const found: Array<Occurrence<Bearer>> = [];
	for (let start = 0; start < text.compact.length; start++) {
		// A number does not begin within a number.
		if (text.borders[start] === 'none' && text.words[text.wordAt[start]].isNumber) continue;
		for (const key of textsAt(index, text.compact, start)) {
			const here = index.texts.get(key)!.flatMap((written) => {
				const end = start + key.length;
				const judged = judge(written, text, start);
				const sureness = judged === 'whole' && isOfOthers(text, start, end, index) ? 'nearly' : judged;
				return sureness ? [{ reference: written.reference, written, start, end, sureness }] : [];
			});
			found.push(...here);
			// Those that follow are shorter.
			if (here.some(({ sureness }) => sureness === 'whole')) break;
		}
	}
	return found;
}

const AND = /^(?:EN|ET|AND|UND|PLUS|OOK|ALSO|AUSSI|NR|NRS|NO|NUMMERS?)$/;
/** "12 t/m 14", "12 tot en met 14" */
const UP_TO = /^(?:T|M|TM|TEM|TOT|MET)$/;
const LONGEST_RANGE = 50;
const LONGEST_LIST = 50;

/** The other references of a list that names what they have in common only once: "Bestelling 12 en 13", "12/13", "12 t/m 14". */
function listedBehind<Bearer>(one: Occurrence<Bearer>, text: Wording, index: ReferenceIndex<Bearer>): Array<Occurrence<Bearer>> {
	const { written, start, end, sureness } = one;
	if (sureness !== 'whole' && (judge(written, text, start, true) !== 'whole' || isOfOthers(text, start, end, index))) return [];
	const last = text.words[text.wordAt[end - 1]];
	const isBare = written.reference.isNumber;
	if (!last.isNumber || last.start < start || (last.start === start && !isBare)) return [];
	const common = text.compact.slice(start, last.start);
	const isJoined = text.borders[end] === 'joined';
	const found: Array<Occurrence<Bearer>> = [];
	let before = Number(last.text);
	let [isLinked, isRange] = [false, false];
	for (let place = text.wordAt[end]; place < text.words.length && found.length < LONGEST_LIST; place++) {
		const word = text.words[place];
		if (word.gap.length > 3 || (isJoined && !word.isJoined)) break;
		if (!isJoined && (AND.test(word.text) || UP_TO.test(word.text))) {
			isLinked = true;
			isRange ||= UP_TO.test(word.text);
			continue;
		}
		isLinked ||= /[,;+&]/.test(word.gap);
		const isAlone = text.words[place + 1]?.gap !== '';
		const known = word.isNumber && isAlone && (isJoined || word.role === 'own') ? index.texts.get(common + word.text) : undefined;
		// All that is joined to the number must be in the list: "12/11/2026" is a date.
		if (!known || (isBare && !isLinked)) return isJoined ? [] : found;
		const number = Number(word.text);
		const between = isRange && number - before <= LONGEST_RANGE ? range(before + 1, number).flatMap((one) => index.texts.get(common + one) ?? []) : [];
		const all = [...between, ...known];
		const after = text.words[place + 1];
		const mayCount = !isJoined && !isLinked && after !== undefined && !after.isNumber && !AND.test(after.text);
		found.push(...all.map((other) => ({ reference: other.reference, written: other, start: word.start, end: word.end, sureness: 'whole' as const, mayCount })));
		before = number;
		[isLinked, isRange] = [false, false];
	}
	return found;
}

/**
 * The occurrences that are not part of a longer one: "Kamp 2 Jan" contains "Kamp 2" as well, but was meant. Where the
 * longer one is only nearly there, neither is sure. A number that is also the reference of something else is that.
 */
function longestOf<Bearer>(occurrences: Array<Occurrence<Bearer>>): Array<Occurrence<Bearer>> {
	const order = ({ sureness, reference }: Occurrence<Bearer>) => (sureness === 'whole' ? 0 : 2) + Number(reference.isNumber);
	const covers: Partial<Record<Sureness, Occurrence<Bearer>>> = {};
	const isCovered = (one: Occurrence<Bearer>, cover: Occurrence<Bearer> | undefined) => {
		const isSame = cover?.start === one.start && cover.end === one.end;
		return cover !== undefined && cover.end >= one.end && (!isSame || order(cover) < order(one));
	};
	return sortBy(occurrences, ['start', ({ end }) => -end, order]).flatMap((one) => {
		if (isCovered(one, covers.whole)) return [];
		const isUnsure = one.sureness === 'whole' && isCovered(one, covers.nearly);
		const { end } = covers[one.sureness] ?? { end: 0 };
		if (!isUnsure && one.end > end) covers[one.sureness] = one;
		return isUnsure ? [{ ...one, sureness: 'nearly' as const }] : [one];
	});
}

/** "Bestelling nr. 12" is "Bestelling 12". */
function withoutNumberSign(spelling: string): string {
	return spelling.replace(/(?<=[\p{L}\d][\s:.-]{1,3})(?:NUMMERS?|NUM|NRS?|NO|N)[\s.°:#]{0,3}(?=\d)/gu, '');
}

/** "Bestellingen 12 en 13" are "Bestelling 12 en 13". */
function withoutPlural(spelling: string): string {
	return spelling.replace(/(?<=\p{L}{4})(?:EN|S)(?=[\s:]{1,3}\d{1,9}\s?(?:[,+&/;]|(?:EN|ET|T.?M|TOT)\b)\s?[\dEM])/gu, '');
}

/** So long a number is not put together from pieces of something else where nothing else is written. */
const SHORTEST_ALONE = 12;

/** Numbers that are references, or are written like one, are no numbers of their own. */
function takeNumbers<Bearer>(text: Wording, structured: Structured, { numbers, lengths }: ReferenceIndex<Bearer>): Array<Reference<Bearer>> {
	const isWritten = ({ from, to }: Spelled) => {
		const digits = text.words.slice(from, to).map((word) => word.text.length);
		return (digits.length === 1 && digits[0] >= LONG) || ['3,4,5', '4,4,4,4'].includes(digits.join());
	};
	const isAll = ({ from, to, reference }: Spelled) => to - from === text.words.length && reference.length >= SHORTEST_ALONE;
	// Without check digits it must not be put together from pieces.
	const known = [...structured.valid, ...numbersIn(text.words, lengths).filter((one) => isWritten(one) || isAll(one) || hasCheckDigits(one.reference))];
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

interface FoundInOne<Bearer> {
	whole: Set<Reference<Bearer>>;
	nearly: Set<Reference<Bearer>>;
	ifNamed: Found<Bearer>['ifNamed'];
	counted: Set<Reference<Bearer>>;
	wrong: Structured['wrong'];
	unsure: Structured['unsure'];
}

function findInOne<Bearer>(spelling: string, index: ReferenceIndex<Bearer>): FoundInOne<Bearer> {
	const wording = wordingOf(spelling);
	const structured = structuredIn(wording);
	const whole = new Set(takeNumbers(wording, structured, index));
	const nearly = new Set<Reference<Bearer>>();
	const occurrences = occurrencesIn(wording, index);
	const listed = occurrences.flatMap((one) => {
		const others = listedBehind(one, wording, index);
		if (others.length > 0) one.sureness = 'whole';
		return others;
	});
	const ifNamed: Found<Bearer>['ifNamed'] = [];
	const counted = new Set<Reference<Bearer>>();
	for (const { reference, sureness, start, end, mayCount } of longestOf([...occurrences, ...listed])) {
		if (sureness === 'ifNamed') {
			const place = wording.wordAt[start];
			const [number, after] = [wording.words[place], wording.words[wording.wordAt[end]]];
			const before = wording.words[place - 1];
			// A street may also be somebody's name, a place hardly.
			const beside = number.role === 'house' ? [before] : mayBePostcode(number, after) ? [after] : [before, after];
			ifNamed.push({ reference, beside: beside.flatMap((word) => word?.text ?? []) });
		} else (sureness === 'whole' ? whole : nearly).add(reference);
		if (mayCount) counted.add(reference);
	}
	return { whole, nearly, ifNamed, counted, wrong: structured.wrong, unsure: structured.unsure };
}

/** Finds references in one spelling of a text; where it says "nr." before a number, as if it did not, too. */
function findInBoth<Bearer>(spelling: string, index: ReferenceIndex<Bearer>): Array<FoundInOne<Bearer>> {
	const found = findInOne(spelling, index);
	const other = withoutNumberSign(spelling);
	if (found.whole.size === 0) {
		const singular = withoutPlural(other);
		if (singular !== other) return [found, findInOne(singular, index)];
	}
	if (other === spelling) return [found];
	const plain = findInOne(other, index);
	// What is part of a longer reference there was not meant.
	const isMeant = (reference: Reference<Bearer>) => withoutNumberSign(reference.spelling) !== reference.spelling || plain.nearly.has(reference);
	return [{ ...found, whole: new Set([...found.whole].filter(isMeant)) }, plain];
}

function findInText<Bearer>(text: string, index: ReferenceIndex<Bearer>): Found<Bearer> {
	const shown = text.slice(0, MOST);
	const number = shortenedNumber(shown);
	const found = spellingsRead(number?.isWhole ? String(number.least) : shown).flatMap((spelling) => findInBoth(spelling, index));
	const [{ wrong }] = found;
	const unknown = uniq(found.flatMap(({ unsure }) => unsure)).slice(0, MOST_NEARLY);
	const mistyped = unknown.flatMap((written) => nextTo(written).flatMap((digits) => index.numbers.get(digits) ?? []));
	const shortened = number && !number.isWhole ? valuesBetween(index, number.least, number.most) : [];
	return {
		whole: uniq(found.flatMap((one) => [...one.whole])),
		ifNamed: found.flatMap((one) => one.ifNamed).slice(0, MOST_NEARLY),
		counted: new Set(found.flatMap((one) => [...one.counted])),
		nearly: uniq([...found.flatMap((one) => [...one.nearly]), ...mistyped, ...shortened]).slice(0, MOST_NEARLY),
		wrong,
		shortened: number && !number.isWhole ? number.shown : undefined,
		texts: [shown],
	};
}

/** @param texts what the payer wrote, and what the bank itself says is a reference, each by itself */
export function findReferences<Bearer>(texts: string[], index: ReferenceIndex<Bearer>): Found<Bearer> {
	const found = texts.map((text) => findInText(text, index));
	const whole = uniq(found.flatMap((one) => one.whole));
	return {
		whole,
		ifNamed: found.flatMap((one) => one.ifNamed),
		counted: new Set(found.flatMap((one) => [...one.counted])),
		nearly: difference(uniq(found.flatMap((one) => one.nearly)), whole),
		wrong: found.find(({ wrong }) => wrong)?.wrong,
		shortened: found.find(({ shortened }) => shortened)?.shortened,
		texts: found.flatMap((one) => one.texts),
	};
}

/** All words of the texts that were searched. */
export function wordsIn<Bearer>({ texts }: Found<Bearer>): Word[] {
	return texts.flatMap(spellingsRead).flatMap((spelling) => wordingOf(spelling).words);
}
