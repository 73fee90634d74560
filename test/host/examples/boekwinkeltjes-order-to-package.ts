import type { ExampleRun } from '../exampleRun';

export function check({ json, pairs, platforms }: ExampleRun) {
	const { orders, parcels } = platforms.boekwinkeltjes.sandbox.state;
	const mails = json('Mail');
	expect(mails).toHaveLength(6);
	expect(pairs('Mail')).toEqual([0, 1, 2, 3, 4, 5]);
	expect(orders.filter(({ status, paymentStatus }) => status === 'new_order' && paymentStatus === 'paid')).toEqual([]);
	expect(orders.filter(({ status }) => status === 'new_order').length).toBeGreaterThan(0);
	expect(mails.map(({ orderId }) => orderId)).toEqual(json('New Paid Orders').map(({ id }) => id));
	for (const { orderId, to, subject, text } of mails) {
		const order = orders.find(({ id }) => id === orderId)!;
		expect(order.status).toBe('shipped_paid');
		const { buyer, book } = order;
		expect(parcels.filter((parcel) => parcel.orderId === orderId)).toMatchObject([
			{ operator: 'PostNL', type: 'MAILBOX', weight: 350, name: `${buyer.firstName} ${buyer.lastName}`, address: { zip: buyer.address.zipCode } },
		]);
		expect(to).toBe(buyer.email);
		expect(subject).toBe(`Your book is on its way: ${book.title}`);
		expect(text).toContain(`with PostNL to ${buyer.address.street} ${buyer.address.number}, ${buyer.address.city}.`);
	}
}
