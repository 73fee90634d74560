import type { ExampleRun } from '../exampleRun';

interface Placement {
	path: string;
	body: { orders: Array<{ deliveryAddress: { attn: string; postcode: string }; lines: Array<{ product: string; children: Array<{ metadata: { text: string } }> }> }> };
}

export function check({ json, pairs, platforms }: ExampleRun) {
	const { state } = platforms.topgeschenken.sandbox;
	const approved = json('People').filter(({ approved }) => approved === 'yes');
	expect(approved).toHaveLength(3);
	const placements = (state.placements as Placement[]).filter(({ path }) => path.endsWith('/order-collections'));
	expect(placements).toHaveLength(1);
	const [{ body }] = placements;
	expect(body.orders.map(({ deliveryAddress }) => deliveryAddress.attn)).toEqual(approved.map(({ name }) => name));
	expect(body.orders.map(({ deliveryAddress }) => deliveryAddress.postcode)).toEqual(['3511AB', '9000', '9711CD']);
	expect(body.orders.map(({ lines }) => lines[0].children[0].metadata.text)).toEqual(approved.map(({ text }) => text));

	const ordered = body.orders.map(({ lines }) => state.products.find(({ uuid }) => uuid === lines[0].product)?.title.nl);
	expect(ordered).toEqual(approved.map(({ gift }) => gift));
	expect(pairs('Place Gifts')).toEqual([0, 1, 2]);
	const rows = json('Row');
	expect(rows.map(({ name, gift }) => [name, gift])).toEqual(approved.map(({ name, gift }) => [name, gift]));
	for (const { orderId, deliveryDate, orderNumber } of rows) {
		const order = state.orders.find(({ uuid }) => uuid === orderId)!;
		expect(order.orderNumber).toBe(orderNumber);
		expect(order.deliveryDate).toMatch(new RegExp(`^${String(deliveryDate)}T00:00:00\\+0[12]:00$`));
	}
}
