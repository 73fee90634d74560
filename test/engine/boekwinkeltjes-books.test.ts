import type { IDataObject } from 'n8n-workflow';

import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import type { BoekwinkeltjesOptions, BoekwinkeltjesSandbox } from '../sandbox/boekwinkeltjes';
import { byId, byNumber, ids, itemsOf, jsonOf, mapped, MAPPED_AUTOMATICALLY, pairsOf, run } from './boekwinkeltjes';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(40, 1), Buffer.from([0xff, 0xd9])]);

let sandbox: BoekwinkeltjesSandbox;

async function start(options: BoekwinkeltjesOptions = {}): Promise<BoekwinkeltjesSandbox> {
	sandbox = await startBoekwinkeltjes({ books: 60, orders: 40, ...options });
	return sandbox;
}

afterEach(async () => {
	expect(sandbox.violations).toEqual([]);
	await sandbox.close();
});

const sent = (method: string) => sandbox.requests.filter((request) => request.method === method);
const bodies = (method: string) => sent(method).map(({ body }) => body as IDataObject);

describe('Book: Get Many', () => {
	test.each([
		['paginator' as const, 7],
		['array' as const, 8],
		['bare' as const, 8],
	])('reads 3500 books as %s in %d requests, each once and in order', async (lists, requests) => {
		await start({ books: 3500, lists });
		const books = jsonOf(await run(sandbox, 'book.getAll', { returnAll: true }));
		expect(ids(books)).toEqual(ids(sandbox.state.books as unknown as IDataObject[]));
		expect(sandbox.requests).toHaveLength(requests);
	});

	test.each([
		['array' as const, true],
		['array' as const, false],
		['paginator' as const, true],
		['bare' as const, true],
	])('a server that gives short pages loses no book (%s, last page repeated: %s)', async (lists, repeatsLastPage) => {
		await start({ books: 110, lists, repeatsLastPage, knowsPageSize: false });
		const books = jsonOf(await run(sandbox, 'book.getAll', { returnAll: true }));
		expect(ids(books)).toEqual(ids(sandbox.state.books as unknown as IDataObject[]));
	});

	test('With Images each book has the addresses of its pictures', async () => {
		await start();
		const { books } = sandbox.state;
		const pictures = new Map(books.map(({ id, images }) => [id, images.map((image) => `https://images.boekwinkeltjes.nl/large/${image.id}.jpg`)]));
		const listed = jsonOf(await run(sandbox, 'book.getAll', { returnAll: true, withImages: true }));
		expect(listed).toHaveLength(books.length);
		expect(new Set(listed.map(({ imageCount }) => imageCount)).size).toBeGreaterThan(1);
		for (const { id, imageCount, imageUrl, imageUrls } of listed) {
			const urls = pictures.get(id as number)!;
			expect([imageCount, imageUrl, imageUrls]).toEqual([urls.length, urls[0] ?? null, urls.join(', ') || null]);
		}
		expect(sandbox.requests.filter(({ path }) => path.endsWith('/images'))).toHaveLength(books.length);
		sandbox.faults.push({ kind: 'status', status: 404, body: { status: 404, message: 'Book not found' }, when: ({ path }) => path.endsWith(`/${books[0].id}/images`) });
		expect(jsonOf(await run(sandbox, 'book.getAll', { limit: 1, withImages: true }))).toMatchObject([{ id: books[0].id, imageCount: 0, imageUrl: null }]);
		expect(jsonOf(await run(sandbox, 'book.getAll', { limit: 1 }))[0]).not.toHaveProperty('imageCount');
	});

	test('Limit asks for no more than it needs, and Return All and Limit count for each item by itself', async () => {
		await start();
		const result = await run(
			sandbox,
			'book.getAll',
			{ returnAll: '={{ $json.all }}', limit: '={{ $json.limit }}' },
			{ items: itemsOf({ all: false, limit: 3 }, { all: true, limit: 1 }, { all: false, limit: 1 }) },
		);
		expect(pairsOf(result)).toEqual([0, 0, 0, ...Array.from({ length: 60 }, () => 1), 2]);
		expect(sandbox.requests.map(({ query }) => query.per_page)).toEqual(expect.arrayContaining(['3', '500', '1']));
	});

	test.each([
		['status', { status: 2 }, ({ isSold }: IDataObject) => isSold],
		['status available', { status: 1 }, ({ isSold }: IDataObject) => !isSold],
		['image', { image: '2' }, ({ images }: IDataObject) => (images as unknown[]).length > 0],
		['no image', { image: '1' }, ({ images }: IDataObject) => (images as unknown[]).length === 0],
		['location', { location: ' bw-doos 2 ' }, ({ location }: IDataObject) => location === 'bw-doos 2'],
		['language', { language: 'en' }, ({ language }: IDataObject) => language === 'EN'],
		['price', { priceFrom: '€ 5,00', priceTo: '12,50' }, ({ price }: IDataObject) => Number(price) >= 5 && Number(price) <= 12.5],
		['search', { query: 'schmidt' }, ({ author }: IDataObject) => String(author).includes('Schmidt')],
	])('filters by %s', async (_, filters, isWanted) => {
		await start({ books: 400 });
		const wanted = (sandbox.state.books as unknown as IDataObject[]).filter(isWanted);
		expect(wanted.length).toBeGreaterThan(0);
		expect(wanted.length).toBeLessThan(400);
		const books = jsonOf(await run(sandbox, 'book.getAll', { returnAll: true, filters }));
		expect(ids(books)).toEqual(ids(wanted));
	});

	test('filters by the day since when a book is for sale: after, before, on, and between', async () => {
		await start({ books: 400 });
		const day = (book: { date: string }) => book.date.slice(0, 10);
		const [early, late] = [day(sandbox.state.books[100]), day(sandbox.state.books[300])];
		const find = async (filters: IDataObject) =>
			ids(jsonOf(await run(sandbox, 'book.getAll', { returnAll: true, filters: filters as never })));
		const expected = (isWanted: (day: string) => boolean) =>
			sandbox.state.books.filter((book) => isWanted(day(book))).map(({ id }) => id);
		expect(await find({ forSaleAfter: late })).toEqual(expected((date) => date > late));
		expect(await find({ forSaleBefore: early })).toEqual(expected((date) => date < early));
		expect(await find({ forSaleOn: early })).toEqual(expected((date) => date === early));
		const [year, month, dayOfMonth] = early.split('-');
		expect(await find({ forSaleAfter: `${dayOfMonth}-${month}-${year}`, forSaleBefore: late })).toEqual(
			expected((date) => date > early && date < late),
		);
	});

	test('a filter that cannot be sent says so for each field', async () => {
		await start();
		const { error } = await run(sandbox, 'book.getAll', {
			filters: { priceFrom: 'cheap', forSaleAfter: 'soon', language: 'Klingon' },
		});
		expect(error?.message).toContain('Language "Klingon" is not a language code');
		expect(error?.message).toContain('Price From "cheap" is not an amount of money');
		expect(error?.message).toContain('For Sale After "soon" is not a date');
		expect(sandbox.requests).toHaveLength(0);
	});

	test('Simplify gives numbers, dates and codes in one form; without it the answer comes as it is', async () => {
		await start();
		const [simple] = jsonOf(await run(sandbox, 'book.getAll', { limit: 1 }));
		const [raw] = jsonOf(await run(sandbox, 'book.getAll', { limit: 1, simplify: false }));
		const book = sandbox.state.books[0];
		expect(raw.date).toMatch(/^\d\d-\d\d-\d{4}$/);
		expect(simple).toMatchObject({ id: book.id, title: book.title, price: book.price, date: book.date.slice(0, 10) });
		const defaults = sandbox.state.books.findIndex(({ shippingCost }) => shippingCost === -1);
		const books = jsonOf(await run(sandbox, 'book.getAll', { returnAll: true }));
		expect(books[defaults]).toMatchObject({ shippingCost: null, hasDefaultShippingCost: true });
		const coded = sandbox.state.books.findIndex(({ ean }) => ean > 0);
		expect(books[coded].ean).toMatch(/^\d{13}$/);
	});
});

describe('Book: Get', () => {
	test('by ID and by book number, each paired with its item', async () => {
		await start();
		const [first, second] = sandbox.state.books;
		const result = await run(
			sandbox,
			'book.get',
			{ bookId: byId('={{ $json.id }}') },
			{ items: itemsOf({ id: second.id }, { id: ` ${first.id} ` }) },
		);
		expect(ids(jsonOf(result))).toEqual([second.id, first.id]);
		expect(pairsOf(result)).toEqual([0, 1]);
		const [book] = jsonOf(await run(sandbox, 'book.get', { bookId: byNumber(first.bookNumber) }));
		expect(book).toMatchObject({ id: first.id, bookNumber: String(first.bookNumber), date: first.date.slice(0, 10) });
	});

	test('a server that takes the book number for an ID is not believed', async () => {
		await start();
		const [first, second] = sandbox.state.books;
		first.bookNumber = second.id;
		sandbox.state.books.reverse();
		sandbox.faults.push({ kind: 'status', status: 200, body: { status: 200, data: { id: second.id, bookNumber: String(second.bookNumber) } } });
		const { error } = await run(sandbox, 'book.get', { bookId: byNumber(first.bookNumber) });
		expect(error?.message).toContain('no book with this ID or book number');
	});

	test.each(['', ' ', '../orders', '1/images', '?type=bookNumber', 'ü', '-1', '1.5', 'undefined'])(
		'the ID "%s" is refused before anything is sent',
		async (id) => {
			await start();
			const { error } = await run(sandbox, 'book.get', { bookId: byId('={{ $json.id }}') }, { items: itemsOf({ id }) });
			expect(error?.message).toMatch(/^Book ("|is empty)/);
			expect(sandbox.requests).toHaveLength(0);
		},
	);

	test.each([false, true])('an unknown ID fails its own item only (failure under HTTP 200: %s)', async (failsUnderSuccess) => {
		await start({ failsUnderSuccess });
		const { id } = sandbox.state.books[0];
		const result = await run(
			sandbox,
			'book.get',
			{ bookId: byId('={{ $json.id }}') },
			{ items: itemsOf({ id: 7 }, { id }), onError: 'continueRegularOutput' },
		);
		expect(result.items[0].json).toMatchObject({
			id: 7,
			error: 'Boekwinkeltjes does not know what was asked for: check the ID',
			details: 'Boek niet gevonden',
		});
		expect(result.items[1].json).toMatchObject({ id });
		expect(pairsOf(result)).toEqual([0, 1]);
	});
});

describe('Book: Create', () => {
	const sheet = [
		{ Titel: 'Max Havelaar', Prijs: '€ 10,99', ISBN: '90-289-0207-4', Datum: '22-05-2023', Taal: 'nl', Aantal: 2, Soort: 'Literatuur' },
		{ Titel: 'Kaas', Prijs: 7.5, ISBN: '', Datum: '', Taal: '', Aantal: '', Soort: null },
	];
	const parameters = {
		book: mapped({
			title: '={{ $json.Titel }}',
			price: '={{ $json.Prijs }}',
			ean: '={{ $json.ISBN }}',
			date: '={{ $json.Datum }}',
			language: '={{ $json.Taal }}',
			amount: '={{ $json.Aantal }}',
			category1: '={{ $json.Soort }}',
			shippingFormat: 1,
		}),
	};

	test.each([
		['column by column', parameters],
		['automatically, under Dutch headings', { book: MAPPED_AUTOMATICALLY }],
	])('sends what people write in the form that the API wants, and nothing of what is empty: mapped %s', async (_, book) => {
		await start();
		const result = await run(sandbox, 'book.create', book, { items: itemsOf(...sheet) });
		expect(bodies('POST')).toEqual([
			{
				title: 'Max Havelaar',
				price: 10.99,
				ean: 9789028902077,
				date: '2023-05-22 00:00:00',
				language: 'NL',
				amount: 2,
				category1: 'literatuur',
				shippingFormat: 1,
			},
			{ title: 'Kaas', price: 7.5, shippingFormat: 1 },
		]);
		expect(jsonOf(result)).toMatchObject([{ title: 'Max Havelaar', ean: '9789028902077' }, { title: 'Kaas', ean: null }]);
		expect(pairsOf(result)).toEqual([0, 1]);
		expect(sandbox.state.books.slice(60).map(({ title }) => title)).toEqual(['Max Havelaar', 'Kaas']);
	});

	test('mapped automatically, a heading is found in any spelling, and what has no field is named', async () => {
		await start();
		const rows = [
			{ row_number: 2, 'book title': 'Kaas', PRICE: '7,50', 'Isbn:': '', shipping_format: '', Kast: 'bw-doos 5', Notitie: 'x' },
			{ row_number: 3, 'book title': 'Lijmen', PRICE: '8', 'Isbn:': '90-289-0207-4', shipping_format: 'Mailbox', Kast: '', Notitie: '' },
		];
		const { items, error, run: execution } = await run(sandbox, 'book.create', { book: MAPPED_AUTOMATICALLY }, { items: itemsOf(...rows) });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(bodies('POST')).toEqual([
			{ title: 'Kaas', price: 7.5, location: 'bw-doos 5', shippingFormat: 1 },
			{ title: 'Lijmen', price: 8, ean: 9789028902077, shippingFormat: 1 },
		]);
		expect(execution.data.resultData.runData.Node[0].hints?.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^These columns are left out, since no field of a book has their name: Notitie\. To use one, call it Title, Price, /),
		]);
	});

	test('mapped automatically, a sheet without the columns that a book needs is told which it has', async () => {
		await start();
		const { error } = await run(sandbox, 'book.create', { book: MAPPED_AUTOMATICALLY }, { items: itemsOf({ Naam: 'Kaas', Prijs: 'veel' }) });
		expect(error?.message).toBe('Title has no column in this item, which has Naam, Prijs: give a column that name, or choose Map Each Column Manually');
		expect(sandbox.requests).toHaveLength(0);
	});

	test('one faulty row keeps all rows from being sent, and every fault of every row is named', async () => {
		await start();
		const faulty = { Titel: ' ', Prijs: '1.234', ISBN: '90-289-0207-2', Datum: '31-2-2023', Taal: 'NL', Aantal: 1.5, Soort: 'koken' };
		const { error } = await run(sandbox, 'book.create', parameters, { items: itemsOf(sheet[0], faulty, { Prijs: 'x' }) });
		const text = `${error?.message} ${error?.description}`;
		for (const fault of [
			'Title is empty',
			'Price "1.234" can be read in two ways: write it with two decimals, as 1234,00',
			'ISBN or EAN "90-289-0207-2" has a wrong check digit',
			'Date "31-2-2023" is not a date',
			'Amount "1.5" is not a whole number',
			'Category 1 "koken" is not one of',
			'Price "x" is not an amount of money',
		]) {
			expect(text).toContain(fault);
		}
		expect(sandbox.requests).toHaveLength(0);
	});

	test('with Continue On Fail the good rows go through and the faulty one says why', async () => {
		await start();
		const result = await run(sandbox, 'book.create', parameters, {
			items: itemsOf({ ...sheet[0], Prijs: 'veel' }, sheet[1]),
			onError: 'continueRegularOutput',
		});
		expect(result.items[0].json.error).toBe('Price "veel" is not an amount of money: write it as 25,00');
		expect(result.items[0].json.Titel).toBe('Max Havelaar');
		expect(result.items[1].json).toMatchObject({ title: 'Kaas', price: 7.5 });
	});

	test('with the error output each failed item is there with its input', async () => {
		await start();
		const result = await run(sandbox, 'book.create', parameters, {
			items: itemsOf(sheet[1], { ...sheet[0], Prijs: '-5' }),
			onError: 'continueErrorOutput',
		});
		expect(result.items.map(({ json }) => json.title)).toEqual(['Kaas']);
		expect(result.errorItems).toHaveLength(1);
		expect(result.errorItems[0].json).toMatchObject({ Titel: 'Max Havelaar', error: expect.stringContaining('outside what is allowed') });
	});
});

describe('Book: Update', () => {
	test('sends only what was given, with the price that the book has', async () => {
		await start();
		const book = sandbox.state.books[3];
		const { price } = book;
		const result = await run(sandbox, 'book.update', { bookId: byId(book.id), updateFields: { location: 'kast 4', author: '' } });
		expect(bodies('PATCH')).toEqual([{ location: 'kast 4', price }]);
		expect(jsonOf(result)).toMatchObject([{ id: book.id, location: 'kast 4', price }]);
		expect(book).toMatchObject({ location: 'kast 4', price });
	});

	test('asks for nothing first if the price is given', async () => {
		await start();
		await run(sandbox, 'book.update', { bookId: byId(sandbox.state.books[3].id), updateFields: { price: '12,-', amount: 0 } });
		expect(sandbox.requests.map(({ method }) => method)).toEqual(['PATCH']);
		expect(bodies('PATCH')).toEqual([{ price: 12, amount: 0 }]);
	});

	test('looks a book number up once, for its ID and its price', async () => {
		await start();
		const book = sandbox.state.books[5];
		await run(sandbox, 'book.update', { bookId: byNumber(book.bookNumber), updateFields: { amount: 3 } });
		expect(sandbox.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
		expect(sent('PATCH')[0].path).toContain(`/books/${book.id}`);
		expect(book.amount).toBe(3);
	});

	test('a new price is not undone by a later item of the same book, though their queue still shows the old one', async () => {
		await start({ holdsChanges: true });
		const book = sandbox.state.books[0];
		const result = await run(
			sandbox,
			'book.update',
			{ bookId: byId(book.id), updateFields: { price: '={{ $json.price }}', location: '={{ $json.place }}' } },
			{ items: itemsOf({ price: '99,95' }, { place: 'kast 1' }) },
		);
		expect(result.error).toBeUndefined();
		sandbox.carryOut();
		expect(book).toMatchObject({ price: 99.95, location: 'kast 1' });
	});

	test('says what is missing: a change, the book, a price to send along', async () => {
		await start();
		const { id } = sandbox.state.books[0];
		const change = async (parameters: object) => (await run(sandbox, 'book.update', parameters as never)).error?.message;
		expect(await change({ bookId: byId(id), updateFields: { author: ' ' } })).toContain('There is nothing to change');
		expect(sandbox.requests).toHaveLength(0);
		expect(await change({ bookId: byId(5), updateFields: { author: 'X' } })).toContain('no book with the ID 5');
		expect(await change({ bookId: byNumber(5), updateFields: { author: 'X' } })).toContain('no book with the number 5');
		Object.assign(sandbox.state.books[0], { price: null });
		expect(await change({ bookId: byId(id), updateFields: { author: 'X' } })).toContain('fill in Price');
		expect(sent('PATCH')).toHaveLength(0);
	});
});

describe('Book: Create or Update', () => {
	const parameters = {
		book: mapped({ bookNumber: '={{ $json.number }}', title: '={{ $json.title }}', price: '={{ $json.price }}', location: '={{ $json.place }}' }),
	};

	test.each([
		['column by column', parameters],
		['automatically', { book: MAPPED_AUTOMATICALLY }],
	])('updates the book with this number, creates the others: mapped %s', async (_, mapping) => {
		await start();
		const book = sandbox.state.books[9];
		const { title, price } = book;
		const result = await run(sandbox, 'book.upsert', mapping, {
			items: itemsOf({ number: book.bookNumber, place: 'kast 9' }, { number: '777', title: 'Nieuw', price: '3,50' }),
		});
		expect(jsonOf(result)).toMatchObject([
			{ action: 'updated', id: book.id, title, price, location: 'kast 9' },
			{ action: 'created', bookNumber: '777', title: 'Nieuw', price: 3.5 },
		]);
		expect(bodies('POST')).toEqual([{ bookNumber: 777, title: 'Nieuw', price: 3.5, shippingFormat: 1 }]);
		expect(bodies('PATCH')).toEqual([{ location: 'kast 9', price }]);
	});

	test('the same number twice in the input makes one book, whatever their queue shows', async () => {
		await start({ holdsChanges: true });
		const result = await run(sandbox, 'book.upsert', parameters, {
			items: itemsOf({ number: 777, title: 'Nieuw', price: 3 }, { number: 777, title: 'Nieuwer' }),
			onError: 'continueRegularOutput',
		});
		expect(sent('POST')).toHaveLength(1);
		expect(result.items[0].json.action).toBe('created');
		// The queue knows nothing of the book yet, so the change of the second item is refused, not turned into a second book.
		expect(result.items[1].json.error).toContain('does not know what was asked for');
	});

	test('a creation without an answer is not tried again by a later item with the same number', async () => {
		await start({ holdsChanges: true });
		sandbox.faults.push({ kind: 'cutAfter', when: ({ method }) => method === 'POST' });
		const result = await run(sandbox, 'book.upsert', parameters, {
			items: itemsOf({ number: 777, title: 'Nieuw', price: 3 }, { number: 777, title: 'Nieuw', price: 3 }),
			onError: 'continueRegularOutput',
		});
		expect(sent('POST')).toHaveLength(1);
		expect(result.items[0].json.error).toContain('It is unknown whether Boekwinkeltjes carried this out');
		expect(result.items[1].json.error).toContain('may have created the book with number 777');
	});

	test('a creation that was refused leaves the way free for the next item', async () => {
		await start();
		sandbox.faults.push({ kind: 'status', status: 400, body: { status: 400, message: 'Nee' }, when: ({ method }) => method === 'POST' });
		const result = await run(sandbox, 'book.upsert', parameters, {
			items: itemsOf({ number: 777, title: 'Nieuw', price: 3 }, { number: 777, title: 'Nieuw', price: 3 }),
			onError: 'continueRegularOutput',
		});
		expect(result.items[0].json.error).toBe('Boekwinkeltjes refused this: Nee');
		expect(result.items[1].json).toMatchObject({ action: 'created', bookNumber: '777' });
	});

	test('a price that was refused is not sent along with the next change', async () => {
		await start();
		const { bookNumber, price } = sandbox.state.books[0];
		sandbox.faults.push({ kind: 'status', status: 400, body: { status: 400 }, when: ({ method }) => method === 'PATCH' });
		const result = await run(sandbox, 'book.upsert', parameters, {
			items: itemsOf({ number: bookNumber, price: '999' }, { number: bookNumber, place: 'kast 1' }),
			onError: 'continueRegularOutput',
		});
		expect(result.items[0].json.error).toBe('Boekwinkeltjes refused the request (HTTP 400)');
		expect(result.items[1].json).toMatchObject({ price, location: 'kast 1' });
	});

	test('a new book needs a title and a price; a known one needs something to change', async () => {
		await start();
		const result = await run(sandbox, 'book.upsert', parameters, {
			items: itemsOf({ number: 777, place: 'x' }, { number: sandbox.state.books[0].bookNumber }, { number: '' }),
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ json }) => json.error)).toEqual([
			expect.stringMatching(/fill in Title and Price$/),
			expect.stringContaining('There is nothing to change'),
			expect.stringContaining('Book Number is empty'),
		]);
		expect(sent('POST')).toHaveLength(0);
	});
});

describe('Book: Delete', () => {
	test('takes the book out, by ID or by number', async () => {
		await start();
		const [first, second] = sandbox.state.books;
		expect(jsonOf(await run(sandbox, 'book.delete', { bookId: byId(first.id) }))).toEqual([{ id: expect.any(String), deleted: true }]);
		expect(jsonOf(await run(sandbox, 'book.delete', { bookId: byNumber(second.bookNumber) }))).toEqual([{ id: expect.any(String), deleted: true }]);
		expect(sandbox.state.books).toHaveLength(58);
		expect(sandbox.state.books).not.toContain(second);
	});

	test('an unknown number deletes nothing', async () => {
		await start();
		const { error } = await run(sandbox, 'book.delete', { bookId: byNumber('5') });
		expect(error?.message).toContain('no book with the number 5');
		expect(sent('DELETE')).toHaveLength(0);
	});
});

describe('Book: images', () => {
	const picture = (bytes: Buffer, fileName: string) => ({
		json: {},
		binary: { photo: { data: bytes.toString('base64'), mimeType: 'application/octet-stream', fileName } },
	});

	test('uploads JPEG and PNG as they are, told apart by their bytes', async () => {
		await start();
		const book = sandbox.state.books[0];
		book.images = [];
		const result = await run(
			sandbox,
			'book.uploadImage',
			{ bookId: byId(book.id), binaryPropertyName: 'photo' },
			{ items: [picture(PNG, 'wrong-name.jpg'), picture(JPEG, 'photo')] },
		);
		expect(jsonOf(result)).toEqual([{ success: true }, { success: true }]);
		const arrived = sent('POST').map(({ headers, body }) => [headers['content-type'], body]);
		expect(arrived).toEqual(expect.arrayContaining([['image/png', PNG], ['image/jpeg', JPEG]]));
		expect(book.images).toHaveLength(2);
	});

	test('of many pictures only a few are in memory at the same time', async () => {
		await start({ latency: 20 });
		const { id } = sandbox.state.books[0];
		const base64 = PNG.toString('base64');
		let read = 0;
		let most = 0;
		const items = Array.from({ length: 60 }, () => {
			const item = picture(PNG, 'photo.png');
			return Object.defineProperty(item, 'binary', {
				value: {
					photo: Object.defineProperty({ ...item.binary.photo }, 'data', {
						get() {
							most = Math.max(most, ++read - sandbox.requests.length);
							return base64;
						},
					}),
				},
			});
		});
		const result = await run(sandbox, 'book.uploadImage', { bookId: byId(id), binaryPropertyName: 'photo' }, { items });
		expect(jsonOf(result)).toHaveLength(60);
		expect(pairsOf(result)).toEqual(items.map((_, position) => position));
		expect(read).toBeGreaterThanOrEqual(60);
		expect(most).toBeLessThanOrEqual(16);
	});

	test('what is no picture, too large or not there is not sent', async () => {
		await start();
		const { id } = sandbox.state.books[0];
		const huge = Buffer.concat([PNG, Buffer.alloc(11 * 1024 * 1024)]);
		const result = await run(
			sandbox,
			'book.uploadImage',
			{ bookId: byId(id), binaryPropertyName: 'photo' },
			{
				items: [picture(Buffer.from('%PDF-1.7'), 'book.jpg'), picture(huge, 'huge.png'), { json: {} }],
				onError: 'continueRegularOutput',
			},
		);
		expect(result.items.map(({ json }) => json.error)).toEqual([
			'The file is not a JPEG or PNG picture: convert it to one of these first',
			'The picture is 12 MB: make it smaller than 10 MB',
			'The item has no file in the binary field "photo": check the name of the field',
		]);
		expect(sandbox.requests).toHaveLength(0);
	});

	test('sets an image from a URL, if it is one', async () => {
		await start();
		const book = sandbox.state.books[0];
		const set = async (url: string) =>
			await run(
				sandbox,
				'book.setImageFromUrl',
				{ bookId: byId(book.id), imageUrl: '={{ $json.url }}' },
				{ items: itemsOf({ url }) },
			);
		expect(jsonOf(await set(' https://example.com/kaft.jpg '))).toEqual([{ success: true }]);
		expect(bodies('POST')).toEqual([{ url: 'https://example.com/kaft.jpg' }]);
		expect((await set('kaft.jpg')).error?.message).toContain('Image URL "kaft.jpg" is not a web address');
		expect((await set('')).error?.message).toContain('Image URL is empty');
		expect(sent('POST')).toHaveLength(1);
	});

	test('lists the images, one item each; none is no error', async () => {
		await start();
		const [withImage, without] = sandbox.state.books;
		withImage.images = [1, 2].map((id) => ({ id, source: { url: 'x' } }));
		without.images = [];
		const result = await run(
			sandbox,
			'book.getImages',
			{ bookId: byId('={{ $json.id }}') },
			{ items: itemsOf({ id: without.id }, { id: withImage.id }) },
		);
		expect(jsonOf(result)).toMatchObject([{ id: 1, urlLarge: expect.stringContaining('/large/1') }, { id: 2 }]);
		expect(pairsOf(result)).toEqual([1, 1]);
	});

	test.each([
		['in an object', { status: 200, data: { images: [{ id: 1 }, { id: 2 }] } }, [1, 2]],
		['without an envelope', [{ id: 1 }, { id: 2 }], [1, 2]],
		['in an empty object', { status: 200, data: { images: [] } }, []],
	])('images that come %s are one item each', async (_, body, expected) => {
		await start();
		sandbox.faults.push({ kind: 'status', status: 200, body });
		expect(ids(jsonOf(await run(sandbox, 'book.getImages', { bookId: byId(sandbox.state.books[0].id) })))).toEqual(expected);
	});
});
