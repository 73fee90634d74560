/** What holds for every operation of Boekwinkeltjes. */
import { Boekwinkeltjes } from '../../nodes/Boekwinkeltjes/Boekwinkeltjes.node';
import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import type { BoekwinkeltjesSandbox } from '../sandbox/boekwinkeltjes';
import { byId, mapped, run } from './boekwinkeltjes';
import { everyOperation } from './everyOperation';

let sandbox: BoekwinkeltjesSandbox;

async function start() {
	await close();
	sandbox = await startBoekwinkeltjes({ books: 300, orders: 300 });
	const [{ buyer, book }] = sandbox.state.orders;
	buyer.note = 'Graag goed inpakken';
	for (const one of [book, sandbox.state.books[0]]) Object.assign(one, { shippingCost: 4.95, weblink: 'https://example.com' });
	Object.assign(buyer.address, { numberExtra: 'A', company: 'Bedrijf BV' });
	Object.assign(sandbox.state.parcels[0].address, { numberext: 'A', company: 'Bedrijf BV' });
}

async function close() {
	if ((sandbox as unknown) === undefined) return;
	await sandbox.close();
	expect(sandbox.violations).toEqual([]);
}

beforeAll(start);
afterAll(close);

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

everyOperation({
	folder: 'Boekwinkeltjes',
	node: new Boekwinkeltjes(),
	fresh: start,
	run: async ({ resource, operation, ...parameters }, options) => await run(sandbox, `${String(resource)}.${String(operation)}`, parameters, options),
	writes: () => sandbox.requests.filter(({ method }) => method !== 'GET').length,
	cases: [
		{ operation: 'book.create', parameters: () => ({ book: mapped({ title: 'Kaas', price: '7,50', ...full }) }), items: [picture] },
		{ operation: 'book.upsert', parameters: () => ({ book: mapped({ bookNumber: '777', ...full, title: 'Kaas', price: '7,50' }) }), items: [picture] },
		{ operation: 'book.update', parameters: () => ({ bookId: book(), updateFields: full }), items: [picture] },
		{ operation: 'book.get', parameters: () => ({ bookId: book() }), items: [picture] },
		{ operation: 'book.getAll', parameters: () => ({ returnAll: true }), items: [picture] },
		{ operation: 'book.getImages', parameters: () => ({ bookId: byId(sandbox.state.books.find(({ images }) => images.length > 0)!.id) }), items: [picture] },
		{ operation: 'book.setImageFromUrl', parameters: () => ({ bookId: book(), imageUrl: 'https://example.com/a.jpg' }), items: [picture] },
		{ operation: 'book.uploadImage', parameters: () => ({ bookId: book() }), items: [picture] },
		{ operation: 'book.delete', parameters: () => ({ bookId: byId(sandbox.state.books[9].id) }), items: [picture] },
		{ operation: 'order.get', parameters: () => ({ orderId: order() }), items: [picture] },
		{ operation: 'order.getAll', parameters: () => ({ returnAll: true }), items: [picture] },
		{ operation: 'order.update', parameters: () => ({ orderId: order(), updateFields: { status: 'shipped_paid' } }), items: [picture] },
		{ operation: 'package.create', parameters: () => parcel },
		{ operation: 'package.createFromOrder', parameters: () => ({ ...parcel, orderId: order() }), items: [picture] },
		{ operation: 'package.get', parameters: () => ({ packageId: byId(sandbox.state.parcels.find(({ address }) => address.company)!.packageID) }), items: [picture] },
		{ operation: 'package.getAll', parameters: () => ({ returnAll: true }), items: [picture] },
		{ operation: 'payment.createLink', parameters: () => ({ title: 'Kaas', amount: '10,99', shippingCosts: '4,95', name: 'Henk', email: 'henk@example.com' }), items: [picture] },
		{ operation: 'payment.get', parameters: () => ({ paymentId: byId(paid()) }), items: [picture] },
		{ operation: 'payment.getAll', parameters: () => ({ returnAll: true }), items: [picture] },
		{ operation: 'payment.refund', parameters: () => ({ paymentId: byId(paid()), reason: 'Beschadigd' }), items: [picture] },
		{ operation: 'question.get', parameters: () => ({ questionId: '300' }), items: [picture] },
		{ operation: 'shippingCost.get', parameters: () => ({ lookUpBy: 'bookId', id: String(sandbox.state.books[0].id) }), items: [picture] },
		{ operation: 'package.getRate', parameters: () => parcel, isUnpublished: true },
		{ operation: 'settings.get', parameters: () => ({}), isUnpublished: true },
		{ operation: 'shippingFee.get', parameters: () => ({}), isUnpublished: true },
		{ operation: 'shippingFee.set', parameters: () => ({ type: 'fixed', fee: '4,95' }), isUnpublished: true },
		{ operation: 'shippingFee.add', parameters: () => ({ name: 'Groot', fee: '7,95' }), isUnpublished: true },
	],
});
