/** CODA version 2 of the Belgian banks (Febelfin, 2.6): lines of 128 signs, told apart by their first. */

import { calendarDate } from '../dates';
import { accountOf, belgianIban } from '../iban';
import { typeOfCoda } from '../kind';
import { addWarning, emptyFile, statementNumber } from '../line';
import type { Booking, Reader, Statement } from '../line';
import { decimalOf, sumOf, thousandths } from '../money';
import type { Units } from '../money';
import { byLine, clean, excerpt, faultAt, joined } from '../text';
import { labels, ofLabels } from './description';

const WIDTH = 128;

/** What stands from one position to another, both counted from 1 as in the standard. */
function at(record: string, from: number, to: number): string {
	return record.slice(from - 1, to);
}

/** Day of DDMMYY; undefined for 000000, which says that it is not known, and for what no calendar has. */
function dayOf(digits: string): string | undefined {
	return calendarDate(Number(`20${digits.slice(4)}`), Number(digits.slice(2, 4)), Number(digits.slice(0, 2)));
}

function isImpossible(digits: string): boolean {
	return !/^[0 ]*$/.test(digits) && dayOf(digits) === undefined;
}

/** The amount whose sign stands at `from` (0 is money in, 1 is money out) and is followed by 15 digits. */
function signedAmount(record: string, from: number, line: number): Units {
	const sign = at(record, from, from);
	const digits = at(record, from + 1, from + 15);
	if (!/^[01]$/.test(sign) || !/^\d{15}$/.test(digits)) {
		throw faultAt(line, `"${excerpt(sign + digits)}" is not an amount: the file is damaged. Download it from the bank again`);
	}
	return sign === '1' ? -thousandths(digits) : thousandths(digits);
}

/** Own account and currency of a record 1, by its structure; the banks that leave that blank write an IBAN or twelve digits. */
function ownAccount(record: string): { account?: string; currency?: string } {
	const zone = at(record, 6, 42);
	const [account = ''] = zone.trim().split(/\s+/);
	const currency = { 0: zone.slice(13, 16), 1: zone.slice(34), 2: zone.slice(34), 3: zone.slice(34) }[at(record, 2, 2)];
	const known = currency !== undefined && /^[A-Z]{3}$/.test(currency) ? currency : undefined;
	return { account: belgianIban(account) ?? accountOf(account), currency: known ?? /\b(EUR|[A-Z]{3})(?:\d[A-Z]{2}|\s*$)/.exec(zone)?.[1] };
}

/** The account of a record 23, which may be followed by a currency. */
function counterAccount(record: string): string | undefined {
	return clean(at(record, 11, 44).trim().split(/\s+/)[0]);
}

interface Told {
	text?: string;
	structured?: string;
	mandateId?: string;
	isReversal?: boolean;
}

/** What a structured communication tells, by its type of three digits; of an unknown one the whole text. */
function toldByType(zone: string): Told {
	const type = zone.slice(0, 3);
	const rest = zone.slice(3);
	const field = (from: number, length: number) => clean(rest.slice(from, from + length));
	switch (type) {
		case '100':
			return { structured: field(0, 21), text: clean(rest.slice(21)) };
		case '101':
		case '102':
			return { structured: field(0, 12), text: clean(rest.slice(12)) };
		case '105':
			return { structured: field(45, 12) };
		case '111':
		case '113':
			return { text: field(type === '113' ? 40 : 26, 26) ?? clean(rest) };
		case '114':
			return { text: joined([field(27, 26), field(53, 16)]) };
		case '115':
			return { structured: field(93, 12) };
		case '127':
			return { mandateId: field(44, 35), text: field(79, 62), isReversal: /[1-9]/.test(rest[8] ?? '') };
		default:
			return { text: clean(rest) };
	}
}

/** A booking or detail as its records bring it. */
interface Movement {
	line: number;
	sequence: string;
	detail: string;
	amount: Units;
	isStructured: boolean;
	zones: string[];
	code: string;
	value: string;
	entry: string;
	reference: string;
	customerReference: string;
	bic: string;
	returnType: string;
	account?: string;
	name: string;
	/** Texts of records 31 to 33, one for each 31. */
	notes: Array<{ isStructured: boolean; text: string }>;
	records: string[];
}

/** The full name where the bank gives it in a note of type 001, which has room for more. */
function fullName(name: string | undefined, notes: Movement['notes'], type: string): string | undefined {
	const note = notes.find(({ isStructured, text }) => isStructured && text.startsWith(type));
	const long = clean(note?.text.slice(3, 73));
	return long !== undefined && long.startsWith(name ?? '') ? long : name;
}

/** In the notes of ING stand its own words around those of the payer. */
const NOTE_LABELS = labels(['mededeling', 'communication', 'message'], 1);

function toBooking(movement: Movement): Booking {
	const { notes, isStructured, zones } = movement;
	const zone = zones.join('');
	const told: Told = isStructured ? toldByType(zone) : { text: clean(zone) };
	const free = clean(notes.filter((note) => !note.isStructured).map((note) => note.text).join(''));
	// Some banks write in the notes what the payer wrote, and here only that.
	// ING may put its own words around those of the payer.
	if (!isStructured && /^(?:virement|overschrijving|europese overschrijving|instant)/i.test(told.text ?? '')) {
		told.text = ofLabels(told.text ?? '', NOTE_LABELS)?.text ?? told.text;
	}
	const isElsewhere = !isStructured && /zie bijlage|voir annexe|see annex|siehe anlage/i.test(told.text ?? '');
	const noted = free === undefined ? undefined : (ofLabels(free, NOTE_LABELS)?.text ?? free);
	const text = isElsewhere || (told.text ?? told.structured) === undefined ? (noted ?? told.text) : told.text;
	const isReversal = told.isReversal === true || /[1-5]/.test(movement.returnType);
	const name = fullName(clean(movement.name), notes, '001');
	const behind = fullName(undefined, notes, movement.amount > 0n ? '009' : '008');
	const booking: Booking = {
		at: movement.line,
		amount: movement.amount,
		date: dayOf(movement.entry),
		valueDate: dayOf(movement.value),
		name: name ?? behind,
		account: movement.account,
		bic: movement.bic,
		text,
		structured: told.structured,
		mandateId: told.mandateId,
		endToEndId: movement.customerReference,
		bankReference: movement.reference,
		type: isReversal ? 'reversal' : typeOfCoda(movement.code.slice(1, 5)),
		raw: { code: movement.code.trim(), records: movement.records },
	};
	if (isImpossible(movement.entry) || isImpossible(movement.value)) addWarning(booking, 'It has a date that no calendar has.');
	return booking;
}

/** One of an amount, and what was booked with it. */
interface Group {
	movement: Movement;
	details: Movement[];
}

function bookingOf({ movement, details }: Group): Booking {
	const booking = toBooking(movement);
	if (details.length === 0) return booking;
	return { ...booking, batchId: details.length > 1 ? movement.sequence : undefined, details: details.map(toBooking) };
}

export function codaReader(): Reader {
	const file = emptyFile('CODA');
	let header: { isApart: boolean; isDuplicate: boolean } | undefined;
	let statement: Statement | undefined;
	/** The last booking, which more records may belong to. */
	let group: Group | undefined;
	let current: Movement | undefined;
	/** Since the header: records that count, and amounts that move the balance. */
	let count = 0;
	let amounts: Units[] = [];

	const begin = (record: string, line: number) => {
		if (at(record, 128, 128) !== '2') {
			throw faultAt(line, 'this is not CODA version 2, the only one that can be read: ask the bank for version 2');
		}
		header = { isApart: /[1-9]/.test(at(record, 84, 88)), isDuplicate: at(record, 17, 17) === 'D' };
		if (header.isApart) file.notes.push(`Line ${line}: these are details apart from the statement, which books them as well.`);
		if (header.isDuplicate) file.warnings.push(`Line ${line}: the bank marks this file as a duplicate of an earlier one.`);
		count = 0;
		amounts = [];
	};
	const endGroup = ({ bookings }: Statement) => {
		if (group === undefined) return;
		amounts.push(group.movement.amount);
		bookings.push(bookingOf(group));
		group = undefined;
	};
	const endStatement = () => {
		if (statement === undefined) return;
		endGroup(statement);
		file.statements.push(statement);
		statement = undefined;
		current = undefined;
	};
	const openStatement = (record: string, line: number) => {
		endStatement();
		const { account, currency } = ownAccount(record);
		const date = dayOf(at(record, 59, 64));
		const number = statementNumber(at(record, 126, 128)) ?? statementNumber(at(record, 3, 5));
		const opening = header?.isApart ? undefined : { amount: signedAmount(record, 43, line), date };
		statement = { at: line, account, currency, number, isCounted: true, opening, bookings: [] };
	};
	const move = (record: string, line: number, into: Statement) => {
		const movement: Movement = {
			line,
			sequence: at(record, 3, 6),
			detail: at(record, 7, 10),
			amount: signedAmount(record, 32, line),
			isStructured: at(record, 62, 62) === '1',
			zones: [at(record, 63, 115)],
			code: at(record, 54, 61),
			value: at(record, 48, 53),
			entry: at(record, 116, 121),
			reference: at(record, 11, 31),
			customerReference: '',
			bic: '',
			returnType: '',
			name: '',
			notes: [],
			records: [],
		};
		current = movement;
		const isDetail = movement.detail !== '0000' && group?.movement.detail === '0000' && group.movement.sequence === movement.sequence;
		if (!isDetail || group === undefined) {
			endGroup(into);
			group = { movement, details: [] };
		}
		// What one transfer consists of (charges, taxes) stays with it.
		else if (/^[89]/.test(movement.code) || group.movement.code.startsWith('3')) movement.records = (group.details.at(-1) ?? group.movement).records;
		else group.details.push(movement);
	};
	const goOn = (record: string, line: number) => {
		if (current === undefined) throw faultAt(line, `a record ${record.slice(0, 2)} follows no movement: the file is damaged. Download it from the bank again`);
		const kind = record.slice(0, 2);
		// Banks repeat notes of an earlier movement.
		if (kind.startsWith('3') && at(record, 3, 6) !== current.sequence) return;
		if (kind === '22') {
			current.zones.push(at(record, 11, 63));
			current.customerReference = at(record, 64, 98);
			current.bic = at(record, 99, 109);
			current.returnType = at(record, 113, 113);
		} else if (kind === '23') {
			current.account = counterAccount(record);
			current.name = at(record, 48, 82);
			current.zones.push(at(record, 83, 125));
		} else if (kind === '31') current.notes.push({ isStructured: at(record, 40, 40) === '1', text: at(record, 41, 113) });
		else {
			const note = current.notes.at(-1);
			if (note) note.text += kind === '32' ? at(record, 11, 115) : at(record, 11, 100);
		}
	};
	const close = (record: string, line: number) => {
		if (statement === undefined) throw faultAt(line, 'a closing balance (record 8) follows no statement: the file is damaged. Download it from the bank again');
		if (!header?.isApart) statement.closing = { amount: signedAmount(record, 42, line), date: dayOf(at(record, 58, 63)) };
	};
	const finish = (record: string, line: number) => {
		const { warnings } = file;
		endStatement();
		const counted = Number(at(record, 17, 22));
		if (counted !== count) warnings.push(`Line ${line}: the file should have ${counted} records, but has ${count}.`);
		const totals: Array<[words: string, declared: string, found: Units]> = [
			['out', at(record, 23, 37), -sumOf(amounts.filter((amount) => amount < 0n))],
			['in', at(record, 38, 52), sumOf(amounts.filter((amount) => amount > 0n))],
		];
		for (const [words, declared, found] of totals) {
			if (/^\d{15}$/.test(declared) && !header?.isApart && thousandths(declared) !== found) {
				warnings.push(`Line ${line}: ${decimalOf(thousandths(declared))} should have gone ${words}, but the lines come to ${decimalOf(found)}.`);
			}
		}
		header = undefined;
	};

	const take = (text: string, line: number) => {
		if (text.trim() === '') return;
		const record = text.padEnd(WIDTH);
		if (record.trimEnd().length > WIDTH) file.notes.push(`Line ${line} is longer than the ${WIDTH} signs of CODA.`);
		const kind = record[0];
		if (kind === '0') {
			endStatement();
			return begin(record, line);
		}
		if (header === undefined) throw faultAt(line, 'it follows no header record: the file is damaged. Download it from the bank again');
		if (/^(1|2[123]|3[123]|8)/.test(record)) count += 1;
		if (kind === '1') openStatement(record, line);
		else if (kind === '8') close(record, line);
		else if (kind === '9') finish(record, line);
		else if (/^2[123]|^3[123]/.test(record)) {
			if (statement === undefined) throw faultAt(line, 'a movement stands before the opening balance: the file is damaged. Download it from the bank again');
			if (record.startsWith('21')) move(record, line, statement);
			else goOn(record, line);
			current?.records.push(record.trimEnd());
		} else if (kind !== '4') throw faultAt(line, `it begins with "${excerpt(record.slice(0, 2))}", which CODA does not know: the file is damaged. Download it from the bank again`);
	};
	const { write, end } = byLine(take);
	return {
		write,
		end() {
			end();
			endStatement();
			if (header !== undefined) file.warnings.push('The file ends without its last record: it was cut off. Download it from the bank again.');
			return file;
		},
	};
}

