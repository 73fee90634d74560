/** Tables that banks export: found by their titles, or by what their cells look like, and read row by row. */
import { parseMoment } from '../../../input';
import { InvalidInput } from '../../../transport/errors';
import { calendarDate, dateParts } from '../../dates';
import { accountOf, ibanOf } from '../../iban';
import { typeOfSwift, typeOfWords } from '../../kind';
import { addWarning, emptyFile, statementNumber } from '../../line';
import type { Booking, LineType, Reader, Statement } from '../../line';
import { decimalOf, isTwoWay, readMoney } from '../../money';
import type { Units } from '../../money';
import { byLine, clean, excerpt, faultAt, glued } from '../../text';
import { describedIn, ofLabels } from '../description';
import type { Described, Labels } from '../description';
import { ANY_TABLE, BARE, TITLED } from './banks';
import type { Column, TitledTable } from './banks';
import { cellsOf, rowsOf } from './cells';

/** Titles, by column, that a person has chosen; a number is the place of the column, from 1. */
export type Mapping = Partial<Record<Column, string>>;

/** Titles stand in the first lines: banks put what was searched for above them. */
const MOST_BEFORE = 40;

const SEPARATORS = [';', ',', '\t', '|'];

/** A longer line is no row of titles. */
const LONGEST_TITLES = 10_000;

/** A title without what differs from export to export. */
function foldedTitle(title: string): string {
	return title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A table that was found, with the places of its columns. */
interface Found {
	bank: string;
	decimal?: '.' | ',';
	labels?: Labels;
	types?: Record<string, LineType>;
	separator: string;
	places: Partial<Record<Column, number[]>>;
	/** Titles as they are written; none in a table without. */
	titles: string[];
	loose?: number;
	isGuess?: boolean;
	/** It is the table of no known bank. */
	isForeign?: boolean;
}

/** Places of the columns, if the row has the titles that the table needs. */
function placesIn(titles: string[], table: TitledTable): Found['places'] | undefined {
	const known = titles.map(foldedTitle);
	const places: Found['places'] = {};
	for (const [column, words] of Object.entries(table.titles)) {
		const found = words.split('|').map((word) => known.indexOf(foldedTitle(word)));
		const there = [...new Set(found.filter((place) => place >= 0))];
		if (there.length > 0) places[column as Column] = there;
	}
	return table.needs.every((column) => places[column] !== undefined) ? places : undefined;
}

const ofPlaces = (places: Found['places']) => Object.keys(places).length;

/** The table whose titles these are: the one of which most are there. */
function titledTable(line: string, tables: TitledTable[]): Found | undefined {
	let best: Found | undefined;
	for (const separator of SEPARATORS.filter((one) => line.length < LONGEST_TITLES && line.includes(one))) {
		const titles = (cellsOf(line, separator) ?? cellsOf(line, separator, false) ?? []).map((title) => title.trim());
		for (const table of tables) {
			const places = placesIn(titles, table);
			const { bank, decimal, labels, types } = table;
			if (places && (!best || ofPlaces(places) > ofPlaces(best.places))) best = { bank, decimal, labels, types, separator, places, titles };
		}
	}
	return best;
}

function bareTable(line: string): Found | undefined {
	for (const { bank, decimal, types, separators, width, fits, columns, loose } of BARE) {
		for (const separator of separators) {
			const cells = (cellsOf(line, separator) ?? []).map((cell) => cell.trim());
			if (cells.length < width || !Object.entries(fits).every(([place, look]) => look.test(cells[Number(place)]))) continue;
			const places = Object.fromEntries(Object.entries(columns).map(([column, place]) => [column, [place].flat()]));
			return { bank, decimal, types, separator, places, titles: [], loose };
		}
	}
	return undefined;
}

/** An unknown table with titles that say enough. */
function anyTable(line: string): Found | undefined {
	const found = titledTable(line, [ANY_TABLE]);
	const { amount, credit, debit, text, name, counterAccount, structured } = found?.places ?? {};
	const hasAmount = amount ?? (credit && debit);
	return found && hasAmount && (text ?? name ?? counterAccount ?? structured) ? { ...found, isGuess: true, isForeign: true } : undefined;
}

/** Place of a column that a person has chosen, by its title or its number; negative if it is not there. */
function chosenPlace(titles: string[], chosen: string): number {
	const title = chosen.trim();
	const exact = titles.findIndex((one) => one.toLowerCase() === title.toLowerCase());
	if (exact >= 0) return exact;
	const word = foldedTitle(title);
	const folded = word === '' ? -1 : titles.findIndex((one) => foldedTitle(one) === word);
	return folded < 0 && /^\d{1,3}$/.test(title) ? Number(title) - 1 : folded;
}

/** The table that a person has described: the row of titles is found, or where all columns are numbers the first row with a date. */
function mappedTable(line: string, mapping: Mapping): Found | undefined {
	const chosen = Object.entries(mapping) as Array<[Column, string]>;
	const isBare = chosen.every(([, title]) => /^[\d, ]+$/.test(title));
	for (const separator of SEPARATORS.filter((one) => line.includes(one))) {
		const titles = (cellsOf(line, separator) ?? []).map((title) => title.trim());
		const places: Found['places'] = Object.fromEntries(chosen.map(([column, title]) => [column, title.split(',').map((one) => chosenPlace(titles, one))]));
		const isThere = Object.values(places).flat().every((place) => place >= 0 && place < titles.length);
		const begins = !isBare || dateParts(titles[places.date?.[0] ?? -1] ?? '') !== undefined;
		if (isThere && begins) return { bank: 'chosen columns', separator, places, titles: isBare ? [] : titles, isForeign: true };
	}
	return undefined;
}

const OUT = new Set(['af', 'debit', 'debet', 'd', 'dbit', 'out', 'uit', 'afschrijving', 'afschrijvingen', 'deb', 'dr', 'db', 'soll', 's', 'uitgave', 'uitgaven', 'expense', 'outgoing']);
const IN = new Set(['bij', 'credit', 'c', 'crdt', 'in', 'bijschrijving', 'bijschrijvingen', 'cred', 'cr', 'haben', 'h', 'inkomst', 'inkomsten', 'income', 'incoming', 'ontvangen']);

/** What banks write beside what was booked; anything else is left out. */
const BOOKED = new Set([
	'', 'completed', 'voltooid', 'termine', 'geaccepteerd', 'accepte', 'acceptee', 'accepted', 'uitgevoerd', 'execute', 'executee', 'executed', 'booked', 'geboekt',
	'comptabilise', 'verwerkt', 'traite', 'abgeschlossen', 'gebucht',
]);

/** A row in the terms of its columns. */
interface Row {
	line: number;
	cells: string[];
	found: Found;
}

function all({ cells, found }: Row, column: Column): string[] {
	return (found.places[column] ?? []).map((place) => cells[place] ?? '');
}

function first(row: Row, column: Column): string | undefined {
	return all(row, column).map(clean).find((text) => text !== undefined);
}

/** Letters in front of the figures or behind them. */
const WORDED = /^(\p{L}{0,14})([^\p{L}]+)(\p{L}{0,14})$/u;

/** "25,00 D", "Af 25,00" and "EUR 25,00 CR", as tables that are not known may have it. */
function wordedMoney(text: string, decimal: '.' | ',' | undefined): Units | undefined {
	const [, before = '', figures = '', after = ''] = WORDED.exec(text.replace(/\beur(?:os?)?\b|€/gi, ' ').trim()) ?? [];
	const words = [before, after].map(foldedTitle).filter((word) => word !== '');
	if (words.length !== 1 || !(OUT.has(words[0]) || IN.has(words[0]))) return undefined;
	const units = readMoney(figures, decimal);
	return units === undefined ? undefined : OUT.has(words[0]) ? -absolute(units) : absolute(units);
}

function money(row: Row, column: Column): Units | undefined {
	const text = all(row, column).find((cell) => cell.trim() !== '');
	if (text === undefined) return undefined;
	const units = readMoney(text, row.found.decimal) ?? (column === 'amount' && row.found.isForeign ? wordedMoney(text, row.found.decimal) : undefined);
	if (units === undefined) throw faultAt(row.line, `"${excerpt(text)}" is not an amount${titleOf(row, column)}`);
	return units;
}

/**
 * True if the bank says in a column that nobody took for that, and in a table that is not known, that money went out: an
 * amount without a sign must not be taken for money that came in. One letter may mean anything.
 */
function saysOut({ cells, found }: Row): boolean {
	const taken = new Set(Object.values(found.places).flat());
	return found.isForeign === true && cells.some((cell, place) => !taken.has(place) && cell.length > 1 && cell.length < 20 && OUT.has(foldedTitle(cell)));
}

function titleOf({ found }: Row, column: Column): string {
	const title = found.titles[found.places[column]?.[0] ?? -1];
	return title === undefined ? '' : ` (column "${excerpt(title)}")`;
}

function absolute(units: Units): Units {
	return units < 0n ? -units : units;
}

/** What was booked, signed; undefined in a row that is only a note. */
function amountOf(row: Row): Units | undefined {
	const amount = money(row, 'amount');
	if (amount === undefined) {
		const credit = money(row, 'credit');
		const debit = money(row, 'debit');
		if (credit === undefined && debit === undefined) return undefined;
		return absolute(credit ?? 0n) - absolute(debit ?? 0n);
	}
	const fee = money(row, 'fee') ?? 0n;
	if (row.found.places.direction === undefined) return saysOut(row) ? -absolute(amount) : amount - fee;
	const direction = first(row, 'direction') ?? '';
	const word = foldedTitle(direction);
	if (OUT.has(word) || direction === '-') return -absolute(amount);
	if (IN.has(word) || direction === '+') return absolute(amount);
	throw faultAt(row.line, `"${excerpt(direction)}" does not say whether money came in or went out${titleOf(row, 'direction')}`);
}

function dayOf(text: string | undefined): string | undefined {
	const parts = dateParts(text ?? '');
	return parts && calendarDate(...parts);
}

/** What sheets and people write, such as 46347 or 21 nov 2026, and no bank. */
function dayOfSheet(text: string): string | undefined {
	return parseMoment(text, 'UTC')?.toISODate() ?? undefined;
}

/** The day in a column; `isWrong` for one that no calendar has. */
function dayIn(row: Row, column: Column): { date?: string; isWrong?: boolean } {
	const text = first(row, column);
	if (text === undefined) return {};
	const parts = dateParts(text);
	const date = parts === undefined ? dayOfSheet(text) : calendarDate(...parts);
	if (parts === undefined && date === undefined) throw faultAt(row.line, `"${excerpt(text)}" is not a date${titleOf(row, column)}`);
	return { date, isWrong: date === undefined };
}

/** What stands in a text of the bank with everything in it. */
function describedBy({ found }: Row, details: string | undefined): Described {
	if (details === undefined || clean(details) === undefined) return {};
	if (found.labels) return ofLabels(details, found.labels) ?? { text: clean(details) };
	return describedIn([details]);
}

/** "NL12 ABNA …", "ABNANL2A NL12ABNA…", or words, where there is no account. */
function counterpartyIn(text: string | undefined): { account?: string; bic?: string; words?: string } {
	if (text === undefined) return {};
	const [, bic, rest] = /^([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\s(.+)$/.exec(text) ?? [];
	if (rest !== undefined && ibanOf(rest) !== undefined) return { account: rest, bic };
	return /\d{4}/.test(text.replace(/[\s.-]/g, '')) ? { account: text } : { words: text };
}

function wrongDate(text: string, title: string): string {
	const [, month, day] = /^(\d{1,2})[-/.](\d{1,2})[-/.]/.exec(text) ?? [];
	if (Number(month) <= 12 && Number(day) > 12) return `"${excerpt(text)}" has the month in front of the day${title}. Write these dates day first, or choose Dutch dates where you download the file`;
	return `"${excerpt(text)}" is a date that no calendar has${title}`;
}

/** @returns why the row is none where no money was booked */
function bookingOf(row: Row): Booking | string {
	const status = foldedTitle(first(row, 'status') ?? '');
	if (!BOOKED.has(status)) return first(row, 'status')?.toLowerCase() ?? '';
	const amount = amountOf(row);
	if (amount === undefined) return 'without an amount';
	const booked = dayIn(row, 'date');
	const valued = dayIn(row, 'valueDate');
	if (booked.date === undefined && valued.date === undefined) {
		if (booked.isWrong || valued.isWrong) throw faultAt(row.line, wrongDate(first(row, 'date') ?? '', titleOf(row, 'date')));
		return 'without a date';
	}
	const details = all(row, 'details').join(' ');
	const told = describedBy(row, details);
	const counterparty = counterpartyIn(first(row, 'counterAccount'));
	const hasText = row.found.places.text !== undefined;
	// In older tables all words stand in one column.
	const isOnlyType = !hasText && row.found.places.details === undefined;
	const text = clean(glued(all(row, 'text').map((piece) => piece.replace(/^'(.*)'$/, '$1')).filter((piece) => piece.trim() !== ''), 140));
	const type = all(row, 'type').join(' ');
	const name = first(row, 'name') ?? told.name ?? counterparty.words;
	const structured = first(row, 'structured') ?? told.structured;
	// Of a payment by card, say, there are only the bank's own words.
	const isSilent = (name ?? counterparty.account ?? structured) === undefined;
	const reference = clean(all(row, 'bankReference').map((cell) => cell.trim()).filter(Boolean).join('-'));
	const booking: Booking = {
		at: row.line,
		amount,
		date: booked.date,
		valueDate: valued.date ?? dayOf(told.valueDate),
		currency: first(row, 'currency')?.toUpperCase(),
		statement: statementNumber(first(row, 'statement')),
		name,
		account: (ibanOf(counterparty.account) ?? told.account) ?? counterparty.account,
		bic: first(row, 'bic') ?? counterparty.bic ?? told.bic,
		text: text ?? (hasText ? undefined : told.text) ?? (isSilent || isOnlyType ? clean(type) : undefined),
		structured,
		endToEndId: first(row, 'endToEndId') ?? told.endToEndId,
		mandateId: first(row, 'mandateId') ?? told.mandateId,
		// "2026-" has no number yet.
		bankReference: reference?.endsWith('-') ? undefined : reference,
		type: told.type ?? row.found.types?.[type.trim().toLowerCase()] ?? typeOfSwift(type.trim().toUpperCase()) ?? typeOfWords(type),
		batchId: first(row, 'batchId'),
		raw: rawOf(row),
	};
	if (booked.isWrong || valued.isWrong) addWarning(booking, 'It has a date that no calendar has.');
	const written = all(row, 'amount').find((cell) => cell.trim() !== '');
	if (row.found.decimal === undefined && written !== undefined && isTwoWay(written)) {
		addWarning(booking, `Its amount "${excerpt(written)}" was taken for a thousand and more, not for one with three decimals.`);
	}
	return booking;
}

function rawOf({ cells, found }: Row): Booking['raw'] {
	const names = cells.map((_, place) => found.titles[place] || `Column ${place + 1}`);
	return Object.fromEntries(cells.map((cell, place) => [names.indexOf(names[place]) === place ? names[place] : `${names[place]} ${place + 1}`, cell.trim()]));
}

/** Rows of one account and currency, with the balances before and after each. */
interface Account {
	statement: Statement;
	befores: Units[];
	afters: Units[];
}

/** What is left of the amounts when each of the others takes away one equal to it. */
function without(amounts: Units[], others: Units[]): Units[] {
	const counts = new Map<Units, number>();
	for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
	return amounts.filter((amount) => {
		const count = counts.get(amount) ?? 0;
		if (count > 0) counts.set(amount, count - 1);
		return count === 0;
	});
}

/**
 * Opening and closing balance of rows in any order: the balance before one row is that after another, but for the first
 * and the last.
 * @returns a warning if rows are missing in between
 */
function balance({ statement, befores, afters }: Account): string | undefined {
	const { bookings } = statement;
	if (afters.length === 0 || afters.length < bookings.length) return undefined;
	const [first, ...gaps] = without(befores, afters);
	const [last] = without(afters, befores);
	if (gaps.length > 0) {
		const places = gaps.length === 1 ? 'one place' : `${gaps.length} places`;
		return `The balances of ${statement.account ?? 'the account'} do not follow from line to line in ${places}: lines are missing, or only some were exported.`;
	}
	const dates = bookings.flatMap(({ date, valueDate }) => date ?? valueDate ?? []).sort();
	statement.opening = { amount: first ?? befores[0], date: dates[0] };
	statement.closing = { amount: last ?? befores[0], date: dates.at(-1) };
	return undefined;
}

/** The cells with the text in one, where it has separators of its own that the bank does not quote. */
function withText(cells: string[], { loose, places, titles, separator }: Found): string[] {
	const isLast = [...(places.text ?? []), ...(places.details ?? [])].includes(titles.length - 1);
	const [at, width] = loose === undefined ? [isLast ? titles.length - 1 : -1, titles.length] : [loose, 19];
	const tooMany = cells.length - width;
	if (at < 0 || tooMany <= 0 || (loose === undefined && cells.slice(width).every((cell) => cell.trim() === ''))) return cells;
	return [...cells.slice(0, at), cells.slice(at, at + tooMany + 1).join(separator), ...cells.slice(at + tooMany + 1)];
}

/** What the titles of an unknown table were taken for. */
function guessed({ places, titles }: Found): string {
	const taken = Object.entries(places).map(([column, [place]]) => `${column} = "${titles[place]}"`);
	return `The bank is not known by these titles. Columns were taken by their words: ${taken.join(', ')}. Choose the columns yourself if that is not right.`;
}

/** @param mapping columns that a person has chosen, for a table that is not known */
export function csvReader(mapping?: Mapping): Reader {
	const file = emptyFile('CSV');
	const before: Array<{ text: string; number: number }> = [];
	const accounts = new Map<string, Account>();
	let found: Found | undefined;
	let rows: ReturnType<typeof rowsOf> | undefined;

	const takeRow = (given: string[], line: number) => {
		// A sheet writes ="0123" where a number is to be kept as it is.
		const cells = given.map((cell) => cell.replace(/^="([^"]*)"$/, '$1'));
		if (found === undefined || cells.every((cell) => cell.trim() === '')) return;
		const row: Row = { line, cells: withText(cells, found), found };
		const booking = bookingOf(row);
		if (typeof booking === 'string') {
			file.leftOut[booking] = (file.leftOut[booking] ?? 0) + 1;
			return;
		}
		const own = accountOf(first(row, 'account'));
		const key = `${own ?? ''} ${booking.currency ?? ''}`;
		const account = accounts.get(key) ?? { statement: { at: line, account: own, currency: booking.currency, bookings: [] }, befores: [], afters: [] };
		accounts.set(key, account);
		account.statement.bookings.push(booking);
		const amount = booking.amount ?? 0n;
		const opening = money(row, 'opening');
		const closing = money(row, 'closing') ?? money(row, 'balance') ?? (opening === undefined ? undefined : opening + amount);
		if (closing === undefined) return;
		account.befores.push(opening ?? closing - amount);
		account.afters.push(closing);
		if (opening !== undefined && opening + amount !== closing) {
			addWarning(booking, `Its balances differ by ${decimalOf(closing - opening)}, not by its amount.`);
		}
	};
	const begin = (table: Found, from: number) => {
		found = table;
		file.format = `CSV of ${table.bank}`;
		if (table.isGuess) file.notes.push(guessed(table));
		rows = rowsOf(table.separator, takeRow);
		for (const { text, number } of before.slice(from)) rows.line(text, number);
	};
	/** No row of titles is there: the first row tells, or the words of an unknown table. */
	const decide = () => {
		const isFilled = ({ text }: { text: string }) => text.trim() !== '' && !/^sep=.$/i.test(text.trim());
		const start = before.findIndex(isFilled);
		const bare = start < 0 || mapping ? undefined : bareTable(before[start].text);
		if (bare) return begin(bare, start);
		for (let at = 0; !mapping && at < before.length; at++) {
			const any = anyTable(before[at].text);
			if (any) return begin(any, at + 1);
		}
		throw notFound(before[Math.max(start, 0)]?.text ?? '', mapping);
	};
	const lines = byLine((text, number) => {
		if (rows) return rows.line(text, number);
		before.push({ text, number });
		const table = mapping ? mappedTable(text, mapping) : titledTable(text, TITLED);
		if (table) begin(table, before.length - (table.titles.length === 0 ? 1 : 0));
		else if (before.length >= MOST_BEFORE) decide();
	});
	return {
		write: lines.write,
		end() {
			lines.end();
			if (!rows) decide();
			rows?.end();
			for (const account of accounts.values()) {
				const warning = balance(account);
				if (warning !== undefined) file.warnings.push(warning);
				file.statements.push(account.statement);
			}
			return file;
		},
	};
}

function notFound(line: string, mapping: Mapping | undefined): InvalidInput {
	if (mapping) {
		const titles = Object.values(mapping).map((title) => `"${title}"`);
		return new InvalidInput(`No row of the table has all the chosen columns ${titles.join(', ')}: copy the titles from its first line, which is "${excerpt(line)}"`);
	}
	return new InvalidInput(
		`This is no bank file that can be recognized: it is neither CAMT, CODA nor MT940, and its titles are those of no known table. Its first line is "${excerpt(line)}". For another CSV file choose the columns yourself`,
	);
}
