/** Orders, tickets, discount codes and documents: what a team works with. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Order } from '../sandbox/stamhoofd/seed';
import { byId, ids, input, json, LINES, pairs, UNKNOWN_ID, useStamhoofd } from './stamhoofd';
import type { Bench } from './stamhoofd';

const patches = (bench: Bench) => bench.sandbox.requests.filter(({ method }) => method === 'PATCH');
const byNumber = (value: number | string) => ({ __rl: true, mode: 'number', value });

describe.each(LINES)('orders on the $line line', ({ line }) => {
	const bench = useStamhoofd({ line, payments: 1000 });
	const shop = () => bench.sandbox.state.webshops[0];
	const own = () => bench.sandbox.state.orders.filter(({ webshop }) => webshop === shop());
	const order = async (operation: string, parameters: INodeParameters, items?: IDataObject[]) =>
		await bench.run({ resource: 'order', operation, webshopId: byId(shop().id), ...parameters }, { ...(items ? { items: input(...items) } : {}), onError: 'continueRegularOutput' });

	test('Get finds one by its ID, and by its number', async () => {
		const [one] = own().slice(-1);
		for (const key of [byId(one.id), byNumber(one.number)]) {
			expect(json(await order('get', { order: key }))).toMatchObject([{ id: one.id, number: one.number, webshopId: shop().id }]);
		}
	});

	test('Get says when there is none', async () => {
		for (const key of [byId(UNKNOWN_ID), byNumber(999_999)]) {
			expect(json(await order('get', { order: key }))).toMatchObject([{ error: expect.stringMatching(/knows no (such )?order/) }]);
		}
	});

	test('Get Lines gives one item for each line', async () => {
		const one = own().find(({ lines }) => lines.length === 2)!;
		const records = json(await order('getLines', { order: byId(one.id) }));
		expect(records).toMatchObject(
			one.lines.map(({ product, price, amount }) => ({
				orderId: one.id,
				orderNumber: one.number,
				product: product.name,
				quantity: amount,
				unitPrice: product.prices[price].price / 100,
			})),
		);
	});

	test('Get Many Lines gives those of all orders that pass', async () => {
		const wanted = own().filter(({ status }) => status === 'Prepared');
		const records = json(await order('getManyLines', { filters: { status: ['Prepared'] } }));
		expect(records.length).toBe(wanted.reduce((sum, { lines }) => sum + Math.max(1, lines.length), 0));
		expect(new Set(records.map(({ orderId }) => orderId)).size).toBe(wanted.length);
	});

	const update = (more: INodeParameters = {}) => ({ order: byId('={{ $json.id }}'), status: 'Completed', ...more });

	test('Update Status takes 250 orders in three requests, each item its own truth', async () => {
		while (own().length < 249) {
			const copy: Order = { ...own()[0], id: UNKNOWN_ID.replace(/^.{8}/, String(own().length).padStart(8, '1')), number: 10_000 + own().length };
			bench.sandbox.state.orders.push(copy);
		}
		const wanted = own().slice(0, 249);
		const all = [...wanted.slice(0, 120).map(({ id }) => id), UNKNOWN_ID, ...wanted.slice(120).map(({ id }) => id)];
		const result = await order('updateStatus', update(), all.map((id) => ({ id })));
		expect(json(result).map(({ error }) => error === undefined)).toEqual(all.map((id) => id !== UNKNOWN_ID));
		expect(pairs(result.items)).toEqual(all.map((_, position) => position));
		expect(wanted.every(({ status }) => status === 'Completed')).toBe(true);
		expect(patches(bench)).toHaveLength(4);
	});

	test('Update Status by number looks the orders up first', async () => {
		const wanted = own().slice(0, 3);
		const result = await order('updateStatus', update({ order: byNumber('={{ $json.number }}'), status: 'afhalen' }), [
			...wanted.map(({ number }) => ({ number })),
			{ number: 999_999 },
		]);
		expect(wanted.map(({ status }) => status)).toEqual(['Collect', 'Collect', 'Collect']);
		expect(json(result)[3]).toMatchObject({ error: expect.stringMatching(/no such order/) });
	});

	test('without the right nothing is changed, and the right is named', async () => {
		bench.credentials.apiKey = bench.sandbox.state.keys.readWebshops;
		const [one, other] = own();
		const before = [one.status, other.status];
		const result = await order('updateStatus', update(), [{ id: one.id }, { id: other.id }]);
		for (const { error } of json(result)) expect(error).toMatch(/lacks the right to edit this webshop \(Webshops: Bewerken\)/);
		expect([one.status, other.status]).toEqual(before);
		expect(bench.sandbox.requests).toHaveLength(1);
	});

	test.each(['cutAfter', 'html'] as const)('an answer lost by "%s" is not sent again; the orders are looked at instead', async (kind) => {
		const wanted = own().filter(({ status }) => status === 'Created').slice(0, 2);
		bench.sandbox.faults.push({ kind, when: ({ method }) => method === 'PATCH' });
		const result = await order('updateStatus', update(), wanted.map(({ id }) => ({ id })));
		expect(json(result).map(({ id, status }) => [id, status])).toEqual(wanted.map(({ id }) => [id, 'Completed']));
		expect(patches(bench)).toHaveLength(1);
	});

	test("Update changes the buyer's data and the comments, and nothing else", async () => {
		const [one] = own();
		const { customer, status } = one;
		const changes = { email: 'nieuw@example.com', phone: '+32 479 42 78 66', comments: 'Aan de deur' };
		const [record] = json(await order('update', { order: byId(one.id), changes }));
		expect(record).toMatchObject({ customerEmail: 'nieuw@example.com', customerPhone: '+32 479 42 78 66', comments: 'Aan de deur' });
		expect(one).toMatchObject({ status, comments: 'Aan de deur', customer: { ...customer, email: 'nieuw@example.com', phone: '+32 479 42 78 66' } });
	});

	test('Update of nothing is refused without a request', async () => {
		expect(json(await order('update', { order: byId(UNKNOWN_ID), changes: {} }))).toMatchObject([{ error: expect.stringMatching(/Nothing is to be changed/) }]);
		expect(bench.sandbox.requests).toEqual([]);
	});
});

describe('the shop on the current line', () => {
	const bench = useStamhoofd({ line: 'current', payments: 600 });
	const state = () => bench.sandbox.state;
	const run = async (resource: string, operation: string, more: INodeParameters = {}, items?: IDataObject[]) =>
		json(await bench.run({ resource, operation, ...more }, { ...(items ? { items: input(...items) } : {}), onError: 'continueRegularOutput' }));

	test('Order: Count and the day of the time slot', async () => {
		const wine = state().webshops[1];
		const orders = state().orders.filter(({ webshop }) => webshop === wine);
		expect(await run('order', 'count', { webshopId: byId(wine.id), filters: {} })).toEqual([{ count: orders.length }]);
		expect(bench.sandbox.requests).toHaveLength(1);
		const [record] = await run('order', 'getAll', { webshopId: byId(wine.id), limit: 1 });
		expect(record).toMatchObject({ deliveryMethod: 'Takeout', deliveryPlace: 'Lokaal', timeSlotDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
		expect(['10:00', '12:00', '14:00']).toContain(record.timeSlotStart);
		const filters = { timeSlotDate: String(record.timeSlotDate) };
		expect(await run('order', 'count', { webshopId: byId(wine.id), filters })).toEqual([{ count: orders.length }]);
		const none = { timeSlotDate: '2001-01-01' };
		expect(await run('order', 'getAll', { webshopId: byId(wine.id), returnAll: true, filters: none })).toEqual([]);
	});

	test('Order: Get without its webshop, by ID only', async () => {
		const [one] = state().orders;
		expect(await run('order', 'get', { order: byId(one.id), webshopId: byId('') })).toMatchObject([{ id: one.id }]);
		expect(await run('order', 'get', { order: byNumber(3), webshopId: byId('') })).toMatchObject([{ error: expect.stringMatching(/choose the webshop/) }]);
	});

	describe('Order: Create', () => {
		const buyer = { firstName: 'Jef', lastName: 'Maes', email: 'jef@example.com', phone: '+32 479 42 78 66', paymentMethod: 'Transfer' };
		const lines = (...all: IDataObject[]) => ({ line: all }) as unknown as INodeParameters;
		const posts = () => bench.sandbox.requests.filter(({ method }) => method === 'POST');

		test('a dry run shows what would be ordered and sends nothing that changes anything', async () => {
			const [dinner] = state().webshops;
			const parameters = { webshopId: byId(dinner.id), lines: lines({ product: 'tiramisu', quantity: 2 }), ...buyer };
			expect(await run('order', 'create', parameters)).toMatchObject([
				{ dryRun: true, webshopName: 'Spaghettiavond', items: '2 × Tiramisu (Portie)', priceBeforeDiscounts: 8, customerEmail: 'jef@example.com' },
			]);
			expect(posts()).toEqual([]);
		});

		test('an order is placed for the person, not for the API key, and not twice', async () => {
			const [dinner] = state().webshops;
			const before = state().orders.length;
			const [record] = await run('order', 'create', {
				dryRun: false,
				webshopId: byId(dinner.id),
				lines: lines({ product: 'Spaghetti groenten', variant: 'Kind', quantity: 3 }, { product: 'Tiramisu', quantity: 1 }),
				...buyer,
				options: { comments: 'Zonder kaas', discountCodes: 'LEDEN10' },
			});
			expect(record).toMatchObject({ customerName: 'Jef Maes', customerEmail: 'jef@example.com', comments: 'Zonder kaas', webshopName: 'Spaghettiavond', itemCount: 4 });
			expect(state().orders).toHaveLength(before + 1);
			expect(posts()).toHaveLength(1);
			expect(posts()[0].headers.authorization).toBeUndefined();
		});

		test('an answer that gets lost is not sent again and is said', async () => {
			const [dinner] = state().webshops;
			bench.sandbox.faults.push({ kind: 'cutAfter', when: ({ method }) => method === 'POST' });
			const parameters = { dryRun: false, webshopId: byId(dinner.id), lines: lines({ product: 'Tiramisu', quantity: 1 }), ...buyer };
			expect(await run('order', 'create', parameters)).toMatchObject([{ error: expect.stringMatching(/unknown whether/) }]);
			expect(posts()).toHaveLength(1);
		});

		test.each<[string, number, IDataObject, INodeParameters, RegExp]>([
			['a product that there is not', 0, { product: 'Pizza', quantity: 1 }, {}, /"Pizza" is not there: choose one of Spaghetti bolognaise/],
			['a price that is not clear', 0, { product: 'Spaghetti groenten', quantity: 1 }, {}, /Variant of Spaghetti groenten is empty: choose one of Volwassene, Kind/],
			['no time slot where there are several', 1, { product: 'Rioja', variant: 'Fles', quantity: 1 }, {}, /Time Slot is not clear: choose one of/],
			['a delivery', 3, { product: 'Kerstster', variant: 'Rood', quantity: 1 }, { deliveryPlace: 'Aan huis' }, /cannot be ordered here/],
		])('%s is refused before anything is sent', async (_, position, line, options, expected) => {
			const parameters = { dryRun: false, webshopId: byId(state().webshops[position].id), lines: lines(line), ...buyer, options };
			expect(await run('order', 'create', parameters)).toMatchObject([{ error: expect.stringMatching(expected) }]);
			expect(posts()).toEqual([]);
		});

		test('with a time slot', async () => {
			const wine = state().webshops[1];
			const parameters = { dryRun: false, webshopId: byId(wine.id), lines: lines({ product: 'Rioja', variant: 'Fles', quantity: 1 }), ...buyer, options: { timeSlotStart: '12.00' } };
			expect(await run('order', 'create', parameters)).toMatchObject([{ timeSlotStart: '12:00', deliveryPlace: 'Lokaal' }]);
		});

		test("the webshop's own refusal reaches the person", async () => {
			const quiz = state().webshops[4];
			const parameters = { dryRun: false, webshopId: byId(quiz.id), lines: lines({ product: 'Ploeg van vijf', quantity: 1 }), ...buyer };
			expect(await run('order', 'create', parameters)).toMatchObject([{ error: expect.stringMatching(/bestellingen zijn gesloten/) }]);
		});
	});

	describe('Ticket', () => {
		const dinner = () => state().webshops[0];
		const own = () => state().tickets.filter(({ order }) => order.webshop === dinner());

		test('Get Many has the name and the product of each ticket, with one request for every 100 orders', async () => {
			const records = await run('ticket', 'getAll', { webshopId: byId(dinner().id), returnAll: true });
			expect(ids(records).sort()).toEqual(ids(own()).sort());
			for (const { id, order, itemId, scannedAt } of own()) {
				const product = order.lines.find((one) => one.id === itemId)!.product.name;
				expect(records.find((record) => record.id === id)).toMatchObject({
					customerName: `${order.customer.firstName} ${order.customer.lastName}`,
					product,
					orderNumber: order.number,
					isScanned: scannedAt !== null,
					webshopName: dinner().name,
				});
			}
			const lists = bench.sandbox.requests.filter(({ path }) => path.endsWith('/webshop/orders'));
			expect(lists.length).toBe(Math.ceil(new Set(own().map(({ order }) => order.id)).size / 100));
		});

		test('Get Many leaves out what is scanned on demand, and needs no orders', async () => {
			const records = await run('ticket', 'getAll', { webshopId: byId(dinner().id), withOrder: false, returnAll: true, filters: { scanned: 'no' } });
			expect(ids(records).sort()).toEqual(ids(own().filter(({ scannedAt }) => scannedAt === null)).sort());
			expect(bench.sandbox.requests.every(({ path }) => path.endsWith('/tickets/private'))).toBe(true);
			expect(await run('ticket', 'count', { webshopId: byId(dinner().id) })).toEqual([{ count: own().length }]);
		});

		test('Update marks many as scanned with one request, and names the one that is not there', async () => {
			const wanted = own().filter(({ scannedAt }) => scannedAt === null).slice(0, 3);
			const items = [wanted[0].id, UNKNOWN_ID, wanted[1].id, wanted[2].id].map((id) => ({ id }));
			const records = await run(
				'ticket',
				'update',
				{ webshopId: byId(dinner().id), ticketId: '={{ $json.id }}', isScanned: true, options: { scannedAt: '2026-11-21T18:30:00Z', scannedBy: 'Ingang' } },
				items,
			);
			expect(records).toMatchObject([{ isScanned: true, scannedBy: 'Ingang' }, { error: expect.stringMatching(/no ticket with this ID/) }, { isScanned: true }, { isScanned: true }]);
			expect(wanted.map(({ scannedAt }) => scannedAt)).toEqual(Array(3).fill(Date.parse('2026-11-21T18:30:00Z')));
			expect(patches(bench)).toHaveLength(1);
		});

		test('Update takes it back', async () => {
			const scanned = own().find(({ scannedAt }) => scannedAt !== null)!;
			await run('ticket', 'update', { webshopId: byId(dinner().id), ticketId: scanned.id, isScanned: false });
			expect([scanned.scannedAt, scanned.scannedBy]).toEqual([null, null]);
		});

		test('without the right to scan it says so', async () => {
			bench.credentials.apiKey = state().keys.readWebshops;
			expect(await run('ticket', 'update', { webshopId: byId(dinner().id), ticketId: own()[0].id })).toMatchObject([{ error: expect.stringMatching(/right to scan the tickets/) }]);
		});
	});

	describe('Discount Code', () => {
		const shop = () => state().webshops[0];
		const codes = (more: INodeParameters) => ({ webshopId: byId(shop().id), ...more });

		test('Get Many', async () => {
			expect(await run('discountCode', 'getAll', codes({ returnAll: true }))).toMatchObject([
				{ code: 'LEDEN10', discountPercentage: 10, discountAmount: 0, maximumUsage: null },
				{ code: 'VROEGBOEK', discountPercentage: 0, discountAmount: 2.5, maximumUsage: 100 },
				{ code: 'BESTUUR', discountPercentage: 100 },
			]);
		});

		test('Create, Update and Delete', async () => {
			const [made] = await run('discountCode', 'create', codes({ code: 'ZOMER', details: { discountAmount: '5,00', maximumUsage: 20, description: 'Actie' } }));
			expect(made).toMatchObject({ code: 'ZOMER', discountAmount: 5, maximumUsage: 20, description: 'Actie' });
			expect(await run('discountCode', 'create', codes({ code: 'zomer', details: { discountAmount: 1 } }))).toMatchObject([{ error: expect.stringMatching(/al in gebruik/) }]);
			const [changed] = await run('discountCode', 'update', codes({ code: 'zomer', changes: { discountPercentage: '12,5', newCode: 'ZOMER26' } }));
			expect(changed).toMatchObject({ id: made.id, code: 'ZOMER26', discountAmount: 5, discountPercentage: 12.5, maximumUsage: 20 });
			expect(await run('discountCode', 'delete', codes({ code: String(made.id) }))).toMatchObject([{ deleted: true, code: 'ZOMER26' }]);
			expect(shop().discountCodes).toHaveLength(3);
		});

		test('a dry run changes nothing', async () => {
			expect(await run('discountCode', 'delete', codes({ code: 'LEDEN10', dryRun: true }))).toMatchObject([{ dryRun: true, method: 'PATCH' }]);
			expect(shop().discountCodes).toHaveLength(3);
		});

		test('discounts on certain products are not lost by another amount', async () => {
			shop().discountCodes[0].freeProductId = UNKNOWN_ID;
			const update = async (changes: INodeParameters) => await run('discountCode', 'update', codes({ code: 'LEDEN10', changes }));
			expect(await update({ discountAmount: 1 })).toMatchObject([{ error: expect.stringMatching(/on certain products, which would be lost/) }]);
			expect(patches(bench)).toEqual([]);
			expect(await update({ description: 'Leden' })).toMatchObject([{ description: 'Leden', hasOtherDiscounts: true, discountPercentage: 10 }]);
		});

		test.each<[string, INodeParameters, RegExp]>([
			['create', { code: 'NIKS', details: {} }, /gives no discount/],
			['update', { code: 'WEG', changes: { description: 'x' } }, /has no discount code "WEG"/],
			['delete', { code: 'WEG' }, /has no discount code "WEG"/],
		])('%s with %j is refused before anything is changed', async (operation, more, expected) => {
			expect(await run('discountCode', operation, codes(more))).toMatchObject([{ error: expect.stringMatching(expected) }]);
			expect(patches(bench)).toEqual([]);
		});
	});

	describe('Document', () => {
		test('Get Many has the year and name of the template', async () => {
			const records = await run('document', 'getAll', { returnAll: true, filters: { status: ['Published'] } });
			const expected = state().documents.filter(({ status }) => status === 'Published');
			expect(ids(records).sort()).toEqual(ids(expected).sort());
			expect(records[0]).toMatchObject({ templateName: 'Fiscaal attest kinderopvang', year: state().templates[0].year });
		});

		test('Download gives a file', async () => {
			const [{ id, name }] = state().documents;
			const { items } = await bench.run({ resource: 'document', operation: 'download', documentId: id, binaryField: 'attest' });
			const { attest } = items[0].binary!;
			expect(attest).toMatchObject({ fileName: `${id}.html`, mimeType: 'text/html' });
			expect(Buffer.from(attest.data, 'base64').toString()).toContain(name);
		});

		test('Download of what there is not says so', async () => {
			expect(await run('document', 'download', { documentId: UNKNOWN_ID, binaryField: 'data' })).toMatchObject([{ error: expect.stringMatching(/no document with this ID/) }]);
		});
	});

	test('Webshop: Get Products gives one item for each price', async () => {
		const [dinner] = state().webshops;
		const records = await run('webshop', 'getProducts', { webshopId: byId(dinner.id) });
		expect(records.map(({ product, variant, price }) => [product, variant, price])).toEqual(
			dinner.products.flatMap(({ name, prices }) => prices.map((one) => [name, one.name, one.price / 100])),
		);
	});
});
