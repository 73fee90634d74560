/** `npm test`: what can be checked without a whole n8n, and how long each part takes. */
import { spawn } from 'node:child_process';

/** Parts that stand in one row run beside each other. */
const ROWS = [
	['types', 'lint'],
	['jest'],
	['scan'],
];

const seconds = (since) => Math.round((Date.now() - since) / 1000);
const times = [];

async function runPart(name) {
	const start = Date.now();
	const child = spawn('npm', ['run', '--silent', name], { stdio: 'inherit' });
	const code = await new Promise((resolve) => child.once('error', () => resolve(1)).once('close', (status) => resolve(status ?? 1)));
	times.push(`${name} ${code === 0 ? '' : 'FAILED after '}${seconds(start)} s`);
	return code === 0;
}

const start = Date.now();
let isGood = true;
for (const row of ROWS) {
	// What cannot be compiled need not be run.
	if (isGood) isGood = (await Promise.all(row.map(runPart))).every(Boolean);
}
console.log(`npm test took ${seconds(start)} s: ${times.join(', ')}`);
process.exitCode = isGood ? 0 : 1;
