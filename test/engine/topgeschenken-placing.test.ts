import { randomUUID } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import { address, byId, gift, input, json, mapped, MAPPED_AUTOMATICALLY, pairs, payer, TOMORROW, UNKNOWN_ID, useTopgeschenken, uuids } from './topgeschenken';

const bench = useTopgeschenken();

const NO_NAME = 'Delivery Address: Recipient Name is empty: fill it in, or check the expression that gives it';

const place = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'orderCollection',
	operation: 'place',
	dryRun: false,
	...payer,
	...gift(bench.sandbox),
	...more,
});

const finalize = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'cart',
	operation: 'finalize',
	dryRun: false,
	cartId: byId('={{ $json.id }}'),
	...more,
});

const fullCarts = () => bench.sandbox.state.carts.filter(({ orders }) => orders.length > 0);

/** The recipients of what was placed, in order. */
const recipients = () =>
	bench.sandbox.state.placements.flatMap(({ body }) =>
		(body as { orders: Array<{ deliveryAddress: { attn: string } }> }).orders.map(({ deliveryAddress }) => deliveryAddress.attn),
	);

const perItem = { deliveryAddress: { address: { ...address, attn: '={{ $json.name }}' } } };
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `Person ${index}` }));

describe('Gift Order: Place', () => {
	test('one collection for each item, with its card, in the form that the manual shows', async () => {
		const result = await bench.run(place(perItem), { items: input(...people(3)) });
		expect(result.error).toBeUndefined();
		expect(pairs(result.items)).toEqual([0, 1, 2]);
		expect(json(result).map(({ number }) => number)).toEqual(['20000001', '20000002', '20000003']);
		expect(json(result)[0]).toMatchObject({ orderNumber: '20000001-0001', orderStatus: 'new' });
		expect(recipients()).toEqual(['Person 0', 'Person 1', 'Person 2']);
		const [{ body }] = bench.sandbox.state.placements;
		expect(body).toEqual({
			requestedPaymentMethod: 'invoice',
			contactEmail: 'hr@voorbeeld.example',
			invoiceAddress: { ...address, attn: 'Crediteuren', numberAddition: '', postcode: '3511AB' },
			orders: [
				{
					deliveryDate: expect.stringMatching(new RegExp(`^${TOMORROW}T00:00:00\\+0[12]:00$`)),
					deliveryAddress: { ...address, attn: 'Person 0', postcode: '3511AB' },
					pickupAddress: null,
					deliveryRemark: null,
					lines: [
						{
							product: expect.stringMatching(/^[0-9a-f-]{36}$/),
							quantity: 1,
							children: [{ product: expect.stringMatching(/^[0-9a-f-]{36}$/), quantity: 1, metadata: { text: 'Gefeliciteerd!', is_card: true } }],
						},
					],
				},
			],
		});
	});

	test('all items as the orders of one collection', async () => {
		const result = await bench.run(place({ ...perItem, grouping: 'together' }), { items: input(...people(50)) });
		expect(result.error).toBeUndefined();
		expect(bench.sandbox.state.placements).toHaveLength(1);
		expect(recipients()).toEqual(people(50).map(({ name }) => name));
		expect(new Set(json(result).map(({ number }) => number))).toEqual(new Set(['20000001']));
		expect(json(result).map(({ orderNumber }) => orderNumber)).toEqual(
			people(50).map((_, index) => `20000001-${String(index + 1).padStart(4, '0')}`),
		);
		expect(pairs(result.items)).toEqual(people(50).map((_, index) => index));
	});

	test('what is wrong with one order of a common collection names its item', async () => {
		const body = { violations: [{ propertyPath: 'orders[1].deliveryDate', message: 'Too busy.' }] };
		bench.sandbox.faults.push({ kind: 'status', status: 422, body, when: ({ path }) => path.endsWith('order-collections') });
		const result = await bench.run(place({ ...perItem, grouping: 'together' }), {
			items: input({ name: 'Anna' }, { name: '' }, { name: 'Bram' }),
			onError: 'continueRegularOutput',
		});
		const refused = 'Topgeschenken refused this, so correct it and run again: orders[1] (item 2).deliveryDate: Too busy.';
		expect(json(result).map(({ error }) => error)).toEqual([refused, NO_NAME, refused]);
		expect(json(result)[2].details).toBe('orders[1] (item 2).deliveryDate: Too busy.');
	});

	test('a product is looked up once, however many items want it', async () => {
		await bench.run(place(perItem), { items: input(...people(20)) });
		expect(bench.requests('GET')).toHaveLength(2);
		expect(bench.requests('POST')).toHaveLength(20);
	});

	test('one faulty item keeps all from being sent, and all faults of all items are said at once', async () => {
		const items = input(
			{ name: 'Anna', date: TOMORROW, postcode: '1011 AB', quantity: 1 },
			{ name: '', date: '2020-01-01', postcode: '101', quantity: 0 },
			{ name: 'Bram', date: 'soon', postcode: '9000', quantity: 1.5 },
		);
		const { state } = bench.sandbox;
		const parameters = place({
			deliveryDate: '={{ $json.date }}',
			deliveryAddress: { address: { ...address, attn: '={{ $json.name }}', postcode: '={{ $json.postcode }}' } },
			lines: { line: [{ productId: byId(state.products[0].uuid), quantity: '={{ $json.quantity }}', cardText: 'x' }] },
		});
		const { error } = await bench.run(parameters, { items });
		expect(error?.message).toBe(
			'3 of the 3 items cannot be sent as they are, so nothing was sent: correct what the details say and run again',
		);
		expect(error?.description?.split('\n')).toEqual([
			'Item 0: Line 1: Card Text needs a card to be written on: choose it under Card',
			'Item 1: Delivery Date 2020-01-01 is in the past: choose a day from today on; ' +
				`${NO_NAME}; ` +
				'Delivery Address: Recipient Postcode "101" is not a postcode of NL: write it as 1000 AA; ' +
				'Line 1: Quantity "0" is outside what is allowed: write a value of 1 or more; ' +
				'Line 1: Card Text needs a card to be written on: choose it under Card',
			'Item 2: Delivery Date "soon" is not a date: write it as 31-12-2026 or 2026-12-31, with a time as 2026-12-31 14:30; ' +
				'Delivery Address: Recipient Postcode "9000" is not a postcode of NL: write it as 1000 AA; ' +
				'Line 1: Quantity "1.5" is not a whole number: write it as 12; ' +
				'Line 1: Card Text needs a card to be written on: choose it under Card',
		]);
		expect(bench.requests()).toEqual([]);
	});

	test('with Continue On Fail the good ones go', async () => {
		const result = await bench.run(place(perItem), {
			items: input({ name: 'Anna' }, { name: ' ' }, { name: 'Bram' }),
			onError: 'continueRegularOutput',
		});
		expect(json(result).map(({ error }) => error)).toEqual([undefined, NO_NAME, undefined]);
		expect(recipients()).toEqual(['Anna', 'Bram']);
	});

	test('an expression that finds no product and no card is an empty field, not a wrong one', async () => {
		const { uuid } = bench.sandbox.state.products.find(({ orderable }) => orderable)!;
		const lines = { line: [{ productId: byId('={{ $json.product }}'), quantity: 1, cardText: '', cardId: byId('={{ $json.card }}') }] };
		const result = await bench.run(place({ lines }), { items: input({ product: uuid }, {}), onError: 'continueRegularOutput' });
		expect(json(result).map(({ error }) => error)).toEqual([
			undefined,
			'Line 1: Product is empty: fill it in, or check the expression that gives it',
		]);
		expect(bench.sandbox.state.placements).toMatchObject([{ body: { orders: [{ lines: [{ children: [] }] }] } }]);
	});

	test('the catalogue is asked before anything is sent', async () => {
		const { products } = bench.sandbox.state;
		const [gone, small] = products.filter(({ orderable }) => orderable);
		gone.orderable = false;
		small.least = 5;
		const line = (productId: string, quantity: number) => ({ productId: byId(productId), quantity, cardText: '', cardId: byId('') });
		const { error } = await bench.run(place({ lines: { line: [line(gone.uuid, 1), line(small.uuid, 2), line(UNKNOWN_ID, 1)] } }));
		expect(error?.message).toContain(`Product ${gone.title.nl} cannot be ordered: choose another one`);
		expect(error?.message).toContain(`Product ${small.title.nl} is sold from 5 on: raise the quantity 2`);
		expect(error?.message).toContain(`Product ${UNKNOWN_ID} does not exist: choose one from the list`);
		expect(bench.requests('POST')).toEqual([]);
	});

	test('without Check Products nothing is looked up, and a refusal is told by field', async () => {
		const product = bench.sandbox.state.products.find(({ orderable }) => !orderable)!;
		const lines = { line: [{ productId: byId(product.uuid), quantity: 1, cardText: '', cardId: byId('') }] };
		const { error } = await bench.run(place({ checkProducts: false, lines }));
		expect(bench.requests('GET')).toEqual([]);
		expect(error?.message).toBe(
			'Topgeschenken refused this, so correct it and run again: orders[0].lines[0].product: This product is not orderable.',
		);
	});

	test.each([
		['nothing but the number', 20000001, { number: '20000001' }],
		['the number as text', '20000001', { number: '20000001' }],
		['nothing', undefined, {}],
		[
			'links to the orders',
			{ '@type': 'OrderCollection', uuid: UNKNOWN_ID, number: '5', orders: [`/api/v1/order/orders/${UNKNOWN_ID}`] },
			{ id: UNKNOWN_ID, number: '5', orderId: UNKNOWN_ID },
		],
	])('an answer that is %s is understood', async (_, body, output) => {
		const payload = body === undefined ? '' : JSON.stringify(body);
		const headers = { 'content-type': 'application/json' };
		bench.sandbox.faults.push({ kind: 'status', status: 201, body: payload, headers, when: ({ path }) => path.endsWith('order-collections') });
		expect(json(await bench.run(place()))).toEqual([output]);
	});

	test.each([
		['each on its own', place, 'each'],
		['all together', place, 'together'],
		['a cart', () => ({ resource: 'cart', operation: 'create', ...payer, companyId: byId(bench.sandbox.state.company.uuid) }), undefined],
		['an order in a cart', () => ({ resource: 'cartOrder', operation: 'create', dryRun: false, cartId: byId(bench.sandbox.state.carts[0].uuid), ...gift(bench.sandbox) }), undefined],
		['finalizing', () => finalize({ cartId: byId(fullCarts()[0].uuid) }), undefined],
	])('a dry run shows exactly what is sent without it: %s', async (_, parametersOf, grouping) => {
		const parameters = { ...parametersOf(), ...(grouping && { ...perItem, grouping }) };
		const options = { items: input(...people(grouping ? 3 : 1)) };
		const shown = json(await bench.run({ ...parameters, dryRun: true }, options)).filter(({ path }) => path !== undefined);
		expect(bench.requests('POST')).toEqual([]);
		await bench.run(parameters, options);
		expect(bench.requests('POST').map(({ method, path, body }) => ({ dryRun: true, method, path, body }))).toEqual(
			shown.map((one) => ({ body: undefined, ...one })),
		);
		expect(shown).toHaveLength(grouping === 'each' ? 3 : 1);
	});

	test('200 gifts with faults in the sheet and on the way: every item says what holds', async () => {
		const { state, faults } = bench.sandbox;
		const rows = people(200).map((row, index) => ({ ...row, date: index % 20 === 7 ? 'soon' : TOMORROW, note: `row ${index};` }));
		const fault = (kind: 'cutBefore' | 'cutAfter' | 'truncated' | 'status', index: number, more = {}) =>
			faults.push({ kind, ...more, when: ({ body }) => JSON.stringify(body ?? '').includes(`row ${index};`) });
		[10, 70].forEach((index) => fault('cutBefore', index));
		[20, 80].forEach((index) => fault('cutAfter', index));
		fault('truncated', 30);
		fault('status', 40, { status: 500 });
		fault('status', 50, { status: 422, body: { violations: [{ propertyPath: 'orders[0].deliveryDate', message: 'Too busy.' }] } });
		fault('status', 60, { status: 429, headers: { 'retry-after': '0.05' } });
		const parameters = place({ ...perItem, deliveryDate: '={{ $json.date }}', deliveryRemark: '={{ $json.note }}' });
		const result = await bench.run(parameters, { items: input(...rows), onError: 'continueRegularOutput', retryOnFail: true });

		expect(pairs(result.items)).toEqual(rows.map((_, index) => index));
		const orderedRows = recipients();
		expect(new Set(orderedRows).size).toBe(orderedRows.length);
		const byKind = { placed: [] as string[], unknown: [] as string[], refused: [] as string[] };
		json(result).forEach(({ error }, index) => {
			const kind = error === undefined ? 'placed' : String(error).startsWith('It is unknown') ? 'unknown' : 'refused';
			byKind[kind].push(rows[index].name);
		});
		expect(byKind.unknown).toEqual([10, 20, 30, 40, 70, 80].map((index) => `Person ${index}`));
		expect(byKind.refused).toHaveLength(11);
		expect(orderedRows).toEqual(expect.arrayContaining(byKind.placed));
		expect(orderedRows.filter((name) => byKind.refused.includes(name))).toEqual([]);
		expect(orderedRows).toHaveLength(byKind.placed.length + 3);
		expect(state.collections).toHaveLength(orderedRows.length);
	});

	test('a dry run shows what would be sent and sends nothing', async () => {
		const result = await bench.run(place({ ...perItem, dryRun: true }), { items: input(...people(2)) });
		expect(json(result)[1]).toMatchObject({
			dryRun: true,
			method: 'POST',
			path: '/api/v1/order/order-collections',
			body: { orders: [{ deliveryAddress: { attn: 'Person 1' } }] },
		});
		expect(bench.requests('POST')).toEqual([]);
	});

	test('a dry run of one item keeps all of a common collection from being ordered', async () => {
		const parameters = place({ ...perItem, grouping: 'together', dryRun: '={{ $json.name === "Person 1" }}' });
		const result = await bench.run(parameters, { items: input(...people(3)) });
		expect(json(result).map(({ dryRun }) => dryRun)).toEqual([true, true, true]);
		expect(bench.requests('POST')).toEqual([]);
	});

	test('references are sent bare, however they are given', async () => {
		const [{ uuid }] = bench.sandbox.state.products.filter(({ orderable }) => orderable);
		for (const given of [uuid, `/api/v1/catalog/products/${uuid}`, `https://api.topgeschenken.nl/api/v1/catalog/products/${uuid}`]) {
			const lines = { line: [{ productId: byId('={{ $json.id }}'), quantity: 1, cardText: '', cardId: byId('') }] };
			await bench.run(place({ lines }), { items: input({ id: given }) });
		}
		const sent = bench.sandbox.state.placements.map(({ body }) => (body as { orders: Array<{ lines: Array<{ product: string }> }> }).orders[0].lines[0].product);
		expect(sent).toEqual([uuid, uuid, uuid]);
	});
});

describe('gifts from a sheet', () => {
	const sku = () => bench.sandbox.state.products.find(({ type, orderable }) => type === 'generic_product' && orderable)!.sku;
	const card = () => bench.sandbox.state.products.find(({ type }) => type === 'card')!;
	const row = (more: object = {}) => ({
		...{ row_number: 2, Naam: 'Anna de Vries', Straat: 'Dorpsstraat', Huisnummer: 12, Toevoeging: '', Postcode: '3511 ab', Plaats: 'Utrecht' },
		...{ Bezorgdatum: TOMORROW, SKU: sku(), Aantal: '', Kaart: card().title.nl, Tekst: 'Gefeliciteerd!', Afdeling: 'Inkoop' },
		...more,
	});
	const fromSheet = (more: INodeParameters = {}): INodeParameters => ({
		...{ resource: 'orderCollection', operation: 'place', dryRun: false, grouping: 'together' },
		...{ ...payer, gift: MAPPED_AUTOMATICALLY },
		...more,
	});
	const columns = {
		...{ product: '={{ $json.SKU }}', quantity: 1, deliveryDate: '={{ $json.Bezorgdatum }}', recipientName: '={{ $json.Naam }}' },
		...{ street: '={{ $json.Straat }}', houseNumber: '={{ $json.Huisnummer }}', postcode: '={{ $json.Postcode }}', city: '={{ $json.Plaats }}', country: 'NL' },
		...{ card: '={{ $json.Kaart }}', cardText: '={{ $json.Tekst }}' },
	};
	const orders = () => bench.sandbox.state.placements.flatMap(({ body }) => (body as { orders: object[] }).orders);

	test.each([
		['automatically', MAPPED_AUTOMATICALLY],
		['column by column', mapped(columns)],
	])('mapped %s, each row is the same order as one that is filled in by hand', async (_, gifts) => {
		const result = await bench.run(fromSheet({ gift: gifts }), { items: input(row(), row({ Naam: 'Bram' })) });
		expect(result.error).toBeUndefined();
		expect(pairs(result.items)).toEqual([0, 1]);
		const fromRows = orders();
		bench.sandbox.state.placements.length = 0;
		await bench.run(place({ grouping: 'together', deliveryAddress: { address: { ...address, attn: '={{ $json.name }}', numberAddition: '' } } }), {
			items: input({ name: 'Anna de Vries' }, { name: 'Bram' }),
		});
		expect(fromRows).toEqual(orders());
	});

	test('what no field has the name of is left out, and said', async () => {
		const { run } = await bench.run(fromSheet(), { items: input(row(), row()) });
		expect(run.data.resultData.runData.Node[0].hints?.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^These columns are left out, since no field of a gift has their name: Afdeling\. To use one, call it Product, Quantity, /),
		]);
	});

	test('every fault of every row is named under its column, and nothing is sent', async () => {
		const items = input(row({ SKU: 'NOT-THERE' }), row({ Postcode: '12', Bezorgdatum: 'soon', Kaart: '' }), { Naam: 'Carla', SKU: sku() });
		const { error } = await bench.run(fromSheet(), { items });
		expect(error?.description?.split('\n')).toEqual([
			'Item 0: Product "NOT-THERE" is not the SKU or title of any product: check it, or choose the product from the list',
			'Item 1: Delivery Date "soon" is not a date: write it as 31-12-2026 or 2026-12-31, with a time as 2026-12-31 14:30; ' +
				'Postcode "12" is not a postcode of NL: write it as 1000 AA; ' +
				'Card Text needs a card to be written on: choose it under Card',
			expect.stringMatching(/^Item 2: Delivery Date has no column in this item, which has Naam, SKU: give a column that name, or choose Map Each Column Manually; Street has no/),
		]);
		expect(bench.requests('POST')).toEqual([]);
	});

	test('an agent fills in the columns as a person does', async () => {
		const parameters = fromSheet({ grouping: 'each', dryRun: true, gift: mapped({ ...columns, recipientName: 'Anna' }) });
		const { items, error } = await bench.run(parameters, { items: input(row()), asTool: true });
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ dryRun: true, body: { orders: [{ deliveryAddress: { attn: 'Anna', number: '12' } }] } });
	});
});

describe.each([
	['each on its own', {}],
	['all together', { grouping: 'together' }],
])('never twice, %s', (_, grouping) => {
	const unknown =
		'It is unknown whether Topgeschenken carried this out, because no proper answer came back: look for it with Cart > Get Many and Order > Get Many before running this item again';
	const isPlacement = ({ method, path }: { method: string; path: string }) => method === 'POST' && path.endsWith('order-collections');

	test.each([
		['cut after the order was made', { kind: 'cutAfter' as const }, 1],
		['cut before', { kind: 'cutBefore' as const }, 0],
		['half an answer', { kind: 'truncated' as const }, 1],
		['a web page', { kind: 'html' as const }, 1],
		['a failure on the server', { kind: 'status' as const, status: 500 }, 0],
		['a gateway that gave up', { kind: 'status' as const, status: 504 }, 0],
		['maintenance without a time', { kind: 'status' as const, status: 503 }, 0],
		['maintenance with a time', { kind: 'status' as const, status: 503, headers: { 'retry-after': '0.05' } }, 0],
	])('%s: sent once, and the item says that it is unknown', async (_name, fault, placed) => {
		bench.sandbox.faults.push({ ...fault, when: isPlacement });
		const { error } = await bench.run(place(grouping), { retryOnFail: true });
		expect(error?.message).toBe(unknown);
		expect(bench.requests('POST')).toHaveLength(1);
		expect(bench.sandbox.state.placements).toHaveLength(placed);
	});

	test.each([
		['too many requests', { status: 429, headers: { 'retry-after': '0.05' } }],
	])('%s: surely not carried out, so it is sent again', async (_name, fault) => {
		bench.sandbox.faults.push({ kind: 'status', ...fault, when: isPlacement });
		const result = await bench.run(place(grouping));
		expect(result.error).toBeUndefined();
		expect(bench.sandbox.state.placements).toHaveLength(1);
	});

	test('a refused token is replaced and the order goes once', async () => {
		await bench.run({ resource: 'product', operation: 'getAll', returnAll: true });
		bench.sandbox.revokeTokens();
		const result = await bench.run(place(grouping));
		expect(result.error).toBeUndefined();
		expect(bench.sandbox.state.placements).toHaveLength(1);
	});
});

test('Retry On Fail sends nothing again that went well, and ends with every item placed once', async () => {
	bench.sandbox.faults.push({ kind: 'status', status: 422, body: { detail: 'Busy' }, when: ({ body }) => JSON.stringify(body ?? '').includes('Person 2') });
	const result = await bench.run(place({ ...perItem, deliveryRemark: '={{ Math.random() }}' }), { items: input(...people(4)), retryOnFail: true });
	expect(result.error).toBeUndefined();
	expect(recipients()).toEqual(['Person 0', 'Person 1', 'Person 2', 'Person 3']);
	expect(json(result).map(({ number }) => number)).toEqual(['20000001', '20000002', '20000003', '20000004']);
});

test('the item after an unknown one is not sent where the workflow stops, and the error names what was placed', async () => {
	bench.sandbox.faults.push({ kind: 'cutAfter', when: ({ body }) => JSON.stringify(body ?? '').includes('Person 1') });
	const { error } = await bench.run(place(perItem), { items: input(...people(3)), retryOnFail: true });
	expect(error?.message).toMatch(/^It is unknown whether/);
	expect(error?.description).toMatch(/^Done, and stays done: item 0 \([0-9a-f-]{36}\)\nUnknown whether it was done: item 1\nNot sent: item 2\nRun the items again/);
	expect(recipients()).toEqual(['Person 0', 'Person 1']);
});

test('another execution with the same items is another order', async () => {
	await bench.run(place());
	await bench.run(place());
	expect(bench.sandbox.state.placements).toHaveLength(2);
});

test('an execution that is stopped sends none of the rest', async () => {
	bench.sandbox.latency = 40;
	const { run, error } = await bench.run(place(perItem), {
		items: input(...people(50)),
		onError: 'continueRegularOutput',
		onStart: (cancel) => {
			const timer = setInterval(() => {
				if (bench.requests('POST').length < 3) return;
				clearInterval(timer);
				cancel();
			}, 5);
		},
	});
	expect(run.status).toBe('canceled');
	const sent = bench.requests('POST').length;
	expect(sent).toBeLessThan(6);
	// There is no output, so the error says how far it came.
	const description = error?.description ?? '';
	expect(description).not.toContain('Unknown');
	const placed = [...description.matchAll(/\d+ \(([0-9a-f-]{36})\)/g)].map(([, id]) => id);
	// What was under way was waited for.
	expect(placed).toHaveLength(sent);
	expect(description).toContain(`Not sent: items ${sent}–49`);
	expect(placed).toEqual(uuids(bench.sandbox.state.collections));
});

describe('Cart', () => {
	test('Create sends what the manual shows, the company as it is written there', async () => {
		const { uuid } = bench.sandbox.state.company;
		const result = await bench.run({ resource: 'cart', operation: 'create', ...payer, companyId: byId(`/api/v1/catalog/relation/companies/${uuid}`) });
		expect(json(result)).toEqual([expect.objectContaining({ companyId: uuid, contactEmail: 'hr@voorbeeld.example', orders: '' })]);
		expect(bench.requests('POST')[0].body).toMatchObject({ company: `/api/v1/relation/companies/${uuid}`, orders: [] });
	});

	test('Update changes what is given and nothing else', async () => {
		const [cart] = bench.sandbox.state.carts;
		const result = await bench.run({
			resource: 'cart',
			operation: 'update',
			cartId: byId(cart.uuid),
			changes: { contactEmail: 'inkoop2@voorbeeld.example' },
		});
		expect(json(result)).toEqual([expect.objectContaining({ id: cart.uuid, contactEmail: 'inkoop2@voorbeeld.example' })]);
		const [{ body, headers }] = bench.requests('PATCH');
		expect(body).toEqual({ contactEmail: 'inkoop2@voorbeeld.example' });
		expect(headers['content-type']).toBe('application/merge-patch+json');
	});

	test('Update without a change is not sent', async () => {
		const { error } = await bench.run({ resource: 'cart', operation: 'update', cartId: byId(UNKNOWN_ID), changes: {} });
		expect(error?.message).toBe('Nothing is to be changed: add a field under Changes');
		expect(bench.requests()).toEqual([]);
	});

	test('Delete takes each cart away', async () => {
		const [one, other] = bench.sandbox.state.carts;
		const result = await bench.run(
			{ resource: 'cart', operation: 'delete', cartId: byId('={{ $json.id }}') },
			{ items: input({ id: one.uuid }, { id: other.uuid }) },
		);
		expect(json(result)).toEqual([{ id: one.uuid, deleted: true }, { id: other.uuid, deleted: true }]);
		expect(uuids(bench.sandbox.state.carts)).not.toEqual(expect.arrayContaining([one.uuid]));
		expect(bench.sandbox.state.carts).toHaveLength(22);
	});

	test('Finalize gives the number of the order collection for each cart', async () => {
		const carts = fullCarts().slice(0, 3);
		const result = await bench.run(finalize(), { items: input(...carts.map(({ uuid }) => ({ id: uuid }))) });
		expect(json(result).map(({ cartId }) => cartId)).toEqual(uuids(carts));
		expect(json(result)[0]).toMatchObject({ orderCollectionNumber: '20000001' });
	});

	test('a cart that stands in two items is finalized once', async () => {
		const [{ uuid }] = fullCarts();
		const result = await bench.run(finalize(), { items: input({ id: uuid }, { id: `/api/v1/order/carts/${uuid}` }) });
		expect(bench.requests('POST')).toHaveLength(1);
		expect(json(result).map(({ cartId }) => cartId)).toEqual([uuid, uuid]);
		expect(pairs(result.items)).toEqual([0, 1]);
	});

	test('Finalize understands an answer that is nothing but the number', async () => {
		bench.sandbox.settings.finalizeAnswer = 'number';
		const [{ uuid }] = fullCarts();
		const result = await bench.run(finalize(), { items: input({ id: uuid }) });
		expect(json(result)).toEqual([{ cartId: uuid, orderCollectionId: null, orderCollectionNumber: '20000001' }]);
	});

	test('Finalize is not repeated, and a retry of the node says so', async () => {
		bench.sandbox.faults.push({ kind: 'cutAfter', when: ({ path }) => path.endsWith('/finalize') });
		const [{ uuid }] = fullCarts();
		const { error } = await bench.run(finalize(), { items: input({ id: uuid }), retryOnFail: true });
		expect(error?.message).toMatch(/^It is unknown whether Topgeschenken carried this out/);
		expect(bench.requests('POST')).toHaveLength(1);
	});

	test('a cart that cannot be finalized says why, by field', async () => {
		const empty = bench.sandbox.state.carts.find(({ orders }) => orders.length === 0)!;
		const { error } = await bench.run(finalize(), { items: input({ id: empty.uuid }) });
		expect(error?.message).toBe(
			'Topgeschenken refused this, so correct it and run again: orders: This collection should contain 1 element or more.',
		);
	});

	test.each(['create', 'cartOrder'])('%s is not repeated', async (operation) => {
		bench.sandbox.faults.push({ kind: 'cutAfter', when: ({ method, path }) => method === 'POST' && path !== '/api/v1/token' });
		const cartId = byId(bench.sandbox.state.carts[0].uuid);
		const parameters =
			operation === 'create'
				? { resource: 'cart', operation, ...payer }
				: { resource: 'cartOrder', operation: 'create', dryRun: false, cartId, ...gift(bench.sandbox) };
		const { error } = await bench.run(parameters, { retryOnFail: true });
		expect(error?.message).toMatch(/^It is unknown whether/);
		expect(bench.sandbox.state.placements).toHaveLength(1);
	});
});

test('Cart Order: Create sends links where the manual shows links', async () => {
	const [cart] = bench.sandbox.state.carts;
	const before = cart.orders.length;
	const result = await bench.run({ resource: 'cartOrder', operation: 'create', dryRun: false, cartId: byId(cart.uuid), ...gift(bench.sandbox) });
	expect(json(result)[0]).toMatchObject({ id: expect.any(String), lines: expect.stringMatching(/^1 × [0-9a-f-]{36}$/) });
	expect(cart.orders).toHaveLength(before + 1);
	expect(bench.requests('POST')[0].body).toMatchObject({
		cart: `/api/v1/order/carts/${cart.uuid}`,
		lines: [{ product: expect.stringMatching(/^\/api\/v1\/catalog\/products\//), children: [{ metadata: { is_card: true } }] }],
	});
});

describe('as a tool of an AI agent', () => {
	test.each([
		['place', () => place()],
		['finalize', () => finalize({ cartId: byId(fullCarts()[0].uuid) })],
	])('%s needs the switch, and a literal one', async (_, parametersOf) => {
		for (const agentMayPlace of [false, '={{ true }}']) {
			const { error } = await bench.run({ ...parametersOf(), agentMayPlace }, { asTool: true });
			expect(error?.message).toMatch(/^An AI agent may not order with this node: do a dry run, or have a person switch on/);
		}
		expect(bench.requests('POST')).toEqual([]);
		const result = await bench.run({ ...parametersOf(), agentMayPlace: true }, { asTool: true });
		expect(result.error).toBeUndefined();
		expect(bench.requests('POST')).toHaveLength(1);
	});

	test('a dry run needs no switch', async () => {
		const result = await bench.run(place({ dryRun: true }), { asTool: true });
		expect(json(result)).toEqual([expect.objectContaining({ dryRun: true })]);
	});

	test('the same order twice in one execution is one order', async () => {
		const executionId = randomUUID();
		const first = await bench.run(place({ agentMayPlace: true }), { asTool: true, executionId });
		const second = await bench.run(place({ agentMayPlace: true }), { asTool: true, executionId });
		expect(json(second)).toEqual(json(first));
		expect(bench.sandbox.state.placements).toHaveLength(1);
	});

	test('the same order at the same time is one order too', async () => {
		const executionId = randomUUID();
		bench.sandbox.latency = 30;
		const both = await Promise.all(
			[1, 2].map(async () => await bench.run(place({ agentMayPlace: true }), { asTool: true, executionId })),
		);
		expect(json(both[1])).toEqual(json(both[0]));
		expect(bench.sandbox.state.placements).toHaveLength(1);
	});

	test('outside an agent the switch is not asked for', async () => {
		const result = await bench.run(finalize(), { items: input({ id: fullCarts()[0].uuid }) });
		expect(result.error).toBeUndefined();
	});
});
