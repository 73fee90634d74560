/** What the tests of the Stamhoofd node share: a simulator for each, and the node run against it. */
import { randomUUID } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { StamhoofdApi } from '../../credentials/StamhoofdApi.credentials';
import { Stamhoofd } from '../../nodes/Stamhoofd/Stamhoofd.node';
import { startStamhoofd } from '../sandbox/stamhoofd';
import type { Line, StamhoofdOptions, StamhoofdSandbox } from '../sandbox/stamhoofd';
import { SEED_NOW } from '../sandbox/seed';
import type { Payment } from '../sandbox/stamhoofd/seed';
import { runNode } from './harness';
import type { NodeResult, NodeRun } from './harness';

export const LINES: Array<{ line: Line; version: string }> = [
	{ line: 'current', version: '411' },
	{ line: 'documented', version: '191' },
];

/** An id that no record has. */
export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

export interface Bench {
	sandbox: StamhoofdSandbox;
	credentials: ICredentialDataDecryptedObject;
	run(parameters: INodeParameters, options?: Partial<NodeRun>): Promise<NodeResult>;
}

/** Starts a simulator before each test and closes it after; a request outside the contract fails the test. */
export function useStamhoofd(options: StamhoofdOptions, credential: IDataObject = {}): Bench {
	const bench = {} as Bench;
	beforeEach(async () => {
		bench.sandbox = await startStamhoofd(options);
		bench.credentials = {
			// Another account for each test, since a limiter lives as long as the process.
			organizationId: randomUUID(),
			apiKey: bench.sandbox.state.keys.full,
			apiVersion: options.line === 'current' ? '411' : '191',
			rateLimitTier: 'none',
			longestWait: 60,
			baseUrl: bench.sandbox.url,
			...credential,
		} as ICredentialDataDecryptedObject;
		bench.run = async (parameters, more = {}) =>
			await runNode({
				node: new Stamhoofd(),
				parameters,
				credentialTypes: [new StamhoofdApi()],
				credentials: { stamhoofdApi: bench.credentials },
				...more,
			});
	});
	afterEach(async () => {
		await bench.sandbox.close();
		expect(bench.sandbox.violations).toEqual([]);
	});
	return bench;
}

export { byId, ids, input, json, pairs } from './items';

const WEEK = 7 * 86_400_000;

/** The payments that a list without filters gives: on the first line only transfers that are open or lately settled. */
export function listed(line: Line, payments: Payment[]): Payment[] {
	if (line === 'current') return payments;
	return payments.filter(({ method, status, paidAt, provider, updatedAt }) => {
		if (method !== 'Transfer' || provider !== null) return false;
		if (status === 'Created' || status === 'Pending') return true;
		return (paidAt ?? updatedAt) > SEED_NOW - WEEK;
	});
}

/** Payments that can be marked as paid on either line. */
export function openTransfers({ state }: StamhoofdSandbox): Payment[] {
	return state.payments.filter(({ method, status, price }) => method === 'Transfer' && status === 'Created' && price > 0);
}
