/** What the tests of the Topgeschenken node share: a simulator for each, and the node run against it. */
import { randomUUID } from 'node:crypto';

import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { TopgeschenkenApi } from '../../credentials/TopgeschenkenApi.credentials';
import { Topgeschenken } from '../../nodes/Topgeschenken/Topgeschenken.node';
import { startTopgeschenken } from '../sandbox/topgeschenken';
import type { TopgeschenkenOptions, TopgeschenkenSandbox } from '../sandbox/topgeschenken';
import { runNode } from './harness';
import type { NodeResult, NodeRun } from './harness';
import { byId } from './items';

/** An ID that no record has. */
export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

export interface Bench {
	sandbox: TopgeschenkenSandbox;
	credentials: ICredentialDataDecryptedObject;
	run(parameters: INodeParameters, options?: Partial<NodeRun>): Promise<NodeResult>;
	/** Requests other than those for a token. */
	requests(method?: string): TopgeschenkenSandbox['requests'];
	tokenRequests(): TopgeschenkenSandbox['requests'];
	/** Puts a new simulator in the place of the one that is running. */
	restart(): Promise<void>;
}

/** Starts a simulator before each test and closes it after; a request outside the contract fails the test. */
export function useTopgeschenken(options: TopgeschenkenOptions = {}): Bench {
	const bench = {} as Bench;
	const close = async () => {
		await bench.sandbox.close();
		expect(bench.sandbox.violations).toEqual([]);
	};
	bench.restart = async () => {
		if (bench.sandbox) await close();
		const sandbox = await startTopgeschenken({ orders: 250, ...options });
		// A secret of its own for each test, since tokens and limiters live as long as the process.
		sandbox.clients.company.secret += randomUUID();
		const { id: clientId, secret: clientSecret } = sandbox.clients.company;
		bench.sandbox = sandbox;
		bench.credentials = { clientId, clientSecret, language: 'nl_NL', requestsAtATime: 5, baseUrl: sandbox.url, accessToken: '' };
		bench.run = async (parameters, more = {}) =>
			await runNode({
				node: new Topgeschenken(),
				parameters,
				credentialTypes: [new TopgeschenkenApi()],
				credentials: { topgeschenkenApi: bench.credentials },
				...more,
			});
		const isToken = ({ path }: { path: string }) => path === '/api/v1/token';
		bench.tokenRequests = () => sandbox.requests.filter(isToken);
		bench.requests = (method) =>
			sandbox.requests.filter((request) => !isToken(request) && (method === undefined || request.method === method));
	};
	beforeEach(async () => {
		bench.sandbox = undefined as unknown as TopgeschenkenSandbox;
		await bench.restart();
	});
	afterEach(close);
	return bench;
}

export { byId, ids, input, json, mapped, MAPPED_AUTOMATICALLY, pairs } from './items';

export const uuids = (records: Array<{ uuid: string }>) => records.map(({ uuid }) => uuid);

const ADDRESS = {
	attn: 'Anna de Vries',
	street: 'Dorpsstraat',
	number: '12',
	numberAddition: 'A',
	postcode: '3511 ab',
	city: 'Utrecht',
	country: 'NL',
};

/** A day that is not in the past when the test runs. */
export const TOMORROW = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

/** What one gift with a card needs, with the parts replaced that a test is about. */
export function gift({ state }: TopgeschenkenSandbox, more: INodeParameters = {}): INodeParameters {
	const [product] = state.products.filter(({ type, orderable }) => type === 'generic_product' && orderable);
	const card = state.products.find(({ type }) => type === 'card')!;
	return {
		giftFrom: 'fields',
		deliveryDate: TOMORROW,
		deliveryAddress: { address: ADDRESS },
		lines: { line: [{ productId: byId(product.uuid), quantity: 1, cardText: 'Gefeliciteerd!', cardId: byId(card.uuid) }] },
		...more,
	};
}

/** What a whole order needs besides. */
export const payer = {
	contactEmail: 'hr@voorbeeld.example',
	requestedPaymentMethod: 'invoice',
	invoiceAddress: { address: { ...ADDRESS, attn: 'Crediteuren', numberAddition: '' } },
};

export const address = ADDRESS;
