/**
 * `npm run stress:kills`: a real n8n whose triggers find events, and that is killed again and again, half of the time at
 * any moment and half of the time right after a poll has got its answer. Every event must start its workflow once.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { countBy, difference, groupBy, partition } from 'lodash';
import type { INode } from 'n8n-workflow';

import { logIn } from '../../scripts/lib/client';
import type { Client, Credential, Execution, WorkflowFile } from '../../scripts/lib/client';
import { bootN8n, makeUserFolder } from '../../scripts/lib/host';
import type { Host } from '../../scripts/lib/host';
import { installN8n } from '../../scripts/lib/n8n';
import { buildAndPack, installPackage } from '../../scripts/lib/package';
import { startPlatforms } from '../host/platforms';
import type { Platforms } from '../host/platforms';
import { SEED_NOW } from '../sandbox/seed';

const SECOND = 1000;
const EVERY = 5 * SECOND;
const PATIENCE = 90 * SECOND;

/** n8n hands a poll's events over within so many milliseconds after the poll has got its answer. */
const HAND_OVER = 120;

/** n8n allows that only as one time a minute each. */
const POLL_TIMES = Array.from({ length: 60 / (EVERY / SECOND) }, (_, index) => ({
	mode: 'custom',
	cronExpression: `${(index * EVERY) / SECOND} * * * * *`,
}));

/** What tells two events of a record apart, by the event that each workflow waits for. */
const WATCHED = [
	{ name: 'payments', platform: 'stamhoofd', event: 'paymentCreated', mark: '' },
	{ name: 'payments again', platform: 'stamhoofd', event: 'paymentCreated', mark: '' },
	{ name: 'statuses', platform: 'boekwinkeltjes', event: 'orderStatusChanged', mark: '{{ $json.status }}' },
	{ name: 'sold', platform: 'boekwinkeltjes', event: 'bookSold', mark: '' },
] as const;

type Watched = (typeof WATCHED)[number];

const keyOf = (name: string, id: unknown, mark: unknown, wave: string) => [name, id, mark, wave].join('|');

async function startCollector() {
	const keys: string[] = [];
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			keys.push((JSON.parse(Buffer.concat(parts).toString()) as { key: string }).key);
			response.end('{}');
		});
	});
	server.keepAliveTimeout = PATIENCE;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { keys, url, close: () => (server.closeAllConnections(), server.close()) };
}

function workflowOf({ name, platform, event, mark }: Watched, credential: INode['credentials'], url: string): WorkflowFile {
	const trigger = {
		id: randomUUID(),
		name: 'Trigger',
		type: `n8n-nodes-dutch-commerce.${platform}Trigger`,
		typeVersion: 1,
		position: [0, 0],
		parameters: { event, pollTimes: { item: POLL_TIMES } },
		credentials: credential,
	};
	const collect = {
		id: randomUUID(),
		name: 'Collect',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [220, 0],
		parameters: {
			method: 'POST',
			url,
			sendBody: true,
			bodyParameters: { parameters: [{ name: 'key', value: `=${keyOf(name, '{{ $json.id }}', mark, '')}` }] },
			options: {},
		},
	};
	return {
		name,
		nodes: [trigger, collect] as unknown as INode[],
		connections: { Trigger: { main: [[{ node: 'Collect', type: 'main', index: 0 }]] } },
	};
}

/** Something happens at both platforms; the keys of the events. No record has two events of the same key. */
function happen({ stamhoofd, boekwinkeltjes }: Platforms, wave: number): string[] {
	const { payments } = stamhoofd.sandbox.state;
	const { orders, books } = boekwinkeltjes.sandbox.state;
	const createdAt = SEED_NOW + wave * 60 * SECOND;
	const created = Array.from({ length: randomInt(1, 6) }, () => {
		const payment = { ...payments[0], id: randomUUID(), createdAt, updatedAt: createdAt };
		payments.push(payment);
		return ['payments', 'payments again'].map((name) => keyOf(name, payment.id, '', ''));
	});
	const status = `status ${wave}`;
	const changed = orders.filter((_, index) => index % 20 === wave % 20).slice(0, 4);
	for (const order of changed) order.status = status;
	const sold = books.filter(({ isSold }) => !isSold).slice(0, 3);
	for (const book of sold) book.isSold = true;
	return [
		...created.flat(),
		...changed.map(({ id }) => keyOf('statuses', id, status, '')),
		...sold.map(({ id }) => keyOf('sold', id, '', '')),
	];
}

type Listed = Execution & { workflowName: string };

async function executionsOf(client: Client): Promise<Listed[]> {
	const found: Listed[] = [];
	for (let cursor: string | undefined; ; ) {
		const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
		const { results, nextCursor } = await client.rest<{ results: Listed[]; nextCursor?: string }>('GET', `/rest/executions?limit=100${from}`);
		found.push(...results);
		if (!nextCursor) return found;
		cursor = nextCursor;
	}
}

async function main(kills: number) {
	const n8n = await installN8n();
	const tarball = await buildAndPack();
	const userFolder = await makeUserFolder();
	await installPackage(tarball, userFolder);
	const platforms = await startPlatforms({ limits: false });
	const collector = await startCollector();
	const sandboxes = [platforms.stamhoofd.sandbox, platforms.boekwinkeltjes.sandbox];
	const asked = () => sandboxes.map(({ requests }) => requests.length);
	const expected: string[] = [];
	let host: Host;
	let client: Client;

	async function boot() {
		host = await bootN8n(n8n, userFolder).catch(async () => await bootN8n(n8n, userFolder));
		client = await logIn(host.url);
	}
	async function until(isDone: () => boolean, patience: number) {
		const deadline = Date.now() + patience;
		while (!isDone() && Date.now() < deadline) await delay(5);
	}
	const isComplete = () => difference(expected, collector.keys).length === 0;

	await boot();
	for (const watched of WATCHED) {
		const [credential] = platforms[watched.platform].credentials as Credential[];
		const id = await client!.addCredential(credential);
		const file = workflowOf(watched, { [credential.type]: { id, name: credential.name } }, collector.url);
		await client!.activate(await client!.addWorkflow(file));
	}
	await delay(2 * EVERY);

	for (let kill = 1; kill <= kills; kill++) {
		const before = asked();
		expected.push(...happen(platforms, kill));
		if (kill % 2 === 0) {
			await delay(randomInt(EVERY));
		} else {
			const [which] = [randomInt(sandboxes.length)];
			await until(() => sandboxes[which].requests.length > before[which], PATIENCE);
			await delay(randomInt(HAND_OVER));
		}
		await host!.kill();
		await boot();
		await until(isComplete, 3 * EVERY);
		const missing = difference(expected, collector.keys);
		const twice = collector.keys.length - new Set(collector.keys).size;
		console.log(`kill ${kill}: ${expected.length} events, ${missing.length} not there (${missing.join(' ')}), ${twice} twice`);
	}
	await until(isComplete, PATIENCE);
	await delay(3 * EVERY);

	const executions = await executionsOf(client!);
	const stopped = await Promise.all(
		executions
			.filter(({ status }) => status !== 'success')
			.map(async ({ id, workflowName }) => ({ workflowName, text: JSON.stringify((await client!.getExecution(id)).data) })),
	);
	/** An execution that n8n has stored stands in its list as crashed, and can be run again there. */
	const isStored = (key: string) => {
		const [name, id] = key.split('|');
		const isIn = new RegExp(`"id":"?${id}"?[,}]`);
		return stopped.some(({ workflowName, text }) => workflowName === name && isIn.test(text));
	};
	const [cut, lost] = partition(difference(expected, collector.keys), isStored);
	const twice = Object.entries(countBy(collector.keys)).filter(([, count]) => count > 1);
	console.log(JSON.stringify({
		kills,
		events: expected.length,
		executions: Object.fromEntries(Object.entries(groupBy(executions, 'status')).map(([status, all]) => [status, all.length])),
		lost,
		'begun, then cut off by the kill': cut,
		twice,
		unexpected: difference(collector.keys, expected),
	}, undefined, '\t'));
	await host!.stop();
	collector.close();
	await Promise.all(Object.values(platforms).map(async ({ sandbox }) => await sandbox.close()));
	await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	process.exitCode = lost.length + twice.length > 0 ? 1 : 0;
}

void main(Number(process.argv[2] ?? 50));
