/** The packed package in a real n8n: what is loaded, what its credentials say, limits, stopping, n8n's own HTTP Request node. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { INodeExecutionData, ResourceMapperFields } from 'n8n-workflow';

import type { Execution } from '../../scripts/lib/client';
import { buildAndPack } from '../../scripts/lib/package';
import { PLATFORM_NAMES } from './platforms';
import type { HostedPlatform } from './platforms';
import { usePlayground, withRows, workflowOf } from './playground';

const playground = usePlayground();

const manifest = JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8')) as {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
};

const itemsOf = ({ data }: Execution): INodeExecutionData[] => data.resultData.runData.Node[0].data?.main[0] ?? [];

function platformOf(name: string): HostedPlatform {
	return playground.current.platforms[name as (typeof PLATFORM_NAMES)[number]];
}

async function runList(name: string) {
	const { client, addWorkflow } = playground.current;
	const { list, credentials } = platformOf(name);
	return await client.startWorkflow(await addWorkflow(workflowOf(`${name}: list`, list.type, 1, list.parameters, credentials[0])));
}

/** "dist/nodes/Stamhoofd/Stamhoofd.node.js" holds the node type "stamhoofd". */
const typeIn = (file: string) => path.basename(file).split('.')[0].replace(/^./, (letter) => letter.toLowerCase());

test('n8n has loaded every node under its real name, and as a tool for its AI agent', async () => {
	const loaded = await playground.current.client.rest<Array<{ name: string }>>('GET', '/types/nodes.json');
	const names = loaded.map(({ name }) => name).filter((name) => name.startsWith(manifest.name));
	const actions = manifest.n8n.nodes.map(typeIn).filter((name) => !name.endsWith('Trigger'));
	const expected = [...manifest.n8n.nodes.map(typeIn), ...actions.map((name) => `${name}Tool`)];
	expect(names.sort()).toEqual(expected.map((name) => `${manifest.name}.${name}`).sort());
});

test('n8n has loaded every credential type, each of use to a node of the package', async () => {
	const loaded = await playground.current.client.rest<Array<{ name: string; supportedNodes?: string[] }>>('GET', '/types/credentials.json');
	for (const file of manifest.n8n.credentials) {
		const type = loaded.find(({ name }) => name === typeIn(file));
		expect(type?.supportedNodes?.join()).toContain(manifest.name);
	}
});

test('the icons of nodes and credentials are there, light and dark', async () => {
	const { client, host } = playground.current;
	const types = ['nodes', 'credentials'].map(
		async (kind) => await client.rest<Array<{ name: string; iconUrl?: { light: string; dark: string } }>>('GET', `/types/${kind}.json`),
	);
	const ours = (await Promise.all(types)).flat().filter(({ iconUrl }) => JSON.stringify(iconUrl ?? '').includes(manifest.name));
	expect(ours.length).toBeGreaterThanOrEqual(manifest.n8n.nodes.length + manifest.n8n.credentials.length);
	for (const url of ours.flatMap(({ iconUrl }) => [iconUrl!.light, iconUrl!.dark])) {
		const response = await fetch(`${host.url}/${url}`);
		expect(`${url} ${response.status} ${response.headers.get('content-type')}`).toMatch(/ 200 image\/svg/);
	}
});

describe.each(PLATFORM_NAMES)('%s', (name) => {
	test('the credential works', async () => {
		const { client, addCredential } = playground.current;
		const { credentials } = platformOf(name);
		for (const credential of credentials) {
			const id = await addCredential(credential);
			expect(await client.testCredential(id, credential)).toMatchObject({ status: 'OK' });
		}
	});

	test('a credential that does not work says in words what is wrong', async () => {
		const { client, addCredential } = playground.current;
		const { badCredentials } = platformOf(name);
		expect(badCredentials).not.toHaveLength(0);
		for (const { wrong, credential, says } of badCredentials) {
			const answer = await client.testCredential(await addCredential(credential), credential);
			// n8n 1.x puts its own words in place of those for a status.
			const words = process.env.N8N_LINE === '1' ? new RegExp(`${says.source}|Authorization failed|resource.*not be found`, 'i') : says;
			expect({ wrong, ...answer }).toEqual({ wrong, status: 'Error', message: expect.stringMatching(words) as string });
		}
	});

	test('fields with a list find what they list', async () => {
		const { client, addCredential } = playground.current;
		const { credentials, list, searches } = platformOf(name);
		const [credential] = credentials;
		const id = await addCredential(credential);
		for (const { method, search, finds } of searches) {
			const { results } = await client.rest<{ results: Array<{ name: string; value: string }> }>(
				'POST',
				'/rest/dynamic-node-parameters/resource-locator-results',
				{
					path: 'parameters.any',
					nodeTypeAndVersion: { name: list.type, version: 1 },
					methodName: method,
					currentNodeParameters: list.parameters,
					credentials: { [credential.type]: { id, name: credential.name } },
					filter: search,
				},
			);
			expect({ method, results }).toEqual({ method, results: [expect.objectContaining(finds)] });
		}
	});

	test("n8n's own HTTP Request node works with the credential", async () => {
		const { client, addWorkflow } = playground.current;
		const { credentials, httpRequest } = platformOf(name);
		const parameters = {
			url: httpRequest.url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credentials[0].type,
			options: {},
		};
		const workflow = workflowOf(`${name}: HTTP Request`, 'n8n-nodes-base.httpRequest', 4.2, parameters, credentials[0]);
		const execution = await client.finished(await client.startWorkflow(await addWorkflow(workflow)));
		expect(execution.status).toBe('success');
		expect(itemsOf(execution)[0].json).toMatchObject(httpRequest.answer);
	});

	test('a list survives being told that a limit is used up', async () => {
		const { sandbox, list } = platformOf(name);
		let pages = 0;
		const isSecondPage = () => ++pages === 2;
		sandbox.faults.push({ ...list.tooMany, when: isSecondPage });
		const execution = await playground.current.client.finished(await runList(name));
		expect(sandbox.faults).toEqual([]);
		expect(execution.status).toBe('success');
		const items = itemsOf(execution);
		expect(items).toHaveLength(list.count);
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(list.count);
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	});

	test('a run that is stopped half-way is shown as canceled and asks nothing more', async () => {
		const { client } = playground.current;
		const { sandbox } = platformOf(name);
		const before = sandbox.requests.length;
		let pages = 0;
		const isSecondPage = () => ++pages === 2;
		let answer = () => {};
		const stopped = new Promise<void>((resolve) => (answer = resolve));
		sandbox.faults.push({ kind: 'slow', until: stopped, when: isSecondPage });
		const id = await runList(name);
		while (sandbox.faults.length > 0) await delay(50);
		await client.stopExecution(id);
		const execution = await client.finished(id);
		expect(execution.status).toBe('canceled');
		const asked = sandbox.requests.length;
		// The first page, and those that were read ahead meanwhile.
		expect(asked - before).toBeLessThan(20);
		answer();
		await delay(2000);
		expect(sandbox.requests).toHaveLength(asked);
	});
});

test('two runs that build at the same time both get the whole package', async () => {
	const tarballs = await Promise.all([buildAndPack(), buildAndPack()]);
	const [one, other] = tarballs.map((tarball) => execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).split('\n').sort());
	expect(one).toEqual(other);
	expect(one).toEqual(expect.arrayContaining(manifest.n8n.nodes.map((file) => `package/${file}`)));
	// Jest tells its tests nothing of the end of the process, which removes them elsewhere.
	tarballs.forEach((tarball) => rmSync(path.dirname(tarball), { recursive: true }));
});

describe('rows of a sheet', () => {
	const rows = [
		{ Titel: 'Max Havelaar', Prijs: '€ 10,99', ISBN: '90-289-0207-4', Locatie: 'bw-doos 5' },
		{ Titel: 'Kaas', Prijs: 7.5, ISBN: '', Locatie: '' },
	];

	test.each([
		['boekwinkeltjes', 'getNewBookColumns', ['title', 'price']],
		['topgeschenken', 'getGiftColumns', ['product', 'quantity', 'deliveryDate', 'recipientName', 'street', 'houseNumber', 'postcode', 'city', 'country']],
	] as const)('%s: the panel gets the columns', async (name, methodName, required) => {
		const { fields } = await playground.current.client.rest<ResourceMapperFields>('POST', '/rest/dynamic-node-parameters/local-resource-mapper-fields', {
			path: 'parameters.any',
			nodeTypeAndVersion: { name: platformOf(name).list.type, version: 1 },
			methodName,
			currentNodeParameters: {},
		});
		expect(fields.filter((field) => field.required).map(({ id }) => id)).toEqual(required);
		expect(fields.length).toBeGreaterThan(required.length);
	});

	test('become books, mapped automatically by their Dutch headings', async () => {
		const { client, addWorkflow, platforms } = playground.current;
		const { list, credentials, sandbox } = platforms.boekwinkeltjes;
		const parameters = { resource: 'book', operation: 'create', book: { mappingMode: 'autoMapInputData', value: null } };
		const workflow = withRows(workflowOf('Books from a sheet', list.type, 1, parameters as never, credentials[0]), rows);
		const execution = await client.finished(await client.startWorkflow(await addWorkflow(workflow)));
		expect(execution.status).toBe('success');
		expect(sandbox.state.books.slice(-2)).toMatchObject([
			{ title: 'Max Havelaar', price: 10.99, ean: 9789028902077, location: 'bw-doos 5', shippingFormat: 1 },
			{ title: 'Kaas', price: 7.5, shippingFormat: 1 },
		]);
	});
});
