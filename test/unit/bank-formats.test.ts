/** The same transfers, written in every format as the banks do, read the same. */
import fc from 'fast-check';

import { checkChain, checkFile, identitiesOf } from '../../nodes/BankStatement/checks';
import { linesOf } from '../../nodes/BankStatement/line';
import { readBankFile } from '../../nodes/BankStatement/read';
import { camt, coda, csv, mt940, tables } from '../bank/write';
import { expectedLine, month, transfer } from '../bank/transfers';
import type { Month } from '../bank/transfers';

async function read(text: string, encoding: BufferEncoding = 'utf8') {
	const file = await readBankFile(Buffer.from(text, encoding));
	return { file, lines: file.statements.flatMap((statement) => linesOf(statement)) };
}

/** What is compared: not what only some formats have. */
function essence(lines: Awaited<ReturnType<typeof read>>['lines']) {
	return lines.map(({ account, date, valueDate, amount, currency, counterpartyName, counterpartyIban, communication, structuredCommunication }) => ({
		account, date, valueDate, amount, currency, counterpartyName, counterpartyIban, communication, structuredCommunication,
	}));
}

const expected = ({ transfers, account }: Month) => transfers.map((one) => expectedLine(one, account));

const FORMATS: Array<[name: string, write: (one: Month) => string]> = [
	['CODA', (one) => coda(one)],
	['MT940', (one) => mt940(one, 'sepa')],
	['MT940', (one) => mt940(one, 'ing')],
	['MT940', (one) => mt940(one, 'german')],
	['CAMT.053', (one) => camt(one, { version: 2 })],
	['CAMT.053', (one) => camt(one, { version: 4, prefix: 'ns2:' })],
	['CAMT.053', (one) => camt(one, { version: 8 })],
	['CAMT.053', (one) => camt(one, { version: 13 })],
];

describe('a month of transfers', () => {
	it.each(FORMATS)('reads the same from %s', async (name, write) => {
		await fc.assert(
			fc.asyncProperty(month, async (one) => {
				const { file, lines } = await read(write(one));
				expect(file.format).toBe(name);
				expect(essence(lines)).toEqual(expected(one));
				expect(checkFile(file)).toEqual([]);
			}),
			{ numRuns: 25 },
		);
	});

	it.each(Object.keys(tables))('reads the same from the table of %s', async (bank) => {
		const hasValueDate = !['Crelan', 'Triodos (BE)', 'Triodos (NL)'].includes(bank);
		await fc.assert(
			fc.asyncProperty(month.filter(({ transfers }) => transfers.length > 0), async (one) => {
				// These tables cannot hold what parts their cells.
				const hasQuotes = !['KBC', 'Belfius', 'BNP Paribas Fortis', 'Crelan', 'Argenta', 'ABN AMRO'].includes(bank);
				fc.pre(hasQuotes || !JSON.stringify(one).includes(';'));
				const { file, lines } = await read(csv(bank, one));
				const inOrder = tables[bank].newestFirst ? [...lines].reverse() : lines;
				expect(file.format).toBe(`CSV of ${bank}`);
				expect(essence(inOrder)).toEqual(expected(one).map((line) => (hasValueDate ? line : { ...line, valueDate: undefined })));
				expect(checkFile(file)).toEqual([]);
			}),
			{ numRuns: 20 },
		);
	});

	it('has the same identities in every format, so that a month is known again in another file', async () => {
		await fc.assert(
			fc.asyncProperty(month, async (one) => {
				const [first, ...others] = await Promise.all(FORMATS.map(async ([, write]) => identitiesOf((await read(write(one))).lines)));
				for (const other of others) expect(other).toEqual(first);
				expect(new Set(first).size).toBe(one.transfers.length);
			}),
			{ numRuns: 15 },
		);
	});

	it('loses nothing and warns when a booking is left out, whatever the format', async () => {
		await fc.assert(
			fc.asyncProperty(month.filter(({ transfers }) => transfers.length > 1), fc.nat(), async (one, which) => {
				const left = one.transfers.filter((_, index) => index !== which % one.transfers.length);
				const whole = { coda: coda(one), mt940: mt940(one), camt: camt(one) };
				const less = { ...one, transfers: left };
				// The balances of the whole month, the bookings of part of it.
				const closing = (text: string, from: string) => text.replace(/(:62F:.*)/, from);
				const cut = closing(mt940(less), /:62F:.*/.exec(whole.mt940)![0]);
				expect(checkFile((await read(cut)).file)).not.toEqual([]);
				const codaLines = whole.coda.split('\r\n');
				const without = codaLines.filter((line) => !(line.startsWith('2') && line.slice(2, 6) === String((which % one.transfers.length) + 1).padStart(4, '0')));
				expect(checkFile((await read(without.join('\r\n'))).file).length).toBeGreaterThan(1);
				const camtEntries = whole.camt.split('<Ntry>');
				const fewer = camtEntries.filter((_, index) => index !== (which % one.transfers.length) + 1 || index === camtEntries.length - 1);
				if (fewer.length < camtEntries.length) expect(checkFile((await read(fewer.join('<Ntry>'))).file)).not.toEqual([]);
			}),
			{ numRuns: 15 },
		);
	});
});

describe('a batch', () => {
	const batch = fc.array(transfer, { minLength: 2, maxLength: 6 }).map((all) => all.map((one) => ({ ...one, date: all[0].date, valueDate: all[0].valueDate, cents: Math.abs(one.cents) })));

	it.each([
		['CODA', (one: Month, batches: Array<{ batch: Month['transfers'] }>) => coda(one, batches)],
		['CAMT', (one: Month, batches: Array<{ batch: Month['transfers'] }>) => camt(one, { version: 8 }, batches)],
	])('of %s is split into its transfers, and comes to the same whether it is or not', async (_, write) => {
		await fc.assert(
			fc.asyncProperty(month, fc.array(batch, { minLength: 1, maxLength: 3 }), async (one, batches) => {
				const { file, lines } = await read(write(one, batches.map((each) => ({ batch: each }))));
				expect(essence(lines)).toEqual(expected({ ...one, transfers: batches.flat() }));
				expect(checkFile(file)).toEqual([]);
				const ids = lines.map(({ batchId }) => batchId);
				expect(new Set(ids).size).toBe(batches.length);
				expect(ids).not.toContain(undefined);
				const whole = file.statements.flatMap((statement) => linesOf(statement, false));
				expect(whole).toHaveLength(batches.length);
				const cents = (some: typeof lines) => some.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
				expect(cents(whole)).toBe(cents(lines));
			}),
			{ numRuns: 20 },
		);
	});
});

describe('several files', () => {
	const [first, second, third] = [11, 12, 13].map((number, index): Month => ({
		account: 'BE68539007547034',
		number,
		openingCents: 10_000 + index * 500,
		openingDate: `2026-0${index + 1}-28`,
		closingDate: `2026-0${index + 2}-28`,
		transfers: [
			{ date: `2026-0${index + 2}-03`, valueDate: `2026-0${index + 2}-03`, cents: 500, name: 'J JANSSENS', iban: 'BE71096123456769', bic: 'GKCCBEBB', text: 'Lidgeld 2026' },
		],
	}));

	it.each([
		['CODA', coda],
		['MT940', mt940],
		['CAMT', camt],
	])('of %s that follow each other give no warning, whatever their order', async (_, write) => {
		const files = await Promise.all([third, first, second].map(async (one) => (await read(write(one))).file));
		expect(checkChain(files)).toEqual([]);
	});

	it.each([
		['CODA', coda],
		['MT940', mt940],
		['CAMT', camt],
	])('of %s between which one is missing are found out', async (_, write) => {
		const files = await Promise.all([first, third].map(async (one) => (await read(write(one))).file));
		expect(checkChain(files).map(({ file, fault }) => [file, fault])).toEqual([
			[1, 'Statement 11 of BE68539007547034 and the next one, 13, do not follow each other: the first closes with 105.00, the second opens with 110.00. Statement 12 is missing.'],
		]);
	});

	it('finds out one that is there twice', async () => {
		const files = await Promise.all([first, first].map(async (one) => (await read(coda(one))).file));
		expect(checkChain(files)).toEqual([{ file: 1, fault: 'Statement 11 of BE68539007547034 is there twice.' }]);
	});

	it('joined to one file are as many statements', async () => {
		expect((await read([first, second, third].map((one) => coda(one)).join(''))).file.statements).toHaveLength(3);
		expect((await read([first, second, third].map((one) => mt940(one)).join('\u001a'))).file.statements).toHaveLength(3);
	});
});
