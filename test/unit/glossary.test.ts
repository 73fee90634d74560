/** docs/glossary.md translates into words that the nodes and their documents really use. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

const textsIn = (folder: string, ending: string): string[] =>
	readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(ending) && entry.name !== 'glossary.md')
		.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));

/** Without blanks, since a label is made of its field's name: deliveryRemark. */
const used = [...textsIn('nodes', '.ts'), ...textsIn('credentials', '.ts'), ...textsIn('docs', '.md')].join('\n').toLowerCase().replace(/\s/g, '');

const rows = readFileSync(path.join(ROOT, 'docs/glossary.md'), 'utf8')
	.split('\n')
	.filter((line) => /^\| (?!Dutch)[^|]+ \|/.test(line))
	.map((line) => line.split('|').map((cell) => cell.trim()));

test('every English word stands in the nodes or their documents', () => {
	expect(rows.length).toBeGreaterThan(50);
	const words = rows.flatMap(([, , english]) => english.split(', '));
	expect(words.filter((word) => !used.includes(word.toLowerCase().replace(/\s/g, '')))).toEqual([]);
});

test('every Dutch word stands once under its heading', () => {
	const text = readFileSync(path.join(ROOT, 'docs/glossary.md'), 'utf8');
	for (const section of text.split('\n## ').slice(1)) {
		const words = [...section.matchAll(/^\| ([^|]+) \|/gm)].map(([, dutch]) => dutch);
		expect(words).toEqual([...new Set(words)]);
	}
});
