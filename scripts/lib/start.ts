/** `npm start`: n8n with the package, the sandboxes and the examples; runs the first example and stays open. */
import path from 'node:path';

import Table from 'cli-table3';
import { startCase } from 'lodash';
import type { INodeExecutionData } from 'n8n-workflow';

import type { HostedPlatform } from '../../test/host/platforms';
import { OWNER } from './client';
import type { StoredWorkflow } from './client';
import { isFree } from './host';
import { cacheFolder, installN8n } from './n8n';
import { buildAndPack } from './package';
import { readExamples, startPlayground } from './playground';
import type { Home, Playground } from './playground';
import { Advice, step } from './run';
import { openApi, shopAt } from './salesApi';

const MAIN_EXAMPLE = 'stamhoofd-match-bank-transfers';
const BOOKKEEPING_EXAMPLE = 'webwinkelfacturen-nightly-sales';
const API_EXAMPLE = 'boekwinkeltjes-api-for-bookkeeping';
const HOUR = 3_600_000;

function printTable(items: INodeExecutionData[]) {
	const head = Object.keys(items[0].json);
	const table = new Table({
		head,
		style: { head: process.stdout.isTTY ? ['bold'] : [], border: [] },
		chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
		colWidths: head.map((name) => (name === 'reason' ? 42 : null)),
		wordWrap: true,
	});
	table.push(...items.map(({ json }) => head.map((name) => String(json[name]))));
	console.log(table.toString());
}

/** What the example sent, and which of it is in the books when Webwinkelfacturen has come by, as it does every hour from then on. */
async function showBookkeeping({ client, platforms }: Playground, workflow: StoredWorkflow) {
	const execution = await step(`Running "${workflow.name}"`, async () => await client.finished(await client.startWorkflow(workflow)));
	const { sandbox } = platforms.webwinkelfacturen;
	const booked = new Set(sandbox.book().map(({ number }) => number));
	const items = execution.data.resultData.runData.Sent?.at(-1)?.data?.main[0] ?? [];
	if (items.length === 0) throw new Advice(`The example ended as "${execution.status}", and nothing was sent`);
	printTable(items.map(({ json }) => ({ json: { ...json, booked: booked.has(String(json.number)) ? 'yes' : 'not yet' } })));
	setInterval(() => sandbox.book(), HOUR).unref();
}

/** What of a credential is worth knowing outside n8n. */
const KEYS = ['organizationId', 'apiKey', 'clientId', 'clientSecret'];

/** The same at every start, so that bookmarks and workflows last. */
const PORT = 5680;

/** Where the n8n of `npm start` stays; undefined while another one is there. */
async function homeOf(version: string): Promise<Home | undefined> {
	if (await isFree(PORT)) return { folder: path.join(cacheFolder(), `playground-${version}`), port: PORT };
	console.log(`Port ${PORT} is taken, perhaps by another npm start: this one gets a port of its own, and its workflows are not kept.`);
	return undefined;
}

/** What Webwinkelfacturen has fetched from the other example since yesterday, which it does every hour from then on; the address. */
async function showFetching(playground: Playground, workflow: StoredWorkflow): Promise<string> {
	const address = await openApi(playground, workflow);
	const shop = await shopAt(address, playground.platforms);
	const dayBefore = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString().slice(0, 10);
	const fetchSales = async () => await shop.book(dayBefore(24), dayBefore(0));
	const entries = await step(`Fetching from "${workflow.name}"`, fetchSales);
	if (entries.length === 0) throw new Advice('Nothing was fetched: the shop has no sales since yesterday');
	printTable(entries.map(({ number, gross, result, reasons }) => ({ json: { number, total: gross / 100, result: reasons.join(', ') || result } })));
	setInterval(() => void fetchSales().catch(() => {}), HOUR).unref();
	return address;
}

async function startAndRun(once: boolean) {
	const n8n = await installN8n();
	const tarball = await step('Building and packing the package', buildAndPack);
	const home = once ? undefined : await homeOf(n8n.version);
	const playground = await step('Starting the sandboxes and n8n', async () => await startPlayground(n8n, tarball, home));
	const { client, host, platforms } = playground;

	const workflows: Record<string, StoredWorkflow> = {};
	for (const [name, example] of Object.entries(await readExamples())) workflows[name] = await playground.putBack(example);

	const main = workflows[MAIN_EXAMPLE];
	const execution = await step(`Running "${main.name}"`, async () => await client.finished(await client.startWorkflow(main)));
	const { lastNodeExecuted, runData, error } = execution.data.resultData;
	const items = runData[lastNodeExecuted ?? '']?.at(-1)?.data?.main[0] ?? [];
	if (execution.status !== 'success' || items.length === 0) {
		throw new Advice(`The example ended as "${execution.status}": ${error?.message ?? 'nothing came out'}`);
	}
	printTable(items);
	const faults = Object.values(runData).flatMap((runs) => (runs.at(-1)?.data?.main[0] ?? []).flatMap(({ json }) => json.error ?? []));
	if (faults.length > 0) throw new Advice(`In the example ${faults.length} items failed, the first with: ${String(faults[0])}`);
	await showBookkeeping(playground, workflows[BOOKKEEPING_EXAMPLE]);
	const api = await showFetching(playground, workflows[API_EXAMPLE]);
	if (once) return await playground.stop();

	console.log(`\nOpen in a browser:  ${host.url}/workflow/${main.id}`);
	console.log(`and log in as       ${OWNER.email}  with the password  ${OWNER.password}\n`);
	console.log('The credentials are filled in already; these are the addresses and keys of the sandboxes:');
	for (const [name, { sandbox, credentials }] of Object.entries<HostedPlatform>(platforms)) {
		const keys = KEYS.flatMap((key) => (key in credentials[0].data ? [`${startCase(key).replace('Id', 'ID').replace('Api', 'API')} ${String(credentials[0].data[key])}`] : []));
		console.log(`  ${name.padEnd(18)} ${[sandbox.url, ...keys].join('  ')}`);
	}
	console.log(`  ${'sales API'.padEnd(18)} ${api}`);
	console.log(`\nWorkflows: ${Object.values(workflows).map(({ name }) => name).join('\n           ')}`);
	console.log(
		home
			? `\nWorkflows that you make are kept in ${home.folder}, and are there at the next start; the examples come back as they were.`
			: '',
	);
	console.log('This window is n8n now, and has to stay open: type further commands in a second one. Ctrl-C ends all of it.');
	await host.ended;
	throw new Advice(`n8n has ended; the last that it said:\n${host.log().slice(-2000)}`);
}

export async function main(args: string[]) {
	try {
		await startAndRun(args.includes('--once'));
		process.exit(0);
	} catch (error) {
		console.error(error instanceof Advice ? error.message : error);
		process.exit(1);
	}
}
