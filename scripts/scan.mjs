/** `npm run scan`: what n8n checks before it verifies a community package, on the source and on the packed package. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import * as tsx from 'tsx/cjs/api';

const { buildAndPack, ROOT } = tsx.require('./lib/package.ts', import.meta.url);
const { run } = tsx.require('./lib/run.ts', import.meta.url);

/** What npm adds to the files of "files" by itself. */
const ALLOWED = /^(dist\/.+|package\.json|index\.js|README\.md|LICENSE\.md)$/;
const NOT_PUBLISHED = /(^|\/)(test|tests|__tests__|examples|scripts|sandbox|fixtures)\/|\.(test|spec)\.|\.ts$|\.map$/;

async function filesIn(folder) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
		.sort();
}

const tarball = await buildAndPack();
const unpacked = path.join(path.dirname(tarball), 'unpacked');
await mkdir(unpacked);
await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'], {
	cwd: unpacked,
	log: path.join(path.dirname(tarball), 'unpack.log'),
	advice: 'Run this again.',
});
const files = await filesIn(unpacked);
const manifest = JSON.parse(await readFile(path.join(unpacked, 'package.json'), 'utf8'));
const { nodes, credentials } = manifest.n8n;

async function scan(folder, patterns) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	// A message beside a pass says that there was nothing to look at.
	return passed && !message ? [] : [message, details];
}

/** Each gives its findings; none is a pass. */
const CHECKS = {
	"n8n's scan of the source": () => scan(ROOT, SOURCE_FILE_PATTERNS),
	"n8n's scan of the packed package": () => scan(unpacked, ['**/*.js', 'package.json']),
	'no runtime dependencies': () => Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.bundledDependencies }),
	'peer dependency exactly n8n-workflow *': () =>
		JSON.stringify(manifest.peerDependencies) === '{"n8n-workflow":"*"}' ? [] : [JSON.stringify(manifest.peerDependencies)],
	'MIT licence': () => (manifest.license === 'MIT' && files.includes('LICENSE.md') ? [] : ['license is not MIT, or LICENSE.md is missing']),
	'README in the package': () => (files.includes('README.md') ? [] : ['README.md is missing']),
	'no scripts that run at installation': () => Object.keys(manifest.scripts ?? {}).filter((name) => /^(pre|post)?install$|^prepare$/.test(name)),
	'only what is published': () => files.filter((file) => !ALLOWED.test(file) || NOT_PUBLISHED.test(file)),
	'every node and credential of package.json is in the package': () => [...nodes, ...credentials].filter((file) => !files.includes(file)),
	'every node and credential in the package is in package.json': () =>
		files.filter((file) => /\.(node|credentials)\.js$/.test(file) && ![...nodes, ...credentials].includes(file)),
	'every node has its codex file': () => nodes.map((file) => file.replace(/\.js$/, '.json')).filter((file) => !files.includes(file)),
};

const results = [];
for (const [title, check] of Object.entries(CHECKS)) {
	const findings = (await check()).filter(Boolean);
	results.push({ title, findings });
	console.log(`${findings.length === 0 ? 'ok    ' : 'FAILED'} ${title}`);
	findings.forEach((finding) => console.log(finding));
}
const { size } = await stat(tarball);
console.log(`${path.basename(tarball)}: ${(size / 1024).toFixed(1)} kB, ${files.length} files`);

const numFailedTests = results.filter(({ findings }) => findings.length > 0).length;
const report = { numPassedTests: results.length - numFailedTests, numFailedTests, size, results };
await writeFile(path.join(ROOT, 'reports', 'scan.json'), JSON.stringify(report, null, '\t'));
process.exitCode = numFailedTests > 0 ? 1 : 0;
