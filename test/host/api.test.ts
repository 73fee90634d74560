/** The API that bookkeeping fetches from, in a real n8n, asked by a client that knows nothing but its OpenAPI document. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { INode, INodeParameters } from 'n8n-workflow';

import { fetchShop } from '../sandbox/webwinkelfacturen/fetchShop';
import { usePlayground } from './playground';

const playground = usePlayground();
const SECRET = randomBytes(24).toString('hex');
const CLIENT = 'webwinkelfacturen';

beforeAll(async () => {
	await playground.current.addCredential({ name: 'Sales API', type: 'salesApi', data: { clientId: CLIENT, clientSecret: SECRET } });
});

/** Activates an API for the shop and gives its address. */
async function activate(source: 'boekwinkeltjes' | 'stamhoofd' | 'topgeschenken', parameters: INodeParameters): Promise<string> {
	const { client, addWorkflow, platforms, host } = playground.current;
	const [{ type, name }] = platforms[source].credentials;
	const webhookId = randomUUID();
	const node = {
		id: 'api',
		name: 'Webwinkelfacturen API Trigger',
		type: 'n8n-nodes-dutch-commerce.webwinkelfacturenApiTrigger',
		typeVersion: 1,
		position: [0, 0],
		webhookId,
		parameters: { source, ...parameters },
		credentials: { salesApi: { id: '', name: 'Sales API' }, [type]: { id: '', name } },
	} as unknown as INode;
	const workflow = await addWorkflow({ name: `API ${source}`, nodes: [node], connections: {}, settings: { executionOrder: 'v1' } });
	await client.activate(workflow);
	const base = `${host.url}/webhook/${webhookId}`;
	for (let tries = 0; tries < 50 && (await fetch(base)).status === 404; tries++) await delay(200);
	return base;
}

const day = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
const DAY = 86_400_000;

describe('a bookshop under the margin scheme', () => {
	let base: string;
	let shop: Awaited<ReturnType<typeof fetchShop>>;
	const from = day(Date.now() - 2 * DAY);
	const to = day(Date.now());

	beforeAll(async () => {
		base = await activate('boekwinkeltjes', { regime: 'margin', sellerCountry: 'NL', goods: 'book', seller: { name: 'De Slegte' }, options: {}, api: {} });
		shop = await fetchShop(base, CLIENT, SECRET);
	});

	test('shows a page for people, and a document for software in which every field is described', async () => {
		const page = await fetch(base);
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
		const html = await page.text();
		expect(html).toContain('/oauth/token');
		expect(html).not.toContain('<script');
		const undescribed: string[] = [];
		const walk = (schema: unknown, at: string) => {
			const { properties = {}, items, description } = (schema ?? {}) as { properties?: Record<string, unknown>; items?: unknown; description?: string };
			if (at !== '' && !description) undescribed.push(at);
			for (const [name, one] of Object.entries(properties)) walk(one, `${at}.${name}`);
			if (items) walk(items, `${at}[]`);
		};
		const { paths } = shop.document as unknown as { paths: Record<string, { get?: { responses: Record<string, { content: Record<string, { schema: unknown }> }> } }> };
		for (const [path, { get }] of Object.entries(paths)) if (get) walk(get.responses[200].content['application/json'].schema, path);
		expect(undescribed).toEqual([]);
	});

	test('gives every sale of a period once, page by page, by id and by number, each adding up', async () => {
		const sales = await shop.sales(from, to, 7);
		const { orders } = playground.current.platforms.boekwinkeltjes.sandbox.state;
		const start = new Date(`${from}T00:00:00+01:00`).getTime();
		const wanted = orders.filter(({ date }) => new Date(`${date.replace(' ', 'T')}+01:00`).getTime() >= start);
		expect(sales.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => `boekwinkeltjes:${id}`).sort());
		expect(sales.map(({ issuedAt }) => issuedAt)).toEqual(sales.map(({ issuedAt }) => issuedAt).toSorted());
		const entries = await shop.book(from, to, 20);
		expect(entries.filter(({ result }) => result !== 'booked')).toEqual([]);
		const [one] = sales;
		expect((await shop.saleById(one.id))?.totals).toEqual(one.totals);
		expect((await shop.saleByNumber(one.number))?.id).toBe(one.id);
		expect(await shop.saleById('boekwinkeltjes:1')).toBeUndefined();
		expect(shop.violations).toEqual([]);
	});

	test('takes no token but its own, and no wrong secret', async () => {
		const token = async (body: Record<string, string>) => await fetch(`${base}/oauth/token`, { method: 'POST', body: new URLSearchParams(body) });
		const right = { grant_type: 'client_credentials', client_id: CLIENT, client_secret: SECRET };
		expect((await token({ ...right, client_secret: 'wrong' })).status).toBe(401);
		expect((await token({ ...right, grant_type: 'password' })).status).toBe(400);
		const { access_token: mine } = (await (await token(right)).json()) as { access_token: string };
		const [payload, signature] = mine.split('.');
		const ask = async (bearer: string) => (await fetch(`${base}/vat-rates`, { headers: { authorization: `Bearer ${bearer}` } })).status;
		expect(await ask(mine)).toBe(200);
		const longer = Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), exp: 9e9 })).toString('base64url');
		for (const wrong of [`${payload}.`, payload, `${longer}.${signature}`, `${mine}x`, '', 'a.b', `${mine}.${signature}`]) expect(await ask(wrong)).toBe(401);
		const other = await activate('boekwinkeltjes', { regime: 'private', sellerCountry: 'NL', seller: {}, options: {}, api: {} });
		const foreign = await fetch(`${other}/vat-rates`, { headers: { authorization: `Bearer ${mine}` } });
		expect(foreign.status).toBe(401);
		expect(JSON.stringify(await foreign.json())).not.toContain(SECRET);
	});
});

test('payments of an association that is not liable to VAT are fetched and booked', async () => {
	const base = await activate('stamhoofd', { regime: 'notLiable', sellerCountry: 'BE', seller: { name: 'Scouts Gent' }, options: {}, api: { leaveOutInvalid: true } });
	const shop = await fetchShop(base, CLIENT, SECRET);
	const entries = await shop.book(day(Date.now() - 3 * DAY), day(Date.now()), 50);
	expect(entries.length).toBeGreaterThan(0);
	expect(entries.filter(({ result }) => result !== 'booked')).toEqual([]);
	expect(shop.violations).toEqual([]);
});
