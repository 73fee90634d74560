/** Finds for each line of a bank statement the payment that it pays. No requests here. */
import { groupBy, maxBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { communicationKey, lettersAndDigits, mentions, referencesIn } from '../../communication';
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
	const payer = words(customerOf(payment).name ?? '');
	const onStatement = words(name ?? '');
	return payer.length > 0 && payer.every((word) => onStatement.includes(word));
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
	const within = lettersAndDigits(line.communication);
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
	const open = candidates.filter((payment) => isOpen(payment) && !used.has(payment));
	if (open.length === 0) {
		const [payment] = candidates;
		if (candidates.some((one) => used.has(one))) {
			return { ...none, result: 'alreadyPaid', reason: 'An earlier line of this statement pays it already.', payment };
		}
		return payment.status === 'Succeeded'
			? { ...none, result: 'alreadyPaid', reason: 'Stamhoofd has it as paid already.', payment }
			: { result: 'noMatch', reason: `The payment is marked as ${String(payment.status).toLowerCase()} in Stamhoofd.`, candidates };
	}
	const sameAmount = open.filter((payment) => centsOf(payment) === line.cents);
	if (sameAmount.length === 0) {
		const [payment] = open;
		return open.length === 1
			? { ...none, result: 'amountDiffers', reason: `${euro(line.cents)} was paid, ${euro(centsOf(payment))} is due.`, payment }
			: { result: 'severalCandidates', reason: `${open.length} open payments have this communication, none of this amount.`, candidates: open };
	}
	const sameNames = sameAmount.length > 1 ? sameAmount.filter((payment) => sameName(payment, line.name)) : sameAmount;
	if (sameNames.length !== 1) {
		return { result: 'severalCandidates', reason: `${sameAmount.length} open payments have this communication and amount.`, candidates: sameAmount };
	}
	used.add(sameNames[0]);
	return { ...none, result: 'matched', reason: 'Communication and amount agree.', payment: sameNames[0] };
}

/**
 * One result for each line, in their order; a payment is matched by one line at most.
 * @param centsOf amount that is due for a payment, in euro cents
 */
export function matchLines(lines: StatementLine[], payments: IDataObject[], centsOf: (payment: IDataObject) => number): Match[] {
	const index = indexByReference(payments);
	const used = new Set<IDataObject>();
	return lines.map((line) => matchLine(line, payments, index, used, centsOf));
}
