import type { ExampleRun } from '../exampleRun';

export function check({ json, platforms }: ExampleRun) {
	const { tickets } = platforms.stamhoofd.sandbox.state;
	const open = tickets.filter(({ scannedAt, deletedAt }) => scannedAt === null && deletedAt === null);
	expect(open.length).toBeGreaterThan(50);
	expect(json('Tickets').map(({ id }) => id).sort()).toEqual(open.map(({ id }) => id).sort());

	const found = json('By Name');
	const rows = json('Door List');
	rows.forEach((row, position) => {
		const { order, itemId, index, seat } = open.find(({ id }) => id === found[position].id)!;
		const { product } = order.lines.find(({ id }) => id === itemId)!;
		expect(row).toMatchObject({
			event: order.webshop.name,
			name: `${order.customer.firstName} ${order.customer.lastName}`,
			ticket: expect.stringContaining(product.name) as string,
			number: `${order.number}-${index}`,
			seat: seat ? expect.stringContaining(seat.s) as string : '',
			paid: order.payment.status === 'Succeeded' ? 'yes' : 'no',
		});
	});
	const names = rows.map(({ name }) => String(name).toLowerCase());
	expect(names).toEqual([...names].sort());
}
