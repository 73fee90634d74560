import type { ExampleRun } from '../exampleRun';

export async function check({ json, items, file, platforms }: ExampleRun) {
	const { orders } = platforms.boekwinkeltjes.sandbox.state;
	const listed = json('Paid Orders of Last Month').map(({ id }) => String(id));
	const rows = json('Profit and VAT');
	expect(rows.length).toBeGreaterThan(1);
	const files = items('To UBL');
	expect(files.map(({ json: { number } }) => number)).toEqual(rows.map(({ number }) => number));
	expect([...rows.map(({ number }) => number), ...json('To Check').map(({ order }) => order)].sort()).toEqual([...listed].sort());
	for (const [index, { number, sold, bought, profit, vatInside }] of rows.entries()) {
		const { book } = orders.find(({ id }) => String(id) === number)!;
		const paid = Math.round(100 * book.price) + Math.round(100 * book.shippingCost);
		expect(Math.round(100 * Number(sold))).toBe(paid);
		if (bought !== 'unknown') {
			const earned = paid - Math.round(100 * Number(bought));
			expect([Number(profit), Number(vatInside)]).toEqual([earned / 100, Math.max(0, Math.round((earned * 9) / 109)) / 100]);
		}
		// No VAT and no purchase price on the file, but the words of the law.
		const xml = await file(files[index]);
		expect(xml).toContain('VATEX-EU-F');
		expect(xml).toContain('Bijzondere regeling – gebruikte goederen');
		expect(xml).toMatch(/<cac:TaxTotal>\s*<cbc:TaxAmount currencyID="EUR">0\.00</);
		expect(xml).toContain('<cbc:PayableAmount currencyID="EUR">0.00<');
	}
	expect(rows.some(({ bought }) => bought !== 'unknown')).toBe(true);
}
