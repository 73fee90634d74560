import { signatureOf, startWebwinkelfacturen } from '../sandbox/webwinkelfacturen';
import { ENTITIES } from '../sandbox/webwinkelfacturen/entities';
import type { Entity, EntityName } from '../sandbox/webwinkelfacturen/entities';
import type { WebwinkelfacturenOptions, WebwinkelfacturenSandbox } from '../sandbox/webwinkelfacturen';

let sandbox: WebwinkelfacturenSandbox;
let token: string;

async function start(options: WebwinkelfacturenOptions = {}) {
	sandbox = await startWebwinkelfacturen(options);
	token = (await exchange(sandbox.authorize())).body.access_token;
}

afterEach(async () => {
	jest.restoreAllMocks();
	await sandbox.close();
});

async function answerOf(response: Response) {
	const text = await response.text();
	return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

async function askToken(fields: Record<string, string>) {
	const { id, secret } = sandbox.client;
	const body = new URLSearchParams({ type: 'external', client_id: id, client_secret: secret, ...fields });
	return await answerOf(await fetch(`${sandbox.url}/api/token`, { method: 'POST', body }));
}

const exchange = async (code: string) =>
	await askToken({ grant_type: 'authorization_code', code, redirect_url: sandbox.client.redirectUrl });

const refresh = async (refreshToken: string) => await askToken({ grant_type: 'refresh_token', refresh_token: refreshToken });

async function read(path: string, query: Record<string, string> = {}) {
	const url = `${sandbox.url}${path}?${new URLSearchParams(query).toString()}`;
	return await answerOf(await fetch(url, { headers: { authorization: `Bearer ${token}` } }));
}

async function add(name: EntityName, value: unknown, signature?: string) {
	const { api, add: path, field } = ENTITIES[name];
	const json = JSON.stringify(value);
	const body = new URLSearchParams({ [field]: json, signature: signature ?? signatureOf(sandbox.client.secret, json) });
	return await answerOf(
		await fetch(`${sandbox.url}/${api}/${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${token}` } }),
	);
}

const row = (more: object = {}) => ({
	referenceid: '112',
	name: 'Max Havelaar',
	quantity: 1,
	lineInclWithDiscount: 10.9,
	lineExclWithDiscount: 10,
	lineVatWithDiscount: 0.9,
	taxpercentage: 9,
	...more,
});

const customer = { customerid: 'k1', customernumber: 'K1', firstname: 'Anna', lastname: 'de Vries', isocountry: 'NL', email: 'anna@voorbeeld.example' };

const order = (id: string, more: object = {}) => ({
	orderid: id,
	ordernumber: `B${id}`,
	orderstatus: 'completed',
	orderdate: '2026-11-24 10:00:00',
	totalInclWithDiscount: 21.8,
	totalExclWithDiscount: 20,
	totalVatWithDiscount: 1.8,
	items: [row({ lineid: '1' })],
	shipping: [row({ shippingid: '1', name: 'Verzendkosten' })],
	customer,
	...more,
});

const period = { startdate: '2026-11-01', enddate: '2026-11-30' };

describe('logging in', () => {
	test('a person allows it on a page, and is sent on with a code that serves once', async () => {
		await start();
		const { id, redirectUrl } = sandbox.client;
		const query = new URLSearchParams({ response_type: 'code', client_id: id, redirect_url: redirectUrl }).toString();
		const page = await (await fetch(`${sandbox.url}/api/authorize?${query}`)).text();
		const link = /href="([^"]+)"/.exec(page)![1].replaceAll('&#38;', '&');
		const answer = await fetch(sandbox.url + link, { redirect: 'manual' });
		const location = new URL(answer.headers.get('location')!);
		expect([answer.status, location.origin + location.pathname]).toEqual([302, redirectUrl]);

		const first = await exchange(location.searchParams.get('code')!);
		expect(first.body).toEqual({
			access_token: expect.stringMatching(/./),
			refresh_token: expect.stringMatching(/./),
			token_type: 'Bearer',
			expires_in: 3600,
		});
		expect(await exchange(location.searchParams.get('code')!)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
	});

	test('each refresh gives a new pair, and its refresh token serves once', async () => {
		await start();
		const one = (await exchange(sandbox.authorize())).body;
		const two = (await refresh(one.refresh_token)).body;
		expect(two.refresh_token).not.toBe(one.refresh_token);
		expect(await refresh(one.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
		expect((await refresh(two.refresh_token)).status).toBe(200);
	});

	test.each([
		['another secret', { client_secret: 'nobody' }, 'invalid_client'],
		['another redirect address', { redirect_url: 'https://evil.example/' }, 'invalid_grant'],
		['no type', { type: '' }, 'invalid_request'],
	])('%s is refused', async (_, wrong, error) => {
		await start();
		const { redirectUrl } = sandbox.client;
		const fields = { grant_type: 'authorization_code', code: sandbox.authorize(), redirect_url: redirectUrl, ...wrong };
		expect(await askToken(fields)).toMatchObject({ status: 400, body: { error } });
	});

	test.each([
		['body' as const, 200],
		['status' as const, 401],
	])('a dead token is told in the %s', async (deadToken, status) => {
		await start({ deadToken });
		sandbox.expireTokens();
		expect(await read('/orderapi/listorders', period)).toMatchObject({ status, body: { errorcode: 401 } });
	});

	test('a token dies after its time', async () => {
		await start({ tokenLifetime: 60 });
		expect((await read('/taxapi/readtaxes')).body.data).toEqual([]);
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
		expect((await read('/taxapi/readtaxes')).body.errorcode).toBe(401);
	});
});

describe('signatures', () => {
	test('are made of the day in UTC, the secret and the value', () => {
		const day = Date.parse('2022-05-31T23:59:59Z');
		// By md5sum of the text that the manual spells out.
		expect(signatureOf('een-geheim', '{"orderid":100012510}', day)).toBe('f534c436babef1ad6485369b869a3cbe');
		expect(signatureOf('een-geheim', '', day)).toBe('5abb71cd669b03358943447ec1ec2c94');
	});

	test('a write without the right one is refused, also when it was right yesterday', async () => {
		await start();
		const json = JSON.stringify(order('1'));
		const yesterday = signatureOf(sandbox.client.secret, json, Date.now() - 86_400_000);
		expect(await add('order', order('1'), yesterday)).toMatchObject({ status: 403, body: { errorcode: 'SIGNATURE_INVALID' } });
		expect(sandbox.state.added).toEqual([]);
		expect((await add('order', order('1'))).status).toBe(200);
	});

	test('a read needs none, unless that is asked for', async () => {
		await start();
		const signature = signatureOf(sandbox.client.secret);
		expect((await read('/taxapi/readtaxes')).status).toBe(200);
		expect((await read('/taxapi/readtaxes', { signature: signature.replace(/./g, '0') })).status).toBe(200);
		sandbox.settings.signedReads = true;
		expect((await read('/taxapi/readtaxes')).status).toBe(403);
		expect((await read('/taxapi/readtaxes', { signature })).status).toBe(200);
	});
});

describe('answers', () => {
	test('that of an order is a list of one without its lines, with amounts as text', async () => {
		await start();
		const { body } = await add('order', order('112'));
		expect(body.message).toBe('Your data is inserted successfully');
		expect(body.data).toHaveLength(1);
		expect(body.data[0]).toMatchObject({
			orderid: '112',
			ordernumber: 'B112',
			orderdate: '2026-11-24 10:00:00',
			customerid: 'k1',
			totalInclWithDiscount: '21.8000',
			totalDiscountIncl: null,
			items: [],
			shipping: [{ name: 'Verzendkosten', taxpercentage: '9.0000', unitInclWithDiscount: null }],
			payment: [],
			fees: [],
			customer: { customerid: 'k1', orderid: '112', address2: null },
		});
	});

	test('those of other sales are objects, and no customer is false', async () => {
		await start();
		const totals = { totalInclWithDiscount: -21.8, totalExclWithDiscount: -20, totalVatWithDiscount: -1.8 };
		const refund = { refundid: '9', refundnumber: 'C9', refunddate: '2026-11-24', orderid: '112', ordernumber: 'B112', lines: [], ...totals };
		expect((await add('refund', refund)).body.data).toMatchObject({ refundid: '9', refunddate: '2026-11-24 00:00:00', items: [], customer: false });
		const receipt = { receiptid: '7', receiptnumber: 'R7', receiptdate: '2026-11-24', lines: [], totalInclWithDiscount: 0, totalExclWithDiscount: 0, totalVatWithDiscount: 0 };
		expect((await add('receipt', receipt)).body.data).toMatchObject({ receiptid: '7', lines: [], customer: false });
		expect((await read('/refundapi/readrefundbyid', { refundid: '9' })).body.data).toMatchObject({ refundid: '9', totalInclWithDiscount: '-21.8000' });
	});

	test('a tax may be sent as a fraction, and comes back both ways', async () => {
		await start();
		const tax = { taxid: '1', taxcode: 'VH', percentage: 0.21, title: 'Hoog', country: 'NL' };
		expect((await add('tax', [tax])).body.data).toEqual([
			{ taxid: '1', taxcode: 'VH', percentage_1: '0.2100', percentage_100: '21.0000', title: 'Hoog', description: null, country: 'NL' },
		]);
	});

	test.each([
		['false' as const, 200, false],
		['empty' as const, 200, []],
		['status' as const, 404, undefined],
	])('what is not there: %s', async (missing, status, data) => {
		await start({ missing });
		const answer = await read('/orderapi/readorderbyid', { orderid: '404' });
		expect([answer.status, answer.body.data]).toEqual([status, data]);
	});

	test('an error comes with its HTTP status, or under 200', async () => {
		await start();
		const wrong = order('1', { totalVatWithDiscount: 1.81 });
		const body = { error: 422, errorcode: 'ORD101_TOTALS_NOMATCH', errormessage: 'The sum of the ordertotals excl, incl and vat do not match' };
		expect(await add('order', wrong)).toMatchObject({ status: 422, body });
		sandbox.settings.errors = 'body';
		expect(await add('order', wrong)).toMatchObject({ status: 200, body });
		expect(sandbox.state.added).toEqual([]);
	});
});

describe('checks', () => {
	const tax = { taxid: '1', taxcode: 'VL', percentage: 9, title: 'Laag', country: 'NL' };

	test.each([
		['ORD102_TOTALDISCOUNTS_NOMATCH', 'order', order('1', { totalDiscountIncl: 2, totalDiscountExcl: 0 })],
		['TAX100_MISSING_FIELDS', 'tax', [{ ...tax, country: '' }]],
		['TAX105_NOT_UNIQUE', 'tax', [{ ...tax, percentage: 6 }]],
		['TAX110_DUPLICATE_PERC_CTRY', 'tax', [{ ...tax, taxid: '2', percentage: 0.09 }]],
	] as Array<[string, EntityName, unknown]>)('%s', async (errorcode, name, value) => {
		await start();
		await add('tax', [tax]);
		expect((await add(name, value)).body.errorcode).toBe(errorcode);
		expect(sandbox.state.added).toHaveLength(1);
	});

	test('the same percentage may stand once in each country', async () => {
		await start();
		await add('tax', [tax]);
		expect((await add('tax', [{ ...tax, taxid: '2', country: 'BE' }])).status).toBe(200);
	});

	test.each([true, false])('a closure that names an unknown category: added %s', async (closureAdds) => {
		await start({ closureAdds });
		const closure = {
			closureid: 'kassa:2026-11-24',
			closuredate: '2026-11-24',
			productcategories: [{ groupid: '1', lineExcl: 10, taxValue: 0.9, taxRate: 9 }],
			payments: [{ methodid: 'cash', total: 10.9 }],
		};
		expect((await add('closure', closure)).status).toBe(closureAdds ? 200 : 422);
		expect(sandbox.state.records.category).toHaveLength(closureAdds ? 1 : 0);
		expect(sandbox.state.records.closure).toHaveLength(closureAdds ? 1 : 0);
	});
});

describe('lists', () => {
	const idsOn = async (name: EntityName, page: number, count = 2) => {
		const { api, list, id, date } = ENTITIES[name] as Entity;
		const { body } = await read(`/${api}/${list}`, { ...(date && period), page: String(page), count: String(count) });
		return (body.data as Array<Record<string, string>>).map((record) => record[id]);
	};

	test('begin with the page that the vendor counts from', async () => {
		await start({ customers: 3 });
		for (const id of ['1', '2', '3']) await add('order', order(id, { customer: undefined }));
		expect([await idsOn('order', 0), await idsOn('order', 1), await idsOn('order', 2)]).toEqual([['1', '2'], ['3'], []]);
		expect([await idsOn('customer', 1), await idsOn('customer', 2)]).toEqual([['seed-0001', 'seed-0002'], ['seed-0003']]);
	});

	test('begin with page 1 everywhere, of which page 0 is the same', async () => {
		await start({ paging: 'zeroIsOne' });
		for (const id of ['1', '2', '3']) await add('order', order(id));
		expect([await idsOn('order', 0), await idsOn('order', 1), await idsOn('order', 2)]).toEqual([['1', '2'], ['1', '2'], ['3']]);
	});

	test('hold what belongs to the period, and no more in a page than allowed', async () => {
		await start({ mostPerPage: 1 });
		await add('order', order('1'));
		await add('order', order('2', { orderdate: '2026-12-01' }));
		expect(await idsOn('order', 0, 50)).toEqual(['1']);
		sandbox.settings.emptyList = 'absent';
		expect((await read('/orderapi/listorders', { ...period, page: '1' })).body).toEqual({ message: 'No result' });
	});

	test('lose what is deleted', async () => {
		await start();
		await add('order', order('a/b'));
		const url = `${sandbox.url}/orderapi/deleteorder/${encodeURIComponent('a/b')}`;
		const headers = { authorization: `Bearer ${token}` };
		expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(200);
		expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(404);
		expect(await idsOn('order', 0)).toEqual([]);
	});
});

describe('booking', () => {
	test('takes sales away, and leaves no more than their ids and days', async () => {
		await start();
		await add('order', order('1'));
		expect(sandbox.book()).toEqual([{ entity: 'order', id: '1', number: 'B1' }]);
		expect((await read('/orderapi/readorderbyid', { orderid: '1' })).body.data).toBe(false);
		expect(sandbox.state.remains).toEqual([{ orderid: '1', orderdate: '2026-11-24 10:00:00' }]);
		expect(sandbox.book()).toEqual([]);
	});

	test('is tried for three days where a VAT ID or the VAT of shipping is wrong', async () => {
		await start();
		const untaxed = row({ shippingid: '1', taxpercentage: undefined });
		await add('order', order('1', { customer: { ...customer, btwnr: 'unknown' } }));
		await add('order', order('2', { shipping: [untaxed] }));
		const now = Date.now();
		expect(sandbox.book(now + 71 * 3_600_000)).toEqual([]);
		expect(sandbox.state.refused.map(({ id, reason }) => [id, reason])).toEqual([
			['1', 'The VAT ID unknown is not valid'],
			['2', 'Shipping has no VAT rate'],
		]);
		expect(sandbox.state.records.order).toHaveLength(2);
		sandbox.book(now + 73 * 3_600_000);
		expect(sandbox.state.dropped.map(({ id }) => id)).toEqual(['1', '2']);
		expect(sandbox.state.records.order).toEqual([]);
		// What is wrong with the second is against the contract, too.
		expect(sandbox.violations).toHaveLength(1);
	});
});

test('faults hit before or after a sale was stored', async () => {
	await start();
	sandbox.faults.push({ kind: 'cutBefore' }, { kind: 'cutAfter' });
	await expect(add('order', order('1'))).rejects.toThrow();
	expect(sandbox.state.added).toEqual([]);
	await expect(add('order', order('1'))).rejects.toThrow();
	expect(sandbox.state.added).toHaveLength(2);
	expect(sandbox.state.added.map(({ entity }) => entity)).toEqual(['customer', 'order']);
});

test('a request outside the contract is noted', async () => {
	await start();
	await add('order', { ...order('1'), totalInclusive: 21.8 });
	await read('/orderapi/listorders');
	await read('/orderapi/searchorders');
	expect(sandbox.violations).toHaveLength(3);
	expect(sandbox.violations[0]).toContain('totalInclusive');
});
