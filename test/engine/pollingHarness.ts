/** Runs a trigger node's polls as n8n does, with its static data in place of n8n's database. */
import { PollContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { credentialsHelper, typesOf, withDefaults } from './harness';

export interface TriggerOptions {
	node: INodeType;
	parameters: INodeParameters;
	credentialTypes: ICredentialType[];
	/** Decrypted data by credential type. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Whether n8n keeps what a trigger remembers by the node's id and stores it with the execution, as it can be set to. */
	isDurable?: boolean;
}

/** A workflow with one trigger node. Nothing polls by itself: every poll is asked for. */
export interface HostedTrigger {
	/** Items of every execution so far. */
	executions: INodeExecutionData[][];
	/** The `json` of all items so far. */
	readonly items: IDataObject[];
	/** What is in n8n's database. */
	readonly stored: IDataObject;
	/** As n8n does on activation and when it starts: the workflow is read from the database, and polls once. */
	activate(): Promise<void>;
	/** One poll of the active workflow; what it gives starts an execution. */
	poll(): Promise<INodeExecutionData[] | undefined>;
	/** What "Fetch Test Event" in the editor gives. */
	test(): Promise<INodeExecutionData[]>;
	rename(name: string): void;
	setParameters(parameters: INodeParameters): void;
	/** Puts something else in n8n's database. */
	store(staticData: IDataObject): void;
}

export function hostTrigger({ node: nodeType, credentialTypes, credentials, isDurable, ...options }: TriggerOptions): HostedTrigger {
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
			id: 'workflow-id',
			nodes: [{ ...current, parameters: { ...current.parameters, ...polling } }],
			connections: {},
			active: true,
			nodeTypes: typesOf({ 'test.node': nodeType }),
			staticData: JSON.parse(stored) as IDataObject,
		});
	}

	async function pollIn(current: Workflow, mode: WorkflowExecuteMode): Promise<INodeExecutionData[] | undefined> {
		const additionalData = {
			credentialsHelper: credentialsHelper(credentialTypes, credentials),
			variables: {},
		} as unknown as IWorkflowExecuteAdditionalData;
		const pollNode = current.getNode(node.name)!;
		const activation = mode === 'manual' ? 'manual' : 'activate';
		const own = current.getStaticData('node', pollNode);
		const staged = isDurable ? (JSON.parse(cursor ?? JSON.stringify(own)) as IDataObject) : own;
		const context = new PollContext(current, pollNode, additionalData, mode, activation, undefined, undefined, undefined, undefined, () => staged);
		const output = await nodeType.poll!.call(context);
		if (isDurable && mode !== 'manual') cursor = JSON.stringify(staged);
		return output?.[0];
	}

	const save = () => {
		stored = JSON.stringify(workflow.staticData);
	};

	const trigger: HostedTrigger = {
		executions: [],
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
		async poll() {
			if (isDurable) workflow = load();
			const items = await pollIn(workflow, 'trigger');
			if (items) {
				trigger.executions.push(items);
				save();
			}
			return items;
		},
		test: async () => (await pollIn(load(), 'manual')) ?? [],
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

