/** Orders, packages, payments and the rest of the shop. */
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import type { BoekwinkeltjesOptions, BoekwinkeltjesSandbox } from '../sandbox/boekwinkeltjes';
import { byId, ids, itemsOf, jsonOf, pairsOf, run } from './boekwinkeltjes';

let sandbox: BoekwinkeltjesSandbox;

async function start(options: BoekwinkeltjesOptions = {}): Promise<BoekwinkeltjesSandbox> {
	sandbox = await startBoekwinkeltjes({ books: 60, orders: 110, ...options });
	return sandbox;
}

afterEach(async () => {
	expect(sandbox.violations).toEqual([]);
	await sandbox.close();
});

const sent = (method: string) => sandbox.requests.filter((request) => request.method === method);
const bodies = (method: string) => sent(method).map(({ body }) => body as IDataObject);

describe('Order: Get Many', () => {
	test.each([
		['array' as const, true],
		['array' as const, false],
		['paginator' as const, true],
		['paginator' as const, false],
		['bare' as const, true],
		['bare' as const, false],
	])('reads every order once and ends (%s, last page repeated: %s)', async (lists, repeatsLastPage) => {
		await start({ lists, repeatsLastPage, orders: 100 });
		expect(ids(jsonOf(await run(sandbox, 'order.getAll', { returnAll: true })))).toEqual(ids(sandbox.state.orders));
		expect(sandbox.requests.length).toBeLessThanOrEqual(5);
	});

	test.each(['array', 'paginator', 'bare'] as const)('a page that is shorter than those before it is the last one (%s)', async (lists) => {
		await start({ lists, orders: 60 });
		expect(jsonOf(await run(sandbox, 'order.getAll', { returnAll: true }))).toHaveLength(60);
		expect(sandbox.requests.map(({ query }) => query.page)).toEqual(['1', '2', '3']);
	});

	test('an order that comes in while the list is read moves the pages, and is no reason to show one twice', async () => {
		await start({ repeatsLastPage: true });
		let pages = 0;
		sandbox.faults.push({
			kind: 'slow',
			times: 1,
			when: () => {
				if (++pages !== 2) return false;
				sandbox.state.orders.unshift({ ...sandbox.state.orders[0], id: 99_999 });
				return true;
			},
		});
		const found = ids(jsonOf(await run(sandbox, 'order.getAll', { returnAll: true })));
		expect(new Set(found).size).toBe(found.length);
		expect(found).toHaveLength(110);
	});

	test('gives one shape of buyer and address, whichever shape the API uses', async () => {
		await start();
		const [listed] = jsonOf(await run(sandbox, 'order.getAll', { limit: 1 }));
		const [single] = jsonOf(await run(sandbox, 'order.get', { orderId: byId(String(listed.id)) }));
		const { buyer } = sandbox.state.orders[0];
		const name = `${buyer.firstName} ${buyer.lastName}`;
		const shown = { buyerName: name, buyerPhone: buyer.phone, buyerLanguage: buyer.language, street: buyer.address.street };
		expect(listed).toMatchObject({ ...shown, buyerEmail: null, buyerNote: null });
		expect(single).toMatchObject({ ...shown, buyerEmail: buyer.email });
		expect(single).toMatchObject({ postalCode: buyer.address.zipCode, country: buyer.address.country.toUpperCase() });
		expect(single.date).toBe(listed.date);
		expect(single.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/);
	});

	test('sends search, sorting and one status, the plus sign as %2B', async () => {
		await start();
		const status = 'wait_for_payment';
		const orders = jsonOf(await run(sandbox, 'order.getAll', { returnAll: true, filters: { status: [status] }, sort: { sortBy: '+title' } }));
		const wanted = sandbox.state.orders.filter((order) => order.status === status);
		expect(ids(orders).toSorted()).toEqual(ids(wanted).toSorted());
		expect(wanted.length).toBeGreaterThan(0);
		expect(sandbox.requests[0].url).toContain('sort=%2Btitle&status=wait_for_payment');
		const titles = orders.map(({ bookTitle }) => String(bookTitle));
		expect(titles).toEqual(titles.toSorted((one, other) => one.localeCompare(other)));
		const { buyer } = sandbox.state.orders[3];
		const found = jsonOf(await run(sandbox, 'order.getAll', { returnAll: true, filters: { query: buyer.lastName } }));
		expect(found.every((order) => String(order.buyerName).includes(buyer.lastName))).toBe(true);
		expect(ids(found)).toContain(sandbox.state.orders[3].id);
	});

	test('filters by several statuses, payment status and period, which the API cannot', async () => {
		await start();
		const statuses = ['wait_for_payment', 'paymentlink_mailed', 'reserved_by_phone'];
		const day = sandbox.state.orders[60].date.slice(0, 10);
		const midnight = DateTime.fromISO(day, { zone: 'Europe/Amsterdam' }).toISO()!;
		const parameters = { returnAll: true, filters: { status: statuses, paymentStatus: ['open'], orderedBefore: midnight } };
		const wanted = sandbox.state.orders.filter(
			({ status, paymentStatus, date }) => statuses.includes(status) && paymentStatus === 'open' && date < day,
		);
		expect(wanted.length).toBeGreaterThan(2);
		expect(ids(jsonOf(await run(sandbox, 'order.getAll', parameters)))).toEqual(ids(wanted));
		const limited = jsonOf(await run(sandbox, 'order.getAll', { ...parameters, returnAll: false, limit: 2 }));
		expect(ids(limited)).toEqual(ids(wanted).slice(0, 2));
		const after = jsonOf(await run(sandbox, 'order.getAll', { returnAll: true, filters: { orderedAfter: midnight } }));
		expect(ids(after)).toEqual(ids(sandbox.state.orders.filter(({ date }) => date >= day)));
	});

	test('a status that nobody has listed passes through', async () => {
		await start();
		const orders = jsonOf(await run(sandbox, 'order.getAll', { returnAll: true, filters: { status: ['reserved_by_phone'] } }));
		expect(orders.length).toBeGreaterThan(0);
		expect(orders.every(({ status }) => status === 'reserved_by_phone')).toBe(true);
	});

	test.each(['idealPaymentStatus' as const, 'onlinePaymentStatus' as const])('reads the payment status as %s', async (field) => {
		await start({ paymentStatusField: field });
		const orders = jsonOf(await run(sandbox, 'order.getAll', { limit: 20 }));
		expect(orders.map(({ paymentStatus }) => paymentStatus)).toEqual(
			sandbox.state.orders.slice(0, 20).map(({ paymentStatus }) => paymentStatus),
		);
	});
});

describe('Order: Get', () => {
	test.each([
		['', 0],
		['   ', 0],
		['..', 0],
	])('the ID "%s" is refused before anything is sent', async (id, requests) => {
		await start();
		const { error, items } = await run(sandbox, 'order.get', { orderId: byId('={{ $json.id }}') }, { items: itemsOf({ id }) });
		expect(error).toBeDefined();
		expect(items).toHaveLength(0);
		expect(sandbox.requests).toHaveLength(requests);
	});

	test.each(['../books', '1/../2', '?page=1', 'ü é', 'x#y'])('the ID "%s" stays within its own part of the path', async (id) => {
		await start();
		const { error } = await run(sandbox, 'order.get', { orderId: byId('={{ $json.id }}') }, { items: itemsOf({ id }) });
		expect(error?.message).toContain('does not know what was asked for');
		expect(sandbox.requests.map(({ url }) => url)).toEqual([`/webservice/v1/orders/${encodeURIComponent(id)}`]);
	});
});

describe('Order: Update', () => {
	test.each(['idealPaymentStatus', 'onlinePaymentStatus'] as const)('sends the payment status as %s', async (paymentStatusField) => {
		await start({ paymentStatusField });
		const [order] = sandbox.state.orders;
		const result = await run(
			sandbox,
			'order.update',
			{ orderId: byId(order.id), updateFields: { status: 'shipped_paid', paymentStatus: 'paid' } },
			{ credential: { paymentStatusField } },
		);
		expect(bodies('PATCH')).toEqual([{ status: 'shipped_paid', [paymentStatusField]: 'paid' }]);
		expect(jsonOf(result)).toMatchObject([{ id: order.id, status: 'shipped_paid', paymentStatus: 'paid' }]);
		expect(order).toMatchObject({ status: 'shipped_paid', paymentStatus: 'paid' });
	});

	test('sends what is filled in about the buyer and the book, in the shape of a single order', async () => {
		await start();
		const [{ id }] = sandbox.state.orders;
		const result = await run(sandbox, 'order.update', {
			orderId: byId(id),
			buyer: { name: 'Anneke Bakker', phone: '0612345678', postalCode: '7654 aa', country: 'Nederland', note: ' ' },
			book: { price: '12,50', shippingCost: -1 },
		});
		expect(bodies('PATCH')).toEqual([
			{
				buyer: { name: 'Anneke Bakker', phoneNumber: '0612345678', address: { zipCode: '7654AA', country: 'nl' } },
				book: { price: 12.5, shippingCost: -1 },
			},
		]);
		expect(jsonOf(result)[0]).toMatchObject({ buyerName: 'Anneke Bakker', postalCode: '7654AA' });
	});

	test('each item reports for itself; a status that the API refuses comes back with its own words', async () => {
		await start();
		const [first, second] = sandbox.state.orders;
		const result = await run(
			sandbox,
			'order.update',
			{ orderId: byId('={{ $json.id }}'), updateFields: { status: '={{ $json.status }}' } },
			{
				items: itemsOf({ id: first.id, status: 'gone_fishing' }, { id: second.id, status: 'lost_in_transit' }, { id: 1, status: 'shipped_paid' }),
				onError: 'continueRegularOutput',
			},
		);
		expect(result.items[0].json.error).toBe(
			'Boekwinkeltjes refused this: De bestelling is niet geldig; status: Onbekende status gone_fishing',
		);
		expect(result.items[1].json).toMatchObject({ id: second.id, status: 'lost_in_transit' });
		expect(result.items[2].json).toMatchObject({ id: 1, error: expect.stringContaining('check the ID') });
		expect(pairsOf(result)).toEqual([0, 1, 2]);
	});

	test('every fault is named at once, and nothing to change is one', async () => {
		await start();
		const result = await run(
			sandbox,
			'order.update',
			{ orderId: byId('={{ $json.id }}'), buyer: { email: '={{ $json.mail }}' }, book: { price: '={{ $json.price }}' } },
			{ items: itemsOf({ id: '', mail: 'nobody', price: 'free' }, { id: 5 }), onError: 'continueRegularOutput' },
		);
		expect(result.items[0].json.error).toMatch(/Order is empty.*Email "nobody".*Price "free"/);
		expect(result.items[1].json.error).toContain('There is nothing to change');
		expect(sandbox.requests).toHaveLength(0);
	});
});

describe('Package', () => {
	const address = { street: 'Straat', houseNumber: '12 A', postalCode: '7654 aa', city: 'Nijverdal', country: 'NL' };

	test('Create sends an address as people write it', async () => {
		await start();
		const result = await run(sandbox, 'package.create', {
			operator: 'Dpd',
			type: 'SMALL',
			...address,
			name: 'Hans Pieterson',
			additionalFields: { weight: 500, orderId: '4006', email: 'hans@example.com', addressType: 'P' },
		});
		expect(bodies('POST')).toEqual([
			{
				operator: 'Dpd',
				type: 'SMALL',
				name: 'Hans Pieterson',
				address: { street: 'Straat', number: '12', numberext: 'A', zip: '7654AA', city: 'Nijverdal', country: 'nl' },
				weight: 500,
				addressType: 'P',
				email: 'hans@example.com',
				orderId: 4006,
			},
		]);
		expect(jsonOf(result)).toMatchObject([
			{ success: true, orderId: 4006, name: 'Hans Pieterson', houseNumber: '12', houseNumberExtra: 'A', country: 'NL' },
		]);
	});

	test('Create names every fault of an address and sends nothing', async () => {
		await start();
		const { error } = await run(
			sandbox,
			'package.create',
			{
				operator: 'PostNL',
				type: 'STANDARD',
				street: '={{ $json.none }}',
				houseNumber: '={{ $json.none }}',
				postalCode: '76 54',
				city: '={{ $json.none }}',
				country: '={{ $json.land }}',
				additionalFields: { email: 'x', weight: 0.5 },
			},
			{ items: itemsOf({ land: 'NL' }) },
		);
		for (const fault of ['Street is empty', 'House Number is empty', 'Postal Code "76 54"', 'City is empty', 'Email "x"', 'Weight "0.5"']) {
			expect(error?.message).toContain(fault);
		}
		expect(sandbox.requests).toHaveLength(0);
	});

	test('Create From Order takes name, address, e-mail and order ID from the order', async () => {
		await start();
		const [first, second] = sandbox.state.orders;
		const result = await run(
			sandbox,
			'package.createFromOrder',
			{
				orderId: byId('={{ $json.id }}'),
				operator: 'PostNL',
				type: 'MAILBOX',
				additionalFields: { weight: 350, phone: '={{ $json.phone }}' },
			},
			{ items: itemsOf({ id: first.id, phone: '0699999999' }, { id: second.id, phone: '' }) },
		);
		expect(pairsOf(result)).toEqual([0, 1]);
		const { buyer } = first;
		expect(bodies('POST')[0]).toMatchObject({
			orderId: first.id,
			name: `${buyer.firstName} ${buyer.lastName}`,
			email: buyer.email,
			phoneNumber: '0699999999',
			weight: 350,
			address: { street: buyer.address.street, number: buyer.address.number, zip: buyer.address.zipCode, country: buyer.address.country },
		});
		expect(bodies('POST')[1].phoneNumber).toBe(second.buyer.phone);
		expect(sandbox.state.parcels[0].orderId).toBe(second.id);
	});

	test('Create From Order sends none of the packages while one order lacks its address', async () => {
		await start();
		const [first, second] = sandbox.state.orders;
		second.buyer.address.street = '';
		const parameters = { orderId: byId('={{ $json.id }}'), operator: 'PostNL', type: 'STANDARD' };
		const { error } = await run(sandbox, 'package.createFromOrder', parameters, { items: itemsOf({ id: first.id }, { id: second.id }) });
		expect(`${error?.message} ${error?.description}`).toContain('Street is empty');
		expect(sent('POST')).toHaveLength(0);
		const unknown = await run(sandbox, 'package.createFromOrder', { ...parameters, orderId: byId('5') });
		expect(unknown.error?.message).toContain('check the ID');
	});

	test('Get Many, Get and Get Rate', async () => {
		await start();
		const parcels = jsonOf(await run(sandbox, 'package.getAll', { returnAll: true }));
		expect(ids(parcels)).toEqual(sandbox.state.parcels.map(({ packageID }) => packageID));
		const [parcel] = jsonOf(await run(sandbox, 'package.get', { packageId: byId(parcels[1].id as string) }));
		expect(parcel).toEqual(parcels[1]);
		const rates = jsonOf(await run(sandbox, 'package.getRate', { operator: 'DHL', type: 'MAILBOX', ...address }));
		expect(rates).toEqual([{ rate: '415', currency: 'EUR' }]);
		const rateIn = async (body: unknown) => {
			sandbox.faults.push({ kind: 'status', status: 200, body });
			return await run(sandbox, 'package.getRate', { operator: 'DHL', type: 'MAILBOX', ...address });
		};
		expect(jsonOf(await rateIn({ status: 200, data: '415' }))).toEqual([{ rate: '415' }]);
		expect(jsonOf(await rateIn([{ rate: '415' }, { rate: '695' }]))).toEqual([{ rate: '415' }, { rate: '695' }]);
		expect((await rateIn({ status: 200, data: {} })).error?.message).toContain('no rate for this package');
		const { error } = await run(sandbox, 'package.get', { packageId: byId('={{ $json.none }}') });
		expect(error?.message).toBe('Package is empty: fill it in, or check the expression that gives it');
	});
});

describe('Payment', () => {
	test.each(['array', 'paginator', 'bare'] as const)('Get Many reads all of them (%s), Get one of them', async (lists) => {
		await start({ lists, repeatsLastPage: true });
		const payments = jsonOf(await run(sandbox, 'payment.getAll', { returnAll: true }));
		expect(ids(payments)).toEqual(ids(sandbox.state.payments));
		const [payment] = jsonOf(await run(sandbox, 'payment.get', { paymentId: byId(String(payments[0].id)) }));
		expect(payment).toEqual(payments[0]);
		const paid = sandbox.state.payments.findIndex(({ successDate }) => successDate !== null);
		expect(payments[paid]).toMatchObject({ isPaid: true, paid: expect.stringMatching(/T.*\+0[12]:00$/) });
	});

	const link = { title: 'Bestelling 4006', amount: '10,99', shippingCosts: '€ 4,95', name: 'Hans', email: 'hans@example.com' };

	test.each([
		['text', /^https:\/\/www\.boekwinkeltjes\.nl\/betaal\//],
		['member', /^https:\/\/www\.boekwinkeltjes\.nl\/betaal\//],
		['nowhere', null],
	] as const)('Create Payment Link finds the link in the answer (%s)', async (where, expected) => {
		await start({ link: where });
		const [made] = jsonOf(await run(sandbox, 'payment.createLink', { ...link, additionalFields: { bookIds: '12, 34' } }));
		expect(bodies('POST')).toEqual([
			{ title: 'Bestelling 4006', amount: 10.99, shippingcosts: 4.95, name: 'Hans', email: 'hans@example.com', singleIDs: '12,34' },
		]);
		expect(made).toMatchObject({ success: true, title: 'Bestelling 4006', amount: 10.99 });
		if (expected) expect(made.link).toMatch(expected);
		else expect(made.link).toBeNull();
	});

	test.each([
		[{ status: 201, paymentLink: 'https://pay.example/1' }, 'https://pay.example/1'],
		[{ status: 201, data: ['https://pay.example/1'] }, 'https://pay.example/1'],
		[{ status: 201 }, null],
	])('the answer %j to a new link', async (body, expected) => {
		await start();
		sandbox.faults.push({ kind: 'status', status: 201, body });
		const [made] = jsonOf(await run(sandbox, 'payment.createLink', link));
		expect(made).toMatchObject({ success: true, link: expected, amount: 10.99 });
		expect(made).not.toHaveProperty('status');
	});

	test('Create Payment Link names every fault before anything is sent', async () => {
		await start();
		const { error } = await run(
			sandbox,
			'payment.createLink',
			{ ...link, amount: '={{ $json.amount }}', email: 'hans', name: '={{ $json.none }}', additionalFields: { bookIds: 'a,b' } },
			{ items: itemsOf({ amount: 'x' }) },
		);
		for (const fault of ['Amount "x"', 'Email "hans"', 'Name is empty', 'Book IDs "a"']) {
			expect(error?.message).toContain(fault);
		}
		expect(sandbox.requests).toHaveLength(0);
	});

	test('Refund needs a reason, and says what became of each payment', async () => {
		await start();
		const paid = sandbox.state.payments.find(({ successDate }) => successDate !== null)!;
		const open = sandbox.state.payments.find(({ successDate }) => successDate === null)!;
		const result = await run(
			sandbox,
			'payment.refund',
			{ paymentId: byId('={{ $json.id }}'), reason: '={{ $json.why }}' },
			{
				items: itemsOf({ id: paid.id, why: 'Boek beschadigd' }, { id: open.id, why: 'Vergissing' }, { id: paid.id, why: ' ' }),
				onError: 'continueRegularOutput',
			},
		);
		expect(result.items[0].json).toEqual({ success: true, paymentId: String(paid.id), messages: `Betaling ${paid.id} is teruggestort` });
		expect(result.items[1].json.error).toBe('Boekwinkeltjes refused this: Deze betaling is nog niet betaald');
		expect(result.items[2].json.error).toBe('Reason is empty: fill it in, or check the expression that gives it');
		expect(bodies('POST')).toEqual([{ reason: 'Boek beschadigd' }, { reason: 'Vergissing' }]);
	});
});

test('two rows with the same payment pay back once', async () => {
	await start();
	const { id } = sandbox.state.payments.find(({ successDate }) => successDate !== null)!;
	const result = await run(
		sandbox,
		'payment.refund',
		{ paymentId: byId('={{ $json.id }}'), reason: 'Dubbel' },
		{ items: itemsOf({ id }, { id: ` ${id}` }), onError: 'continueRegularOutput' },
	);
	expect(sent('POST')).toHaveLength(1);
	expect(result.items.map(({ json }) => json)).toMatchObject([
		{ success: true, paymentId: String(id) },
		{ error: expect.stringContaining(`Item 0 asks for the refund of payment ${id}`) },
	]);
});

describe('Shipping, questions, settings', () => {
	test('Shipping Cost: Get, by book and by shipping ID', async () => {
		await start();
		const [book] = sandbox.state.books;
		const cost = async (lookUpBy: string, id: string) => jsonOf(await run(sandbox, 'shippingCost.get', { lookUpBy, id }));
		const [byBook] = await cost('bookId', String(book.id));
		expect(byBook).toMatchObject({ type: 'fixed', options: [{ id: book.shippingCategory }] });
		expect(await cost('shippingId', String(book.shippingCategory))).toEqual([byBook]);
		expect(sandbox.requests.map(({ query }) => query.type)).toEqual(['bookId', 'shippingId']);
	});

	test('Shipping Fee: Get, Set and Add', async () => {
		await start();
		expect(jsonOf(await run(sandbox, 'shippingFee.get'))).toMatchObject([{ type: 'variable', free: 50 }]);
		const [changed] = jsonOf(await run(sandbox, 'shippingFee.set', { type: 'fixed', fee: '4,15', free: '' }));
		expect(changed).toMatchObject({ type: 'fixed', fee: 4.15, free: 50 });
		const [added] = jsonOf(await run(sandbox, 'shippingFee.add', { name: 'Rol', fee: '8,-' }));
		expect(added).toMatchObject({ id: 4, name: 'Rol', fee: 8 });
		expect([...bodies('PUT'), ...bodies('POST')]).toEqual([{ type: 'fixed', fee: 4.15 }, { name: 'Rol', fee: 8 }]);
		const { error } = await run(sandbox, 'shippingFee.add', { name: '={{ $json.none }}', fee: 'veel' });
		expect(error?.message).toMatch(/Name is empty.*Fee "veel"/);
	});

	test('Question: Get has the buyer and the book in the same shapes as an order', async () => {
		await start();
		const { id, question, user, book } = sandbox.state.questions[2];
		expect(jsonOf(await run(sandbox, 'question.get', { questionId: String(id) }))).toMatchObject([
			{ id, question, buyerName: user.name, buyerEmail: user.emailAddress, bookId: book.id, bookTitle: book.title },
		]);
	});

	test('Settings: Get', async () => {
		await start();
		expect(jsonOf(await run(sandbox, 'settings.get'))).toEqual([sandbox.state.settings]);
	});
});
