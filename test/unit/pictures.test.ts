/** The documents show pictures that there are, and all of them; `npm run screenshots` takes them. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { read, ROOT } from '../published';

const filesIn = (folder: string, ending: string) => readdirSync(path.join(ROOT, folder)).filter((file) => file.endsWith(ending));

test('every picture that a document shows is there, and every one that is there is shown', () => {
	const documents = ['README.md', 'examples/README.md', ...filesIn('docs', '.md').map((file) => `docs/${file}`)];
	const shown = documents.flatMap((file) => [...read(file).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, picture]) => path.join(path.dirname(file), picture)));
	const there = filesIn('docs/images', '.png').map((file) => `docs/images/${file}`);
	expect(shown.filter((picture) => !there.includes(picture))).toEqual([]);
	expect(there.filter((picture) => !shown.includes(picture))).toEqual([]);
});

test('every example has its picture', () => {
	const examples = filesIn('examples', '.json').map((file) => path.basename(file, '.json'));
	expect(examples.filter((name) => !read('examples/README.md').includes(`(../docs/images/example-${name}.png)`))).toEqual([]);
});
