/**
 * `npm run test:queue`: workers of a real n8n in queue mode that share one account without seeing each other. All accounts
 * are measured at the same time; most of it they only wait. And the API for bookkeeping, answered by a process of its own.
 * Names of parts as arguments choose among them.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { countBy, sum } from 'lodash';

import { stamhoofd } from '../../nodes/Stamhoofd/platform';
import { logIn } from '../../scripts/lib/client';
import type { Client, Execution } from '../../scripts/lib/client';
import { bootN8n, bootWorker, freePort, makeUserFolder } from '../../scripts/lib/host';
import type { Host } from '../../scripts/lib/host';
import { installN8n } from '../../scripts/lib/n8n';
import type { N8n } from '../../scripts/lib/n8n';
import { buildAndPack, installPackage } from '../../scripts/lib/package';
import { Advice, step } from '../../scripts/lib/run';
import { OURS } from '../bench/measure';
import { print } from '../bench/report';
import type { Goal, Part } from '../bench/report';
import { earliest, jain } from '../bench/sharedAccount';
import type { FixedWindow, SandboxRequest } from '../sandbox/api';
import { startStamhoofd } from '../sandbox/stamhoofd';
import type { StamhoofdSandbox } from '../sandbox/stamhoofd';
import { checkApi } from './api';
import { startPostgres, startRedis } from './services';
import type { Service } from './services';
import { asAdvised, withOurNode } from './workflows';
import type { Make, Work } from './workflows';

const WORKFLOWS = 3;
const READS = 200;
const CHANGES = 100;

/** Milliseconds to the simulator and back. */
const LATENCY = 100;

/** Longer than anything that is measured takes. */
const PATIENCE = 15 * 60_000;

/** Stamhoofd's raised limits: with its standard ones the same takes twice as long. */
const TIER = 'raised';
const WINDOWS = stamhoofd.windows({ rateLimitTier: TIER, apiVersion: '411' });

const COUNTING: Record<string, FixedWindow[]> = {
	'as at Stamhoofd': WINDOWS.map((window) => ({ ...window, countsRefused: 'ofLonger' })),
	everywhere: WINDOWS.map((window) => ({ ...window, countsRefused: true })),
};

interface Contender {
	client: string;
	make: Make;
	counting: keyof typeof COUNTING;
}

const ours = (counting: string): Contender => ({ client: OURS, make: withOurNode, counting });
const advised = (counting: string): Contender => ({ client: 'Loop + Wait 1 s', make: asAdvised, counting });

interface Setup {
	title: string;
	workers: number;
	database: 'PostgreSQL' | 'SQLite';
	contenders: Contender[];
}

const PARTS: Record<string, Setup> = {
	postgres: {
		title: 'Three workers, PostgreSQL',
		workers: 3,
		database: 'PostgreSQL',
		contenders: [ours('as at Stamhoofd'), ours('everywhere')],
	},
	sqlite: { title: 'Three workers, SQLite', workers: 3, database: 'SQLite', contenders: [ours('as at Stamhoofd'), ours('everywhere')] },
	advice: { title: 'Three workers, as n8n advises', workers: 3, database: 'PostgreSQL', contenders: [advised('as at Stamhoofd'), advised('everywhere')] },
	one: { title: 'One worker, PostgreSQL', workers: 1, database: 'PostgreSQL', contenders: [ours('as at Stamhoofd'), ours('everywhere')] },
};

/** The part that measures nothing. */
const API = 'api';

/** An account with its simulator, and what its workflows have to do. */
interface Account {
	contender: Contender;
	sandbox: StamhoofdSandbox;
	work: Work[];
	executions: string[];
}

async function openAccount(contender: Contender, position: number): Promise<Account> {
	const seed = position + 1;
	const sandbox = await startStamhoofd({ line: 'current', limits: COUNTING[contender.counting], payments: 4000, seed, latency: LATENCY });
	const { payments } = sandbox.state;
	const open = payments.filter(({ method, status, price }) => method === 'Transfer' && status === 'Created' && price > 0).map(({ id }) => id);
	const all = payments.map(({ id }) => id).filter((id) => !open.includes(id));
	const work = Array.from({ length: WORKFLOWS }, (_, workflow) => ({
		reads: all.slice(workflow * READS, (workflow + 1) * READS),
		changes: open.slice(workflow * CHANGES, (workflow + 1) * CHANGES),
	}));
	if (work.some(({ reads, changes }) => reads.length < READS || changes.length < CHANGES)) throw new Error('The simulator has too few payments');
	return { contender, sandbox, work, executions: [] };
}

/** Position of the worker that has begun an execution. */
async function workerOf(execution: string, workers: Host[]): Promise<number> {
	const says = new RegExp(`Worker started execution ${execution} `);
	for (const end = Date.now() + 30_000; Date.now() < end; await delay(50)) {
		const worker = workers.findIndex(({ log }) => says.test(log()));
		if (worker >= 0) return worker;
	}
	throw new Error(`No worker has begun execution ${execution}`);
}

/** Stores the workflows of an account and starts one on each worker. */
async function begin(account: Account, client: Client, workers: Host[]) {
	const { contender, sandbox, work, executions } = account;
	const { organization, keys } = sandbox.state;
	const name = `${contender.client}, refused requests count ${contender.counting}`;
	const data = {
		organizationId: organization.id,
		apiKey: keys.full,
		apiVersion: '411',
		customApiVersion: 411,
		rateLimitTier: TIER,
		longestWait: 60,
		baseUrl: `${sandbox.url}/{organizationId}`,
	};
	const credential = { id: await client.addCredential({ name, type: 'stamhoofdApi', data }), name };
	const files = work.map((one, position) => contender.make(`${name} ${position + 1}`, one, credential, `${sandbox.url}/v411`));
	const stored = [];
	for (const file of files) stored.push(await client.addWorkflow(file));
	const busy = new Set<number>();
	for (const workflow of stored) {
		for (;;) {
			const id = await client.startWorkflow(workflow);
			const worker = await workerOf(id, workers);
			if (!busy.has(worker) || workers.length === 1) {
				busy.add(worker);
				executions.push(id);
				break;
			}
			// It has sent nothing yet.
			await client.stopExecution(id);
		}
	}
}

/** Ids of the payments that a request reads or changes. */
function idsOf({ method, path: url, body }: SandboxRequest): string[] {
	if (method === 'PATCH') return (body as { changes: Array<{ patch: { id: string } }> }).changes.map(({ patch }) => patch.id);
	const id = /\/payments\/([0-9a-f-]{36})$/.exec(url)?.[1];
	return id === undefined ? [] : [id];
}

interface Row {
	client: string;
	'refused count': string;
	/** Seconds. */
	'time, s': number;
	'÷ earliest possible': number;
	'refused ÷ granted': number;
	"Jain's index": number;
	lost: number;
	twice: number;
	/** Workflows of which a hint says that they wait and, where that is known, until when in their own time zone. */
	'told of waits': number;
}

/** Tokyo is the time zone of the workflows. */
const TELLS_WAIT = /^Waiting for Stamhoofd( until .* GMT\+9, or longer if many wait)?: /;

function hintsOf({ data }: Execution): string[] {
	return Object.values(data.resultData.runData).flatMap((runs) => runs.flatMap(({ hints = [] }) => hints.map(({ message }) => message)));
}

async function judge({ contender, sandbox, work, executions }: Account, client: Client): Promise<Row> {
	const finished = await Promise.all(executions.map(async (id) => await client.finished(id, PATIENCE)));
	const { requests, state } = sandbox;
	const granted = requests.filter(({ status }) => status === 200);
	const refused = requests.filter(({ status }) => status === 429);
	const rest = requests.length - granted.length - refused.length;
	if (rest > 0) throw new Error(`${rest} requests were neither granted nor refused`);
	const done = work.map(({ reads, changes }) => {
		const own = new Set([...reads, ...changes]);
		return granted.filter((request) => idsOf(request).some((id) => own.has(id)));
	});
	const from = Math.max(...done.map((ofOne) => ofOne[0].at));
	const to = Math.min(...done.map((ofOne) => ofOne.at(-1)!.at));
	const times = countBy(granted.flatMap(idsOf));
	const isPaid = new Set(state.payments.filter(({ status }) => status === 'Succeeded').map(({ id }) => id));
	// What came out of the node, too: an item that says that it failed is lost to the workflow.
	const out = (position: number, node: string) =>
		(finished[position].data.resultData.runData[node] ?? [])
			.flatMap(({ data }) => data?.main[0] ?? [])
			.filter(({ json }) => json.error === undefined).length;
	const lost = sum(
		work.map(({ reads, changes }, position) => {
			const read = Math.min(out(position, 'Read'), reads.filter((id) => times[id]).length);
			const changed = Math.min(out(position, 'Change'), changes.filter((id) => isPaid.has(id)).length);
			return reads.length - read + changes.length - changed;
		}),
	);
	const time = granted.at(-1)!.at - requests[0].at + LATENCY;
	return {
		client: contender.client,
		'refused count': contender.counting,
		'time, s': time / 1000,
		'÷ earliest possible': time / earliest(WINDOWS, granted.length),
		'refused ÷ granted': refused.length / granted.length,
		"Jain's index": jain(done.map((ofOne) => ofOne.filter(({ at }) => at >= from && at < to).length)),
		lost,
		twice: Object.values(times).filter((count) => count > 1).length,
		'told of waits': finished.filter((execution) => hintsOf(execution).some((hint) => TELLS_WAIT.test(hint))).length,
	};
}

function goalsOf(rows: Row[], workers: number): Goal[] {
	return rows
		.filter(({ client }) => client === OURS)
		.flatMap((row) => {
			const counting = row['refused count'];
			// What n8n itself takes is in it.
			const most = workers === 1 ? 1.05 : counting === 'everywhere' ? 1.15 : 1.1;
			return [
				{ text: `refused requests count ${counting}: refused for each granted one`, measured: row['refused ÷ granted'], most: workers === 1 ? 0 : 0.15 },
				{ text: `refused requests count ${counting}: time ÷ earliest possible`, measured: row['÷ earliest possible'], most },
				{ text: `refused requests count ${counting}: 1 − Jain's index`, measured: 1 - row["Jain's index"], most: 0.1 },
				{ text: `refused requests count ${counting}: workflows that did not tell that they wait`, measured: WORKFLOWS - row['told of waits'], most: 0 },
				{ text: `refused requests count ${counting}: items lost, or sent twice`, measured: row.lost + row.twice, most: 0 },
			];
		});
}

async function measure(name: string, { title, workers, database, contenders }: Setup, n8n: N8n, tarball: string): Promise<Part> {
	const services: Service[] = [];
	const hosts: Host[] = [];
	const accounts: Account[] = [];
	const userFolder = await makeUserFolder();
	try {
		await installPackage(tarball, userFolder);
		services.push(await startRedis());
		if (database === 'PostgreSQL') services.push(await startPostgres());
		const env = {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			...Object.assign({}, ...services.map((service) => service.env)),
		} as Record<string, string>;
		const main = await bootN8n(n8n, userFolder, env);
		hosts.push(main);
		for (let worker = 0; worker < workers; worker++) {
			hosts.push(await bootWorker(n8n, userFolder, { ...env, QUEUE_HEALTH_CHECK_PORT: String(await freePort()) }));
		}
		const client = await logIn(main.url);
		for (const contender of contenders) accounts.push(await openAccount(contender, accounts.length));
		for (const account of accounts) await begin(account, client, hosts.slice(1));
		const rows = await Promise.all(accounts.map(async (account) => await judge(account, client)));
		const inLog = hosts.slice(1).filter(({ log }) => /"Read": Waiting for Stamhoofd/.test(log())).length;
		const goals = [...goalsOf(rows, workers), { text: 'workers whose log does not tell of the waits', measured: workers - inLog, most: 0 }];
		return { name, title, rows: rows as unknown as Part['rows'], goals };
	} finally {
		await Promise.all(hosts.map(async (host) => await host.stop()));
		services.forEach(({ stop }) => stop());
		await Promise.all(accounts.map(async ({ sandbox }) => await sandbox.close()));
		await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** The figures that the README gives are read from here. */
export const FILE = path.join(__dirname, 'measured.json');

async function store(part: Part) {
	const known = JSON.parse(await readFile(FILE, 'utf8').catch(() => '{}')) as Record<string, Part['rows']>;
	await mkdir(path.dirname(FILE), { recursive: true });
	const rows = part.rows.map((row) =>
		Object.fromEntries(Object.entries(row).map(([column, value]) => [column, typeof value === 'number' ? Number(value.toFixed(2)) : value])),
	);
	await writeFile(FILE, `${JSON.stringify({ ...known, [part.title]: rows }, null, '\t')}\n`);
}

async function main(names: string[]) {
	const known = [...Object.keys(PARTS), API];
	const unknown = names.find((name) => !known.includes(name));
	if (unknown !== undefined) throw new Advice(`There is no part "${unknown}": choose among ${known.join(', ')}, or none for all.`);
	const n8n = await installN8n();
	const tarball = await step('Build and pack the package', buildAndPack);
	for (const name of names.length > 0 ? names : known) {
		if (name === API) {
			await checkApi(n8n, tarball);
			continue;
		}
		const part = await step(PARTS[name].title, async () => await measure(name, PARTS[name], n8n, tarball));
		print(part);
		await store(part);
		if (part.goals.some(({ measured, most }) => measured > most)) process.exitCode = 1;
	}
}

main(process.argv.slice(2)).then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error instanceof Advice ? error.message : error);
		process.exit(1);
	},
);
