/** The API that bookkeeping fetches from, in a real n8n, asked by a client that knows nothing but its OpenAPI document. */
import { DateTime } from 'luxon';
import type { INodeParameters } from 'n8n-workflow';

import type { StoredWorkflow } from '../../scripts/lib/client';
import { addressOf, apiWorkflow, BOOKSHOP_STEPS, daysAgo, MARGIN, openApi, shopAt, soldSince, ZONE } from '../../scripts/lib/salesApi';
import type { ApiStep } from '../../scripts/lib/salesApi';
import { diceOf } from '../sandbox/seed';
import { refundOf } from '../sandbox/stamhoofd/seedBooks';
import type { FetchedSale, ShopClient } from '../sandbox/webwinkelfacturen/fetchShop';
import { IS_OLDER } from './older';
import { usePlayground } from './playground';

const playground = usePlayground();

async function add(source: string, parameters: INodeParameters, steps: ApiStep[] = []): Promise<StoredWorkflow> {
	return await playground.current.addWorkflow(apiWorkflow(playground.current, source, parameters, steps));
}

async function open(source: string, parameters: INodeParameters, steps: ApiStep[] = []): Promise<{ base: string; shop: ShopClient }> {
	const base = await openApi(playground.current, await add(source, parameters, steps));
	return { base, shop: await shopAt(base, playground.current.platforms) };
}

/** Status and code of what is refused, with a description for people. */
async function refused(answer: Promise<unknown>): Promise<[number, string]> {
	const { status, code, message } = (await answer.then(() => ({ status: 200, code: '', message: '' }), (error: unknown) => error)) as { status: number; code: string; message: string };
	if (status !== 200) expect(message.length).toBeGreaterThan(10);
	return [status, code];
}

describe('of a bookshop', () => {
	let workflow: StoredWorkflow;
	let base: string;
	let shop: ShopClient;

	beforeAll(async () => {
		workflow = await add('boekwinkeltjes', { ...MARGIN, api: { lookBackDays: 7 } });
		base = await openApi(playground.current, workflow);
		shop = await shopAt(base, playground.current.platforms);
	});

	afterEach(() => expect(shop.violations).toEqual([]));

	test('shows a page for people without any script', async () => {
		const page = await fetch(base);
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
		const html = await page.text();
		expect(html).toContain('/oauth/token');
		expect(html).not.toContain('<script');
	});

	test('gives each sale once over its pages, while sales come in and n8n is killed between two of them; the token stays good', async () => {
		const { orders } = playground.current.platforms.boekwinkeltjes.sandbox.state;
		const period = { from: daysAgo(6), to: daysAgo(0), limit: 5 };
		const wanted = soldSince(playground.current.platforms, period.from);
		const sales: FetchedSale[] = [];
		for (let cursor: string | undefined; ; ) {
			const { data, page } = await shop.get('sales', { ...period, cursor });
			sales.push(...(data as FetchedSale[]));
			if (!page?.next) break;
			cursor = page.next;
			orders.unshift({ ...orders[0], id: orders[0].id + 1, date: DateTime.now().setZone(ZONE).toFormat('yyyy-MM-dd HH:mm:ss') });
			if (sales.length > 5) continue;
			const token = shop.token();
			await playground.current.restart();
			base = await addressOf(playground.current, workflow);
			shop = await shopAt(base, playground.current.platforms, token);
			await shop.vatRates();
			expect(shop.token()).toBe(token);
		}
		const ids = sales.map(({ id }) => id);
		expect(wanted.length).toBeGreaterThan(15);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toEqual(expect.arrayContaining(wanted));
		expect(sales.map(({ issuedAt }) => issuedAt)).toEqual(sales.map(({ issuedAt }) => issuedAt).toSorted());
	});

	test('is found by ID and number; each sale is booked with its debtor and its book', async () => {
		const [one] = await shop.sales(daysAgo(2), daysAgo(0));
		expect((await shop.saleById(one.id))?.totals).toEqual(one.totals);
		expect((await shop.saleByNumber(one.number))?.id).toBe(one.id);
		expect(await shop.saleById('boekwinkeltjes:1')).toBeUndefined();
		const entries = await shop.book(daysAgo(2), daysAgo(0), 20);
		expect(entries.length).toBeGreaterThan(5);
		expect(entries.filter(({ result }) => result !== 'booked')).toEqual([]);
		expect((await shop.receipts(daysAgo(6), daysAgo(0))).every(({ totals }) => totals.due === 0)).toBe(true);
		for (const list of [shop.vatRates, shop.paymentMethods]) expect((await list()).length).toBeGreaterThan(0);
		await shop.categories();
	});

	test('says in its own form what it refuses, and how many requests are left', async () => {
		const codes: Array<[string, Record<string, string>, string]> = [
			['sales', {}, 'missing_parameter'],
			['sales', { from: 'yesterday', to: '2026-12-31' }, 'invalid_parameter'],
			['sales', { from: '2024-01-01', to: '2026-01-01' }, 'period_too_long'],
			['sales', { id: 'boekwinkeltjes:1', number: '1' }, 'unsupported_search'],
			['products', { ean: '1' }, 'unknown_parameter'],
		];
		for (const [name, query, code] of codes) {
			const before = shop.limits()!;
			expect([name, query, await refused(shop.ask(name, query))]).toEqual([name, query, [400, code]]);
			if (shop.limits()!.reset <= before.reset) expect(shop.limits()!.remaining).toBe(before.remaining - 1);
		}
		// What is not there n8n refuses itself.
		expect((await fetch(`${base}/invoices`)).status).toBe(404);
	});

	test('takes no token but its own, no wrong secret, and no flood of secrets', async () => {
		const { base: other } = await open('boekwinkeltjes', { ...MARGIN, api: {} });
		const { clientId, clientSecret } = playground.current.platforms.webwinkelfacturen.credentials.find(({ type }) => type === 'salesApi')!.data as Record<string, string>;
		const logIn = async (secret: string) => {
			const response = await fetch(`${other}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret }) });
			return { status: response.status, text: await response.text() };
		};
		const ask = async (bearer: string) => {
			const response = await fetch(`${other}/vat-rates`, { headers: { authorization: `Bearer ${bearer}` } });
			return { status: response.status, text: await response.text() };
		};
		const mine = (JSON.parse((await logIn(clientSecret)).text) as { access_token: string }).access_token;
		expect((await ask(mine)).status).toBe(200);
		const [payload, signature] = mine.split('.');
		for (const wrong of [shop.token()!, `${payload}.`, payload, `${mine}x`, '', 'a.b', `${payload}x.${signature}`]) {
			const { status, text } = await ask(wrong);
			expect([status, text.includes('"invalid_token"'), text.includes(clientSecret)]).toEqual([401, true, false]);
		}
		for (let tries = 0; tries < 20; tries++) expect((await logIn('wrong')).status).toBe(401);
		expect((await logIn(clientSecret)).status).toBe(429);
	});

	test('names the sale that cannot be booked, and what the shop says', async () => {
		const { state } = playground.current.platforms.boekwinkeltjes.sandbox;
		const { id, book } = state.orders.at(-5)!;
		const { price } = book;
		book.price = 10.005;
		expect(await refused(shop.saleById(`boekwinkeltjes:${id}`))).toEqual([400, 'document_invalid']);
		book.price = price;
		const { apiKey } = state;
		state.apiKey = 'another';
		expect(await refused(shop.saleById(`boekwinkeltjes:${state.orders.at(-6)!.id}`))).toEqual([400, 'shop_refused']);
		state.apiKey = apiKey;
	});
});

test('the nodes of a workflow answer, too, every list; where nothing is found it is empty, and where a node fails it says so', async () => {
	const { shop } = await open('workflow', {}, BOOKSHOP_STEPS);
	if (IS_OLDER) {
		expect(await refused(shop.sales(daysAgo(3), daysAgo(0)))).toEqual([400, 'workflow_failed']);
		return;
	}
	const sales = await shop.sales(daysAgo(3), daysAgo(0), 5);
	expect(sales.map(({ id }) => id).sort()).toEqual(soldSince(playground.current.platforms, daysAgo(3)));
	expect(shop.limits()!.limit).toBe(600);
	expect(await shop.sales('2019-01-01', '2019-01-31')).toEqual([]);
	const { book } = playground.current.platforms.boekwinkeltjes.sandbox.state.orders[1];
	const { price } = book;
	book.price = 10.005;
	expect(await refused(shop.sales(daysAgo(3), daysAgo(0)))).toEqual([400, 'document_invalid']);
	book.price = price;
	const entries = await shop.book(daysAgo(1), daysAgo(0));
	expect(entries.length).toBeGreaterThan(3);
	expect(entries.filter(({ result }) => result !== 'booked')).toEqual([]);
	for (const list of [shop.vatRates, shop.paymentMethods, shop.categories]) expect((await list()).length).toBeGreaterThan(0);
	const { apiKey } = playground.current.platforms.boekwinkeltjes.sandbox.state;
	playground.current.platforms.boekwinkeltjes.sandbox.state.apiKey = 'another';
	expect(await refused(shop.sales(daysAgo(3), daysAgo(0)))).toEqual([400, 'workflow_failed']);
	playground.current.platforms.boekwinkeltjes.sandbox.state.apiKey = apiKey;
	expect(shop.violations).toEqual([]);
});

test('payments and refunds of an association that is not liable to VAT are fetched and booked', async () => {
	const { payments } = playground.current.platforms.stamhoofd.sandbox.state;
	const paid = payments.findLast(({ status, price }) => status === 'Succeeded' && price > 500)!;
	payments.push(refundOf(paid, 250, diceOf(7), Date.now() - 60_000));
	const { shop } = await open('stamhoofd', { regime: 'notLiable', sellerCountry: 'BE', seller: { name: 'Scouts Gent' }, options: {}, api: {} });
	const entries = await shop.book(daysAgo(3), daysAgo(0), 50);
	expect(entries.length).toBeGreaterThan(3);
	expect(entries.filter(({ gross }) => gross < 0).map(({ gross }) => gross)).toEqual([-250]);
	expect(entries.filter(({ result }) => result !== 'booked')).toEqual([]);
	expect(shop.violations).toEqual([]);
});

test('gifts that an office has bought are fetched and booked; a shop that is busy says when to ask again', async () => {
	const { sandbox } = playground.current.platforms.topgeschenken;
	const { shop } = await open('topgeschenken', { unit: 'euro', regime: 'standard', sellerCountry: 'NL', goods: 'gift', seller: { name: 'Kantoor' }, options: {}, api: {} });
	const entries = await shop.book(daysAgo(1), daysAgo(0), 50);
	expect(entries.length).toBeGreaterThan(10);
	expect(entries.filter(({ result }) => result !== 'booked')).toEqual([]);
	sandbox.faults.push({ kind: 'status', status: 429, times: 100, headers: { 'retry-after': '86400' }, body: { message: 'Too many requests' } });
	const refusal = (await shop.ask('sales', { from: daysAgo(30), to: daysAgo(29) }).catch((error: unknown) => error)) as { status: number; code: string; headers: Headers };
	expect([refusal.status, refusal.code]).toEqual([400, 'shop_busy']);
	expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
	sandbox.faults.splice(0);
	expect(shop.violations).toEqual([]);
});
