/** MT940 and MT942 in the dialects of the Dutch, Belgian and German banks. */
import fc from 'fast-check';
import { read as readByMt940Js } from 'mt940-js';

import { month } from '../bank/transfers';
import { readText } from '../bank/read';
import { mt940 } from '../bank/write';

/** A statement around these fields, whose balances agree with the sum in cents. */
const around = (fields: string[], cents: number, { account = 'NL91ABNA0417164300', number = '12/1' } = {}) => {
	const balance = (sum: number) => `${sum < 0 ? 'D' : 'C'}261121EUR${Math.floor(Math.abs(sum) / 100)},${String(Math.abs(sum) % 100).padStart(2, '0')}`;
	return [':20:X', `:25:${account}`, `:28C:${number}`, `:60F:${balance(10_000).replace('261121', '261031')}`, ...fields, `:62F:${balance(10_000 + cents)}`, '-'].join('\r\n');
};

async function one(movement: string, description: string[] = [], cents = 100) {
	const { lines, warnings } = await readText(around([`:61:${movement}`, ...(description.length > 0 ? [`:86:${description[0]}`, ...description.slice(1)] : [])], cents));
	expect(lines).toHaveLength(1);
	expect(warnings).toEqual([]);
	return lines[0];
}

describe('field 61', () => {
	it.each([
		['C', 100],
		['D', -100],
		['RC', -100],
		['RD', 100],
		['CR', 100],
		['DR', -100],
		['RDR', 100],
		['RCR', -100],
	])('mark %s is %i cents', async (mark, cents) => {
		const line = await one(`2611211121${mark}1,00NTRFNONREF`, [], cents);
		expect(line.amount).toBe(cents / 100);
		expect(line.type).toBe(/^R[CD]/.test(mark) ? 'reversal' : 'transfer');
	});

	it.each([
		['100,', 10_000],
		['0,3', 30],
		[',50', 50],
		['000000000050,00', 5000],
		['941.17', 94_117],
		['500', 50_000],
	])('amount %s', async (amount, cents) => {
		expect((await one(`2611211121C${amount}NTRFNONREF`, [], cents)).amount).toBe(cents / 100);
	});

	it.each([
		['2101011230', '2020-12-30', '2021-01-01'],
		['1912310102', '2020-01-02', '2019-12-31'],
		['2611211121', '2026-11-21', '2026-11-21'],
		['261121261122', '2026-11-22', '2026-11-21'],
		['261121    ', '2026-11-21', '2026-11-21'],
		['261130', '2026-11-30', '2026-11-30'],
	])('days %s: booked %s, value %s', async (days, date, valueDate) => {
		expect(await one(`${days}C1,00NTRFNONREF`)).toMatchObject({ date, valueDate });
	});

	it('without a day of booking in a statement of one day was booked then', async () => {
		const { lines } = await readText(':20:X\n:25:NL91ABNA0417164300\n:28C:1\n:60F:C261120EUR0,\n:61:261201C1,00NTRFNONREF\n:62F:C261121EUR1,\n-');
		expect(lines[0]).toMatchObject({ date: '2026-11-21', valueDate: '2026-12-01' });
	});

	it('with a value date that no calendar has keeps the day of booking', async () => {
		const line = await one('2602301101C1,00NTRFNONREF');
		expect(line).toMatchObject({ date: '2026-11-01', raw: { warnings: ['It has a date that no calendar has.'] } });
		expect(line.valueDate).toBeUndefined();
	});

	it.each([
		['NTRFNONREF//B1', undefined, 'B1'],
		['NTRFFACTUUR 7//B1', 'FACTUUR 7', 'B1'],
		['NTRFEREF', undefined, undefined],
		['NOV NONREF', undefined, undefined],
		['N051NONREF', undefined, undefined],
		['S051NONREF', undefined, undefined],
		['NMSC', undefined, undefined],
		['FMSC', undefined, undefined],
	])('%s', async (rest, endToEndId, bankReference) => {
		expect({ endToEndId: undefined, bankReference: undefined, ...(await one(`2611211121C1,00${rest}`)) }).toMatchObject({ endToEndId, bankReference });
	});

	it.each([
		['Rabobank', ['2611211121C1,00N541EREF\nNL20INGB0001234567'], ['/EREF/7//ORDP//NAME/J JANSEN/REMI/Kamp 2'], { counterpartyIban: 'NL20INGB0001234567', counterpartyName: 'J JANSEN', communication: 'Kamp 2' }],
		['SNS and ASN', ['2611211121C1,00NOVBNL20INGB0001234567\nj jansen'], ['NL20INGB0001234567 j jansen', '', 'Kamp 2'], { counterpartyIban: 'NL20INGB0001234567', counterpartyName: 'j jansen', communication: 'Kamp 2' }],
		['SNS before IBAN', ['2611211121C1,00NIOB0987654321\nj jansen'], ['0987654321 j jansen', 'Kamp 2'], { counterpartyName: 'j jansen', communication: 'Kamp 2' }],
		['Rabobank before IBAN', ['2611211121C1,00N0440733959555      J JANSEN'], ['Kamp 2'], { counterpartyName: 'J JANSEN', communication: 'Kamp 2' }],
		['ING', ['2611211121C1,00NTRFEREF//00001\n/TRCD/00100/'], ['/EREF/E7//CNTP/NL20INGB0001234567/INGBNL2A/J JANSEN///REMI/USTD//Kamp 2/'], { communication: 'Kamp 2', endToEndId: 'E7', bankReference: '00001' }],
		['a bank without field 86', ['2611211121C1,00NTRFNONREF\nKamp 2'], [], { communication: 'Kamp 2' }],
		['a bank without field 86 and with one line', ['2611211121C1,00NTRFKAMP 2//7'], [], { communication: 'KAMP 2', endToEndId: 'KAMP 2', bankReference: '7' }],
	])('of %s', async (_, [movement], description, expected) => {
		const line = await one(movement, description);
		expect(line).toMatchObject(expected);
		expect(line.endToEndId).toBe((expected as { endToEndId?: string }).endToEndId ?? (description[0]?.startsWith('/EREF/7/') ? '7' : undefined));
	});
});

/** Lines of 65 signs, as banks cut them. */
const cut = (text: string) => text.match(/.{1,65}/g) ?? [];

describe('field 86', () => {
	const IBAN = 'NL20INGB0001234567';

	it.each<[string, string[], object]>([
		[
			'ABN AMRO',
			cut(`/TRTP/SEPA OVERBOEKING/IBAN/${IBAN}/BIC/INGBNL2A/NAME/VERENIGING DE LANGE NAAM EN ZO VOORT/REMI/Lidgeld A/B/2026 van Jan en Piet/EREF/NOTPROVIDED`),
			{ counterpartyIban: IBAN, counterpartyBic: 'INGBNL2A', counterpartyName: 'VERENIGING DE LANGE NAAM EN ZO VOORT', communication: 'Lidgeld A/B/2026 van Jan en Piet', type: 'transfer' },
		],
		['ABN AMRO, direct debit', cut(`/TRTP/SEPA Incasso algemeen doorlopend/CSID/NL12ZZZ/NAME/BEDRIJF/MARF/M7/REMI/Nota 7/IBAN/${IBAN}/BIC/INGBNL2A/EREF/E7`), { mandateId: 'M7', endToEndId: 'E7', type: 'directDebit', communication: 'Nota 7' }],
		['ABN AMRO, structured', cut(`/TRTP/SEPA OVERBOEKING/IBAN/${IBAN}/BIC/INGBNL2A/NAME/J JANSEN/REMI/ISSUER: CUR                 REF: 7170000000000127/EREF/NOTPROVIDED`), { communication: '7170000000000127' }],
		['Rabobank, structured', ['/ORDP//NAME/J JANSEN/REMI//CDTRREFTP//CD/SCOR/ISSR/ISO/CDTRREF/RF18539007547034'], { structuredCommunication: 'RF18539007547034', communication: 'RF18539007547034' }],
		['Rabobank, twice', ['/BENM//NAME/J JANSEN/REMI//REMI/Kamp 2/ISDT/2026-11-21'], { counterpartyName: 'J JANSEN', communication: 'Kamp 2' }],
		['ING', cut(`/RTRN/MS03//EREF/E7//CNTP/${IBAN}/INGBNL2A/J JANSEN///REMI/USTD//Lidgeld 2026/2 personen/`), { counterpartyIban: IBAN, counterpartyName: 'J JANSEN', communication: 'Lidgeld 2026/2 personen', endToEndId: 'E7', type: 'reversal' }],
		['ING, structured', [`/EREF/NOTPROVIDED//CNTP/${IBAN}/INGBNL2A/J JANSEN///REMI/STRD/BBA/010806817183/`], { structuredCommunication: '+++010/8068/17183+++' }],
		['somebody behind the counterparty', [`/ORDP//NAME/J JANSEN/REMI/Kamp 2/ULTD//NAME/P PIETERS`], { counterpartyName: 'J JANSEN' }],
		['the tag counted in the first line', [`/TRTP/SEPA OVERBOEKING/IBAN/${IBAN}/BIC/INGBNL2A/N`.padEnd(61, 'X').slice(0, 61).replace(/X+$/, (xs) => xs.replace(/./g, 'X')), 'Y/NAME/J JANSEN/REMI/Kamp 2'], { counterpartyName: 'J JANSEN', communication: 'Kamp 2' }],
		['text with labels', ['SEPA OVERBOEKING                 IBAN: NL20INGB0001234567        ', 'BIC: INGBNL2A                    NAAM: J JANSEN                   ', 'OMSCHRIJVING: Kamp 2 Jan         KENMERK: NOTPROVIDED             '], { counterpartyIban: IBAN, counterpartyBic: 'INGBNL2A', counterpartyName: 'J JANSEN', communication: 'Kamp 2 Jan', type: 'transfer' }],
		['text with labels whose columns are full', ['SEPA OVERBOEKING                 IBAN: NL20INGB0001234567', 'BIC: INGBNL2A                    NAAM: AA GHGHGH NETHERLANDS B.V.', 'OMSCHRIJVING: Kamp 2', 'KENMERK: AA 2014-11-11 10:20:47/'.padEnd(65, '0'), '07'], { counterpartyName: 'AA GHGHGH NETHERLANDS B.V.', communication: 'Kamp 2', endToEndId: `${'AA 2014-11-11 10:20:47/'.padEnd(56, '0')}07` }],
		['a payment reference behind a label', ['SEPA OVERBOEKING                 IBAN: NL20INGB0001234567', 'BIC: INGBNL2A                    NAAM: BELASTINGDIENST', 'BETALINGSKENM.: 1017000000000012'], { counterpartyName: 'BELASTINGDIENST', communication: '1017000000000012' }],
		['Knab without a text', [`REK: ${IBAN}/NAAM: BEDRIJF VOF`], { counterpartyIban: IBAN, counterpartyName: 'BEDRIJF VOF' }],
		['a code cut in two by a short line', ['/CNTP/NL20INGB0001234567/INGBNL2A/J JANSEN/3000AA GENT//EREF/NOTPROVIDED//RE', 'MI/USTD//Factuur 7/'], { counterpartyName: 'J JANSEN', communication: 'Factuur 7' }],
		['Knab', ['FACTUUR 201403110, 201403113', `REK: ${IBAN}/NAAM: PICQER`], { counterpartyIban: IBAN, counterpartyName: 'PICQER', communication: 'FACTUUR 201403110, 201403113' }],
		['a German bank', ['166?00GUTSCHRIFT?109310?20EREF+E7?21SVWZ+Lidgeld 2026 van J?22an en Piet?30GENODEF1?31DE89370400440532013000?32JAN JANS?33SEN?34888'], { communication: 'Lidgeld 2026 van Jan en Piet', counterpartyName: 'JAN JANSSEN', counterpartyIban: 'DE89370400440532013000', endToEndId: 'E7' }],
		['a German bank with more text', [`166?20A?21B?29C?60D?63E?32JAN`], { communication: 'ABCDE', counterpartyName: 'JAN' }],
		['Triodos', ['000>100000000000', '>20INGBNL2A', '>21NL20INGB0001234567', '>22J JANSEN>23Kamp 2 voor de kinderen van J>24an', '>310123456789'], { counterpartyIban: IBAN, counterpartyBic: 'INGBNL2A', communication: 'J JANSEN Kamp 2 voor de kinderen van Jan' }],
		['a card', ['BEA   NR:XXX1234   21.05.26/12.54 DIRCKIII FIL2500 KATWIJK,PAS999'], { communication: 'BEA NR:XXX1234 21.05.26/12.54 DIRCKIII FIL2500 KATWIJK,PAS999' }],
		['a payer who writes labels', ['Naam: Piet Kenmerk: 12'], { communication: 'Naam: Piet Kenmerk: 12' }],
		['a payer who writes signs', ['<12 jaar, @2026'], { communication: '<12 jaar, @2026' }],
		['free text of whole lines', ['x'.repeat(65), 'y'], { communication: `${'x'.repeat(65)}y` }],
		['free text of columns', ['Kamp 2', 'van Jan'], { communication: 'Kamp 2 van Jan' }],
		['text that begins like a tag', ['Kamp', ':12:van', '-Jan'], { communication: 'Kamp :12:van -Jan' }],
		['a lone dash from the cut', ['Kamp 2', '-', 'Jan'], { communication: 'Kamp 2 - Jan' }],
		['placeholders', ['/IBAN/NL20INGB0001234567/NAME/J JANSEN/REMI/NOT PROVIDED/EREF/NOTPROVI', 'DED'], { counterpartyName: 'J JANSEN' }],
	])('of %s', async (_, description, expected) => {
		expect(await one('2611211121C1,00NTRFNONREF', description)).toMatchObject(expected);
	});

	it('has no communication where that is a placeholder', async () => {
		const line = await one('2611211121C1,00NTRFNONREF', ['/IBAN/NL20INGB0001234567/NAME/J JANSEN/REMI/NOT PROVIDED/EREF/NOTPROVIDED']);
		expect([line.communication, line.endToEndId]).toEqual([undefined, undefined]);
	});

	it('that begins with labels has no text before them', async () => {
		expect((await one('2611211121C1,00NTRFNONREF', [`REK: ${IBAN}/NAAM: BEDRIJF VOF`])).communication).toBeUndefined();
	});

	it('beside the own account as a reference has no counterparty', async () => {
		const line = await one('2611211121C1,00NMSCNL91ABNA0417164300', ['ONTVANGEN RENTE']);
		expect([line.endToEndId, line.counterpartyIban, line.communication]).toEqual([undefined, undefined, 'ONTVANGEN RENTE']);
	});

	it('several times for one field 61 is one text, and behind the balance it is none of the last line', async () => {
		const { lines } = await readText(around([':61:2611211121C1,00NTRFNONREF', ':86:Terugboeking          ', ':86:niet akkoord'], 100).replace(/-$/, ':86:of the statement\r\n-'));
		expect(lines.map(({ communication }) => communication)).toEqual(['Terugboeking niet akkoord']);
	});
});

describe('the account', () => {
	it.each([
		['NL71RABO0123456789 EUR', 'NL71RABO0123456789', 'EUR'],
		['NL91ABNA0417164300EUR', 'NL91ABNA0417164300', 'EUR'],
		['NL91 ABNA 0417 1643 00', 'NL91ABNA0417164300', 'EUR'],
		['1291.99.348EUR', '1291.99.348', 'EUR'],
		['TRIODOSBANK/0666666666', 'TRIODOSBANK/0666666666', 'EUR'],
		['20041010/505400', '20041010/505400', 'EUR'],
		['517852257', '517852257', 'EUR'],
	])('%s', async (written, account, currency) => {
		const { lines } = await readText(around([':61:2611211121C1,00NTRFNONREF'], 100, { account: written }));
		expect(lines[0]).toMatchObject({ account, currency });
	});
});

describe('statements', () => {
	const body = (number: string, from: string, cents: string, to: string) => [`:28C:${number}`, `:60F:${from}`, `:61:2611211121C${cents}NTRFNONREF`, `:62F:${to}`];
	const first = body('1/1', 'C261031EUR0,', '1,00', 'C261121EUR1,00');
	const second = body('2/1', 'C261121EUR1,00', '2,00', 'C261122EUR3,00');

	it.each<[string, string[]]>([
		['parted by a dash', [':20:A', ':25:1', ...first, '-', ':20:B', ':25:1', ...second, '-']],
		['in envelopes of SWIFT', ['{1:F01INGBNL2A}{2:I940INGBNL2A}{4:', ':20:A', ':25:1', ...first, '-}{5:}', '{1:F01INGBNL2A}{2:I940INGBNL2A}{4:', ':20:B', ':25:1', ...second, '-}']],
		['with the envelope before the first field in its line', ['{1:F01INGBNL2A}{2:I940INGBNL2A}{4::20:A', ':25:1', ...first, '-}', ':20:B', ':25:1', ...second]],
		['of ABN AMRO', ['ABNANL2A', '940', 'ABNANL2A', ':20:A', ':25:1', ...first, '-', 'ABNANL2A', '940', 'ABNANL2A', ':20:B', ':25:1', ...second, '-']],
		['of Rabobank', [':940:', ':20:A', ':25:1', ...first, ':20:B', ':25:1', ...second]],
		['without field 20', [':25:1', ...first, ':25:1', ...second]],
		['parted by a dollar sign', [':20:A', ':25:1', ...first, '$', ':20:B', ':25:1', ...second, '$']],
		['with the end sign of DOS in the midst', [':20:A', ':25:1', ...first, '-', '\u001a:20:B', ':25:1', ...second, '-\u001a']],
		['without an account for the second', [':20:A', ':25:1', ...first, ...second]],
	])('%s', async (_, lines) => {
		const { file, warnings } = await readText(lines.join('\r\n'));
		expect(file.statements.map(({ account, number, bookings }) => [account, number, bookings.length])).toEqual([['1', '1', 1], ['1', '2', 1]]);
		expect(warnings).toEqual([]);
	});

	it('of several pages are one', async () => {
		const pages = [':20:A', ':25:1', ':28C:5/1', ':60F:C261031EUR0,', ':61:2611211121C1,00NTRFNONREF', ':62M:C261121EUR1,', '-', ':20:A', ':25:1', ':28C:5/2', ':60M:C261121EUR1,', ':61:2611211121C2,00NTRFNONREF', ':62F:C261121EUR3,', '-'];
		const { file, lines, warnings } = await readText(pages.join('\n'));
		expect([file.statements.length, lines.map(({ line, statement }) => [statement, line]), warnings]).toEqual([1, [['5', 1], ['5', 2]], []]);
	});

	it('whose last page is missing say so', async () => {
		const { warnings } = await readText(':20:A\n:25:1\n:28C:5/1\n:60F:C261031EUR0,\n:61:2611211121C1,00NTRFNONREF\n:62M:C261121EUR1,\n-');
		expect(warnings).toEqual(['Statement 5 of 1 goes on on another page, which is missing.']);
	});

	it('without movements are valid', async () => {
		const { file, lines, warnings } = await readText(':20:A\n:25:1\n:28C:0\n:60F:C261031EUR5,\n:62F:C261031EUR5,\n-');
		expect([file.statements.length, lines, warnings]).toEqual([1, [], []]);
	});

	it('of MT942 have counts and sums in the place of balances', async () => {
		const text = ':20:A\n:25:1\n:28C:1\n:34F:EUR0,\n:13D:2611211200+0100\n:61:2611211121C1,00NTRFNONREF\n:61:2611211121D2,00NTRFNONREF\n:61:2611211121EC9,00NTRFNONREF\n:90D:1EUR2,00\n:90C:2EUR1,00\n-';
		const { file, lines, warnings } = await readText(text);
		expect([file.format, lines.map(({ amount }) => amount), file.leftOut]).toEqual(['MT942', [1, -2], { announced: 1 }]);
		expect(warnings).toEqual(['Statement 1 of 1 says that money came in 2 times, but has 1 such entries.']);
	});
});

describe('what is broken', () => {
	it.each([
		[':20:A\n:25:1\n:60F:C261031EUR0,\n:61:WAT IS DIT\n:62F:C261121EUR1,', 'Line 4 of the file: "WAT IS DIT" is not a movement as field 61 has it'],
		[':20:A\n:25:1\n:60F:GEEN SALDO', 'Line 3 of the file: "GEEN SALDO" is not a balance'],
		[':20:A\n:25:1\n:60F:C261031EUR1,2,3', 'Line 3 of the file: "1,2,3" is not an amount'],
		[':20:A\nwat\ntekst', 'no statement begins in this file'],
	])('%j', async (text, message) => {
		await expect(readText(text)).rejects.toThrow(message);
	});
});

it('amounts, days and references are those that mt940-js finds', async () => {
	await fc.assert(
		fc.asyncProperty(month, async (one) => {
			// Letters beyond those of SWIFT are not its affair.
			const text = mt940(one, 'german').normalize('NFD').replace(/[^\x20-\x7e\r\n]/g, '');
			const { lines } = await readText(text);
			const [found] = await readByMt940Js(Buffer.from(text));
			expect(lines.map(({ amount, date, valueDate }) => [amount, date, valueDate])).toEqual(
				(found?.transactions ?? []).map(({ amount, isCredit, entryDate, valueDate }) => [isCredit ? amount : -amount, entryDate, valueDate]),
			);
		}),
		{ numRuns: 30 },
	);
});
