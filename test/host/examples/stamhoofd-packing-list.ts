import { countBy, sumBy } from 'lodash';

import type { ExampleRun } from '../exampleRun';

export function check({ json, platforms }: ExampleRun) {
	const { orders } = platforms.stamhoofd.sandbox.state;
	const wanted = orders.filter(({ status, timeSlot }) => timeSlot && ['Created', 'Prepared'].includes(status));
	expect(wanted.length).toBeGreaterThan(20);
	const list = json('Packing List');
	const pieces = wanted.flatMap(({ lines }) => lines).reduce((sum, { amount }) => sum + amount, 0);
	expect(sumBy(list, ({ sum_pieces }) => Number(sum_pieces))).toBe(pieces);

	const rows = list.map(({ webshop, slot, article }) => [slot, webshop, article].join(' | '));
	expect(Object.values(countBy(rows)).every((times) => times === 1)).toBe(true);
	expect(rows).toEqual([...rows].sort());
	expect(rows.every((row) => /^\d{4}-\d\d-\d\d \d\d:\d\d \|/.test(row))).toBe(true);
	const [{ lines, webshop }] = wanted;
	expect(rows.some((row) => row.includes(`| ${webshop.name} | ${lines[0].product.name}`))).toBe(true);
}
