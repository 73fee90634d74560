/** Every workflow in examples/ is run in a real n8n, and what comes out is checked by the file of its name in test/host/examples. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowFile } from '../../scripts/lib/client';
import { readExamples } from '../../scripts/lib/playground';
import type { ExampleRun, ExampleStart } from './exampleRun';
import { PLATFORM_NAMES } from './platforms';
import { usePlayground } from './playground';

const EXAMPLES = readdirSync(path.join(__dirname, '../../examples'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => path.basename(file, '.json'));
const playground = usePlayground();

interface ExampleTest {
	check(run: ExampleRun): void | Promise<void>;
	start?: ExampleStart;
}

const testOf = async (name: string) => (await import(`./examples/${name}`)) as ExampleTest;

async function run(name: string, workflow: WorkflowFile) {
	const { client, addWorkflow } = playground.current;
	const { start } = await testOf(name);
	const stored = await addWorkflow(workflow);
	return await client.finished(start ? await start(playground.current, stored) : await client.startWorkflow(stored));
}

test.each(EXAMPLES)('%s', async (name) => {
	const { platforms, client } = playground.current;
	const example = (await readExamples())[name];
	expect(example.nodes.map(({ type }) => type)).toContain('n8n-nodes-base.stickyNote');

	const execution = await run(name, example);
	const { runData, error } = execution.data.resultData;
	expect({ status: execution.status, error: error?.message }).toEqual({ status: 'success', error: undefined });

	const items = (node: string) => {
		if (!runData[node]) throw new Error(`"${node}" has not run; these have: ${Object.keys(runData).join(', ')}`);
		return runData[node].flatMap(({ data }) => data?.main.flatMap((output) => output ?? []) ?? []);
	};
	const came: ExampleRun = {
		platforms,
		items,
		json: (node) => items(node).map(({ json }) => json),
		pairs: (node) =>
			items(node).map(({ pairedItem }) => {
				const [pair] = [pairedItem].flat();
				return typeof pair === 'object' ? pair.item : Number(pair);
			}),
		file: async ({ binary }) => await client.file(binary!.data),
	};
	const { check } = await testOf(name);
	expect.hasAssertions();
	await check(came);
});

test.each(EXAMPLES)('%s says that a key is wrong, where it is', async (name) => {
	const { addCredential, platforms } = playground.current;
	const [{ credential, says }] = platforms[PLATFORM_NAMES.find((platform) => name.startsWith(`${platform}-`))!].badCredentials;
	await addCredential(credential);
	const example = (await readExamples())[name];
	const nodes = example.nodes.map((node) => ({
		...node,
		...(node.credentials?.[credential.type] && { credentials: { ...node.credentials, [credential.type]: { id: '', name: credential.name } } }),
	}));

	const execution = await run(name, { ...example, nodes });
	const { runData, lastNodeExecuted, error } = execution.data.resultData;
	const result = runData[lastNodeExecuted!].map(({ data }) => data?.main);
	expect(error?.message ?? JSON.stringify(result)).toMatch(says);
});
