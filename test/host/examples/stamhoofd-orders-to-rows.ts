import type { ExampleRun } from '../exampleRun';

export function check({ json, pairs, platforms }: ExampleRun) {
	const { orders, webshops } = platforms.stamhoofd.sandbox.state;
	expect(json('Webshops').map(({ id }) => id)).toEqual(webshops.map(({ id }) => id));

	const found = json('Orders');
	expect(found.map(({ id }) => id).sort()).toEqual(orders.map(({ id }) => id).sort());
	const webshopIds = json('Webshops').map(({ id }) => id);
	expect(pairs('Orders')).toEqual(found.map(({ webshopId }) => webshopIds.indexOf(webshopId)));

	const rows = json('Row');
	expect(rows).toHaveLength(orders.length);
	rows.forEach((row, position) => {
		const { webshop, number, customer, lines, payment } = orders.find(({ id }) => id === found[position].id)!;
		expect(row).toEqual({
			webshop: webshop.name,
			number,
			date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
			customer: `${customer.firstName} ${customer.lastName}`,
			email: customer.email,
			items: lines.map(({ amount, product, price }) => `${amount} × ${product.name}${product.prices.length > 1 ? ` (${product.prices[price].name})` : ''}`).join(', ') || null,
			price: payment.price / 100,
			paid: payment.status === 'Succeeded' ? 'yes' : 'no',
		});
	});
}
