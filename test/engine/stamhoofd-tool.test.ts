/** What an AI agent gets that calls the node as its tool. */
import { StamhoofdApi } from '../../credentials/StamhoofdApi.credentials';
import { Stamhoofd } from '../../nodes/Stamhoofd/Stamhoofd.node';
import { startStamhoofd } from '../sandbox/stamhoofd';
import type { StamhoofdSandbox } from '../sandbox/stamhoofd';
import { runNode } from './harness';

let sandbox: StamhoofdSandbox;

beforeEach(async () => {
	sandbox = await startStamhoofd({ line: 'current', payments: 200 });
});

afterEach(async () => {
	expect(sandbox.violations).toEqual([]);
	await sandbox.close();
});

async function runAsTool(parameters: Parameters<typeof runNode>[0]['parameters']) {
	const { organization, keys } = sandbox.state;
	return await runNode({
		node: new Stamhoofd(),
		asTool: true,
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
		parameters,
	});
}

const openTransfer = () =>
	sandbox.state.payments.find(({ method, price, status, communication }) => {
		return method === 'Transfer' && price > 0 && status === 'Created' && communication?.startsWith('+++');
	})!;

test('update status', async () => {
	const payment = openTransfer();
	const { items, error } = await runAsTool({
		resource: 'payment',
		operation: 'updateStatus',
		status: 'Succeeded',
		paymentId: { __rl: true, mode: 'id', value: payment.id },
	});
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({ id: payment.id, status: 'Succeeded' });
	expect(payment.status).toBe('Succeeded');
});

test('match bank transfers', async () => {
	const { id, price, communication } = openTransfer();
	const { items } = await runAsTool({
		resource: 'payment',
		operation: 'matchBankTransfers',
		amount: String(price / 100),
		communication: communication!,
	});
	expect(items[0].json).toMatchObject({ result: 'matched', paymentId: id, markedAsPaid: false });
});

test('the message says what to do, since a model sees nothing else', async () => {
	const { error } = await runAsTool({
		resource: 'payment',
		operation: 'updateStatus',
		status: 'Succeeded',
		paymentId: { __rl: true, mode: 'id', value: '00000000-0000-4000-8000-000000000000' },
	});
	expect(error?.message).toMatch(/no payment with this ID: check it/);
});
