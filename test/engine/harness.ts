/** Runs nodes on n8n's real engine, mostly one as the workflow "items → node" that a user would build. */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const userFolder = mkdtempSync(path.join(tmpdir(), 'n8n-engine-'));
process.env.N8N_USER_FOLDER = userFolder;
// The sandboxes are on this machine, where no proxy leads.
process.env.NO_PROXY = process.env.no_proxy = '127.0.0.1,localhost';
// Every error that a test provokes would fill the output, and hide the test that fails.
process.env.N8N_LOG_LEVEL ??= 'silent';

import { mapValues } from 'lodash';
import { ExecutionLifecycleHooks, RoutingNode, WorkflowExecute } from 'n8n-core';
import type { ExecuteContext } from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	ITaskData,
	IWorkflowExecuteAdditionalData,
	NodeHelpers,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import * as nodeHelpers from 'n8n-workflow';

const removeUserFolder = () => rmSync(userFolder, { recursive: true, force: true });
if ('afterAll' in globalThis) afterAll(removeUserFolder);
else process.once('exit', removeUserFolder);

type Helpers = typeof NodeHelpers;

const source: INodeType = {
	description: {
		displayName: 'Items',
		name: 'items',
		group: ['trigger'],
		version: 1,
		description: 'Gives the items that a test hands in',
		defaults: { name: 'Items' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** A declarative node gets the `execute` that n8n gives it. */
function executable(nodeType: INodeType): INodeType {
	if (nodeType.execute || nodeType.poll || nodeType.trigger) return nodeType;
	const copy = Object.create(nodeType) as INodeType;
	copy.execute = async function () {
		return (await new RoutingNode(this as unknown as ExecuteContext, copy).runNode()) ?? [];
	};
	return copy;
}

/**
 * What runs in a process that has been killed: it goes on to be a promise, but sends nothing any more, stores nothing any
 * more and never ends.
 */
export const killed = new WeakSet<object>();
export const never = new Promise<never>(() => {});

/** What n8n's CredentialsHelper does with a credential, without its database. */
export function credentialsHelper(types: ICredentialType[], data: Record<string, ICredentialDataDecryptedObject>) {
	const typeOf = (name: string) => types.find((type) => type.name === name)!;
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		async getDecrypted(
			_data: unknown,
			_credential: unknown,
			name: string,
			mode: WorkflowExecuteMode,
			executeData?: IExecuteData,
			_raw?: boolean,
			values?: ICredentialsExpressionResolveValues,
		) {
			if (!values) return { ...data[name] };
			const { workflow, node, runExecutionData, runIndex, itemIndex, connectionInputData } = values;
			return workflow.expression.getParameterValue(
				{ ...data[name] } as INodeParameters,
				runExecutionData,
				runIndex,
				itemIndex,
				node.name,
				connectionInputData,
				mode,
				{},
				executeData,
			);
		},
		async preAuthentication(
			helpers: IHttpRequestHelper,
			credentials: ICredentialDataDecryptedObject,
			name: string,
			_node: INode,
			expired: boolean,
		) {
			const type = typeOf(name);
			const field = type.properties.find(({ typeOptions }) => typeOptions?.expirable)?.name;
			if (!field || !type.preAuthentication || (credentials[field] !== '' && !expired)) return undefined;
			const output = await type.preAuthentication.call(helpers, credentials);
			if (output[field] === undefined) return undefined;
			Object.assign(data[name], output);
			return Object.assign(credentials, output);
		},
		async authenticate(
			credentials: ICredentialDataDecryptedObject,
			name: string,
			request: IHttpRequestOptions,
			workflow: Workflow,
			node: INode,
		) {
			if (killed.has(workflow)) await never;
			const { authenticate } = typeOf(name);
			if (typeof authenticate === 'function') return await authenticate(credentials, request);
			for (const [part, fields] of Object.entries(authenticate?.properties ?? {})) {
				for (const [key, value] of Object.entries(fields as Record<string, string>)) {
					const resolved = workflow.expression.getSimpleParameterValue(node, value, 'internal', {
						$credentials: credentials,
					} as never);
					const target = ((request as unknown as Record<string, Record<string, unknown>>)[part] ??= {});
					target[key] = String(resolved ?? '');
				}
			}
			return request;
		},
	};
}

interface RunOptions {
	credentialTypes?: ICredentialType[];
	/** Decrypted data by credential type. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** Input of the workflow; one empty item if left out. */
	items?: INodeExecutionData[];
	/** Left out: every run is an execution of its own. */
	executionId?: string;
	/** The execution that this one is a retry of, as n8n's "Retry" starts one: it keeps what the first noted. */
	retryOf?: IRun;
	/**
	 * ID of the execution that this one is a retry of, where n8n was killed before it could store anything of it but what it
	 * began with, which is that of `retryOf` if it was itself a retry; empty as n8n 1.x has it.
	 */
	retryOfKilled?: string;
	/** Called when the run has started, with the function that n8n's Stop button calls. */
	onStart?(cancel: () => void, workflow: Workflow): void;
}

export interface NodeRun extends RunOptions {
	node: INodeType;
	parameters: INodeParameters;
	onError?: INode['onError'];
	retryOnFail?: boolean;
	/** n8n's second engine runs it instead of the first. */
	onSecondEngine?: boolean;
	/** Whether an AI agent calls the node: then n8n gives it a type of its own. */
	asTool?: boolean;
}

export interface WorkflowRun extends RunOptions {
	/** All nodes but the first one, which is called Items and gives the input. */
	nodes: INode[];
	/** As in a stored workflow. */
	connections: IConnections;
	types: Record<string, INodeType>;
}

export interface NodeResult {
	/** Items on the main output. */
	items: INodeExecutionData[];
	/** Items on the error output. */
	errorItems: INodeExecutionData[];
	/** The error that made the node fail, if it did. */
	error?: Error & { description?: string | null; httpCode?: string | null };
	run: IRun;
}

/** The node as n8n makes a tool of it, as far as the node itself can notice. */
function toolOf(nodeType: INodeType): INodeType {
	const { description } = nodeType;
	return Object.create(nodeType, {
		description: { value: { ...description, name: `${description.name}Tool` } },
		customOperations: { value: undefined },
	}) as INodeType;
}

export function typesOf(nodeTypes: Record<string, INodeType>): INodeTypes {
	const types: Record<string, INodeType> = mapValues({ 'test.items': source, ...nodeTypes }, executable);
	return {
		getByName: (name) => types[name],
		getByNameAndVersion: (name) => types[name],
		getKnownTypes: () => ({}),
	};
}

function additionalDataOf({ credentials = {}, credentialTypes = [], executionId, retryOfKilled }: RunOptions, nodes: INode[]) {
	return {
		executionId,
		currentNodeParameters: undefined,
		credentialsHelper: credentialsHelper(credentialTypes, credentials),
		hooks: new ExecutionLifecycleHooks('manual', executionId!, {
			id: 'test',
			name: 'test',
			active: false,
			nodes,
			connections: {},
		} as never, retryOfKilled || undefined),
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		variables: {},
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** What n8n makes of a node that had run when it was killed. */
const RECOVERED: ITaskData = {
	...{ startTime: 0, executionIndex: 0, executionTime: 0, source: [null], executionStatus: 'success' },
	data: { main: [[{ json: { isArtificialRecoveredEventItem: true } }]] },
};

export async function runWorkflow(options: WorkflowRun): Promise<IRun> {
	const { connections, types, executionId = randomUUID() } = options;
	const start: INode = { id: 's', name: 'Items', type: 'test.items', typeVersion: 1, position: [0, 0], parameters: {} };
	const nodes = [start, ...options.nodes];
	const workflow = new Workflow({ id: 'test', nodes, connections, active: false, nodeTypes: typesOf(types) });
	const executionData = createRunExecutionData({
		startData: {},
		resultData: {
			...{ runData: {}, metadata: options.retryOf?.data.resultData.metadata },
			...(options.retryOfKilled === undefined ? {} : { runData: { Items: [RECOVERED] } }),
		},
		executionData: {
			contextData: {},
			metadata: {},
			nodeExecutionStack: [
				{ node: start, data: { main: [options.items ?? [{ json: {} }]] }, source: null },
			],
			waitingExecution: {},
			waitingExecutionSource: {},
		},
	});
	const additionalData = additionalDataOf({ ...options, executionId }, nodes);
	const mode = options.retryOf || options.retryOfKilled !== undefined ? 'retry' : 'manual';
	const execution = new WorkflowExecute(additionalData, mode, executionData).processRunExecutionData(workflow);
	options.onStart?.(() => execution.cancel(), workflow);
	return await execution;
}

/** Parameters as n8n stores them for a node, defaults filled in. */
export function withDefaults(node: INode, { description }: INodeType): INode {
	const { NodeHelpers: helpers } = nodeHelpers as unknown as { NodeHelpers: Helpers };
	const { properties } = description;
	const parameters = helpers.getNodeParameters(properties, node.parameters, true, false, node, description) ?? {};
	return { ...node, parameters };
}

export async function runNode(options: NodeRun): Promise<NodeResult> {
	const { credentials = {}, onError, retryOnFail, asTool } = options;
	const node = asTool ? toolOf(options.node) : options.node;
	const type = asTool ? 'test.nodeTool' : 'test.node';
	const nodeData: INode = {
		id: 'node',
		name: 'Node',
		type,
		typeVersion: 1,
		position: [200, 0],
		parameters: options.parameters,
		credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { id: name, name }])),
		onError,
		retryOnFail,
		...(retryOnFail ? { maxTries: 2, waitBetweenTries: 1 } : {}),
	};
	if (options.onSecondEngine) {
		const { runStep } = await import('./secondEngine');
		const stored = withDefaults(nodeData, node);
		const additionalData = additionalDataOf({ executionId: randomUUID(), ...options }, [stored]);
		return await runStep(stored, options.items ?? [{ json: {} }], typesOf({ [type]: node }), additionalData).then(
			([items = [], ...others]) => ({ items, errorItems: [], outputs: [items, ...others], run: undefined as unknown as IRun }),
			(error: Error) => ({ items: [], errorItems: [], error, run: undefined as unknown as IRun }),
		);
	}
	const run = await runWorkflow({
		...options,
		nodes: [withDefaults(nodeData, node)],
		connections: { Items: { main: [[{ node: 'Node', type: NodeConnectionTypes.Main, index: 0 }]] } },
		types: { [type]: node },
	});
	const outcome = run.data.resultData.runData.Node?.[0];
	return {
		items: outcome?.data?.main[0] ?? [],
		errorItems: outcome?.data?.main[1] ?? [],
		error: (outcome?.error ?? run.data.resultData.error) as NodeResult['error'],
		run,
	};
}
