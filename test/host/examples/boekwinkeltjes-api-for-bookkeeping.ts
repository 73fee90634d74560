import { setTimeout as delay } from 'node:timers/promises';

import { DateTime } from 'luxon';

import { openApi, shopAt } from '../../../scripts/lib/salesApi';
import type { Entry } from '../../sandbox/webwinkelfacturen/fetchShop';
import type { ExampleRun, ExampleStart } from '../exampleRun';

const DAYS = 7;
const since = () => DateTime.now().setZone('Europe/Amsterdam').minus({ days: DAYS }).startOf('day');

/** What was booked, by the last run that could be. */
let entries: Entry[] = [];
let violations: string[] = [];
let faulty = 0;

/** Fetches the sales as bookkeeping does; one of them cannot be booked, and of that the workflow tells. */
export const start: ExampleStart = async (playground, workflow) => {
	const { client, platforms } = playground;
	const { orders } = platforms.boekwinkeltjes.sandbox.state;
	const [, { id, book }] = orders;
	const { price } = book;
	faulty = id;
	book.price = 10.005;
	try {
		const shop = await shopAt(await openApi(playground, workflow), platforms);
		const fetched = await shop.book(since().toISODate()!, DateTime.now().toISODate()!, 50).catch(() => undefined);
		if (fetched) [entries, violations] = [fetched, shop.violations];
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		for (;;) {
			const { results } = await client.rest<{ results: Array<{ id: string }> }>('GET', `/rest/executions?filter=${filter}`);
			if (results.length > 0) return results[0].id;
			await delay(100);
		}
	} finally {
		book.price = price;
		await client.rest('POST', `/rest/workflows/${workflow.id}/deactivate`);
	}
};

export function check({ json, platforms }: ExampleRun) {
	const { orders } = platforms.boekwinkeltjes.sandbox.state;
	const wanted = orders.filter(({ id, date }) => DateTime.fromSQL(date, { zone: 'Europe/Amsterdam' }) >= since() && id !== faulty);
	expect(wanted.length).toBeGreaterThan(10);
	expect(entries.map(({ number }) => number).sort()).toEqual(wanted.map(({ id }) => String(id)).sort());
	expect(entries.filter(({ result }) => result !== 'booked')).toEqual([]);
	expect(violations).toEqual([]);

	const [{ text }] = json('Mail to Myself');
	expect(text).toContain(`- boekwinkeltjes:${faulty}: Order ${faulty} cannot be booked: book.price is 10.005, which is finer than a cent (SD13`);
}
