/** The one shape in which every format delivers what was booked. */
import { omitBy } from 'lodash';
import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { accountOf, ibanOf } from './iban';
import { decimalOf, sumOf } from './money';
import type { Units } from './money';
import { markedIn, structuredOf } from './reference';
import { clean, joined } from './text';

/** What a booking is; left out where the bank does not tell. A reversal gives back an earlier booking. */
export type LineType = 'transfer' | 'directDebit' | 'card' | 'cash' | 'cheque' | 'charges' | 'interest' | 'reversal';

/** One line of a statement as the node delivers it; what the bank does not tell is left out. */
export interface StatementLine {
	/** IBAN of the own account, or its number as written. */
	account?: string;
	/** Number of the statement. */
	statement?: string;
	/** Place in the statement, from 1. */
	line: number;
	/** Day of the booking, 2026-11-21. */
	date?: string;
	valueDate?: string;
	/** In `currency`; negative for money that went out. */
	amount: number;
	currency: string;
	counterpartyName?: string;
	/** Only with right check digits; other account numbers are in `raw.counterpartyAccount`. */
	counterpartyIban?: string;
	counterpartyBic?: string;
	/** All that the payer wrote, a structured communication included. */
	communication?: string;
	/** +++123/4567/89012+++, RF…, or the 16 digits of a Dutch payment reference; only with right check digits. */
	structuredCommunication?: string;
	endToEndId?: string;
	mandateId?: string;
	bankReference?: string;
	type?: LineType;
	/** The same for all lines that were booked as one amount. */
	batchId?: string;
	/** The booking as it stands in the file; `warnings` are sentences about this line. */
	raw: IDataObject;
}

/** What a format reads for one booking, texts as they are written. */
export interface Booking {
	/** Line of the file where it begins. */
	at: number;
	/** Undefined only in details whose amount is not told in the currency of the account. */
	amount?: Units;
	date?: string;
	valueDate?: string;
	/** Left out: that of the statement. */
	currency?: string;
	/** Left out: that of the statement. */
	statement?: string;
	name?: string;
	account?: string;
	bic?: string;
	text?: string;
	/** What the format says is a structured communication. */
	structured?: string;
	endToEndId?: string;
	mandateId?: string;
	bankReference?: string;
	type?: LineType;
	batchId?: string;
	raw: IDataObject;
	warnings?: string[];
	/** The transfers that were booked as one amount. */
	details?: Booking[];
	/** What the bank took for it, signed, included in the amount. */
	charges?: Units;
}

export interface Balance {
	amount: Units;
	date?: string;
}

/** How many bookings of a direction there should be, and what they come to, by the file's own words. */
export interface Declared {
	sign: 1 | -1;
	count?: number;
	/** Not negative, whatever the sign. */
	sum?: Units;
}

export interface Statement {
	/** Line of the file where it begins. */
	at: number;
	account?: string;
	currency?: string;
	number?: string;
	/** The bank counts its statements one by one. */
	isCounted?: boolean;
	/** It is a page, and another one follows. */
	isContinued?: boolean;
	opening?: Balance;
	closing?: Balance;
	declared?: Declared[];
	bookings: Booking[];
}

export interface BankFile {
	/** As a person knows it: "CODA", "MT940", "CAMT.053", "CSV of KBC". */
	format: string;
	statements: Statement[];
	/** Sentences about what does not agree with what the file says of itself. */
	warnings: string[];
	/** Sentences about how it was read. */
	notes: string[];
	/** How many entries were left out because no money was booked, by what they are: "pending", "refused". */
	leftOut: Record<string, number>;
}

/** Reads a text that comes in pieces. */
export interface Reader {
	write(text: string): void;
	end(): BankFile;
}

export function emptyFile(format: string): BankFile {
	return { format, statements: [], warnings: [], notes: [], leftOut: {} };
}

export function addWarning(booking: Booking, warning: string): void {
	booking.warnings = [...(booking.warnings ?? []), warning];
}

/** Numbers of statements without zeros in front; 0 stands for none. */
export function statementNumber(text: string | undefined): string | undefined {
	const number = (text ?? '').trim().replace(/^0+(?=\d)/, '');
	return number === '' || number === '0' ? undefined : number;
}

/** Pages of a statement as one. */
export function gluePages(statements: Statement[]): Statement[] {
	const whole: Statement[] = [];
	for (const page of statements) {
		const before = whole.at(-1);
		const isNext =
			before?.isContinued && before.account === page.account && before.number === page.number && before.closing?.amount === page.opening?.amount;
		if (!before || !isNext) whole.push({ ...page, bookings: [...page.bookings] });
		else {
			for (const booking of page.bookings) before.bookings.push(booking);
			Object.assign(before, { closing: page.closing, isContinued: page.isContinued, declared: undefined });
		}
	}
	return whole;
}

/** Without what is undefined. */
function given<Shape extends object>(shape: Shape): Shape {
	return omitBy(shape, (value) => value === undefined) as Shape;
}

function withWarning(booking: Booking, warning: string): Booking {
	return { ...booking, warnings: [...(booking.warnings ?? []), warning] };
}

/** A booking and its only detail as one; the amount is that of the booking. */
function merged(booking: Booking, detail: Booking): Booking {
	const { amount } = booking;
	const warnings = [...(booking.warnings ?? []), ...(detail.warnings ?? [])];
	const whole: Booking = { ...booking, ...given(detail), amount, warnings, details: undefined, raw: { ...booking.raw, ...detail.raw } };
	if (amount === undefined || detail.amount === undefined || detail.amount === amount) return whole;
	return withWarning(whole, `It is a booking of ${decimalOf(amount)}, but its detail says ${decimalOf(detail.amount)}.`);
}

/** What details have in common with the booking that they are part of. */
function inherited({ date, valueDate, currency, statement, bankReference, type, batchId, raw }: Booking): Omit<Booking, 'at'> {
	return { ...given({ date, valueDate, currency, statement, bankReference, type, batchId }), raw };
}

/**
 * The lines that a booking comes to: its details where they add up to it, else itself. Never both, so that the lines
 * always come to the same as the bookings.
 */
export function partsOf(booking: Booking, isSplit: boolean): Booking[] {
	const { amount = 0n, details = [], charges = 0n } = booking;
	if (details.length === 0) return [booking];
	const known = details.map((detail) => detail.amount).filter((one) => one !== undefined);
	const sum = sumOf(known);
	const isKnown = known.length === details.length;
	const hasCharges = isKnown && charges !== 0n && sum + charges === amount;
	if (details.length === 1 && !(hasCharges && isSplit)) return [merged(booking, details[0])];
	if (isSplit && isKnown && (sum === amount || hasCharges)) {
		const common = inherited(booking);
		const parts = details.map((detail) => ({ ...common, ...given(detail), raw: { ...common.raw, ...detail.raw } }));
		return sum === amount ? parts : [...parts, { ...common, at: booking.at, amount: charges, type: 'charges', raw: common.raw }];
	}
	const whole = { ...booking, raw: { ...booking.raw, details: details.map(({ raw }) => raw) } };
	if (!isSplit) return [whole];
	const reason = isKnown ? `its ${details.length} details come to ${decimalOf(sum)}, not to ${decimalOf(amount)}` : `not all of its ${details.length} details tell their amount`;
	return [withWarning(whole, `This batch is not split: ${reason}.`)];
}

const BIC = /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;

/** What was written and the reference in it; the reference is written only once. */
function wording(booking: Booking): { communication?: string; structured?: string; warning?: string } {
	const text = clean(booking.text);
	const reference = clean(booking.structured);
	const structured = reference === undefined ? markedIn(text ?? '') : structuredOf(reference);
	if (reference === undefined) return { communication: text, structured };
	const bare = (spelled: string) => spelled.replace(/[\s+*/.-]/g, '').toUpperCase();
	const isThere = bare(text ?? '').includes(bare(reference));
	const communication = isThere ? text : joined([structured ?? reference, text]);
	const isKnownForm = /^(?:\d{12}|\d{16}|RF\d\d[A-Z0-9]+)$/.test(bare(reference));
	const warning = structured === undefined && isKnownForm ? `The check digits of the reference ${reference} are wrong.` : undefined;
	return { communication, structured, warning };
}

function toLine(statement: Statement, booking: Booking, line: number): StatementLine {
	const { communication, structured, warning } = wording(booking);
	const account = clean(booking.account);
	const counterpartyIban = ibanOf(account);
	const bic = clean(booking.bic)?.toUpperCase();
	const warnings = [...(booking.warnings ?? []), ...(warning === undefined ? [] : [warning])];
	const whole: StatementLine = {
		account: accountOf(statement.account),
		statement: booking.statement ?? statement.number,
		line,
		date: booking.date ?? booking.valueDate,
		valueDate: booking.valueDate,
		amount: Number(decimalOf(booking.amount ?? 0n)),
		currency: booking.currency ?? statement.currency ?? 'EUR',
		counterpartyName: clean(booking.name),
		counterpartyIban,
		counterpartyBic: bic !== undefined && BIC.test(bic) ? bic : undefined,
		communication,
		structuredCommunication: structured,
		endToEndId: clean(booking.endToEndId),
		mandateId: clean(booking.mandateId),
		bankReference: clean(booking.bankReference),
		type: booking.type,
		batchId: clean(booking.batchId),
		raw: {
			...booking.raw,
			...(account !== undefined && counterpartyIban === undefined && { counterpartyAccount: account }),
			...(warnings.length > 0 && { warnings }),
		},
	};
	return given(whole);
}

function* linesIn(statement: Statement, isSplit: boolean): Generator<StatementLine> {
	let line = 0;
	for (const booking of statement.bookings) {
		for (const part of partsOf(booking, isSplit)) yield toLine(statement, part, ++line);
	}
}

/** The lines of a statement, batches split where the file has their details, in the order of the file. */
export function linesOf(statement: Statement, isSplit = true): StatementLine[] {
	return [...linesIn(statement, isSplit)];
}

/** Lines that are made at a stretch, before n8n gets a turn for other work. */
const AT_A_STRETCH = 500;

/** The lines of all statements of a file. */
export async function linesOfFile({ statements }: BankFile, isSplit = true): Promise<StatementLine[]> {
	const lines: StatementLine[] = [];
	for (const statement of statements) {
		for (const line of linesIn(statement, isSplit)) {
			lines.push(line);
			if (lines.length % AT_A_STRETCH === 0) await sleep(0);
		}
	}
	return lines;
}
