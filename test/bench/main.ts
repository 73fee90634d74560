/** `npm run bench`: what the package takes beside what a user would pick instead. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';

import { installN8n } from '../../scripts/lib/n8n';
import { buildAndPack, installPackage, ROOT } from '../../scripts/lib/package';
import { Advice, step } from '../../scripts/lib/run';
import { load } from './load';
import { OURS } from './measure';
import { processesOf } from './processes';
import { print } from './report';
import type { Part } from './report';
import { salesApi } from './salesApi';

async function measureAll(userFolder: string): Promise<Part[]> {
	const n8n = await installN8n();
	const tarball = await step('Build and pack the package', buildAndPack);
	await installPackage(tarball, userFolder);
	const packageFolder = path.join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-dutch-commerce');
	const processes = await processesOf(n8n, packageFolder);
	const onEngine = async (part: string) => await processes.ask<Part>('engine.ts', [part]);

	// The changes wait nearly all of the time; the limiter runs meanwhile.
	const [changes, ...virtual] = await step('Changes behind real limits, limiter in virtual time', async () =>
		await Promise.all([
			onEngine('changes'),
			(async () => [await onEngine('limiter'), await onEngine('sharing'), await onEngine('unknown')])(),
		]),
	);
	const list = await step('A long list', async () => await onEngine('list'));
	for (const row of list.rows) {
		row['peak memory, MB'] = await processes.ask<number>('engine.ts', ['listOnce', String(row.contender)]);
	}
	const orders = await step('A list with a known length', async () => await onEngine('topgeschenken'));
	const items = await step('Many items', async () => await onEngine('items'));
	const matching = await step('Bank statements', async () => await onEngine('matching'));
	const bankFiles = await step('Bank files', async () => await onEngine('bankFiles'));
	const bookkeeping = await step('Bookkeeping', async () => await onEngine('bookkeeping'));
	for (const row of bookkeeping.rows) row['peak memory for 10 000, MB'] = await processes.ask<number>('engine.ts', ['bookkeepingOnce', String(row.contender)]);
	const api = await step('The API that bookkeeping fetches from', async () => await salesApi(n8n, userFolder));
	const loading = await step('Loading', async () => await load(processes, n8n, packageFolder, tarball));
	return [...virtual.flat(), changes, list, orders, items, matching, bankFiles, bookkeeping, api, loading];
}

export async function main() {
	const userFolder = await mkdtemp(path.join(tmpdir(), 'bench-'));
	try {
		const parts = await measureAll(userFolder);
		parts.forEach(print);
		const file = path.join(ROOT, 'reports', 'bench.json');
		await mkdir(path.dirname(file), { recursive: true });
		const machine = { node: process.version, cpu: cpus()[0].model, cores: cpus().length };
		await writeFile(file, `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, subject: OURS, parts }, null, '\t')}\n`);
		console.log(`\nWritten to ${path.relative(ROOT, file)}`);
	} catch (error) {
		console.error(error instanceof Advice ? error.message : error);
		process.exitCode = 1;
	} finally {
		await rm(userFolder, { recursive: true, force: true });
	}
}
