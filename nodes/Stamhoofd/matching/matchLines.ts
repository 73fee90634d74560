/** Finds for each line of a bank statement the payment that it pays. No requests here. */
import { difference, groupBy, intersection, sumBy, uniq, uniqBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { findReferences, wordsIn } from './find';
import { euro } from './line';
import type { Match, StatementLine } from './line';
import { indexPayments, isFree, isSomebodyElses, named, namesAll, openAlike, openNamed, withNamed } from './payments';
import type { Due, Payments, Read } from './payments';
import type { Reference } from './references';
import { pairReversals } from './reversals';
import type { Movement } from './reversals';

const MOST_CANDIDATES = 10;

const none: Pick<Match, 'candidates'> = { candidates: [] };
const paymentsOf = (dues: Due[]) => uniq(dues.slice(0, 10 * MOST_CANDIDATES)).slice(0, MOST_CANDIDATES).map(({ payment }) => payment);
const total = (dues: Due[]) => sumBy(dues, 'cents');

function nothing(reason: string, dues: Due[] = []): Match {
	return { result: 'noMatch', reason, toReview: dues.length > 0, candidates: paymentsOf(dues) };
}

function several(reason: string, dues: Due[]): Match {
	return { result: 'severalCandidates', reason, toReview: true, candidates: paymentsOf(dues) };
}

function paid(dues: Due[], line: StatementLine): Match {
	const byLine = dues.filter(({ paidBy }) => paidBy !== undefined);
	const [due] = byLine.length > 0 ? byLine : dues;
	const reason = byLine.length > 0 ? 'Another line of this statement pays it already.' : 'Stamhoofd has it as paid already.';
	const isSame = line.cents! === due.cents;
	const more = isSame ? '' : ` This line is of ${euro(line.cents!)}, it was of ${euro(due.cents)}.`;
	return { ...none, result: 'alreadyPaid', reason: reason + more, toReview: byLine.length > 0 || !isSame, payment: due.payment };
}

function matched(dues: Due[], line: StatementLine, reason: string): Match {
	for (const due of dues) due.paidBy = line;
	const payments = dues.map(({ payment }) => payment);
	return { ...none, result: 'matched', reason, toReview: false, ...(payments.length === 1 ? { payment: payments[0] } : { payments }) };
}

function amountDiffers(due: Due, line: StatementLine): Match {
	const difference = line.cents! - due.cents;
	const says = difference < 0 ? `${euro(difference)} is missing` : `${euro(difference)} is too much`;
	return { ...none, result: 'amountDiffers', reason: `${euro(line.cents!)} was paid, ${euro(due.cents)} is due: ${says}.`, toReview: true, payment: due.payment };
}

/** The line has one reference. Some of the payments under it are open or paid. */
function matchOne(reference: Reference<Due>, read: Read, payments: Payments): Match {
	const { line } = read;
	const alive = reference.bearers.filter(({ state }) => state !== 'failed');
	const sameAmount = alive.filter(({ cents }) => cents === line.cents);
	if (sameAmount.length === 0) {
		const open = alive.filter(isFree);
		if (open.length === 0) return paid(alive, line);
		if (open.length === 1) return amountDiffers(open[0], line);
		const people = intersection(open, named(alive, 0, reference, line, payments));
		if (people.length > 1 && total(people) === line.cents && namesAll(people, reference, read)) {
			return matched(people, line, `The communication names ${people.length} people, and the amount is what they owe together.`);
		}
		const reason =
			total(open) === line.cents
				? `The amount is that of these ${open.length} open payments together: the names do not say for certain that all are meant.`
				: `${open.length} open payments have this communication, none of this amount.`;
		return several(reason, people.length > 0 ? [...people, ...open] : open);
	}
	const open = sameAmount.filter(isFree);
	if (open.length === 0) return paid(sameAmount, line);
	// A line that was dealt with before must not pay what somebody else owes under the same words.
	const meant = sameAmount.length === 1 ? sameAmount : named(sameAmount, line.cents!, reference, line, payments);
	if (meant.length !== 1) {
		const reason =
			open.length > 1
				? `${open.length} open payments have this communication and amount.`
				: 'Another payment with this communication and amount is paid already: it is not clear which one is meant.';
		return several(reason, [...meant.filter(isFree), ...open]);
	}
	if (!isFree(meant[0])) return paid(meant, line);
	if (meant[0].isFixed && isSomebodyElses(meant[0], line)) {
		return nothing('Everybody has this communication, and the open payment of this amount is under another name: it is the candidate.', meant);
	}
	const byName = sameAmount.length > 1 ? ', and of the payments that have both it is that of this name' : '';
	return matched(meant, line, `Communication and amount agree${byName}.`);
}

/** The line has several references, and payments under them are open or paid. */
function matchSeveral(references: Array<Reference<Due>>, line: StatementLine): Match {
	const groups = references.map(({ bearers }) => bearers.filter(({ state }) => state !== 'failed'));
	const all = groups.flat();
	const isClear = groups.every(({ length }) => length === 1);
	const sum = `${all.length} payments are named, ${euro(total(all))} together`;
	if (isClear && total(all) === line.cents && all.every(isFree)) return matched(all, line, `${sum}: that is the amount.`);
	const open = all.filter(isFree);
	if (open.length === 0) {
		const byLine = all.some(({ paidBy }) => paidBy !== undefined);
		const toReview = byLine || !isClear || total(all) !== line.cents;
		return { ...none, result: 'alreadyPaid', reason: `${sum}: all of them are paid already.`, toReview, payments: paymentsOf(all) };
	}
	const more = open.length < all.length ? ` ${all.length - open.length} of them are paid already.` : '';
	return several(`${sum}; ${euro(line.cents!)} was paid.${more}`, open);
}

const GIFT = /^(?:GIFTE?|GIFTEN|DONATIE|DONATION|DON|DONS|SCHENKING|STEUN|SPONSORING)$/;

/** No reference stands whole in the line. */
function matchNone(read: Read, payments: Payments): Match {
	const { line, found } = read;
	const sameName = openNamed(line, payments);
	const nearly = found.nearly.flatMap(({ bearers }) => bearers.filter(isFree).slice(0, MOST_CANDIDATES));
	const alike = openAlike(read, payments);
	const sameAmount = nearly.filter(({ cents }) => cents === line.cents);
	const candidates = [...sameAmount, ...alike, ...sameName, ...nearly];
	const { wrong, shortened } = found;
	if (shortened) {
		return nothing(`A spreadsheet has shortened the communication to ${shortened}: make its column text there, and give the bank's own file.`, candidates);
	}
	if (wrong) {
		const hint = candidates.length > 0 ? ' What may have been meant is among the candidates.' : '';
		return { result: 'invalidCheckDigits', reason: `${wrong.shown} is not valid: ${wrong.why}, so a digit was mistyped.${hint}`, toReview: true, candidates: paymentsOf(candidates) };
	}
	const hints = [
		...(nearly.length + alike.length > 0 ? ['A communication is nearly that of a candidate.'] : []),
		...(sameName.length > 0 ? ['An open payment of the same name and amount is among the candidates.'] : []),
	];
	const isGift = wordsIn(found).some(({ text }) => GIFT.test(text));
	const start = line.communication.trim() === '' ? 'The line has no communication.' : 'No payment has this communication.';
	return nothing([start, ...(isGift ? ['The payer calls it a gift.'] : []), ...hints].join(' '), candidates);
}

/** A person has chosen what the line pays. */
function matchChosen(chosen: string[], line: StatementLine, { byId }: Payments): Match {
	const dues = chosen.map((id) => byId.get(id));
	const known = dues.filter((due) => due !== undefined);
	if (known.length < dues.length) {
		const unknown = chosen.filter((_, place) => !dues[place]).join(', ');
		return { ...nothing(`You chose the payment ${unknown}, which is not among the transfers of Stamhoofd: copy its ID once more.`, known), toReview: true };
	}
	const open = known.filter(isFree);
	if (open.length === 0) return paid(known, line);
	if (open.length < known.length) return several('Some of the payments that you chose are not open: choose the open ones only.', open);
	return matched(open, line, 'You chose it.');
}

function matchIncoming(read: Read, payments: Payments): Match {
	const { line, found } = read;
	const alive = found.whole.filter(({ bearers }) => bearers.some(({ state }) => state !== 'failed'));
	// The other one was meant, whatever became of it.
	const isElse = alive.length < found.whole.length && alive.every((reference) => found.counted.has(reference));
	if (alive.length === 1 && !isElse) return matchOne(alive[0], read, payments);
	if (alive.length > 1) return matchSeveral(alive, line);
	if (found.whole.length === 0) return matchNone(read, payments);
	const failed = difference(found.whole, alive).flatMap(({ bearers }) => bearers);
	return nothing(`The payment is marked as ${String(failed[0].payment.status).toLowerCase()} in Stamhoofd.`, failed);
}

/** True if a reference is nobody else's: what several people write may be the parts of different payments. */
function isOnlyOne(references: Array<Reference<Due>>): boolean {
	return references.flatMap(({ bearers }) => bearers.filter(({ state }) => state !== 'failed')).length === 1;
}

/** True if a line may have been read twice: then nothing is added up. */
function isTwice(lines: StatementLine[]): boolean {
	const dated = lines.filter(({ date }) => date);
	return uniqBy(dated, ({ cents, date, name, communication, bankReference }) => JSON.stringify([cents, date, name, communication, bankReference])).length < dated.length;
}

/** Lines that come to what is due only together. */
function addUpParts(outcomes: Array<{ read: Read; match: Match; due: Due }>): void {
	for (const parts of Object.values(groupBy(outcomes, ({ due }) => String(due.payment.id)))) {
		const [{ due }] = parts;
		const lines = parts.map(({ read }) => read.line);
		if (due.paidBy) {
			for (const { read, match } of parts) Object.assign(match, paid([due], read.line));
			continue;
		}
		if (parts.length < 2 || sumBy(lines, 'cents') !== due.cents || isTwice(lines)) continue;
		const last = parts.at(-1)!;
		const others = parts.length === 2 ? 'another line' : `${parts.length - 1} other lines`;
		for (const { match } of parts) {
			Object.assign(match, { result: 'paidInParts', toReview: false, reason: `Part of the ${euro(due.cents)} that are due; other lines of this statement pay the rest.` });
		}
		Object.assign(last.match, matched([due], last.read.line, `Together with ${others} this pays the ${euro(due.cents)} that are due.`));
	}
}

/** What pairs the line with another one, or makes it one that pays nothing whatever stands in it; undefined for money that came in. */
function matchOther({ line, found }: Read, partner: Movement | undefined): Match | undefined {
	const isClear = found.whole.length === 1 && found.whole[0].bearers.length === 1;
	const due = isClear ? found.whole[0].bearers[0] : undefined;
	const reversed = (reason: string): Match => ({ ...none, result: 'reversed', reason, toReview: true, ...(due && { payment: due.payment }) });
	if (line.cents === null) return { ...none, result: 'noAmount', toReview: false, reason: 'This row has no amount: the bank tells something else with it.' };
	if (partner) {
		const day = partner.line.date ? ` of ${partner.line.date}` : '';
		return reversed(`This line and the other one${day} of the same amount cancel each other out: the money went back.`);
	}
	if (line.cents > 0 && line.type === 'reversal') return reversed('The bank gives back money that went out before: nobody pays with it.');
	if (line.cents > 0) return undefined;
	if (line.cents < 0 && due?.state === 'paid' && -line.cents <= due.cents) {
		return reversed(`${euro(line.cents)} went back of a payment that Stamhoofd has as paid: look whether it still is.`);
	}
	return nothing('This is not money that came in.');
}

function movementOf({ line, found }: Read): Movement {
	// What many people write does not tell whose money it is.
	const own = found.whole.filter(({ bearers }) => bearers.length === 1);
	return { line, cents: line.cents!, references: own.map(({ bearers }) => String(bearers[0].payment.id)) };
}

/** The line with its sign: what the bank has beside the amount makes it negative, never positive. */
function signed(line: StatementLine): StatementLine {
	return line.cents !== null && line.direction === 'out' ? { ...line, cents: -Math.abs(line.cents) } : line;
}

function isForeign({ currency }: StatementLine): boolean {
	return !/^(?:EUR|EURO|€|)$/i.test(currency?.trim() ?? '');
}

/**
 * One result for each line, in their order; a payment is matched by one line at most.
 * @param centsOf amount that is due for a payment, in euro cents
 */
export function matchLines(lines: StatementLine[], payments: IDataObject[], centsOf: (payment: IDataObject) => number): Match[] {
	const all = indexPayments(payments, centsOf);
	const reads = lines.map((line): Read => {
		const texts = uniq([line.structuredCommunication ?? '', line.communication]).filter((text) => text.trim() !== '');
		return { line: signed(line), found: withNamed(findReferences(texts, all.references), line) };
	});
	const movements = new Map(reads.filter(({ line }) => line.cents && !isForeign(line) && !line.chosen?.length).map((read) => [read, movementOf(read)]));
	const pairs = pairReversals([...movements.values()]);

	const match = (read: Read): Match => {
		const movement = movements.get(read);
		const other = matchOther(read, movement && pairs.get(movement));
		if (other) return other;
		if (isForeign(read.line)) return nothing(`The amount is in ${read.line.currency}, payments in Stamhoofd are in euro.`);
		return read.line.chosen?.length ? matchChosen(read.line.chosen, read.line, all) : matchIncoming(read, all);
	};
	// What a person has chosen is no longer there for other lines.
	const isChosen = ({ line }: Read) => Boolean(line.chosen?.length);
	const matches = new Map([...reads.filter(isChosen), ...reads.filter((read) => !isChosen(read))].map((read) => [read, match(read)]));
	const inParts = reads.flatMap((read) => {
		const found = matches.get(read)!;
		const due = found.result === 'amountDiffers' ? all.byId.get(found.payment!.id) : undefined;
		return due && read.line.cents! < due.cents && isOnlyOne(read.found.whole) ? [{ read, match: found, due }] : [];
	});
	addUpParts(inParts);
	return reads.map((read) => matches.get(read)!);
}
