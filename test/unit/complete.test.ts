/** Nothing that belongs to a node of package.json is forgotten; CONTRIBUTING.md says how each part is made. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { PLATFORM_NAMES, startPlatforms } from '../host/platforms';
import type { HostedPlatform } from '../host/platforms';
import { makeWave } from '../host/wave';
import { ACTING, CREDENTIALS, eventsOf, NODES, POLLING, read, ROOT } from '../published';

const filesIn = (folder: string, extension: string) =>
	readdirSync(path.join(ROOT, folder)).filter((file) => file.endsWith(extension)).map((file) => path.basename(file, extension)).sort();

const EXAMPLES = filesIn('examples', '.json');

/** Nodes that ask a service. */
const ASKING = ACTING.filter(({ description }) => description.credentials !== undefined);

test('a file in test/engine calls everyOperation for every node', () => {
	const sources = filesIn('test/engine', '.test.ts').map((name) => read(`test/engine/${name}.test.ts`)).join('\n');
	const missing = ACTING.filter(({ folder }) => !sources.includes(`folder: '${folder}'`)).map(({ folder }) => `test/engine/${folder.toLowerCase()}-schemas.test.ts`);
	expect(missing).toEqual([]);
});

test('every node that asks a service has a simulator in test/host/platforms.ts', () => {
	expect([...PLATFORM_NAMES].sort()).toEqual(ASKING.map(({ description }) => description.name).sort());
});

test('every icon that a node or a credential names is there, and no two nodes have the same', () => {
	const icons = NODES.map(({ folder, description }) => Object.values(description.icon as object).map((icon: string) => `nodes/${folder}/${icon.replace('file:', '')}`));
	const ofCredentials = CREDENTIALS.flatMap(({ icon }) => Object.values(icon as object).map((file: string) => file.replace('file:../', '')));
	expect([...icons.flat(), ...ofCredentials].filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
	const ofFolders = new Map(NODES.map(({ folder }, index) => [folder, read(icons[index][0])]));
	expect(new Set(ofFolders.values()).size).toBe(ofFolders.size);
});

test('every node that asks a service has an example, whose name begins with that of the node', () => {
	expect(ASKING.map(({ description }) => description.name).filter((name) => !EXAMPLES.some((example) => example.startsWith(`${name}-`)))).toEqual([]);
});

test('every example has a check of its name in test/host/examples, and every check an example', () => {
	expect(filesIn('test/host/examples', '.ts')).toEqual(EXAMPLES);
});

test('examples/README.md names every example', () => {
	expect(EXAMPLES.filter((name) => !read('examples/README.md').includes(`(${name}.json)`))).toEqual([]);
});

test('every event of every trigger happens in the wave of its platform, and no other', async () => {
	const platforms = await startPlatforms();
	const keys = makeWave(platforms, 1, Date.now());
	await Promise.all(Object.values<HostedPlatform>(platforms).map(async ({ sandbox }) => await sandbox.close()));
	const happened = new Set(keys.map((key) => key.split(' ').slice(0, 2).join(' ')));
	expect([...happened].sort()).toEqual(POLLING.flatMap((trigger) => eventsOf(trigger).map((event) => `${trigger.description.name} ${event}`)).sort());
});

test('the form for reports of what does not work offers every node', () => {
	const [, options] = /options: \[(.+)\]/.exec(read('.github/ISSUE_TEMPLATE/bug.yml'))!;
	expect(options.split(', ').slice(0, -2).sort()).toEqual(ACTING.map(({ title }) => title).sort());
});
