/** Reads bank files of growing size, beside the XML reader of n8n's own XML node. */
import { parseStringPromise } from 'xml2js';

import { linesOfFile } from '../../nodes/BankStatement/line';
import { readBankFile } from '../../nodes/BankStatement/read';
import type { Month } from '../bank/transfers';
import { camt, coda, csv, mt940 } from '../bank/write';
import { OURS, takeTurns } from './measure';
import type { Part } from './report';

const SIZES = [10_000, 20_000];
const TURNS = 3;
const MEGABYTE = 1024 * 1024;

function monthOf(count: number): Month {
	const transfers = Array.from({ length: count }, (_, place) => ({
		date: '2026-11-03', valueDate: '2026-11-03', cents: 100 + place, name: `PEETERS ${place}`, iban: 'BE71096123456769', bic: 'GKCCBEBB', text: `Lidgeld 2026 van nummer ${place}, met vriendelijke groeten van ons allemaal`,
	}));
	return { account: 'BE68539007547034', number: 1, openingCents: 0, openingDate: '2026-10-31', closingDate: '2026-11-30', transfers };
}

async function linesIn(bytes: Buffer): Promise<number> {
	return (await linesOfFile(await readBankFile(bytes))).length;
}

/** The longest time in which nothing else could run. */
async function longestStretch(run: () => Promise<unknown>): Promise<number> {
	let longest = 0;
	let last = performance.now();
	const clock = setInterval(() => {
		const now = performance.now();
		longest = Math.max(longest, now - last);
		last = now;
	}, 1);
	await run();
	clearInterval(clock);
	return longest;
}

const FORMATS: Record<string, (month: Month) => string> = { CAMT: (month) => camt(month, { version: 8 }), CODA: (month) => coda(month), MT940: (month) => mt940(month), 'CSV of KBC': (month) => csv('KBC', month) };

export async function bankFiles(): Promise<Part> {
	const rows: Part['rows'] = [];
	const times: number[] = [];
	for (const count of SIZES) {
		for (const [format, write] of Object.entries(FORMATS)) {
			const bytes = Buffer.from(write(monthOf(count)));
			const contenders: Record<string, () => Promise<unknown>> = { [OURS]: async () => await linesIn(bytes) };
			if (format === 'CAMT') contenders["xml2js, of n8n's XML node"] = async () => await (parseStringPromise(bytes.toString()) as Promise<unknown>);
			const measured = await takeTurns(contenders, TURNS);
			for (const [contender, run] of Object.entries(contenders)) {
				rows.push({ format, lines: count, megabytes: bytes.length / MEGABYTE, contender, milliseconds: measured[contender], 'longest stretch, ms': await longestStretch(run) });
			}
			if (format === 'CAMT') times.push(measured[OURS]);
		}
	}
	const ours = rows.filter(({ contender }) => contender === OURS);
	return {
		name: 'bankFiles',
		title: 'Bank files read to lines',
		rows,
		goals: [
			{ text: 'twice as long a CAMT file ÷ the other', measured: times[1] / times[0], most: 2.6 },
			{ text: 'slowest format, milliseconds a megabyte', measured: Math.max(...ours.map((row) => Number(row.milliseconds) / Number(row.megabytes))), most: 400 },
		],
	};
}
