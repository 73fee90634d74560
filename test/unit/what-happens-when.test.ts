/** Every line of docs/what-happens-when.md names a test that there is. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const folders = ['test/unit', 'test/engine', 'test/host'];
const sources = folders.flatMap((folder) => readdirSync(path.join(root, folder)).map((file) => path.join(root, folder, file)));
const tests = sources.filter((file) => file.endsWith('.ts') && !file.endsWith('what-happens-when.test.ts')).map((file) => readFileSync(file, 'utf8')).join('\n');

const named = readFileSync(path.join(root, 'docs/what-happens-when.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('| ') && !line.startsWith('| What happens'))
	.map((line) => line.split('|').at(-2)!.trim());

test('there are lines', () => {
	expect(named.length).toBeGreaterThan(10);
});

test.each(named)('%s', (name) => {
	// A table of cases has the name in two parts.
	const [first, ...rest] = name.split(': ');
	expect(tests.includes(name) || (tests.includes(first) && tests.includes(rest.join(': ')))).toBe(true);
});
