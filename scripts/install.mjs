/** Installs the project's dependencies if they are missing or not those of package-lock.json. Needs nothing but Node. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

async function packagesIn(lockFile) {
	try {
		return JSON.parse(await readFile(path.join(root, lockFile), 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/** npm notes what it has installed in node_modules/.package-lock.json, and writes that last. */
async function isComplete() {
	const [wanted, installed] = await Promise.all(['package-lock.json', 'node_modules/.package-lock.json'].map(packagesIn));
	if (!wanted || !installed) return false;
	return Object.entries(wanted)
		.filter(([folder, { optional }]) => folder !== '' && !optional)
		.every(([folder, { version }]) => installed[folder]?.version === version);
}

export async function install() {
	if (await isComplete()) return;
	const start = Date.now();
	const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
	console.log("Installing the project's dependencies (about a minute)");
	const timer = setInterval(() => console.log(`  … ${elapsed()}`), 15_000);
	const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: 'inherit',
	});
	const code = await new Promise((resolve) => {
		npm.once('error', () => resolve('npm was not found'));
		npm.once('close', resolve);
	});
	clearInterval(timer);
	if (code !== 0) {
		throw new Error(`The dependencies could not be installed (${code}): check the connection to the npm registry and run this again.`);
	}
	console.log(`Dependencies installed in ${elapsed()}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		await install();
	} catch (error) {
		console.error(error.message);
		process.exitCode = 1;
	}
}
