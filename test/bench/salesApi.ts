/** Calls of the API that bookkeeping fetches from, beside a workflow of Webhook and Respond to Webhook that answers a fixed text. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { INode } from 'n8n-workflow';

import { logIn } from '../../scripts/lib/client';
import { bootN8n } from '../../scripts/lib/host';
import type { N8n } from '../../scripts/lib/n8n';
import { addressOf } from '../../scripts/lib/salesApi';
import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import { OURS, takeTurns } from './measure';
import type { Part } from './report';

/** In all fewer than the API answers in a minute. */
const CALLS = 40;
const AT_A_TIME = 4;
const TURNS = 5;

const FIXED = 'Webhook + Respond to Webhook';

/** @param userFolder with the package in it */
export async function salesApi(n8n: N8n, userFolder: string): Promise<Part> {
	const host = await bootN8n(n8n, userFolder);
	const sandbox = await startBoekwinkeltjes({ books: 100, orders: 100 });
	try {
		const client = await logIn(host.url);
		const [clientId, clientSecret] = ['bench', randomBytes(24).toString('hex')];
		const salesId = await client.addCredential({ name: 'Sales API', type: 'salesApi', data: { clientId, clientSecret } });
		const shop = { apiKey: sandbox.state.apiKey, environment: 'custom', baseUrl: sandbox.baseUrl, requestsPerSecond: 100, paymentStatusField: 'idealPaymentStatus' };
		const shopId = await client.addCredential({ name: 'Boekwinkeltjes', type: 'boekwinkeltjesApi', data: shop });
		const node = (name: string, type: string, typeVersion: number, parameters: object, more: object = {}) => ({ id: name, name, type, typeVersion, position: [0, 0], parameters, ...more }) as unknown as INode;
		const [api, webhook] = [randomUUID(), randomUUID()];
		const trigger = node('API', 'n8n-nodes-dutch-commerce.webwinkelfacturenApiTrigger', 1, { source: 'boekwinkeltjes', regime: 'margin', sellerCountry: 'NL', goods: 'book', seller: {}, options: {}, api: {} }, {
			webhookId: api,
			credentials: { salesApi: { id: salesId, name: 'Sales API' }, boekwinkeltjesApi: { id: shopId, name: 'Boekwinkeltjes' } },
		});
		const fixed = [
			node('Webhook', 'n8n-nodes-base.webhook', 2, { path: webhook, responseMode: 'responseNode', options: {} }, { webhookId: webhook }),
			node('Respond', 'n8n-nodes-base.respondToWebhook', 1.1, { respondWith: 'text', responseBody: 'A fixed text', options: {} }),
		];
		const connections = { Webhook: { main: [[{ node: 'Respond', type: 'main' as const, index: 0 }]] } };
		const workflow = await client.addWorkflow({ name: 'API', nodes: [trigger], connections: {} });
		await client.activate(workflow);
		await client.activate(await client.addWorkflow({ name: FIXED, nodes: fixed, connections }));

		const base = await addressOf({ host }, workflow);
		while ((await fetch(`${host.url}/webhook/${webhook}`)).status === 404) await delay(100);
		const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
		const { access_token: token } = (await (await fetch(`${base}/oauth/token`, { method: 'POST', body })).json()) as { access_token: string };
		const calls = (url: string) => async () => {
			const ask = async () => {
				const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
				const text = await response.text();
				if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 200)}`);
			};
			const lane = async () => {
				for (let call = 0; call < CALLS / AT_A_TIME; call++) await ask();
			};
			await Promise.all(Array.from({ length: AT_A_TIME }, lane));
		};
		const sale = `${base}/sales?id=boekwinkeltjes%3A${sandbox.state.orders[0].id}`;
		const times = await takeTurns({ [`${OURS}: one sale`]: calls(sale), [`${OURS}: VAT rates`]: calls(`${base}/vat-rates`), [FIXED]: calls(`${host.url}/webhook/${webhook}`) }, TURNS);
		return {
			name: 'salesApi',
			title: `${CALLS} calls of the API that bookkeeping fetches from, ${AT_A_TIME} at a time, in a real n8n (median of ${TURNS} turns)`,
			rows: Object.entries(times).map(([contender, time]) => ({ contender, 'calls a second': (1000 * CALLS) / time, [`time ÷ ${FIXED}`]: time / times[FIXED] })),
			goals: [{ text: `time of one sale ÷ ${FIXED}`, measured: times[`${OURS}: one sale`] / times[FIXED], most: 1 }],
		};
	} finally {
		await host.stop();
		await sandbox.close();
	}
}
