/** The samples of outputs in docs/ have no field that the operation above them does not give, and times in the one form. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodePropertyOptions, INodeType } from 'n8n-workflow';

import { Boekwinkeltjes } from '../../nodes/Boekwinkeltjes/Boekwinkeltjes.node';
import { Stamhoofd } from '../../nodes/Stamhoofd/Stamhoofd.node';
import { Topgeschenken } from '../../nodes/Topgeschenken/Topgeschenken.node';
import { otherTimeForms } from '../engine/timeForm';

const ROOT = path.join(__dirname, '../..');

/** By "Order: Get": the fields in the schema of its output. */
function fieldsOf(folder: string, { description: { properties } }: INodeType): Map<string, string[]> {
	const optionsOf = (wanted: string, resource?: unknown) =>
		properties.find(({ name, displayOptions }) => name === wanted && (resource === undefined || displayOptions?.show?.resource?.includes(resource as string)))!
			.options as INodePropertyOptions[];
	const all = optionsOf('resource').flatMap((resource) =>
		optionsOf('operation', resource.value).map(({ name, value }) => {
			const file = path.join(ROOT, 'nodes', folder, '__schema__/v1.0.0', String(resource.value), `${String(value)}.json`);
			// Without a schema where nobody has stated the answer.
			const { properties: fields = {} } = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as { properties?: object };
			return [`${resource.name}: ${name}`, Object.keys(fields)] as const;
		}),
	);
	return new Map(all);
}

/** The samples below a heading such as "Order: Get, Get Many" or "Customer, Company", each with the operations that it names. */
function samplesIn(file: string, all: string[]): Array<{ heading: string; operations: string[]; sample: string }> {
	const sections = readFileSync(path.join(ROOT, 'docs', file), 'utf8').split(/^### /m).slice(1);
	return sections.flatMap((section) => {
		const [heading] = section.split('\n', 1);
		const operations = heading.split('; ').flatMap((part) => {
			const [resource, names] = part.split(': ');
			if (names !== undefined) return names.split(', ').map((name) => `${resource}: ${name}`);
			return resource.split(/, | and /).flatMap((name) => all.filter((operation) => operation.startsWith(`${name}: `)));
		});
		return [...section.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, sample]) => ({ heading, operations, sample }));
	});
}

describe.each([
	['boekwinkeltjes.md', 'Boekwinkeltjes', new Boekwinkeltjes()],
	['stamhoofd.md', 'Stamhoofd', new Stamhoofd()],
	['topgeschenken.md', 'Topgeschenken', new Topgeschenken()],
])('docs/%s', (file, folder, node) => {
	const fields = fieldsOf(folder, node);
	test.each(samplesIn(file, [...fields.keys()]).map((one) => [one.heading, one] as const))('%s', (_, { operations, sample }) => {
		expect(operations.filter((operation) => !fields.has(operation))).toEqual([]);
		const known = new Set(operations.flatMap((operation) => fields.get(operation)));
		expect(Object.keys(JSON.parse(sample) as object).filter((name) => name !== '…' && !known.has(name))).toEqual([]);
		expect(otherTimeForms(JSON.parse(sample))).toEqual([]);
	});
});
