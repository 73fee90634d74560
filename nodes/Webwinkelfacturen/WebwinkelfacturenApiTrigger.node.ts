import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
} from 'n8n-workflow';

import { boekwinkeltjesApiTest } from '../Boekwinkeltjes/credentialTest';
import { stamhoofdApiTest } from '../Stamhoofd/credentialTest';
import { apiFields, properties } from './api/fields';
import { RESOURCES } from './api/question';
import { serve } from './api/serve';
import { LEAST_SECRET } from './api/token';

export class WebwinkelfacturenApiTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Webwinkelfacturen API Trigger',
		name: 'webwinkelfacturenApiTrigger',
		icon: { light: 'file:webwinkelfacturen.svg', dark: 'file:webwinkelfacturen.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["source"] }}',
		description: 'An API from which Webwinkelfacturen fetches the sales of your shop: choose the shop, set the VAT, activate',
		eventTriggerDescription: 'Waiting for bookkeeping to ask',
		activationMessage: 'Webwinkelfacturen can fetch from the address of this node now.',
		defaults: { name: 'Webwinkelfacturen API Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'salesApi', required: true, testedBy: 'salesApiTest' },
			{
				name: 'boekwinkeltjesApi',
				required: true,
				testedBy: 'boekwinkeltjesApiTest',
				displayOptions: { show: { source: ['boekwinkeltjes'] } },
			},
			{
				name: 'stamhoofdApi',
				required: true,
				testedBy: 'stamhoofdApiTest',
				displayOptions: { show: { source: ['stamhoofd'] } },
			},
			{ name: 'topgeschenkenApi', required: true, displayOptions: { show: { source: ['topgeschenken'] } } },
		],
		// Where the node has answered itself, n8n starts no workflow, or waits for no answer of it.
		webhooks: [
			{
				name: 'default',
				httpMethod: 'GET',
				responseMode: 'responseNode',
				path: '',
				isFullPath: true,
			},
			...['openapi.json', ...RESOURCES].map((path) => ({
				name: 'default' as const,
				httpMethod: 'GET' as const,
				responseMode: 'responseNode',
				path,
				isFullPath: false,
				ndvHideUrl: true,
			})),
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'oauth/token',
				isFullPath: false,
				ndvHideUrl: true,
			},
		],
		properties,
	};

	methods = {
		credentialTest: {
			boekwinkeltjesApiTest,
			stamhoofdApiTest,
			/** Nothing is asked of anybody: what counts is that nobody can guess it. */
			async salesApiTest(this: ICredentialTestFunctions, { data }: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
				const { clientId, clientSecret } = { ...data } as { clientId?: unknown; clientSecret?: unknown };
				if (String(clientId ?? '').trim() === '') return await Promise.resolve({ status: 'Error', message: 'Fill in a client ID' });
				const { length } = String(clientSecret ?? '');
				return length < LEAST_SECRET
					? { status: 'Error', message: `The client secret has ${length} characters: make it at least ${LEAST_SECRET}, at random` }
					: { status: 'OK', message: 'The client ID and the secret can be given to Webwinkelfacturen' };
			},
		},
	};

	webhookMethods = {
		default: {
			checkExists: async () => await Promise.resolve(true),
			create: async () => await Promise.resolve(true),
			delete: async () => await Promise.resolve(true),
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await serve(this, this.getNode().webhookId ?? '', () => apiFields(this));
	}
}
