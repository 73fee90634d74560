/** What keeps an unfinished package from being published, and from being published by anything but what is written down. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const REPOSITORY = 'https://github.com/bookworm/n8n-nodes-dutch-commerce';

interface Manifest {
	[field: string]: unknown;
	author: Record<string, unknown>;
}

const ready = (): Manifest => ({
	name: 'n8n-nodes-dutch-commerce',
	version: '1.2.0',
	author: { name: 'Bo Bookworm', email: 'bo@bookworm.nl' },
	repository: { type: 'git', url: `git+${REPOSITORY}.git` },
	homepage: `${REPOSITORY}#readme`,
	bugs: { url: `${REPOSITORY}/issues` },
});

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'release-'));
	mkdirSync(path.join(folder, 'nodes/Shop'), { recursive: true });
	mkdirSync(path.join(folder, 'credentials'));
	write('README.md', `See ${REPOSITORY}/blob/main/docs/shop.md and https://github.com/n8n-io/n8n`);
	write('CHANGELOG.md', '# Changelog\n\n## 1.2.0 (a day)\n\n- Gifts\n- Books\n\n## 1.1.0\n\n- Payments\n');
	write('nodes/Shop/Shop.node.json', `{ "url": "${REPOSITORY}/blob/main/docs/shop.md" }`);
	write('credentials/ShopApi.credentials.ts', `documentationUrl = '${REPOSITORY}/blob/main/docs/shop.md';`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);

function check(manifest: object, env: NodeJS.ProcessEnv = {}) {
	write('package.json', JSON.stringify(manifest));
	const script = path.join(ROOT, 'scripts/release-check.mjs');
	const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--notes', 'notes.md'], {
		cwd: folder,
		env,
		encoding: 'utf8',
	});
	return { isReady: status === 0, says: stdout + stderr };
}

test('a filled-in package is ready, and its notes are those of its version', () => {
	expect(check(ready(), { GITHUB_REF_NAME: 'v1.2.0', GITHUB_REPOSITORY: 'bookworm/n8n-nodes-dutch-commerce' })).toEqual({
		isReady: true,
		says: 'n8n-nodes-dutch-commerce 1.2.0 is ready to be published.\n',
	});
	expect(readFileSync(path.join(folder, 'notes.md'), 'utf8')).toBe('- Gifts\n- Books\n');
});

const { author, ...withoutAuthor } = ready();
const made = 'https://github.com/n8n-nodes-dutch-commerce/n8n-nodes-dutch-commerce';

test.each<[string, object, RegExp]>([
	['no author', withoutAuthor, /author\.name/],
	['a made-up author', { ...ready(), author: { ...author, name: 'The maintainers' } }, /author\.name/],
	['no e-mail address', { ...ready(), author: { name: 'Bo' } }, /author\.email/],
	['an address that nobody has', { ...ready(), author: { ...author, email: 'me@shop.example' } }, /author\.email/],
	['no repository', { ...ready(), repository: undefined }, /repository\.url/],
	['a made-up repository', { ...ready(), repository: { url: `git+${made}.git` }, homepage: `${made}#readme`, bugs: { url: `${made}/issues` } }, /repository\.url/],
	['another homepage', { ...ready(), homepage: 'https://example.com' }, /homepage/],
	['no bugs', { ...ready(), bugs: undefined }, /bugs\.url/],
	['a version without notes', { ...ready(), version: '1.3.0' }, /CHANGELOG\.md has no notes of 1\.3\.0/],
])('%s is refused, and named', (_, manifest, says) => {
	const result = check(manifest);
	expect(result.isReady).toBe(false);
	expect(result.says).toMatch(says);
	expect(result.says).toMatch(/see "Release" in CONTRIBUTING\.md/);
});

test.each(['README.md', 'nodes/Shop/Shop.node.json', 'credentials/ShopApi.credentials.ts'])('%s that leads to the made-up repository is refused', (file) => {
	write(file, `"${made}/blob/main/docs/shop.md"`);
	expect(check(ready())).toMatchObject({ isReady: false, says: expect.stringContaining(`${file} leads to ${made}`) });
});

test.each([
	[{ GITHUB_REF_NAME: 'v1.3.0' }, /The tag is v1\.3\.0/],
	[{ GITHUB_REPOSITORY: 'somebody/else' }, /published from somebody\/else/],
])('a run with %j does not publish this', (env, says) => {
	const result = check(ready(), env);
	expect(result.isReady).toBe(false);
	expect(result.says).toMatch(says);
});

test('what the package still lacks is named in CONTRIBUTING.md, and nothing else is in the way', () => {
	for (const name of ['nodes', 'credentials']) rmSync(path.join(folder, name), { recursive: true });
	for (const name of ['README.md', 'CHANGELOG.md', 'nodes', 'credentials']) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
	const { says } = check(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as object);
	const contributing = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');
	const fields = [...says.matchAll(/^(\w+\.\w+) in package\.json is a placeholder/gm)].map(([, field]) => field);
	for (const field of fields) expect(contributing).toContain(`\`${field}\``);
	expect(says.split('\n').filter((line) => line !== '' && !/is a placeholder|^Not ready/.test(line) && !line.startsWith('n8n-nodes-dutch-commerce'))).toEqual([]);
});

describe('.github', () => {
	const workflows = readdirSync(path.join(ROOT, '.github/workflows')).map((file) => [file, readFileSync(path.join(ROOT, '.github/workflows', file), 'utf8')]);

	test.each(workflows)('every action in %s is pinned to a commit, with its version beside it', (_, text) => {
		const uses = text.match(/^.*uses:.*$/gm)!;
		expect(uses.length).toBeGreaterThan(0);
		for (const line of uses) expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	test('publishing checks the release first, tests, and signs where the package comes from', () => {
		const text = readFileSync(path.join(ROOT, '.github/workflows/publish.yml'), 'utf8');
		const steps = ['release-check.mjs', 'npm test', 'npm pack', 'npm publish ./*.tgz --provenance'].map((step) => text.indexOf(step));
		expect(steps).not.toContain(-1);
		expect([...steps].sort((one, other) => one - other)).toEqual(steps);
		// Only the job that publishes may speak for the repository, and it runs none of the project's code.
		const [, publishing] = /\n {2}publish:\n([\s\S]*?)\n {2}\w+:\n/.exec(text)!;
		expect(text.match(/id-token: write/g)).toHaveLength(1);
		expect(publishing).toContain('id-token: write');
		expect(publishing).not.toMatch(/checkout|npm (ci|test|run)/);
	});
});
