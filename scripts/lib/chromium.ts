/** The browser in which the tests look at n8n's editor. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { cacheFolder } from './n8n';
import { Advice, run, step } from './run';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a Chromium; where apt-get may be used and none is there, Debian's is installed. */
export async function findChromium(): Promise<string> {
	const find = () => CANDIDATES.find((candidate) => existsSync(candidate));
	const found = find();
	if (found) return found;
	const advice = 'Install Chromium (Debian: apt-get install chromium) and run this again.';
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Advice(`No Chromium was found. ${advice}`);
	const cwd = cacheFolder();
	await mkdir(cwd, { recursive: true });
	await step('Chromium, to look at the editor', async () => {
		const log = path.join(cwd, 'install-chromium.log');
		await run('apt-get', ['update'], { cwd, log, advice });
		await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { cwd, log, advice });
	});
	return find()!;
}
