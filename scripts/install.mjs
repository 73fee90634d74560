/** Installs the project's dependencies if they are missing or not those of package-lock.json. Needs nothing but Node. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;

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

/** npm ends by itself only after half a minute; what it leaves half-made, the next run notices and removes. */
function endWithThisProcess(child) {
	const end = () => {
		try {
			process.kill(-child.pid, 'SIGKILL');
		} catch {
			// It has ended.
		}
	};
	const stops = [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]].map(([signal, code]) => [signal, () => process.exit(code)]);
	process.once('exit', end);
	stops.forEach(([signal, stop]) => process.once(signal, stop));
	child.once('close', () => {
		process.off('exit', end);
		stops.forEach(([signal, stop]) => process.off(signal, stop));
	});
}

export async function install() {
	if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
		throw new Error(`This needs Node.js ${OLDEST_NODE} or later and runs on ${process.version}: install a newer one from https://nodejs.org and run this again.`);
	}
	if (await isComplete()) return;
	const start = Date.now();
	const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
	console.log("Installing the project's dependencies (about a minute)");
	const timer = setInterval(() => console.log(`  … ${elapsed()}`), 15_000);
	// NODE_ENV=production would leave out what builds and tests the package.
	const npm = spawn('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: 'inherit',
		detached: process.platform !== 'win32',
	});
	endWithThisProcess(npm);
	const code = await new Promise((resolve) => {
		npm.once('error', () => resolve('npm was not found'));
		npm.once('close', resolve);
	});
	clearInterval(timer);
	if (code !== 0) {
		throw new Error(`The dependencies could not be installed (${code}): see what npm says above, most often the connection to the npm registry, and run this again.`);
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
