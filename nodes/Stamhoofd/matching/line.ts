/** A line of a bank statement as it is matched, and what it comes to. */
import type { IDataObject } from 'n8n-workflow';

export interface StatementLine {
	/** Euro cents; negative for money that went out; null for a row of information, which has no amount. */
	cents: number | null;
	/** Where the amount has no sign of its own. */
	direction?: 'in' | 'out';
	/** Left out: euro. */
	currency?: string;
	communication: string;
	/** What the bank itself says is a reference with check digits. */
	structuredCommunication?: string;
	name?: string;
	/** Of the other side; spaces do not matter. */
	counterpartyIban?: string;
	/** 2026-11-21; another form is as good as none. */
	date?: string;
	/** "reversal" where the bank says that the line gives an earlier one back. */
	type?: string;
	bankReference?: string;
	/** Ids of the payments that a person has chosen for the line. */
	chosen?: string[];
}

/** In the order of docs/matching.md, which says what each means. */
export const MATCH_RESULTS = [
	'noAmount',
	'reversed',
	'matched',
	'paidInParts',
	'alreadyPaid',
	'severalCandidates',
	'amountDiffers',
	'invalidCheckDigits',
	'noMatch',
] as const;

export type MatchResult = (typeof MATCH_RESULTS)[number];

export interface Match {
	result: MatchResult;
	/** One sentence for a person, or two. */
	reason: string;
	/** A person should look at it: neither sure nor plainly of no concern. */
	toReview: boolean;
	/** The payment that the line pays, or would pay. */
	payment?: IDataObject;
	/** Where the line pays several, all of them, instead of `payment`. */
	payments?: IDataObject[];
	/** Payments that it might be, where it is not clear; no more than a person would look at. */
	candidates: IDataObject[];
}

export const euro = (cents: number) => `€ ${(Math.abs(cents) / 100).toFixed(2)}`;
