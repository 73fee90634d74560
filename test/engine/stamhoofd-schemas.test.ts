/** The stored output schemas are those of what the operations give. */
import { StamhoofdApi } from '../../credentials/StamhoofdApi.credentials';
import { Stamhoofd } from '../../nodes/Stamhoofd/Stamhoofd.node';
import { startStamhoofd } from '../sandbox/stamhoofd';
import type { StamhoofdSandbox } from '../sandbox/stamhoofd';
import { runNode } from './harness';
import { outputSchema } from './outputSchema';

let sandbox: StamhoofdSandbox;

beforeAll(async () => {
	sandbox = await startStamhoofd({ line: 'current' });
});

afterAll(async () => {
	expect(sandbox.violations).toEqual([]);
	await sandbox.close();
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

test.each([
	['organization', 'get', () => ({})],
	['organization', 'search', () => ({ query: 'a', options: { baseUrl: sandbox.url } })],
	['webshop', 'get', () => ({ webshopId: byId(sandbox.state.webshops[0].id) })],
	['webshop', 'getAll', () => ({ returnAll: true })],
	['order', 'getAll', () => ({ webshopId: byId(sandbox.state.webshops[0].id), returnAll: true })],
	['payment', 'get', () => ({ paymentId: byId(sandbox.state.payments[0].id) })],
	['payment', 'getAll', () => ({ returnAll: true })],
	[
		'payment',
		'updateStatus',
		() => {
			const transfer = sandbox.state.payments.find(({ method, price }) => method === 'Transfer' && price > 0)!;
			return { paymentId: byId(transfer.id), status: 'Succeeded' };
		},
	],
	[
		'payment',
		'matchBankTransfers',
		() => {
			const open = sandbox.state.payments.find(({ method, price, status, communication }) => {
				return method === 'Transfer' && price > 0 && status === 'Created' && communication?.startsWith('+++');
			})!;
			return { amount: open.price / 100, communication: open.communication!, options: { payerName: 'Jan', date: '2026-11-21' } };
		},
	],
])('%s %s', async (resource, operation, parametersOf) => {
	const { organization, keys } = sandbox.state;
	const { items, error } = await runNode({
		node: new Stamhoofd(),
		credentialTypes: [new StamhoofdApi()],
		credentials: {
			stamhoofdApi: {
				organizationId: organization.id,
				apiKey: keys.full,
				apiVersion: '411',
				rateLimitTier: 'none',
				baseUrl: sandbox.url,
			},
		},
		parameters: { resource, operation, ...parametersOf() },
	});
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(0);
	const { actual, stored } = outputSchema('Stamhoofd', resource, operation, items);
	expect(actual).toEqual(stored);
});
