import { items, sale } from './saleDocuments';
import { input, json, useWebwinkelfacturen } from './webwinkelfacturen';

const bench = useWebwinkelfacturen();

const add = { resource: 'sale', operation: 'add' };
const november = { startDate: '1-11-2026', endDate: '2026-11-30' };
const getAll = { resource: 'order', operation: 'getAll', returnAll: true, ...november };

const sales = (from: number, to: number) => items(...Array.from({ length: to - from + 1 }, (_, index) => sale(from + index)));

const numbers = (records: Array<{ number?: unknown }>) => records.map(({ number }) => Number(number)).sort((a, b) => a - b);

const range = (to: number) => Array.from({ length: to }, (_, index) => index + 1);

/** Puts sales there without sending them one by one. */
function store(count: number) {
	bench.sandbox.state.records.order = range(count).map((number) => ({
		at: Date.parse('2026-11-24T12:00:00Z'),
		sent: {
			...{ orderid: `shop:${number}`, ordernumber: String(number), orderdate: '2026-11-24 10:15:00', items: [] },
			...{ totalInclWithDiscount: 10.9, totalExclWithDiscount: 10, totalVatWithDiscount: 0.9 },
		},
	}));
}

describe.each(['asClient', 'zeroIsOne'] as const)('a list whose pages are counted %s', (paging) => {
	test.each([0, 1, 7, 10, 11, 35])('is whole, each sale once: %d sales', async (count) => {
		Object.assign(bench.sandbox.settings, { paging, mostPerPage: 10 });
		store(count);
		const { error, items: found } = await bench.run(getAll);
		expect(error).toBeUndefined();
		expect(numbers(found.map((item) => item.json))).toEqual(range(count));
	});

	test('is whole in the other direction too, where the first page is 1', async () => {
		Object.assign(bench.sandbox.settings, { paging, mostPerPage: 10 });
		bench.sandbox.state.records.customer = range(25).map((number) => ({ at: 0, sent: { customerid: `k${number}`, customernumber: String(number) } }));
		const { items: found } = await bench.run({ resource: 'customer', operation: 'getAll', returnAll: true });
		expect(numbers(found.map((item) => item.json))).toEqual(range(25));
		expect(bench.requests()[0].query.page).toBe('1');
	});
});

test('a list ends with its limit', async () => {
	store(350);
	const { items: found } = await bench.run({ ...getAll, returnAll: false, limit: 120 });
	expect(found).toHaveLength(120);
	expect(bench.requests().length).toBeLessThanOrEqual(3);
});

test('a list without a member for its records is empty', async () => {
	bench.sandbox.settings.emptyList = 'absent';
	const { error, items: found } = await bench.run(getAll);
	expect([error, found]).toEqual([undefined, []]);
});

test('without days it is the last thirty', async () => {
	await bench.run({ ...getAll, startDate: '', endDate: '' });
	const [{ query }] = bench.requests();
	const days = (Date.parse(String(query.enddate)) - Date.parse(String(query.startdate))) / 86_400_000;
	expect(days).toBe(30);
	expect(Math.abs(Date.parse(String(query.enddate)) - Date.now())).toBeLessThan(2 * 86_400_000);
});

test('reads are signed, and a server that wants that gets it', async () => {
	bench.sandbox.settings.signedReads = true;
	store(3);
	const { items: found } = await bench.run(getAll);
	expect(found).toHaveLength(3);
	expect(bench.requests()[0].query.signature).toMatch(/^[0-9a-f]{32}$/);
});

test('records are flat with amounts as numbers, or raw', async () => {
	await bench.run(add, { items: sales(1, 1) });
	const got = await bench.run({ resource: 'order', operation: 'get', id: 'shop:1' });
	expect(json(got)).toEqual([
		{
			...{ id: 'shop:1', number: '1', date: '2026-11-24T10:15:00+01:00', status: 'completed', paymentStatus: 'paid', currency: 'EUR' },
			...{ total: 17.99, totalExclVat: 16.5, totalVat: 1.49, customerId: 'k1', customerName: 'Anna de Vries', customerEmail: 'anna@voorbeeld.example' },
			addedOn: new Date().toISOString().slice(0, 10),
		},
	]);
	const raw = await bench.run({ resource: 'order', operation: 'get', id: 'shop:1', simplify: false });
	expect(json(raw)[0]).toMatchObject({ orderid: 'shop:1', totalInclWithDiscount: '17.9900', items: [] });
});

describe.each(['false', 'empty', 'status'] as const)('what is not there is told as %s', (missing) => {
	test('and is an error that says why', async () => {
		bench.sandbox.settings.missing = missing;
		const result = await bench.run({ resource: 'order', operation: 'get', id: '={{ $json.id }}' }, { items: input({ id: 'x' }), onError: 'continueRegularOutput' });
		expect(json(result)[0].error).toMatch(/^Webwinkelfacturen has (no order|nothing) with this ID: check the ID\. A sale that has been booked is no longer there\.$/);
	});
});

test('an empty ID asks for nothing', async () => {
	const { error } = await bench.run({ resource: 'order', operation: 'get', id: '={{ $json.nothing }}' }, { items: input({}) });
	expect(error?.message).toBe('ID is empty: fill it in, or check the expression that gives it');
	expect(bench.requests()).toEqual([]);
});

describe('deleting', () => {
	test('wants it in words, and then does it once', async () => {
		await bench.run(add, { items: sales(1, 2) });
		const remove = { resource: 'order', operation: 'delete', id: 'shop:1' };
		const unsure = await bench.run({ ...remove, confirm: 'yes' });
		expect(unsure.error?.message).toBe('Confirm is "yes": write "Yes, Delete" to really delete it');
		const sure = await bench.run({ ...remove, confirm: 'yes, delete' });
		expect(json(sure)).toEqual([{ id: 'shop:1', deleted: true }]);
		expect(bench.sandbox.state.records.order.map((one) => one.sent.orderid)).toEqual(['shop:2']);
		const gone = await bench.run({ ...remove, confirm: 'Yes, Delete' });
		expect(gone.error?.message).toMatch(/^Webwinkelfacturen has nothing with this ID/);
	});
});

describe('what is set up once', () => {
	test('a tax rate is added, and one that exists is taken as done, without stopping the others', async () => {
		// In turn, so that the first is the first.
		bench.credentials.requestsAtATime = 1;
		const rates = [{ id: 'nl-9', rate: '9' }, { id: 'nl-9', rate: 6 }, { id: 'other', rate: '9,0' }, { id: 'nl-21', rate: '21 %' }];
		const parameters = { resource: 'taxRate', operation: 'add', taxId: '={{ $json.id }}', percentage: '={{ $json.rate }}', country: 'nl' };
		const result = await bench.run(parameters, { items: input(...rates) });
		expect(result.error).toBeUndefined();
		expect(json(result).map(({ id, percentage, existed }) => [id, percentage, existed])).toEqual([
			['nl-9', 9, false],
			['nl-9', 6, true],
			['other', 9, true],
			['nl-21', 21, false],
		]);
		const listed = await bench.run({ resource: 'taxRate', operation: 'getAll', returnAll: true });
		expect(json(listed)).toEqual([
			{ id: 'nl-9', code: 'nl-9', percentage: 9, title: '9 % NL', country: 'NL' },
			{ id: 'nl-21', code: 'nl-21', percentage: 21, title: '21 % NL', country: 'NL' },
		]);
	});

	test('a customer with what is filled in', async () => {
		const more = { street: 'Dorpsstraat', houseNumber: '12', postcode: '3511 ab', city: 'Utrecht', country: 'Nederland', isCompany: 'ja', vatId: 'NL123456782B90' };
		const result = await bench.run({ resource: 'customer', operation: 'add', customerId: 'k7', lastName: 'de Vries', email: 'anna@voorbeeld.example', more });
		expect(bench.sandbox.state.records.customer[0].sent).toEqual({
			...{ customerid: 'k7', lastname: 'de Vries', address1: 'Dorpsstraat', housenr: '12', zipcode: '3511AB', city: 'Utrecht', isocountry: 'NL' },
			...{ btwnr: 'NL123456782B90', email: 'anna@voorbeeld.example', iscompany: 1 },
		});
		expect(json(result)[0]).toMatchObject({ id: 'k7', name: 'de Vries', street: 'Dorpsstraat 12', country: 'NL', vatId: 'NL123456782B90' });
	});

	test('a payment method and a category, listed and deleted again', async () => {
		await bench.run({ resource: 'paymentMethod', operation: 'add', paymentMethodId: 'ideal', name: 'iDEAL' });
		await bench.run({ resource: 'category', operation: 'add', categoryId: '12', name: 'Boeken' });
		expect(json(await bench.run({ resource: 'paymentMethod', operation: 'getAll' }))).toEqual([{ id: 'ideal', name: 'iDEAL', type: 'standard' }]);
		expect(json(await bench.run({ resource: 'category', operation: 'getAll' }))).toEqual([{ id: '12', code: '12', name: 'Boeken' }]);
		await bench.run({ resource: 'category', operation: 'delete', id: '12', confirm: 'Yes, Delete' });
		expect(bench.sandbox.state.records.category).toEqual([]);
	});
});

test('errors under HTTP 200 are errors', async () => {
	bench.sandbox.settings.errors = 'body';
	bench.sandbox.settings.missing = 'status';
	const { error } = await bench.run({ resource: 'order', operation: 'get', id: 'x' });
	expect(error?.message).toMatch(/^Webwinkelfacturen has nothing with this ID/);
});
