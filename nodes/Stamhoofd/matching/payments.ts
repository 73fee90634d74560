/** The payments that lines of a statement may pay, found by reference, name, amount or number. */
import { difference, partition, uniq } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { namesOf } from '../simplify';
import { wordsIn } from './find';
import type { Found } from './find';
import type { StatementLine } from './line';
import { bearersNamed, indexNames, namingOf } from './names';
import type { Fit, NameIndex } from './names';
import { indexReferences } from './references';
import type { Reference, ReferenceIndex } from './references';
import { spellingsRead } from './spelling';
import { isNearly } from './typos';
import { wordingOf } from './words';

/** Where more payments than these, or words of a line, are alike, they tell nothing. */
const MOST_ALIKE = 50;
const MOST_WORDS = 40;
/** What a reference has behind this is not looked at; Stamhoofd's are far shorter. */
const MOST_SIGNS = 300;

/** A payment that money is, was or will be awaited for. */
export interface Due {
	payment: IDataObject;
	cents: number;
	state: 'open' | 'paid' | 'failed';
	/** Everybody has the same reference. */
	isFixed: boolean;
	/** The line that pays it. */
	paidBy?: StatementLine;
}

/** A line and what was found in it. */
export interface Read {
	line: StatementLine;
	found: Found<Due>;
}

/** All payments, and the ways to find them. What is there only once it has been asked for may be left out. */
export interface Payments {
	references: ReferenceIndex<Due>;
	byId: Map<unknown, Due>;
	/** Open ones by their amount. */
	open: Map<number, Due[]>;
	/** Those by the names on them. */
	openNames: Map<number, NameIndex<Due>>;
	/** Those by their amount and the last number in their reference. */
	openNumbers?: Map<string, Due[]>;
	/** The names under a reference, by amount. */
	named: Map<Reference<Due>, Map<number, NameIndex<Due>>>;
}

const STATES: Record<string, Due['state']> = { Created: 'open', Pending: 'open', Succeeded: 'paid' };

function dueOf(payment: IDataObject, cents: number): Due {
	const { type } = (payment.transferSettings ?? {}) as { type?: unknown };
	return { payment, cents, state: STATES[payment.status as string] ?? 'failed', isFixed: type === 'Fixed' };
}

const referenceOf = ({ payment }: Due) => String(payment.transferDescription ?? '').slice(0, MOST_SIGNS);
const namesIn = ({ payment }: Due) => namesOf(payment);

export const isFree = ({ state, paidBy }: Due) => state === 'open' && paidBy === undefined;

function listsBy<Key>(dues: Due[], keyOf: (due: Due) => Key): Map<Key, Due[]> {
	const lists = new Map<Key, Due[]>();
	for (const due of dues) {
		const key = keyOf(due);
		const list = lists.get(key);
		if (list) list.push(due);
		else lists.set(key, [due]);
	}
	return lists;
}

/** Refunds are left out: they bear the communication of what they give back. */
export function indexPayments(records: IDataObject[], centsOf: (payment: IDataObject) => number): Payments {
	const dues = records.map((payment) => dueOf(payment, centsOf(payment))).filter(({ cents }) => cents > 0);
	return {
		references: indexReferences(dues, referenceOf),
		byId: new Map(dues.map((due) => [due.payment.id, due])),
		open: listsBy(dues.filter(isFree), ({ cents }) => cents),
		openNames: new Map(),
		named: new Map(),
	};
}

function madeOnce<Key, Value>(values: Map<Key, Value>, key: Key, make: () => Value): Value {
	const value = values.get(key) ?? make();
	values.set(key, value);
	return value;
}

/**
 * Those of the payments under a reference that the payer's name or the text speaks for; none where too many are alike.
 * @param cents what the payments have in common; 0 for all of the reference
 */
export function named(dues: Due[], cents: number, reference: Reference<Due>, line: StatementLine, { named: lists }: Payments): Due[] {
	const index = madeOnce(madeOnce(lists, reference, () => new Map<number, NameIndex<Due>>()), cents, () => indexNames(dues, namesIn));
	const byPayer = bearersNamed(index, namingOf(line.name ?? ''));
	const byText = bearersNamed(index, namingOf(line.communication));
	if (!byPayer || !byText) return [];
	const wholly = (fits: Map<Due, Fit>) => [...fits].filter(([, fit]) => fit === 'whole').map(([due]) => due);
	const payers = wholly(byPayer);
	return uniq([...(payers.length > 0 ? payers : byPayer.keys()), ...wholly(byText)]);
}

/** What was found, with the short numbers that stand beside the name of who pays. */
export function withNamed(found: Found<Due>, { name }: StatementLine): Found<Due> {
	if (found.ifNamed.length === 0) return found;
	const payer = namingOf(name ?? '').words;
	const isNamed = ({ reference, beside }: Found<Due>['ifNamed'][number]) => {
		const names = namingOf(reference.bearers.slice(0, MOST_ALIKE).flatMap(namesIn).join(' ')).words;
		return beside.some((word) => word.length > 1 && (payer.has(word) || names.has(word)));
	};
	const [meant, others] = partition(found.ifNamed, isNamed).map((some) => some.map(({ reference }) => reference));
	const whole = uniq([...found.whole, ...meant]);
	return { ...found, whole, nearly: difference(uniq([...found.nearly, ...others]), whole) };
}

/** Words that may stand beside names where one transfer is for several people. */
const BESIDE_NAMES = /^(?:EN|ET|AND|UND|VOOR|POUR|VAN|DE|DU|VIR|BETALING|KIND(?:EREN)?|ENFANTS?|LID(?:GELD)?|LEDEN|INSCHRIJVING(?:EN)?)$/;

/** True if what was written names all these people and nobody else. */
export function namesAll(dues: Due[], reference: Reference<Due>, { line, found }: Read): boolean {
	const known = namingOf([...dues.flatMap(namesIn), reference.spelling].join(' ')).words;
	const byText = bearersNamed(indexNames(dues, namesIn), namingOf(line.communication));
	return (
		dues.every((due) => byText?.get(due) === 'whole') &&
		wordsIn(found).every(({ text, isNumber }) => isNumber || known.has(text) || BESIDE_NAMES.test(text))
	);
}

/** True if neither the payer nor the text has anything in common with the names on the payment. */
export function isSomebodyElses(due: Due, line: StatementLine): boolean {
	const names = namesIn(due);
	if (!line.name || names.length === 0) return false;
	const { words } = namingOf(`${line.name} ${line.communication}`);
	return ![...namingOf(names.join(' ')).words].some((word) => word.length > 2 && words.has(word));
}

/** Open payments of the amount and the name of a line. */
export function openNamed({ cents, name }: StatementLine, { open, openNames }: Payments): Due[] {
	const dues = open.get(cents!);
	if (!dues || !name) return [];
	const fits = bearersNamed(madeOnce(openNames, cents!, () => indexNames(dues, namesIn)), namingOf(name));
	return [...(fits?.keys() ?? [])].filter(isFree);
}

/** Open payments of the amount of a line whose reference has a number that is in the line, and a word that nearly is. */
export function openAlike({ line, found }: Read, payments: Payments): Due[] {
	const plain = (number = '') => number.replace(/^0+(?=\d)/, '');
	const numberOf = (due: Due) => plain(referenceOf(due).match(/\d+/g)?.at(-1));
	payments.openNumbers ??= listsBy([...payments.open.values()].flat(), (due) => `${due.cents} ${numberOf(due)}`);
	const words = wordsIn(found);
	const written = words.filter(({ isNumber, text }) => !isNumber && text.length > 2).slice(0, MOST_WORDS);
	const numbers = words.filter(({ isNumber, role }) => isNumber && role === 'own').slice(0, MOST_WORDS);
	const isAlike = (due: Due) =>
		isFree(due) && wordingOf(spellingsRead(referenceOf(due))[0]).words.some(({ text }) => written.some((word) => isNearly(word.text, text)));
	return numbers.flatMap(({ text }) => {
		const dues = payments.openNumbers!.get(`${line.cents} ${plain(text)}`) ?? [];
		return dues.length > MOST_ALIKE ? [] : dues.filter(isAlike);
	});
}
