/** CODA 2, record by record as the standard of Febelfin and its banks have it. */
import { linesOf } from '../../nodes/BankStatement/line';
import { readText } from '../bank/read';

/** A record of 128 signs: pieces at positions that count from 1. */
function record(...pieces: Array<[from: number, text: string]>): string {
	let line = '';
	for (const [from, text] of pieces) line = line.padEnd(from - 1) + text;
	return line.padEnd(128);
}

const amount = (cents: number) => `${cents < 0 ? 1 : 0}${String(Math.abs(cents) * 10).padStart(15, '0')}`;
const header = (more: Array<[number, string]> = []) => record([1, '00000'], [6, '211126'], [12, '737'], [15, '05'], ...more.filter(([at]) => at < 84), [84, more.find(([at]) => at === 84)?.[1] ?? '00000'], [128, '2']);
const opening = (cents: number, account = 'BE68539007547034                  EUR', structure = '2') =>
	record([1, `1${structure}`], [3, '012'], [6, account], [43, amount(cents)], [59, '201126'], [65, 'DE VERENIGING'], [126, '012']);
const closing = (cents: number) => record([1, '8'], [2, '012'], [5, 'BE68539007547034'], [39, 'EUR'], [42, amount(cents)], [58, '211126'], [128, '0']);
const trailer = (records: number, out: number, into: number) =>
	record([1, '9'], [17, String(records).padStart(6, '0')], [23, String(out * 10).padStart(15, '0')], [38, String(into * 10).padStart(15, '0')], [128, '2']);

interface Move {
	sequence?: string;
	detail?: string;
	cents: number;
	code?: string;
	/** With its type of three digits in front: structured. */
	structured?: string;
	text?: string;
	value?: string;
	entry?: string;
	globalisation?: string;
	parts?: 1 | 2 | 3;
	customer?: string;
	bic?: string;
	returned?: string;
	account?: string;
	name?: string;
}

function move({ sequence = '0001', detail = '0000', cents, code = '00150000', structured, text = '', value = '211126', entry = '211126', globalisation = '0', parts = 3, customer = '', bic = '', returned = '', account = '', name = '' }: Move): string[] {
	const zone = (structured ?? text).padEnd(149);
	return [
		record([1, '21'], [3, sequence + detail], [11, 'BANKREF'], [32, amount(cents)], [48, value], [54, code], [62, structured === undefined ? '0' : '1'], [63, zone.slice(0, 53)], [116, entry], [125, globalisation]),
		record([1, '22'], [3, sequence + detail], [11, zone.slice(53, 106)], [64, customer], [99, bic], [113, returned]),
		record([1, '23'], [3, sequence + detail], [11, account], [48, name], [83, zone.slice(106)]),
	].slice(0, parts);
}

const note = (sequence: string, detail: string, text: string, kind = '0') => record([1, '31'], [3, sequence + detail], [40, kind], [41, text]);

async function read(...records: string[]) {
	return await readText(records.join('\r\n'));
}

/** A statement around these movements, whose balances agree. */
async function statement(movements: string[], cents: number) {
	const out = Math.max(0, -cents);
	return await read(header(), opening(10_000), ...movements, closing(10_000 + cents), trailer(movements.length + 2, out, Math.max(0, cents)));
}

describe('own account', () => {
	it.each([
		['a Belgian number', '0', '539007547034 EUR0BE', 'BE68539007547034', 'EUR'],
		['a foreign number', '1', '123456789012345                   USD', '123456789012345', 'USD'],
		['a Belgian IBAN', '2', 'BE68539007547034                  EUR', 'BE68539007547034', 'EUR'],
		['a foreign IBAN', '3', 'NL91ABNA0417164300                GBP', 'NL91ABNA0417164300', 'GBP'],
		['an IBAN where the bank leaves the structure blank', ' ', 'BE68539007547034                  EUR', 'BE68539007547034', 'EUR'],
	])('%s', async (_, structure, zone, account, currency) => {
		const { lines } = await read(header(), opening(0, zone, structure), ...move({ cents: 100 }), closing(100), trailer(5, 0, 100));
		expect(lines[0]).toMatchObject({ account, currency });
	});
});

describe('communication', () => {
	it('runs over the edges of its three zones, and blanks at an edge stay', async () => {
		const text = `${'a'.repeat(50)} b c ${'d'.repeat(49)} eee ${'f'.repeat(30)}`;
		const { lines } = await statement(move({ cents: 500, text }), 500);
		expect(lines[0].communication).toBe(text);
	});

	it.each<[string, Move, object]>([
		['101', { cents: 1, structured: '101010806817183' }, { structuredCommunication: '+++010/8068/17183+++', communication: '+++010/8068/17183+++' }],
		['101 with more behind it', { cents: 1, structured: '101010806817183 DANK U' }, { structuredCommunication: '+++010/8068/17183+++', communication: '+++010/8068/17183+++ DANK U' }],
		['102', { cents: 1, structured: '102010806817183' }, { structuredCommunication: '+++010/8068/17183+++' }],
		['101 with wrong check digits', { cents: 1, structured: '101010806817184' }, { communication: '010806817184', raw: { warnings: ['The check digits of the reference 010806817184 are wrong.'] } }],
		['100', { cents: 1, structured: '100RF18539007547034' }, { structuredCommunication: 'RF18539007547034' }],
		['105', { cents: 1, structured: `105${'0'.repeat(42)}EUR010806817183BE${'0'.repeat(15)}` }, { structuredCommunication: '+++010/8068/17183+++' }],
		['113', { cents: -1, structured: `1131234567890123456${' '.repeat(24)}DE BAKKER GENT` }, { communication: 'DE BAKKER GENT' }],
		['115', { cents: 1, structured: `115${'0'.repeat(93)}010806817183` }, { structuredCommunication: '+++010/8068/17183+++' }],
		['127', { cents: -1, structured: `1272111261100${'BE12ZZZ0123456789'.padEnd(35)}${'MANDAAT-7'.padEnd(35)}${'FACTUUR 12'.padEnd(62)}` }, { mandateId: 'MANDAAT-7', communication: 'FACTUUR 12' }],
		['127 that was refused', { cents: -1, structured: `127211126112${'3'}${''.padEnd(34)}${'MANDAAT-7'.padEnd(35)}` }, { type: 'reversal' }],
		['a type that is not known', { cents: 1, structured: '999WAT DAN OOK' }, { communication: 'WAT DAN OOK' }],
		['free text with marks', { cents: 1, text: 'VOOR ***010/8068/17183*** DANK' }, { structuredCommunication: '+++010/8068/17183+++', communication: 'VOOR ***010/8068/17183*** DANK' }],
		['free text with twelve digits', { cents: 1, text: 'TEL 010806817183' }, { structuredCommunication: undefined }],
	])('%s', async (_, one, expected) => {
		const { lines } = await statement(move(one), one.cents);
		expect({ structuredCommunication: undefined, ...lines[0] }).toMatchObject(expected);
	});

	it('stands in the notes where the bank says so, without its own words', async () => {
		const { lines } = await statement(
			[
				...move({ cents: 500, text: 'Europese overschrijving (zie bijlage)' }),
				note('0001', '0001', '001DE LANGE NAAM VAN EEN VERENIGING ZONDER WINSTOOGMERK', '1'),
				note('0001', '0002', 'Europese overschrijving Van: J JANSSENS IBAN: BE71096123456769 Mededeli'),
				note('0001', '0003', 'ng: Kamp 2 Jan'),
			],
			500,
		);
		expect(lines[0]).toMatchObject({ communication: 'Europese overschrijving Van: J JANSSENS IBAN: BE71096123456769 Mededeli ng: Kamp 2 Jan', counterpartyName: 'DE LANGE NAAM VAN EEN VERENIGING ZONDER WINSTOOGMERK' });
		const whole = await statement([...move({ cents: 500, text: 'voir annexe' }), note('0001', '0001', 'Virement De: J JANSSENS Communication: Camp 2 Jean')], 500);
		expect(whole.lines[0].communication).toBe('Camp 2 Jean');
	});

	it('of ING is without its own words around it', async () => {
		const { lines } = await statement(move({ cents: 500, text: 'Virement en euros (SEPA) De: J JANSSENS - BE71096123456769 Communication: Camp 2 Jean' }), 500);
		expect(lines[0].communication).toBe('Camp 2 Jean');
	});

	it('is not that of notes of an earlier movement', async () => {
		const { lines } = await statement([...move({ cents: 500, sequence: '0001', text: 'A' }), ...move({ cents: 200, sequence: '0002' }), note('0001', '0001', 'NOT MINE')], 700);
		expect(lines[1].communication).toBeUndefined();
	});

	it('does with missing parts', async () => {
		const [first, , third] = move({ cents: 500, text: 'KORT', name: 'J JANSSENS', account: 'BE71096123456769' });
		const { lines } = await statement([first, third], 500);
		expect(lines[0]).toMatchObject({ communication: 'KORT', counterpartyName: 'J JANSSENS', counterpartyIban: 'BE71096123456769' });
	});
});

describe('counterparty', () => {
	it.each([
		['BE71096123456769                  EUR', 'BE71096123456769', undefined],
		['BE71096123456769 EUR', 'BE71096123456769', undefined],
		['NL91ABNA0417164300', 'NL91ABNA0417164300', undefined],
		['BE71096123456768', undefined, 'BE71096123456768'],
		['539007547034 EUR', undefined, '539007547034'],
		['', undefined, undefined],
	])('account %j', async (account, counterpartyIban, counterpartyAccount) => {
		const { lines } = await statement(move({ cents: 1, account, bic: 'GKCCBEBB' }), 1);
		expect({ counterpartyIban: undefined, ...lines[0] }).toMatchObject({ counterpartyIban, counterpartyBic: 'GKCCBEBB' });
		expect(lines[0].raw.counterpartyAccount).toBe(counterpartyAccount);
	});

	it('has the reference that it gave, and none where that is a placeholder', async () => {
		const { lines } = await statement([...move({ cents: 1, customer: 'E2E-7' }), ...move({ cents: 1, sequence: '0002', customer: 'NOTPROVIDED' })], 2);
		expect(lines.map(({ endToEndId }) => endToEndId)).toEqual(['E2E-7', undefined]);
	});
});

describe('details', () => {
	const total = move({ cents: 300, code: '10150000', globalisation: '1', parts: 1 });
	const detail = (number: string, cents: number, text: string, code = '50150000') => move({ cents, detail: number, code, text });

	it('stand in the place of the total, whatever code the bank gives them, and numbers may be missing', async () => {
		const { lines, warnings } = await statement([...total, ...detail('0001', 100, 'A'), ...detail('0003', 200, 'B', '00150000')], 300);
		expect(lines.map(({ amount: one, communication, batchId }) => [one, communication, batchId])).toEqual([[1, 'A', '0001'], [2, 'B', '0001']]);
		expect(warnings).toEqual([]);
	});

	it('that do not come to the total leave it whole, with a word about it', async () => {
		const { lines, warnings } = await statement([...total, ...detail('0001', 100, 'A'), ...detail('0002', 250, 'B')], 300);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toMatchObject({ amount: 3, raw: { warnings: ['This batch is not split: its 2 details come to 3.50, not to 3.00.'] } });
		expect(warnings).toEqual([]);
	});

	it('are one line with the total where there is only one', async () => {
		const { lines } = await statement([...total, ...detail('0001', 300, 'A')], 300);
		expect(lines).toEqual([expect.objectContaining({ amount: 3, communication: 'A' })]);
	});

	it('may be missing: two totals in a row are two bookings', async () => {
		const { lines, warnings } = await statement([...total, ...move({ cents: 200, sequence: '0002', code: '10150000', globalisation: '1', parts: 1 })], 500);
		expect(lines.map((line) => line.amount)).toEqual([3, 2]);
		expect(warnings).toEqual([]);
	});

	it('of one transfer with its charges are no lines', async () => {
		const { lines, warnings } = await statement(
			[...move({ cents: -968, code: '33537000', text: 'KOSTEN' }), ...move({ cents: -800, detail: '0001', code: '83537000', parts: 1 }), ...move({ cents: -168, detail: '0002', code: '83537011', parts: 2 })],
			-968,
		);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toMatchObject({ amount: -9.68, communication: 'KOSTEN', type: 'charges' });
		expect((lines[0].raw.records as string[]).filter((one) => one.startsWith('21'))).toHaveLength(3);
		expect(warnings).toEqual([]);
	});

	it('of details stay with the detail', async () => {
		const { lines } = await statement(
			[...move({ cents: 300, code: '20150000', parts: 1 }), ...detail('0001', 100, 'A', '70150000'), ...detail('0002', 90, 'A1', '90150000'), ...detail('0003', 200, 'B', '70150000')],
			300,
		);
		expect(lines.map((line) => [line.amount, line.communication])).toEqual([[1, 'A'], [2, 'B']]);
	});

	it('in a file of their own are lines, with a note and without a check of balances', async () => {
		const { lines, warnings, notes } = await read(header([[84, '00001']]), opening(0), ...detail('0001', 100, 'A', '60150000'), ...detail('0002', 200, 'B', '60150000'), closing(0), trailer(8, 0, 300));
		expect(lines.map((line) => line.amount)).toEqual([1, 2]);
		expect(warnings).toEqual([]);
		expect(notes).toEqual(['Line 1: these are details apart from the statement, which books them as well.']);
	});
});

describe('amounts and days', () => {
	it.each<[string, Move, object]>([
		['three decimals', { cents: 0 }, { amount: 0 }],
		['an unknown value date', { cents: 1, value: '000000' }, { date: '2026-11-21', valueDate: undefined }],
		['a value date that no calendar has', { cents: 1, value: '300226' }, { date: '2026-11-21', valueDate: undefined, raw: { warnings: ['It has a date that no calendar has.'] } }],
		['an unknown day of booking', { cents: 1, entry: '000000', value: '201126' }, { date: '2026-11-20' }],
		['a refused one', { cents: -1, returned: '2' }, { type: 'reversal' }],
		['a card', { cents: -1, code: '00402000' }, { type: 'card' }],
		['cash', { cents: -1, code: '00404000' }, { type: 'cash' }],
		['a direct debit', { cents: -1, code: '00501000' }, { type: 'directDebit' }],
		['an instant transfer', { cents: 1, code: '00250000' }, { type: 'transfer' }],
		['costs', { cents: -1, code: '00137000' }, { type: 'charges' }],
	])('%s', async (_, one, expected) => {
		const { lines } = await statement(move(one), one.cents);
		expect({ valueDate: undefined, ...lines[0] }).toMatchObject(expected);
	});

	it('keeps thousandths', async () => {
		const line = move({ cents: 0 })[0];
		const { lines } = await read(header(), opening(0), line.slice(0, 32) + '000000000000005' + line.slice(47), trailer(3, 0, 0));
		expect(lines[0].amount).toBe(0.005);
	});
});

describe('the file', () => {
	it('without movements is valid', async () => {
		const { file, lines, warnings } = await read(header(), opening(500), closing(500), trailer(2, 0, 0));
		expect([file.statements.length, lines, warnings]).toEqual([1, [], []]);
	});

	it('that was cut off says so', async () => {
		const { lines, warnings } = await read(header(), opening(0), ...move({ cents: 100 }));
		expect(lines).toHaveLength(1);
		expect(warnings).toEqual(['The file ends without its last record: it was cut off. Download it from the bank again.']);
	});

	it('says which sums are wrong', async () => {
		const { warnings } = await read(header(), opening(0), ...move({ cents: 100 }), closing(200), trailer(6, 0, 300));
		expect(warnings).toEqual([
			'Line 7: the file should have 6 records, but has 5.',
			'Line 7: 3.00 should have gone in, but the lines come to 1.00.',
			'Statement 12 of BE68539007547034 opens with 0.00 and its lines come to 1.00, which makes 1.00, but it closes with 2.00.',
		]);
	});

	it('may have lost the blanks at the ends of its lines, and hold texts of the bank', async () => {
		const text = [header(), opening(0), ...move({ cents: 100, text: 'A' }), closing(100), record([1, '4'], [33, 'GELIEVE TE NOTEREN']), trailer(5, 0, 100)].map((line) => line.trimEnd()).join('\n');
		const { lines, warnings } = await readText(`${text}\n\n`);
		expect([lines[0].communication, warnings]).toEqual(['A', []]);
	});

	it('marked as a duplicate says so', async () => {
		const { warnings } = await read(header([[17, 'D']]), opening(0), closing(0), trailer(2, 0, 0));
		expect(warnings).toEqual(['Line 1: the bank marks this file as a duplicate of an earlier one.']);
	});

	it('may have more than 9 999 movements, whose numbers begin anew', async () => {
		const movements = Array.from({ length: 10_100 }, (_, index) => move({ cents: 1, sequence: String((index + 1) % 10_000).padStart(4, '0'), text: String(index), parts: 1 })).flat();
		const { lines, warnings } = await statement(movements, 10_100);
		expect(lines).toHaveLength(10_100);
		expect(lines[10_099].communication).toBe('10099');
		expect(warnings).toEqual([]);
	});

	it.each<[string, string[], string]>([
		['version 1', [header().slice(0, 127) + '1'], 'Line 1 of the file: this is not CODA version 2'],
		['no digits in an amount', [header(), opening(0), move({ cents: 1 })[0].replace('0000000010', '00000000XX')], 'Line 3 of the file: "000000000000000XX" is not an amount'.slice(0, 20)],
		['a movement before the balance', [header(), ...move({ cents: 1 })], 'Line 2 of the file: a movement stands before the opening balance'],
		['a continuation of nothing', [header(), opening(0), move({ cents: 1 })[1]], 'Line 3 of the file: a record 22 follows no movement'],
		['another record', [header(), opening(0), '7 WAT IS DIT'], 'Line 3 of the file: it begins with "7'],
		['something behind the end', [header(), opening(0), closing(0), trailer(2, 0, 0), closing(0)], 'Line 5 of the file: it follows no header record'],
	])('with %s is refused in words', async (_, records, message) => {
		await expect(read(...records)).rejects.toThrow(message);
	});

	it('gives a batch as one line where that is wanted', async () => {
		const { file } = await statement([...move({ cents: 300, code: '10150000', parts: 1 }), ...move({ cents: 100, detail: '0001', text: 'A' }), ...move({ cents: 200, detail: '0002', text: 'B' })], 300);
		expect(linesOf(file.statements[0], false)).toEqual([expect.objectContaining({ amount: 3, line: 1 })]);
	});
});
