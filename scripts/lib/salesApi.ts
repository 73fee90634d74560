/** The API that a workflow offers to bookkeeping, made reachable. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { DateTime } from 'luxon';
import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import { fetchShop } from '../../test/sandbox/webwinkelfacturen/fetchShop';
import type { ShopClient } from '../../test/sandbox/webwinkelfacturen/fetchShop';
import type { StoredWorkflow, WorkflowFile } from './client';
import type { Playground } from './playground';

const OWN = 'n8n-nodes-dutch-commerce.';

export interface ApiStep {
	name: string;
	/** Type of a node of this package. */
	type: string;
	parameters: INodeParameters;
	/** Platform whose credential it has. */
	credential?: string;
}

/** A workflow of the API and the steps that come after it, one after another. */
export function apiWorkflow({ platforms }: Playground, source: string, parameters: INodeParameters, steps: ApiStep[] = []): WorkflowFile {
	const credentialOf = (platform: string | undefined) => {
		const [one] = platform && platform in platforms ? platforms[platform as keyof typeof platforms].credentials : [];
		return one ? { [one.type]: { id: '', name: one.name } } : {};
	};
	const trigger = { name: 'Webwinkelfacturen API Trigger', type: 'webwinkelfacturenApiTrigger', parameters: { source, ...parameters }, credential: source };
	const nodes = [trigger, ...steps].map(({ name, type, parameters: set, credential }, position) => ({
		...{ id: name, name, type: OWN + type, typeVersion: 1, position: [200 * position, 0], parameters: set },
		credentials: { ...credentialOf(credential), ...(position === 0 && { salesApi: { id: '', name: 'Sales API' } }) },
		...(position === 0 && { webhookId: randomUUID() }),
	}));
	const link = (node: string) => [{ node, type: 'main', index: 0 }];
	const connections = Object.fromEntries(nodes.slice(1).map(({ name }, position) => [nodes[position].name, { main: [link(name)] }])) as IConnections;
	return { name: `API ${source}`, nodes: nodes as unknown as INode[], connections, settings: { executionOrder: 'v1' } };
}

/** The settings of a bookshop's documents. */
export const MARGIN = { regime: 'margin', sellerCountry: 'NL', goods: 'book', seller: { name: 'De Slegte' }, options: {} };

/** Steps that answer with the orders of a bookshop. */
export const BOOKSHOP_STEPS: ApiStep[] = [
	{ name: 'Orders', type: 'boekwinkeltjes', credential: 'boekwinkeltjes', parameters: { resource: 'order', operation: 'getAll', returnAll: true, filters: { orderedAfter: '={{ $json.from }}', orderedBefore: '={{ $json.to }}' } } },
	{ name: 'Sale Document', type: 'saleDocument', parameters: { resource: 'document', operation: 'fromBoekwinkeltjesOrder', order: '={{ $json }}', ...MARGIN } },
	{ name: 'Answer', type: 'saleDocument', parameters: { resource: 'apiRequest', operation: 'answer' } },
];

export const ZONE = 'Europe/Amsterdam';

/** A day as bookkeeping asks for it. */
export const daysAgo = (days: number) => DateTime.now().setZone(ZONE).minus({ days }).toISODate()!;

/** IDs of the sales of the bookshop since a day, sorted. */
export function soldSince({ boekwinkeltjes }: Playground['platforms'], day: string): string[] {
	const start = DateTime.fromISO(day, { zone: ZONE });
	return boekwinkeltjes.sandbox.state.orders.filter(({ date }) => DateTime.fromSQL(date, { zone: ZONE }) >= start).map(({ id }) => `boekwinkeltjes:${id}`).sort();
}

/** The address of an active workflow that begins with the API trigger. n8n says that it is active a little before it can be reached. */
export async function addressOf({ host }: Pick<Playground, 'host'>, { nodes }: StoredWorkflow): Promise<string> {
	const { webhookId } = nodes.find(({ type }) => type.endsWith('.webwinkelfacturenApiTrigger'))!;
	const base = `${host.url}/webhook/${webhookId}`;
	// The last of its paths.
	while ((await fetch(`${base}/oauth/token`, { method: 'POST' })).status === 404) await delay(100);
	return base;
}

/** Activates the workflow. */
export async function openApi(playground: Playground, workflow: StoredWorkflow): Promise<string> {
	await playground.client.activate(workflow);
	return await addressOf(playground, workflow);
}

/** Webwinkelfacturen as it fetches from that address, with the ID and the secret that the playground has stored. */
export async function shopAt(base: string, { webwinkelfacturen }: Playground['platforms'], token?: string): Promise<ShopClient> {
	const { clientId, clientSecret } = webwinkelfacturen.credentials.find(({ type }) => type === 'salesApi')!.data as Record<string, string>;
	return await fetchShop(base, clientId, clientSecret, token);
}
