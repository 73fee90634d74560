import type { ExampleRun } from '../exampleRun';

export function check({ json, pairs, platforms }: ExampleRun) {
	const { sandbox } = platforms.topgeschenken;
	const open = json('Open Carts').map(({ id }) => id);
	expect(json('Cart').map(({ id }) => id)).toEqual(open);
	expect(pairs('Cart')).toEqual(open.map((_, position) => position));

	const full = json('Cart').filter(({ orderCount }) => Number(orderCount) > 0);
	expect(open.length - full.length).toBeGreaterThan(0);
	const isCheap = ({ totalPriceIncl }: Record<string, unknown>) => Number(totalPriceIncl) <= 100;
	const idsOf = (carts: Array<Record<string, unknown>>) => carts.map(({ id }) => id);
	const ordered = json('Ordered');
	expect(ordered.length).toBeGreaterThan(2);
	expect(ordered.map(({ cartId }) => cartId)).toEqual(idsOf(full.filter(isCheap)));
	const finalized = sandbox.requests.filter(({ path }) => path.endsWith('/finalize'));
	expect(finalized.map(({ params, path }) => params.uuid ?? path.split('/').at(-2))).toEqual(idsOf(full.filter(isCheap)));
	const numbers = sandbox.state.collections.map(({ number }) => number);
	expect(numbers).toEqual(expect.arrayContaining(ordered.map(({ orderCollection }) => orderCollection)));

	const asked = json('Needs Approval');
	expect(asked.map(({ cartId }) => cartId)).toEqual(idsOf(full.filter((cart) => !isCheap(cart))));
	for (const { question } of asked) expect(question).toMatch(/^May this be ordered for € \d+\.\d\d\? \S+ .+, \d{4}-\d\d-\d\d: \d+ × /);
	expect(sandbox.state.carts.map(({ uuid }) => uuid)).toEqual(expect.arrayContaining(asked.map(({ cartId }) => cartId)));
}
