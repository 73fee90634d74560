import { groupBy } from 'lodash';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IGetNodeParameterOptions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { cancelledError, faultsToError, InvalidInput, isCancellation, toNodeError } from '../transport/errors';
import { collect, readWhole } from '../transport/paging';
import type { Query, ReadPage } from '../transport/paging';
import type { ApiRequest, Platform, Reply, RequestContext } from '../transport/platform';
import { credentialsOf, send } from '../transport/send';

/** One item on its way through an operation: its parameters, and the way to the API. */
export interface Call {
	itemIndex: number;
	credentials: ICredentialDataDecryptedObject;
	context: RequestContext;
	/** Value of a field of this item, expressions resolved, a resource locator reduced to its id. */
	parameter<T>(name: string, fallback?: T): T;
	/** Shows a text with the output in the editor, once however many items ask for it; an AI agent does not see it. */
	hint(message: string): void;
	/** Bytes of the item's file of this name; undefined if it has none. */
	file(name: string): Promise<Buffer | undefined>;
	send(request: ApiRequest): Promise<Reply>;
}

interface OperationTexts {
	/** Left out: that of the node. Another one for an address that wants another key, or none. */
	platform?: Platform;
	/** As in the dropdown, for example "Get Many". */
	name: string;
	/** The operation's name in stored workflows; never change it. */
	value: string;
	/** As in the node panel, for example "Get many payments". */
	action: string;
	description: string;
	/** Fields of this operation; which resource and operation they belong to is added by `describe`. */
	fields: INodeProperties[];
}

/** An operation that sends one request for each item, or one for each page. */
export interface ItemOperation extends OperationTexts {
	/** What is sent for an item. Throws InvalidInput for values that must not be sent. */
	request: ApiRequest | ((call: Call) => ApiRequest | Query | Promise<ApiRequest>);
	/** Where the records are in the answer and where the list goes on; left out: the whole answer is one record. */
	readPage?: ReadPage;
	/** How many records are wanted at most, beside what a person sets; left out: all. */
	limit?: number;
	/** Message of the item's error when no record is left, or what finds out whether that is an error. */
	notFound?: string | ((call: Call) => Promise<string | undefined>);
	/** What comes out for a record with Simplify switched on. */
	simplify?(record: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject;
	/** What comes out for a record in any case, before Simplify. */
	transform?(record: IDataObject, call: Call): IDataObject | Promise<IDataObject>;
}

/** What an item of a batch comes to; an Error fails only its own item. */
export type Outcome = IDataObject | IDataObject[] | Error;

/** An operation that serves all items of the input with a few requests. */
export interface BatchOperation<Input = unknown> extends OperationTexts {
	/**
	 * What the item asks for. Throws InvalidInput for values that must not be sent; where the workflow stops on errors,
	 * one such item keeps all of them from being sent.
	 */
	read(call: Call): Input | Promise<Input>;
	/** One outcome for each input, in their order. `calls` are those of the inputs; any of them can send. */
	runAll(inputs: Input[], calls: Call[]): Promise<Outcome[]>;
}

export type Operation = ItemOperation | BatchOperation;

export interface Resource {
	name: string;
	value: string;
	operations: Operation[];
}

export const returnAllAndLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** What n8n adds to every declarative node as "Request Options"; its batching is left to the limiter. */
interface RequestOptions {
	/** Milliseconds. */
	timeout?: number;
	allowUnauthorizedCerts?: boolean;
	proxy?: string;
}

function withOptions(request: ApiRequest, { timeout, allowUnauthorizedCerts, proxy = '' }: RequestOptions): ApiRequest {
	const asked = { timeout, skipSslCertificateValidation: allowUnauthorizedCerts, ...request };
	if (proxy === '') return asked;
	if (!URL.canParse(proxy)) throw new InvalidInput('Proxy is not a web address: write it as http://myproxy:3128');
	const { hostname: host, port, protocol, username, password } = new URL(proxy);
	const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
	return { ...asked, proxy: { host, port: Number(port || 80), protocol: protocol.replace(':', ''), ...(username && { auth }) } };
}

function callOf(
	context: IExecuteFunctions | IExecutePaginationFunctions,
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	itemIndex: number,
	/** Texts that are shown already. */
	hints: Set<string>,
): Call {
	const parameter = <T>(name: string, fallback?: T, options?: IGetNodeParameterOptions) =>
		('makeRoutingRequest' in context
			? context.getNodeParameter(name, fallback, options)
			: context.getNodeParameter(name, itemIndex, fallback, options)) as T;
	return {
		itemIndex,
		credentials,
		context,
		parameter: (name, fallback) => parameter(name, fallback, { extractValue: true }),
		hint(message) {
			if (!('addExecutionHints' in context) || hints.has(message)) return;
			hints.add(message);
			context.addExecutionHints({ message, location: 'outputPane' });
		},
		async file(name) {
			const isSingle = 'makeRoutingRequest' in context;
			const { binary } = isSingle ? context.getInputData() : context.getInputData()[itemIndex];
			if (!binary?.[name]) return undefined;
			return isSingle
				? await context.helpers.getBinaryDataBuffer(name)
				: await context.helpers.getBinaryDataBuffer(itemIndex, name);
		},
		send: async (request) =>
			await send(context, platform, withOptions(request, parameter<RequestOptions>('requestOptions', {})), credentials),
	};
}

async function runOnItem(operation: ItemOperation, call: Call): Promise<IDataObject[]> {
	const limit = operation.fields.includes(returnAllAndLimit[0]) && !call.parameter<boolean>('returnAll')
		? Number(call.parameter<number>('limit'))
		: (operation.limit ?? Infinity);
	if (!(limit >= 1)) throw new InvalidInput('Limit is not a number of 1 or more: fill it in, or check the expression that gives it');
	const asked = typeof operation.request === 'function' ? await operation.request(call) : operation.request;
	const query = 'request' in asked ? asked : { request: asked };
	let records = await collect(call.send, { ...query, readPage: operation.readPage ?? readWhole }, limit);
	if (records.length === 0) {
		const { notFound } = operation;
		const message = typeof notFound === 'function' ? await notFound(call) : notFound;
		if (message) throw new InvalidInput(message);
	}
	if (operation.transform) {
		records = await Promise.all(records.map(async (record) => await operation.transform!(record, call)));
	}
	const simplify = operation.simplify && call.parameter<boolean>('simplify', true);
	return simplify ? records.map((record) => operation.simplify!(record, call.credentials)) : records;
}

/** The item that takes the place of a failed one where the workflow goes on after errors. */
function failedItem(
	context: IExecuteFunctions | IExecutePaginationFunctions,
	error: Error,
	item: number,
	input: IDataObject,
): INodeExecutionData {
	const { message, description } = toNodeError(context.getNode(), error, item);
	const json: IDataObject = { error: message, ...(description ? { details: description } : {}) };
	// The error output merges the input in by itself, and only if nothing but the error is here.
	const keepsInput = context.getNode().onError !== 'continueErrorOutput';
	return { json: keepsInput ? { ...input, ...json } : json, pairedItem: { item } };
}

function isBatch(operation: Operation): operation is BatchOperation {
	return 'runAll' in operation;
}

async function runBatch(
	context: IExecuteFunctions | IExecutePaginationFunctions,
	operation: BatchOperation,
	calls: Call[],
): Promise<Outcome[]> {
	const read = await Promise.allSettled(calls.map(async (call) => await operation.read(call)));
	if (context.getExecutionCancelSignal()?.aborted) throw cancelledError(context.getNode());
	const faults = read.flatMap((result, position) =>
		result.status === 'rejected' ? [{ item: calls[position].itemIndex, error: result.reason as Error }] : [],
	);
	if (faults.length > 0 && !context.continueOnFail()) throw faultsToError(context.getNode(), faults, calls.length);
	const outcomes = new Map<Call, Outcome>();
	const asked = read.flatMap((result, position) => {
		const call = calls[position];
		if (result.status === 'fulfilled') return [{ call, input: result.value }];
		outcomes.set(call, result.reason as Error);
		return [];
	});
	// Different items may bring different keys: none may act with another's.
	for (const group of Object.values(groupBy(asked, ({ call }) => JSON.stringify(call.credentials)))) {
		const inputs = group.map(({ input }) => input);
		const results = await operation
			.runAll(inputs, group.map(({ call }) => call))
			.catch((error: Error) => inputs.map(() => error));
		group.forEach(({ call }, position) => outcomes.set(call, results[position]));
	}
	return calls.map((call) => outcomes.get(call)!);
}

async function runEach(operation: ItemOperation, calls: Call[]): Promise<Outcome[]> {
	const results = await Promise.allSettled(calls.map(async (call) => await runOnItem(operation, call)));
	return results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error)));
}

interface Item {
	context: IExecuteFunctions | IExecutePaginationFunctions;
	index: number;
	input: IDataObject;
}

async function run(platform: Platform, operation: Operation, items: Item[]): Promise<INodeExecutionData[]> {
	const [{ context }] = items;
	const node = context.getNode();
	const hints = new Set<string>();
	const calls = await Promise.all(
		items.map(async (item) =>
			callOf(item.context, platform, await credentialsOf(item.context, platform), item.index, hints),
		),
	);
	const outcomes = isBatch(operation) ? await runBatch(context, operation, calls) : await runEach(operation, calls);
	if (context.getExecutionCancelSignal()?.aborted) throw outcomes.find(isCancellation) ?? cancelledError(node);
	return items.flatMap(({ index, input }, position) => {
		const outcome = outcomes[position];
		const pairedItem = { item: index };
		if (!(outcome instanceof Error)) return [outcome].flat().map((json) => ({ json, pairedItem }));
		if (!context.continueOnFail()) throw toNodeError(node, outcome, index);
		return [failedItem(context, outcome, index, input)];
	});
}

/** n8n gives every request the credential as the first item makes it; its fields may be expressions. */
function contextOf(context: IExecuteFunctions, index: number): IExecuteFunctions {
	const getCredentials = async (type: string) => await context.getCredentials(type, index);
	return Object.create(context, { getCredentials: { value: getCredentials } }) as IExecuteFunctions;
}

/** Whether an AI agent calls the node: as its tool a node has a type name of its own. */
export function isTool(node: INode): boolean {
	return node.type.endsWith('Tool');
}

/** The error with its details in the message, since an AI agent hands only that to its model. */
function inFull(error: Error): Error {
	const { message, description } = error as Error & { description?: string | null };
	if (description && !message.includes(description)) error.message = `${message}\n\nDetails: ${description}`;
	return error;
}

/** Called by n8n once for all items. n8n's own routing would read every field of the node twice for each item. */
function customOperationOf(platform: Platform, operation: Operation) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData().map(({ json }, index) => ({ context: contextOf(this, index), index, input: json }));
		if (items.length === 0) return [[]];
		return [await run(platform, operation, items).catch((error: Error) => {
			throw isTool(this.getNode()) ? inFull(error) : error;
		})];
	};
}

/**
 * Called by n8n for the one item of an AI agent of its older kind, which knows no custom operations. To that model an
 * error is an empty answer, as if all had gone well, so it gets the words as a record.
 */
function paginationOf(platform: Platform, operation: Operation) {
	return async function (this: IExecutePaginationFunctions): Promise<INodeExecutionData[]> {
		const item = { context: this, index: this.getItemIndex(), input: this.getInputData().json };
		return await run(platform, operation, [item]).catch((error: Error) => {
			if (this.getExecutionCancelSignal()?.aborted) throw error;
			return [{ json: { error: inFull(error).message }, pairedItem: { item: item.index } }];
		});
	};
}

function describeOperation(platform: Platform, operation: Operation): INodePropertyOptions {
	const { name, value, action, description } = operation;
	return {
		name,
		value,
		action,
		description,
		routing: {
			send: { paginate: true },
			operations: { pagination: paginationOf(operation.platform ?? platform, operation) },
		},
	};
}

function dropdown(
	displayName: string,
	name: string,
	options: INodePropertyOptions[],
	displayOptions?: INodeProperties['displayOptions'],
): INodeProperties {
	const [{ value }] = options;
	return { displayName, name, type: 'options', noDataExpression: true, displayOptions, options, default: value };
}

/** The field, shown for this operation only. */
function shownFor(resource: Resource, operation: Operation, field: INodeProperties): INodeProperties {
	const show = { resource: [resource.value], operation: [operation.value], ...field.displayOptions?.show };
	return { ...field, displayOptions: { ...field.displayOptions, show } };
}

/** The properties of a node and what runs them, from the resources' own files. */
export function describe(
	platform: Platform,
	resources: Resource[],
): { properties: INodeProperties[]; customOperations: INodeType['customOperations'] } {
	const properties: INodeProperties[] = [
		dropdown(
			'Resource',
			'resource',
			resources.map(({ name, value }) => ({ name, value })),
		),
		...resources.map(({ value, operations }) =>
			dropdown(
				'Operation',
				'operation',
				operations.map((operation) => describeOperation(platform, operation)),
				{ show: { resource: [value] } },
			),
		),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				operation.fields.map((field) => shownFor(resource, operation, field)),
			),
		),
	];
	const customOperations = Object.fromEntries(
		resources.map(({ value, operations }) => [
			value,
			Object.fromEntries(
				operations.map((operation) => [operation.value, customOperationOf(operation.platform ?? platform, operation)]),
			),
		]),
	);
	return { properties, customOperations };
}
