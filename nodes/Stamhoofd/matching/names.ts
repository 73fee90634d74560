/** Whether the name that a bank gives for a payer is that of a person or company in Stamhoofd. */
import { LOST, spellingsRead, spellingsWritten } from './spelling';

/** How well a name fits: all of it, or the first names by their first letters only. */
export type Fit = 'whole' | 'initials';

/** Small words in front of a surname, at the end of what comes before it. */
const PARTICLES = /(?:\s(?:van|von|de|den|der|het|ter|ten|te|el|la|le|du|d'|'t|v\.?d\.?))+\s*$/i;
const LEGAL_FORM = /^(?:BV|BVBA|NV|VZW|CV|CVBA|VOF|SRL|SPRL|SA|ASBL|COMMV|GMBH|LTD)$/;
/** Neighbours are also taken together: "VAN DEN BERG" and "VANDENBERG" are one name. */
const MOST_TOGETHER = 4;
const MOST_WORDS = 30;
const MOST_SIGNS = 500;
/** So many of the same surname and initial are looked at; where there are more, a name tells nothing. */
const MOST_ALIKE = 200;

const wordsOf = (spelling: string) => (spelling.match(/\p{L}+/gu) ?? []).slice(0, MOST_WORDS);

/** The words that a bank has as the name of a payer, or that somebody wrote. */
export interface Naming {
	/** Each word, and neighbours taken together. */
	words: Set<string>;
	/** First letters of the words. */
	letters: Set<string>;
}

export function namingOf(text: string): Naming {
	const words = new Set<string>();
	for (const spelling of spellingsRead(text.slice(0, MOST_SIGNS))) {
		const plain = wordsOf(spelling);
		plain.forEach((_, from) => {
			for (let to = from + 1; to <= Math.min(plain.length, from + MOST_TOGETHER); to++) words.add(plain.slice(from, to).join(''));
		});
	}
	return { words, letters: new Set([...words].map(([letter]) => letter)) };
}

/** The words of a name in each way in which a bank may write it, without a legal form. */
function namesWritten(name: string): string[][] {
	return spellingsWritten(name.slice(0, MOST_SIGNS))
		.map((spelling) => wordsOf(spelling.replaceAll(LOST, '').replace(/(?<!\p{L})(\p{L})\.(?=\p{L}\.)/gu, '$1')))
		.map((words) => words.filter((word, place) => place === 0 || !LEGAL_FORM.test(word)))
		.filter((words) => words.length > 0);
}

/** What people leave out of a double name: "Jean-Pierre Lefèvre" is also Jean, "Truus de Vries-Jansen" also de Vries or Jansen. */
function namesShortened(name: string): string[] {
	const [, before, one, other, after] = /^(.*?)(\p{L}{2,40}\.?)\s?-\s?(\p{L}{2,40}.*?)((?:\s.*)?)$/su.exec(name.slice(0, MOST_SIGNS).trim()) ?? [];
	if (one === undefined) return [];
	const firstNames = before.replace(PARTICLES, '');
	return before.trim() === '' ? [`${one}${after}`] : [`${before}${one}`, `${firstNames} ${other}`];
}

/** The words must all be there, in any order; the first letters will do for all but the surname, which is the last. */
function fitOf(name: string[], { words }: Naming): Fit | undefined {
	// For each place the best way to get there; neighbours may be one word.
	const best: Array<Fit | undefined> = ['whole'];
	for (let to = 1; to <= name.length; to++) {
		for (let from = Math.max(0, to - MOST_TOGETHER); from < to; from++) {
			const before = best[from];
			if (before === undefined || best[to] === 'whole') continue;
			if (words.has(name.slice(from, to).join(''))) best[to] = before;
			else if (to < name.length && words.has(name.slice(from, to).map(([letter]) => letter).join(''))) best[to] = 'initials';
		}
	}
	// "Jan" alone may be any Jan.
	return name.length === 1 && best[1] ? 'initials' : best[name.length];
}

const spelled = (names: string[], isPart: boolean) => names.flatMap(namesWritten).map((name) => ({ name, isPart }));

export interface NameIndex<Bearer> {
	/** By the surname, as one word, and the first letter of the name. `isPart`: of a double name only one is left. */
	names: Map<string, Array<{ bearer: Bearer; name: string[]; isPart: boolean }>>;
}

export function indexNames<Bearer>(bearers: Bearer[], namesOf: (bearer: Bearer) => string[]): NameIndex<Bearer> {
	const names: NameIndex<Bearer>['names'] = new Map();
	for (const bearer of bearers) {
		const whole = namesOf(bearer);
		const parts = whole.flatMap(namesShortened);
		for (const { name, isPart } of [...spelled(whole, false), ...spelled(parts, true)]) {
			for (let length = 1; length <= Math.min(name.length, MOST_TOGETHER); length++) {
				const key = `${name[0][0]} ${name.slice(-length).join('')}`;
				const list = names.get(key);
				if (list) list.push({ bearer, name, isPart });
				else names.set(key, [{ bearer, name, isPart }]);
			}
		}
	}
	return { names };
}

/** Whose name it is; those whose whole name fits come before those of whom only the initials do. Undefined if too many are alike. */
export function bearersNamed<Bearer>({ names }: NameIndex<Bearer>, naming: Naming): Map<Bearer, Fit> | undefined {
	const found = new Map<Bearer, Fit>();
	for (const word of naming.words) {
		for (const letter of naming.letters) {
			const alike = names.get(`${letter} ${word}`) ?? [];
			if (alike.length > MOST_ALIKE) return undefined;
			for (const { bearer, name, isPart } of alike) {
				const fit = fitOf(name, naming);
				if (fit && found.get(bearer) !== 'whole') found.set(bearer, isPart ? 'initials' : fit);
			}
		}
	}
	return found;
}
