/** Executions → Retry, Retry On Fail, Stop and a kill in a real n8n: nothing is ordered, paid back or shipped twice. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { logIn } from '../../scripts/lib/client';
import type { Client, Execution, StoredWorkflow } from '../../scripts/lib/client';
import { bootN8n, makeUserFolder } from '../../scripts/lib/host';
import type { Host } from '../../scripts/lib/host';
import { installN8n } from '../../scripts/lib/n8n';
import { installPackage } from '../../scripts/lib/package';
import type { SandboxRequest } from '../sandbox/api';
import { IS_OLDER } from './older';
import { startPlatforms } from './platforms';
import type { HostedPlatform, Platforms } from './platforms';

const PATIENCE = 60_000;

let host: Host;
let client: Client;
let platforms: Platforms;
let userFolder: string;
const credentialIds: Record<string, string> = {};

async function boot() {
	host = await bootN8n(await installN8n(), userFolder);
	client = await logIn(host.url);
}

beforeAll(async () => {
	userFolder = await makeUserFolder();
	await installPackage(process.env.HOST_TARBALL!, userFolder);
	platforms = await startPlatforms({ limits: false });
	await boot();
	for (const { credentials: [credential] } of [platforms.topgeschenken, platforms.boekwinkeltjes]) {
		credentialIds[credential.type] = await client.addCredential(credential);
	}
});

afterAll(async () => {
	await host?.stop();
	if (platforms) await Promise.all(Object.values<HostedPlatform>(platforms).map(async ({ sandbox }) => await sandbox.close()));
	await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
});

async function until(isSo: () => boolean | Promise<boolean>) {
	const deadline = Date.now() + PATIENCE;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`Waited too long; n8n said: ${host.log().slice(-2000)}`);
		await delay(20);
	}
}

/** "Webhook → Split Out → node", active, as an agency would build it. */
async function workflowOf(platform: 'topgeschenken' | 'boekwinkeltjes', parameters: INodeParameters, more: Partial<INode> = {}): Promise<StoredWorkflow & { path: string }> {
	const path = randomUUID();
	const [{ type, name }] = platforms[platform].credentials;
	const nodes = [
		{ id: randomUUID(), name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0], webhookId: path, parameters: { httpMethod: 'POST', path, options: {} } },
		{ id: randomUUID(), name: 'Items', type: 'n8n-nodes-base.splitOut', typeVersion: 1, position: [200, 0], parameters: { fieldToSplitOut: 'body.items', options: {} } },
		{
			...{ id: randomUUID(), name: 'Write', type: `n8n-nodes-dutch-commerce.${platform}`, typeVersion: 1, position: [400, 0], parameters },
			credentials: { [type]: { id: credentialIds[type], name } },
			...more,
		},
	] as unknown as INode[];
	const next = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const workflow = await client.addWorkflow({ name: String(parameters.operation), nodes, connections: { Webhook: next('Items'), Items: next('Write') }, settings: { executionOrder: 'v1' } });
	await client.activate(workflow);
	return { ...workflow, path };
}

/** The ID of the execution that the items start. */
async function start({ id, path }: { id: string; path: string }, items: IDataObject[]): Promise<string> {
	const body = JSON.stringify({ items });
	await until(async () => (await fetch(`${host.url}/webhook/${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).ok);
	let found: Array<{ id: string }> = [];
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	await until(async () => {
		found = (await client.rest<{ results: Array<{ id: string }> }>('GET', `/rest/executions?filter=${filter}`)).results;
		return found.length > 0;
	});
	return found[0].id;
}

async function retry(id: string, loadWorkflow: boolean): Promise<Execution> {
	const { id: next } = await client.rest<{ id: string }>('POST', `/rest/executions/${id}/retry`, { loadWorkflow });
	return await client.finished(next);
}

/** What the node gave last. */
const output = ({ data }: Execution) => data.resultData.runData.Write?.at(-1)?.data?.main[0]?.map(({ json }) => json) ?? [];
const errorOf = ({ data }: Execution) => data.resultData.error as { message: string; description?: string } | undefined;

const address = { street: 'Dorpsstraat', number: '12', postcode: '3511 AB', city: 'Utrecht', country: 'NL' };
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

function gifts(): INodeParameters {
	const product = platforms.topgeschenken.sandbox.state.products.find(({ type, orderable }) => type === 'generic_product' && orderable)!;
	return {
		...{ resource: 'orderCollection', operation: 'place', dryRun: false, contactEmail: 'hr@voorbeeld.example', requestedPaymentMethod: 'invoice' },
		invoiceAddress: { address: { ...address, attn: 'Crediteuren' } },
		giftFrom: 'fields',
		deliveryDate: inDays(3),
		deliveryAddress: { address: { ...address, attn: '={{ $json.name }}' } },
		lines: { line: [{ productId: { __rl: true, mode: 'id', value: product.uuid }, quantity: 1, cardText: '', cardId: { __rl: true, mode: 'id', value: '' } }] },
	};
}

const packages = (): INodeParameters => ({
	...{ resource: 'package', operation: 'create', operator: 'PostNL', type: 'SMALL', name: '={{ $json.name }}' },
	...{ street: 'Kerkweg', houseNumber: '12', postalCode: '7443 BP', city: 'Nijverdal', country: 'NL' },
});

const refunds = (): INodeParameters => ({
	...{ resource: 'payment', operation: 'refund', dryRun: false, reason: 'Beschadigd' },
	paymentId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
});

/** People whose names nobody else has. */
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `Person ${index} ${randomUUID()}` }));

const isAbout = (mark: string) => ({ url, body }: SandboxRequest) => `${url} ${JSON.stringify(body)}`.includes(mark);

/** How often each was carried out. */
const timesOf = ({ sandbox }: HostedPlatform, some: Array<{ name: string }>) => some.map(({ name }) => sandbox.carriedOut.filter(isAbout(name)).length);

async function killAndRestart() {
	await host.kill();
	await boot();
}

test('gifts of which the third is refused: Retry places the rest, with the stored and the original workflow, also after a kill of n8n', async () => {
	const { topgeschenken } = platforms;
	const refuse = (mark: string) =>
		topgeschenken.sandbox.faults.push({ kind: 'status', status: 422, body: { detail: 'Busy' }, when: (request) => request.method === 'POST' && isAbout(mark)(request) });
	const [some, others] = [people(4), people(4)];
	const workflow = await workflowOf('topgeschenken', gifts());
	refuse(some[2].name);
	const first = await client.finished(await start(workflow, some));
	expect(errorOf(first)?.description).toMatch(/Done, and stays done: items 0 \(\S+\), 1 \(\S+\)\nRefused: item 2\nNot sent: item 3\n/);

	const again = await retry(first.id, true);
	expect(again.status).toBe('success');
	expect(timesOf(topgeschenken, some)).toEqual([1, 1, 1, 1]);
	// What was placed gives what it gave.
	expect(output(again).map(({ number }) => number)).toEqual(topgeschenken.sandbox.state.collections.map(({ number }) => number));

	refuse(others[2].name);
	const second = await client.finished(await start(workflow, others));
	expect(second.status).toBe('error');
	await killAndRestart();
	const afterKill = await retry(second.id, false);
	expect(afterKill.status).toBe('success');
	expect(timesOf(topgeschenken, others)).toEqual([1, 1, 1, 1]);
	expect(output(afterKill).map(({ alreadyDone }) => alreadyDone)).toEqual([true, true, undefined, undefined]);
});

test('two refunds of which the second is refused once: Retry On Fail pays each back once', async () => {
	const { sandbox } = platforms.boekwinkeltjes;
	const paid = sandbox.state.payments.filter(({ successDate }) => successDate !== null).slice(0, 2);
	sandbox.faults.push({ kind: 'status', status: 422, body: { status: 422, message: 'Nog niet' }, when: ({ path }) => path.endsWith(`/${paid[1].id}/refund`) });
	const workflow = await workflowOf('boekwinkeltjes', refunds(), { retryOnFail: true, maxTries: 2, waitBetweenTries: 10 });
	const { status } = await client.finished(await start(workflow, paid.map(({ id }) => ({ id }))));
	expect(status).toBe('success');
	expect(paid.map(({ id }) => sandbox.carriedOut.filter(({ path }) => path.endsWith(`/${id}/refund`)).length)).toEqual([1, 1]);
});

test('ten packages of which the fourth fails on the server: nothing after it, and a Retry makes no label twice', async () => {
	const { boekwinkeltjes } = platforms;
	const some = people(10);
	boekwinkeltjes.sandbox.faults.push({ kind: 'statusAfter', status: 500, when: isAbout(some[3].name) });
	const first = await client.finished(await start(await workflowOf('boekwinkeltjes', packages()), some));
	expect(errorOf(first)?.message).toMatch(/^It is unknown whether Boekwinkeltjes carried this out/);
	expect(errorOf(first)?.description).toMatch(/^Done, and stays done: items 0, 1, 2\nUnknown whether it was done: item 3\nNot sent: items 4–9\n/);
	const again = await retry(first.id, false);
	expect(errorOf(again)?.description).toMatch(/^Done, and stays done: items 0, 1, 2\nUnknown whether it was done: item 3\nNot sent: items 4–9\n/);
	expect(timesOf(boekwinkeltjes, some)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
});

test('Stop in the middle: what was under way is done, nothing else is sent, and the log of n8n says how far it came', async () => {
	const { topgeschenken } = platforms;
	const some = people(6);
	const workflow = await workflowOf('topgeschenken', gifts());
	topgeschenken.sandbox.latency = 300;
	const id = await start(workflow, some);
	await until(() => topgeschenken.sandbox.requests.some((request) => request.method === 'POST' && isAbout(some[2].name)(request)));
	await client.stopExecution(id);
	topgeschenken.sandbox.latency = 0;
	expect((await client.finished(id)).status).toBe('canceled');
	await until(() => host.log().includes('"Write" was stopped. Done, and stays done: items 0 ('));
	expect(host.log()).toMatch(/"Write" was stopped\. Done, and stays done: items 0 \(\S+\), 1 \(\S+\), 2 \(\S+\)\. Not sent: items 3–5/);
	await delay(500);
	expect(timesOf(topgeschenken, some)).toEqual([1, 1, 1, 0, 0, 0]);
	// n8n keeps nothing that could be tried again, or it does the rest.
	await retry(id, false).catch(() => {});
	expect(timesOf(topgeschenken, some).every((times) => times <= 1)).toBe(true);
});

test('n8n killed in the middle: a Retry of what it shows as crashed sends nothing as long as nobody knows of one item', async () => {
	const { topgeschenken } = platforms;
	const some = people(5);
	const workflow = await workflowOf('topgeschenken', gifts());
	topgeschenken.sandbox.faults.push({ kind: 'slow', milliseconds: 3000, when: (request) => request.method === 'POST' && isAbout(some[2].name)(request) });
	const id = await start(workflow, some);
	await until(() => topgeschenken.sandbox.requests.some((request) => request.method === 'POST' && isAbout(some[2].name)(request)));
	await killAndRestart();
	const crashed = await client.finished(id);
	expect(crashed.status).toBe('crashed');
	const again = await retry(id, false);
	expect(errorOf(again)?.message).toMatch(/^It is unknown whether this was done by the execution that is tried again/);
	// An older n8n does not tell which execution it was, so nobody knows of any item.
	const known = IS_OLDER ? /^Unknown whether it was done: items 0–4/ : /^Done, and stays done: items 0, 1\nUnknown whether it was done: item 2\nNot sent: items 3–4\n/;
	expect(errorOf(again)?.description).toMatch(known);
	expect(timesOf(topgeschenken, some)).toEqual([1, 1, 1, 0, 0]);
});
