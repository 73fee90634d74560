/** Finds for each line of a bank statement the payment that it pays. No requests here. */
import { groupBy, maxBy, sumBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { communicationKey, mentions, referencesIn, wordingOf } from '../../communication';
import { customerOf } from '../../simplify';

export interface StatementLine {
	/** Euro cents; negative for money that went out. */
	cents: number;
	communication: string;
	name?: string;
	date?: string;
}

export type MatchResult =
	| 'matched'
	| 'amountDiffers'
	| 'alreadyPaid'
	| 'severalCandidates'
	| 'noMatch'
	| 'invalidCheckDigits';

export interface Match {
	result: MatchResult;
	/** One sentence for a person. */
	reason: string;
	payment?: IDataObject;
	/** Payments that it might be, where it is not clear. */
	candidates: IDataObject[];
}

const euro = (cents: number) => `€ ${(cents / 100).toFixed(2)}`;

function isOpen({ status }: IDataObject): boolean {
	return status === 'Created' || status === 'Pending';
}

function sameName(payment: IDataObject, name: string | undefined): boolean {
	const words = (text: string) =>
		text
			.normalize('NFD')
			.replace(/[^\p{L}\s-]/gu, '')
			.toUpperCase()
			.split(/[\s-]+/)
			.filter(Boolean);
	const onStatement = words(name ?? '');
	const { name: person, company } = customerOf(payment);
	return [person, company]
		.map((payer) => words(payer ?? ''))
		.some((payer) => payer.length > 0 && payer.every((word) => onStatement.includes(word)));
}

interface ReferenceIndex {
	/** Payments by the key of their reference. */
	byKey: Record<string, IDataObject[]>;
	/** Those of the keys that are words, not just a number. */
	texts: string[];
}

function indexByReference(payments: IDataObject[]): ReferenceIndex {
	const byKey = groupBy(payments, ({ transferDescription }) => communicationKey(transferDescription));
	return { byKey, texts: Object.keys(byKey).filter((key) => !/^\d*$/.test(key)) };
}

/** Payments whose reference stands in the communication of the line. */
function candidatesFor(line: StatementLine, { byKey, texts }: ReferenceIndex, valid: string[]): IDataObject[] {
	const keys = [...new Set([...valid, communicationKey(line.communication)])].filter((key) => key !== '');
	const exact = keys.flatMap((key) => byKey[key] ?? []);
	if (exact.length > 0) return exact;
	const within = wordingOf(line.communication);
	// "Kamp 2 Jan" contains "Kamp 2" as well: the longest reference is the one that was meant.
	const longest = maxBy(texts.filter((text) => mentions(within, text)), 'length');
	return longest === undefined ? [] : byKey[longest];
}

function matchLine(
	line: StatementLine,
	payments: IDataObject[],
	index: ReferenceIndex,
	used: Set<IDataObject>,
	centsOf: (payment: IDataObject) => number,
): Match {
	const none = { candidates: [] };
	if (line.cents <= 0) return { ...none, result: 'noMatch', reason: 'This is not money that came in.' };
	const { valid, invalid } = referencesIn(line.communication);
	const candidates = candidatesFor(line, index, valid);
	if (candidates.length === 0) {
		if (invalid.length > 0) {
			return { ...none, result: 'invalidCheckDigits', reason: `The check digits of ${invalid[0]} are wrong: the payer made a mistake in the communication.` };
		}
		const alike = payments.filter(
			(payment) => isOpen(payment) && !used.has(payment) && centsOf(payment) === line.cents && sameName(payment, line.name),
		);
		const hint = alike.length > 0 ? ' An open payment of the same name and amount is among the candidates.' : '';
		return { result: 'noMatch', reason: `No payment has this communication.${hint}`, candidates: alike };
	}
	const isFree = (payment: IDataObject) => isOpen(payment) && !used.has(payment);
	const alive = candidates.filter((payment) => isOpen(payment) || payment.status === 'Succeeded');
	const open = alive.filter(isFree);
	const sameAmount = alive.filter((payment) => centsOf(payment) === line.cents);
	const paid = (payments: IDataObject[]): Match => {
		const byLine = payments.find((payment) => used.has(payment));
		const reason = byLine ? 'An earlier line of this statement pays it already.' : 'Stamhoofd has it as paid already.';
		return { ...none, result: 'alreadyPaid', reason, payment: byLine ?? payments[0] };
	};
	if (alive.length === 0) {
		const status = String(candidates[0].status).toLowerCase();
		return { result: 'noMatch', reason: `The payment is marked as ${status} in Stamhoofd.`, candidates };
	}
	if (sameAmount.length === 0) {
		if (open.length === 0) return paid(alive);
		const [payment] = open;
		if (open.length === 1) {
			return { ...none, result: 'amountDiffers', reason: `${euro(line.cents)} was paid, ${euro(centsOf(payment))} is due.`, payment };
		}
		const reason =
			sumBy(open, centsOf) === line.cents
				? `The amount is that of these ${open.length} open payments together.`
				: `${open.length} open payments have this communication, none of this amount.`;
		return { result: 'severalCandidates', reason, candidates: open };
	}
	const openOnes = sameAmount.filter(isFree);
	if (openOnes.length === 0) return paid(sameAmount);
	// A line that was dealt with before must not pay what somebody else owes under the same words.
	const meant = sameAmount.length === 1 ? sameAmount : sameAmount.filter((payment) => sameName(payment, line.name));
	if (meant.length !== 1) {
		const reason =
			openOnes.length > 1
				? `${openOnes.length} open payments have this communication and amount.`
				: 'Another payment with this communication and amount is paid already: it is not clear which one is meant.';
		return { result: 'severalCandidates', reason, candidates: openOnes };
	}
	if (!isFree(meant[0])) return paid(meant);
	used.add(meant[0]);
	return { ...none, result: 'matched', reason: 'Communication and amount agree.', payment: meant[0] };
}

/**
 * One result for each line, in their order; a payment is matched by one line at most.
 * @param centsOf amount that is due for a payment, in euro cents
 */
export function matchLines(lines: StatementLine[], payments: IDataObject[], centsOf: (payment: IDataObject) => number): Match[] {
	// Refunds bear the communication of what they give back.
	const due = payments.filter((payment) => centsOf(payment) > 0);
	const index = indexByReference(due);
	const used = new Set<IDataObject>();
	return lines.map((line) => matchLine(line, due, index, used, centsOf));
}
