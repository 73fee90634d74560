import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { Credential, WorkflowFile } from '../../scripts/lib/client';
import { installN8n } from '../../scripts/lib/n8n';
import { startPlayground } from '../../scripts/lib/playground';
import type { Playground } from '../../scripts/lib/playground';
import type { HostedPlatform } from './platforms';

/** A playground for all tests of a file; after each, no sandbox may have met a request outside its contract. */
export function usePlayground(): { current: Playground } {
	const holder = {} as { current: Playground };
	beforeAll(async () => {
		holder.current = await startPlayground(await installN8n(), process.env.HOST_TARBALL!);
	});
	afterEach(() => {
		for (const { sandbox } of Object.values<HostedPlatform>(holder.current.platforms)) expect(sandbox.violations).toEqual([]);
	});
	afterAll(async () => await holder.current?.stop());
	return holder;
}

/** A workflow of a manual trigger and one node. */
export function workflowOf(name: string, type: string, typeVersion: number, parameters: INodeParameters, credential: Credential): WorkflowFile {
	const trigger = { id: 'a', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
	const credentials = { [credential.type]: { id: '', name: credential.name } };
	const node = { id: 'b', name: 'Node', type, typeVersion, position: [220, 0], parameters, credentials };
	return {
		name,
		nodes: [trigger, node] as INode[],
		connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
	};
}

/** The workflow with rows of a sheet in front of its node. */
export function withRows({ nodes: [trigger, node], ...workflow }: WorkflowFile, rows: IDataObject[]): WorkflowFile {
	const sheet = { id: 'c', name: 'Sheet', type: 'n8n-nodes-base.code', typeVersion: 2, position: [220, 0], parameters: { jsCode: `return ${JSON.stringify(rows.map((json) => ({ json })))};` } };
	return {
		...workflow,
		nodes: [trigger, sheet, { ...node, position: [440, 0] }] as INode[],
		connections: {
			[trigger.name]: { main: [[{ node: 'Sheet', type: 'main', index: 0 }]] },
			Sheet: { main: [[{ node: node.name, type: 'main', index: 0 }]] },
		},
	};
}
