/** Installs n8n, and the Node it needs, once for all checkouts of this project. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { lock } from 'proper-lockfile';

import { Advice, run, step } from './run';

interface Line {
	version: string;
	/** The oldest version of Node that runs it. */
	oldestNode: number;
	/** Versions in place of those that it asks for and the registry no longer has. */
	overrides: Record<string, string>;
	/** What it needs to be told besides. */
	env: Record<string, string>;
}

/** n8n's parts that would look things up on the internet. */
const ONLINE_MODULES =
	'mcp-registry,instance-ai,agents,chat-hub,mcp,insights,source-control,quick-connect,instance-reporting,workflow-builder,agent-evals,data-table';

/** The versions of n8n that the package is tested with; N8N_LINE=1 or 2.0 chooses an older one. */
const LINES: Record<string, Line> = {
	1: {
		version: '1.123.81',
		oldestNode: 20,
		overrides: { linkedom: '0.18.13', xlsx: 'npm:@e965/xlsx@0.20.3' },
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
	},
	'2.0': { version: '2.0.3', oldestNode: 20, overrides: { linkedom: '0.18.13', xlsx: 'npm:@e965/xlsx@0.20.3' }, env: {} },
	2: { version: '2.41.1', oldestNode: 24, overrides: { linkedom: '0.18.13' }, env: { N8N_DISABLED_MODULES: ONLINE_MODULES } },
};

const NODE_VERSION = '24.21.0';
const GIGABYTE = 1024 ** 3;
/** 3 GB of files and what npm keeps of them in its own cache. */
const DISK = 5 * GIGABYTE;
/** npm takes 4.3 GB at its peak. */
const MEMORY = 4.5 * GIGABYTE;

/** An installed n8n. */
export interface N8n {
	/** The Node that runs it. */
	node: string;
	/** The script that starts it. */
	bin: string;
	/** Its node_modules folder. */
	modules: string;
	version: string;
	/** Variables that it needs. */
	env: Record<string, string>;
}

/** Where n8n is kept: N8N_DUTCH_COMMERCE_CACHE, or a folder in the user's cache folder. */
export function cacheFolder(): string {
	const { N8N_DUTCH_COMMERCE_CACHE, XDG_CACHE_HOME } = process.env;
	if (N8N_DUTCH_COMMERCE_CACHE) return path.resolve(N8N_DUTCH_COMMERCE_CACHE);
	return path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'n8n-nodes-dutch-commerce');
}

async function checkRoom(cache: string) {
	const { bavail, bsize } = await statfs(cache);
	const gigabytes = (bytes: number) => `${(bytes / GIGABYTE).toFixed(1)} GB`;
	if (bavail * bsize < DISK) {
		throw new Advice(
			`n8n needs ${gigabytes(DISK)} of disk and ${cache} has ${gigabytes(bavail * bsize)}: make room, or set N8N_DUTCH_COMMERCE_CACHE to a folder on another disk.`,
		);
	}
	// Only Linux tells what is available without swapping, and Node before 20.13 not by the container.
	const { availableMemory = os.freemem } = process as Partial<NodeJS.Process>;
	const memory = process.platform === 'linux' ? availableMemory() : os.totalmem();
	if (memory < MEMORY) {
		throw new Advice(`Installing n8n needs ${gigabytes(MEMORY)} of memory and ${gigabytes(memory)} is free: close other programs and run this again.`);
	}
}

interface Installation {
	folder: string;
	manifest: object;
	install(folder: string): Promise<void>;
}

/** Says that an installation is whole, and of what. */
const STAMP = 'installed.json';

/** Held by a heartbeat, so that a lock whose owner was killed is free again after half a minute. */
const LOCK = { realpath: false, stale: 30_000 };

const partOf = (folder: string) => `${folder}.part-`;

/** What interrupted installations have left; an npm whose owner was killed may still be writing in one, then that stays. */
async function removeHalfMade(folder: string) {
	const cache = path.dirname(folder);
	const halfMade = (await readdir(cache)).filter((name) => name.startsWith(path.basename(partOf(folder))));
	await Promise.allSettled(halfMade.map(async (name) => await rm(path.join(cache, name), { recursive: true, force: true })));
}

/** Does nothing if the folder holds what is wanted. */
async function installOnce({ folder, manifest, install }: Installation, cache: string) {
	const stamp = path.join(folder, STAMP);
	const wanted = JSON.stringify({ private: true, ...manifest });
	const isInstalled = async () => (await readFile(stamp, 'utf8').catch(() => '')) === wanted;
	if (await isInstalled()) return;
	const release = await lock(folder, LOCK).catch(async (error: NodeJS.ErrnoException) => {
		if (error.code !== 'ELOCKED') throw error;
		return await step('Waiting for another run that is installing n8n', async () =>
			await lock(folder, { ...LOCK, retries: { forever: true, minTimeout: 1000, maxTimeout: 1000 } }),
		);
	});
	try {
		if (await isInstalled()) return;
		await removeHalfMade(folder);
		await checkRoom(cache);
		const made = await mkdtemp(partOf(folder));
		await writeFile(path.join(made, 'package.json'), wanted);
		await install(made);
		await writeFile(path.join(made, STAMP), wanted);
		await rm(folder, { recursive: true, force: true });
		await rename(made, folder);
		await removeHalfMade(folder);
	} finally {
		await release();
	}
}

const CONNECTION = 'Check the connection to the npm registry and run this again.';

function nodeInstallation(cache: string): Installation {
	const name = `node-${process.platform}-${process.arch}`;
	return {
		folder: path.join(cache, `node-${NODE_VERSION}`),
		manifest: { dependencies: { [name]: NODE_VERSION } },
		install: async (cwd) =>
			await step(`Node ${NODE_VERSION}, which n8n needs`, async () =>
				await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
					cwd,
					log: path.join(cache, 'install-node.log'),
					advice: `${CONNECTION} Or install Node ${NODE_VERSION} by hand.`,
				}),
			),
	};
}

/** Headers that lie beside this Node, so that compiling needs no download. */
function headers(): string[] {
	const folder = path.resolve(process.execPath, '../..');
	return existsSync(path.join(folder, 'include/node/node_api.h')) ? [`--nodedir=${folder}`] : [];
}

function n8nInstallation(cache: string, node: string, { version, overrides }: Line): Installation {
	return {
		folder: path.join(cache, `n8n-${version}`),
		manifest: { overrides, dependencies: { n8n: version } },
		async install(cwd) {
			await step(`n8n ${version}, once (3 to 6 minutes, 3 GB): download`, async () =>
				await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
					cwd,
					log: path.join(cache, 'install-n8n.log'),
					advice: CONNECTION,
				}),
			);
			// npm hands a project's ignore-scripts down to the npm it starts.
			await step('n8n: its database driver', async () =>
				await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts', ...headers()], {
					cwd,
					log: path.join(cache, 'install-sqlite3.log'),
					advice:
						'It is downloaded from github.com, or else compiled with headers from nodejs.org: allow one of the two, install a C++ compiler, make and Python 3 (Debian: apt-get install build-essential python3), and run this again.',
				}),
			);
			await run(node, ['-e', "require('sqlite3')"], {
				cwd,
				log: path.join(cache, 'install-check.log'),
				advice: `Remove ${cwd} and run this again.`,
			});
		},
	};
}

/** Installs what is missing; takes minutes the first time and no time afterwards. */
export async function installN8n(): Promise<N8n> {
	if (process.platform === 'win32') throw new Advice('This needs Linux or macOS: on Windows, run it in WSL.');
	const cache = cacheFolder();
	await mkdir(cache, { recursive: true }).catch((error: Error) => {
		throw new Advice(`n8n cannot be kept in ${cache} (${error.message}): set N8N_DUTCH_COMMERCE_CACHE to a folder that can be written.`);
	});
	const line = LINES[process.env.N8N_LINE ?? 2];
	if (!line) throw new Advice(`N8N_LINE is ${process.env.N8N_LINE}: leave it out, or choose ${Object.keys(LINES).join(' or ')}.`);
	const { version, env } = line;
	let node = process.execPath;
	if (Number(process.versions.node.split('.')[0]) < line.oldestNode) {
		const installation = nodeInstallation(cache);
		await installOnce(installation, cache);
		node = path.join(installation.folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
	}
	const installation = n8nInstallation(cache, node, line);
	await installOnce(installation, cache);
	const modules = path.join(installation.folder, 'node_modules');
	return { node, bin: path.join(modules, 'n8n', 'bin', 'n8n'), modules, version, env };
}
