import type { ExampleRun } from '../exampleRun';

export function check({ json, pairs, platforms }: ExampleRun) {
	const { orders } = platforms.topgeschenken.sandbox.state;
	const details = json('Order');
	expect(details.length).toBeGreaterThan(15);
	expect(pairs('Order')).toEqual(details.map((_, position) => position));
	const listed = json('Yesterday Only').map(({ id }) => id);
	expect(details.map(({ id }) => id)).toEqual(listed);
	expect(json('Orders Since Yesterday').length).toBeGreaterThanOrEqual(listed.length);

	const rows = json('Rows');
	const numberOf = (id: unknown) => orders.find(({ uuid }) => uuid === id)!.orderNumber;
	expect(rows.map(({ orderNumber }) => orderNumber)).toEqual(listed.map(numberOf));
	for (const { excludingVat, vat, includingVat } of rows) {
		expect(Number(excludingVat) + Number(vat)).toBeCloseTo(Number(includingVat), 1);
	}
	const totals = json('VAT by Percentage');
	expect(totals.map((total) => total.vat_percentage)).toEqual([9, 21]);
	const sum = totals.reduce((all, total) => all + Number(total.sum_vat_price), 0);
	expect(sum).toBeCloseTo(rows.reduce((all, { vat }) => all + Number(vat), 0), 1);
}
