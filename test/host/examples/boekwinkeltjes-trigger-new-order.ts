import type { ExampleRun } from '../exampleRun';

export function check({ json, pairs, platforms }: ExampleRun) {
	const { orders, parcels } = platforms.boekwinkeltjes.sandbox.state;
	const found = json('New Order');
	const newest = orders
		.filter(({ paymentStatus }) => paymentStatus === 'paid')
		.sort((one, other) => other.date.localeCompare(one.date) || other.id - one.id)
		.slice(0, 5);
	expect(found.map(({ id }) => id)).toEqual(newest.map(({ id }) => id));
	expect(pairs('Message')).toEqual([0, 1, 2, 3, 4]);
	newest.forEach(({ id, book, buyer }, position) => {
		expect(json('Message')[position].text).toBe(
			`:books: New order ${id}: "${book.title}" of ${book.author}, € ${book.price.toFixed(2)}\nFor ${buyer.firstName} ${buyer.lastName}, ${buyer.address.city}. It lies at ${book.location}.`,
		);
		expect(json('Package')[position]).toMatchObject({ orderId: id, operator: 'PostNL' });
		expect(parcels.map(({ orderId }) => orderId)).toContain(id);
	});
}
