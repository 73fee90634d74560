/** All references that payments have, so ordered that those in a text are found without going through them. */
import { spellingsWritten } from './spelling';
import { LONG, hasCheckDigits } from './structured';
import { compactOf, wordingOf } from './words';
import type { Wording } from './words';

/** A reference in Stamhoofd, and the payments that have it. */
export interface Reference<Bearer> {
	bearers: Bearer[];
	/** As it is mostly written, in capitals without accents. */
	spelling: string;
	hasNumber: boolean;
	/** Digits only: it is found as a number of its own. */
	isNumber: boolean;
}

/** One way in which a bank may hand on a reference. */
export interface Written<Bearer> {
	reference: Reference<Bearer>;
	spelling: string;
	/** Made when it is first asked for: of most references there is never an occurrence. */
	wording?: Wording;
}

export function wordingIn<Bearer>(written: Written<Bearer>): Wording {
	return (written.wording ??= wordingOf(written.spelling));
}

export interface ReferenceIndex<Bearer> {
	/** Long numbers, most of them with check digits, by their digits. */
	numbers: Map<string, Reference<Bearer>>;
	/** How many digits those have. */
	lengths: Set<number>;
	/** What those are as numbers, smallest first. */
	values: Array<{ value: number; reference: Reference<Bearer> }>;
	/** All other references, by each compact text that may stand for them. */
	texts: Map<string, Array<Written<Bearer>>>;
	/** Those texts in order. */
	sorted: string[];
	/** For each of those the place of the longest other one that it begins with, or -1. */
	prefixes: number[];
	/** Length of the longest of those. */
	longest: number;
	/** The first signs of those, as many as `HEAD`: at most places of a text none begins. */
	heads: Set<string>;
	/** What stands before the number at their end: "KAMP" of "Kamp 2". */
	beginnings: Set<string>;
}

const HEAD = 3;
const HEAD_LENGTHS = [3, 2, 1];

/** The digits or the RF reference if the text is nothing else and not short. */
function longNumberOf(compact: string): string | undefined {
	const isLong = /^\d+$/.test(compact) ? compact.length >= LONG : compact.startsWith('RF') && hasCheckDigits(compact);
	return isLong ? compact : undefined;
}

/** The compact text before the number at the end, if there are both. */
function beginningOf(spelling: string): string | undefined {
	const number = /\d+(?=[^\p{L}\d]*$)/u.exec(spelling);
	return number ? compactOf(spelling.slice(0, number.index)) || undefined : undefined;
}

/** "Kamp 2 1" and "Kamp 21" are not the same, "Kamp 2" and "kamp2" are. */
function identityOf(spelling: string): string {
	return spelling.replace(/(?<=\d)[^\p{L}\d]+(?=\d)/gu, ' ').replace(/[^\p{L}\d ]| (?!\d)|(?<!\d) /gu, '');
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}

/** @param referenceOf the reference as Stamhoofd has it; one without letters and digits is none */
export function indexReferences<Bearer>(bearers: Bearer[], referenceOf: (bearer: Bearer) => string): ReferenceIndex<Bearer> {
	const numbers = new Map<string, Reference<Bearer>>();
	const texts = new Map<string, Array<Written<Bearer>>>();
	const beginnings = new Set<string>();
	const known = new Map<string, Reference<Bearer>>();
	for (const bearer of bearers) {
		const spellings = spellingsWritten(referenceOf(bearer));
		const [spelling] = spellings;
		const compact = compactOf(spelling);
		if (compact === '') continue;
		const number = longNumberOf(compact);
		const identity = number ?? identityOf(spelling);
		const before = known.get(identity);
		if (before) {
			before.bearers.push(bearer);
			continue;
		}
		const reference = { bearers: [bearer], spelling, hasNumber: /\d/.test(compact), isNumber: /^\d+$/.test(compact) };
		known.set(identity, reference);
		if (number !== undefined) numbers.set(number, reference);
		else {
			for (const written of spellings) push(texts, compactOf(written), { reference, spelling: written });
			for (const beginning of spellings.flatMap((written) => beginningOf(written) ?? [])) beginnings.add(beginning);
		}
	}
	const sorted = [...texts.keys()].sort();
	const prefixes: number[] = [];
	sorted.forEach((text, place) => {
		let prefix = place - 1;
		while (prefix >= 0 && !text.startsWith(sorted[prefix])) prefix = prefixes[prefix];
		prefixes.push(prefix);
	});
	return {
		numbers,
		lengths: new Set([...numbers.keys()].map(({ length }) => length)),
		values: [...numbers]
			.map(([digits, reference]) => ({ value: Number(digits), reference }))
			.filter(({ value }) => value > 0)
			.sort((one, other) => one.value - other.value),
		texts,
		sorted,
		prefixes,
		longest: sorted.reduce((most, { length }) => Math.max(most, length), 0),
		heads: new Set(sorted.map((text) => text.slice(0, HEAD))),
		beginnings,
	};
}

/** How many entries at the start of the list hold; all that hold stand before all that do not. */
function countWhile<Entry>(list: Entry[], holds: (entry: Entry) => boolean): number {
	let [low, high] = [0, list.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(list[middle])) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Every text of the index with which `compact` goes on from `start`, longest first: prefixes of the greatest text that is not greater than the rest. */
export function* textsAt<Bearer>({ sorted, prefixes, longest, heads }: ReferenceIndex<Bearer>, compact: string, start: number): Generator<string> {
	if (!HEAD_LENGTHS.some((length) => heads.has(compact.slice(start, start + length)))) return;
	const rest = compact.slice(start, start + longest);
	for (let place = countWhile(sorted, (text) => text <= rest) - 1; place >= 0; place = prefixes[place]) {
		if (rest.startsWith(sorted[place])) yield sorted[place];
	}
}

/** References that are numbers between two values. */
export function valuesBetween<Bearer>({ values }: ReferenceIndex<Bearer>, least: number, most: number): Array<Reference<Bearer>> {
	const from = countWhile(values, ({ value }) => value < least);
	return values.slice(from, countWhile(values, ({ value }) => value <= most)).map(({ reference }) => reference);
}
