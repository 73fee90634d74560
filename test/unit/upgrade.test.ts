/** A workflow that was stored with an earlier version opens in this one with everything that was filled in. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { NodeHelpers } from 'n8n-workflow';
import type {
	ILocalLoadOptionsFunctions,
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	ResourceMapperField,
} from 'n8n-workflow';

const ROOT = path.join(__dirname, '../..');
const STORED = path.join(ROOT, 'test/fixtures/workflows');

const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { name: string; n8n: { nodes: string[] } };

const descriptions = new Map<string, INodeTypeDescription>();
/** What the resource mappers offer, by the name of their method. */
const columns = new Map<string, ResourceMapperField[]>();
beforeAll(async () => {
	for (const file of manifest.n8n.nodes) {
		const module = (await import(path.join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, '')))) as Record<string, new () => INodeType>;
		const { description, methods } = new (Object.values(module)[0])();
		for (const [method, read] of Object.entries(methods?.localResourceMapping ?? {})) {
			columns.set(method, (await read.call({} as ILocalLoadOptionsFunctions)).fields);
		}
		descriptions.set(`${manifest.name}.${description.name}`, description);
	}
});

/** What of a stored value the field does not know any more, each as the path to it. */
function unknown(fields: INodeProperties[], value: unknown, at: string): string[] {
	const [{ type, options = [], typeOptions, modes }] = fields;
	const isExpression = typeof value === 'string' && value.startsWith('=');
	if (isExpression) return [];
	const inside = (names: INodeProperties[], parameters: object, prefix: string) =>
		Object.entries(parameters).flatMap(([name, one]) => {
			const same = names.filter((field) => field.name === name);
			return same.length === 0 ? [`${prefix}.${name}`] : unknown(same, one, `${prefix}.${name}`);
		});
	if (type === 'collection') return inside(options as INodeProperties[], value as object, at);
	if (type === 'fixedCollection') {
		return Object.entries(value as Record<string, object | object[]>).flatMap(([name, rows]) => {
			const group = (options as INodePropertyCollection[]).find((option) => option.name === name);
			return group ? [rows].flat().flatMap((row) => inside(group.values, row, `${at}.${name}`)) : [`${at}.${name}`];
		});
	}
	if (type === 'resourceLocator') {
		const { mode } = value as { mode: string };
		return modes!.some(({ name }) => name === mode) ? [] : [`${at}: mode ${mode}`];
	}
	if (type === 'resourceMapper') {
		const known = columns.get(typeOptions!.resourceMapper!.localResourceMapperMethod!)!;
		const { value: mapped } = value as { value: Record<string, unknown> | null };
		return Object.entries(mapped ?? {}).flatMap(([name, one]) => {
			const column = known.find(({ id }) => id === name);
			const isKnown = column && (column.options?.some((option) => option.value === one) ?? true);
			return isKnown ? [] : [`${at}.${name}`];
		});
	}
	const isListed = ['options', 'multiOptions'].includes(type) && !typeOptions?.loadOptionsMethod;
	const listed = fields.flatMap((field) => (field.options as INodePropertyOptions[] | undefined)?.map((option) => option.value) ?? []);
	return isListed ? ([value].flat() as Array<string | number>).filter((one) => !listed.includes(one)).map((one) => `${at}: ${one}`) : [];
}

/** What of a stored node is lost when n8n opens it. */
function lost(node: INode, { polling, ...description }: INodeTypeDescription): string[] {
	const { properties } = description;
	const all = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description) as INodeParameters;
	return Object.entries(node.parameters).flatMap(([name, value]) => {
		// n8n's own field.
		if (polling && name === 'pollTimes') return [];
		const shown = properties.filter(
			(field) => field.name === name && NodeHelpers.displayParameter({ ...all, ...node.parameters }, field, node, description),
		);
		return shown.length === 0 ? [name] : unknown(shown, value, name);
	});
}

const files = readdirSync(STORED).flatMap((version) => readdirSync(path.join(STORED, version)).map((file) => `${version}/${file}`));

test.each(files)('%s', (file) => {
	const { nodes } = JSON.parse(readFileSync(path.join(STORED, file), 'utf8')) as { nodes: INode[] };
	const own = nodes.filter(({ type }) => type.startsWith(`${manifest.name}.`));
	expect(own.length).toBeGreaterThan(0);
	const findings = own.flatMap((node) => {
		const description = descriptions.get(node.type);
		if (!description) return [`${node.type} is gone`];
		const { resource = '', operation = '', event = '' } = node.parameters;
		const heading = [resource, operation, event].filter(Boolean).join('.');
		const versions = [description.version].flat();
		const credentials = Object.keys(node.credentials ?? {}).filter((name) => !description.credentials?.some((one) => one.name === name));
		return [
			...(versions.includes(node.typeVersion) ? [] : [`version ${node.typeVersion}`]),
			...credentials,
			...lost(node, description),
		].map((finding) => `${heading}: ${finding}`);
	});
	expect(findings).toEqual([]);
});
