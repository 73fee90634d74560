/** Webwinkelfacturen in a real n8n. */
import { randomBytes } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startWebwinkelfacturen } from '../../sandbox/webwinkelfacturen';
import type { HostedPlatform } from '../platforms';

export async function webwinkelfacturen() {
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
	const data = sandbox.credential();
	const credential = { name: 'Webwinkelfacturen', type: 'webwinkelfacturenApi', data };
	const wrongly = (wrong: string, change: ICredentialDataDecryptedObject, says: RegExp) => ({
		wrong,
		credential: { ...credential, name: `Webwinkelfacturen: ${wrong}`, data: { ...data, ...change } },
		says,
	});
	return {
		sandbox,
		credentials: [credential, { name: 'Sales API', type: 'salesApi', data: { clientId: 'webwinkelfacturen', clientSecret: randomBytes(24).toString('hex') } }],
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
