import { DateTime } from 'luxon';
import { parse } from 'papaparse';

import type { ExampleRun } from '../exampleRun';

const cents = (written: string) => Math.round(Number(written.replace(',', '.')) * 100);

export async function check({ json, items, file, platforms }: ExampleRun) {
	const month = DateTime.now().setZone('Europe/Amsterdam').startOf('month').minus({ months: 1 });
	const isLastMonth = (at: number) => at >= month.toMillis() && at < month.plus({ months: 1 }).toMillis();
	const orders = platforms.topgeschenken.sandbox.state.orders.filter(({ createdAt }) => isLastMonth(createdAt));
	expect(orders.length).toBeGreaterThan(20);
	// Every order can be booked, so that nothing comes that way.
	expect(() => json('Not in the Table')).toThrow('has not run');

	const [table, ...more] = items('To CSV');
	expect(more).toEqual([]);
	const { data: rows } = parse<Record<string, string>>((await file(table)).replace('\uFEFF', ''), { header: true, skipEmptyLines: true });
	const numbers = [...new Set(rows.map(({ number }) => number))];
	const bought = orders.filter(({ status }) => !/cancel/i.test(status));
	expect(numbers.sort()).toEqual(bought.map(({ orderNumber }) => orderNumber).sort());
	expect(table.json).toMatchObject({ documents: numbers.length, rows: rows.length });
	for (const row of rows) {
		expect(row.direction).toBe('purchase');
		expect(cents(row.net) + cents(row.vat)).toBe(cents(row.gross));
		const own = rows.filter(({ number }) => number === row.number);
		expect(own.reduce((sum, { gross }) => sum + cents(gross), 0)).toBe(cents(row['document gross']));
	}
}
