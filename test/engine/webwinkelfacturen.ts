/** What the tests of the Webwinkelfacturen node share: a simulator for each, documents, and the node run against it. */
import { randomUUID } from 'node:crypto';

import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { WebwinkelfacturenApi } from '../../credentials/WebwinkelfacturenApi.credentials';
import { Webwinkelfacturen } from '../../nodes/Webwinkelfacturen/Webwinkelfacturen.node';
import { startWebwinkelfacturen } from '../sandbox/webwinkelfacturen';
import type { WebwinkelfacturenOptions, WebwinkelfacturenSandbox } from '../sandbox/webwinkelfacturen';
import { runNode } from './harness';
import type { NodeResult, NodeRun } from './harness';
import { processed, useProcessedStore } from './processedStore';

export interface Bench {
	sandbox: WebwinkelfacturenSandbox;
	credentials: ICredentialDataDecryptedObject;
	run(parameters: INodeParameters, options?: Partial<NodeRun>): Promise<NodeResult>;
	/** Requests other than those for a token. */
	requests(method?: string): WebwinkelfacturenSandbox['requests'];
	tokenRequests(): WebwinkelfacturenSandbox['requests'];
	/** Ids of a kind that were added, in order. */
	added(entity?: string): string[];
	/** A new simulator in the place of the one at hand. */
	restart(): Promise<void>;
	/** n8n has never processed anything. */
	forget(): void;
}

const isToken = ({ path }: { path: string }) => path === '/api/token';

/** Starts a simulator before each test and closes it after; a request outside the contract fails the test. */
export function useWebwinkelfacturen(options: WebwinkelfacturenOptions = {}): Bench {
	const bench = {} as Bench;
	beforeAll(useProcessedStore);
	async function start() {
		const sandbox = await startWebwinkelfacturen(options);
		// A secret of its own for each, since tokens and limiters live as long as the process.
		sandbox.client.secret += randomUUID();
		bench.forget();
		bench.sandbox = sandbox;
		bench.credentials = sandbox.credential();
	}
	async function stop() {
		await bench.sandbox.close();
		expect(bench.sandbox.violations).toEqual([]);
	}
	bench.forget = () => {
		processed.rows.clear();
		processed.calls = 0;
		processed.failure = undefined;
	};
	bench.restart = async () => {
		await stop();
		await start();
	};
	bench.run = async (parameters, more = {}) =>
		await runNode({
			node: new Webwinkelfacturen(),
			parameters,
			credentialTypes: [new WebwinkelfacturenApi()],
			credentials: { webwinkelfacturenApi: bench.credentials },
			...more,
		});
	bench.tokenRequests = () => bench.sandbox.requests.filter(isToken);
	bench.requests = (method) =>
		bench.sandbox.requests.filter((request) => !isToken(request) && (method === undefined || request.method === method));
	bench.added = (entity = 'order') => bench.sandbox.state.added.filter((one) => one.entity === entity).map(({ id }) => id);
	beforeEach(start);
	afterEach(stop);
	return bench;
}

export { input, json, pairs } from './items';
