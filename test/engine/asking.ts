/** A node that sends one request of a made-up shop through n8n's request helper. */
import { randomUUID } from 'node:crypto';

import { NodeConnectionTypes } from 'n8n-workflow';
import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';

import type { ApiRequest, Platform, Reply } from '../../nodes/transport/platform';
import { send } from '../../nodes/transport/send';
import { runNode } from './harness';
import type { NodeResult } from './harness';

/** What the credential signs with; no field of it holds it. */
export const TOKEN = 'raw-token-0123456789';

const credentialType: ICredentialType = {
	name: 'shopApi',
	displayName: 'Shop API',
	properties: [],
	authenticate: async (_, request) => ({ ...request, headers: { ...request.headers, Authorization: `Bearer ${TOKEN}` } }),
};

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
	const node: INodeType = {
		description: {
			displayName: 'Shop',
			name: 'shop',
			group: ['transform'],
			version: 1,
			description: 'Asks',
			defaults: { name: 'Shop' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'shopApi', required: true }],
			properties: [],
		} as INodeTypeDescription,
		async execute() {
			reply = await send(this, platform, { url: '/things', ...request });
			return [[]];
		},
	};
	const { error } = await runNode({ node, parameters: {}, credentialTypes: [credentialType], credentials: { shopApi: {} } });
	return { reply, error };
}
