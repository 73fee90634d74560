/** Redis and PostgreSQL for as long as this process runs, on ports and in folders of their own. */
import { execFileSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { freePort } from '../../scripts/lib/host';
import { Advice, killGroup, run, start, step } from '../../scripts/lib/run';

const PATIENCE = 30_000;

/** Debian keeps PostgreSQL's programs out of the PATH. */
const DEBIAN = '/usr/lib/postgresql';

function programFolders(): string[] {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => path.join(DEBIAN, version, 'bin')) : [];
	return [...(process.env.PATH ?? '').split(path.delimiter), ...versions];
}

function find(program: string): string | undefined {
	return programFolders().map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

/** Path of a program; where apt-get may be used and it is not there, Debian's is installed. */
async function program(name: string, debian: string): Promise<string> {
	const found = find(name);
	if (found) return found;
	const advice = `Install ${name} (Debian: apt-get install ${debian}) and run this again.`;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Advice(`There is no ${name} on this machine. ${advice}`);
	await step(`Debian's ${debian}`, async () => {
		const log = path.join(os.tmpdir(), `install-${debian}.log`);
		await run('apt-get', ['update'], { cwd: os.tmpdir(), log, advice });
		await run('apt-get', ['install', '-y', '--no-install-recommends', debian], { cwd: os.tmpdir(), log, advice });
	});
	return find(name)!;
}

function makeFolder(name: string): string {
	const folder = mkdtempSync(path.join(os.tmpdir(), name));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
	return folder;
}

async function listening(child: ChildProcess, port: number, name: string) {
	const answers = async () =>
		await new Promise<boolean>((resolve) => {
			const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true)));
			socket.once('error', () => resolve(false));
		});
	const deadline = Date.now() + PATIENCE;
	while (!(await answers())) {
		if (child.exitCode !== null || Date.now() > deadline) throw new Advice(`${name} did not start: look at what it says above, and run this again.`);
		await delay(100);
	}
}

export interface Service {
	/** What n8n has to be told of it. */
	env: Record<string, string>;
	stop(): void;
}

export async function startRedis(): Promise<Service> {
	const file = await program('redis-server', 'redis-server');
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', makeFolder('redis-')];
	const child = start(file, args, { stdio: ['ignore', 'ignore', 'inherit'] });
	await listening(child, port, 'Redis');
	return { env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) }, stop: () => killGroup(child, 'SIGTERM') };
}

/** PostgreSQL does not run as root; Debian brings a user for it. */
function asPostgres(folder: string): string[] {
	if (process.getuid?.() !== 0) return [];
	const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres']));
	chownSync(folder, idOf('-u'), idOf('-g'));
	return ['runuser', '-u', 'postgres', '--'];
}

export async function startPostgres(): Promise<Service> {
	const [server, initdb] = [await program('postgres', 'postgresql'), await program('initdb', 'postgresql')];
	const folder = makeFolder('postgres-');
	const data = path.join(folder, 'data');
	const port = await freePort();
	const user = asPostgres(folder);
	const [command, ...args] = [...user, initdb, '-D', data, '-U', 'n8n', '--auth=trust', '--no-sync', '-E', 'UTF8'];
	execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	const [runner, ...rest] = [...user, server, '-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'];
	const child = start(runner, rest, { cwd: folder, stdio: 'ignore' });
	await listening(child, port, 'PostgreSQL');
	// Not those that still wait for its clients.
	const stop = () => killGroup(child, 'SIGINT');
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_DATABASE: 'postgres',
	};
	return { env, stop };
}
