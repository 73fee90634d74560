/** Bank Statement on n8n's engine: files and texts, checks, what was read before, and what goes wrong. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { BankStatement } from '../../nodes/BankStatement/BankStatement.node';
import type { Month, Transfer } from '../bank/transfers';
import { camt, coda, csv, mt940 } from '../bank/write';
import { everyOperation } from './everyOperation';
import { runNode } from './harness';
import type { NodeRun } from './harness';
import { entries, forgetAll, startProcessedData } from './processedData';

beforeAll(startProcessedData);
beforeEach(forgetAll);

const transfer = (text: string, cents = 2500): Transfer => ({
	date: '2026-11-03', valueDate: '2026-11-03', cents, name: 'J JANSSENS', iban: 'BE71096123456769', bic: 'GKCCBEBB', text,
});

const month = (number: number, openingCents: number, texts: string[]): Month => ({
	account: 'BE68539007547034',
	number,
	openingCents,
	openingDate: `2026-11-${String(number).padStart(2, '0')}`,
	closingDate: `2026-11-${String(number + 1).padStart(2, '0')}`,
	transfers: texts.map((text) => transfer(text)),
});
const first = month(11, 10_000, ['Kamp 2', 'Kamp 3']);
const second = month(12, 15_000, ['Lidgeld']);
const third = month(13, 17_500, ['Gift']);

const file = (content: string | Buffer, field = 'data'): INodeExecutionData => ({
	json: {},
	binary: { [field]: { data: Buffer.from(content).toString('base64'), mimeType: 'text/plain', fileName: 'x.txt' } },
});

async function run(items: INodeExecutionData[], parameters: INodeParameters = {}, more: Partial<NodeRun> = {}) {
	const result = await runNode({ node: new BankStatement(), items, parameters: { resource: 'statement', operation: 'readFile', ...parameters }, ...more });
	const hints = result.run.data.resultData.runData.Node?.[0]?.hints?.map(({ message }) => message) ?? [];
	return { ...result, hints, texts: result.items.map(({ json }) => json.communication) };
}

describe('reads', () => {
	test.each([
		['CODA', coda(first)],
		['MT940', mt940(first)],
		['CAMT', camt(first)],
		['CSV', csv('KBC', first).replace(/\r\n/g, '\r')],
		['CODA in UTF-16', Buffer.from(`\ufeff${coda(first)}`, 'utf16le')],
	])('%s from a binary field: one item a line, paired with its file', async (_, content) => {
		const { items, hints, error } = await run([file('', 'other'), file(content)].slice(1));
		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		expect(items.map(({ json }) => json.amount)).toEqual([25, 25]);
		expect(hints).toEqual([]);
	});

	test('gives exactly the fields of a line', async () => {
		const { items } = await run([file(coda({ ...first, transfers: [{ ...transfer(''), text: undefined, belgian: '010806817183', endToEndId: 'E7' }] }))]);
		expect(items[0].json).toEqual({
			account: 'BE68539007547034', statement: '11', line: 1, date: '2026-11-03', valueDate: '2026-11-03', amount: 25, currency: 'EUR', counterpartyName: 'J JANSSENS',
			counterpartyIban: 'BE71096123456769', counterpartyBic: 'GKCCBEBB', communication: '+++010/8068/17183+++', structuredCommunication: '+++010/8068/17183+++', endToEndId: 'E7',
			bankReference: 'REF1', type: 'transfer', raw: { code: '00150000', records: [expect.stringMatching(/^21/), expect.stringMatching(/^22/), expect.stringMatching(/^23/)] },
		});
	});

	test('from text, and from another binary field', async () => {
		expect((await run([{ json: { content: coda(first) } }], { source: 'text', text: '={{ $json.content }}' })).texts).toEqual(['Kamp 2', 'Kamp 3']);
		expect((await run([file(coda(second), 'statement')], { binaryPropertyName: 'statement' })).texts).toEqual(['Lidgeld']);
	});

	test('a CSV file by columns that were chosen', async () => {
		const { items, hints } = await run([file('Wanneer;Erbij;Eraf;Wat\n21/11/2026;25,00;;Kamp 2\n22/11/2026;;5,00;Kosten\n')], { columns: { date: 'Wanneer', amountIn: 'Erbij', amountOut: 'Eraf', communication: 'Wat' } });
		expect(items.map(({ json }) => [json.date, json.amount, json.communication])).toEqual([['2026-11-21', 25, 'Kamp 2'], ['2026-11-22', -5, 'Kosten']]);
		expect(hints).toEqual([]);
	});

	test('only the accounts that are wanted', async () => {
		const both = coda(first) + coda({ ...second, account: 'BE71096123456769' });
		const options = { accounts: 'be71 0961 2345 6769' };
		expect((await run([file(both)], { options })).texts).toEqual(['Lidgeld']);
		const none = await run([file(coda(first))], { options });
		expect([none.texts, none.hints]).toEqual([[], ['The file has no statement of BE71096123456769: it is of BE68539007547034.']]);
	});

	test('a batch as one line or as its transfers', async () => {
		const batch = coda(first, [{ batch: first.transfers }]);
		expect((await run([file(batch)])).texts).toEqual(['Kamp 2', 'Kamp 3']);
		expect((await run([file(batch)], { options: { splitBatches: false, linesReadBefore: 'ignore' } })).items.map(({ json }) => json.amount)).toEqual([50]);
	});
});

describe('checks', () => {
	const broken = coda(first).replace('0000000000150000', '0000000000160000');

	test('warn with words beside the output and in the first line', async () => {
		const { items, hints } = await run([file(broken)]);
		const fault = 'Statement 11 of BE68539007547034 opens with 100.00 and its lines come to 50.00, which makes 150.00, but it closes with 160.00.';
		expect(hints).toEqual([fault]);
		expect(items.map(({ json }) => (json.raw as { warnings?: string[] }).warnings)).toEqual([[fault], undefined]);
	});

	test('stop with an error, and leave nothing behind', async () => {
		const { items, error } = await run([file(broken)], { check: 'stop' });
		expect([items, error?.message]).toEqual([[], expect.stringContaining('Statement 11 of BE68539007547034 opens with 100.00')]);
		expect(entries()).toBe(0);
		expect((await run([file(coda(first))], { check: 'stop' })).error).toBeUndefined();
	});

	test('can be left off', async () => {
		const { items, hints } = await run([file(broken)], { check: 'off' });
		expect([items.length, hints, entries()]).toEqual([2, [], 0]);
	});

	test('a statement that is missing between the files of a run', async () => {
		const { hints, items } = await run([file(coda(first)), file(coda(third))]);
		expect(hints).toEqual(['Statement 11 of BE68539007547034 and the next one, 13, do not follow each other: the first closes with 150.00, the second opens with 175.00. Statement 12 is missing.']);
		expect(items).toHaveLength(3);
		expect((await run([file(coda(first)), file(coda(second)), file(coda(third))], { options: { linesReadBefore: 'ignore' } })).hints).toEqual([]);
	});

	test('only the file stops that does not follow, where the workflow goes on', async () => {
		const { texts, items } = await run([file(coda(first)), file(coda(third))], { check: 'stop' }, { onError: 'continueRegularOutput' });
		expect(texts).toEqual(['Kamp 2', 'Kamp 3', undefined]);
		expect(items[2].json.error).toContain('Statement 12 is missing.');
	});

	test('a statement that is missing between two runs', async () => {
		expect((await run([file(coda(first))])).hints).toEqual([]);
		expect((await run([file(coda(third))])).hints).toEqual([
			'Statement 13 of BE68539007547034 opens with 175.00, but no file that this node has read closed with that: one is missing in between, or they were not read in order.',
		]);
		forgetAll();
		for (const one of [first, second, third]) expect((await run([file(coda(one))])).hints).toEqual([]);
	});
});

describe('a file that was read before', () => {
	test('is told, whatever its format, and gives its lines again', async () => {
		await run([file(coda(first))]);
		const again = await run([file(camt(first))]);
		expect([again.texts, again.hints]).toEqual([['Kamp 2', 'Kamp 3'], ['All of its 2 lines were read by this node before.']]);
		expect((await run([file(coda(second))])).hints).toEqual([]);
	});

	test('is an error by choice, again and again', async () => {
		await run([file(coda(first))], { check: 'stop' });
		for (let time = 0; time < 2; time++) {
			const { items, error } = await run([file(coda(first))], { check: 'stop' });
			expect([items, error?.message]).toEqual([[], 'All of its 2 lines were read by this node before.']);
		}
	});

	test('that overlaps with an earlier one gives only new lines by choice', async () => {
		const options = { linesReadBefore: 'leaveOut' };
		await run([file(csv('KBC', first))], { options });
		const longer: Month = { ...first, transfers: [...first.transfers, transfer('Kamp 4')] };
		const { texts, hints } = await run([file(csv('KBC', longer))], { options });
		expect([texts, hints]).toEqual([['Kamp 4'], ['2 of its 3 lines were left out: read by this node before.']]);
	});

	test('keeps two equal lines of a day apart', async () => {
		const twice = { ...first, transfers: [transfer('Koffie'), transfer('Koffie')] };
		expect((await run([file(coda(twice))])).hints).toEqual([]);
		const thrice = { ...twice, transfers: [...twice.transfers, transfer('Koffie')] };
		expect((await run([file(coda(thrice))], { options: { linesReadBefore: 'leaveOut' } })).texts).toEqual(['Koffie']);
	});

	test('is no matter where nothing is to be remembered', async () => {
		const options = { linesReadBefore: 'ignore' };
		for (let time = 0; time < 2; time++) expect((await run([file(coda(first))], { options })).hints).toEqual([]);
		expect(entries()).toBe(0);
	});

	test('is found out within one run, too', async () => {
		const { hints, items } = await run([file(coda(first)), file(camt(first))]);
		expect([hints, items.length]).toEqual([['All of its 2 lines were in another file of this run, too.'], 4]);
	});
});

describe('what goes wrong', () => {
	test.each<[string, INodeExecutionData, INodeParameters, string]>([
		['no file', { json: {} }, {}, 'The item has no file in the binary field "data": check the name of the field'],
		['no text', { json: {} }, { source: 'text', text: '={{ $json.nothing }}' }, 'Text is empty: fill it in, or check the expression that gives it'],
		['a damaged file', file(':20:A\n:25:1\n:61:WAT\n'), {}, 'Line 3 of the file: "WAT" is not a movement as field 61 has it'],
		['another file', file('%PDF-1.7'), {}, 'This is a PDF.'],
		['an unknown table', file('Naam;Lengte\nJan;180\n'), {}, 'This is no bank file that can be recognized'],
		['too few columns', file('Naam;Lengte\nJan;180\n'), { columns: { communication: 'Naam' } }, 'Columns of Another CSV File lacks columns: choose at least Date'],
	])('is said in a sentence: %s', async (_, item, parameters, message) => {
		const { error } = await run([item], parameters);
		expect(error?.message).toContain(message);
	});

	test('of one file does not keep the others back where the workflow goes on', async () => {
		const items = [file(coda(first)), file('%PDF-1.7'), file(coda(second))];
		const { texts, items: out } = await run(items, {}, { onError: 'continueRegularOutput' });
		expect(texts).toEqual(['Kamp 2', 'Kamp 3', undefined, 'Lidgeld']);
		expect(out[2]).toMatchObject({ json: { error: expect.stringContaining('This is a PDF.') }, pairedItem: { item: 1 } });
		expect((await run([file(coda(first)), file('%PDF-1.7')])).error?.message).toContain('This is a PDF.');
	});
});

describe('Check File', () => {
	test('gives one item a file, with its statements', async () => {
		const { items } = await run([file(coda(first)), file(coda(third))], { operation: 'checkFile' });
		expect(items.map(({ json }) => json)).toEqual([
			{
				format: 'CODA', complete: true, warnings: [], notes: [],
				statements: [{ account: 'BE68539007547034', statement: '11', currency: 'EUR', from: '2026-11-03', to: '2026-11-03', openingBalance: 100, closingBalance: 150, moneyIn: 50, moneyOut: 0, lines: 2 }],
			},
			expect.objectContaining({ complete: false, warnings: [expect.stringContaining('Statement 12 is missing.')] }),
		]);
		expect(entries()).toBe(0);
	});
});

const whole: Month = { ...first, transfers: [{ ...transfer(''), text: undefined, belgian: '010806817183', endToEndId: 'E7' }, transfer('Kamp 3')] };
const files = [file(coda(whole)), file(coda(second, [{ batch: [transfer('A'), transfer('B')] }]))];

everyOperation({
	folder: 'BankStatement',
	node: new BankStatement(),
	fresh: async () => await Promise.resolve(forgetAll()),
	run: async (parameters, options) => await runNode({ node: new BankStatement(), parameters, ...options }),
	cases: [
		// What is in `raw` depends on the format.
		{ operation: 'statement.readFile', parameters: () => ({}), items: files, byFile: { raw: {}, mandateId: 'M7' } },
		{ operation: 'statement.checkFile', parameters: () => ({}), items: files, byFile: { warnings: [''], notes: [''] } },
	],
});
