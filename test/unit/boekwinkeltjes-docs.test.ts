/** docs/boekwinkeltjes.md tells what the table of paths says, of every operation that the node has. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodePropertyOptions } from 'n8n-workflow';

import { BoekwinkeltjesApi } from '../../credentials/BoekwinkeltjesApi.credentials';
import { Boekwinkeltjes } from '../../nodes/Boekwinkeltjes/Boekwinkeltjes.node';
import { ROUTES } from '../../nodes/Boekwinkeltjes/paths';

const text = readFileSync(path.join(__dirname, '../../docs/boekwinkeltjes.md'), 'utf8');

/** The cells of the tables' rows. */
const rows = text
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));

const { properties } = new Boekwinkeltjes().description;
const resources = properties.find(({ name }) => name === 'resource')!.options as INodePropertyOptions[];

const operations = resources.flatMap(({ name: resource, value }) => {
	const dropdown = properties.find(
		({ name, displayOptions }) => name === 'operation' && displayOptions!.show!.resource![0] === value,
	)!;
	return (dropdown.options as INodePropertyOptions[]).map((operation) => ({
		resource,
		name: operation.name,
		route: `${String(value)}.${String(operation.value)}`,
	}));
});

test('every operation of the node has its row, in the order of the node, and no other has', () => {
	const documented = rows.filter((row) => row.length === 5).slice(2).map(([resource, operation]) => [resource, operation]);
	expect(documented).toEqual(operations.map(({ resource, name }) => [resource, name]));
});

test('every operation with a path of its own has that path and its mark', () => {
	const own = operations.filter(({ route }) => route in ROUTES);
	expect(own.map(({ route }) => route).sort()).toEqual(Object.keys(ROUTES).sort());
	for (const { resource, name, route } of own) {
		const { route: documented, source } = ROUTES[route as keyof typeof ROUTES];
		expect(rows).toContainEqual([resource, name, expect.any(String), `\`${documented}\``, source]);
	}
});

test.each([
	['Create or Update', ['book.get', 'book.create', 'book.update'] as const],
	['Create From Order', ['order.get', 'package.create'] as const],
])('%s is inferred if one of its paths is', (name, routes) => {
	const source = routes.some((route) => ROUTES[route].source === 'inferred') ? 'inferred' : 'observed';
	expect(rows.find(([, operation]) => operation === name)?.[4]).toBe(source);
});

test('every field of the credential is explained', () => {
	const explained = rows.filter((row) => row.length === 2).map(([field]) => field);
	for (const { displayName } of new BoekwinkeltjesApi().properties) expect(explained).toContain(displayName);
});
