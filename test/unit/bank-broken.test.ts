/** Files that are broken, cut off, shuffled or made to do harm: read, or refused with a sentence; never anything else. */
import fc from 'fast-check';

import { checkChain, checkFile, identitiesOf, notesOf } from '../../nodes/BankStatement/checks';
import type { Mapping } from '../../nodes/BankStatement/formats/csv/table';
import { linesOf } from '../../nodes/BankStatement/line';
import { readBankFile } from '../../nodes/BankStatement/read';
import { InvalidInput } from '../../nodes/transport/errors';
import { month } from '../bank/transfers';
import type { Month } from '../bank/transfers';
import { camt, coda, csv, mt940, tables } from '../bank/write';

/** All that is done with a file; undefined if it was refused in words. */
async function handle(bytes: Uint8Array, mapping?: Mapping) {
	try {
		const file = await readBankFile(bytes, mapping);
		const lines = file.statements.flatMap((statement) => [...linesOf(statement), ...linesOf(statement, false)]);
		const words = [...checkFile(file), ...checkChain([file]).map(({ fault }) => fault), ...notesOf(file)];
		for (const { amount } of lines) expect(Number.isFinite(amount)).toBe(true);
		expect(identitiesOf(lines)).toHaveLength(lines.length);
		return { file, lines, words };
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidInput);
		expect((error as Error).message).toMatch(/^[A-Z][^]{10,600}$/);
		expect((error as Error).message).not.toMatch(/undefined|NaN|\[object/);
		return undefined;
	}
}

const SOURCES: Record<string, (one: Month) => string> = {
	CODA: coda,
	MT940: mt940,
	'MT940 of ING': (one) => mt940(one, 'ing'),
	'MT940 of a German bank': (one) => mt940(one, 'german'),
	CAMT: (one) => camt(one, { version: 4 }),
	...Object.fromEntries(Object.keys(tables).map((bank) => [`the table of ${bank}`, (one: Month) => csv(bank, one)])),
};

const GARBAGE = ['\u0000', '\ufffd', '"', "'", '<', '>', '&', '/', '-', ':61:', ':62F:', ':86:', '?20', '\n', '\r', ';', ',', '\t', '<Ntry>', '</Ntry>', '<!--', ']]>', '21', '9', '-}', '{4:', 'é', '\u{1F600}', '0'.repeat(40)];

type Change = (text: string) => string;
const change: fc.Arbitrary<Change> = fc.oneof(
	fc.nat().map((at): Change => (text) => text.slice(0, at % (text.length + 1))),
	fc.nat().map((at): Change => (text) => text.slice(at % (text.length + 1))),
	fc.tuple(fc.nat(), fc.nat(80)).map(([at, length]): Change => (text) => text.slice(0, at % (text.length + 1)) + text.slice((at % (text.length + 1)) + length)),
	fc.tuple(fc.nat(), fc.constantFrom(...GARBAGE)).map(([at, sign]): Change => (text) => text.slice(0, at % (text.length + 1)) + sign + text.slice(at % (text.length + 1))),
	fc.tuple(fc.nat(), fc.nat()).map(([one, other]): Change => (text) => {
		const lines = text.split('\n');
		const [left, right] = [one % lines.length, other % lines.length];
		[lines[left], lines[right]] = [lines[right], lines[left]];
		return lines.join('\n');
	}),
	fc.nat().map((at): Change => (text) => {
		const lines = text.split('\n');
		return [...lines, ...lines.slice(at % lines.length)].join('\n');
	}),
);

describe.each(Object.entries(SOURCES))('%s', (_, write) => {
	it('that was damaged is read, or refused with a sentence', async () => {
		await fc.assert(
			fc.asyncProperty(month, fc.array(change, { minLength: 1, maxLength: 3 }), async (one, changes) => {
				await handle(Buffer.from(changes.reduce((text, each) => each(text), write(one))));
			}),
			{ numRuns: 30 },
		);
	});
});

it('any bytes are read, or refused with a sentence', async () => {
	await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => void (await handle(bytes))), { numRuns: 100 });
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(':20:\n:61:', '<?xml version="1.0"?><Document>', `0000021112672505${' '.repeat(111)}2\n`, 'Datum;Bedrag;Omschrijving\n', ''), fc.string({ unit: 'binary', maxLength: 200 }), async (start, rest) => {
			await handle(Buffer.from(start + rest));
		}),
		{ numRuns: 100 },
	);
});

it('any choice of columns is read, or refused with a sentence', async () => {
	const title = fc.constantFrom('Datum', 'Bedrag', '1', '2', '99', '0', 'toString', '__proto__', ',', '', 'Datum, Bedrag');
	await fc.assert(
		fc.asyncProperty(fc.dictionary(fc.constantFrom('date', 'amount', 'text', 'credit', 'direction', 'balance'), title), async (mapping) => {
			await handle(Buffer.from('Datum;Bedrag\n21/11/2026;1,00\n'), mapping);
		}),
	);
});

it.each(['</', '<'])('a message stays short where a name after %p never ends', async (start) => {
	const damaged = camt(fc.sample(month, { numRuns: 1, seed: 1 })[0], { version: 4 }).replace('</MsgId>', `${start}${'x'.repeat(5000)}>`);
	await expect(readBankFile(Buffer.from(damaged))).rejects.toThrow(/^[^]{20,400}$/);
});

describe('what is no bank file', () => {
	it.each([
		['an empty file', Buffer.alloc(0), 'The file is empty'],
		['blanks', Buffer.from(' \r\n\r\n'), 'The file has no text in it'],
		['a ZIP', Buffer.from('PK\u0003\u0004rest'), 'This is a ZIP or Excel file. Unpack a ZIP with the Compression node first; save a sheet as CSV'],
		['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'This is an old Excel file. Save it as CSV'],
		['gzip', Buffer.from([0x1f, 0x8b, 8]), 'This is a packed file (gzip)'],
		['a PDF', Buffer.from('%PDF-1.7'), 'This is a PDF. Download the statement from the bank as CODA, CAMT, MT940 or CSV'],
		['a web page', Buffer.from('<!DOCTYPE html><html><body>Log in</body></html>'), 'This is a web page, not a bank file'],
		['a letter', Buffer.from('Beste,\nhierbij het bestand.\n'), 'Its first line is "Beste,"'],
		['a payment order', Buffer.from('<?xml version="1.0"?><Document><CstmrCdtTrfInitn></CstmrCdtTrfInitn></Document>'), 'this XML is no bank statement'],
	])('is told what it is: %s', async (_, bytes, message) => {
		await expect(readBankFile(bytes)).rejects.toThrow(message);
	});
});

describe('what is made to hold the reader up', () => {
	const MANY = 200_000;
	it.each<[string, string]>([
		['a line without end', `:20:X\n:86:${'x'.repeat(MANY * 10)}`],
		['a file of one line', 'Datum;Bedrag;Omschrijving;'.repeat(MANY / 10)],
		['stray quotation marks', `Datum;Bedrag;Omschrijving\n${'"\n'.repeat(MANY)}`],
		['quotation marks within quotation marks', `Datum;Bedrag;Omschrijving\n${'"'.repeat(MANY)}\n${'"a"";"'.repeat(MANY / 10)}`],
		['separators', `Datum;Bedrag;Omschrijving\n${';'.repeat(MANY)}`],
		['deep XML', `<Document>${'<a>'.repeat(MANY)}`],
		['wide XML', `<Document><BkToCstmrStmt><Stmt>${'<a b="c"/>\n'.repeat(MANY / 10)}</Stmt></BkToCstmrStmt></Document>`],
		['a tag without end', `<Document><a ${'b="c" '.repeat(MANY)}`],
		['a comment without end', `<Document><!-- ${'- '.repeat(MANY)}`],
		['references of letters', `<Document><BkToCstmrStmt><Stmt><Id>${'&#38;'.repeat(MANY / 10)}</Id></Stmt></BkToCstmrStmt></Document>`],
		['codes without values', `:20:X\n:25:1\n:61:2611211121C1,00NTRFNONREF\n:86:${'/REMI/'.repeat(MANY / 10)}\n:62F:C261121EUR1,`],
		['subfields without text', `:20:X\n:25:1\n:61:2611211121C1,00NTRFNONREF\n:86:166${'?20'.repeat(MANY / 10)}`],
		['labels', `:20:X\n:25:1\n:61:2611211121C1,00NTRFNONREF\n:86:${'IBAN: NAAM: '.repeat(MANY / 10)}`],
		['blanks', `:20:X\n:25:1\n:61:2611211121C1,00NTRFNONREF\n:86:x${' '.repeat(MANY)}y`],
		['many continuations', `:20:X\n:25:1\n:61:2611211121C1,00NTRFNONREF\n${':86:x\n'.repeat(MANY / 4)}`],
		['many statements of an account', ':20:X\n:25:1\n:60F:C261121EUR1,\n:62F:C261121EUR1,\n-\n'.repeat(MANY / 20)],
		['dashes', `:20:X\n:25:1\n:86:\n${'-\n'.repeat(MANY)}`],
		['marks of references', `:20:X\n:25:1\n:61:2611211121C1,00NTRFNONREF\n:86:${'+++'.repeat(MANY)}`],
		['an amount of many digits', `Datum;Bedrag;Omschrijving\n21/11/2026;${'1.'.repeat(MANY)};x`],
		['many columns of one title', `${'Datum;'.repeat(5000)}Bedrag;Omschrijving\n21/11/2026`],
	])('is over soon: %s', async (_, text) => {
		await handle(Buffer.from(text));
	});
});

it('a large file is read piece by piece, and other things go on in between', async () => {
	const transfers = Array.from({ length: 3000 }, (_, index) => ({ date: '2026-11-21', valueDate: '2026-11-21', cents: index + 1, name: 'J JANSEN', iban: 'BE71096123456769', bic: 'GKCCBEBB', text: `Lidgeld ${index}` }));
	const whole: Month = { account: 'BE68539007547034', number: 1, openingCents: 0, openingDate: '2026-10-31', closingDate: '2026-11-30', transfers };
	const bytes = Buffer.from(camt(whole));
	let turns = 0;
	const clock = setInterval(() => (turns += 1), 0);
	const found = await handle(bytes);
	clearInterval(clock);
	expect(found?.lines).toHaveLength(6000);
	expect(found?.words).toEqual([]);
	expect(turns).toBeGreaterThan(bytes.length / 65_536 / 2);
});
