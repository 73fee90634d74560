/** Loads all that the package gives n8n, in a process that has what n8n has loaded by then, and says what it took. */
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, folder] = process.argv.slice(2);
const requireAsN8n = createRequire(path.join(modules, 'n8n', 'package.json'));
for (const name of ['n8n-workflow', 'lodash', 'luxon']) requireAsN8n(name);

const requireHere = createRequire(path.join(folder, 'package.json'));
const { n8n } = requireHere('./package.json');
const files = [...n8n.credentials, ...n8n.nodes];
global.gc();
const before = process.memoryUsage().heapUsed;
const start = performance.now();
for (const file of files) {
	const [Class] = Object.values(requireHere(`./${file}`));
	new Class();
}
const milliseconds = performance.now() - start;
global.gc();
const megabytes = (process.memoryUsage().heapUsed - before) / 1024 ** 2;
process.send({ milliseconds, megabytes, files: files.length });
process.disconnect();
