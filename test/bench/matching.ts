/** Finds the payments of a statement's lines by their references, beside what a user writes into a Code node. */
import type { IDataObject } from 'n8n-workflow';

import type { StatementLine } from '../../nodes/Stamhoofd/matching/line';
import { matchLines } from '../../nodes/Stamhoofd/matching/matchLines';
import { OURS, takeTurns } from './measure';
import type { Part } from './report';

const SIZES: Array<[lines: number, payments: number]> = [[1000, 5000], [2000, 10_000]];
const TURNS = 5;
const SHOPS = ['Bestelling wijn', 'Bestelling', 'Kamp', 'Quiz ploeg', 'Lidgeld 2026'];
const CENTS = 2500;

function paymentsOf(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, place) => ({
		id: String(place),
		transferDescription: `${SHOPS[place % SHOPS.length]} ${1 + Math.floor(place / SHOPS.length)}`,
		price: CENTS,
		status: 'Created',
		customer: { firstName: 'Jan', lastName: `Peeters ${place}` },
	}));
}

/** Two of three lines pay something; the others only look like it. */
function linesOf(count: number, payments: IDataObject[]): StatementLine[] {
	return Array.from({ length: count }, (_, place) => {
		const reference = payments[(place * 7) % payments.length].transferDescription as string;
		const text = place % 3 ? reference.toUpperCase() : 'zomerfeest van de familie';
		return { cents: CENTS, name: 'PEETERS JAN', communication: `Betaling voor ${text}, 2 personen 21-11-2026 en met vriendelijke groeten van ons allemaal` };
	});
}

const lettersAndDigits = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** What is written at first: whatever the text includes counts. */
function firstIncluded(lines: StatementLine[], payments: IDataObject[]): Array<unknown> {
	const known = payments.map(({ id, transferDescription }) => ({ id, reference: lettersAndDigits(String(transferDescription)) }));
	return lines.map(({ communication }) => {
		const text = lettersAndDigits(communication);
		return known.find(({ reference }) => text.includes(reference))?.id;
	});
}

const matched = (lines: StatementLine[], payments: IDataObject[]) =>
	matchLines(lines, payments, ({ price }) => price as number).map(({ payment }) => payment?.id);

export async function matching(): Promise<Part> {
	const contenders: Record<string, typeof firstIncluded> = { [OURS]: matched, 'first that the text includes': firstIncluded };
	const rows: Part['rows'] = [];
	const times: number[] = [];
	for (const [count, many] of SIZES) {
		const payments = paymentsOf(many);
		const lines = linesOf(count, payments);
		const truth = lines.map((_, place) => (place % 3 ? payments[(place * 7) % many].id : undefined));
		const measured = await takeTurns(
			Object.fromEntries(Object.entries(contenders).map(([name, run]) => [name, async () => await Promise.resolve(run(lines, payments))])),
			TURNS,
		);
		for (const [name, run] of Object.entries(contenders)) {
			const found = run(lines, payments);
			const wrong = found.filter((id, place) => id !== undefined && id !== truth[place]).length;
			rows.push({ lines: count, payments: many, contender: name, milliseconds: measured[name], 'matched wrongly': wrong, missed: found.filter((id, place) => id === undefined && truth[place] !== undefined).length });
		}
		times.push(measured[OURS]);
	}
	return {
		name: 'matching',
		title: 'Lines of a bank statement matched with open payments by text references',
		rows,
		goals: [
			{ text: 'milliseconds for 1000 lines and 5000 payments', measured: times[0], most: 500 },
			{ text: 'twice as many of both ÷ that', measured: times[1] / times[0], most: 2.6 },
			{ text: 'lines that are matched wrongly or missed', measured: rows.filter(({ contender }) => contender === OURS).reduce((sum, row) => sum + Number(row['matched wrongly']) + Number(row.missed), 0), most: 0 },
		],
	};
}
