import type { ExampleRun } from '../exampleRun';

export function check({ json, platforms }: ExampleRun) {
	const { orders } = platforms.topgeschenken.sandbox.state;
	const notes = json('Note');
	expect(notes.length).toBeGreaterThan(0);
	for (const { orderNumber, contact, date, note } of notes) {
		const order = orders.find((one) => one.orderNumber === orderNumber)!;
		expect(order.deliveryStatus).toBe('delivered');
		expect({ contact, date }).toEqual({ contact: order.deliveryAddress.attn, date: order.deliveryDate.slice(0, 10) });
		const products = order.lines.map(({ quantity, product }) => `${quantity} × ${product.title.nl}`).join(', ');
		expect(note).toBe(`Gift delivered to ${order.deliveryAddress.attn}, ${order.deliveryAddress.city}: ${products} (order ${order.orderNumber})`);
	}
}
