/** What the API says of itself: an OpenAPI document for software, a page for people. */
import type { IDataObject } from 'n8n-workflow';

import { saleDocument } from '../../bookkeeping/document';
import { list, number, object, orNull, text, word } from '../../bookkeeping/shape';
import type { JsonSchema, Shape } from '../../bookkeeping/shape';
import { REQUESTS_A_MINUTE } from './limits';
import { parametersOf, RESOURCES } from './question';
import type { ResourceName } from './question';

const percentage = (description: string) => number(description, 'SD07', 'number', 'a percentage', () => true);
const cents = (description: string) => number(`${description}, in cents`, 'SD13', 'integer', 'whole cents', Number.isSafeInteger);

const customer = (saleDocument.schema.properties!.customer);

const product = object('A product that was sold', {
	id: text("The shop's ID of it"),
	sku: orNull(text('Article number')),
	description: text('What it is'),
	categoryId: orNull(text('ID of its category')),
	price: orNull(cents('Price with VAT')),
	vatRate: percentage('Percentage of VAT'),
	vatCategory: text('Category of VAT, as in EN 16931'),
});

const vatRate = object('A rate of VAT that is in force', {
	id: text('Country and percentage'),
	country: text('Country, two capitals'),
	rate: percentage('Percentage'),
	from: text('First day on which it holds'),
});

const named = (what: string) => object(what, { id: text('ID'), name: text('Name') });

const RECORDS: Record<ResourceName, { what: string; schema: JsonSchema }> = {
	sales: { what: 'Sales and credit notes with lines, VAT and payments', schema: saleDocument.schema },
	receipts: { what: 'Sales that are paid in full, for the closure of a day', schema: saleDocument.schema },
	customers: { what: 'Debtors of the last days', schema: customer },
	products: { what: 'Products that were sold in the last days', schema: product.schema },
	'vat-rates': { what: 'Rates of VAT in force', schema: vatRate.schema },
	'payment-methods': { what: 'Ways in which was paid', schema: named('A way to pay').schema },
	categories: { what: 'Categories of what was sold', schema: named('A category').schema },
};

const finding = object('What is wrong with a document', {
	code: text('SD and a number'),
	path: text('Where'),
	expected: orNull(text('What it should be')),
	actual: orNull(text('What it is')),
	text: text('A sentence'),
});

const loose = ({ schema }: Shape<unknown>): JsonSchema => ({ ...schema, properties: { ...schema.properties, expected: { type: ['string', 'number', 'null'], description: 'What it should be' }, actual: { type: ['string', 'number', 'null'], description: 'What it is' } } });

const CODES = [
	...['missing_parameter', 'invalid_parameter', 'unknown_parameter', 'period_too_long', 'unsupported_search', 'unknown_path', 'document_invalid'],
	...['shop_refused', 'shop_busy', 'workflow_failed', 'invalid_client', 'invalid_token', 'too_many_requests'],
];

const failure: JsonSchema = {
	type: 'object',
	description: 'Why there is no answer',
	required: ['success', 'error'],
	properties: {
		success: { type: 'boolean', description: 'Always false' },
		error: {
			type: 'object',
			description: 'What is wrong',
			required: ['code', 'description', 'field', 'requestId'],
			properties: {
				code: word('For software', CODES).schema,
				description: text('A sentence for people').schema,
				field: { type: ['string', 'null'], description: 'The parameter that is wrong' },
				requestId: text('For a question about this answer').schema,
				details: { type: 'array', description: 'The findings of a document that does not add up', items: loose(finding) },
			},
		},
		error_description: { type: 'string', description: 'The sentence again, where OAuth clients look for it' },
	},
};

const page = object('Where this page stands in the list', {
	limit: number('How many a page has', '', 'integer', 'a number', Number.isInteger),
	count: number('How many this page has', '', 'integer', 'a number', Number.isInteger),
	next: orNull(text('cursor of the next page; null on the last one')),
});

function successOf(resource: ResourceName): JsonSchema {
	const { what, schema } = RECORDS[resource];
	return {
		type: 'object',
		description: what,
		required: ['success', 'data', 'page'],
		properties: { success: { type: 'boolean', description: 'Always true' }, data: { ...list(what, { schema, read: () => undefined }).schema }, page: page.schema },
	};
}

const headers = {
	'RateLimit-Limit': { description: 'Requests a minute', schema: { type: 'integer' } },
	'RateLimit-Remaining': { description: 'Requests left in this minute', schema: { type: 'integer' } },
	'RateLimit-Reset': { description: 'Seconds until the next minute', schema: { type: 'integer' } },
};

const json = (schema: unknown, example?: unknown) => ({ 'application/json': { schema, ...(example === undefined ? {} : { example }) } });

const refusal = (description: string) => ({ description, headers, content: json({ $ref: '#/components/schemas/Failure' }) });

function pathOf(resource: ResourceName) {
	const { what } = RECORDS[resource];
	return {
		get: {
			operationId: resource,
			summary: what,
			security: [{ login: [] }],
			parameters: parametersOf(resource).map(({ name, description, schema, example }) => ({ name, in: 'query', required: false, description, schema, example })),
			responses: {
				200: { description: what, headers, content: json(successOf(resource)) },
				400: refusal('It is not answered, and the description says why'),
				401: refusal('The access token is missing, wrong or has ended'),
				429: refusal(`More than ${REQUESTS_A_MINUTE} requests a minute`),
			},
		},
	};
}

const token = {
	post: {
		operationId: 'token',
		summary: 'Log in: an access token for one hour',
		description: 'The client may also stand in an Authorization header (Basic).',
		security: [],
		requestBody: {
			required: true,
			content: {
				'application/x-www-form-urlencoded': {
					schema: {
						type: 'object',
						required: ['grant_type', 'client_id', 'client_secret'],
						properties: {
							grant_type: { type: 'string', description: 'Always client_credentials', enum: ['client_credentials'] },
							client_id: { type: 'string', description: 'The client ID that the shop has given you' },
							client_secret: { type: 'string', description: 'The secret that goes with it' },
						},
					},
					example: { grant_type: 'client_credentials', client_id: 'webwinkelfacturen', client_secret: 'the secret that the shop has given you' },
				},
			},
		},
		responses: {
			200: {
				description: 'The token',
				content: json({
					type: 'object',
					required: ['access_token', 'token_type', 'expires_in'],
					properties: {
						access_token: { type: 'string', description: 'Goes into the header Authorization: Bearer …' },
						token_type: { type: 'string', description: 'Always Bearer' },
						expires_in: { type: 'integer', description: 'Seconds' },
					},
				}),
			},
			400: refusal('The request cannot be read'),
			401: refusal('The client ID or the secret is wrong'),
			429: refusal('Too many wrong secrets'),
		},
	},
};

/** @param base address of the API without a trailing slash */
export function openApi(base: string): IDataObject {
	return {
		openapi: '3.1.0',
		info: {
			title: 'Sales API',
			version: '1.0.0',
			description: `The sales of a shop for its bookkeeping. Amounts are whole cents. At most ${REQUESTS_A_MINUTE} requests a minute for each process of n8n that answers. What n8n itself refuses (an unknown path or method, a body that is not JSON) has the form that n8n gives it.`,
		},
		servers: [{ url: base }],
		paths: { '/oauth/token': token, ...Object.fromEntries(RESOURCES.map((resource) => [`/${resource}`, pathOf(resource)])) },
		components: {
			schemas: { Failure: failure },
			securitySchemes: { login: { type: 'oauth2', description: 'Client credentials', flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: {} } } } },
		},
	} as unknown as IDataObject;
}

const escaped = (value: string) => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** For whoever connects bookkeeping with the shop; without any script. */
export function pageForPeople(base: string): string {
	const at = escaped(base);
	const row = (resource: ResourceName) =>
		`<tr><td><code>GET /${resource}</code></td><td>${escaped(RECORDS[resource].what)}</td><td>${parametersOf(resource).map(({ name }) => `<code>${name}</code>`).join(' ')}</td></tr>`;
	const insecure = base.startsWith('https://') ? '' : '<p class="warn"><strong>This address is not secure:</strong> put n8n behind https before you hand it on.</p>';
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sales API</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}code,pre{background:#f4f4f4;padding:.1rem .3rem}pre{padding:1rem;overflow:auto}.warn{border-left:4px solid #c00;padding-left:1rem}</style></head><body><h1>Sales API</h1><p>The sales of this shop for its bookkeeping, over HTTPS and JSON. The description for software is <a href="${at}/openapi.json">openapi.json</a>.</p>${insecure}<h2>1. Log in</h2><pre>curl -X POST ${at}/oauth/token \\
  -d grant_type=client_credentials -d client_id=ID -d client_secret=SECRET</pre><p>The answer has an <code>access_token</code> that serves for one hour.</p><h2>2. Ask</h2><pre>curl -H "Authorization: Bearer TOKEN" \\
  "${at}/sales?from=2026-11-01&amp;to=2026-11-30"</pre><table><tr><th>Request</th><th>What comes</th><th>Parameters</th></tr>${RESOURCES.map(row).join('')}</table><h2>3. Read</h2><p>An answer is <code>{ "success": true, "data": [ … ], "page": { "limit", "count", "next" } }</code>. Where <code>next</code> is not null, ask again with it as <code>cursor</code>. What cannot be answered is HTTP 400 with <code>{ "success": false, "error": { "code", "description", "field", "requestId" } }</code>; a missing token is 401, too many requests 429. Every answer tells in <code>RateLimit-Remaining</code> how many requests are left of ${REQUESTS_A_MINUTE} a minute. An ID never changes.</p></body></html>`;
}
