import type {
	IAuthenticate,
	Icon,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { sign } from '../nodes/Stamhoofd/sign';

/** A function, because n8n cannot evaluate an expression for a poll any more once another poll of the workflow has ended. */
const authenticate: IAuthenticate = async (credentials, request) => ({
	...request,
	headers: { ...request.headers, ...sign(credentials) },
});

/** A bearer key for one organization of Stamhoofd, tested by the node. */
export class StamhoofdApi implements ICredentialType {
	name = 'stamhoofdApi';

	displayName = 'Stamhoofd API';

	documentationUrl = 'https://github.com/n8n-nodes-dutch-commerce/n8n-nodes-dutch-commerce/blob/main/docs/stamhoofd.md#credential';

	icon: Icon = { light: 'file:../nodes/Stamhoofd/stamhoofd.svg', dark: 'file:../nodes/Stamhoofd/stamhoofd.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 634d549b-862e-4a5e-852d-3d4a9814e22d',
			description:
				'The ID of your organization (vereniging). Do you not know it? The Stamhoofd node finds it by name without a credential: Organization > Search.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Make one in Stamhoofd under Settings > Experiments > API keys (Instellingen > Experimenten > API-keys). Give it the right to manage transfers (Overschrijvingen beheren) for payments, rights on webshops for orders, full access for everything. The Stamhoofd node says what a key may do: API Key > Get Rights.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{ name: 'Current (411)', value: '411' },
				{ name: 'Current, Without Refunds and Payouts (398)', value: '398' },
				{ name: 'First Manual (191)', value: '191' },
				{ name: 'Other', value: 'custom' },
			],
			default: '411',
			description:
				'Keep Current unless Stamhoofd answers that it does not know it: a server takes a higher number than its own. First Manual has payments, orders and webshops only.',
		},
		{
			displayName: 'Version Number',
			name: 'customApiVersion',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 411,
			displayOptions: { show: { apiVersion: ['custom'] } },
			description: 'Number that stands after the v in the addresses of the API, for example 250',
		},
		{
			displayName: 'Rate Limits',
			name: 'rateLimitTier',
			type: 'options',
			options: [
				{ name: 'Standard (2000 Requests a Day)', value: 'standard' },
				{ name: 'Raised (14 400 Requests a Day)', value: 'raised' },
				{ name: 'High (18 000 Requests a Day)', value: 'high' },
				{ name: 'None (a Server of Your Own)', value: 'none' },
			],
			default: 'standard',
			description: 'Which limits Stamhoofd has set for your organization; Standard unless they told you otherwise',
		},
		{
			displayName: 'Longest Wait (Minutes)',
			name: 'longestWait',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			description:
				'How long a workflow may stand still when the limit is used up. After that, the remaining items fail and say when there is room again.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://{organizationId}.api.stamhoofd.app',
			description: 'Only for a test server or a server of your own. The version is added to it.',
		},
	];

	authenticate = authenticate;
}
