/** What the README and the pages of the platforms say of the operations is what the nodes offer; its figures are those that were measured. */
import { existsSync } from 'node:fs';
import path from 'node:path';

import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { ACTING, CREDENTIALS, NODES, POLLING, read, ROOT } from '../published';

/** "Resource: Operation" of everything that a node offers. */
function operationsOf({ properties }: INodeTypeDescription): string[] {
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
	const [, section = ''] = read('README.md').split(`### ${platform}\n`);
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

describe.each(ACTING.map(({ title, page, description }) => [title, page, operationsOf(description).sort()] as const))('%s', (title, page, offered) => {
	test(`${page} has a row for each operation of the node: | Resource | Operation | … | mark |`, () => {
		expect(documented(page, offered).map(({ operation }) => operation).sort()).toEqual(offered);
	});

	test(`README.md has a section "### ${title}" with the same operations, "(inferred)" behind those that are`, () => {
		expect(byOperation(summarized(title))).toEqual(byOperation(documented(page, offered)));
	});
});

/** The part of a page under a heading that leads to it as n8n's links do, or the whole page. */
function section(page: string, anchor?: string): string {
	const parts = read(page).split(/^(?=#+ )/m);
	const slug = (part: string) => part.split('\n')[0].toLowerCase().replace(/^#+ /, '').replace(/[^\w -]/g, '').replaceAll(' ', '-');
	return anchor === undefined ? parts.join('') : (parts.find((part) => slug(part) === anchor) ?? '');
}

test.each(POLLING.map(({ title, page, anchor, description }) => [title, page, anchor, description] as const))(
	'%s: its section in %s (#%s) has a row for each event: | Event | What counts | Filters |',
	(_, page, anchor, { properties }) => {
		const events = (properties.find(({ name }) => name === 'event')!.options as INodePropertyOptions[]).map(({ name }) => name);
		const rows = tableRows(section(page, anchor)).filter((cells) => cells.length === 3).slice(1);
		expect(rows.map(([event]) => event).sort()).toEqual(events.sort());
	},
);

test('where the codex files and the credentials lead to is there', () => {
	const urls = [
		...NODES.flatMap(({ codex: { resources = {} } }) => Object.values(resources).flat().map(({ url }) => url)),
		...CREDENTIALS.map(({ documentationUrl }) => documentationUrl!),
	];
	const leadsNowhere = (url: string) => {
		const [page, anchor] = url.split('/blob/main/')[1].split('#');
		return !existsSync(path.join(ROOT, page)) || section(page, anchor) === '';
	};
	expect(urls.filter(leadsNowhere)).toEqual([]);
});

describe('several workers', () => {
	type Row = Record<string, string | number>;
	const measured = Object.entries(JSON.parse(read('test/queue/measured.json')) as Record<string, Row[]>);
	const shown = (value: string | number) => (typeof value === 'string' || Number.isInteger(value) ? String(value) : value.toFixed(2));

	test('the figures are those of the last measurement', () => {
		const columns = ['client', 'refused count', '÷ earliest possible', 'refused ÷ granted', "Jain's index", 'lost', 'twice'];
		const rows = measured.flatMap(([setup, ofSetup]) => ofSetup.map((row) => [setup, ...columns.map((column) => shown(row[column]))]));
		expect(tableRows(section('README.md', 'several-workers')).slice(1)).toEqual(rows);
	});

	test('with this package nothing was lost or sent twice, and few requests were refused', () => {
		const own = measured.flatMap(([, rows]) => rows).filter(({ client }) => client === 'this package');
		expect(own.length).toBeGreaterThan(0);
		for (const row of own) expect(row).toMatchObject({ lost: 0, twice: 0 });
		for (const row of own) expect(row['refused ÷ granted']).toBeLessThanOrEqual(0.15);
	});
});
