/** The lines of made-up statements give the same results through every format that banks have. */
import fc from 'fast-check';

import type { StatementLine } from '../../nodes/Stamhoofd/matching/line';
import { matchLines } from '../../nodes/Stamhoofd/matching/matchLines';
import { readStatementItem } from '../../nodes/Stamhoofd/resources/payment/bankLine';
import { readText } from '../bank/read';
import type { Month, Transfer } from '../bank/transfers';
import { camt, coda, csv, mt940 } from '../bank/write';
import { recordOf, statements } from '../generators/bankLines';
import type { Payment, Statement } from '../generators/bankLines';
import { LONGEST_TEST, times } from '../stress/times';

jest.setTimeout(LONGEST_TEST);

const FORMATS: Record<string, (month: Month) => string> = {
	coda, camt: (month) => camt(month), mt940: (month) => mt940(month), csv: (month) => csv('Belfius', month),
};

/** What every format can hold: one line of plain letters, and nothing that a format has words of its own for. */
function isPlain({ cents, currency, communication, structuredCommunication, direction }: StatementLine): boolean {
	const isShort = communication.length <= 90 && /^[\x20-\x7e\xa1-\xff]*$/.test(communication) && !/[/?;"]|  |^\s|\s$/.test(communication);
	return Boolean(cents) && !currency && !direction && structuredCommunication === undefined && isShort && /[a-z]{3}/i.test(communication);
}

function monthOf({ lines }: Statement): Month {
	const transfers = lines.filter(({ line }) => isPlain(line)).map(({ line }): Transfer => {
		const { cents, date, communication, name } = line;
		return { date: date!, valueDate: date!, cents: cents!, name: (name ?? 'NIEMAND BEKEND').replace(/[^\x20-\x7e]/g, ''), iban: 'BE71096123456769', bic: 'GKCCBEBB', text: communication };
	});
	const ordered = transfers.filter(({ date }) => date).sort((one, other) => one.date.localeCompare(other.date));
	return { account: 'BE68539007547034', number: 11, openingCents: 0, openingDate: '2026-10-31', closingDate: '2026-11-30', transfers: ordered };
}

function resultsOf(lines: StatementLine[], payments: Payment[]): string[] {
	return matchLines(lines, payments.map(recordOf), ({ price }) => price as number).map(({ result, payment, payments: several, candidates }) =>
		[result, ...(several ?? (payment ? [payment] : candidates)).map(({ id }) => id)].join(' '),
	);
}

test('the same through every format', async () => {
	let lines = 0;
	const property = fc.asyncProperty(statements(25), async (statement) => {
		const month = monthOf(statement);
		const told = month.transfers.map(({ cents, text, name, date, iban }): StatementLine => ({ cents, communication: text!, name, date, counterpartyIban: iban }));
		const expected = resultsOf(told, statement.payments);
		for (const [format, write] of Object.entries(FORMATS)) {
			const read = (await readText(write(month))).lines.map((line): StatementLine => ({
				...readStatementItem({ ...line }),
				cents: Math.round(line.amount * 100),
				communication: line.communication ?? '',
			}));
			expect({ format, results: resultsOf(read, statement.payments), texts: read.map(({ communication }) => communication) }).toEqual({ format, results: expected, texts: told.map(({ communication }) => communication) });
		}
		lines += told.length;
	});
	await fc.assert(property, { numRuns: times(15, 1500) });
	expect(lines).toBeGreaterThan(50);
});
