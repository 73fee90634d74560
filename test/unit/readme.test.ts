/** What the README and the pages of the platforms say of the operations is what the nodes offer. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodePropertyOptions, INodeType } from 'n8n-workflow';

import { BankStatement } from '../../nodes/BankStatement/BankStatement.node';
import { Boekwinkeltjes } from '../../nodes/Boekwinkeltjes/Boekwinkeltjes.node';
import { SaleDocument } from '../../nodes/SaleDocument/SaleDocument.node';
import { Stamhoofd } from '../../nodes/Stamhoofd/Stamhoofd.node';
import { Topgeschenken } from '../../nodes/Topgeschenken/Topgeschenken.node';
import { Webwinkelfacturen } from '../../nodes/Webwinkelfacturen/Webwinkelfacturen.node';

const read = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');

/** "Resource: Operation" of everything that a node offers. */
function operationsOf({ description: { properties } }: INodeType): string[] {
	const resources = properties.find(({ name }) => name === 'resource')!.options as INodePropertyOptions[];
	return resources.flatMap((resource) =>
		properties
			.filter(({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource.value))
			.flatMap(({ options }) => (options as INodePropertyOptions[]).map(({ name }) => `${resource.name}: ${name}`)),
	);
}

interface Row {
	operation: string;
	isInferred: boolean;
}

/** Cells of the table rows in a text. */
function tableRows(text: string): string[][] {
	const lines = text.split('\n').filter((line) => line.startsWith('| ') && !/^\|[-| ]+\|$/.test(line));
	return lines.map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
}

/** Rows "Resource | Operation, Operation | … | Mark" of a platform's page. */
function documented(page: string, offered: string[]): Row[] {
	const resources = new Set(offered.map((operation) => operation.split(':')[0]));
	return tableRows(read(page))
		.filter((cells) => cells.length >= 4 && resources.has(cells[0]))
		.flatMap(([resource, operations, ...rest]) =>
			operations
				.split(', ')
				.map((name) => ({ operation: `${resource}: ${name}`, isInferred: rest.at(-1)!.startsWith('inferred') })),
		);
}

/** Rows "Resource | Operation, Operation (inferred)" of a platform's section in the README. */
function summarized(platform: string): Row[] {
	const [, section] = read('README.md').split(`### ${platform}\n`);
	return tableRows(section.split('\n### ')[0].split('\n## ')[0])
		.filter(([resource]) => resource !== 'Resource')
		.flatMap(([resource, operations]) =>
			operations.split(', ').map((cell) => {
				const name = cell.replace(' (inferred)', '');
				return { operation: `${resource}: ${name}`, isInferred: name !== cell };
			}),
		);
}

const byOperation = (rows: Row[]) => [...rows].sort((one, other) => one.operation.localeCompare(other.operation));

describe.each([
	['Stamhoofd', 'docs/stamhoofd.md', new Stamhoofd()],
	['Boekwinkeltjes', 'docs/boekwinkeltjes.md', new Boekwinkeltjes()],
	['Topgeschenken', 'docs/topgeschenken.md', new Topgeschenken()],
	['Webwinkelfacturen', 'docs/webwinkelfacturen.md', new Webwinkelfacturen()],
	['Sale Document', 'docs/bookkeeping.md', new SaleDocument()],
	['Bank Statement', 'docs/bank-files.md', new BankStatement()],
])('%s', (platform, page, node) => {
	const offered = operationsOf(node).sort();

	test('its page lists exactly the operations of the node', () => {
		expect(documented(page, offered).map(({ operation }) => operation).sort()).toEqual(offered);
	});

	test('the README lists the same, and marks those that are inferred', () => {
		expect(byOperation(summarized(platform))).toEqual(byOperation(documented(page, offered)));
	});
});
