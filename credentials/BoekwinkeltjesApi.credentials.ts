import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { BASE_URLS, ROUTES } from '../nodes/Boekwinkeltjes/paths';

const REFUSED = 'Boekwinkeltjes does not accept this API key: check it, and that it belongs to the chosen environment';
const UNKNOWN = 'There is no Boekwinkeltjes API at this address: check the environment and the base URL';
const BUSY = 'Boekwinkeltjes gets too many requests at the moment: test again later';
const BROKEN = 'Boekwinkeltjes has a problem on its side: test again later';

/** The meaning of a status, which comes as HTTP status or inside an answer with HTTP 200. */
const MEANINGS: Array<[status: number, message: string]> = [
	[401, REFUSED],
	[403, REFUSED],
	[404, UNKNOWN],
	[405, UNKNOWN],
	[429, BUSY],
	[500, BROKEN],
	[502, BROKEN],
	[503, BROKEN],
];

/** A function, because n8n cannot evaluate an expression for a poll any more once another poll of the workflow has ended. */
const authenticate: IAuthenticate = async ({ apiKey }, request) => ({
	...request,
	headers: { ...request.headers, 'api-key': String(apiKey) },
});

/** A key for one shop, sent as header. */
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
				{ name: 'idealPaymentStatus (Documented)', value: 'idealPaymentStatus' },
				{ name: 'onlinePaymentStatus (Seen Live)', value: 'onlinePaymentStatus' },
			],
			default: 'idealPaymentStatus',
			description:
				'By which name the payment status of an order is changed. Both are understood when reading. Choose the other one if a change has no effect.',
		},
		{
			displayName: 'Path Overrides',
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

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ (${JSON.stringify(BASE_URLS)})[$credentials.environment] || $credentials.baseUrl.trim().replace(/\\/+$/, "") }}`,
			// The settings would do as well, but the vendor's document does not have them.
			url: '={{ ((($credentials.pathOverrides || {}).paths || []).find((one) => one.operation === "book.getAll") || { path: "/books" }).path.trim().replace(/^[A-Z]+ +/, "") }}',
			qs: { page: 1 },
			json: true,
			disableFollowRedirect: true,
		},
		// n8n takes both kinds of rules in one list; its type does not.
		rules: MEANINGS.flatMap(([value, message]) => [
			{ type: 'responseCode', properties: { value, message } },
			{ type: 'responseSuccessBody', properties: { key: 'status', value, message } },
		]) as unknown as ICredentialTestRequest['rules'],
	};
}
