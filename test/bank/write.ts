/** Writes what was booked as the banks do, by the published formats. */
import { closingCents, formatted } from './transfers';
import type { Month, Transfer } from './transfers';

const yymmdd = (date: string) => date.slice(2).replaceAll('-', '');
const ddmmyy = (date: string) => `${date.slice(8)}${date.slice(5, 7)}${date.slice(2, 4)}`;
const dmy = (date: string, sign: string) => date.split('-').reverse().join(sign);
const decimal = (cents: number, sign = '.') => `${Math.trunc(Math.abs(cents) / 100)}${sign}${String(Math.abs(cents) % 100).padStart(2, '0')}`;
const signed = (cents: number, sign = '.') => `${cents < 0 ? '-' : ''}${decimal(cents, sign)}`;

/** A CODA record: pieces at positions that count from 1. */
function record(...pieces: Array<[from: number, text: string]>): string {
	let line = '';
	for (const [from, text] of pieces) line = line.padEnd(from - 1) + text;
	return line.padEnd(128);
}

const codaAmount = (cents: number) => `${cents < 0 ? 1 : 0}${String(Math.abs(cents) * 10).padStart(15, '0')}`;

/** Communication of 53 + 53 + 43 signs as the records 21 to 23 hold it. */
function codaMovement({ date, valueDate, cents, name, iban, bic, text, belgian, endToEndId }: Transfer, sequence: number, detail = 0, code = '00150000'): string[] {
	const zone = (belgian ? `101${belgian}` : (text ?? '')).padEnd(149);
	const number = String(sequence % 10_000).padStart(4, '0') + String(detail).padStart(4, '0');
	return [
		record([1, '21'], [3, number], [11, `REF${sequence}`], [32, codaAmount(cents)], [48, ddmmyy(valueDate)], [54, code], [62, belgian ? '1' : '0'], [63, zone.slice(0, 53)], [116, ddmmyy(date)], [122, '001'], [125, '0'], [126, '1']),
		record([1, '22'], [3, number], [11, zone.slice(53, 106)], [64, endToEndId ?? ''], [99, bic], [126, '1']),
		record([1, '23'], [3, number], [11, iban], [45, 'EUR'], [48, name], [83, zone.slice(106)], [126, '0']),
	];
}

/** Transfers that were booked as one amount, with the details behind it. */
export interface Batch {
	batch: Transfer[];
}
type Booked = Transfer | Batch;
const isBatch = (one: Booked): one is Batch => 'batch' in one;
const centsOf = (one: Booked) => (isBatch(one) ? one.batch.reduce((sum, { cents }) => sum + cents, 0) : one.cents);

export function coda(month: Month, booked: Booked[] = month.transfers): string {
	const movements = booked.flatMap((one, index) => {
		if (!isBatch(one)) return codaMovement(one, index + 1);
		const [first] = one.batch;
		const total = record([1, '21'], [3, String((index + 1) % 10_000).padStart(4, '0')], [7, '0000'], [11, 'BATCH'], [32, codaAmount(centsOf(one))], [48, ddmmyy(first.valueDate)], [54, '10150000'], [62, '0'], [116, ddmmyy(first.date)], [125, '1'], [126, '0']);
		return [total, ...one.batch.flatMap((transfer, detail) => codaMovement(transfer, index + 1, detail + 1, '50150000'))];
	});
	const out = booked.map(centsOf).filter((cents) => cents < 0);
	const into = booked.map(centsOf).filter((cents) => cents > 0);
	const sum = (all: number[]) => String(all.reduce((total, cents) => total + Math.abs(cents) * 10, 0)).padStart(15, '0');
	const paper = String(month.number).padStart(3, '0');
	return [
		record([1, '00000'], [6, ddmmyy(month.closingDate)], [12, '737'], [15, '05'], [35, 'DE VERENIGING'], [61, 'KREDBEBB'], [84, '00000'], [128, '2']),
		record([1, '12'], [3, paper], [6, month.account], [40, 'EUR'], [43, codaAmount(month.openingCents)], [59, ddmmyy(month.openingDate)], [65, 'DE VERENIGING'], [126, paper]),
		...movements,
		record([1, '8'], [2, paper], [5, month.account], [39, 'EUR'], [42, codaAmount(month.openingCents + booked.map(centsOf).reduce((all, cents) => all + cents, 0))], [58, ddmmyy(month.closingDate)], [128, '0']),
		record([1, '9'], [17, String(movements.length + 2).padStart(6, '0')], [23, sum(out)], [38, sum(into)], [128, '2']),
	].map((line) => `${line}\r\n`).join('');
}

const cut = (text: string, width: number) => text.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? [''];

/** Field 86 in the codes of ABN AMRO and Rabobank, of ING, and of the German banks. */
const dialects: Record<'sepa' | 'ing' | 'german', (transfer: Transfer) => string> = {
	sepa: ({ name, iban, bic, text, belgian, endToEndId }) =>
		`/TRTP/SEPA OVERBOEKING/IBAN/${iban}/BIC/${bic}/NAME/${name}/REMI/${belgian ? formatted(belgian) : (text ?? '')}/EREF/${endToEndId ?? 'NOTPROVIDED'}`,
	ing: ({ name, iban, bic, text, belgian, endToEndId }) =>
		`/EREF/${endToEndId ?? 'NOTPROVIDED'}//CNTP/${iban}/${bic}/${name}///REMI/${belgian ? `STRD/BBA/${belgian}/` : `USTD//${text ?? ''}/`}`,
	german: ({ name, iban, bic, text, belgian, endToEndId }) => {
		const message = `EREF+${endToEndId ?? 'NOTPROVIDED'}SVWZ+${belgian ? formatted(belgian) : (text ?? '')}`;
		const pieces = cut(message, 27).map((piece, index) => `?${index < 10 ? 20 + index : 50 + index}${piece}`);
		return `166?00SEPA TRANSFER?109310${pieces.join('')}?30${bic}?31${iban}${cut(name, 27).map((piece, index) => `?${32 + index}${piece}`).join('')}`;
	},
};

export function mt940(month: Month, dialect: keyof typeof dialects = 'sepa'): string {
	const balance = (cents: number, date: string) => `${cents < 0 ? 'D' : 'C'}${yymmdd(date)}EUR${decimal(cents, ',')}`;
	const lines = month.transfers.flatMap((transfer) => [
		`:61:${yymmdd(transfer.valueDate)}${transfer.date.slice(5).replace('-', '')}${transfer.cents < 0 ? 'D' : 'C'}${decimal(transfer.cents, ',')}NTRFEREF//B1`,
		...`:86:${cut(dialects[dialect](transfer), 65).join('\n')}`.split('\n'),
	]);
	return [
		'{1:F01BANKNL2AXXXX0000000000}{2:O940BANKNL2AXXXXN}{4:',
		':20:940A',
		`:25:${month.account}`,
		`:28C:${month.number}/1`,
		`:60F:${balance(month.openingCents, month.openingDate)}`,
		...lines,
		`:62F:${balance(closingCents(month), month.closingDate)}`,
		'-}',
		'',
	].join('\r\n');
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export interface CamtStyle {
	version: 2 | 4 | 8 | 13;
	prefix?: string;
}

/** The differences between the versions are those of the schemas. */
export function camt(month: Month, { version, prefix = '' }: CamtStyle = { version: 2 }, booked: Booked[] = month.transfers): string {
	const tag = (name: string, content: string, attributes = '') => `<${prefix}${name}${attributes}>${content}</${prefix}${name}>`;
	const text = (name: string, content: string | undefined) => (content === undefined ? '' : tag(name, escaped(content)));
	const amount = (name: string, cents: number) => tag(name, decimal(cents), ' Ccy="EUR"');
	const indicator = (cents: number) => tag('CdtDbtInd', cents < 0 ? 'DBIT' : 'CRDT');
	const balance = (code: string, cents: number, date: string) =>
		tag('Bal', tag('Tp', tag('CdOrPrtry', tag('Cd', code))) + amount('Amt', cents) + indicator(cents) + tag('Dt', tag('Dt', date)));
	const details = (one: Transfer) => {
		const role = one.cents < 0 ? 'Cdtr' : 'Dbtr';
		const party = version >= 8 ? tag('Pty', text('Nm', one.name)) : text('Nm', one.name);
		const remittance = one.belgian
			? tag('Strd', tag('CdtrRefInf', tag('Tp', tag('CdOrPrtry', tag('Cd', 'SCOR')) + tag('Issr', 'BBA')) + tag('Ref', one.belgian)))
			: text('Ustrd', one.text);
		return tag(
			'TxDtls',
			tag('Refs', text('EndToEndId', one.endToEndId ?? 'NOTPROVIDED')) +
				(version === 2 ? tag('AmtDtls', tag('TxAmt', amount('Amt', one.cents))) : amount('Amt', one.cents) + indicator(one.cents)) +
				tag('RltdPties', tag(role, party) + tag(`${role}Acct`, tag('Id', tag('IBAN', one.iban)))) +
				tag('RltdAgts', tag(`${role}Agt`, tag('FinInstnId', tag(version === 2 ? 'BIC' : 'BICFI', one.bic)))) +
				(remittance === '' ? '' : tag('RmtInf', remittance)),
		);
	};
	const entries = booked.map((one, index) => {
		const [first] = isBatch(one) ? one.batch : [one];
		const all = isBatch(one) ? one.batch : [one];
		return tag(
			'Ntry',
			amount('Amt', centsOf(one)) +
				indicator(centsOf(one)) +
				tag('Sts', version >= 8 ? tag('Cd', 'BOOK') : 'BOOK') +
				tag('BookgDt', tag('Dt', first.date)) +
				tag('ValDt', tag('Dt', first.valueDate)) +
				tag('AcctSvcrRef', `REF${index + 1}`) +
				tag('BkTxCd', tag('Domn', tag('Cd', 'PMNT') + tag('Fmly', tag('Cd', 'RCDT') + tag('SubFmlyCd', 'ESCT')))) +
				tag('NtryDtls', (isBatch(one) ? tag('Btch', tag('PmtInfId', `BATCH${index + 1}`)) : '') + all.map(details).join('\n')),
		);
	});
	const closing = month.openingCents + booked.map(centsOf).reduce((all, cents) => all + cents, 0);
	const statement = tag(
		'Stmt',
		tag('Id', 'S1') +
			tag('ElctrncSeqNb', String(month.number)) +
			tag('Acct', tag('Id', tag('IBAN', month.account)) + tag('Ccy', 'EUR')) +
			balance('OPBD', month.openingCents, month.openingDate) +
			balance('CLBD', closing, month.closingDate) +
			entries.join('\n'),
	);
	const space = `urn:iso:std:iso:20022:tech:xsd:camt.053.001.${String(version).padStart(2, '0')}`;
	const name = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
	return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('Document', tag('BkToCstmrStmt', tag('GrpHdr', tag('MsgId', 'M1')) + statement), ` ${name}="${space}"`)}\n`;
}

const quoted = (cells: string[], separator: string) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator);
const plain = (cells: string[]) => cells.join(';');

/** A table of a bank: its titles and a row for each transfer, `balance` in cents after it. */
interface Table {
	titles: string;
	row(transfer: Transfer, month: Month, balance: number): string;
	newestFirst?: boolean;
}

export const tables: Record<string, Table> = {
	KBC: {
		titles:
			'Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;Vrije mededeling',
		row: ({ date, valueDate, cents, name, iban, bic, text, belgian }, { account, number }, balance) =>
			plain([
				account, '', 'DE VERENIGING', 'EUR', `  ${number}`, dmy(date, '/'), `EUROPESE OVERSCHRIJVING VAN      ${dmy(date, '-')}`, dmy(valueDate, '/'), signed(cents, ','), signed(balance, ','),
				cents > 0 ? decimal(cents, ',') : '', cents < 0 ? signed(cents, ',') : '', iban.replace(/(.{4})(?=.)/g, '$1 '), bic, `${name}      `, '', belgian ? `***${formatted(belgian).slice(3, -3)}***` : '', text ?? '',
			]),
		newestFirst: true,
	},
	Belfius: {
		titles: [
			'Boekingsdatum vanaf;01/11/2026', 'Boekingsdatum tot en met;', 'Naam tegenpartij bevat;', 'Rekening tegenpartij;', 'Laatste saldo;1.234,56 EUR', ';',
			'Rekening;Boekingsdatum;Rekeninguittrekselnummer;Transactienummer;Rekening tegenpartij;Naam tegenpartij bevat;Straat en nummer;Postcode en plaats;Transactie;Valutadatum;Bedrag;Devies;BIC;Landcode;Mededelingen',
		].join('\r\n'),
		row: ({ date, valueDate, cents, name, iban, bic, text, belgian }, { account, number }) =>
			plain([
				account.replace(/(.{4})(?=.)/g, '$1 '), dmy(date, '/'), String(number).padStart(5, '0'), '85', iban, name, '', '', 'OVERSCHRIJVING BELFIUS DIRECT NET', dmy(valueDate, '/'), signed(cents, ','), 'EUR', bic, 'BE',
				belgian ? formatted(belgian) : (text ?? ''),
			]),
	},
	'BNP Paribas Fortis': {
		titles:
			'Volgnummer;Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;Rekeningnummer;Type verrichting;Tegenpartij;Naam van de tegenpartij;Mededeling;Details;Status;Reden van weigering',
		row: ({ date, valueDate, cents, name, iban, text, belgian }, { account }) =>
			plain([
				'2026-0001', dmy(date, '/'), dmy(valueDate, '/'), signed(cents, ','), 'EUR', account, 'Overschrijving in euro', iban, name, belgian ? formatted(belgian) : (text ?? ''), 'BIC KREDBEBB', 'Geaccepteerd', '',
			]),
	},
	'ING (NL)': {
		titles: quoted(['Datum', 'Naam / Omschrijving', 'Rekening', 'Tegenrekening', 'Code', 'Af Bij', 'Bedrag (EUR)', 'Mutatiesoort', 'Mededelingen', 'Saldo na mutatie', 'Tag'], ';'),
		row: ({ date, valueDate, cents, name, iban, text, belgian }, { account }, balance) =>
			quoted(
				[
					date.replaceAll('-', ''), name, account, iban, 'OV', cents < 0 ? 'Af' : 'Bij', decimal(cents, ','), 'Overschrijving',
					`Naam: ${name} Omschrijving: ${belgian ? formatted(belgian) : (text ?? '')} IBAN: ${iban} Kenmerk: NOTPROVIDED Valutadatum: ${dmy(valueDate, '-')}`, signed(balance, ','), '',
				],
				';',
			),
		newestFirst: true,
	},
	Rabobank: {
		titles: quoted(
			[
				'IBAN/BBAN', 'Munt', 'BIC', 'Volgnr', 'Datum', 'Rentedatum', 'Bedrag', 'Saldo na trn', 'Tegenrekening IBAN/BBAN', 'Naam tegenpartij', 'Naam uiteindelijke partij', 'Naam initiërende partij',
				'BIC tegenpartij', 'Code', 'Batch ID', 'Transactiereferentie', 'Machtigingskenmerk', 'Incassant ID', 'Betalingskenmerk', 'Omschrijving-1', 'Omschrijving-2', 'Omschrijving-3', 'Reden retour', 'Oorspr bedrag', 'Oorspr munt', 'Koers',
			],
			',',
		),
		row: ({ date, valueDate, cents, name, iban, bic, text, belgian }, { account }, balance) =>
			quoted(
				[
					account, 'EUR', 'RABONL2U', '000000000000000001', date, valueDate, `${cents < 0 ? '-' : '+'}${decimal(cents, ',')}`, `${balance < 0 ? '-' : '+'}${decimal(balance, ',')}`, iban, name, '', '', bic, 'cb', '', '', '', '',
					belgian ?? '', text ?? '', ' ', ' ', '', '', '', '',
				],
				',',
			),
	},
	Crelan: {
		titles: "Date;Montant;Solde apres operation;Devise;Contrepartie;Compte contrepartie;Type d'operation;Communication;Compte donneur d'ordre",
		row: ({ date, cents, name, iban, text, belgian }, { account }, balance) =>
			plain([dmy(date, '/'), signed(cents).replace(/^(-?)0\./, '$1.'), signed(balance), 'EUR', name, iban, 'Virement via Crelan Mobile', belgian ? formatted(belgian) : (text ?? ''), account]),
	},
	'Triodos (BE)': {
		titles: quoted(['Date', 'Account', 'Amount', 'CounterpartyAccount', 'BIC', 'CounterpartyName', 'Address', 'TransactionType', 'Communication', 'Balance'], ','),
		row: ({ date, cents, name, iban, bic, text, belgian }, { account }, balance) =>
			quoted([dmy(date, '-'), account, signed(cents, ','), iban, bic, name, ' ', 'SCT', belgian ? formatted(belgian) : (text ?? ''), signed(balance, ',').replace(/(\d)(?=(\d{3})+,)/g, '$1.')], ','),
	},
	bunq: {
		titles: quoted(['Date', 'Interest Date', 'Amount', 'Account', 'Counterparty', 'Name', 'Description'], ','),
		row: ({ date, valueDate, cents, name, iban, text, belgian }, { account }) =>
			quoted([date, valueDate, signed(cents, ',').replace(/(\d)(?=(\d{3})+,)/g, '$1.'), account, iban, name, belgian ? formatted(belgian) : (text ?? '')], ','),
	},
	Knab: {
		titles:
			'KNAB EXPORT;;;\r\nRekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder;Valutadatum;Betaalwijze;Omschrijving;Type betaling;Machtigingsnummer;Incassant ID;Adres;Referentie;Boekdatum;',
		row: ({ date, valueDate, cents, name, iban, text, belgian }, { account }) =>
			`${quoted([account, dmy(date, '-'), 'EUR', cents < 0 ? 'D' : 'C', decimal(cents, ','), iban, name, dmy(valueDate, '-'), 'Overboeking', belgian ? formatted(belgian) : (text ?? ''), '', '', '', '', 'C1', dmy(date, '-')], ';')};`,
	},
	Argenta: {
		titles: 'Rekening;Boekdatum;Valutadatum;Referentie;Beschrijving;Bedrag;Munt;Verrichtingsdatum;Rekening tegenpartij;Naam tegenpartij;Mededeling',
		row: ({ date, valueDate, cents, name, iban, text, belgian }, { account }) =>
			plain([account, dmy(date, '-'), dmy(valueDate, '-'), 'B6K10', 'Inkomende overschrijving', signed(cents, ','), 'EUR', dmy(date, '-'), iban, name, belgian ? formatted(belgian) : (text ?? '')]),
	},
	'ABN AMRO': {
		titles: '',
		row: (transfer, { account }, balance) =>
			[account, 'EUR', transfer.date.replaceAll('-', ''), signed(balance - transfer.cents, ','), signed(balance, ','), transfer.valueDate.replaceAll('-', ''), signed(transfer.cents, ','), dialects.sepa(transfer)].join('\t'),
	},
	'Triodos (NL)': {
		titles: '',
		row: ({ date, cents, name, iban, bic, text, belgian }, { account }) =>
			quoted([dmy(date, '-'), account, decimal(cents, ','), cents < 0 ? 'Debet' : 'Credit', name, `${bic} ${iban}`, 'ET', belgian ? formatted(belgian) : (text ?? '')], ','),
	},
	'ASN, SNS and RegioBank': {
		titles: '',
		row: ({ date, valueDate, cents, name, iban, text, belgian }, { account }, balance) =>
			[
				dmy(date, '-'), account, iban, name, '', '', '', 'EUR', signed(balance - cents), 'EUR', signed(cents), dmy(date, '-'), dmy(valueDate, '-'), '8810', 'OVB', '17', '', `'${belgian ? formatted(belgian) : (text ?? '')}'`, '11',
			].join(','),
	},
};

/** The month as a table of a bank. */
export function csv(bank: string, month: Month): string {
	const { titles, row, newestFirst } = tables[bank];
	let balance = month.openingCents;
	const rows = month.transfers.map((transfer) => row(transfer, month, (balance += transfer.cents)));
	return [...(titles === '' ? [] : [titles]), ...(newestFirst ? rows.reverse() : rows), ''].join('\r\n');
}
