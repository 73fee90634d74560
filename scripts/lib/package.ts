/** Builds the package, packs it as npm publishes it, and installs it in an n8n as n8n itself does. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from './run';

export const ROOT = path.resolve(__dirname, '../..');

/** Path of the tarball, made anew. */
export async function buildAndPack(): Promise<string> {
	const folder = path.join(ROOT, '.cache', 'package');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const gulp = path.join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await run(process.execPath, [gulp, 'build'], { cwd: ROOT, log: path.join(folder, 'build.log'), advice: 'Correct what it reports.' });
	const pack = ['pack', '--ignore-scripts', '--pack-destination', folder];
	await run('npm', pack, { cwd: ROOT, log: path.join(folder, 'pack.log'), advice: 'Correct what it reports.' });
	const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))!;
	return path.join(folder, tarball);
}

/** Puts the package where n8n looks for installed community packages, so that its nodes get their real names. */
export async function installPackage(tarball: string, userFolder: string) {
	const cwd = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(cwd, { recursive: true });
	await writeFile(path.join(cwd, 'package.json'), JSON.stringify({ private: true }));
	await run('npm', ['install', tarball, '--ignore-scripts', '--no-save', '--legacy-peer-deps', '--no-audit', '--no-fund'], {
		cwd,
		log: path.join(userFolder, 'install-package.log'),
		advice: 'Run this again.',
	});
}
