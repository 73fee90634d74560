import type { ExampleRun } from '../exampleRun';

export function check({ json, pairs, platforms }: ExampleRun) {
	const { state, requests } = platforms.topgeschenken.sandbox;
	const { orders } = state;
	// One token serves every node and item, in this workflow and in those before it.
	expect(requests.filter(({ path }) => path === '/api/v1/token')).toHaveLength(1);
	const details = json('Order');
	expect(details.length).toBeGreaterThan(15);
	expect(pairs('Order')).toEqual(details.map((_, position) => position));
	const since = json('Orders Since Yesterday');
	const listed = details.map(({ id }) => id);
	// What is left out is all of today: it comes before the rest, since the newest order is the first.
	expect(listed).toEqual(since.map(({ id }) => id).slice(-listed.length));

	const rows = json('Rows');
	const numberOf = (id: unknown) => orders.find(({ uuid }) => uuid === id)!.orderNumber;
	expect(rows.map(({ orderNumber }) => orderNumber)).toEqual(listed.map(numberOf));
	for (const { excludingVat, vat, includingVat } of rows) {
		expect(Number(excludingVat) + Number(vat)).toBeCloseTo(Number(includingVat), 2);
	}
	const [totals, ...more] = json('VAT of the Day');
	expect(more).toEqual([]);
	expect(totals.unique_count_orderNumber).toBe(rows.length);
	const sum = Number(totals.sum_vatAmount);
	expect(Number(totals.sum_vat9)).toBeGreaterThan(0);
	expect(Number(totals.sum_vat21)).toBeGreaterThan(0);
	expect(Number(totals.sum_vat9) + Number(totals.sum_vat21)).toBeCloseTo(sum, 2);
	const expected = rows.reduce((all, { vat }) => all + Number(vat), 0);
	// The API rounds each line, and then each order.
	const lines = details.reduce((count, { uuid, id }) => count + orders.find((order) => order.uuid === (uuid ?? id))!.lines.length, 0);
	expect(Math.abs(sum - expected)).toBeLessThan(0.01 * lines);
}
