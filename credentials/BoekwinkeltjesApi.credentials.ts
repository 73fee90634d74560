import type {
	IAuthenticate,
	Icon,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { ROUTES } from '../nodes/Boekwinkeltjes/paths';
import { sign } from '../nodes/Boekwinkeltjes/sign';

/** A function, because n8n cannot evaluate an expression for a poll any more once another poll of the workflow has ended. */
const authenticate: IAuthenticate = async (credentials, request) => ({
	...request,
	headers: { ...request.headers, ...sign(credentials) },
});

/** A key for one shop, sent as header, tested by the node. */
export class BoekwinkeltjesApi implements ICredentialType {
	name = 'boekwinkeltjesApi';

	displayName = 'Boekwinkeltjes API';

	documentationUrl = 'https://github.com/n8n-nodes-dutch-commerce/n8n-nodes-dutch-commerce/blob/main/docs/boekwinkeltjes.md#the-credential';

	icon: Icon = {
		light: 'file:../nodes/Boekwinkeltjes/boekwinkeltjes.svg',
		dark: 'file:../nodes/Boekwinkeltjes/boekwinkeltjes.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Ask the customer service (klantenservice) of Boekwinkeltjes for one',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Live', value: 'live' },
				{ name: 'Sandbox (Zandbak)', value: 'sandbox' },
				{ name: 'Own Base URL', value: 'custom' },
			],
			default: 'live',
			description: 'In the sandbox of Boekwinkeltjes nothing is really sold; it has a key of its own',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://www.boekwinkeltjes.nl/webservice/v1',
			displayOptions: { show: { environment: ['custom'] } },
			description: 'Address of the API, up to and with its version',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0.1, numberPrecision: 1 },
			default: 3,
			description:
				'How fast the node may go at most. Boekwinkeltjes does not publish its limit; if it still says "too many requests", the node waits and repeats.',
		},
		{
			displayName: 'Payment Status Field',
			name: 'paymentStatusField',
			type: 'options',
			options: [
				{ name: 'As Documented: idealPaymentStatus', value: 'idealPaymentStatus' },
				{ name: 'As Seen Live: onlinePaymentStatus', value: 'onlinePaymentStatus' },
			],
			default: 'idealPaymentStatus',
			description:
				'By which name the payment status of an order is changed. Both are understood when reading. Choose the other one if a change has no effect.',
		},
		{
			displayName: 'Other Paths',
			name: 'pathOverrides',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Path',
			default: {},
			description:
				'Only if customer service tells you another path than the node uses. Some paths were never published and are inferred.',
			options: [
				{
					displayName: 'Path',
					name: 'paths',
					values: [
						{
							displayName: 'Operation',
							name: 'operation',
							type: 'options',
							options: Object.entries(ROUTES).map(([name, { route }]) => ({ name: `${name} (${route})`, value: name })),
							default: 'payment.refund',
						},
						{
							displayName: 'Path',
							name: 'path',
							type: 'string',
							default: '',
							placeholder: 'e.g. POST /payments/{id}/refund',
							description: 'What follows the base URL, with the ID in braces; the method in front of it may be left out',
						},
					],
				},
			],
		},
	];

	authenticate = authenticate;
}
