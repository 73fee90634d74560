/** n8n's second engine, whose step executor calls a node's `execute` and nothing else. */
import { V1StepExecutor } from '@n8n/node-engine-compatibility';
import { Expression } from 'n8n-workflow';
import type { INode, INodeExecutionData, INodeTypes, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

type Deps = ConstructorParameters<typeof V1StepExecutor>[0];
type Request = Parameters<V1StepExecutor['execute']>[0];

// The engine insists on expressions in an isolate, which Node 20 cannot build; what it does with a node is the same.
Object.defineProperty(Expression, 'getActiveImplementation', { value: () => 'vm' });

const START = 'Items';

/** What a node gives for the items, by its outputs. */
export async function runStep(
	node: INode,
	items: INodeExecutionData[],
	nodeTypes: INodeTypes,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<INodeExecutionData[][]> {
	const step = {
		id: node.id,
		name: node.name,
		type: 'v1-node',
		config: {
			nodeType: node.type,
			typeVersion: node.typeVersion,
			parameters: node.parameters,
			credentials: node.credentials,
			continueOnFail: node.onError !== undefined,
		},
	};
	const trigger = { id: 's', name: START, type: 'trigger', config: { nodeType: 'test.items', typeVersion: 1, parameters: {} } };
	const graph = { nodes: [trigger, step], edges: [{ from: trigger.id, to: step.id }] };
	const executor = new V1StepExecutor({
		nodeTypes,
		loadStepData: async () => await Promise.resolve({ graph, outputsByNode: { [trigger.id]: { 0: [items] } } }),
		additionalDataFactory: async () => await Promise.resolve(additionalData),
	} as unknown as Deps);
	const context = { workflowId: 'test', executionId: additionalData.executionId, iteration: 0, callerContext: { hostMode: 'manual' } };
	const { outputs } = await executor.execute({ node: step, inputs: [items], context } as unknown as Request);
	return (outputs as Array<INodeExecutionData[] | null>).map((output) => output ?? []);
}

