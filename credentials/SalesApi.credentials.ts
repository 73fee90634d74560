import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** What bookkeeping logs in with at the API that the Webwinkelfacturen API Trigger offers; it is checked here, and sent nowhere. */
export class SalesApi implements ICredentialType {
	name = 'salesApi';

	displayName = 'Sales API';

	documentationUrl = 'https://github.com/n8n-nodes-dutch-commerce/n8n-nodes-dutch-commerce/blob/main/docs/bookkeeping.md#the-api-that-bookkeeping-fetches-from';

	icon: Icon = {
		light: 'file:../nodes/Webwinkelfacturen/webwinkelfacturen.svg',
		dark: 'file:../nodes/Webwinkelfacturen/webwinkelfacturen.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: 'webwinkelfacturen',
			required: true,
			description: 'A name of your choice, which you give to Webwinkelfacturen',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'At least 32 characters that nobody can guess; whoever has them can read your sales. A new secret ends the access of whoever has the old one.',
		},
	];
}
