/** What each platform needs to be tried in a real n8n: its sandbox, its credentials, a list of it. A further platform is one entry. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Credential } from '../../scripts/lib/client';
import type { Fault, Sandbox } from '../sandbox/api';
import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import { startStamhoofd } from '../sandbox/stamhoofd';
import { startTopgeschenken } from '../sandbox/topgeschenken';
import { startWebwinkelfacturen } from '../sandbox/webwinkelfacturen';

export interface HostedPlatform<S extends Sandbox = Sandbox> {
	sandbox: S;
	/** Those that the examples name. */
	credentials: Credential[];
	/** Credentials that do not work, and what n8n's Test button has to say of each. */
	badCredentials: Array<{ wrong: string; credential: Credential; says: RegExp }>;
	/** The node's searches of fields with a list, each with a text that finds exactly one thing. */
	searches: Array<{ method: string; search: string; finds: { name?: string; value: string } }>;
	/** Address that n8n's own HTTP Request node can get with the first credential, and a part of its answer. */
	httpRequest: { url: string; answer: IDataObject };
	/** The node with a list of several pages, how many items that has, and how the API says that a limit is used up. */
	list: { type: string; parameters: INodeParameters; count: number; tooMany: Fault };
}

interface Options {
	/** Whether a service that states how many requests it allows a day keeps to that. */
	limits: boolean;
}

async function stamhoofd({ limits }: Options) {
	const sandbox = await startStamhoofd({ line: 'current', limits, payments: 2500 });
	const { organization, keys, payments, webshops } = sandbox.state;
	const quiz = webshops.find(({ name }) => name === 'Quizavond')!;
	const structured = payments.find(({ communication }) => communication?.startsWith('+++'))!;
	const data = {
		organizationId: organization.id,
		apiKey: keys.full,
		apiVersion: '411',
		customApiVersion: 411,
		rateLimitTier: limits ? 'standard' : 'none',
		longestWait: 60,
		baseUrl: `${sandbox.url}/{organizationId}`,
	};
	const credential = { name: 'Stamhoofd', type: 'stamhoofdApi', data };
	const wrongly = (wrong: string, change: Partial<typeof data>, says: RegExp) => ({
		wrong,
		credential: { ...credential, name: `Stamhoofd: ${wrong}`, data: { ...data, ...change } },
		says,
	});
	return {
		sandbox,
		credentials: [credential],
		badCredentials: [
			wrongly('unknown key', { apiKey: 'nobody' }, /does not know this API key/),
			wrongly('key without rights', { apiKey: keys.nothing }, /has no right at all/),
			wrongly('nobody at this address', { baseUrl: 'http://127.0.0.1:1' }, /cannot be reached at 127\.0\.0\.1:1/),
			wrongly('no organization ID', { organizationId: 'evil.example/', baseUrl: '' }, /organization ID in the credential is none/),
			wrongly('a base URL with a password', { baseUrl: 'http://me:secret@127.0.0.1:1' }, /holds a user name or a password/),
			wrongly('unknown organization', { organizationId: '00000000-0000-4000-8000-000000000000' }, /does not know the organization ID/),
			wrongly('old version', { apiVersion: 'custom', customApiVersion: 300 }, /no longer accepts API version 300/),
		],
		searches: [
			{ method: 'searchWebshops', search: 'quiz', finds: { name: quiz.name, value: quiz.id } },
			{ method: 'searchPayments', search: structured.communication!, finds: { value: structured.id } },
		],
		httpRequest: { url: `${sandbox.url}/v411/payments/count`, answer: { count: payments.length } },
		list: {
			type: 'n8n-nodes-dutch-commerce.stamhoofd',
			parameters: { resource: 'payment', operation: 'getAll', returnAll: true },
			count: payments.length,
			tooMany: {
				kind: 'status',
				status: 429,
				body: { errors: [{ id: '1', code: 'rate_limit', message: 'Rate limit exceeded. Retry after 1s.' }] },
			},
		},
	} satisfies HostedPlatform;
}

async function boekwinkeltjes() {
	const sandbox = await startBoekwinkeltjes({ repeatsLastPage: true });
	const { apiKey, orders, books, settings, payments, parcels } = sandbox.state;
	// Somebody who gave no e-mail address.
	orders.findLast(({ status, paymentStatus }) => status === 'wait_for_payment' && paymentStatus === 'open')!.buyer.email = '';
	const data = {
		apiKey,
		environment: 'custom',
		baseUrl: sandbox.baseUrl,
		requestsPerSecond: 100,
		paymentStatusField: 'idealPaymentStatus',
		pathOverrides: { paths: [{ operation: 'book.getAll', path: 'GET /books' }] },
	};
	const credential = { name: 'Boekwinkeltjes', type: 'boekwinkeltjesApi', data };
	const wrongly = (wrong: string, change: Partial<typeof data>, says: RegExp) => ({
		wrong,
		credential: { ...credential, name: `Boekwinkeltjes: ${wrong}`, data: { ...data, ...change } },
		says,
	});
	return {
		sandbox,
		credentials: [credential],
		badCredentials: [
			wrongly('unknown key', { apiKey: 'nobody' }, /does not accept this API key/),
			wrongly('wrong address', { baseUrl: `${sandbox.url}/webservice/v9` }, /no Boekwinkeltjes API at this address/),
		],
		searches: [
			{ method: 'searchBooks', search: String(books[7].bookNumber), finds: { value: String(books[7].id) } },
			{ method: 'searchOrders', search: String(orders[3].id), finds: { value: String(orders[3].id) } },
			{ method: 'searchPayments', search: `#${payments[30].id}`, finds: { value: String(payments[30].id) } },
			{ method: 'searchPackages', search: parcels[3].packageID, finds: { value: parcels[3].packageID } },
		],
		httpRequest: { url: `${sandbox.baseUrl}/settings`, answer: { status: 200, data: settings as IDataObject } },
		list: {
			type: 'n8n-nodes-dutch-commerce.boekwinkeltjes',
			parameters: { resource: 'order', operation: 'getAll', returnAll: true },
			count: orders.length,
			tooMany: { kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: { status: 429, message: 'Te veel verzoeken' } },
		},
	} satisfies HostedPlatform;
}

async function topgeschenken() {
	const sandbox = await startTopgeschenken();
	const { assortments, carts, companies, customers, orders, productGroups, products } = sandbox.state;
	const nameOf = ({ firstName, lastName }: (typeof customers)[number]) => `${firstName} ${lastName}`;
	const colleague = customers.find((one) => customers.every((other) => other === one || nameOf(other) !== nameOf(one)))!;
	const { company, anonymous } = sandbox.clients;
	const data = {
		clientId: company.id,
		clientSecret: company.secret,
		language: 'nl_NL',
		requestsAtATime: 8,
		baseUrl: sandbox.url,
	};
	const credential = { name: 'Topgeschenken', type: 'topgeschenkenApi', data };
	const wrongly = (wrong: string, change: Partial<typeof data>, says: RegExp) => ({
		wrong,
		credential: { ...credential, name: `Topgeschenken: ${wrong}`, data: { ...data, ...change } },
		says,
	});
	return {
		sandbox,
		credentials: [credential],
		badCredentials: [
			wrongly('wrong secret', { clientSecret: 'nobody' }, /does not accept the client ID or the client secret/),
			wrongly('no company', { clientId: anonymous.id, clientSecret: anonymous.secret }, /the token is anonymous/),
			wrongly('wrong address', { baseUrl: `${sandbox.url}/elsewhere` }, /gave no access token/),
		],
		searches: [
			{ method: 'searchProducts', search: products[4].sku, finds: { value: products[4].uuid } },
			{ method: 'searchOrders', search: orders[7].orderNumber, finds: { value: orders[7].uuid } },
			{ method: 'searchCompanies', search: companies[2].name, finds: { name: companies[2].name, value: companies[2].uuid } },
			{ method: 'searchCarts', search: carts[3].uuid, finds: { value: carts[3].uuid } },
			{ method: 'searchAssortments', search: assortments[2].name, finds: { name: assortments[2].name, value: assortments[2].uuid } },
			{ method: 'searchCustomers', search: nameOf(colleague), finds: { name: nameOf(colleague), value: colleague.uuid } },
			{ method: 'searchProductGroups', search: productGroups[6].name, finds: { name: productGroups[6].name, value: productGroups[6].uuid } },
		],
		httpRequest: { url: `${sandbox.url}/api/v1/order/orders/${orders[9].uuid}`, answer: { uuid: orders[9].uuid } },
		list: {
			type: 'n8n-nodes-dutch-commerce.topgeschenken',
			parameters: { resource: 'order', operation: 'getAll', returnAll: true },
			count: orders.length,
			tooMany: { kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: { message: 'Too many requests' } },
		},
	} satisfies HostedPlatform;
}

async function webwinkelfacturen() {
	const sandbox = await startWebwinkelfacturen({ customers: 250 });
	// One that the bookkeeping package refuses, and that will be dropped before long.
	sandbox.state.records.order.push({
		at: Date.now() - 60 * 3_600_000,
		sent: {
			...{ orderid: 'boekwinkeltjes:3999', ordernumber: '3999', orderdate: new Date(Date.now() - 60 * 3_600_000).toISOString().slice(0, 10) },
			...{ orderstatus: 'completed', paymentstatus: 'paid', currency: 'EUR', items: [] },
			...{ totalInclWithDiscount: 25, totalExclWithDiscount: 22.94, totalVatWithDiscount: 2.06 },
			customer: { customerid: 'seed-0001', btwnr: 'NL12' },
		},
	});
	const { id: clientId, secret: clientSecret, redirectUrl } = sandbox.client;
	const data = {
		clientId,
		clientSecret,
		redirectUrl,
		authorizationCode: sandbox.authorize(),
		requestsAtATime: 4,
		baseUrl: sandbox.url,
		accessToken: '',
		refreshToken: '',
		usedCode: '',
	};
	const credential = { name: 'Webwinkelfacturen', type: 'webwinkelfacturenApi', data };
	const wrongly = (wrong: string, change: Partial<typeof data>, says: RegExp) => ({
		wrong,
		credential: { ...credential, name: `Webwinkelfacturen: ${wrong}`, data: { ...data, ...change } },
		says,
	});
	return {
		sandbox,
		credentials: [credential],
		badCredentials: [
			wrongly('wrong secret', { clientSecret: 'nobody' }, /does not accept the client ID or the client secret/),
			wrongly('nobody has logged in', { authorizationCode: '' }, /has to be asked first: open http:.*\/api\/authorize\?response_type=code/),
			wrongly('wrong code', { authorizationCode: 'used' }, /does not accept the authorization code/),
			wrongly('wrong address', { baseUrl: 'http://127.0.0.1:1' }, /cannot be reached at 127\.0\.0\.1:1/),
		],
		searches: [],
		httpRequest: { url: `${sandbox.url}/customerapi/readcustomerbyid?customerid=seed-0001`, answer: { data: { customerid: 'seed-0001' } } },
		list: {
			type: 'n8n-nodes-dutch-commerce.webwinkelfacturen',
			parameters: { resource: 'customer', operation: 'getAll', returnAll: true },
			count: 250,
			tooMany: { kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: { error: 429, errormessage: 'Too many requests' } },
		},
	} satisfies HostedPlatform;
}

const PLATFORMS = { boekwinkeltjes, stamhoofd, topgeschenken, webwinkelfacturen };

export const PLATFORM_NAMES = Object.keys(PLATFORMS) as Array<keyof typeof PLATFORMS>;

export type Platforms = { [Name in keyof typeof PLATFORMS]: Awaited<ReturnType<(typeof PLATFORMS)[Name]>> };

/** All sandboxes, by the name of their platform. */
export async function startPlatforms(options: Options = { limits: true }): Promise<Platforms> {
	const started = Object.entries(PLATFORMS).map(async ([name, start]) => [name, await start(options)] as const);
	return Object.fromEntries(await Promise.all(started)) as Platforms;
}
