/** CAMT.053, 052 and 054 of ISO 20022, versions 001.02 to 001.13: read by what is there, since banks mix them. */
import type { IDataObject } from 'n8n-workflow';

import { calendarDate, dateParts } from '../dates';
import { ibanOf } from '../iban';
import { typeOfIso } from '../kind';
import { addWarning, emptyFile, gluePages, statementNumber } from '../line';
import type { Balance, Booking, Declared, Reader, Statement } from '../line';
import { readMoney, sumOf } from '../money';
import type { Units } from '../money';
import { clean, excerpt, faultAt, glued, joined } from '../text';
import { readXml } from '../xml';
import type { Xml } from '../xml';
import { describedIn } from './description';
import type { Described } from './description';

const MESSAGES: Record<string, string> = {
	BkToCstmrStmt: 'CAMT.053',
	BkToCstmrAcctRpt: 'CAMT.052',
	BkToCstmrDbtCdtNtfctn: 'CAMT.054',
};

/** What is announced, but not booked. */
const NOT_BOOKED: Record<string, string> = { PDNG: 'pending', FUTR: 'announced', INFO: 'for information' };

/** Texts are cut after so many letters. */
const PIECE = 140;

/** The elements at a path such as "NtryDtls/Btch", of all elements on the way that are there several times. */
function allAt(xml: Xml | undefined, path: string): Xml[] {
	let found: Xml[] = xml === undefined ? [] : [xml];
	for (const name of partsOfPath(path)) {
		found = found.flatMap((one) => {
			if (typeof one === 'string' || !Object.hasOwn(one, name)) return [];
			return one[name] as Xml[];
		});
	}
	return found;
}

function textOf(xml: Xml): string {
	return typeof xml === 'string' ? xml : typeof xml._ === 'string' ? xml._ : '';
}

/** Paths in their parts: they are few, and followed for every entry. */
const parts = new Map<string, string[]>();

function partsOfPath(path: string): string[] {
	const known = parts.get(path) ?? path.split('/');
	parts.set(path, known);
	return known;
}

function firstText(xml: Xml, names: string[], depth: number): string | undefined {
	if (depth === names.length) return clean(textOf(xml));
	if (typeof xml === 'string' || !Object.hasOwn(xml, names[depth])) return undefined;
	const next = xml[names[depth]] as Xml | Xml[];
	if (!Array.isArray(next)) return firstText(next, names, depth + 1);
	for (const one of next) {
		const text = firstText(one, names, depth + 1);
		if (text !== undefined) return text;
	}
	return undefined;
}

/** The text at the first of the paths that has any. */
function textAt(xml: Xml | undefined, ...paths: string[]): string | undefined {
	if (xml === undefined) return undefined;
	for (const path of paths) {
		const text = firstText(xml, partsOfPath(path), 0);
		if (text !== undefined) return text;
	}
	return undefined;
}

interface Amount {
	units: Units;
	currency?: string;
}

/** @throws InvalidInput if there is something that is no amount */
function amountOf(xml: Xml | undefined, line: number): Amount | undefined {
	if (xml === undefined) return undefined;
	const units = readMoney(textOf(xml), '.');
	if (units === undefined) throw faultAt(line, `"${excerpt(textOf(xml))}" is not an amount`);
	return { units, currency: typeof xml === 'string' ? undefined : textAt(xml, 'Ccy') };
}

function amountAt(xml: Xml, path: string, line: number): Amount | undefined {
	return amountOf(allAt(xml, path)[0], line);
}

function signed(units: Units, indicator: string | undefined): Units {
	return indicator === 'DBIT' ? -units : units;
}

/** The day as it is written: a time zone does not move it. */
function dateAt(xml: Xml, path: string): { date?: string; isWrong?: boolean } {
	const text = textAt(xml, `${path}/Dt`, `${path}/DtTm`, path);
	if (text === undefined) return {};
	const parts = dateParts(text);
	const date = parts && calendarDate(...parts);
	return { date, isWrong: date === undefined };
}

/** What the bank took for it, signed: it is money out unless said otherwise. */
function chargesOf(xml: Xml, line: number): Units | undefined {
	const records = [...allAt(xml, 'Chrgs'), ...allAt(xml, 'Chrgs/Rcrd')];
	const amounts = records.flatMap((record) => {
		const amount = amountAt(record, 'Amt', line);
		return amount ? [signed(amount.units, textAt(record, 'CdtDbtInd') ?? 'DBIT')] : [];
	});
	return amounts.length > 0 ? sumOf(amounts) : undefined;
}

interface Party {
	name?: string;
	account?: string;
	bic?: string;
}

function partyOf(details: Xml, role: 'Dbtr' | 'Cdtr'): Party {
	const names = ['Nm', 'Pty/Nm', 'Agt/FinInstnId/Nm'];
	const inRole = names.map((name) => `RltdPties/${role}/${name}`);
	const ultimate = names.map((name) => `RltdPties/Ultmt${role}/${name}`);
	const account = `RltdPties/${role}Acct/Id`;
	const agent = `RltdAgts/${role}Agt/FinInstnId`;
	return {
		name: textAt(details, ...inRole, ...ultimate),
		account: textAt(details, `${account}/IBAN`, `${account}/Othr/Id`, `${account}/PrtryAcct/Id`),
		bic: textAt(details, `${agent}/BICFI`, `${agent}/BIC`, `RltdPties/${role}/Agt/FinInstnId/BICFI`),
	};
}

/** Who is on the other side; in a reversal the roles are those of what is reversed. */
function counterpartyOf(details: Xml, isCredit: boolean, isReversed: boolean, own: string | undefined): Party {
	const [expected, other] = isCredit !== isReversed ? (['Dbtr', 'Cdtr'] as const) : (['Cdtr', 'Dbtr'] as const);
	const party = partyOf(details, expected);
	const isOwn = own !== undefined && ibanOf(party.account) === own;
	const found = isOwn ? partyOf(details, other) : party;
	const name = found.name ?? textAt(details, 'RltdPties/TradgPty/Nm', 'RltdPties/TradgPty/Pty/Nm', 'RltdPties/Prtry/Pty/Nm');
	return { ...found, name };
}

/** What the payer wrote; some banks press more than that into it. */
function remittanceOf(details: Xml): Described {
	const free = allAt(details, 'RmtInf/Ustrd').map(textOf);
	const written = free.length > 0 ? describedIn([glued(free, PIECE)], true) : {};
	const structured = allAt(details, 'RmtInf/Strd');
	const references = structured.map((one) => textAt(one, 'CdtrRefInf/Ref')).filter((reference) => reference !== undefined);
	const beside = structured.flatMap((one) => [textAt(one, 'RfrdDocInf/Nb'), ...allAt(one, 'AddtlRmtInf').map(textOf)]);
	const [first, ...more] = references;
	return { ...written, text: joined([written.text, ...more, ...beside]), structured: first ?? written.structured };
}

function isReversal(entry: Xml): boolean {
	return /^(true|1)$/.test(textAt(entry, 'RvslInd') ?? '');
}

function typeOf(entry: Xml, details: Xml | undefined): Booking['type'] {
	if (isReversal(entry) || (details !== undefined && allAt(details, 'RtrInf').length > 0)) return 'reversal';
	const types = [details, entry].map((one) => typeOfIso(textAt(one, 'BkTxCd/Domn/Fmly/Cd'), textAt(one, 'BkTxCd/Domn/Fmly/SubFmlyCd')));
	return types[0] ?? types[1];
}

interface Taken {
	value: Xml;
	line: number;
}

/** One transfer of an entry. */
function detailOf({ value, line }: Taken, entry: Xml, currency: string | undefined, own: string | undefined): Booking {
	const indicator = textAt(value, 'CdtDbtInd') ?? textAt(entry, 'CdtDbtInd');
	const amounts = ['Amt', 'AmtDtls/TxAmt/Amt', 'AmtDtls/InstdAmt/Amt', 'AmtDtls/CntrValAmt/Amt'].map((path) => amountAt(value, path, line));
	const amount = amounts.find((one) => one !== undefined && (one.currency ?? currency) === currency);
	const written = remittanceOf(value);
	const party = counterpartyOf(value, indicator !== 'DBIT', isReversal(entry), own);
	return {
		...written,
		at: line,
		amount: amount && signed(amount.units, indicator),
		name: party.name ?? written.name,
		account: party.account ?? written.account,
		bic: party.bic ?? written.bic,
		text: written.text ?? textAt(value, 'AddtlTxInf'),
		endToEndId: textAt(value, 'Refs/EndToEndId') ?? written.endToEndId,
		mandateId: textAt(value, 'Refs/MndtId') ?? written.mandateId,
		bankReference: textAt(value, 'Refs/AcctSvcrRef'),
		type: typeOf(entry, value),
		raw: { transaction: value },
	};
}

/** @returns the booking, or what it is if no money was booked */
function bookingOf({ value: entry, line }: Taken, details: Taken[], own: string | undefined): Booking | string {
	const status = textAt(entry, 'Sts/Cd', 'Sts/Prtry', 'Sts') ?? 'BOOK';
	if (Object.hasOwn(NOT_BOOKED, status)) return NOT_BOOKED[status];
	const amount = amountAt(entry, 'Amt', line);
	if (amount === undefined) throw faultAt(line, 'an entry (Ntry) has no amount');
	const indicator = textAt(entry, 'CdtDbtInd');
	if (indicator !== 'CRDT' && indicator !== 'DBIT') {
		throw faultAt(line, `an entry (Ntry) does not say whether money came in or went out: CdtDbtInd is ${indicator === undefined ? 'missing' : `"${excerpt(indicator)}"`}`);
	}
	const booked = dateAt(entry, 'BookgDt');
	const valued = dateAt(entry, 'ValDt');
	const reference = textAt(entry, 'AcctSvcrRef', 'NtryRef');
	const batch = textAt(entry, 'NtryDtls/Btch/PmtInfId', 'NtryDtls/Btch/MsgId');
	const booking: Booking = {
		at: line,
		amount: signed(amount.units, indicator),
		currency: amount.currency,
		date: booked.date,
		valueDate: valued.date,
		bankReference: reference,
		batchId: batch ?? (details.length > 1 ? reference : undefined),
		type: typeOf(entry, undefined),
		raw: { entry },
		charges: chargesOf(entry, line) ?? sumOf(details.map(({ value }) => chargesOf(value, line) ?? 0n)),
	};
	if (booked.isWrong || valued.isWrong) addWarning(booking, 'It has a date that no calendar has.');
	booking.details = details.map((one) => detailOf(one, entry, amount.currency, own));
	const information = textAt(entry, 'AddtlNtryInf');
	const [only] = booking.details;
	if (information === undefined) return booking;
	if (booking.details.length > 1) return { ...booking, text: information };
	// The text of the entry is that of its transfer, too, where that has none.
	const isTold = (only?.text ?? only?.structured) !== undefined;
	return isTold ? booking : { ...booking, ...describedIn([information]), type: booking.type };
}

function balanceOf(xml: Xml, line: number): Balance | undefined {
	const amount = amountAt(xml, 'Amt', line);
	return amount && { amount: signed(amount.units, textAt(xml, 'CdtDbtInd')), date: dateAt(xml, 'Dt').date };
}

/** Opening and closing balance; on pages of a statement both may be interim ones. */
function balancesOf(statement: Xml, line: number): { opening?: Balance; closing?: Balance } {
	const balances = allAt(statement, 'Bal').map((xml) => ({ code: textAt(xml, 'Tp/CdOrPrtry/Cd'), balance: balanceOf(xml, line) }));
	const of = (code: string) => balances.filter((one) => one.code === code).flatMap(({ balance }) => balance ?? []);
	const interim = of('ITBD');
	return {
		opening: of('OPBD')[0] ?? of('PRCD')[0] ?? (interim.length > 1 || of('CLBD').length > 0 ? interim[0] : undefined),
		closing: of('CLBD').at(-1) ?? interim.at(-1),
	};
}

function declaredIn(statement: Xml, line: number): Declared[] {
	return ([['TtlCdtNtries', 1], ['TtlDbtNtries', -1]] as const).flatMap(([name, sign]) => {
		const [summary] = allAt(statement, `TxsSummry/${name}`);
		if (summary === undefined) return [];
		const count = textAt(summary, 'NbOfNtries');
		const sum = amountOf(allAt(summary, 'Sum')[0], line)?.units;
		return [{ sign, sum, count: count !== undefined && /^\d+$/.test(count) ? Number(count) : undefined }];
	});
}

export function camtReader(): Reader {
	let file = emptyFile('CAMT');
	let isCamt = false;
	let bookings: Booking[] = [];
	let details: Taken[] = [];
	let own: string | undefined;
	let begun = 1;
	let hasLeftOut = false;

	const endStatement = (value: Xml, message: Xml) => {
		const number = textAt(value, 'ElctrncSeqNb', 'LglSeqNb');
		const pages = [textAt(value, 'StmtPgntn/LastPgInd', 'RptPgntn/LastPgInd', 'NtfctnPgntn/LastPgInd'), textAt(message, 'GrpHdr/MsgPgntn/LastPgInd')];
		const statement: Statement = {
			at: begun,
			account: textAt(value, 'Acct/Id/IBAN', 'Acct/Id/Othr/Id', 'Acct/Id/PrtryAcct/Id'),
			currency: textAt(value, 'Acct/Ccy') ?? bookings[0]?.currency,
			number: statementNumber(number) ?? textAt(value, 'Id'),
			isCounted: number !== undefined,
			...balancesOf(value, begun),
			declared: hasLeftOut ? undefined : declaredIn(value, begun),
			isContinued: pages.some((isLast) => isLast === 'false' || isLast === '0'),
			bookings,
		};
		for (const booking of bookings) booking.date ??= booking.valueDate ?? statement.closing?.date;
		file.statements.push(statement);
	};
	const xml = readXml({
		take: new Set(['Stmt', 'Rpt', 'Ntfctn', 'Ntry', 'TxDtls']),
		opened(name, line) {
			if (name === 'Stmt' || name === 'Rpt' || name === 'Ntfctn') {
				begun = line;
				bookings = [];
				own = undefined;
				hasLeftOut = false;
			} else if (name === 'Ntry') details = [];
			else if (Object.hasOwn(MESSAGES, name)) {
				isCamt = true;
				file = { ...file, format: MESSAGES[name] };
			}
		},
		taken(name, value, parent, line) {
			if (name === 'TxDtls') details.push({ value, line });
			else if (name === 'Ntry') {
				own ??= ibanOf(textAt(parent, 'Acct/Id/IBAN'));
				const booking = bookingOf({ value, line }, details, own);
				details = [];
				if (typeof booking === 'string') {
					hasLeftOut = true;
					file.leftOut[booking] = (file.leftOut[booking] ?? 0) + 1;
				} else bookings.push(booking);
			} else endStatement(value, parent as IDataObject);
		},
	});
	return {
		write: xml.write,
		end() {
			xml.end();
			if (!isCamt) throw faultAt(1, 'this XML is no bank statement of the kinds CAMT.053, CAMT.052 and CAMT.054');
			if (file.statements.length === 0) throw faultAt(1, 'there is no statement in it, though it looks like CAMT. Download it from the bank again');
			return { ...file, statements: gluePages(file.statements) };
		},
	};
}
