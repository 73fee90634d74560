/**
 * The stored output schemas are those of what the operations give. Settings, shipping fees and the rate of a package
 * have none: nobody has published their fields, and those of the simulator are made up.
 */
import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import type { BoekwinkeltjesSandbox } from '../sandbox/boekwinkeltjes';
import { byId, run } from './boekwinkeltjes';
import { outputSchema } from './outputSchema';

let sandbox: BoekwinkeltjesSandbox;

beforeAll(async () => {
	sandbox = await startBoekwinkeltjes({ books: 300, orders: 300 });
	const [{ buyer, book }] = sandbox.state.orders;
	buyer.note = 'Graag goed inpakken';
	book.shippingCost = 4.95;
	Object.assign(buyer.address, { numberExtra: 'A', company: 'Bedrijf BV' });
	Object.assign(sandbox.state.parcels[0].address, { numberext: 'A', company: 'Bedrijf BV' });
});

afterAll(async () => {
	expect(sandbox.violations).toEqual([]);
	await sandbox.close();
});

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const picture = { json: {}, binary: { data: { data: PNG, mimeType: 'image/png' } } };

const parcel = {
	operator: 'PostNL',
	type: 'STANDARD',
	street: 'Kerkweg',
	houseNumber: '12 A',
	postalCode: '7443 BP',
	city: 'Nijverdal',
	country: 'NL',
	name: 'Henk de Vries',
	additionalFields: {
		email: 'henk@example.com',
		phone: '0612345678',
		company: 'Bedrijf BV',
		orderId: '4001',
		packageId: 'A1',
		addressType: 'P',
		weight: 500,
		rate: '695',
		shopId: '1',
	},
};
const full = {
	author: 'Elsschot, Willem',
	publisher: 'Querido',
	ean: '9789028902077',
	category2: 'reeks',
	category3: 'regionaal',
	shortDescription: 'Kort',
	longDescription: 'Lang',
	location: 'kast 1',
	weblink: 'https://example.com',
	shippingCost: '4,95',
};
const book = () => byId(sandbox.state.books[0].id);
const order = () => byId(sandbox.state.orders[0].id);
const paid = () => String(sandbox.state.payments.find(({ successDate, paymentLink }) => successDate && paymentLink)!.id);

test.each([
	['book', 'create', () => ({ title: 'Kaas', price: '7,50', author: full.author, ean: full.ean, location: full.location, additionalFields: full })],
	['book', 'upsert', () => ({ bookNumber: '777', bookFields: { ...full, title: 'Kaas', price: '7,50' } })],
	['book', 'update', () => ({ bookId: book(), updateFields: full })],
	['book', 'get', () => ({ bookId: book() })],
	['book', 'getAll', () => ({ returnAll: true })],
	['book', 'getImages', () => ({ bookId: byId(sandbox.state.books.find(({ images }) => images.length > 0)!.id) })],
	['book', 'setImageFromUrl', () => ({ bookId: book(), imageUrl: 'https://example.com/a.jpg' })],
	['book', 'uploadImage', () => ({ bookId: book() })],
	['book', 'delete', () => ({ bookId: byId(sandbox.state.books[9].id) })],
	['order', 'get', () => ({ orderId: order() })],
	['order', 'getAll', () => ({ returnAll: true })],
	['order', 'update', () => ({ orderId: order(), updateFields: { status: 'shipped_paid' } })],
	['package', 'create', () => parcel],
	['package', 'createFromOrder', () => ({ ...parcel, orderId: order() })],
	['package', 'get', () => ({ packageId: byId(sandbox.state.parcels.find(({ address }) => address.company)!.packageID) })],
	['package', 'getAll', () => ({ returnAll: true })],
	['payment', 'createLink', () => ({ title: 'Kaas', amount: '10,99', shippingCosts: '4,95', name: 'Henk', email: 'henk@example.com' })],
	['payment', 'get', () => ({ paymentId: byId(paid()) })],
	['payment', 'getAll', () => ({ returnAll: true })],
	['payment', 'refund', () => ({ paymentId: byId(paid()), reason: 'Beschadigd' })],
	['question', 'get', () => ({ questionId: '300' })],
	['shippingCost', 'get', () => ({ lookUpBy: 'bookId', id: String(sandbox.state.books[0].id) })],
])('%s %s', async (resource, operation, parametersOf) => {
	const { items, error } = await run(sandbox, `${resource}.${operation}`, parametersOf(), { items: [picture] });
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(0);
	const { actual, stored } = outputSchema('Boekwinkeltjes', resource, operation, items);
	expect(actual).toEqual(stored);
});
