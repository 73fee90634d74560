/**
 * `npm run fixtures`: stores workflows as users of this version have them, so that later versions can be held to opening them.
 * One workflow for each node, with every operation or event, every field of it filled in; and the examples as they are.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { NodeHelpers } from 'n8n-workflow';
import type {
	ILocalLoadOptionsFunctions,
	INode,
	INodeParameters,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	NodeParameterValueType,
	ResourceMapperField,
} from 'n8n-workflow';

const ROOT = path.join(__dirname, '..');

interface Manifest {
	name: string;
	version: string;
	n8n: { nodes: string[] };
}

const HEADINGS = ['resource', 'operation', 'event'];

const fieldsOf = (fields: INodeProperties[]): INodeParameters =>
	Object.fromEntries(fields.filter(isStored).map((field) => [field.name, filledIn(field)])) as INodeParameters;

/** What a node's resource mappers offer, by the name of their method. */
const columns = new Map<string, ResourceMapperField[]>();

async function readColumns({ methods }: INodeType) {
	for (const [method, read] of Object.entries(methods?.localResourceMapping ?? {})) {
		columns.set(method, (await read.call({} as ILocalLoadOptionsFunctions)).fields);
	}
}

const isStored = ({ type }: INodeProperties) => !['notice', 'hidden', 'button', 'callout'].includes(type);

/** A value of the field that is not its default, as n8n stores it. */
function filledIn(field: INodeProperties): NodeParameterValueType {
	const { type, options = [], modes = [], typeOptions } = field;
	const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
	switch (type) {
		case 'boolean':
			return field.default !== true;
		case 'number':
			return Number(field.default) + 1;
		case 'options':
			return values.findLast((value) => value !== field.default) ?? 'stored';
		case 'multiOptions':
			return values.length > 0 ? (values as string[]) : ['stored'];
		case 'dateTime':
			return '2026-03-01T12:00:00';
		case 'json':
			return '{ "stored": true }';
		case 'resourceLocator':
			return { __rl: true, mode: modes.at(-1)!.name, value: 'stored' };
		case 'collection':
			return fieldsOf(options as INodeProperties[]);
		case 'fixedCollection':
			return Object.fromEntries(
				options.flatMap((option) => ('values' in option ? [option] : [])).map(({ name, values: fields }) => {
					const row = fieldsOf(fields);
					return [name, typeOptions?.multipleValues ? [row] : row];
				}),
			) as INodeParameters;
		case 'resourceMapper': {
			const schema = columns.get(typeOptions!.resourceMapper!.localResourceMapperMethod!)!;
			const value = Object.fromEntries(schema.map((column) => [column.id, column.options?.at(-1)?.value ?? 'stored']));
			return { mappingMode: 'defineBelow', value, matchingColumns: [], schema } as unknown as NodeParameterValueType;
		}
		default:
			return 'stored';
	}
}

/** Values of other fields under which this one is shown, as far as they are named. */
function conditionsOf({ displayOptions }: INodeProperties): INodeParameters {
	const shown = Object.entries(displayOptions?.show ?? {}).filter(([name]) => /^\w+$/.test(name));
	return Object.fromEntries(shown.map(([name, values]) => [name, (values as NodeParameterValueType[])[0]])) as INodeParameters;
}

/** Parameters of nodes that together have every field of one operation or event filled in. */
function storedParameters(description: INodeTypeDescription, heading: INodeParameters): INodeParameters[] {
	const { properties } = description;
	const isShown = (parameters: INodeParameters) => (field: INodeProperties) => {
		const all = { ...NodeHelpers.getNodeParameters(properties, parameters, true, false, null, description), ...parameters };
		return NodeHelpers.displayParameter(all, field, null, description, undefined, undefined);
	};
	// What only a tool of an agent has is another node's.
	const isOfTool = ({ displayOptions }: INodeProperties) => displayOptions?.show?.['@tool']?.[0] === true;
	const own = properties.filter((field) => isStored(field) && !isOfTool(field) && !HEADINGS.includes(field.name));
	const belongs = (field: INodeProperties) => Object.entries(heading).every(([name, value]) => {
		const shown = field.displayOptions?.show?.[name] as unknown[] | undefined;
		return shown === undefined || shown.includes(value);
	});
	const deciding = new Set(own.flatMap((field) => Object.keys(conditionsOf(field))));
	const variants = new Map<string, INodeParameters>();
	for (const field of own.filter(belongs)) {
		const base = { ...heading, ...(isShown(heading)(field) ? {} : conditionsOf(field)) };
		const parameters = variants.get(JSON.stringify(base)) ?? { ...base };
		variants.set(JSON.stringify(base), parameters);
		if (!deciding.has(field.name) && isShown(parameters)(field)) parameters[field.name] = filledIn(field);
		else if (deciding.has(field.name) && parameters[field.name] === undefined) {
			const other = { ...heading, [field.name]: filledIn(field) };
			if (isShown(other)(field)) variants.set(JSON.stringify(other), variants.get(JSON.stringify(other)) ?? other);
		}
	}
	return variants.size > 0 ? [...variants.values()] : [heading];
}

/** Every resource with each of its operations, or every event, or nothing where a node has neither. */
function headingsOf({ properties }: INodeTypeDescription): INodeParameters[] {
	const valuesOf = (field?: INodeProperties) => (field?.options ?? []).flatMap((option) => ('value' in option ? [option.value] : []));
	const operations = properties.filter(({ name }) => name === 'operation');
	const resources = valuesOf(properties.find(({ name }) => name === 'resource'));
	const events = valuesOf(properties.find(({ name }) => name === 'event'));
	if (resources.length > 0) {
		return resources.flatMap((resource) =>
			operations
				.filter(({ displayOptions }) => (displayOptions?.show?.resource as unknown[] | undefined)?.includes(resource))
				.flatMap((field) => valuesOf(field).map((operation) => ({ resource, operation }))),
		) as INodeParameters[];
	}
	if (operations.length > 0) return operations.flatMap((field) => valuesOf(field).map((operation) => ({ operation }))) as INodeParameters[];
	return events.length > 0 ? (events.map((event) => ({ event })) as INodeParameters[]) : [{}];
}

async function storeNode(file: string, packageName: string, folder: string) {
	const [make] = Object.values((await import(file)) as Record<string, new () => INodeType>);
	const node = new make();
	const { description } = node;
	await readColumns(node);
	const { name, displayName, version, defaultVersion, credentials = [] } = description;
	const parameters = headingsOf(description).flatMap((heading) => storedParameters(description, heading));
	const nodes = parameters.map(
		(stored, index): INode => ({
			id: `${name}-${index + 1}`,
			name: `${displayName} ${index + 1}`,
			type: `${packageName}.${name}`,
			typeVersion: defaultVersion ?? [version].flat().at(-1)!,
			position: [240 * (index % 8), 200 * Math.floor(index / 8)],
			parameters: stored,
			credentials: Object.fromEntries(credentials.map((one) => [one.name, { id: 'stored', name: displayName }])),
		}),
	);
	const workflow = { name: `${displayName}: everything`, nodes, connections: {}, settings: {} };
	await writeFile(path.join(folder, `${name}.json`), `${JSON.stringify(workflow, null, '\t')}\n`);
	console.log(`${displayName}: ${nodes.length} nodes`);
}

async function main() {
	const { name, version, n8n } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;
	const folder = path.join(ROOT, 'test/fixtures/workflows', version);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	for (const file of n8n.nodes) await storeNode(path.join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, '.ts')), name, folder);
	const examples = (await readdir(path.join(ROOT, 'examples'))).filter((file) => file.endsWith('.json'));
	for (const file of examples) await cp(path.join(ROOT, 'examples', file), path.join(folder, `example-${file}`));
}

void main();
