/** Builds the package, packs it as npm publishes it, and installs it in an n8n as n8n itself does. */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { lock } from 'proper-lockfile';

import { run } from './run';

export const ROOT = path.resolve(__dirname, '../..');
const CACHE = path.join(ROOT, '.cache');
const logOf = (name: string) => path.join(CACHE, `${name}.log`);

const NPM_ADVICE = 'What npm says stands above; most often a disk is full, or its own folder (npm_config_cache) cannot be written.';

async function buildInto(folder: string): Promise<string> {
	const gulp = path.join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await run(process.execPath, [gulp, 'build'], { cwd: ROOT, log: logOf('build'), advice: 'Correct what it reports.' });
	const pack = ['pack', '--ignore-scripts', '--pack-destination', folder];
	await run('npm', pack, { cwd: ROOT, log: logOf('pack'), advice: NPM_ADVICE });
	const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))!;
	return path.join(folder, tarball);
}

/** Path of the tarball, made anew, in a folder that is removed when this process ends. */
export async function buildAndPack(): Promise<string> {
	await mkdir(CACHE, { recursive: true });
	const folder = await mkdtemp(path.join(CACHE, 'package-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	// Two runs that build at once would take the files in dist/ from each other.
	const retries = { forever: true, minTimeout: 300, maxTimeout: 300 };
	const release = await lock(path.join(CACHE, 'build'), { realpath: false, retries });
	try {
		return await buildInto(folder);
	} finally {
		await release();
	}
}

/** Puts the package where n8n looks for installed community packages, so that its nodes get their real names; as in the README. */
export async function installPackage(tarball: string, userFolder: string) {
	const cwd = path.join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-dutch-commerce');
	await rm(cwd, { recursive: true, force: true });
	await mkdir(cwd, { recursive: true });
	await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', cwd], { cwd, log: logOf('install-package'), advice: 'Run this again.' });
}
