/** Makes n8n's description of a node, and what runs it, from the operations of its resources. */
import { upperFirst } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties, INodePropertyOptions, ResourceMapperFields } from 'n8n-workflow';

import { hasColumns, propertyOf } from '../input';
import type { Fields } from '../input';
import { inFull, toNodeError } from '../transport/errors';
import type { Platform } from '../transport/platform';
import type { Operation, Resource } from './operation';
import { isTool, runOperation } from './run';
import { fieldsOf, requestOptions } from './standardFields';

function dropdown(
	displayName: string,
	name: string,
	options: INodePropertyOptions[],
	displayOptions?: INodeProperties['displayOptions'],
): INodeProperties {
	const [{ value }] = options;
	return { displayName, name, type: 'options', noDataExpression: true, displayOptions, options, default: value };
}

/** Fields as n8n's panel wants them, each shown for its own operation only. */
function shownFor(resource: Resource, operation: Operation, fields: Fields): INodeProperties[] {
	return Object.entries(fields).map(([name, field]) => {
		const property = propertyOf(name, field);
		const show = { resource: [resource.value], operation: [operation.value], ...property.displayOptions?.show };
		return { ...property, displayOptions: { show } };
	});
}

/** What tells the panel the columns of the operations' fields, by the name of its method. */
function columnMethods(operations: Operation[]): Described['localResourceMapping'] {
	const all = operations.flatMap(({ input }) => Object.values(input).filter(hasColumns));
	return Object.fromEntries(all.map(({ columns: { method, fields } }) => [method, async () => await Promise.resolve({ fields })]));
}

/** The operation in the words of the menu, below the node on the canvas: "Get many: order". */
function subtitleOf(resources: Resource[]): string {
	/** In small letters, but for what has a capital within a sentence, too. */
	const small = (title: string, { action }: Operation) => title.replace(/\w+/g, (word) => (action.slice(1).includes(word) ? word : word.toLowerCase()));
	const subtitles = resources.flatMap(({ name: resource, value, operations }) =>
		operations.map((one) => [`${value} ${one.value}`, upperFirst(small(`${one.name}: ${resource}`, one))] as const),
	);
	return `={{ (${JSON.stringify(Object.fromEntries(subtitles))})[$parameter["resource"] + " " + $parameter["operation"]] }}`;
}

export interface Described {
	properties: INodeProperties[];
	/** For the node's description. */
	subtitle: string;
	/** For the node's `methods`. */
	localResourceMapping: Record<string, () => Promise<ResourceMapperFields>>;
	/** What n8n calls, whichever of its engines or agents it is, with all items of a run. */
	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/**
 * The properties of a node and the function that runs it, from the resources' own files.
 * @param platform left out for a node that sends nothing
 */
export function describe(platform: Platform | undefined, resources: Resource[]): Described {
	const properties: INodeProperties[] = [
		dropdown('Resource', 'resource', resources.map(({ name, value }) => ({ name, value }))),
		...resources.map(({ value: resource, operations }) =>
			dropdown(
				'Operation',
				'operation',
				operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
				{ show: { resource: [resource] } },
			),
		),
		...resources.flatMap((resource) => resource.operations.flatMap((one) => shownFor(resource, one, fieldsOf(one)))),
		...(platform ? [propertyOf('requestOptions', requestOptions)] : []),
	];
	const byName = new Map<string, Operation>(
		resources.flatMap(({ value, operations }) => operations.map((one) => [`${value}.${one.value}`, one] as const)),
	);

	async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const name = ['resource', 'operation'].map((field) => String(this.getNodeParameter(field, 0))).join('.');
		const operation = byName.get(name);
		const node = this.getNode();
		try {
			if (!operation) throw new Error(`This node has no operation "${name}": choose one from the list`);
			return await runOperation(this, operation.platform ?? platform, operation);
		} catch (error) {
			const failure = toNodeError(node, error);
			const isAborted = this.getExecutionCancelSignal?.()?.aborted === true;
			if (!isTool(node) || isAborted) throw failure;
			// An AI agent hands only the message to its model.
			failure.message = inFull(failure);
			// n8n's older one ends on an error of a tool, so it gets the words as a record.
			if (this.isToolExecution?.()) return [[{ json: { error: failure.message }, pairedItem: { item: 0 } }]];
			throw failure;
		}
	}

	return { properties, subtitle: subtitleOf(resources), localResourceMapping: columnMethods([...byName.values()]), execute };
}
