import type { IDataObject } from 'n8n-workflow';

import { startSandbox } from '../sandbox/api';
import { byId, ids, input, json, pairs, UNKNOWN_ID, useTopgeschenken, uuids } from './topgeschenken';

const list = (resource: string, more: object = {}) => ({ resource, operation: 'getAll', returnAll: true, ...more });

describe('lists', () => {
	const bench = useTopgeschenken();

	test.each([
		['assortment', () => bench.sandbox.state.assortments],
		['cart', () => bench.sandbox.state.carts],
		['company', () => bench.sandbox.state.companies],
		['customer', () => bench.sandbox.state.customers],
		['order', () => bench.sandbox.state.orders],
		['product', () => bench.sandbox.state.products],
		['productGroup', () => bench.sandbox.state.productGroups],
	])('%s: Get Many gives all of them once, in the order of the API', async (resource, all) => {
		const result = await bench.run(list(resource));
		expect(result.error).toBeUndefined();
		expect(ids(json(result))).toEqual(uuids(all()));
		expect(new Set(pairs(result.items))).toEqual(new Set([0]));
	});

	test('a limit asks for no more than it needs', async () => {
		const result = await bench.run({ resource: 'order', operation: 'getAll', returnAll: false, limit: 120 });
		expect(ids(json(result))).toEqual(uuids(bench.sandbox.state.orders.slice(0, 120)));
		expect(bench.requests().map(({ query }) => [query.page, query.page_items])).toEqual([
			[undefined, '100'],
			['2', '100'],
		]);
	});

	test('a small limit is asked for as it is', async () => {
		const result = await bench.run({ resource: 'order', operation: 'getAll', returnAll: false, limit: 7 });
		expect(result.items).toHaveLength(7);
		expect(bench.requests().map(({ query }) => query.page_items)).toEqual(['7']);
	});

	test('Read in One Request asks once for the whole list', async () => {
		const result = await bench.run(list('order', { options: { readAtOnce: true } }));
		expect(result.items).toHaveLength(250);
		expect(bench.requests().map(({ query }) => query)).toEqual([{ pagination: 'false' }]);
	});

	test('every filter of orders is sent by its meaning, dates with their offset', async () => {
		const { productGroups, orders } = bench.sandbox.state;
		const filters = {
			autoOrder: false,
			createdSince: '2026-01-01T00:00:00',
			deliveryFrom: '2026-01-02',
			deliveryUntil: '2027-06-30',
			forceManual: true,
			productGroups: productGroups[0].uuid,
			search: ' Anna ',
			sites: 'topgeschenken,topbloemen',
			status: 'completed',
			updatedBetweenFrom: '2026-01-01T00:00:00Z',
			updatedBetweenUntil: '2027-01-01T00:00:00+01:00',
			updatedSince: '2026-01-01T10:00:00',
			updatedUntil: '1-2-2027',
			uuids: orders[0].uuid,
		};
		await bench.run(list('order', { filters }));
		const [{ query }] = bench.requests();
		expect(query).toMatchObject({
			auto_order: 'false',
			force_manual: 'true',
			product_groups: productGroups[0].uuid,
			search: 'Anna',
			sites: 'topgeschenken,topbloemen',
			status: 'completed',
			uuids: orders[0].uuid,
			updated_between_from: expect.stringMatching(/^2026-01-01T00:00:00(Z|\+00:00)$|^2025-12-31T19:00:00-05:00$/),
		});
		expect(query.delivery_until).toBe('2027-06-30T23:59:59+02:00');
		for (const name of ['created_since', 'delivery_from', 'updated_between_until', 'updated_since', 'updated_until']) {
			expect(query[name]).toMatch(/^20\d\d-\d\d-\d\dT\d\d:00:00(Z|[+-]\d\d:00)$/);
		}
	});

	test('Get Totals adds up what orders cost and the VAT in it, in all, by month and by status', async () => {
		const { orders } = bench.sandbox.state;
		const totals = async (parameters: object) => json(await bench.run({ resource: 'order', operation: 'getTotals', ...parameters }));
		const records = json(await bench.run(list('order')));
		const sum = (some: IDataObject[], name: string) => some.reduce((total, one) => total + Math.round(Number(one[name]) * 100), 0) / 100;
		const wanted = (some: IDataObject[]) => ({ orders: some.length, totalPrice: sum(some, 'totalPrice'), totalPriceIncl: sum(some, 'totalPriceIncl') });
		const [whole] = await totals({});
		expect(whole).toEqual({ ...wanted(records), vatAmount: expect.closeTo(sum(records, 'totalPriceIncl') - sum(records, 'totalPrice'), 4) });
		const byMonth = await totals({ split: 'month' });
		expect(byMonth.length).toBeGreaterThan(1);
		for (const row of byMonth) expect(row).toMatchObject(wanted(records.filter(({ deliveryDate }) => String(deliveryDate).startsWith(String(row.month)))));
		const byStatus = await totals({ split: 'status', filters: { status: orders[0].status } });
		expect(byStatus.map(({ status }) => status)).toEqual([orders[0].status]);
		expect(await totals({ filters: { deliveryFrom: '2050-01-01' } })).toEqual([{ orders: 0, totalPrice: 0, vatAmount: 0, totalPriceIncl: 0 }]);
	});

	test('filters filter', async () => {
		const { orders, productGroups } = bench.sandbox.state;
		const result = await bench.run(list('order', { filters: { status: 'new', productGroups: productGroups[2].uuid } }));
		const wanted = orders.filter(
			({ status, lines }) => status === 'new' && lines.some(({ product }) => product.group === productGroups[2]),
		);
		expect(wanted.length).toBeGreaterThan(0);
		expect(ids(json(result))).toEqual(uuids(wanted));
	});

	test('orders of a day are found by that day, from its first to its last hour', async () => {
		const { orders } = bench.sandbox.state;
		const day = orders[40].deliveryDate.slice(0, 10);
		const wanted = orders.filter(({ deliveryDate }) => deliveryDate.startsWith(day));
		const result = await bench.run(list('order', { filters: { deliveryFrom: day, deliveryUntil: day } }));
		expect(wanted.length).toBeGreaterThan(0);
		expect(ids(json(result))).toEqual(uuids(wanted));
	});

	test('IDs to filter by may be typed as people do, or be URLs', async () => {
		const [one, other] = bench.sandbox.state.orders;
		const given = `${one.uuid}, https://api.topgeschenken.nl/api/v1/order/orders/${other.uuid}/ ,`;
		const result = await bench.run(list('order', { filters: { uuids: given } }));
		expect(bench.requests()[0].query.uuids).toBe(`${one.uuid},${other.uuid}`);
		expect(ids(json(result))).toEqual([one.uuid, other.uuid]);
	});

	test('a date that is none is said before anything is sent', async () => {
		const { error } = await bench.run(list('order', { filters: { createdSince: 'yesterday' } }));
		expect(error?.message).toBe('Created After "yesterday" is not a date: write it as 31-12-2026 or 2026-12-31, with a time as 2026-12-31 14:30');
		expect(bench.requests()).toEqual([]);
	});

	test('names come in the language of the credential, or of the node', async () => {
		const [{ title }] = bench.sandbox.state.products;
		expect(json(await bench.run(list('product')))[0].title).toBe(title.nl);
		expect(json(await bench.run(list('product', { options: { language: 'en_US' } })))[0].title).toBe(title.en);
		expect([...new Set(bench.requests().map(({ headers }) => headers['accept-language']))]).toEqual(['nl_NL', 'en_US']);
	});

	test('Simplify off gives the record as it came', async () => {
		const [record] = json(await bench.run(list('cart', { simplify: false })));
		expect(record).toMatchObject({ '@type': 'Cart', uuid: bench.sandbox.state.carts[0].uuid, cartSecret: '' });
	});

	test('customers and companies are found under the other of the two documented paths', async () => {
		bench.sandbox.settings.relationPath = '/relation';
		const result = await bench.run(list('company'));
		expect(ids(json(result))).toEqual(uuids(bench.sandbox.state.companies));
		expect(bench.requests().map(({ path }) => path)).toEqual(['/api/v1/catalog/relation/companies', '/api/v1/relation/companies']);
		const { uuid } = bench.sandbox.state.customers[0];
		const one = await bench.run({ resource: 'customer', operation: 'get', customerId: uuid });
		expect(json(one)).toEqual([expect.objectContaining({ id: uuid, birthday: expect.any(String) })]);
	});
});

describe.each([
	{ prefixed: true, view: true, total: true },
	{ prefixed: true, view: false, total: true },
	{ prefixed: true, view: true, total: false },
	{ prefixed: true, view: false, total: false },
	{ prefixed: false, view: true, total: true },
	{ prefixed: false, view: false, total: true },
	{ prefixed: false, view: true, total: false },
])('paging with $prefixed prefix, $view view, $total total', (dialect) => {
	const bench = useTopgeschenken({ ...dialect, mostPerPage: 40 });

	test('Return All gives every order once, in order', async () => {
		const result = await bench.run(list('order'));
		expect(ids(json(result))).toEqual(uuids(bench.sandbox.state.orders));
	});

	test('a limit beyond the first page', async () => {
		const result = await bench.run({ resource: 'order', operation: 'getAll', returnAll: false, limit: 90 });
		expect(ids(json(result))).toEqual(uuids(bench.sandbox.state.orders.slice(0, 90)));
	});
});

describe('a list that shifts while it is read', () => {
	const bench = useTopgeschenken({ mostPerPage: 20 });

	/** Calls `change` once, before the given page is answered. */
	function shiftBefore(page: string, change: () => void) {
		let done = false;
		bench.sandbox.settings.beforePage = (_, { query }) => {
			if (done || query.page !== page) return;
			done = true;
			change();
		};
	}

	test.each(['2', '5', '12'])('an order deleted before page %s hides none of those that stay', async (page) => {
		const { orders } = bench.sandbox.state;
		shiftBefore(page, () => orders.splice(3, 1));
		const gone = orders[3].uuid;
		const found = ids(json(await bench.run(list('order'))));
		expect(found).toEqual(expect.arrayContaining(uuids(orders)));
		expect(new Set(found).size).toBe(found.length);
		expect(found.length - orders.length).toBe(found.includes(gone) ? 1 : 0);
	});

	test('a new order at the top gives none twice', async () => {
		const { orders, uuid } = bench.sandbox.state;
		const before = uuids(orders);
		shiftBefore('4', () => orders.unshift({ ...orders[0], uuid: uuid(), updatedAt: Date.now(), createdAt: Date.now() }));
		const found = ids(json(await bench.run(list('order'))));
		expect(found).toEqual(expect.arrayContaining(before));
		expect(new Set(found).size).toBe(found.length);
	});

	test('one gone and one new, so that the length stays, still loses none', async () => {
		const { orders, uuid } = bench.sandbox.state;
		shiftBefore('6', () => {
			orders.splice(2, 1);
			orders.push({ ...orders[0], uuid: uuid(), createdAt: Date.now(), updatedAt: Date.now() });
		});
		const found = ids(json(await bench.run(list('order'))));
		expect(found).toEqual(expect.arrayContaining(uuids(orders)));
		expect(new Set(found).size).toBe(found.length);
	});

	test('a list that stands still is read once, with one small question whether it did', async () => {
		await bench.run(list('order'));
		const queries = bench.requests().map(({ query }) => query);
		expect(queries).toHaveLength(14);
		expect(queries.at(-1)).toMatchObject({ page_items: '1', updated_since: expect.any(String) });
	});
});

describe('links', () => {
	const bench = useTopgeschenken({ mostPerPage: 30 });

	test('one to another origin is not followed, and the list is complete all the same', async () => {
		const elsewhere = await startSandbox({ contract: { openapi: '3.1.0', info: { title: '', version: '' }, paths: {} }, handlers: {}, notFound: () => ({ status: 404 }) });
		bench.sandbox.settings.linkOrigin = elsewhere.url;
		for (const total of [true, false]) {
			bench.sandbox.settings.total = total;
			const result = await bench.run(list('order'));
			expect(ids(json(result))).toEqual(uuids(bench.sandbox.state.orders));
		}
		expect(elsewhere.requests).toEqual([]);
		await elsewhere.close();
	});

	test('one to another origin that must be followed is refused', async () => {
		const link = 'https://elsewhere.example/api/v1/order/orders?cursor=abc';
		bench.sandbox.faults.push({
			kind: 'status',
			status: 200,
			when: ({ path }) => path === '/api/v1/order/orders',
			body: { 'hydra:member': [{ uuid: UNKNOWN_ID }], 'hydra:view': { 'hydra:next': link } },
		});
		const { error } = await bench.run(list('order'));
		expect(error?.message).toMatch(/pointed to another address \(elsewhere\.example\): nothing was sent there/);
	});
});

describe('Get', () => {
	const bench = useTopgeschenken();

	test.each([
		['assortment', 'assortmentId', () => bench.sandbox.state.assortments[1].uuid],
		['cart', 'cartId', () => bench.sandbox.state.carts[1].uuid],
		['company', 'companyId', () => bench.sandbox.state.companies[1].uuid],
		['customer', 'customerId', () => bench.sandbox.state.customers[1].uuid],
		['order', 'orderId', () => bench.sandbox.state.orders[1].uuid],
		['product', 'productId', () => bench.sandbox.state.products[1].uuid],
		['productGroup', 'productGroupId', () => bench.sandbox.state.productGroups[1].uuid],
	])('%s by its ID, by its path and by its URL', async (resource, field, uuidOf) => {
		const uuid = uuidOf();
		const known = json(await bench.run(list(resource, { simplify: false }))).find((record) => record.uuid === uuid)!;
		const path = String(known['@id']);
		const value = '={{ $json.id }}';
		const result = await bench.run(
			{ resource, operation: 'get', [field]: byId(value) },
			{ items: input({ id: uuid }, { id: path }, { id: `https://api.topgeschenken.nl${path}/` }, { id: ` ${uuid.toUpperCase()} ` }) },
		);
		expect(result.error).toBeUndefined();
		expect(ids(json(result))).toEqual([uuid, uuid, uuid, uuid]);
		expect(pairs(result.items)).toEqual([0, 1, 2, 3]);
	});

	test.each([
		['', /^Order is empty: fill it in/],
		[`/api/v1/order/carts/${UNKNOWN_ID}`, /is the address of something else/],
		[`../carts/${UNKNOWN_ID}`, /is the address of something else/],
	])('the ID "%s" never becomes a request', async (id, message) => {
		const parameters = { resource: 'order', operation: 'get', orderId: byId('={{ $json.id }}') };
		const { error } = await bench.run(parameters, { items: input({ id }) });
		expect(error?.message).toMatch(message);
		expect(bench.requests()).toEqual([]);
	});

	test('an unknown ID fails its own item, which keeps its input', async () => {
		const { uuid } = bench.sandbox.state.orders[0];
		const result = await bench.run(
			{ resource: 'order', operation: 'get', orderId: byId('={{ $json.id }}') },
			{ items: input({ id: UNKNOWN_ID, name: 'x' }, { id: uuid }), onError: 'continueRegularOutput' },
		);
		expect(json(result)).toEqual([
			{ id: UNKNOWN_ID, name: 'x', error: `There is no order with the ID ${UNKNOWN_ID}: check the ID`, details: 'Not Found' },
			expect.objectContaining({ id: uuid, orderNumber: expect.any(String) }),
		]);
		expect(pairs(result.items)).toEqual([0, 1]);
	});

	test.each([
		['assortment', 'assortmentId', `There is no assortment with the ID ${UNKNOWN_ID}: check the ID`],
		['cart', 'cartId', `There is no open cart with the ID ${UNKNOWN_ID}: check the ID, and look with Order > Get Many for one that was finalized`],
		['company', 'companyId', `There is no company with the ID ${UNKNOWN_ID}: check the ID`],
		['customer', 'customerId', `There is no customer with the ID ${UNKNOWN_ID}: check the ID`],
		['product', 'productId', `There is no product with the ID ${UNKNOWN_ID}: check the ID`],
		['productGroup', 'productGroupId', `There is no product group with the ID ${UNKNOWN_ID}: check the ID`],
	])('an unknown %s is named', async (resource, field, message) => {
		const { error } = await bench.run({ resource, operation: 'get', [field]: byId(UNKNOWN_ID) });
		expect(error?.message).toBe(message);
	});

	test('an order has its address, its lines with card texts and its VAT by percentage', async () => {
		const order = bench.sandbox.state.orders.find(({ lines }) => lines[0].children.length > 0 && lines[0].product.vat === 9)!;
		const [record] = json(await bench.run({ resource: 'order', operation: 'get', orderId: byId(order.uuid) }));
		expect(record).toMatchObject({
			recipient: order.deliveryAddress.attn,
			postcode: order.deliveryAddress.postcode,
			orderCollectionId: order.collection.uuid,
			cardText: order.lines.flatMap(({ children }) => children.map(({ text }) => text)).join('\n'),
		});
		expect(record.lines).toContain(`${order.lines[0].quantity} × `);
		expect(Object.keys(record).filter((name) => /^vat\d/.test(name))).toEqual(['vat9', 'vat9Base', 'vat21', 'vat21Base']);
		expect(Number(record.vat9) + Number(record.vat21)).toBeCloseTo(Number(record.vatAmount), 4);
		expect(record.vatAmount).toBeCloseTo(Number(record.totalPriceIncl) - Number(record.totalPrice), 1);
		expect(Number(record.vat9Base) + Number(record.vat21Base)).toBeCloseTo(Number(record.totalPrice), 2);
	});

	test('its lines are items of their own, each with what the order says', async () => {
		const order = bench.sandbox.state.orders.find(({ lines }) => lines.length > 1)!;
		const records = json(await bench.run({ resource: 'order', operation: 'getLines', orderId: byId(order.uuid) }));
		expect(records.map(({ productId }) => productId)).toEqual(order.lines.map(({ product }) => product.uuid));
		expect(new Set(records.map(({ recipient }) => recipient))).toEqual(new Set([order.deliveryAddress.attn]));
	});

	test('an order is found by its number, and a name that nothing has is said', async () => {
		const [order] = bench.sandbox.state.orders;
		const [{ orderNumber }] = json(await bench.run({ resource: 'order', operation: 'get', orderId: byId(order.uuid) }));
		const found = json(await bench.run({ resource: 'order', operation: 'get', orderId: { __rl: true, mode: 'name', value: String(orderNumber) } as never }));
		expect(ids(found)).toEqual([order.uuid]);
		const { error } = await bench.run({ resource: 'order', operation: 'get', orderId: byId('={{ "12" }}') });
		expect(error?.message).toBe('"12" is not the number of any order: check it, or choose the order from the list');
	});

	test('the secret of a cart stays out unless Simplify is off', async () => {
		const cartId = byId(bench.sandbox.state.carts[0].uuid);
		const [simple] = json(await bench.run({ resource: 'cart', operation: 'get', cartId }));
		const [raw] = json(await bench.run({ resource: 'cart', operation: 'get', cartId, simplify: false }));
		expect(simple).not.toHaveProperty('cartSecret');
		expect(raw).toHaveProperty('cartSecret');
	});
});

describe('Follow References', () => {
	const bench = useTopgeschenken();

	test('each thing is fetched once, however many items name it', async () => {
		const { carts, company } = bench.sandbox.state;
		const result = await bench.run(
			{
				resource: 'cart',
				operation: 'get',
				cartId: byId('={{ $json.id }}'),
				options: { followReferences: ['address', 'company', 'product'] },
			},
			{ items: input(...carts.map(({ uuid }) => ({ id: uuid }))) },
		);
		expect(result.error).toBeUndefined();
		expect(json(result)[0]).toMatchObject({
			companyId: company.uuid,
			companyName: company.name,
			companyChamberOfCommerceNumber: company.chamberOfCommerceNumber,
			invoiceAddressStreet: company.address.street,
			orders: expect.stringContaining(carts[0].orders[0].deliveryAddress.attn),
		});
		const followed = bench.requests().map(({ path }) => path).filter((path) => !path.includes('/order/carts/'));
		expect(followed.length).toBeGreaterThan(10);
		expect(new Set(followed).size).toBe(followed.length);
	});

	test('the next run fetches it again', async () => {
		const { uuid } = bench.sandbox.state.orders[0];
		const parameters = { resource: 'order', operation: 'get', orderId: byId(uuid), options: { followReferences: ['product'] } };
		await bench.run(parameters);
		const once = bench.requests().length;
		await bench.run(parameters);
		expect(bench.requests()).toHaveLength(2 * once);
	});

	test('what is gone stays an ID', async () => {
		const { carts, addresses } = bench.sandbox.state;
		addresses.splice(0);
		const cartId = byId(carts[0].uuid);
		const [record] = json(await bench.run({ resource: 'cart', operation: 'get', cartId, options: { followReferences: ['address'] } }));
		expect(record.invoiceAddressId).toBe(carts[0].invoiceAddress.uuid);
	});
});

describe('failures of reads', () => {
	const bench = useTopgeschenken();

	test.each([
		['a cut connection', { kind: 'cutBefore' as const }],
		['half an answer', { kind: 'truncated' as const }],
		['a web page', { kind: 'html' as const }],
		['an empty answer', { kind: 'empty' as const }],
		['maintenance', { kind: 'status' as const, status: 503 }],
	])('%s is passed by asking again', async (_, fault) => {
		bench.sandbox.faults.push({ ...fault, when: ({ path }) => path.endsWith('/orders') });
		const result = await bench.run({ resource: 'order', operation: 'getAll', returnAll: false, limit: 5 });
		expect(result.items).toHaveLength(5);
		expect(bench.requests()).toHaveLength(2);
	});
});
