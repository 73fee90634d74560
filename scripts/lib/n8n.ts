/** Installs n8n, and the Node it needs, once for all checkouts of this project. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { lock } from 'proper-lockfile';

import { Advice, run, step } from './run';

const N8N_VERSION = '2.41.1';
const NODE_VERSION = '24.21.0';
/** n8n 2.41.1 runs on this version of Node and up. */
const OLDEST_NODE = 24;
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
					advice: `${CONNECTION} Or install Node ${OLDEST_NODE} by hand.`,
				}),
			),
	};
}

function n8nInstallation(cache: string, node: string): Installation {
	return {
		folder: path.join(cache, `n8n-${N8N_VERSION}`),
		// The linkedom that n8n asks for is gone from the registry.
		manifest: { overrides: { linkedom: '0.18.13' }, dependencies: { n8n: N8N_VERSION } },
		async install(cwd) {
			await step(`n8n ${N8N_VERSION}, once (3 to 6 minutes, 3 GB): download`, async () =>
				await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
					cwd,
					log: path.join(cache, 'install-n8n.log'),
					advice: CONNECTION,
				}),
			);
			// npm hands a project's ignore-scripts down to the npm it starts.
			await step('n8n: its database driver', async () =>
				await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
					cwd,
					log: path.join(cache, 'install-sqlite3.log'),
					advice: 'Install a C++ compiler, make and Python 3 (Debian: apt-get install build-essential python3) and run this again.',
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
	let node = process.execPath;
	if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
		const installation = nodeInstallation(cache);
		await installOnce(installation, cache);
		node = path.join(installation.folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
	}
	const installation = n8nInstallation(cache, node);
	await installOnce(installation, cache);
	const modules = path.join(installation.folder, 'node_modules');
	return { node, bin: path.join(modules, 'n8n', 'bin', 'n8n'), modules };
}
