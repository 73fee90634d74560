/** CAMT.053, 052 and 054 as the schemas allow them and banks fill them. */
import { linesOf } from '../../nodes/BankStatement/line';
import { readText } from '../bank/read';

const OWN = 'NL91ABNA0417164300';
const OTHER = 'NL20INGB0001234567';

const document = (content: string, message = 'BkToCstmrStmt') => `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><${message}>${content}</${message}></Document>`;
const balance = (code: string, amount: string, sign = 'CRDT') => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>2026-11-21</Dt></Dt></Bal>`;
const statement = (entries: string, balances = '', more = '') => document(`<Stmt><Id>S1</Id><ElctrncSeqNb>12</ElctrncSeqNb>${more}<Acct><Id><IBAN>${OWN}</IBAN></Id><Ccy>EUR</Ccy></Acct>${balances}${entries}</Stmt>`);

interface Entry {
	amount?: string;
	sign?: string;
	status?: string;
	more?: string;
	details?: string;
}
const entry = ({ amount = '10.00', sign = 'CRDT', status = 'BOOK', more = '', details = '' }: Entry = {}) =>
	`<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Sts>${status}</Sts><BookgDt><Dt>2026-11-21</Dt></BookgDt><ValDt><Dt>2026-11-22</Dt></ValDt>${more}${details && `<NtryDtls>${details}</NtryDtls>`}</Ntry>`;
const transaction = (content: string) => `<TxDtls>${content}</TxDtls>`;
const debtor = `<RltdPties><Dbtr><Nm>J JANSEN</Nm></Dbtr><DbtrAcct><Id><IBAN>${OTHER}</IBAN></Id></DbtrAcct><Cdtr><Nm>DE VERENIGING</Nm></Cdtr><CdtrAcct><Id><IBAN>${OWN}</IBAN></Id></CdtrAcct></RltdPties>`;
const text = (words: string) => `<RmtInf><Ustrd>${words}</Ustrd></RmtInf>`;

async function one(content: Entry) {
	const { lines } = await readText(statement(entry(content)));
	expect(lines).toHaveLength(1);
	return { structuredCommunication: undefined, ...lines[0] };
}

describe('who and why', () => {
	it.each<[string, Entry, object]>([
		['money in', { details: transaction(debtor + text('Kamp 2')) }, { amount: 10, counterpartyName: 'J JANSEN', counterpartyIban: OTHER, communication: 'Kamp 2' }],
		['money out', { sign: 'DBIT', details: transaction(`<RltdPties><Cdtr><Nm>WINKEL</Nm></Cdtr><CdtrAcct><Id><IBAN>${OTHER}</IBAN></Id></CdtrAcct></RltdPties>`) }, { amount: -10, counterpartyName: 'WINKEL', counterpartyIban: OTHER }],
		['a reversal of money in, whose roles stay', { sign: 'DBIT', more: '<RvslInd>true</RvslInd>', details: transaction(debtor) }, { amount: -10, type: 'reversal', counterpartyName: 'J JANSEN', counterpartyIban: OTHER }],
		['a reversal whose roles were turned', { sign: 'CRDT', more: '<RvslInd>true</RvslInd>', details: transaction(debtor) }, { amount: 10, type: 'reversal', counterpartyName: 'J JANSEN', counterpartyIban: OTHER }],
		['a return', { details: transaction(`${debtor}<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf>`) }, { type: 'reversal' }],
		['a party of version 8', { details: transaction('<RltdPties><Dbtr><Pty><Nm>J JANSEN</Nm></Pty></Dbtr></RltdPties><RltdAgts><DbtrAgt><FinInstnId><BICFI>INGBNL2A</BICFI></FinInstnId></DbtrAgt></RltdAgts>') }, { counterpartyName: 'J JANSEN', counterpartyBic: 'INGBNL2A' }],
		['a bank as the party', { details: transaction('<RltdPties><Dbtr><Agt><FinInstnId><Nm>DE BANK</Nm></FinInstnId></Agt></Dbtr></RltdPties>') }, { counterpartyName: 'DE BANK' }],
		['somebody behind a party without a name', { details: transaction('<RltdPties><UltmtDbtr><Nm>P PIETERS</Nm></UltmtDbtr></RltdPties>') }, { counterpartyName: 'P PIETERS' }],
		['an account that is no IBAN', { details: transaction('<RltdPties><Dbtr><Nm>X</Nm></Dbtr><DbtrAcct><Id><Othr><Id>1234567</Id></Othr></Id></DbtrAcct></RltdPties>') }, { raw: { counterpartyAccount: '1234567' } }],
		['an IBAN with wrong check digits', { details: transaction('<RltdPties><DbtrAcct><Id><IBAN>NL21INGB0001234567</IBAN></Id></DbtrAcct></RltdPties>') }, { raw: { counterpartyAccount: 'NL21INGB0001234567' } }],
		['nobody', { details: transaction(text('Kamp 2')) }, { communication: 'Kamp 2' }],
		['references', { more: '<AcctSvcrRef>B1</AcctSvcrRef>', details: transaction('<Refs><EndToEndId>E7</EndToEndId><MndtId>M7</MndtId></Refs>') }, { endToEndId: 'E7', mandateId: 'M7', bankReference: 'B1' }],
		['placeholders', { details: transaction(`<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${text('NOT PROVIDED')}`) }, { amount: 10 }],
		['several texts, the first of them full', { details: transaction(`<RmtInf><Ustrd>${'a'.repeat(140)}</Ustrd><Ustrd>b</Ustrd><Ustrd>c</Ustrd></RmtInf>`) }, { communication: `${'a'.repeat(140)}b c` }],
		['a Belgian reference', { details: transaction('<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>BBA</Issr></Tp><Ref>010806817183</Ref></CdtrRefInf></Strd></RmtInf>') }, { structuredCommunication: '+++010/8068/17183+++', communication: '+++010/8068/17183+++' }],
		['a reference with text beside', { details: transaction('<RmtInf><Ustrd>Kamp 2</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf><AddtlRmtInf>voor Jan</AddtlRmtInf></Strd></RmtInf>') }, { structuredCommunication: 'RF18539007547034', communication: 'RF18539007547034 Kamp 2 voor Jan' }],
		['a reference that stands in the text, too', { details: transaction('<RmtInf><Ustrd>+++010/8068/17183+++</Ustrd><Strd><CdtrRefInf><Ref>010806817183</Ref></CdtrRefInf></Strd></RmtInf>') }, { structuredCommunication: '+++010/8068/17183+++', communication: '+++010/8068/17183+++' }],
		['a reference with wrong check digits', { details: transaction('<RmtInf><Strd><CdtrRefInf><Ref>RF19539007547034</Ref></CdtrRefInf></Strd></RmtInf>') }, { communication: 'RF19539007547034', structuredCommunication: undefined, raw: { warnings: ['The check digits of the reference RF19539007547034 are wrong.'] } }],
		['a number of an invoice', { details: transaction('<RmtInf><Strd><RfrdDocInf><Nb>F2026-7</Nb></RfrdDocInf></Strd></RmtInf>') }, { communication: 'F2026-7' }],
		['codes of a bank in the text', { details: transaction(text(`/EREF/E7//CNTP/${OTHER}/INGBNL2A/J JANSEN///REMI/USTD//Kamp 2/`)) }, { communication: 'Kamp 2', counterpartyName: 'J JANSEN', counterpartyIban: OTHER, endToEndId: 'E7' }],
		['labels that the payer wrote', { details: transaction(text('IBAN: BE71 Naam: Piet Omschrijving: Kamp 2')) }, { communication: 'IBAN: BE71 Naam: Piet Omschrijving: Kamp 2' }],
		['a text that begins with a sign', { details: transaction(text('@2026 Kamp')) }, { communication: '@2026 Kamp' }],
		['a text of the entry only', { more: '<AddtlNtryInf>Kamp 2 &amp; 3</AddtlNtryInf>' }, { communication: 'Kamp 2 & 3' }],
		['codes in the text of the entry', { more: `<AddtlNtryInf>SEPA Overboeking   IBAN: ${OTHER}  BIC: INGBNL2A  Naam: J JANSEN  Omschrijving: Kamp 2</AddtlNtryInf>` }, { communication: 'Kamp 2', counterpartyName: 'J JANSEN', counterpartyIban: OTHER }],
		['a text of the entry beside that of the transfer', { details: transaction(text('Kamp 2')), more: '<AddtlNtryInf>SEPA</AddtlNtryInf>' }, { communication: 'Kamp 2' }],
		['character references, CDATA and comments', { details: transaction(text('a&#13;b<![CDATA[ <c> ]]>d<!-- e -->f')) }, { communication: 'a b <c> df' }],
	])('%s', async (_, content, expected) => {
		expect(await one(content)).toMatchObject(expected);
	});

	it.each([
		['PMNT', 'RCDT', 'ESCT', 'transfer'],
		['PMNT', 'RDDT', 'ESDD', 'directDebit'],
		['PMNT', 'RDDT', 'UPDD', 'reversal'],
		['PMNT', 'CCRD', 'POSD', 'card'],
		['PMNT', 'CCRD', 'CWDL', 'cash'],
		['PMNT', 'MDOP', 'CHRG', 'charges'],
		['ACMT', 'MCOP', 'INTR', 'interest'],
	])('%s %s %s is %s', async (domain, family, sub, type) => {
		const code = `<BkTxCd><Domn><Cd>${domain}</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>${sub}</SubFmlyCd></Fmly></Domn></BkTxCd>`;
		expect((await one({ more: code })).type).toBe(type);
	});
});

describe('amounts', () => {
	it.each([
		['8.85000', 8.85],
		['000000149.87', 149.87],
		['5', 5],
		['0.12345', 0.12345],
	])('%s is %d', async (amount, expected) => {
		expect((await one({ amount })).amount).toBe(expected);
	});

	const inDetail = (cents: string, more = '') => transaction(`<Amt Ccy="EUR">${cents}</Amt>${more}${text(`T${cents}`)}`);

	it('of several transfers are one line each, over all parts of the entry', async () => {
		const { lines, warnings } = await readText(
			statement(entry({ more: '<AcctSvcrRef>B1</AcctSvcrRef><AddtlNtryInf>all of it</AddtlNtryInf>', details: `<Btch><PmtInfId>BATCH</PmtInfId></Btch>${inDetail('4.00')}</NtryDtls><NtryDtls>${inDetail('6.00')}` }), balance('OPBD', '0') + balance('CLBD', '10')),
		);
		expect(lines.map(({ amount, communication, batchId, bankReference }) => [amount, communication, batchId, bankReference])).toEqual([[4, 'T4.00', 'BATCH', 'B1'], [6, 'T6.00', 'BATCH', 'B1']]);
		expect(warnings).toEqual([]);
	});

	it('may go both ways in one entry', async () => {
		const { lines } = await readText(statement(entry({ amount: '4.00', details: inDetail('6.00', '<CdtDbtInd>CRDT</CdtDbtInd>') + inDetail('2.00', '<CdtDbtInd>DBIT</CdtDbtInd>') })));
		expect(lines.map(({ amount }) => amount)).toEqual([6, -2]);
	});

	it.each([
		['instructed', '<AmtDtls><InstdAmt><Amt Ccy="EUR">4.00</Amt></InstdAmt></AmtDtls>', '<AmtDtls><InstdAmt><Amt Ccy="EUR">6.00</Amt></InstdAmt></AmtDtls>'],
		['of the transaction', '<AmtDtls><TxAmt><Amt Ccy="EUR">4.00</Amt></TxAmt></AmtDtls>', '<AmtDtls><InstdAmt><Amt Ccy="USD">7.00</Amt></InstdAmt><TxAmt><Amt Ccy="EUR">6.00</Amt></TxAmt></AmtDtls>'],
	])('%s', async (_, first, second) => {
		const { lines } = await readText(statement(entry({ details: transaction(first) + transaction(second) })));
		expect(lines.map(({ amount }) => amount)).toEqual([4, 6]);
	});

	it('in another currency in the only transfer are those of the entry', async () => {
		expect(await one({ details: transaction(`<AmtDtls><InstdAmt><Amt Ccy="USD">11.00</Amt></InstdAmt></AmtDtls>${debtor}`) })).toMatchObject({ amount: 10, currency: 'EUR', counterpartyName: 'J JANSEN' });
	});

	it('that lack charges have them as a line of their own', async () => {
		const { lines } = await readText(statement(entry({ amount: '1526.00', sign: 'DBIT', more: '<Chrgs><Rcrd><Amt Ccy="EUR">26.00</Amt></Rcrd></Chrgs>', details: inDetail('1500.00') })));
		expect(lines.map(({ amount, type }) => [amount, type])).toEqual([[-1500, undefined], [-26, 'charges']]);
	});

	it('that do not come to the entry leave it whole, with all details at hand', async () => {
		const { lines } = await readText(statement(entry({ details: inDetail('4.00') + inDetail('5.00') })));
		expect(lines).toEqual([expect.objectContaining({ amount: 10 })]);
		expect(lines[0].raw.warnings).toEqual(['This batch is not split: its 2 details come to 9.00, not to 10.00.']);
		expect(lines[0].raw.details).toHaveLength(2);
	});

	it('of a batch without details are one line, and so is a batch that is not to be split', async () => {
		expect((await one({ details: '<Btch><NbOfTxs>5</NbOfTxs></Btch>' })).amount).toBe(10);
		const { file } = await readText(statement(entry({ details: inDetail('4.00') + inDetail('6.00') })));
		expect(linesOf(file.statements[0], false)).toEqual([expect.objectContaining({ amount: 10 })]);
	});
});

describe('statements', () => {
	it('leave out what is not booked, and say so', async () => {
		const { lines, notes, warnings } = await readText(statement(entry() + entry({ status: 'PDNG' }) + entry({ status: '<Cd>INFO</Cd>' }) + entry({ status: '<Cd>BOOK</Cd>' }), balance('OPBD', '0') + balance('CLBD', '20')));
		expect(lines).toHaveLength(2);
		expect(notes).toEqual(['1 entry was left out, since no money was booked: pending.', '1 entry was left out, since no money was booked: for information.']);
		expect(warnings).toEqual([]);
	});

	it.each([
		['PRCD and CLBD', balance('PRCD', '5') + balance('CLBD', '15'), []],
		['interim balances on a page', balance('ITBD', '5') + balance('ITBD', '15'), []],
		['what is available counts for nothing', balance('OPAV', '1') + balance('OPBD', '5') + balance('CLAV', '1') + balance('CLBD', '15') + balance('FWAV', '1'), []],
		['a debit balance', balance('OPBD', '15', 'DBIT') + balance('CLBD', '5', 'DBIT'), []],
		['only one balance', balance('CLBD', '15'), []],
		['no balance', '', []],
		['a wrong one', balance('OPBD', '5') + balance('CLBD', '16'), [`Statement 12 of ${OWN} opens with 5.00 and its lines come to 10.00, which makes 15.00, but it closes with 16.00.`]],
	])('balances: %s', async (_, balances, expected) => {
		expect((await readText(statement(entry(), balances))).warnings).toEqual(expected);
	});

	it('whose sums do not agree say so', async () => {
		const summary = '<TxsSummry><TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>12.00</Sum></TtlCdtNtries></TxsSummry>';
		expect((await readText(statement(entry(), summary))).warnings).toEqual([
			`Statement 12 of ${OWN} says that money came in 2 times, but has 1 such entries.`,
			`Statement 12 of ${OWN} says that 12.00 came in, but its entries come to 10.00.`,
		]);
	});

	it('on pages are one, and a missing page is found out', async () => {
		const page = (number: number, isLast: boolean, from: string, to: string) =>
			`<Stmt><Id>S</Id><StmtPgntn><PgNb>${number}</PgNb><LastPgInd>${isLast}</LastPgInd></StmtPgntn><ElctrncSeqNb>12</ElctrncSeqNb><Acct><Id><IBAN>${OWN}</IBAN></Id></Acct>${balance(number === 1 ? 'OPBD' : 'ITBD', from)}${entry()}${balance(isLast ? 'CLBD' : 'ITBD', to)}</Stmt>`;
		const whole = await readText(document(page(1, false, '0', '10') + page(2, true, '10', '20')));
		expect([whole.file.statements.length, whole.lines.map(({ line }) => line), whole.warnings]).toEqual([1, [1, 2], []]);
		expect((await readText(document(page(1, false, '0', '10')))).warnings).toEqual([`Statement 12 of ${OWN} goes on on another page, which is missing.`]);
	});

	it.each([
		['BkToCstmrAcctRpt', 'Rpt', 'CAMT.052'],
		['BkToCstmrDbtCdtNtfctn', 'Ntfctn', 'CAMT.054'],
	])('of %s are read, too', async (message, name, format) => {
		const { file, lines } = await readText(document(`<${name}><Id>S1</Id><Acct><Id><Othr><Id>123</Id></Othr></Id></Acct>${entry()}</${name}>`, message));
		expect([file.format, lines[0].account, lines[0].amount, lines[0].statement]).toEqual([format, '123', 10, 'S1']);
	});

	it.each([
		['a prefix', statement(entry()).replace(/<(\/?)(?=[A-Z])/g, '<$1ns2:')],
		['no namespace', statement(entry()).replace(/ xmlns="[^"]+"/, '')],
		['an envelope', statement(entry()).replace('<?xml version="1.0" encoding="UTF-8"?>', '<soap:Envelope xmlns:soap="x"><soap:Body>').replace('</Document>', '</Document></soap:Body></soap:Envelope>')],
		['a comment first', statement(entry()).replace('?>', '?><!-- made by the bank -->')],
		['a mark of UTF-8', `\ufeff${statement(entry())}`],
	])('with %s', async (_, file) => {
		expect((await readText(file)).lines).toEqual([expect.objectContaining({ account: OWN, amount: 10 })]);
	});

	it('take the day as it is written, whatever the zone', async () => {
		const late = entry().replace('<BookgDt><Dt>2026-11-21</Dt></BookgDt>', '<BookgDt><DtTm>2026-11-21T23:30:00-05:00</DtTm></BookgDt>').replace('<Dt>2026-11-22</Dt>', '<Dt>2026-11-22+01:00</Dt>');
		expect((await readText(statement(late))).lines[0]).toMatchObject({ date: '2026-11-21', valueDate: '2026-11-22' });
	});

	it('without a day in the entry have that of the closing balance', async () => {
		const bare = entry().replace(/<BookgDt>.*<\/ValDt>/, '');
		expect((await readText(statement(bare, balance('OPBD', '0') + balance('CLBD', '10')))).lines[0].date).toBe('2026-11-21');
	});

	it('do without anything that the schema does not demand', async () => {
		const { lines, warnings } = await readText(document('<Stmt><Ntry><Amt>1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry></Stmt>'));
		expect([lines[0].amount, lines[0].currency, warnings]).toEqual([1, 'EUR', []]);
	});
});

describe('what is broken', () => {
	it.each([
		[statement(entry({ amount: 'tien' })), 'Line 2 of the file: "tien" is not an amount'],
		[statement(entry().replace(/<Amt.*?<\/Amt>/, '')), 'an entry (Ntry) has no amount'],
		[statement(entry({ sign: 'PLUS' })), 'does not say whether money came in or went out: CdtDbtInd is "PLUS"'],
		[statement(entry().replace(/<CdtDbtInd>.*?<\/CdtDbtInd>/, '')), 'CdtDbtInd is missing'],
		[statement(entry()).slice(0, -40), 'it was cut off'],
		['<?xml version="1.0"?><Document><CstmrCdtTrfInitn/></Document>', 'this XML is no bank statement'],
		[document(''), 'there is no statement in it'],
		[`<!DOCTYPE a [<!ENTITY b "c">]>${statement(entry())}`, 'it declares a document type'],
	])('%.80s', async (text, message) => {
		await expect(readText(text)).rejects.toThrow(message);
	});
});
