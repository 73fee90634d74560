/** The same reads and changes, once with the package's node and once as n8n advises for services with limits. */
import { randomUUID } from 'node:crypto';

import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowFile } from '../../scripts/lib/client';

/** What one workflow reads and marks as paid: ids of payments. */
export interface Work {
	reads: string[];
	changes: string[];
}

interface Step {
	name: string;
	type: string;
	version?: number;
	parameters?: INodeParameters;
	more?: Partial<INode>;
	/** Names of the nodes that each output leads to. */
	to?: string[][];
}

function workflow(name: string, steps: Step[], credential: { id: string; name: string }): WorkflowFile {
	const nodes = steps.map(({ name: node, type, version = 1, parameters = {}, more }, position): INode => ({
		id: randomUUID(),
		name: node,
		type,
		typeVersion: version,
		position: [220 * position, 100 * position],
		parameters,
		credentials: { stamhoofdApi: credential },
		...more,
	}));
	const link = (node: string) => ({ node, type: 'main' as const, index: 0 });
	const connections: IConnections = Object.fromEntries(steps.map(({ name: node, to = [] }) => [node, { main: to.map((names) => names.map(link)) }]));
	return { name, nodes, connections, settings: { executionOrder: 'v1', timezone: 'Asia/Tokyo' } };
}

const wait = (amount: number) => ({
	type: 'n8n-nodes-base.wait',
	version: 1.1,
	parameters: { resume: 'timeInterval', amount, unit: 'seconds' },
	more: { webhookId: randomUUID() },
});

/** The ids as items, which then go to a node each; some seconds after the start, in which it can be stopped again. */
function items(work: Work, reading: string, changing: string): Step[] {
	const splitOut = (field: keyof Work, to: string): Step => ({
		name: `Each of ${field}`,
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: field, options: { destinationFieldName: 'id' } },
		to: [[to]],
	});
	return [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', to: [['Wait']] },
		{ ...wait(5), name: 'Wait', to: [['Work']] },
		{
			name: 'Work',
			type: 'n8n-nodes-base.set',
			version: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify(work), options: {} },
			to: [['Each of reads', 'Each of changes']],
		},
		splitOut('reads', reading),
		splitOut('changes', changing),
	];
}

export type Make = (name: string, work: Work, credential: { id: string; name: string }, api: string) => WorkflowFile;

export const withOurNode: Make = (name, work, credential) => {
	const payment = { resource: 'payment', paymentId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };
	const type = 'n8n-nodes-dutch-commerce.stamhoofd';
	return workflow(
		name,
		[
			...items(work, 'Read', 'Change'),
			{ name: 'Read', type, parameters: { ...payment, operation: 'get' } },
			{ name: 'Change', type, parameters: { ...payment, operation: 'updateStatus', status: 'Succeeded' } },
		],
		credential,
	);
};

/** Loop Over Items and Wait, and Retry On Fail with as many tries and as long a pause as n8n has. */
export const asAdvised: Make = (name, work, credential, api) => {
	const loop = (round: string, request: INodeParameters): Step[] => [
		{ name: `Loop ${round}`, type: 'n8n-nodes-base.splitInBatches', version: 3, parameters: { options: {} }, to: [[], [round]] },
		{
			name: round,
			type: 'n8n-nodes-base.httpRequest',
			version: 4.2,
			parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: 'stamhoofdApi', options: {}, ...request },
			more: { retryOnFail: true, maxTries: 5, waitBetweenTries: 5000, onError: 'continueRegularOutput' },
			to: [[`Wait after ${round}`]],
		},
		{ ...wait(1), name: `Wait after ${round}`, to: [[`Loop ${round}`]] },
	];
	return workflow(
		name,
		[
			...items(work, 'Loop Read', 'Loop Change'),
			...loop('Read', { url: `=${api}/payments/{{ $json.id }}` }),
			...loop('Change', {
				method: 'PATCH',
				url: `${api}/organization/payments`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ { _isPatch: true, changes: [{ patch: { _isPatch: true, id: $json.id, status: "Succeeded" } }] } }}',
			}),
		],
		credential,
	);
};
