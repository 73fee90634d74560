/** The package's node and what a user would build instead, on the engine of the installed n8n. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';

import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
} from 'n8n-workflow';

import { runWorkflow, withDefaults } from '../engine/harness';
import type { ServerCount, ServerFacts, ServerOptions } from './server';

/** Set by the process that starts this one. */
const { BENCH_N8N_MODULES = '', BENCH_PACKAGE = '' } = process.env;

const load = createRequire(__filename) as (file: string) => Record<string, new () => never>;

/** An instance of the one class that a file exports. */
function instance<T>(file: string): T {
	const [Class] = Object.values(load(file));
	return new Class();
}

const builtIn = (name: string) => instance<INodeType>(path.join(BENCH_N8N_MODULES, 'n8n-nodes-base/dist/nodes', `${name}.node.js`));

function newestOf(node: INodeType & { nodeVersions?: Record<string, INodeType>; currentVersion?: number }) {
	const version = node.currentVersion;
	return version === undefined ? { type: node, version: 1 } : { type: node.nodeVersions![version], version };
}

const TYPES = {
	'n8n-nodes-base.httpRequest': newestOf(builtIn('HttpRequest/HttpRequest')),
	'n8n-nodes-base.splitOut': newestOf(builtIn('Transform/SplitOut/SplitOut')),
	'n8n-nodes-base.splitInBatches': newestOf(builtIn('SplitInBatches/SplitInBatches')),
	'n8n-nodes-base.wait': newestOf(builtIn('Wait/Wait')),
};

export const stamhoofd = instance<INodeType>(path.join(BENCH_PACKAGE, 'dist/nodes/Stamhoofd/Stamhoofd.node.js'));

const credentialType = instance<ICredentialType>(path.join(BENCH_PACKAGE, 'dist/credentials/StamhoofdApi.credentials.js'));

export interface Server extends ServerFacts {
	/** Base URL of the API's paths. */
	api: string;
	count(): Promise<ServerCount>;
	stop(): void;
}

export async function startServer(options: ServerOptions): Promise<Server> {
	const child = fork(path.join(__dirname, 'server.ts'), [JSON.stringify(options)]);
	const [facts] = (await once(child, 'message')) as [ServerFacts];
	return {
		...facts,
		api: `${facts.url}/v398`,
		async count() {
			child.send('count');
			const [count] = (await once(child, 'message')) as [ServerCount];
			return count;
		},
		stop: () => child.disconnect(),
	};
}

export interface Step {
	name: string;
	type: keyof typeof TYPES | INodeType;
	parameters: INodeParameters;
	onError?: INode['onError'];
	/** Names of the nodes that each output leads to. */
	to?: string[][];
}

/** Runs the steps as a workflow; what the last one gives is the result. */
export async function runSteps(server: Server, steps: Step[], items?: INodeExecutionData[]): Promise<{ run: IRun; out: INodeExecutionData[] }> {
	const credentials: Record<string, ICredentialDataDecryptedObject> = {
		stamhoofdApi: {
			organizationId: randomUUID(),
			apiKey: server.key,
			apiVersion: '398',
			rateLimitTier: server.limits ? 'standard' : 'none',
			longestWait: 60,
			baseUrl: server.url,
		},
	};
	const types: Record<string, INodeType> = {};
	const nodes = steps.map(({ name, type, parameters, onError }, position): INode => {
		const { type: nodeType, version } = typeof type === 'string' ? TYPES[type] : { type, version: 1 };
		const typeName = typeof type === 'string' ? type : `test.${name}`;
		types[typeName] = nodeType;
		const node: INode = {
			id: name,
			name,
			type: typeName,
			typeVersion: version,
			position: [200 * position, 0],
			parameters,
			credentials: { stamhoofdApi: { id: '1', name: 'Stamhoofd' } },
			onError,
		};
		return withDefaults(node, nodeType);
	});
	const link = (node: string) => ({ node, type: NodeConnectionTypes.Main, index: 0 });
	const connections = Object.fromEntries([
		['Items', { main: [[link(steps[0].name)]] }],
		...steps.map(({ name, to = [] }) => [name, { main: to.map((names) => names.map(link)) }]),
	]);
	const run = await runWorkflow({ nodes, connections, types, credentials, credentialTypes: [credentialType], items });
	const { error, runData } = run.data.resultData;
	if (error) throw error;
	const out = runData[steps[steps.length - 1].name].flatMap(({ data }) => data?.main[0] ?? []);
	return { run, out };
}

/** The parameters of an HTTP Request node that uses the package's credential. */
export function httpRequest(parameters: INodeParameters): Pick<Step, 'type' | 'parameters'> {
	return {
		type: 'n8n-nodes-base.httpRequest',
		parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: 'stamhoofdApi', ...parameters },
	};
}

export const toItems = (records: IDataObject[]): INodeExecutionData[] => records.map((json) => ({ json }));
