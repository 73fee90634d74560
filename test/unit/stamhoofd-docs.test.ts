import { readFileSync } from 'node:fs';
import path from 'node:path';

import { MATCH_RESULTS } from '../../nodes/Stamhoofd/matching/line';

test('docs/matching.md has each result of the matching, in order', () => {
	const page = readFileSync(path.join(__dirname, '../../docs/matching.md'), 'utf8');
	const [, section] = page.split('## Results');
	const rows = section.split('\n## ')[0].match(/^\| `\w+` /gm) ?? [];
	expect(rows.slice(1).map((row) => row.slice(3, -2))).toEqual([...MATCH_RESULTS]);
});
