import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';

import { Stamhoofd } from '../../nodes/Stamhoofd/Stamhoofd.node';
import { timeOf } from '../../nodes/operation/time';
import type { Order, Payment } from '../sandbox/stamhoofd/seed';
import { byId, ids, input, json, LINES, listed, pairs, UNKNOWN_ID, useStamhoofd } from './stamhoofd';

const payment = (operation: string, more: INodeParameters = {}) => ({ resource: 'payment', operation, ...more });
const order = (more: INodeParameters = {}) => ({ resource: 'order', operation: 'getAll', ...more });
const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

/** What is in an order, in a few words; a product with a single price has no need to say which. */
function itemsOf({ lines }: Order): string | null {
	const words = lines.map(({ product, price, amount }) => {
		const variant = product.prices.length > 1 ? ` (${product.prices[price].name})` : '';
		return `${amount} × ${product.name}${variant}`;
	});
	return words.join(', ') || null;
}

/** What the node should say of a payment, worked out from the simulator's own state. */
function expectedPayment({ order: of, customer, ...one }: Payment, unitsPerCent: number) {
	return {
		id: one.id,
		status: one.status,
		isOpen: ['Created', 'Pending'].includes(one.status),
		method: one.method,
		provider: one.provider,
		price: one.price / 100,
		priceRaw: one.price * unitsPerCent,
		communication: one.communication,
		description: one.description,
		customerName: `${customer.firstName} ${customer.lastName}`,
		iban: one.iban,
		ibanName: one.ibanName,
		webshopId: of?.webshop.id ?? null,
		orderId: of?.id ?? null,
		orderNumber: of?.number ?? null,
		createdAt: timeOf(one.createdAt),
		updatedAt: timeOf(one.updatedAt),
		paidAt: timeOf(one.paidAt),
	};
}

describe.each(LINES)('reading on the $line line', ({ line }) => {
	const bench = useStamhoofd({ line, payments: 400 });
	const unitsPerCent = line === 'current' ? 100 : 1;
	const visible = () => listed(line, bench.sandbox.state.payments);

	describe('Payment: Get Many', () => {
		test('returns every payment once, with its fields flat and in euro', async () => {
			const result = await bench.run(payment('getAll', { returnAll: true }));
			const records = json(result);
			expect(ids(records).sort()).toEqual(ids(visible()).sort());
			for (const expected of visible()) {
				expect(records.find(({ id }) => id === expected.id)).toMatchObject(expectedPayment(expected, unitsPerCent));
			}
		});

		test('returns no more than the limit', async () => {
			const records = json(await bench.run(payment('getAll', { limit: 7 })));
			expect(new Set(ids(records)).size).toBe(7);
		});

		test('reads limit and filter of each item by itself, and pairs what comes out', async () => {
			const result = await bench.run(
				payment('getAll', { limit: '={{ $json.limit }}', filters: { status: '={{ $json.status }}' } }),
				{ items: input({ limit: 2, status: ['Created'] }, { limit: 3, status: ['Pending'] }) },
			);
			expect(pairs(result.items)).toEqual([0, 0, 1, 1, 1]);
			expect(json(result).map(({ status }) => status)).toEqual(['Created', 'Created', 'Pending', 'Pending', 'Pending']);
		});

		test('gives the answer of the API as it came with Simplify off', async () => {
			const [record] = json(await bench.run(payment('getAll', { limit: 1, simplify: false })));
			expect(record).toHaveProperty('balanceItemPayments');
			expect(record).toHaveProperty('transferDescription');
			const { price } = bench.sandbox.state.payments.find(({ id }) => id === record.id)!;
			expect(record.price).toBe(price * unitsPerCent);
		});

		const middle = () => visible()[Math.floor(visible().length / 2)];
		test.each<[string, () => INodeParameters, (one: Payment) => boolean]>([
			['status', () => ({ status: ['Created'] }), ({ status }) => status === 'Created'],
			['a status alone', () => ({ status: 'Created' }), ({ status }) => status === 'Created'],
			['statuses as text', () => ({ status: 'Created, Pending' }), ({ status }) => ['Created', 'Pending'].includes(status)],
			['several statuses', () => ({ status: ['Created', 'Pending'] }), ({ status }) => ['Created', 'Pending'].includes(status)],
			['created after', () => ({ createdAfter: iso(middle().createdAt) }), ({ createdAt }) => createdAt >= middle().createdAt],
			['created before', () => ({ createdBefore: iso(middle().createdAt) }), ({ createdAt }) => createdAt < middle().createdAt],
			[
				'webshop',
				() => ({ webshopId: byId(bench.sandbox.state.webshops[1].id) }),
				(one) => one.order?.webshop === bench.sandbox.state.webshops[1],
			],
			[
				'webshop, its ID alone',
				() => ({ webshopId: bench.sandbox.state.webshops[1].id }),
				(one) => one.order?.webshop === bench.sandbox.state.webshops[1],
			],
			['search by e-mail', () => ({ search: middle().customer.email }), ({ customer }) => customer.email === middle().customer.email],
			[
				'search by name',
				() => ({ search: middle().customer.lastName.toUpperCase() }),
				({ customer }) => `${customer.firstName} ${customer.lastName}`.toLowerCase().includes(middle().customer.lastName.toLowerCase()),
			],
		])('filters by %s', async (_, filters, isWanted) => {
			const expected = visible().filter(isWanted);
			expect(expected.length).toBeGreaterThan(0);
			expect(expected.length).toBeLessThan(visible().length);
			const records = json(await bench.run(payment('getAll', { returnAll: true, filters: filters() })));
			expect(ids(records).sort()).toEqual(ids(expected).sort());
		});

		const paid = (from: number, to: number) => {
			const { payments } = bench.sandbox.state;
			return payments.filter(({ paidAt }) => paidAt !== null && paidAt >= from && paidAt < to);
		};

		test('filters by when it was paid, whatever the method and however old', async () => {
			const dates = bench.sandbox.state.payments.flatMap(({ paidAt }) => paidAt ?? []).sort((one, other) => one - other);
			const [from, to] = [dates[20], dates[60]];
			const filters = { paidAfter: iso(from), paidBefore: iso(to) };
			const records = json(await bench.run(payment('getAll', { returnAll: true, filters })));
			expect(ids(records).sort()).toEqual(ids(paid(from, to)).sort());
		});

		test('lists all paid payments page by page', async () => {
			const filters = { status: ['Succeeded'] };
			const records = json(await bench.run(payment('getAll', { returnAll: true, filters })));
			expect(ids(records).sort()).toEqual(ids(paid(-Infinity, Infinity)).sort());
			expect(bench.sandbox.requests.length).toBeGreaterThan(1);
		});

		test('filters by method', async () => {
			const filters = { status: ['Succeeded'], method: ['Bancontact', 'iDEAL'] };
			const records = json(await bench.run(payment('getAll', { returnAll: true, filters })));
			const isWanted = ({ method }: Payment) => ['Bancontact', 'iDEAL'].includes(method);
			expect(ids(records).sort()).toEqual(ids(paid(-Infinity, Infinity).filter(isWanted)).sort());
		});

		test('filters by a method whose open payments the first line never lists', async () => {
			const filters = { method: ['Bancontact'] };
			const records = json(await bench.run(payment('getAll', { returnAll: true, filters })));
			const isListed = ({ method, status }: Payment) => method === 'Bancontact' && (line === 'current' || status === 'Succeeded');
			expect(ids(records).sort()).toEqual(ids(bench.sandbox.state.payments.filter(isListed)).sort());
		});

		test('a method that the server does not know finds nothing', async () => {
			const filters = { status: ['Succeeded'], method: ['AccountDeducations'] };
			expect(json(await bench.run(payment('getAll', { returnAll: true, filters })))).toEqual([]);
		});

		test('a limit leaves the newest of the paid payments', async () => {
			const filters = { status: ['Succeeded'] };
			const records = json(await bench.run(payment('getAll', { limit: 5, filters })));
			const newest = [...paid(-Infinity, Infinity)].sort((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1));
			expect(ids(records)).toEqual(ids(newest.slice(0, 5)));
		});

		test.each([
			['d/M/yyyy', (date: string) => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`],
			['d-M-yyyy H:mm', (date: string) => `${Number(date.slice(8, 10))}-${Number(date.slice(5, 7))}-${date.slice(0, 4)} 00:00`],
			['yyyy-MM-dd HH:mm:ss', (date: string) => `${date} 00:00:00`],
		])('takes a date written as %s for a day in the time zone of the workflow', async (_, write) => {
			const written = (createdAfter: string) => payment('getAll', { returnAll: true, filters: { createdAfter } });
			const date = iso(middle().createdAt).slice(0, 10);
			const records = json(await bench.run(written(write(date))));
			expect(records.length).toBeGreaterThan(0);
			expect(ids(records)).toEqual(ids(json(await bench.run(written(`${date}T00:00:00`)))));
		});

		test.each<[string, (one: Payment) => string]>([
			['description', ({ description }) => description.slice(2)],
			['communication', ({ communication }) => communication!.slice(1, -1)],
		])('searches in the %s', async (_, searchFor) => {
			const wanted = visible().find(({ communication }) => communication?.startsWith('Bestelling wijn'))!;
			const search = searchFor(wanted).toUpperCase();
			const records = json(await bench.run(payment('getAll', { returnAll: true, filters: { search } })));
			const isFound = ({ description, communication }: Payment) =>
				[description, communication ?? ''].some((text) => text.toUpperCase().includes(search));
			expect(ids(records).sort()).toEqual(ids(visible().filter(isFound)).sort());
		});

		test('finds a structured communication in each of its spellings', async () => {
			const wanted = visible().find(({ communication }) => communication?.startsWith('+++'))!;
			const digits = wanted.communication!.replace(/\D/g, '');
			const spellings = [digits, ...['', '*', '+++'].map((mark) => wanted.communication!.replaceAll('+', mark))];
			for (const search of [...spellings, wanted.communication!.replace(/\D+/g, ' ')]) {
				expect(ids(json(await bench.run(payment('getAll', { filters: { search } }))))).toEqual([wanted.id]);
			}
		});

		test.each(['', 'undefined'])('a webshop "%s" never lists the payments of all webshops', async (id) => {
			const expression = `={{ ${JSON.stringify(id)} }}`;
			for (const webshopId of [byId(expression), expression]) {
				const result = await bench.run(payment('getAll', { returnAll: true, filters: { webshopId } }));
				expect(result.error?.message).toMatch(/^Webshop .*(is empty|is not an ID)/);
			}
			expect(bench.sandbox.requests).toEqual([]);
		});

		test('a date that is none is refused without a request', async () => {
			const result = await bench.run(payment('getAll', { filters: { createdAfter: 'yesterday-ish' } }));
			expect(result.error?.message).toContain('Created After "yesterday-ish" is not a date');
			expect(bench.sandbox.requests).toEqual([]);
		});
	});

	describe('Payment: Get', () => {
		test('finds a payment that was paid long ago, in whatever way', async () => {
			const paid = bench.sandbox.state.payments.filter(({ status }) => status === 'Succeeded');
			const wanted = [paid[0], paid.find(({ method }) => method === 'Bancontact')!];
			const result = await bench.run(payment('get', { paymentId: byId('={{ $json.id }}') }), {
				items: input(...wanted.map(({ id }) => ({ id }))),
			});
			expect(ids(json(result))).toEqual(ids(wanted));
		});

		test('gets each item its own payment, in order', async () => {
			const wanted = [visible()[3], visible()[0], visible()[9]];
			const result = await bench.run(payment('get', { paymentId: byId('={{ $json.id }}') }), {
				items: input(...wanted.map(({ id }) => ({ id }))),
			});
			expect(json(result)).toEqual(wanted.map((one) => expect.objectContaining(expectedPayment(one, unitsPerCent))));
			expect(pairs(result.items)).toEqual([0, 1, 2]);
		});

		test('takes an id with blanks around it and in capitals', async () => {
			const [{ id }] = visible();
			const [record] = json(await bench.run(payment('get', { paymentId: byId(`  ${id.toUpperCase()} `) })));
			expect(record?.id).toBe(id);
		});

		test('an unknown id fails only its own item', async () => {
			const [{ id }] = visible();
			const result = await bench.run(payment('get', { paymentId: byId('={{ $json.id }}') }), {
				items: input({ id: UNKNOWN_ID, name: 'a' }, { id, name: 'b' }),
				onError: 'continueRegularOutput',
			});
			expect(json(result)).toEqual([
				expect.objectContaining({ id: UNKNOWN_ID, name: 'a', error: expect.stringContaining('Stamhoofd') }),
				expect.objectContaining({ id, price: expect.any(Number) }),
			]);
			expect(pairs(result.items)).toEqual([0, 1]);
		});

		test('a failed item goes to the error output with its input', async () => {
			const [{ id }] = visible();
			const result = await bench.run(payment('get', { paymentId: byId('={{ $json.id }}') }), {
				items: input({ id }, { id: UNKNOWN_ID, name: 'b' }),
				onError: 'continueErrorOutput',
			});
			expect(ids(json(result))).toEqual([id]);
			expect(result.errorItems.map((item) => item.json)).toEqual([
				expect.objectContaining({ id: UNKNOWN_ID, name: 'b', error: expect.any(String) }),
			]);
		});

		test.each(['', '   ', '.', '..', '../x', 'a/b', '?x=1', 'ü', '%2e%2e', 'undefined'])(
			'refuses the id "%s" without a request',
			async (id) => {
				const expression = `={{ ${JSON.stringify(id)} }}`;
				for (const [resource, field] of [['payment', 'paymentId'], ['webshop', 'webshopId']]) {
					const result = await bench.run({ resource, operation: 'get', [field]: byId(expression) });
					expect(result.error?.message).toMatch(new RegExp(`^${resource} .*(is empty|is not an ID)`, 'i'));
				}
				expect(bench.sandbox.requests).toEqual([]);
			},
		);
	});

	describe('Order: Get Many', () => {
		const ordersOf = (position: number) =>
			bench.sandbox.state.orders.filter(({ webshop }) => webshop === bench.sandbox.state.webshops[position]);

		test('returns every order of the webshop once, with its lines in euro', async () => {
			const { webshops } = bench.sandbox.state;
			const records = json(await bench.run(order({ webshopId: byId(webshops[0].id), returnAll: true })));
			const expected = ordersOf(0);
			expect(expected.length).toBeGreaterThan(50);
			expect(ids(records).sort()).toEqual(ids(expected).sort());
			for (const one of expected) {
				expect(records.find(({ id }) => id === one.id)).toMatchObject({
					number: one.number,
					status: one.status,
					webshopId: webshops[0].id,
					customerName: `${one.customer.firstName} ${one.customer.lastName}`,
					customerEmail: one.customer.email,
					price: one.payment.price / 100,
					priceRaw: one.payment.price * unitsPerCent,
					items: itemsOf(one),
					webshopName: one.webshop.name,
					paymentId: one.payment.id,
					paymentMethod: one.payment.method,
					paymentStatus: one.payment.status,
					createdAt: timeOf(one.createdAt),
					updatedAt: timeOf(one.updatedAt),
				});
			}
		});

		test('returns the orders of all webshops, which a new node has chosen; the first line asks for one', async () => {
			const { state } = bench.sandbox;
			const result = await bench.run(order({ returnAll: true }));
			if (line !== 'current') {
				expect(result.error?.message).toMatch(/^This API version lists the orders of one webshop only: choose a webshop/);
				return;
			}
			expect(ids(json(result)).sort()).toEqual(ids(state.orders).sort());
			expect(new Set(json(result).map(({ webshopName }) => webshopName))).toEqual(new Set(state.orders.map(({ webshop }) => webshop.name)));
		});

		test('an expression that gives no webshop does not come to mean all', async () => {
			const { error } = await bench.run(order({ webshopId: { __rl: true, mode: 'list', value: '={{ $json.none }}' } as never, returnAll: true }));
			expect(error?.message).toContain('Webshop is empty');
			expect(bench.sandbox.requests).toEqual([]);
		});

		test('a limit leaves the newest', async () => {
			const newest = [...ordersOf(0)].sort((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1));
			const records = json(await bench.run(order({ webshopId: byId(bench.sandbox.state.webshops[0].id), limit: 3 })));
			expect(ids(records)).toEqual(ids(newest.slice(0, 3)));
		});

		test('limit and webshop of each item by itself', async () => {
			const { webshops } = bench.sandbox.state;
			const result = await bench.run(order({ webshopId: byId('={{ $json.shop }}'), limit: '={{ $json.limit }}' }), {
				items: input({ shop: webshops[1].id, limit: 2 }, { shop: webshops[2].id, limit: 1 }),
			});
			expect(json(result).map(({ webshopId }) => webshopId)).toEqual([webshops[1].id, webshops[1].id, webshops[2].id]);
			expect(pairs(result.items)).toEqual([0, 0, 1]);
		});

		const middle = () => ordersOf(0)[30];
		test.each<[string, () => INodeParameters, (one: Order) => boolean]>([
			['status', () => ({ status: ['Prepared', 'Completed'] }), ({ status }) => ['Prepared', 'Completed'].includes(status)],
			['created after', () => ({ createdAfter: iso(middle().createdAt) }), ({ createdAt }) => createdAt >= middle().createdAt],
			['created before', () => ({ createdBefore: iso(middle().createdAt) }), ({ createdAt }) => createdAt < middle().createdAt],
			['updated after', () => ({ updatedAfter: iso(middle().updatedAt) }), ({ updatedAt }) => updatedAt >= middle().updatedAt],
		])('filters by %s', async (_, filters, isWanted) => {
			const expected = ordersOf(0).filter(isWanted);
			expect(expected.length).toBeGreaterThan(0);
			expect(expected.length).toBeLessThan(ordersOf(0).length);
			const webshopId = byId(bench.sandbox.state.webshops[0].id);
			const records = json(await bench.run(order({ webshopId, returnAll: true, filters: filters() })));
			expect(ids(records).sort()).toEqual(ids(expected).sort());
		});

		test('an unknown webshop is said, a webshop without orders gives none', async () => {
			const unknown = await bench.run(order({ webshopId: byId(UNKNOWN_ID) }));
			expect(unknown.error?.message).toMatch(/knows no webshop with this ID/);
			const { state } = bench.sandbox;
			state.orders.splice(0, Infinity, ...state.orders.filter(({ webshop }) => webshop !== state.webshops[0]));
			const empty = await bench.run(order({ webshopId: byId(state.webshops[0].id) }));
			expect([empty.error, json(empty)]).toEqual([undefined, []]);
		});

		test('an empty webshop id never lists the orders of all webshops', async () => {
			const result = await bench.run(order({ webshopId: byId('={{ "" }}'), returnAll: true }));
			expect(result.error?.message).toMatch(/empty/);
			expect(bench.sandbox.requests).toEqual([]);
		});
	});

	describe('Webshop', () => {
		test('Get Many lists them all', async () => {
			const records = json(await bench.run({ resource: 'webshop', operation: 'getAll', returnAll: true }));
			const { webshops } = bench.sandbox.state;
			expect(records.map(({ id, name, uri }) => ({ id, name, uri }))).toEqual(
				webshops.map(({ id, name, uri }) => ({ id, name, uri })),
			);
		});

		test('Get Many keeps to the limit', async () => {
			expect(json(await bench.run({ resource: 'webshop', operation: 'getAll', limit: 2 }))).toHaveLength(2);
		});

		test('Get gives the webshop of each item with its products', async () => {
			const [one, other] = bench.sandbox.state.webshops;
			const result = await bench.run(
				{ resource: 'webshop', operation: 'get', webshopId: byId('={{ $json.id }}') },
				{ items: input({ id: other.id }, { id: one.id }) },
			);
			expect(json(result)).toEqual(
				[other, one].map(({ id, name, products }) =>
					expect.objectContaining({ id, name, products: products.map((product) => product.name).join(', ') }),
				),
			);
			expect(pairs(result.items)).toEqual([0, 1]);
		});

		test('Get with an unknown id says what to do', async () => {
			const result = await bench.run({ resource: 'webshop', operation: 'get', webshopId: byId(UNKNOWN_ID) });
			expect(result.error?.message).toMatch(/webshop/i);
		});
	});

	describe('Organization', () => {
		test('Get gives its name, address and webshops', async () => {
			const [record] = json(await bench.run({ resource: 'organization', operation: 'get' }));
			const { organization, webshops } = bench.sandbox.state;
			expect(record).toMatchObject({
				id: organization.id,
				name: organization.name,
				city: organization.address.city,
				webshops: webshops.map(({ name }) => name).join(', '),
			});
		});

		test('Search finds organizations by name without a credential', async () => {
			const options = { baseUrl: bench.sandbox.url, apiVersion: line === 'current' ? 411 : 191 };
			const result = await bench.run(
				{ resource: 'organization', operation: 'search', query: '={{ $json.q }}', options },
				{ credentials: {}, items: input({ q: 'harmonie' }, { q: 'Het Doek' }, { q: 'nobody' }) },
			);
			expect(json(result).map(({ name }) => name)).toEqual([
				'Harmonie De Eendracht',
				'Harmonie Sint-Cecilia',
				'Toneelgroep Het Doek',
			]);
			expect(pairs(result.items)).toEqual([0, 0, 1]);
			expect(bench.sandbox.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined, undefined]);
		});
	});
});

describe.each(LINES)('lists to choose from on the $line line', ({ line }) => {
	const bench = useStamhoofd({ line, payments: 400 });
	const { searchPayments, searchWebshops } = new Stamhoofd().methods.listSearch;

	/** What the editor hands to a list search. */
	function editor(): ILoadOptionsFunctions {
		return {
			getCredentials: async () => bench.credentials,
			getNode: () => ({ name: 'Node' }),
			getTimezone: () => 'Europe/Brussels',
			helpers: {
				async httpRequestWithAuthentication(_type: string, { url }: { url: string }) {
					const response = await fetch(url, { headers: { authorization: `Bearer ${String(bench.credentials.apiKey)}` } });
					return { statusCode: response.status, headers: {}, body: await response.json() };
				},
			},
		} as unknown as ILoadOptionsFunctions;
	}

	test('payments, with who, what and how much', async () => {
		const { results } = await searchPayments.call(editor());
		expect(results).toHaveLength(Math.min(100, listed(line, bench.sandbox.state.payments).length));
		const one = bench.sandbox.state.payments.find(({ id }) => id === results[0].value)!;
		expect(results[0].name).toContain(`${one.customer.firstName} ${one.customer.lastName}`);
		expect(results[0].name).toContain(`€ ${(one.price / 100).toFixed(2)}`);
	});

	test('payments found by a structured communication', async () => {
		const one = listed(line, bench.sandbox.state.payments).find(({ communication }) => communication?.startsWith('+++'))!;
		const { results } = await searchPayments.call(editor(), one.communication!);
		expect(results.map(({ value }) => value)).toEqual([one.id]);
	});

	test('webshops, all of them and by a part of the name', async () => {
		const { webshops } = bench.sandbox.state;
		const expected = webshops.map(({ id, name }) => ({ name, value: id }));
		expect((await searchWebshops.call(editor())).results).toEqual(expected);
		expect((await searchWebshops.call(editor(), 'WIJN')).results).toEqual([expected[1]]);
	});
});

describe('both lines give the same fields', () => {
	const current = useStamhoofd({ line: 'current', payments: 60 });
	const documented = useStamhoofd({ line: 'documented', payments: 60 });

	test.each<[string, () => INodeParameters]>([
		['payments', () => payment('getAll', { returnAll: true, filters: { status: ['Created'], method: ['Transfer'] } })],
		['orders', () => order({ webshopId: byId(current.sandbox.state.webshops[0].id), returnAll: true })],
		['webshops', () => ({ resource: 'webshop', operation: 'getAll', returnAll: true })],
		['the organization', () => ({ resource: 'organization', operation: 'get' })],
	])('for %s', async (_, parameters) => {
		const records = async (bench: typeof current) =>
			json(await bench.run(parameters())).sort((one, other) => String(one.id).localeCompare(String(other.id)));
		const [one, other] = [await records(current), await records(documented)];
		expect(one.length).toBeGreaterThan(0);
		expect(ids(other)).toEqual(ids(one));
		expect(other.map((record) => Object.keys(record))).toEqual(one.map((record) => Object.keys(record)));
	});
});

describe('versions of the current line', () => {
	const bench = useStamhoofd({ line: 'current', payments: 40 }, { apiVersion: 'custom', customApiVersion: 388 });

	test('v388 gives cents, which come out as the same euro', async () => {
		const records = json(await bench.run(payment('getAll', { returnAll: true })));
		const { payments } = bench.sandbox.state;
		expect(records).toHaveLength(40);
		for (const { id, price, priceRaw } of records) {
			const cents = payments.find((one) => one.id === id)!.price;
			expect([price, priceRaw]).toEqual([cents / 100, cents]);
		}
	});
});
