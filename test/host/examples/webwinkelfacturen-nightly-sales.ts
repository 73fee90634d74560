import type { ExampleRun } from '../exampleRun';

const cents = (euros: number) => Math.round(euros * 100);

export function check({ json, platforms }: ExampleRun) {
	const { orders } = platforms.boekwinkeltjes.sandbox.state;
	const { state } = platforms.webwinkelfacturen.sandbox;
	const paid = json('Paid Orders');
	const sent = json('Sent');
	expect(sent.length).toBeGreaterThan(5);
	expect(sent.every(({ result }) => result === 'sent')).toBe(true);

	// Each is there once, with what the buyer pays.
	const added = state.added.filter(({ entity }) => entity === 'order').map(({ number }) => number);
	expect(sent.map(({ number }) => number).sort()).toEqual([...added].sort());
	expect(new Set(added).size).toBe(added.length);
	for (const { number, total, vat } of sent) {
		const { book } = orders.find(({ id }) => String(id) === number)!;
		expect(cents(Number(total))).toBe(cents(book.price) + cents(book.shippingCost));
		expect(cents(Number(vat))).toBe(Math.round((cents(Number(total)) * 9) / 109));
	}

	// The others say why not.
	const left = json('Not Sent');
	expect([...left.map(({ order }) => String(order)), ...added].sort()).toEqual(paid.map(({ id }) => String(id)).sort());
	expect(left.every(({ whatIsWrong }) => String(whatIsWrong).includes('what sending it costs'))).toBe(true);

	expect(json('Waiting for 48 Hours').map(({ number }) => number)).toEqual(['3999']);
	const booked = platforms.webwinkelfacturen.sandbox.book().filter(({ entity }) => entity === 'order').map(({ number }) => number);
	expect([...booked].sort()).toEqual([...added].sort());
}
