/** Child processes that never outlive this one, and progress that a person can read. */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

/** An error whose message tells a person what to do; its stack helps nobody. */
export class Advice extends Error {}

const running = new Set<ChildProcess>();

/** Ends the process and whatever it has started; nothing happens if it has ended already. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals) {
	try {
		process.kill(-child.pid!, signal);
	} catch {
		// It has ended.
	}
}

process.once('exit', () => running.forEach((child) => killGroup(child, 'SIGKILL')));
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
	process.once(signal, () => process.exit(code));
}

/** Starts a process in a group of its own, so that it can be ended with everything it starts itself. */
export function start(command: string, args: string[], options: SpawnOptions): ChildProcess {
	const child = spawn(command, args, { ...options, detached: true });
	running.add(child);
	child.once('close', () => running.delete(child));
	return child;
}

/**
 * Runs a command to its end. What it prints goes to the file `log`.
 * Throws with `advice`, the last lines of the log and its path if the command fails.
 */
export async function run(command: string, args: string[], options: { cwd: string; log: string; advice: string }) {
	const { cwd, log, advice } = options;
	const output = createWriteStream(log);
	const child = start(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
	child.stdout!.pipe(output, { end: false });
	child.stderr!.pipe(output, { end: false });
	const code = await new Promise<number | string | null>((resolve) => {
		child.once('error', ({ message }) => resolve(message));
		child.once('close', resolve);
	});
	output.end();
	await finished(output);
	if (code === 0) return;
	const tail = (await readFile(log, 'utf8')).trim().split('\n').slice(-15).join('\n');
	throw new Advice(`${tail}\n\n"${[command, ...args].join(' ')}" failed (${code}). ${advice} All it said is in ${log}.`);
}

/** Prints what is being done and for how long already. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const begin = Date.now();
	const seconds = () => `${Math.round((Date.now() - begin) / 1000)} s`;
	const { stdout } = process;
	const timer = setInterval(
		() => stdout.write(stdout.isTTY ? `\r${title}: ${seconds()}` : `${title}: ${seconds()}\n`),
		stdout.isTTY ? 1000 : 30_000,
	);
	try {
		const result = await work();
		stdout.write(`${stdout.isTTY ? '\r' : ''}${title}: done in ${seconds()}\n`);
		return result;
	} catch (error) {
		stdout.write(stdout.isTTY ? '\n' : '');
		throw error;
	} finally {
		clearInterval(timer);
	}
}
