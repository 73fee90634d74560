/** Whether a file is whole: its balances, sums and counts, and what is missing or doubled between files. */
import { createHash } from 'crypto';
import { groupBy, sortBy } from 'lodash';

import { accountOf } from './iban';
import type { BankFile, Statement, StatementLine } from './line';
import { decimalOf, sumOf } from './money';

function nameOf({ account, number }: Statement): string {
	const which = number === undefined ? 'The statement' : `Statement ${number}`;
	return account === undefined ? which : `${which} of ${account}`;
}

function balanceFault(statement: Statement): string[] {
	const { opening, closing, bookings } = statement;
	if (!opening || !closing) return [];
	const sum = sumOf(bookings.map(({ amount = 0n }) => amount));
	if (opening.amount + sum === closing.amount) return [];
	return [
		`${nameOf(statement)} opens with ${decimalOf(opening.amount)} and its lines come to ${decimalOf(sum)}, which makes ${decimalOf(opening.amount + sum)}, but it closes with ${decimalOf(closing.amount)}.`,
	];
}

function declaredFaults(statement: Statement): string[] {
	return (statement.declared ?? []).flatMap(({ sign, count, sum }) => {
		const amounts = statement.bookings.map(({ amount = 0n }) => amount).filter((amount) => (sign > 0 ? amount > 0n : amount < 0n));
		const found = sumOf(amounts) * BigInt(sign);
		const direction = sign > 0 ? 'in' : 'out';
		const faults: string[] = [];
		if (count !== undefined && count !== amounts.length) {
			faults.push(`${nameOf(statement)} says that money came ${direction} ${count} times, but has ${amounts.length} such entries.`);
		}
		if (sum !== undefined && sum !== found) {
			faults.push(`${nameOf(statement)} says that ${decimalOf(sum)} came ${direction}, but its entries come to ${decimalOf(found)}.`);
		}
		return faults;
	});
}

/** What does not agree within a file, each as a sentence. */
export function checkFile(file: BankFile): string[] {
	const faults = file.statements.flatMap((statement) => [
		...balanceFault(statement),
		...declaredFaults(statement),
		...(statement.isContinued ? [`${nameOf(statement)} goes on on another page, which is missing.`] : []),
	]);
	return [...file.warnings, ...faults];
}

/** What was left out of a file, as sentences. */
export function notesOf(file: BankFile): string[] {
	const leftOut = Object.entries(file.leftOut).map(([why, count]) => `${count} ${count === 1 ? 'entry was' : 'entries were'} left out, since no money was booked: ${why}.`);
	return [...file.notes, ...leftOut];
}

function numberOf({ number }: Statement): number | undefined {
	return number !== undefined && /^\d{1,9}$/.test(number) ? Number(number) : undefined;
}

function dayOf({ opening, closing, bookings }: Statement): string {
	return closing?.date ?? opening?.date ?? bookings.at(-1)?.date ?? '';
}

/** The numbers that are missing between two statements; a bank begins anew with 1 each year. */
function missingNumbers(before: Statement, after: Statement): string | undefined {
	const [from, to] = [numberOf(before), numberOf(after)];
	if (from === undefined || to === undefined || to <= from + 1) return undefined;
	return to === from + 2 ? `Statement ${from + 1} is missing.` : `Statements ${from + 1} to ${to - 1} are missing.`;
}

function isSame(one: Statement, other: Statement): boolean {
	return (
		one.number === other.number &&
		one.opening?.amount === other.opening?.amount &&
		one.closing?.amount === other.closing?.amount &&
		dayOf(one) === dayOf(other) &&
		one.bookings.length === other.bookings.length &&
		one.bookings.every(({ amount, date }, index) => amount === other.bookings[index].amount && date === other.bookings[index].date)
	);
}

function chainFault(before: Statement, after: Statement): string[] {
	if (isSame(before, after)) return before.bookings.length > 0 || before.number !== undefined ? [`${nameOf(before)} is there twice.`] : [];
	const missing = missingNumbers(before, after);
	const between = `${nameOf(before)} and the next one${after.number === undefined ? '' : `, ${after.number},`} do not follow each other`;
	if (before.closing && after.opening) {
		if (before.closing.amount !== after.opening.amount) {
			const figures = `the first closes with ${decimalOf(before.closing.amount)}, the second opens with ${decimalOf(after.opening.amount)}`;
			return [`${between}: ${figures}. ${missing ?? 'One is missing in between, or they overlap.'}`];
		}
		return before.isCounted && after.isCounted && missing !== undefined ? [`${between}. ${missing}`] : [];
	}
	return missing === undefined ? [] : [`${between}. ${missing}`];
}

/** What does not agree between files. */
export interface ChainFault {
	/** The file of the later statement. */
	file: number;
	fault: string;
}

/** The statements of each account in the order of their days, with the files that they are of. */
function byAccount(files: BankFile[]): Array<Array<{ file: number; statement: Statement }>> {
	const all = files.flatMap(({ format, statements }, file) => statements.map((statement) => ({ file, format, statement })));
	const known = all.filter(({ statement }) => statement.account !== undefined);
	const accounts = groupBy(known, ({ format, statement }) => `${format} ${accountOf(statement.account)} ${statement.currency ?? ''}`);
	return Object.values(accounts).map((account) => sortBy(account, [({ statement }) => dayOf(statement), ({ statement }) => numberOf(statement) ?? 0]));
}

/** Statements that are missing between others of the same account, or there twice, within a file and between files. */
export function checkChain(files: BankFile[]): ChainFault[] {
	return byAccount(files).flatMap((account) =>
		account.slice(1).flatMap(({ file, statement }, index) => chainFault(account[index].statement, statement).map((fault) => ({ file, fault }))),
	);
}

/** By what a later run finds out whether the statements of a file go on where those that were read before ended. */
export interface ChainKeys {
	file: number;
	account: string;
	/** Balance with which the first statement of the account opens. */
	opening: string;
	closings: string[];
	/** What to say if the account was read before, and nothing that was read ended with the opening balance. */
	fault: string;
}

export function chainKeysOf(files: BankFile[]): ChainKeys[] {
	return byAccount(files).flatMap((account) => {
		const [{ file, statement }] = account;
		if (!statement.opening || account.some((one) => !one.statement.closing)) return [];
		const own = `${accountOf(statement.account)} ${statement.currency ?? ''}`;
		const balanceKey = (amount: bigint) => `balance ${own} ${decimalOf(amount)}`;
		return {
			file,
			account: `account ${own}`,
			opening: balanceKey(statement.opening.amount),
			closings: account.flatMap((one) => (one.statement.closing ? balanceKey(one.statement.closing.amount) : [])),
			fault: `${nameOf(statement)} opens with ${decimalOf(statement.opening.amount)}, but no file that this node has read closed with that: one is missing in between, or they were not read in order.`,
		};
	});
}

/**
 * One key for each line, by which it is known again in another file, whatever its format: what it says, and which one it
 * is among those of the day that say the same. References of the bank are no part of it, since formats differ in them.
 */
export function identitiesOf(lines: StatementLine[]): string[] {
	const counts = new Map<string, number>();
	return lines.map(({ account, date, amount, currency, counterpartyIban, counterpartyName, communication }) => {
		const said = JSON.stringify([account, date, amount, currency, counterpartyIban ?? counterpartyName, communication]);
		const count = counts.get(said) ?? 0;
		counts.set(said, count + 1);
		return createHash('sha256').update(`${said} ${count}`).digest('base64url').slice(0, 22);
	});
}

/** @param seen how many of a file's lines are in another one, or were read before */
export function seenBefore(seen: number, lines: number, where: string): string[] {
	if (seen === 0) return [];
	if (seen === lines) return [lines === 1 ? `Its only line was ${where}.` : `All of its ${lines} lines were ${where}.`];
	return [`${seen} of its ${lines} lines ${seen === 1 ? 'was' : 'were'} ${where}.`];
}
