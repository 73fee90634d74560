import { DateTime } from 'luxon';

import type { ExampleRun } from '../exampleRun';

export function check({ json, platforms }: ExampleRun) {
	const today = DateTime.now().setZone('Europe/Amsterdam').startOf('day');
	const paid = platforms.stamhoofd.sandbox.state.payments.filter(
		({ method, status, paidAt }) => method === 'PointOfSale' && status === 'Succeeded' && paidAt !== null && paidAt >= today.minus({ days: 1 }).toMillis() && paidAt < today.toMillis(),
	);
	expect(paid.length).toBeGreaterThan(5);
	const cents = paid.reduce((sum, { price }) => sum + price, 0);

	const [closure] = json('Day Closure') as unknown as Array<{ turnover: Array<{ rate: number; gross: number; vat: number }>; totals: { gross: number; paid: number } }>;
	const day = today.minus({ days: 1 }).toISODate();
	expect(closure).toMatchObject({ id: `till-1:${day}`, date: day, receipts: paid.length, totals: { gross: cents, paid: cents } });
	const rates = closure.turnover.map(({ rate }) => rate);
	expect(rates).toContain(6);
	expect(rates.every((rate) => [6, 21].includes(rate))).toBe(true);
	// VAT is that of the receipts, each rounded for itself.
	for (const { gross, vat, rate } of closure.turnover) expect(Math.abs(vat - (gross * rate) / (100 + rate))).toBeLessThan(0.5 * paid.length + 0.5);

	const vat = closure.turnover.reduce((sum, entry) => sum + entry.vat, 0);
	expect(json('Closed')).toEqual([{ day, receipts: paid.length, turnover: cents / 100, vat: vat / 100, result: 'sent' }]);
	const { added } = platforms.webwinkelfacturen.sandbox.state;
	expect(added.filter(({ entity }) => entity === 'closure').map(({ id }) => id)).toEqual([`till-1:${day}`]);
}
