/** The API that a workflow offers to bookkeeping, made reachable. */
import { setTimeout as delay } from 'node:timers/promises';

import { fetchShop } from '../../test/sandbox/webwinkelfacturen/fetchShop';
import type { ShopClient } from '../../test/sandbox/webwinkelfacturen/fetchShop';
import type { StoredWorkflow } from './client';
import type { Playground } from './playground';

/** The address of an active workflow that begins with the API trigger. n8n says that it is active a little before it can be reached. */
export async function addressOf({ host }: Playground, { nodes }: StoredWorkflow): Promise<string> {
	const { webhookId } = nodes.find(({ type }) => type.endsWith('.webwinkelfacturenApiTrigger'))!;
	const base = `${host.url}/webhook/${webhookId}`;
	while ((await fetch(base)).status === 404) await delay(100);
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
