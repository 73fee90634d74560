/** Starts and stops a real n8n with a user folder of its own. */
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { N8n } from './n8n';
import { Advice, killGroup, start } from './run';

const BOOT_TIMEOUT = 120_000;
const STOP_TIMEOUT = 10_000;

export interface Host {
	/** http://127.0.0.1:port; empty for a worker. */
	url: string;
	/** What n8n has printed so far. */
	log(): string;
	/** Resolves when n8n is gone, for whatever reason. */
	ended: Promise<void>;
	/** Asks n8n to stop, and ends it if it does not. */
	stop(): Promise<void>;
	/** Ends n8n at once, as a power cut would. */
	kill(): Promise<void>;
}

/** A folder for one n8n's database, settings and packages; removed when this process ends. */
export async function makeUserFolder(): Promise<string> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-dutch-commerce-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
	return folder;
}

/** Below the ports that systems give to outgoing connections, one of which could be taken before n8n listens. */
const PORTS = [10_000, 32_000] as const;

export async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise<boolean>((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/** A port on loopback that nobody uses. */
export async function freePort(): Promise<number> {
	const port = randomInt(...PORTS);
	return (await isFree(port)) ? port : await freePort();
}

/** The variables of this process without those that would change what n8n or its npm does. */
function inheritedVariables(): NodeJS.ProcessEnv {
	const own = /^(npm_|n8n_|db_|executions_|queue_|node_env$|node_options$|jest_)/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** The proxy of this machine, if it has one, is for the internet and not for the sandboxes. */
function withoutProxyToLoopback(): NodeJS.ProcessEnv {
	const { NO_PROXY, no_proxy = NO_PROXY } = process.env;
	const hosts = [no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	return { NO_PROXY: hosts, no_proxy: hosts };
}

/** Ends n8n and its task runner when this process is gone, even if that had no time to say so. */
const END_WHEN_ORPHANED = 'data:text/javascript,process.on("disconnect",()=>process.kill(-process.pid,"SIGKILL"))';

/** Starts a process of n8n and resolves when it says that it is ready. */
async function launch(
	n8n: N8n,
	{ userFolder, args, env, url, isReady }: { userFolder: string; args: string[]; env: Record<string, string>; url: string; isReady(log: string): boolean | Promise<boolean> },
): Promise<Host> {
	const child = start(n8n.node, ['--import', END_WHEN_ORPHANED, n8n.bin, ...args], {
		cwd: userFolder,
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		env: {
			...inheritedVariables(),
			...withoutProxyToLoopback(),
			// The task runner is started as "node".
			PATH: [path.dirname(n8n.node), process.env.PATH].join(path.delimiter),
			N8N_USER_FOLDER: userFolder,
			N8N_ENCRYPTION_KEY: 'only-for-a-sandbox',
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_DIAGNOSTICS_ENABLED: 'false',
			DB_TYPE: 'sqlite',
			GENERIC_TIMEZONE: 'Europe/Amsterdam',
			...n8n.env,
			...env,
		},
	});
	let output = '';
	for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (data) => (output += String(data)));
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));

	const host: Host = {
		url,
		log: () => output,
		ended,
		async stop() {
			child.kill('SIGTERM');
			await Promise.race([ended, delay(STOP_TIMEOUT, undefined, { ref: false })]);
			await host.kill();
		},
		async kill() {
			killGroup(child, 'SIGKILL');
			await ended;
		},
	};
	const deadline = Date.now() + BOOT_TIMEOUT;
	while (!(await isReady(output))) {
		if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
			await host.kill();
			throw new Advice(`n8n did not start; it said:\n${output.trim().split('\n').slice(-20).join('\n')}`);
		}
		await delay(200);
	}
	return host;
}

/** Resolves when n8n serves its editor; `env` adds to its variables. */
export async function bootN8n(n8n: N8n, userFolder: string, env: Record<string, string> = {}): Promise<Host> {
	const port = env.N8N_PORT ?? String(await freePort());
	const url = `http://127.0.0.1:${port}`;
	return await launch(n8n, {
		userFolder,
		args: ['start'],
		url,
		env: {
			N8N_HOST: '127.0.0.1',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: port,
			N8N_PROTOCOL: 'http',
			N8N_SECURE_COOKIE: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			...env,
		},
		isReady: async (log) =>
			log.includes('Editor is now accessible') &&
			(await fetch(`${url}/healthz/readiness`).then(({ ok }) => ok, () => false)),
	});
}

/** A worker of an n8n in queue mode, which has the same folder and variables; resolves when it takes executions. */
export async function bootWorker(n8n: N8n, userFolder: string, env: Record<string, string>): Promise<Host> {
	return await launch(n8n, { userFolder, args: ['worker'], url: '', env, isReady: (log) => log.includes('worker is now ready') });
}

/** A process that answers webhooks of an n8n in queue mode, at the port that `env` gives; resolves when it listens. */
export async function bootWebhooks(n8n: N8n, userFolder: string, env: Record<string, string>): Promise<Host> {
	const url = `http://127.0.0.1:${env.N8N_PORT}`;
	return await launch(n8n, { userFolder, args: ['webhook'], url, env: { N8N_LISTEN_ADDRESS: '127.0.0.1', ...env }, isReady: (log) => log.includes('Webhook listener waiting for requests') });
}
