import type { ExampleRun } from '../exampleRun';

const cents = (euros: number) => Math.round(euros * 100);

export function check({ json, platforms }: ExampleRun) {
	const { orders } = platforms.boekwinkeltjes.sandbox.state;
	const { state } = platforms.webwinkelfacturen.sandbox;
	const back = json('Orders Paid Back');
	const sent = json('Sent');
	expect(sent.length).toBeGreaterThan(1);
	const added = state.added.filter(({ entity }) => entity === 'refund').map(({ number }) => number);
	expect(sent.map(({ number }) => number).sort()).toEqual([...added].sort());
	for (const { number, ofOrder, total, vat, result } of sent) {
		const { book } = orders.find(({ id }) => id === ofOrder)!;
		const paid = cents(book.price) + cents(book.shippingCost);
		expect({ number, total: cents(Number(total)), vat: cents(Number(vat)), result }).toEqual({ number: `${String(ofOrder)}-C1`, total: -paid, vat: -Math.round((paid * 9) / 109), result: 'sent' });
	}
	expect([...sent.map(({ ofOrder }) => ofOrder), ...json('Not Sent').map(({ order }) => order)].sort()).toEqual(back.map(({ id }) => id).sort());
	const { sent: refund } = state.records.refund.find(({ sent: { refundnumber } }) => refundnumber === sent[0].number)!;
	expect(refund).toMatchObject({ orderid: `boekwinkeltjes:${String(sent[0].ofOrder)}`, ordernumber: String(sent[0].ofOrder) });
}
