/**
 * The API that bookkeeping fetches from, on an n8n in queue mode: a main process, a worker and a process for webhooks, which
 * is where bookkeeping asks.
 */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import type { INodeParameters } from 'n8n-workflow';

import { bootWebhooks, bootWorker, freePort, makeUserFolder } from '../../scripts/lib/host';
import type { Host } from '../../scripts/lib/host';
import type { N8n } from '../../scripts/lib/n8n';
import { startPlayground } from '../../scripts/lib/playground';
import type { Playground } from '../../scripts/lib/playground';
import { step } from '../../scripts/lib/run';
import { addressOf, apiWorkflow, BOOKSHOP_STEPS, daysAgo, MARGIN, shopAt, soldSince } from '../../scripts/lib/salesApi';
import type { ApiStep } from '../../scripts/lib/salesApi';
import { ShopRefusal } from '../sandbox/webwinkelfacturen/fetchShop';
import type { FetchedSale, ShopClient } from '../sandbox/webwinkelfacturen/fetchShop';
import { startPostgres, startRedis } from './services';
import type { Service } from './services';

const WRONG_SECRETS_A_MINUTE = 20;

async function refused(answer: Promise<unknown>): Promise<[number, string]> {
	const refusal: unknown = await answer.catch((error: unknown) => error);
	assert.ok(refusal instanceof ShopRefusal);
	return [refusal.status, refusal.code];
}

async function checks(playground: Playground, worker: Host, webhooks: { current: Host; restart(): Promise<void> }): Promise<void> {
	const { platforms, client } = playground;
	const { sandbox } = platforms.boekwinkeltjes;
	const { orders } = sandbox.state;
	const open = async (source: string, parameters: INodeParameters, steps?: ApiStep[]) => {
		const workflow = await playground.addWorkflow(apiWorkflow(playground, source, parameters, steps));
		await client.activate(workflow);
		return { workflow, base: await addressOf({ host: webhooks.current }, workflow) };
	};
	const executionsOf = async (id: string) =>
		(await client.rest<{ results: Array<{ id: string }> }>('GET', `/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: id }))}`)).results;
	const isFit = ({ violations }: ShopClient) => assert.deepEqual(violations, []);

	const { workflow, base } = await open('boekwinkeltjes', { ...MARGIN, api: {} });
	const shop = await shopAt(base, platforms);

	await step('A list over two pages, with a restart of the webhook process between them', async () => {
		const period = { from: daysAgo(3), to: daysAgo(0) };
		const wanted = soldSince(platforms, period.from);
		const limit = Math.ceil(wanted.length / 2);
		assert.ok(wanted.length > 3);
		const first = await shop.get('sales', { ...period, limit });
		const token = shop.token();
		await webhooks.restart();
		const second = await shop.get('sales', { ...period, limit, cursor: first.page!.next! });
		assert.equal(second.page!.next, null);
		assert.deepEqual([...first.data, ...second.data].map((sale) => (sale as FetchedSale).id).sort(), wanted);
		assert.equal(shop.token(), token);
	});

	await step('A sale by ID and by number', async () => {
		const { id } = orders[1];
		assert.equal((await shop.saleById(`boekwinkeltjes:${id}`))?.number, String(id));
		assert.equal((await shop.saleByNumber(String(id)))?.id, `boekwinkeltjes:${id}`);
	});

	await step('A token of the main process is good, and no wrong one', async () => {
		const atMain = await shopAt(await addressOf(playground, workflow), platforms);
		await atMain.vatRates();
		const ask = async (token: string, at = base) => {
			const response = await fetch(`${at}/vat-rates`, { headers: { authorization: `Bearer ${token}` } });
			return [response.status, ((await response.json()) as { error?: { code: string } }).error?.code];
		};
		assert.deepEqual(await ask(atMain.token()!), [200, undefined]);
		assert.deepEqual(await ask(`${atMain.token()!}x`), [401, 'invalid_token']);
		const { base: other } = await open('boekwinkeltjes', { ...MARGIN, api: {} });
		assert.deepEqual(await ask(atMain.token()!, other), [401, 'invalid_token']);
		const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'webwinkelfacturen', client_secret: 'wrong' });
		assert.equal((await fetch(`${base}/oauth/token`, { method: 'POST', body })).status, 401);
	});

	await step('What is wrong on the side of the shop starts the workflow, on the worker', async () => {
		const { apiKey } = sandbox.state;
		sandbox.state.apiKey = 'another';
		assert.deepEqual(await refused(shop.saleById(`boekwinkeltjes:${orders.at(-6)!.id}`)), [400, 'shop_refused']);
		sandbox.state.apiKey = apiKey;
		// The answer goes out before the workflow starts.
		while ((await executionsOf(workflow.id)).length === 0) await delay(200);
		const [{ id }] = await executionsOf(workflow.id);
		const { status, data } = await client.finished(id);
		assert.equal(status, 'success');
		assert.match(JSON.stringify(data.resultData.runData), /shop_refused/);
		assert.match(worker.log(), new RegExp(`Worker finished execution ${id} `));
		isFit(shop);
	});

	await step('A workflow answers on the worker: what there is, that there is nothing, and what is wrong', async () => {
		const { workflow: answering, base: address } = await open('workflow', {}, BOOKSHOP_STEPS);
		const asked = await shopAt(address, platforms);
		assert.deepEqual((await asked.sales(daysAgo(3), daysAgo(0), 5)).map(({ id }) => id).sort(), soldSince(platforms, daysAgo(3)));
		assert.deepEqual(await asked.sales('2019-01-01', '2019-01-31'), []);
		const { book, id } = orders[1];
		const { price } = book;
		book.price = 10.005;
		const answer: unknown = await asked.sales(daysAgo(3), daysAgo(0)).catch((error: unknown) => error);
		book.price = price;
		assert.deepEqual(await refused(Promise.reject(answer as Error)), [400, 'document_invalid']);
		assert.match(String(answer), new RegExp(`${id}.*SD13`));
		for (const { id: execution } of await executionsOf(answering.id)) assert.match(worker.log(), new RegExp(`Worker started execution ${execution} `));
		isFit(asked);
	});

	// A flood of requests is counted in the same way, and tried in virtual time: within a minute a busy machine does not get through it.
	await step('A flood of secrets is answered with 429, and the right one, too, then', async () => {
		const { base: flooded } = await open('boekwinkeltjes', { ...MARGIN, api: {} });
		const logIn = async () => await fetch(`${flooded}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'webwinkelfacturen', client_secret: 'wrong' }) });
		for (let tries = 0; tries < WRONG_SECRETS_A_MINUTE; tries++) assert.equal((await logIn()).status, 401);
		assert.equal((await logIn()).status, 429);
		assert.deepEqual(await refused(shopAt(flooded, platforms).then(async ({ vatRates }) => await vatRates())), [429, 'too_many_requests']);
	});
}

/** @throws AssertionError for the first thing that is not as it should be */
export async function checkApi(n8n: N8n, tarball: string): Promise<void> {
	const services: Service[] = [];
	const hosts: Host[] = [];
	const folder = await makeUserFolder();
	let playground: Playground | undefined;
	try {
		services.push(await startRedis(), await startPostgres());
		const port = await freePort();
		const env = {
			EXECUTIONS_MODE: 'queue',
			WEBHOOK_URL: `http://127.0.0.1:${port}/`,
			...Object.assign({}, ...services.map((service) => service.env)),
		} as Record<string, string>;
		playground = await startPlayground(n8n, tarball, { folder, port: await freePort(), env });
		hosts.push(await bootWorker(n8n, folder, { ...env, QUEUE_HEALTH_CHECK_PORT: String(await freePort()) }));
		const bootIt = async () => await bootWebhooks(n8n, folder, { ...env, N8N_PORT: String(port) });
		hosts.push(await bootIt());
		const webhooks = {
			current: hosts[1],
			async restart() {
				await this.current.kill();
				this.current = hosts[1] = await bootIt();
			},
		};
		await checks(playground, hosts[0], webhooks);
	} finally {
		await Promise.all(hosts.map(async (host) => await host.stop()));
		await playground?.stop();
		services.forEach(({ stop }) => stop());
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	}
}
