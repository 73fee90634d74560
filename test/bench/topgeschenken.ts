/** Gets 10 000 orders from a server that takes 20 milliseconds for each answer. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';

import { NodeConnectionTypes } from 'n8n-workflow';
import type { ICredentialType, INode, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { runWorkflow, withDefaults } from '../engine/harness';
import { OURS, takeTurns } from './measure';
import type { Part } from './report';
import type { TopgeschenkenFacts } from './topgeschenkenServer';

const ORDERS = 10_000;
const LATENCY = 20;
const TURNS = 3;

/** Set by the process that starts this one. */
const { BENCH_N8N_MODULES = '', BENCH_PACKAGE = '' } = process.env;

const load = createRequire(__filename) as (file: string) => Record<string, new () => never>;

function instance<T>(folder: string, file: string): T {
	const [Class] = Object.values(load(path.join(folder, file)));
	return new Class();
}

interface Step {
	name: string;
	/** Its real name: n8n lets only its own HTTP Request node use a credential of another node. */
	typeName: string;
	type: INodeType;
	version: number;
	parameters: INodeParameters;
}

async function runChain(steps: Step[], { url, clientId, clientSecret }: TopgeschenkenFacts): Promise<INodeExecutionData[]> {
	const type = instance<ICredentialType>(BENCH_PACKAGE, 'dist/credentials/TopgeschenkenApi.credentials.js');
	const data = { clientId, clientSecret, language: 'nl_NL', requestsAtATime: 8, baseUrl: url, accessToken: '' };
	const nodes = steps.map(({ name, typeName, type: nodeType, version, parameters }, position): INode => {
		const credentials = { topgeschenkenApi: { id: '1', name: 'Topgeschenken' } };
		return withDefaults(
			{ id: name, name, type: typeName, typeVersion: version, position: [200 * position, 0], parameters, credentials },
			nodeType,
		);
	});
	const names = ['Items', ...steps.map(({ name }) => name)];
	const link = (node: string) => ({ main: [[{ node, type: NodeConnectionTypes.Main, index: 0 }]] });
	const run = await runWorkflow({
		nodes,
		connections: Object.fromEntries(names.slice(1).map((name, position) => [names[position], link(name)])),
		types: Object.fromEntries(steps.map(({ typeName, type: nodeType }) => [typeName, nodeType])),
		credentials: { topgeschenkenApi: data },
		credentialTypes: [type],
	});
	const { error, runData } = run.data.resultData;
	if (error) throw error;
	return runData[names.at(-1)!].flatMap(({ data: output }) => output?.main[0] ?? []);
}

/** What a user builds: the pages by their links, and the orders out of the pages. */
function requestAndSplit({ url }: TopgeschenkenFacts, pageSize?: number): Step[] {
	const request = instance<INodeType & { nodeVersions: Record<string, INodeType>; currentVersion: number }>(
		BENCH_N8N_MODULES,
		'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
	);
	const split = instance<INodeType>(BENCH_N8N_MODULES, 'n8n-nodes-base/dist/nodes/Transform/SplitOut/SplitOut.node.js');
	const next = `$response.body["hydra:view"]?.["hydra:next"]`;
	const parameters: INodeParameters = {
		url: `${url}/api/v1/order/orders${pageSize ? `?page_items=${pageSize}` : ''}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'topgeschenkenApi',
		options: {
			pagination: {
				pagination: {
					paginationMode: 'responseContainsNextURL',
					nextURL: `={{ "${url}" + ${next} }}`,
					paginationCompleteWhen: 'other',
					completeExpression: `={{ !${next} }}`,
				},
			},
		},
	};
	const version = request.currentVersion;
	return [
		{ name: 'Request', typeName: 'n8n-nodes-base.httpRequest', type: request.nodeVersions[version], version, parameters },
		{
			name: 'Split',
			typeName: 'n8n-nodes-base.splitOut',
			type: split,
			version: 1,
			parameters: { fieldToSplitOut: 'hydra:member', options: { disableDotNotation: true } },
		},
	];
}

export async function topgeschenken(): Promise<Part> {
	const child = fork(path.join(__dirname, 'topgeschenkenServer.ts'), [JSON.stringify({ orders: ORDERS, latency: LATENCY })]);
	const [facts] = (await once(child, 'message')) as [TopgeschenkenFacts];
	const node = instance<INodeType>(BENCH_PACKAGE, 'dist/nodes/Topgeschenken/Topgeschenken.node.js');
	const ours: Step = {
		name: 'Get',
		typeName: 'n8n-nodes-dutch-commerce.topgeschenken',
		type: node,
		version: 1,
		parameters: { resource: 'order', operation: 'getAll', returnAll: true, simplify: false },
	};
	const contenders: Record<string, Step[]> = {
		[OURS]: [ours],
		'HTTP Request + Split Out, 30 a page': requestAndSplit(facts),
		'HTTP Request + Split Out, 100 a page': requestAndSplit(facts, 100),
	};
	const runs = Object.fromEntries(
		Object.entries(contenders).map(([name, steps]) => [
			name,
			async () => {
				const { size } = new Set((await runChain(steps, facts)).map(({ json }) => json.uuid));
				if (size !== ORDERS) throw new Error(`${name} gave ${size} orders instead of ${ORDERS}`);
			},
		]),
	);
	const times = await takeTurns(runs, TURNS);
	child.disconnect();
	const ratio = (name: string) => times[OURS] / times[name];
	return {
		name: 'topgeschenken',
		title: `Topgeschenken: ${ORDERS} orders, ${LATENCY} ms for each answer`,
		rows: Object.entries(times).map(([name, milliseconds]) => ({ contender: name, milliseconds, 'ours is': ratio(name) })),
		goals: Object.keys(contenders)
			.filter((name) => name !== OURS)
			.map((name) => ({ text: `this package ÷ ${name}`, measured: ratio(name), most: 0.3 })),
	};
}
