/** A node that sends one request of a made-up shop through n8n's request helper. */
import { randomUUID } from 'node:crypto';

import type { ApiRequest, Platform, Reply } from '../../nodes/transport/platform';
import { send } from '../../nodes/transport/send';
import { runNode } from './harness';
import type { NodeResult } from './harness';
import { shopCredential, shopNode } from './madeUpShop';

/** What the credential signs with; no field of it holds it. */
export const TOKEN = 'raw-token-0123456789';

const credentialType = shopCredential(async (_, request) => ({ ...request, headers: { ...request.headers, Authorization: `Bearer ${TOKEN}` } }));

export interface Asked {
	reply?: Reply;
	error: NodeResult['error'];
}

/** Gives the answer, or the words of the error. */
export async function ask(baseUrl: string, request: Partial<ApiRequest> = {}): Promise<Asked> {
	let reply: Reply | undefined;
	const platform: Platform = {
		name: 'Shop',
		credentialType: 'shopApi',
		secrets: [],
		baseUrl: () => baseUrl,
		account: () => randomUUID(),
		windows: () => [],
		explain: ({ reply: answer }) => ({ description: (answer?.body as { detail?: string } | undefined)?.detail }),
	};
	const node = shopNode(async function () {
		reply = await send(this, platform, { url: '/things', ...request });
		return [[]];
	});
	const { error } = await runNode({ node, parameters: {}, credentialTypes: [credentialType], credentials: { shopApi: {} } });
	return { reply, error };
}
