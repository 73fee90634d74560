/** MT940 and MT942 of SWIFT: fields that begin with a tag such as ":61:", in any envelope or none. */
import { calendarDate, daysBetween, nearestDate } from '../dates';
import { ibanOf } from '../iban';
import { typeOfSwift } from '../kind';
import { addWarning, emptyFile, gluePages, statementNumber } from '../line';
import type { Balance, Booking, Reader, Statement } from '../line';
import { readMoney } from '../money';
import type { Units } from '../money';
import { byLine, clean, excerpt, faultAt } from '../text';
import { describedIn } from './description';
import type { Described } from './description';

/** Other lines that look like a tag are text. */
const TAG = /^:(20|21|25|25P|28|28C|13|13D|34F|60[FM]?|61|62[FM]?|64|65|86|90[CD]|NS):(.*)$/;

/** What stands around statements in the files of some banks. */
const ENVELOPE = /^(?:\{|:940:|ABNANL2A\s*$|94[02]\s*$)/;

/** Day of YYMMDD; undefined for what no calendar has. */
function dayOf(digits: string): string | undefined {
	return calendarDate(Number(`20${digits.slice(0, 2)}`), Number(digits.slice(2, 4)), Number(digits.slice(4)));
}

interface Field {
	line: number;
	lines: string[];
}

function unitsOf(text: string, line: number): Units {
	const units = readMoney(text, ',');
	if (units === undefined || units < 0n) throw faultAt(line, `"${excerpt(text)}" is not an amount: the file is damaged. Download it from the bank again`);
	return units;
}

function balanceOf({ line, lines }: Field): Balance & { currency?: string } {
	const parts = /^\s*([CD])(\d{6})([A-Z]{3})?([\d.,]+)\s*$/.exec(lines[0]);
	if (!parts) throw faultAt(line, `"${excerpt(lines[0])}" is not a balance: the file is damaged. Download it from the bank again`);
	const [, sign, date, currency, digits] = parts;
	const amount = unitsOf(digits, line);
	return { amount: sign === 'D' ? -amount : amount, date: dayOf(date), currency };
}

/** Account and currency, which some banks put behind it with or without a blank. */
function accountIn({ lines }: Field): { account: string; currency?: string } {
	const text = lines[0].trim();
	const [, account, currency] = /^(.*\d)\s?([A-Z]{3})$/.exec(text) ?? [];
	return account !== undefined && ibanOf(text) === undefined ? { account, currency } : { account: text };
}

/** Field 61 in its parts. */
interface Movement {
	amount: Units;
	isReversal: boolean;
	isExpected: boolean;
	valueDate?: string;
	date?: string;
	code: string;
	reference: string;
	bankReference: string;
	/** What stands behind the reference in its line, and in the lines below. */
	beside: string;
	below: string;
}

const MOVEMENT =
	/^\s*(?<value>\d{6})(?<entry>\d{6}|\d{4}| {4})?\s?(?<mark>[RE]?[CD])[A-Z]?\s?(?<amount>[\d.,]{1,30})\s?(?:[NSF](?<swift>[A-Z0-9][A-Z0-9 ]{2})|(?<bare>[A-Z0-9]{3}))?(?<rest>.*)$/;

function entryDate(entry: string | undefined, valueDate: string | undefined): string | undefined {
	const digits = (entry ?? '').trim();
	if (digits.length === 6) return dayOf(digits);
	if (digits === '' || valueDate === undefined) return undefined;
	return nearestDate(Number(digits.slice(0, 2)), Number(digits.slice(2)), valueDate);
}

function movementOf({ line, lines }: Field, opening: string | undefined): Movement {
	const parts = MOVEMENT.exec(lines[0])?.groups;
	if (!parts) throw faultAt(line, `"${excerpt(lines[0])}" is not a movement as field 61 has it: the file is damaged. Download it from the bank again`);
	const { value, entry, mark, amount, swift, bare, rest } = parts;
	const units = unitsOf(amount, line);
	const valueDate = dayOf(value);
	const [references, ...more] = rest.trim().split(/\s{2,}/);
	const cut = references.indexOf('//');
	return {
		// A reversal of money in is money out.
		amount: mark === 'C' || mark === 'RD' || mark === 'EC' ? units : -units,
		isReversal: mark.startsWith('R'),
		isExpected: mark.startsWith('E'),
		valueDate,
		date: entryDate(entry, valueDate ?? opening),
		code: swift ?? bare ?? '',
		reference: cut < 0 ? references : references.slice(0, cut),
		bankReference: cut < 0 ? '' : references.slice(cut + 2),
		beside: more.join(' ').trim(),
		below: lines.slice(1).join(' ').trim(),
	};
}

/** The old account numbers of the Netherlands, and those of the Postbank. */
const OLD_ACCOUNT = /^P?\d{9,10}$/;

function isAccount(text: string): boolean {
	return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(text) || OLD_ACCOUNT.test(text);
}

/** Some banks put the account and the name of the counterparty beside the reference, and again in front of the text. */
function counterpartyIn({ reference, beside, below }: Movement, text: string | undefined, own: string | undefined): Described {
	if (isAccount(below)) return { account: below };
	if (reference === own) return {};
	// A number of ten digits may be any reference, unless it comes with a name or in front of the text.
	const isCertain = beside !== '' || text?.startsWith(reference) === true || !OLD_ACCOUNT.test(reference);
	if (isAccount(reference) && isCertain) return { account: reference, name: clean(beside) ?? clean(below) };
	return { name: clean(beside) };
}

/** The text without account and name in front of it. */
function withoutParty(text: string | undefined, { account, name }: Described): string | undefined {
	if (text === undefined || account === undefined) return text;
	const rest = text.startsWith(account) ? text.slice(account.length).trimStart() : text;
	return clean(name !== undefined && rest !== text && rest.startsWith(name) ? rest.slice(name.length) : rest);
}

/** What stands in the place of a reference where there is none, or where it is in field 86. */
const POINTER = /^(?:NONREF|[EMPKC]REF|MARF)?\+?$/;

function bookingOf(movementField: Field, description: string[], { account, opening }: Statement): Booking {
	const movement = movementOf(movementField, opening?.date);
	const told = describedIn(description);
	const beside = counterpartyIn(movement, told.text, account);
	const isOwn = told.account !== undefined && account?.endsWith(told.account);
	const hasReference = !POINTER.test(movement.reference.trim()) && ![beside.account, account].includes(movement.reference);
	const booking: Booking = {
		...told,
		at: movementField.line,
		amount: movement.amount,
		date: movement.date,
		valueDate: movement.valueDate,
		name: told.name ?? beside.name,
		account: (isOwn ? undefined : told.account) ?? beside.account,
		text: withoutParty(told.text, beside) ?? (description.length === 0 && beside.account === undefined ? (clean(movement.below) ?? (hasReference ? movement.reference : undefined)) : undefined),
		endToEndId: told.endToEndId ?? (hasReference ? movement.reference : undefined),
		bankReference: movement.bankReference,
		type: movement.isReversal ? 'reversal' : (told.type ?? typeOfSwift(movement.code)),
		raw: { 61: movementField.lines.join('\n'), ...(description.length > 0 && { 86: description.join('\n') }) },
	};
	if (movement.valueDate === undefined) addWarning(booking, 'It has a date that no calendar has.');
	return booking;
}

/** Some banks leave out the day of a booking in a statement of one day. */
function dateBookings({ opening, closing, bookings }: Statement): void {
	if (opening?.date === undefined || closing?.date === undefined || daysBetween(opening.date, closing.date) > 1) return;
	for (const booking of bookings) booking.date ??= closing.date;
}

interface Open {
	statement: Statement;
	/** The last movement, which more fields may belong to. */
	movement?: { field: Field; description: string[] };
}

export function mt940Reader(): Reader {
	const file = emptyFile('MT940');
	let open: Open | undefined;
	let tag = '';
	let field: Field = { line: 0, lines: [] };
	/** A line "-" ends a statement, or belongs to a text: what follows tells. */
	let dash: number | undefined;

	const endMovement = (current: Open) => {
		if (current.movement === undefined) return;
		const { field: movement, description } = current.movement;
		current.movement = undefined;
		if (/^\s*\d{6}(?:\d{4})?E[CD]/.test(movement.lines[0])) file.leftOut.announced = (file.leftOut.announced ?? 0) + 1;
		else current.statement.bookings.push(bookingOf(movement, description, current.statement));
	};
	const close = () => {
		endField();
		if (open === undefined) return;
		const { statement } = open;
		endMovement(open);
		dateBookings(statement);
		if (statement.account !== undefined || statement.opening || statement.closing || statement.bookings.length > 0) file.statements.push(statement);
		open = undefined;
	};
	const begin = (line: number) => {
		const before = open?.statement;
		close();
		const { account, currency } = before ?? {};
		open = { statement: { at: line, account, currency, bookings: [] } };
		return open;
	};
	const endField = () => {
		const [code, ended] = [tag, field];
		tag = '';
		if (code === '') return;
		const current = open ?? begin(ended.line);
		const { statement } = current;
		if (/^25/.test(code)) Object.assign(statement, accountIn(ended));
		else if (/^28/.test(code)) statement.number = statementNumber(ended.lines[0].split('/')[0]);
		else if (/^60/.test(code)) {
			const { currency, ...balance } = balanceOf(ended);
			Object.assign(statement, { opening: balance, currency: currency ?? statement.currency });
		} else if (/^62/.test(code)) {
			const { currency, ...balance } = balanceOf(ended);
			Object.assign(statement, { closing: balance, currency: currency ?? statement.currency, isContinued: code === '62M' });
		} else if (code === '61') {
			endMovement(current);
			current.movement = { field: ended, description: [] };
		} else if (code === '86' && !statement.closing) for (const line of ended.lines) current.movement?.description.push(line);
		else if (/^(90|34)/.test(code)) {
			file.format = 'MT942';
			const [, count, sum] = /^(\d{1,9})[A-Z]{3}([\d.,]+)\s*$/.exec(ended.lines[0]) ?? [];
			if (count !== undefined) {
				const declared = { sign: code === '90D' ? (-1 as const) : (1 as const), count: Number(count), sum: unitsOf(sum, ended.line) };
				statement.declared = [...(statement.declared ?? []), declared];
			}
		}
	};
	/** A statement begins at its reference, or where what there is only once comes again. */
	const isBeginning = (code: string) => {
		if (open === undefined || code === '20') return true;
		const { account, number, opening, closing } = open.statement;
		if (/^25/.test(code)) return account !== undefined && (number !== undefined || opening !== undefined || closing !== undefined);
		if (/^28/.test(code)) return opening !== undefined || closing !== undefined;
		return /^60/.test(code) && opening !== undefined;
	};
	const isEnd = (next: string) => open?.statement.closing !== undefined || tag.startsWith('62') || ENVELOPE.test(next) || /^:2[05]/.test(next);
	const endDash = (next: string) => {
		if (dash === undefined) return;
		if (isEnd(next)) close();
		else if (tag !== '') field.lines.push('-');
		dash = undefined;
	};
	const take = (text: string, line: number): void => {
		if (text.trim() === '-') {
			endDash('');
			dash = line;
			return;
		}
		if (dash !== undefined && text.trim() !== '') endDash(text);
		const [, code, value] = TAG.exec(text) ?? [];
		if (code !== undefined) {
			endField();
			const canBegin = /^(20|25|28|60|61|NS)/.test(code);
			if (canBegin && isBeginning(code)) begin(line);
			if (open === undefined) return;
			tag = code;
			field = { line, lines: [value] };
		} else if (/^-\}/.test(text) || text.trim() === '$') close();
		else if (ENVELOPE.test(text) && (text.startsWith('{') || tag !== '86')) {
			close();
			const from = text.lastIndexOf('{4:');
			if (from >= 0 && text.length > from + 3) take(text.slice(from + 3), line);
		} else if (tag !== '') field.lines.push(text);
	};
	const { write, end } = byLine(take);
	return {
		write,
		end() {
			end();
			if (dash !== undefined && open?.statement.closing === undefined) endDash(':20:');
			close();
			if (file.statements.length === 0) throw faultAt(1, 'no statement begins in this file, though it looks like MT940. Download it from the bank again');
			return { ...file, statements: gluePages(file.statements) };
		},
	};
}
