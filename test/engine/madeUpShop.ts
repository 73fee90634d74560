/** The node and the credential of a made-up shop, for what holds whatever the service. */
import { NodeConnectionTypes } from 'n8n-workflow';
import type { ICredentialType, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

export const shopNode = (execute: INodeType['execute'], properties: INodeProperties[] = []): INodeType => ({
	description: {
		displayName: 'Shop',
		name: 'shop',
		group: ['transform'],
		version: 1,
		description: 'A made-up shop',
		defaults: { name: 'Shop' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'shopApi', required: true }],
		properties,
	} as INodeTypeDescription,
	execute,
});

export const shopCredential = (authenticate: ICredentialType['authenticate']): ICredentialType => ({
	name: 'shopApi',
	displayName: 'Shop API',
	properties: [],
	authenticate,
});
