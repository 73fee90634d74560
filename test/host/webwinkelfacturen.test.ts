/** Many sales in a real n8n that is killed twice on the way, with a tenth of the requests disturbed: each is booked once. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import type { INode, INodeExecutionData } from 'n8n-workflow';

import { logIn } from '../../scripts/lib/client';
import type { WorkflowFile } from '../../scripts/lib/client';
import { bootN8n, makeUserFolder } from '../../scripts/lib/host';
import type { Host } from '../../scripts/lib/host';
import { installN8n } from '../../scripts/lib/n8n';
import { installPackage } from '../../scripts/lib/package';
import { sale } from '../engine/saleDocuments';
import { startWebwinkelfacturen } from '../sandbox/webwinkelfacturen';
import type { WebwinkelfacturenSandbox } from '../sandbox/webwinkelfacturen';
import { disturb } from '../sandbox/webwinkelfacturen/disturb';
import { LONGEST_TEST, times } from '../stress/times';

jest.setTimeout(Math.max(LONGEST_TEST, 300_000));

const SALES = times(150, 1000);

const documents = Array.from({ length: SALES }, (_, index) => sale(index + 1));

/** Gives the documents, as a shop would. */
async function startShop() {
	const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(documents)));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { url, close: () => (server.closeAllConnections(), server.close()) };
}

let sandbox: WebwinkelfacturenSandbox;
let shop: Awaited<ReturnType<typeof startShop>>;
let host: Host;
let userFolder: string;

beforeAll(async () => {
	[sandbox, shop, userFolder] = await Promise.all([startWebwinkelfacturen(), startShop(), makeUserFolder()]);
	await installPackage(process.env.HOST_TARBALL!, userFolder);
	host = await bootN8n(await installN8n(), userFolder);
});

afterAll(async () => {
	await host?.stop();
	shop.close();
	await sandbox.close();
	await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
});

function workflowOf(credential: string, options: object): WorkflowFile {
	const node = (name: string, type: string, typeVersion: number, parameters: object, more: object = {}) => ({
		...{ id: name, name, type, typeVersion, position: [0, 0], parameters },
		...more,
	});
	const credentials = { webwinkelfacturenApi: { id: credential, name: 'Webwinkelfacturen' } };
	const add = { resource: 'sale', operation: 'add', document: '={{ $json }}', options };
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: 'Sales',
		nodes: [
			node('Trigger', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Shop', 'n8n-nodes-base.httpRequest', 4.2, { url: shop.url, options: {} }),
			node('Push', 'n8n-nodes-dutch-commerce.webwinkelfacturen', 1, add, { credentials, onError: 'continueRegularOutput' }),
		] as unknown as INode[],
		connections: { Trigger: to('Shop'), Shop: to('Push') } as WorkflowFile['connections'],
	};
}

const idsOf = (bookings: Array<{ entity: string; id: string }>) => bookings.filter(({ entity }) => entity === 'order').map(({ id }) => id);

const isUnknown = (text: unknown) => String(text).includes('It is unknown whether');

test(`${SALES} sales, two kills`, async () => {
	const { clientId, clientSecret } = { clientId: sandbox.client.id, clientSecret: sandbox.client.secret };
	let client = await logIn(host.url);
	const data = { clientId, clientSecret, redirectUrl: sandbox.client.redirectUrl, authorizationCode: sandbox.authorize(), requestsAtATime: 4, baseUrl: sandbox.url };
	const credential = await client.addCredential({ name: 'Webwinkelfacturen', type: 'webwinkelfacturenApi', data });
	const workflow = await client.addWorkflow(workflowOf(credential, {}));
	const pushed = async (): Promise<INodeExecutionData[]> => {
		const execution = await client.finished(await client.startWorkflow(workflow), LONGEST_TEST);
		expect(execution.status).toBe('success');
		return execution.data.resultData.runData.Push[0].data!.main[0]!;
	};

	for (const part of [0.3, 0.7]) {
		disturb(sandbox, Math.round(part * 10));
		await client.startWorkflow(workflow);
		while (idsOf(sandbox.state.added).length < SALES * part) await delay(20);
		await host.kill();
		sandbox.faults.splice(0);
		host = await bootN8n(await installN8n(), userFolder);
		client = await logIn(host.url);
	}
	disturb(sandbox, 3);
	await pushed();
	sandbox.faults.splice(0);
	const rest = await pushed();
	sandbox.book();

	const booked = idsOf(sandbox.state.booked);
	expect(booked).toHaveLength(new Set(booked).size);
	expect(rest).toHaveLength(SALES);
	const unknown = rest.filter(({ json }) => json.error !== undefined);
	for (const [index, { json }] of rest.entries()) {
		if (json.error === undefined) expect(booked).toContain(documents[index].id);
		else expect(isUnknown(json.error) && String(json.error).includes(`Order ${documents[index].number}:`)).toBe(true);
	}
	// What was under way at a kill is four at most; the others are those whose answer never came.
	expect(unknown.length).toBeLessThan(SALES / 10);

	// A person looks for those in the bookkeeping, and sends again what is not there.
	const missing = documents.filter(({ id }) => !booked.includes(id));
	documents.splice(0, documents.length, ...missing);
	const again = await client.addWorkflow(workflowOf(credential, { sendAgain: true }));
	await client.finished(await client.startWorkflow(again));
	sandbox.book();
	expect(new Set(idsOf(sandbox.state.booked)).size).toBe(SALES);
	expect(idsOf(sandbox.state.booked)).toHaveLength(SALES);
	expect(sandbox.violations).toEqual([]);
});
