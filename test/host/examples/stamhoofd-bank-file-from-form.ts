import { setTimeout as delay } from 'node:timers/promises';

import { coda } from '../../bank/write';
import type { Payment } from '../../sandbox/stamhoofd/seed';
import type { ExampleRun, ExampleStart } from '../exampleRun';

/** Open ones that no other example pays, the oldest; the text of one has another amount. */
function chosen(payments: Payment[]): Payment[] {
	return payments
		.filter(({ method, status, price, communication }) => method === 'Transfer' && status === 'Created' && price > 0 && communication?.startsWith('+++'))
		.slice(0, 3);
}

function fileFor(payments: Payment[]): string {
	const transfers = payments.map(({ price, communication }, position) => ({
		date: '2026-11-23', valueDate: '2026-11-23', cents: position === 2 ? price + 100 : price, name: 'JANSSENS AN', iban: 'BE71096123456769', bic: 'GKCCBEBB',
		belgian: communication!.replace(/\D/g, ''),
	}));
	return coda({ account: 'BE68539007547034', number: 47, openingCents: 10_000, openingDate: '2026-11-22', closingDate: '2026-11-23', transfers });
}

/** What was paid, and what the page has shown in the end. */
let paid: Payment[] = [];
let page = '';

/** Fills in the page as a browser does. */
export const start: ExampleStart = async ({ client, host, platforms }, workflow) => {
	paid = chosen(platforms.stamhoofd.sandbox.state.payments);
	await client.activate(workflow);
	try {
		const form = new FormData();
		form.set('field-0', new Blob([fileFor(paid)], { type: 'text/plain' }), 'statement.cod');
		form.set('field-1', 'Yes');
		const address = `${host.url}/form/stamhoofd-bank-file`;
		// n8n answers that the workflow is active a little before its page is there.
		while ((await fetch(address)).status === 404) await delay(100);
		const response = await fetch(address, { method: 'POST', body: form });
		const { formWaitingUrl } = (await response.json()) as { formWaitingUrl: string };
		const filter = JSON.stringify({ workflowId: workflow.id });
		const { results } = await client.rest<{ results: Array<{ id: string }> }>('GET', `/rest/executions?filter=${encodeURIComponent(filter)}`);
		const [{ id }] = results;
		const status = async () => (await client.rest<{ status: string }>('GET', `/rest/executions/${id}`)).status;
		while (['new', 'running'].includes(await status())) await delay(100);
		page = await (await fetch(formWaitingUrl)).text();
		// The page tells n8n that it is shown.
		await fetch(formWaitingUrl, { method: 'POST' });
		return id;
	} finally {
		await client.rest('POST', `/rest/workflows/${workflow.id}/deactivate`);
	}
};

export function check({ json, platforms }: ExampleRun) {
	const lines = json('Lines');
	expect(lines.map(({ result, marked }) => [result, marked])).toEqual([['matched', 'yes'], ['matched', 'yes'], ['amountDiffers', 'no']]);
	expect(paid.map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded', 'Created']);
	expect(platforms.stamhoofd.sandbox.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
	for (const { reason, link } of lines) {
		expect(page).toContain(String(reason));
		expect(page).toContain(String(link));
	}
}
