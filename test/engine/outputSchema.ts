/** The output schemas that n8n shows before a node has run, made from what the operations really give. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeExecutionData } from 'n8n-workflow';

export interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

function merge(one: Schema | undefined, other: Schema): Schema {
	if (!one) return other;
	const types = [...new Set([one.type, other.type].flat())];
	// n8n wants one type; a field that is sometimes null has the other one.
	const [type = 'null'] = types.filter((name) => name !== 'null');
	const names = Object.keys({ ...one.properties, ...other.properties }).sort();
	const both = (name: string) =>
		other.properties?.[name] ? merge(one.properties?.[name], other.properties[name]) : one.properties![name];
	const properties = names.length > 0 ? { properties: Object.fromEntries(names.map((name) => [name, both(name)])) } : {};
	const items = other.items ? merge(one.items, other.items) : one.items;
	return { type, ...properties, ...(items ? { items } : {}) };
}

function schemaOf(value: unknown): Schema {
	if (value === null || value === undefined) return { type: 'null' };
	if (Array.isArray(value)) {
		const items = value.map(schemaOf).reduce<Schema | undefined>(merge, undefined);
		return { type: 'array', ...(items ? { items } : {}) };
	}
	if (typeof value !== 'object') return { type: Number.isInteger(value) ? 'number' : typeof value };
	const names = Object.keys(value).sort();
	const properties = Object.fromEntries(names.map((name) => [name, schemaOf((value as Record<string, unknown>)[name])]));
	return names.length > 0 ? { type: 'object', properties } : { type: 'object' };
}

/** The schema of what came out. */
const schemaIn = (items: INodeExecutionData[]) => items.map(({ json }) => schemaOf(json)).reduce<Schema | undefined>(merge, undefined);

const ROOT = path.join(__dirname, '../..');
const folderOf = (folder: string) => path.join(ROOT, 'nodes', folder, '__schema__/v1.0.0');
const fileOf = (folder: string, resource: string, operation: string) => path.join(folderOf(folder), resource, `${operation}.json`);

/** The operations of a node that have a schema, such as "book.getAll". */
export function storedSchemas(folder: string): string[] {
	const files = existsSync(folderOf(folder)) ? readdirSync(folderOf(folder), { recursive: true, encoding: 'utf8' }) : [];
	return files.filter((file) => file.endsWith('.json')).map((file) => file.replace(/\.json$/, '').split(path.sep).join('.'));
}

export const hasSchema = (folder: string, resource: string, operation: string) => existsSync(fileOf(folder, resource, operation));

/** The schema, and the one stored for the operation, which is stored first with UPDATE_SCHEMAS=1 in the environment. */
function withStored(folder: string, resource: string, operation: string, schema: Schema) {
	const file = fileOf(folder, resource, operation);
	if (process.env.UPDATE_SCHEMAS) {
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(schema, null, '\t')}\n`);
	}
	if (!existsSync(file)) {
		throw new Error(`${path.relative(ROOT, file)} is missing: run this test once with UPDATE_SCHEMAS=1 in the environment, and look at what it writes`);
	}
	return { actual: schema, stored: JSON.parse(readFileSync(file, 'utf8')) as unknown };
}

/** The schema of the items, and the stored one: a test that compares the two fails when an output has changed and its schema has not. */
export function outputSchema(folder: string, resource: string, operation: string, items: INodeExecutionData[]) {
	return withStored(folder, resource, operation, { ...schemaIn(items), version: 1 } as unknown as Schema);
}

/** What is declared, in n8n's form, which has one type for each field. */
function declared({ type, properties, items }: Schema): Schema {
	const [first] = [type].flat().filter((name) => name !== 'null');
	return {
		type: first === 'integer' ? 'number' : first,
		...(properties ? { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, declared(one)])) } : {}),
		...(items ? { items: declared(items) } : {}),
	};
}

/** As `outputSchema`, of an output whose shape is declared. */
export function declaredSchema(folder: string, resource: string, operation: string, schema: Schema) {
	return withStored(folder, resource, operation, { ...declared(schema), version: 1 } as unknown as Schema);
}
