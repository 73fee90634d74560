/** All triggers in a real n8n: some thousand events of all kinds, with servers in trouble and n8n killed twice. None is lost, none comes twice. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { rm } from 'node:fs/promises';

import type { INode } from 'n8n-workflow';

import { logIn } from '../../scripts/lib/client';
import type { Client, StoredWorkflow, WorkflowFile } from '../../scripts/lib/client';
import { bootN8n, makeUserFolder } from '../../scripts/lib/host';
import type { Host } from '../../scripts/lib/host';
import { installN8n } from '../../scripts/lib/n8n';
import { installPackage } from '../../scripts/lib/package';
import { eventsOf, POLLING } from '../published';
import type { Fault } from '../sandbox/api';
import { startPlatforms } from './platforms';
import type { HostedPlatform, Platforms } from './platforms';
import { eventKey, makeWave } from './wave';

const SECOND = 1000;

/** Every five seconds, which n8n allows only as one time a minute each. */
const POLL_TIMES = Array.from({ length: 12 }, (_, index) => ({ mode: 'custom', cronExpression: `${index * 5} * * * * *` }));

const TWO_POLLS = 12 * SECOND;

/** No machine is so slow that what has not come by then is still on its way. */
const PATIENCE = 300 * SECOND;

/** Takes what the workflows send, and holds its answers back as long as it is told to. */
async function startCollector() {
	const keys: string[] = [];
	const collector = { keys, url: '', isHolding: false, server: undefined as unknown as Server };
	collector.server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			keys.push((JSON.parse(Buffer.concat(parts).toString()) as { key: string }).key);
			if (!collector.isHolding) response.end('{}');
		});
	});
	// Polls come as often as a server closes idle connections by default.
	collector.server.keepAliveTimeout = PATIENCE;
	await new Promise<void>((resolve) => collector.server.listen(0, '127.0.0.1', resolve));
	collector.url = `http://127.0.0.1:${(collector.server.address() as AddressInfo).port}`;
	return collector;
}

/** A trigger, and a node that sends the key of each event to the collector. */
function workflowOf(type: string, event: string, mark: string, name: string, credential: INode['credentials'], url: string): WorkflowFile {
	const trigger = {
		id: 'trigger',
		name,
		type: `n8n-nodes-dutch-commerce.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: { event, pollTimes: { item: POLL_TIMES } },
		credentials: credential,
	};
	const collect = {
		id: 'collect',
		name: 'Collect',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [220, 0],
		parameters: {
			method: 'POST',
			url,
			sendBody: true,
			bodyParameters: { parameters: [{ name: 'key', value: `=${eventKey(type, event, '{{ $json.id }}', mark)}` }] },
			options: {},
		},
	};
	return {
		name: `${type} ${event}`,
		nodes: [trigger, collect] as unknown as INode[],
		connections: { [name]: { main: [[{ node: 'Collect', type: 'main', index: 0 }]] } },
	};
}

/** Trouble of every kind that passes, for the next requests of a server. */
const TROUBLE: Fault[] = [
	{ kind: 'status', status: 503 },
	{ kind: 'cutBefore' },
	{ kind: 'truncated' },
	{ kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: {} },
	{ kind: 'html' },
	{ kind: 'cutAfter' },
	{ kind: 'status', status: 500 },
];

describe('events of every kind', () => {
	let platforms: Platforms;
	let userFolder: string;
	let host: Host;
	let client: Client;
	let collector: Awaited<ReturnType<typeof startCollector>>;
	const expected: string[] = [];
	const start = Math.floor(Date.now() / SECOND) * SECOND;
	const sandboxes = () => Object.values<HostedPlatform>(platforms).map(({ sandbox }) => sandbox);
	/** Those of platforms with a trigger; nothing asks the others. */
	const polled = () => Object.values<HostedPlatform>(platforms).filter(({ wave }) => wave !== undefined).map(({ sandbox }) => sandbox);

	const platformOf = (type: string) => platforms[type.replace('Trigger', '') as keyof Platforms] as HostedPlatform;
	const markOf = (type: string, event: string) => platformOf(type).marks?.[event] ?? '';

	async function boot() {
		host = await bootN8n(await installN8n(), userFolder);
		client = await logIn(host.url);
	}

	async function happen(wave: number) {
		expected.push(...makeWave(platforms, wave, start));
	}

	async function failedExecutions(): Promise<unknown[]> {
		const filter = encodeURIComponent(JSON.stringify({ status: ['error'] }));
		return (await client.rest<{ results: unknown[] }>('GET', `/rest/executions?limit=100&filter=${filter}`)).results;
	}

	async function until(isDone: () => boolean | Promise<boolean>) {
		const deadline = Date.now() + PATIENCE;
		while (!(await isDone()) && Date.now() < deadline) await delay(100);
	}

	const areSent = () => collector.keys.length >= expected.length;

	/** Waits until so many events have come, and then for two more polls, in which nothing may come. */
	async function allHaveCome() {
		await until(areSent);
		await delay(TWO_POLLS);
		expect([...collector.keys].sort()).toEqual([...expected].sort());
	}

	beforeAll(async () => {
		userFolder = await makeUserFolder();
		await installPackage(process.env.HOST_TARBALL!, userFolder);
		// So many polls would use up Stamhoofd's day.
		platforms = await startPlatforms({ limits: false });
		collector = await startCollector();
		await boot();
	});

	afterAll(async () => {
		await host?.stop();
		collector?.server.closeAllConnections();
		collector?.server.close();
		if (platforms) await Promise.all(sandboxes().map(async (sandbox) => await sandbox.close()));
		await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	});

	test(
		'with servers in trouble, a renamed node and two SIGKILLs: exactly these come out',
		async () => {
			const workflows: StoredWorkflow[] = [];
			for (const trigger of POLLING) {
				const type = trigger.description.name;
				const [credential] = platformOf(type).credentials;
				const id = await client.addCredential(credential);
				for (const event of eventsOf(trigger)) {
					const file = workflowOf(type, event, markOf(type, event), 'Trigger', { [credential.type]: { id, name: credential.name } }, collector.url);
					const workflow = await client.addWorkflow(file);
					workflows.push(workflow);
					await client.activate(workflow);
				}
			}
			for (const workflow of workflows.filter(({ name }) => /orderCreated$/.test(name))) {
				const { status, data } = await client.finished(await client.startWorkflow(workflow));
				const [sample] = data.resultData.runData.Trigger[0].data!.main;
				expect([workflow.name, status, sample?.length]).toEqual([workflow.name, 'success', 5]);
			}
			collector.keys.splice(0);
			// n8n has answered, but the first poll may be under way still.
			for (const { id } of workflows) {
				await until(async () => Boolean((await client.rest<{ staticData: object | null }>('GET', `/rest/workflows/${id}`)).staticData));
			}

			for (const sandbox of sandboxes()) sandbox.faults.push(...TROUBLE.map((fault) => ({ ...fault })));
			await happen(1);
			await allHaveCome();
			const failedInTrouble = await failedExecutions();

			// Killed while every poll waits for its answer.
			for (const sandbox of sandboxes()) Object.assign(sandbox, { latency: 60 * SECOND });
			await happen(2);
			const asked = polled().map(({ requests }) => requests.length);
			await until(() => polled().every(({ requests }, index) => requests.length > asked[index]));
			await host.kill();
			for (const sandbox of sandboxes()) Object.assign(sandbox, { latency: 0 });
			await boot();
			await allHaveCome();

			// One node of each platform gets another name; what happens meanwhile is found afterwards.
			for (const workflow of workflows.filter(({ name }) => /paymentPaid|orderUpdated/.test(name))) {
				await client.rest('POST', `/rest/workflows/${workflow.id}/deactivate`);
			}
			await happen(3);
			for (const workflow of workflows.filter(({ name }) => /paymentPaid|orderUpdated/.test(name))) {
				const [type, event] = workflow.name.split(' ');
				const { nodes, connections } = workflowOf(type, event, markOf(type, event), 'Renamed', workflow.nodes[0].credentials, collector.url);
				const changed = await client.rest<StoredWorkflow>('PATCH', `/rest/workflows/${workflow.id}`, { nodes, connections });
				await client.activate(changed);
			}
			await allHaveCome();

			// Killed while the executions run that the polls have started.
			collector.isHolding = true;
			await happen(4);
			await until(areSent);
			await host.kill();
			collector.isHolding = false;
			await boot();
			await allHaveCome();

			await happen(5);
			await allHaveCome();
			expect(new Set(expected).size).toBe(expected.length);
			expect(expected.length).toBeGreaterThan(1000);
			expect(await failedExecutions()).toHaveLength(failedInTrouble.length);
			for (const { violations } of sandboxes()) expect(violations).toEqual([]);
		},
		10 * PATIENCE,
	);
});
