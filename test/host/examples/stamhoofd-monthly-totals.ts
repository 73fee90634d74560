import { DateTime } from 'luxon';

import type { ExampleRun } from '../exampleRun';

export function check({ json, platforms }: ExampleRun) {
	const end = DateTime.now().setZone('Europe/Amsterdam').startOf('month');
	const start = end.minus({ months: 1 });
	const paid = platforms.stamhoofd.sandbox.state.payments.filter(
		({ status, paidAt }) => status === 'Succeeded' && paidAt !== null && paidAt >= start.toMillis() && paidAt < end.toMillis(),
	);
	expect(paid.length).toBeGreaterThan(20);
	const euro = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0) / 100;
	const total = { amount: euro(paid.map(({ price }) => price)), count: paid.length };

	const rows = json('Rows');
	expect(rows).toHaveLength(2 + json('By Account').length + json('By Purpose').length);
	expect(rows.every(({ month }) => month === start.toFormat('yyyy-MM'))).toBe(true);
	const of = (table: string) => rows.filter((row) => row.table === table);
	expect(of('total')).toMatchObject([
		{ name: 'received', ...total },
		{ name: 'fees of the payment providers', amount: euro(paid.map(({ transferFee }) => transferFee)) },
	]);
	for (const table of ['account', 'purpose']) {
		expect(of(table).length).toBeGreaterThan(1);
		expect(of(table).every(({ name }) => typeof name === 'string' && name !== '')).toBe(true);
		expect(of(table).reduce((sum, { count }) => sum + Number(count), 0)).toBe(total.count);
		expect(of(table).reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(total.amount, 2);
	}
}
