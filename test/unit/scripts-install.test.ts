/** What `npm start` and `npm test` do before anything is installed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

let folder: string;

/** A project of which nothing is installed, and an npm that does what `script` says. */
function startInstallation(script: string) {
	mkdirSync(path.join(folder, 'scripts'));
	mkdirSync(path.join(folder, 'bin'));
	cpSync(path.join(__dirname, '../../scripts/install.mjs'), path.join(folder, 'scripts', 'install.mjs'));
	writeFileSync(path.join(folder, 'package-lock.json'), '{ "packages": { "": {}, "node_modules/tsx": { "version": "1.0.0" } } }');
	writeFileSync(path.join(folder, 'bin', 'npm'), `#!${process.execPath}\n${script}`);
	chmodSync(path.join(folder, 'bin', 'npm'), 0o755);
	const env = { ...process.env, PATH: [path.join(folder, 'bin'), process.env.PATH].join(path.delimiter) };
	const child = spawn(process.execPath, [path.join(folder, 'scripts', 'install.mjs')], { env, stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	child.stderr.on('data', (data) => (said += String(data)));
	return { child, said: () => said };
}

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'install-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s ends npm too, though that would take its time', async (signal, code) => {
	const note = path.join(folder, 'note');
	const { child } = startInstallation(`
		process.on('SIGINT', () => {});
		process.on('SIGTERM', () => {});
		require('node:fs').writeFileSync(${JSON.stringify(note)}, 'here');
		setInterval(() => {}, 1000);
	`);
	const closed = once(child, 'close');
	while (!existsSync(note)) await delay(20);
	child.kill(signal);
	// "close" comes when nobody holds the output any more, so npm is gone too.
	expect(await closed).toEqual([code, null]);
});

test('development dependencies are installed in a production environment too', async () => {
	const note = path.join(folder, 'arguments');
	const { child } = startInstallation(`require('node:fs').writeFileSync(${JSON.stringify(note)}, process.argv.join(' '))`);
	expect(await once(child, 'close')).toEqual([0, null]);
	expect(readFileSync(note, 'utf8')).toMatch(/ ci .*--include=dev .*--ignore-scripts/);
});

test('an npm that fails is one sentence', async () => {
	const { child, said } = startInstallation('process.exit(7)');
	expect(await once(child, 'close')).toEqual([1, null]);
	expect(said()).toMatch(/^The dependencies could not be installed \(7\): .* run this again\.\n$/);
});
