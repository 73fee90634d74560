/** What goes wrong on the way, and what the node makes of it. */
import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { Boekwinkeltjes } from '../../nodes/Boekwinkeltjes/Boekwinkeltjes.node';
import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import type { BoekwinkeltjesOptions, BoekwinkeltjesSandbox } from '../sandbox/boekwinkeltjes';
import { byId, byNumber, credentialFor, itemsOf, jsonOf, mapped, pairsOf, run } from './boekwinkeltjes';

let sandbox: BoekwinkeltjesSandbox;

async function start(options: BoekwinkeltjesOptions = {}): Promise<BoekwinkeltjesSandbox> {
	sandbox = await startBoekwinkeltjes({ books: 60, orders: 40, ...options });
	return sandbox;
}

afterEach(async () => {
	await sandbox.close();
});

const sent = (method: string) => sandbox.requests.filter((request) => request.method === method);

describe('reads', () => {
	test.each([
		['503', { kind: 'status', status: 503 }],
		['429 with Retry-After', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
		['500 inside HTTP 200', { kind: 'status', status: 200, body: { status: 500, message: 'Fout' } }],
		['a cut connection', { kind: 'cutBefore' }],
		['half an answer', { kind: 'truncated' }],
		['HTML', { kind: 'html' }],
		['no body', { kind: 'empty' }],
	] as const)('are repeated after %s', async (_, fault) => {
		await start();
		sandbox.faults.push({ ...fault });
		const [first] = sandbox.state.books;
		expect(jsonOf(await run(sandbox, 'book.get', { bookId: byId(first.id) }))).toMatchObject([{ id: first.id }]);
		expect(sandbox.requests).toHaveLength(2);
		expect(sandbox.violations).toEqual([]);
	});
});

describe('writes', () => {
	const create = { book: mapped({ title: 'Kaas', price: '7,50' }) };

	test.each([
		['a cut connection', { kind: 'cutAfter' }],
		['HTTP 500', { kind: 'status', status: 500 }],
		['503 with Retry-After', { kind: 'status', status: 503, headers: { 'retry-after': '0' } }],
		['500 inside HTTP 200', { kind: 'status', status: 200, body: { status: 500, message: 'Fout' } }],
		['HTML', { kind: 'html' }],
	] as const)('are not repeated after %s: the item says that it is unknown', async (_, fault) => {
		await start();
		sandbox.faults.push({ ...fault, times: 9 });
		const { error } = await run(sandbox, 'book.create', create);
		expect(error?.message).toBe(
			'It is unknown whether Boekwinkeltjes carried this out, because no proper answer came back: look in your shop whether it was done before running this item again',
		);
		expect(sent('POST')).toHaveLength(1);
	});

	test.each([
		['429', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
		['429 inside HTTP 200', { kind: 'status', status: 200, headers: { 'retry-after': '0' }, body: { status: 429, message: 'Te veel' } }],
	] as const)('are repeated after %s, which surely did nothing', async (_, fault) => {
		await start();
		sandbox.faults.push({ ...fault });
		expect(jsonOf(await run(sandbox, 'book.create', create))).toMatchObject([{ title: 'Kaas' }]);
		expect(sandbox.state.books.filter(({ title }) => title === 'Kaas' )).toContainEqual(expect.objectContaining({ price: 7.5, id: 100_061 }));
		expect(sent('POST')).toHaveLength(2);
	});

	test.each([
		['nothing but its status', { status: 200 }, { success: true }],
		['a text', { status: 202, message: 'In de wachtrij' }, { message: 'In de wachtrij' }],
	])('an answer with %s is no book without a title', async (_, body, expected) => {
		await start();
		sandbox.faults.push({ kind: 'status', status: 200, body });
		expect(jsonOf(await run(sandbox, 'book.create', create))).toEqual([expected]);
	});

	test('an answer without a body is taken as done', async () => {
		await start();
		const [{ id }] = sandbox.state.books;
		sandbox.faults.push({ kind: 'empty' });
		expect(jsonOf(await run(sandbox, 'book.update', { bookId: byId(id), updateFields: { price: 3 } }))).toEqual([{ success: true }]);
	});
});

describe('bulk', () => {
	test('keeps the pace that is set: a server with that very limit refuses nothing', async () => {
		await start({ limits: [{ requests: 30, milliseconds: 1000 }] });
		const items = itemsOf(...sandbox.state.books.map(({ id }) => ({ id })));
		const result = await run(
			sandbox,
			'book.update',
			{ bookId: byId('={{ $json.id }}'), updateFields: { price: 5 } },
			{ items, credential: { requestsPerSecond: 30 } },
		);
		expect(jsonOf(result)).toHaveLength(60);
		expect(sandbox.requests).toHaveLength(60);
		expect(sandbox.state.books.every(({ price }) => price === 5)).toBe(true);
	});

	test('a server that is slower than the pace is waited for, each item done once', async () => {
		await start({ limits: [{ requests: 10, milliseconds: 300 }] });
		const items = itemsOf(...Array.from({ length: 15 }, (_, position) => ({ title: `Boek ${position}` })));
		const result = await run(sandbox, 'book.create', { book: mapped({ title: '={{ $json.title }}', price: 5 }) }, { items });
		expect(jsonOf(result).map(({ title }) => title)).toEqual(items.map(({ json }) => json.title));
		expect(pairsOf(result)).toEqual(items.map((_, position) => position));
		expect(sandbox.state.books).toHaveLength(75);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'of 1000 books with faults in between each is made once or says why not (%s)',
		async (onError) => {
			await start();
			const every = (position: number) => ({ when: ({ body }: { body: unknown }) => (body as IDataObject)?.location === `kast ${position}` });
			for (let position = 0; position < 1000; position += 50) {
				sandbox.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '0' }, ...every(position) });
				sandbox.faults.push({ kind: 'status', status: 422, body: { status: 422, message: 'Nee' }, ...every(position + 1) });
				sandbox.faults.push({ kind: 'cutAfter', ...every(position + 2) });
				sandbox.faults.push({ kind: 'status', status: 200, body: { status: 500, message: 'Fout' }, ...every(position + 3) });
			}
			const rows = Array.from({ length: 1000 }, (_, row) => ({ row, price: row % 50 === 4 ? 'n.o.t.k.' : '€ 10,99' }));
			const { items, errorItems, error } = await run(
				sandbox,
				'book.create',
				{ book: mapped({ title: '=Boek {{ $json.row }}', price: '={{ $json.price }}', location: '=kast {{ $json.row }}' }) },
				{ items: itemsOf(...rows), onError },
			);
			expect(error).toBeUndefined();
			const failed = onError === 'continueErrorOutput' ? errorItems : items.filter(({ json }) => json.error !== undefined);
			const made = items.filter(({ json }) => json.error === undefined);
			expect(failed.map(({ json }) => json.row)).toEqual(rows.map(({ row }) => row).filter((row) => [1, 2, 3, 4].includes(row % 50)));
			for (const { json } of failed) {
				expect(json.error).toMatch([/Boekwinkeltjes refused this: Nee/, /It is unknown whether/, /It is unknown whether/, /Price "n.o.t.k."/][(json.row as number) % 50 - 1]);
			}
			expect(made).toHaveLength(920);
			for (const { json, pairedItem } of made) expect(json.title).toBe(`Boek ${(pairedItem as { item: number }).item}`);
			// Those that were cut off after the server acted are there, the refused ones are not.
			const inShop = sandbox.state.books.slice(60).map(({ title }) => title);
			expect(new Set(inShop).size).toBe(inShop.length);
			expect(inShop).toHaveLength(940);
		},
		120_000,
	);

	test('one stopped half-way ends as canceled', async () => {
		await start({ latency: 20 });
		const items = itemsOf(...sandbox.state.books.map(({ id }) => ({ id })));
		const { run: execution } = await run(
			sandbox,
			'book.update',
			{ bookId: byId('={{ $json.id }}'), updateFields: { location: 'kast' } },
			{
				items,
				credential: { requestsPerSecond: 5 },
				onStart: (cancel) => {
					const timer = setInterval(() => {
						if (sandbox.requests.length === 0) return;
						clearInterval(timer);
						cancel();
					}, 5);
				},
			},
		);
		expect(execution.status).toBe('canceled');
		expect(sandbox.requests.length).toBeLessThan(60);
	});
});

describe('what the errors say', () => {
	test.each([false, true])('a wrong key, without showing it (under HTTP 200: %s)', async (failsUnderSuccess) => {
		await start({ failsUnderSuccess });
		const apiKey = 'wrong-key-12345';
		const { error, run: execution } = await run(sandbox, 'settings.get', {}, { credential: { apiKey } });
		expect(error?.message).toContain('Boekwinkeltjes does not accept this API key');
		expect(JSON.stringify(execution.data.resultData)).not.toContain(apiKey);
	});

	test('an unknown ID at an inferred path: that the path may be wrong too', async () => {
		await start();
		const inferred = await run(sandbox, 'payment.get', { paymentId: byId('1') });
		expect(inferred.error?.message).toContain('set it under Other Paths in the credential');
		const observed = await run(sandbox, 'order.get', { orderId: byId('1') });
		expect(observed.error?.message).not.toContain('Other Paths');
	});

	test('the API\'s own words by field, whatever form they come in', async () => {
		await start();
		const refuse = async (body: IDataObject) => {
			sandbox.faults.push({ kind: 'status', status: 422, body });
			return (await run(sandbox, 'book.create', { book: mapped({ title: 'Kaas', price: 1 }) })).error?.message;
		};
		expect(await refuse({ status: 422, data: { price: ['te laag', 'niet rond'], ean: 'onbekend' } })).toBe(
			'Boekwinkeltjes refused this: price: te laag; price: niet rond; ean: onbekend',
		);
		expect(await refuse({ status: 422, errors: [{ field: 'title', message: 'te kort' }] })).toBe('Boekwinkeltjes refused this: title: te kort');
		expect(await refuse({ status: 422, error: 'Nee', message: 'Nee' })).toBe('Boekwinkeltjes refused this: Nee');
		expect(await refuse({ status: 422 })).toBe('Boekwinkeltjes refused the request (HTTP 422)');
	});
});

describe('path overrides', () => {
	const overrides = (operation: string, path: string) => ({ credential: { pathOverrides: { paths: [{ operation, path }] } } });

	test('a path and its method are replaced, the ID in its place and encoded', async () => {
		await start();
		const { id } = sandbox.state.orders[0];
		await run(sandbox, 'order.get', { orderId: byId('a b') }, overrides('order.get', 'GET /shop/order?id={id}'));
		expect(sandbox.requests[0].url).toBe('/webservice/v1/shop/order?id=a%20b');
		await run(sandbox, 'payment.refund', { paymentId: byId('5'), reason: 'x' }, overrides('payment.refund', 'PUT /refunds/{id}'));
		expect(sandbox.requests[1]).toMatchObject({ method: 'PUT', path: '/webservice/v1/refunds/5' });
		const untouched = await run(sandbox, 'order.get', { orderId: byId(id) }, overrides('payment.refund', 'PUT /refunds/{id}'));
		expect(jsonOf(untouched)).toMatchObject([{ id }]);
	});

	test.each(['/refunds', 'refunds/{id}', 'https://example.com/{id}', 'FETCH /refunds/{id}'])('"%s" is refused', async (path) => {
		await start();
		const { error } = await run(sandbox, 'payment.refund', { paymentId: byId('5'), reason: 'x' }, overrides('payment.refund', path));
		expect(error?.message).toBe(
			'The path for payment.refund in the credential cannot be used: write it like POST /payments/{paymentId}/refund',
		);
		expect(sandbox.requests).toHaveLength(0);
	});
});

describe('lists to choose from', () => {
	/** What the editor hands to a list search. */
	function editor(): ILoadOptionsFunctions {
		return {
			getCredentials: async () => credentialFor(sandbox),
			getNode: () => ({ name: 'Node' }),
			helpers: {
				async httpRequestWithAuthentication(_type: string, { url }: { url: string }) {
					const response = await fetch(url, { headers: { 'api-key': sandbox.state.apiKey } });
					return { statusCode: response.status, headers: {}, body: await response.json() };
				},
			},
		} as unknown as ILoadOptionsFunctions;
	}
	const { listSearch, loadOptions } = new Boekwinkeltjes().methods;

	test('books, all of them and by a word', async () => {
		await start();
		const [book] = sandbox.state.books;
		const { results } = await listSearch.searchBooks.call(editor());
		expect(results).toHaveLength(60);
		expect(results[0]).toEqual({
			name: `${book.title} · ${book.author} · € ${book.price.toFixed(2)} · no. ${book.bookNumber}`,
			value: String(book.id),
		});
		const found = await listSearch.searchBooks.call(editor(), book.author.split(',')[0]);
		expect(found.results.length).toBeLessThan(60);
		expect(found.results.map(({ value }) => value)).toContain(String(book.id));
		expect(sandbox.violations).toEqual([]);
	});

	test('orders, over several pages', async () => {
		await start();
		const { results } = await listSearch.searchOrders.call(editor());
		expect(results.map(({ value }) => value)).toEqual(sandbox.state.orders.map(({ id }) => String(id)));
		expect(results[0].name).toContain(`#${sandbox.state.orders[0].id} · `);
	});

	test('payments, all of the newest and by what stands in their line', async () => {
		await start();
		const { results } = await listSearch.searchPayments.call(editor());
		expect(results.map(({ value }) => value)).toEqual(sandbox.state.payments.slice(0, 100).map(({ id }) => String(id)));
		const [payment] = sandbox.state.payments;
		const found = await listSearch.searchPayments.call(editor(), payment.name.toUpperCase());
		expect(found.results.map(({ value }) => value)).toContain(String(payment.id));
		expect(found.results.length).toBeLessThan(results.length);
		expect(found.results[0].name).toContain(payment.name);
		expect(sandbox.violations).toEqual([]);
	});

	test('packages, without those that have no ID to choose them by', async () => {
		await start();
		const [parcel, nameless] = sandbox.state.parcels;
		nameless.packageID = '';
		const { results } = await listSearch.searchPackages.call(editor());
		expect(results).toHaveLength(sandbox.state.parcels.length - 1);
		const found = await listSearch.searchPackages.call(editor(), `order ${parcel.orderId}`);
		expect(found.results).toEqual([{ name: expect.stringContaining(`${parcel.packageID} · ${parcel.name}`), value: parcel.packageID }]);
		expect(sandbox.violations).toEqual([]);
	});

	test('the categories that the shop uses', async () => {
		await start({ books: 200 });
		const second = await loadOptions.getSecondCategories.call(editor());
		const third = await loadOptions.getThirdCategories.call(editor());
		expect(second.map(({ value }) => value)).toEqual(['eerste druk', 'gesigneerd', 'oorlog', 'reeks']);
		expect(third.map(({ value }) => value)).toEqual(['antiquarisch', 'avontuurlijk', 'regionaal']);
	});
});

test('a book number is looked up through the same limiter as everything else', async () => {
	await start({ limits: [{ requests: 10, milliseconds: 1000 }] });
	const items = itemsOf(...sandbox.state.books.slice(0, 8).map(({ bookNumber }) => ({ bookNumber })));
	const result = await run(
		sandbox,
		'book.delete',
		{ bookId: byNumber('={{ $json.bookNumber }}') },
		{ items, credential: { requestsPerSecond: 10 } },
	);
	expect(jsonOf(result)).toHaveLength(8);
	expect(sandbox.requests).toHaveLength(16);
});

describe('as a tool of an AI agent, which hands over one item at a time', () => {
	test('operations that serve all items at once serve one as well', async () => {
		await start();
		const [book] = sandbox.state.books;
		const [order] = sandbox.state.orders;
		const price = { price: '12,50' };
		const tool = async (operation: string, parameters: object) =>
			jsonOf(await run(sandbox, operation, parameters as never, { asTool: true }));
		expect(await tool('book.update', { bookId: byNumber(book.bookNumber), updateFields: price })).toMatchObject([{ id: book.id, price: 12.5 }]);
		expect(await tool('book.upsert', { book: mapped({ bookNumber: '777', title: 'Kaas', ...price }) })).toMatchObject([{ action: 'created' }]);
		expect(await tool('order.update', { orderId: byId(order.id), updateFields: { status: 'shipped_paid' } })).toMatchObject([{ id: order.id }]);
		expect(await tool('package.createFromOrder', { orderId: byId(order.id), operator: 'PostNL', type: 'SMALL' })).toMatchObject([
			{ success: true, orderId: order.id },
		]);
		expect(sandbox.violations).toEqual([]);
	});

	test('the message names every fault, since a model sees nothing else', async () => {
		await start();
		const parameters = { book: mapped({ title: 'Kaas', price: 'veel', ean: '1' }) };
		const { error } = await run(sandbox, 'book.create', parameters, { asTool: true });
		expect(error?.message).toContain('Price "veel" is not an amount of money');
		expect(error?.message).toContain('ISBN or EAN "1" is not an ISBN or EAN');
		expect(sandbox.requests).toHaveLength(0);
	});
});
