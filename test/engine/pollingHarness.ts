/** Runs a trigger node's polls and the executions they start as n8n does, with variables in place of n8n's database. */
import { DataDeduplicationService, ExecuteContext, PollContext } from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataDeduplicator,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { credentialsHelper, typesOf, withDefaults } from './harness';
import { otherTimeForms } from './timeForm';

export interface TriggerOptions {
	node: INodeType;
	parameters: INodeParameters;
	credentialTypes: ICredentialType[];
	/** Decrypted data by credential type. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Milliseconds that n8n gives a poll. */
	pollBudget?: number;
	/** Which engine runs the workflow's executions. */
	engineType?: 'v1' | 'v2';
	/** Whether n8n keeps what a trigger remembers by the node's id and stores it with the execution, as it can be set to. */
	isDurable?: boolean;
}

/** What n8n's executions have noted as processed, by workflow and node; read and written in two steps, as n8n does. */
const processed = new Map<string, string[]>();

const deduplicator = {
	async checkProcessedAndRecord(items: string[], _scope: string, { workflow, node }: ICheckProcessedContextData, { maxEntries = 0 }: ICheckProcessedOptions) {
		const key = `${workflow.id} ${node!.id}`;
		const before = processed.get(key) ?? [];
		await Promise.resolve();
		const fresh = items.filter((item) => !before.includes(item));
		processed.set(key, [...before, ...fresh].slice(-maxEntries));
		return { new: fresh, processed: items.filter((item) => before.includes(item)) };
	},
} as unknown as IDataDeduplicator;

void DataDeduplicationService.init(deduplicator);

/** Where n8n is killed after it has stored what a trigger remembers. */
export type Kill = 'before the execution is stored' | 'before the execution runs';

/** A workflow with one trigger node. Nothing polls by itself: every poll is asked for. */
export interface HostedTrigger {
	/** What came out of the trigger in every execution in which something did. */
	executions: INodeExecutionData[][];
	/** How many executions there were in all. */
	runs: number;
	/** The `json` of all items so far. */
	readonly items: IDataObject[];
	/** What is in n8n's database. */
	readonly stored: IDataObject;
	/** As n8n does on activation and when it starts: the workflow is read from the database, and polls once. */
	activate(): Promise<void>;
	/** n8n is killed, and starts again. */
	restart(): Promise<void>;
	/** One poll of the active workflow; what it gives starts an execution, and what comes out of that is returned. */
	poll(kill?: Kill): Promise<INodeExecutionData[] | undefined>;
	/** Runs an execution again, as somebody in n8n's list of executions can. */
	retry(items: INodeExecutionData[]): Promise<INodeExecutionData[]>;
	/** What "Fetch Test Event" in the editor gives. */
	test(): Promise<INodeExecutionData[]>;
	rename(name: string): void;
	setParameters(parameters: INodeParameters): void;
	/** Puts something else in n8n's database. */
	store(staticData: IDataObject): void;
}

let workflows = 0;

export function hostTrigger({ credentialTypes, credentials, isDurable, engineType, pollBudget = 300_000, ...options }: TriggerOptions): HostedTrigger {
	const id = `workflow${workflows++}`;
	let nodeType = options.node;
	let stored = '{}';
	let cursor: string | undefined;
	let workflow: Workflow;
	const node: INode = {
		id: 'trigger-id',
		name: 'Trigger',
		type: 'test.node',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { id: name, name }])),
	};
	let { parameters } = options;

	function load(): Workflow {
		const polling = { pollTimes: { item: [{ mode: 'everyMinute' }] } };
		const current = withDefaults({ ...node, parameters }, nodeType);
		return new Workflow({
			id,
			settings: { engineType },
			nodes: [{ ...current, parameters: { ...current.parameters, ...polling } }],
			connections: {},
			active: true,
			nodeTypes: typesOf({ 'test.node': nodeType }),
			staticData: JSON.parse(stored) as IDataObject,
		});
	}

	const additionalData = {
		credentialsHelper: credentialsHelper(credentialTypes, credentials),
		variables: {},
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
	} as unknown as IWorkflowExecuteAdditionalData;

	async function pollIn(current: Workflow): Promise<INodeExecutionData[] | undefined> {
		const pollNode = current.getNode(node.name)!;
		const own = current.getStaticData('node', pollNode);
		const staged = isDurable ? (JSON.parse(cursor ?? JSON.stringify(own)) as IDataObject) : own;
		const context = new PollContext(
			current, pollNode, additionalData, 'trigger', 'activate', undefined, undefined, undefined, undefined, () => staged, () => pollBudget,
		);
		const output = await nodeType.poll!.call(context);
		if (isDurable) cursor = JSON.stringify(staged);
		return output?.[0];
	}

	/** n8n's second engine takes what a poll gives for what its node gives. */
	async function executeIn(current: Workflow, mode: WorkflowExecuteMode, given: INodeExecutionData[]): Promise<INodeExecutionData[]> {
		if (engineType === 'v2') return given;
		// As an execution is stored and read.
		const items = JSON.parse(JSON.stringify(given)) as INodeExecutionData[];
		const executeNode = current.getNode(node.name)!;
		const data = { main: [items] };
		const executionData = { node: executeNode, data, source: null };
		const context = new ExecuteContext(current, executeNode, additionalData, mode, createRunExecutionData({}), 0, items, data, executionData, []);
		const [output] = (await nodeType.execute!.call(context)) as INodeExecutionData[][];
		// Whatever the event.
		if ((parameters.simplify ?? true) === true) expect(otherTimeForms(output.map(({ json }) => json))).toEqual([]);
		return output;
	}

	const save = () => {
		stored = JSON.stringify(workflow.staticData);
	};

	const trigger: HostedTrigger = {
		executions: [],
		runs: 0,
		get items() {
			return trigger.executions.flat().map(({ json }) => json);
		},
		get stored() {
			return JSON.parse(stored) as IDataObject;
		},
		async activate() {
			workflow = load();
			await trigger.poll();
			save();
		},
		async restart() {
			nodeType = new (nodeType.constructor as new () => INodeType)();
			await trigger.activate();
		},
		async poll(kill) {
			if (isDurable) workflow = load();
			const handedOver = await pollIn(workflow);
			if (!handedOver) return undefined;
			save();
			if (kill === 'before the execution is stored') return undefined;
			trigger.runs++;
			if (kill === 'before the execution runs') return undefined;
			const items = await executeIn(workflow, 'trigger', handedOver);
			if (items.length > 0) trigger.executions.push(items);
			return items;
		},
		retry: async (items) => await executeIn(load(), 'retry', items),
		test: async () => await executeIn(load(), 'manual', [{ json: {} }]),
		rename(name) {
			node.name = name;
		},
		setParameters(changed) {
			parameters = changed;
		},
		store(staticData) {
			stored = JSON.stringify(staticData);
		},
	};
	return trigger;
}

