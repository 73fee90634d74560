import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { readList, writtenRecord } from '../../nodes/Boekwinkeltjes/answer';
import { boekwinkeltjes } from '../../nodes/Boekwinkeltjes/platform';
import { imageType } from '../../nodes/Boekwinkeltjes/resources/book/uploadImage';
import { packageOfOrder } from '../../nodes/Boekwinkeltjes/resources/package/createFromOrder';
import { packageBody } from '../../nodes/Boekwinkeltjes/resources/package/packageFields';
import {
	addressOf,
	buyerOf,
	simplifyBook,
	simplifyOrder,
	simplifyPackage,
	simplifyPayment,
} from '../../nodes/Boekwinkeltjes/simplify';
import { collect } from '../../nodes/transport/paging';
import type { ApiRequest } from '../../nodes/transport/platform';

const address = { street: 'Straat', number: '12', numberExtra: 'A', zipCode: '7654AA', city: 'Nijverdal', country: 'nl', company: 'Bedrijf BV' };

describe('shapes', () => {
	test('both address shapes come out as one', () => {
		const { numberExtra: numberext, zipCode: zip, ...rest } = address;
		expect(addressOf({ ...rest, numberext, zip })).toEqual(addressOf(address));
		expect(addressOf(address)).toEqual({ ...address, country: 'NL' });
		expect(addressOf(undefined)).toEqual(Object.fromEntries(Object.keys(address).map((name) => [name, null])));
	});

	test('all buyer shapes come out as one', () => {
		const inList = { firstName: 'Henk', lastName: 'de Vries', phone: '+31610555555', language: 'en_GB' };
		const single = { name: 'Henk de Vries', phoneNumber: '+31610555555', language: 'en_GB' };
		const asker = { name: 'Henk de Vries', emailAddress: 'henk@example.com', language: 'en_GB' };
		expect(buyerOf(inList)).toEqual(buyerOf(single));
		expect(buyerOf(asker)).toEqual({ name: 'Henk de Vries', email: 'henk@example.com', phone: null, language: 'en_GB', note: null });
		expect(buyerOf(null).name).toBeNull();
	});

	test('an empty text of one shape does not hide what the other shape says', () => {
		expect(buyerOf({ name: '', firstName: 'Henk', lastName: 'de Vries', phone: '', phoneNumber: '06', email: '', emailAddress: 'h@example.com' })).toMatchObject({
			name: 'Henk de Vries',
			phone: '06',
			email: 'h@example.com',
		});
		expect(addressOf({ numberExtra: '', numberext: 'A', zipCode: '', zip: '7654AA' })).toMatchObject({ numberExtra: 'A', zipCode: '7654AA' });
		expect(simplifyOrder({ idealPaymentStatus: '', onlinePaymentStatus: 'paid' }).paymentStatus).toBe('paid');
	});

	test('a package that has an ID of its own is got by that one', () => {
		expect(simplifyPackage({ packageID: 'A1' }).id).toBe('A1');
		expect(simplifyPackage({ id: 7, packageID: 'A1' }).id).toBe('7');
		expect(simplifyPackage({ id: null, packageID: '' }).id).toBeNull();
	});

	test('a book keeps what is known and never shows -1 as money or 0 as a code', () => {
		expect(simplifyBook({ id: 1, price: 10.99, shippingCost: -1, ean: 0, date: '22-05-2023' })).toMatchObject({
			price: 10.99,
			shippingCost: null,
			hasDefaultShippingCost: true,
			ean: null,
			date: '2023-05-22',
		});
		expect(simplifyBook({ id: 1, shippingCost: 0, ean: 140449136, date: '2023-05-22 11:45:22' })).toMatchObject({
			shippingCost: 0,
			hasDefaultShippingCost: false,
			ean: '0000140449136',
			date: '2023-05-22',
		});
	});

	test('dates come out in one form, and what is none as it came', () => {
		expect(simplifyOrder({ date: '2021-12-31 12:12:12' }).date).toBe('2021-12-31T12:12:12+01:00');
		expect(simplifyPayment({ created: '2019-08-24T14:15:22Z', expirationDate: '2019-08-24', successDate: null })).toMatchObject({
			created: '2019-08-24T16:15:22+02:00',
			expires: '2019-08-24',
			paid: null,
			isPaid: false,
		});
		expect(simplifyOrder({ date: 'gisteren' }).date).toBe('gisteren');
	});

	test('the documented payment status comes first, the other one is understood', () => {
		expect(simplifyOrder({ idealPaymentStatus: 'paid' }).paymentStatus).toBe('paid');
		expect(simplifyOrder({ onlinePaymentStatus: 'open' }).paymentStatus).toBe('open');
		expect(simplifyOrder({}).paymentStatus).toBeNull();
	});

	test('an order becomes a package with the same person and address, from either of its shapes', () => {
		const order = { id: 4006, buyer: { name: 'Henk de Vries', phoneNumber: '06', email: 'henk@example.com', address } };
		const listed = { id: 4006, buyer: { firstName: 'Henk', lastName: 'de Vries', phone: '06', email: 'henk@example.com', address } };
		const carrier = { operator: 'PostNL', type: 'STANDARD' };
		const body = packageBody({ ...packageOfOrder(order), ...carrier });
		expect(packageBody({ ...packageOfOrder(listed), ...carrier })).toEqual(body);
		expect(simplifyPackage(body)).toMatchObject({ orderId: 4006, name: 'Henk de Vries', email: 'henk@example.com', phone: '06' });
		expect(addressOf(body.address)).toEqual(addressOf(address));
	});
});

describe('packages', () => {
	const given = { operator: 'PostNL', type: 'STANDARD', street: 'Straat', houseNumber: '12', postalCode: '7654AA', city: 'Nijverdal' };
	const sentAddress = (more: IDataObject) => packageBody({ ...given, ...more }).address as IDataObject;

	test.each([
		['12', '12', undefined],
		['12A', '12', 'A'],
		['12 bis', '12', 'bis'],
		['12-3', '12', '3'],
	])('house number "%s"', (houseNumber, number, numberext) => {
		expect(sentAddress({ houseNumber })).toMatchObject({ number, ...(numberext && { numberext }) });
	});

	test('an addition that is given by itself is left alone', () => {
		expect(sentAddress({ houseNumber: '12-14', houseNumberExtra: 'A' })).toMatchObject({ number: '12-14', numberext: 'A' });
	});

	test.each([
		['7654 aa', 'NL', '7654AA'],
		['9000', 'België', '9000'],
		['10115', 'DE', '10115'],
		['7654AA', undefined, '7654AA'],
	])('postal code "%s" of "%s"', (postalCode, country, zip) => {
		expect(sentAddress({ postalCode, country }).zip).toBe(zip);
	});

	test.each([
		['9000', 'NL'],
		['0123 AB', 'Nederland'],
		['7654 AA', 'BE'],
	])('postal code "%s" is not one of %s', (postalCode, country) => {
		expect(() => sentAddress({ postalCode, country })).toThrow(/^Postal Code "/);
	});
});

describe('pictures', () => {
	test('are told by their first bytes', () => {
		expect(imageType(Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0]))).toBe('image/jpeg');
		expect(imageType(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))).toBe('image/png');
		for (const wrong of [Buffer.alloc(0), Buffer.from([0xff, 0xd8]), Buffer.from('GIF89a'), Buffer.from('<svg/>')]) {
			expect(() => imageType(wrong)).toThrow('not a JPEG or PNG');
		}
	});
});

describe('lists', () => {
	/** A server with any habit that the API has been seen to have, or may have. */
	function server(records: IDataObject[], { size, shape, repeats }: { size: number; shape: string; repeats: boolean }) {
		return async ({ qs }: ApiRequest) => {
			const last = Math.max(Math.ceil(records.length / size), 1);
			const page = repeats ? Math.min(Number(qs!.page), last) : Number(qs!.page);
			const orders = records.slice((page - 1) * size, page * size);
			const paginator = { page, from: (page - 1) * size + 1, to: (page - 1) * size + orders.length, totalAmount: records.length };
			const bodies: Record<string, unknown> = {
				array: { status: 200, data: orders },
				bare: orders,
				paginator: { status: 200, data: { orders, paginator } },
				withoutNumbers: { status: 200, data: { orders, paginator: { page } } },
				bareObject: { orders },
			};
			return { statusCode: 200, headers: {}, body: bodies[shape] };
		};
	}

	test('end rightly whatever the page size, the shape and the habit at the end', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(130),
				fc.integer({ min: 1, max: 40 }),
				fc.constantFrom('array', 'bare', 'paginator', 'withoutNumbers', 'bareObject'),
				fc.boolean(),
				async (length, size, shape, repeats) => {
					const records = Array.from({ length }, (_, id) => ({ id }));
					let requests = 0;
					const answer = server(records, { size, shape, repeats });
					const send = async (request: ApiRequest) => {
						requests++;
						return await answer(request);
					};
					const found = await collect(send, { request: { url: '/orders', qs: { page: 1 } }, readPage: readList('orders') });
					expect(found).toEqual(records);
					expect(requests).toBeLessThanOrEqual(Math.ceil(length / size) + 1);
				},
			),
		);
	});

	/** A list that counts its pages from `first` on, and shows that one where no page is asked for. */
	async function readFrom(first: number, paginatorOf: (page: number, shown: IDataObject[]) => IDataObject | undefined) {
		const records = Array.from({ length: 60 }, (_, id) => ({ id }));
		const send = async ({ qs }: ApiRequest) => {
			const page = Number(qs?.page ?? first);
			const payments = records.slice((page - first) * 25, (page - first + 1) * 25);
			const paginator = paginatorOf(page, payments);
			return { statusCode: 200, headers: {}, body: { status: 200, data: { payments, ...(paginator && { paginator }) } } };
		};
		expect(await collect(send, { request: { url: '/payments' }, readPage: readList('payments') })).toEqual(records);
	}

	test.each([0, 1])('one that is asked for without a page goes on where its paginator says (first page: %d)', async (first) => {
		await readFrom(first, (page, shown) => ({ page, from: (page - first) * 25, to: (page - first) * 25 + shown.length, totalAmount: 60 }));
	});

	test.each([
		['no paginator', undefined],
		['one of zeros, as in the sample', { page: 0, from: 0, to: 0, totalAmount: 0, sort: '', direction: '' }],
		['one that counts pages', { page: 1, from: 1, to: 25, totalAmount: 3 }],
		['numbers as texts', { page: '1', from: '1', totalAmount: '60' }],
		['nulls', { page: null, from: null, to: null, totalAmount: null }],
	])('one with %s is read to its end', async (_, paginator) => {
		await readFrom(1, () => paginator);
	});

	test.each([null, {}, { data: null }, { status: 200 }, { status: 200, data: {} }, { status: 200, data: [] }])('%j is an empty list', (body) => {
		const request = { url: '/orders', qs: { page: 1 } };
		expect(readList('orders')({ statusCode: 200, headers: {}, body }, request, { longest: 0 })).toEqual({ records: [], next: [] });
	});
});

describe('writes', () => {
	test.each<[unknown, IDataObject]>([
		[{ status: 200 }, { success: true }],
		[{ status: '202' }, { success: true }],
		[{ status: 201, data: {} }, { success: true }],
		[{ status: 201, data: null }, { success: true }],
		['', { success: true }],
		[{ status: 201, message: 'In de wachtrij' }, { message: 'In de wachtrij' }],
		[{ status: 200, data: { id: 1, status: 'new_order' } }, { id: 1, status: 'new_order' }],
		[{ id: 1, status: 'new_order' }, { id: 1, status: 'new_order' }],
		[{ id: 1, status: 200 }, { id: 1, status: 200 }],
	])('the answer %j holds %j', (body, record) => {
		expect(writtenRecord(body)).toEqual(record);
	});
});

describe('credential', () => {
	const credential = { apiKey: 'k', environment: 'live', requestsPerSecond: 3 };

	test('each environment has its address and its own allowance', () => {
		expect(boekwinkeltjes.baseUrl(credential)).toBe('https://www.boekwinkeltjes.nl/webservice/v1');
		expect(boekwinkeltjes.baseUrl({ ...credential, environment: 'sandbox' })).toBe('https://api-zandbak.boekwinkeltjes.nl/webservice/v1');
		const own = { ...credential, environment: 'custom', baseUrl: ' http://127.0.0.1:1/v1/ ' };
		expect(boekwinkeltjes.baseUrl(own)).toBe('http://127.0.0.1:1/v1');
		expect(boekwinkeltjes.account(own)).not.toBe(boekwinkeltjes.account(credential));
	});

	test.each([
		[3, { requests: 3, milliseconds: 1000 }],
		[2.5, { requests: 2, milliseconds: 1000 }],
		[0.5, { requests: 1, milliseconds: 2000 }],
		[0, { requests: 3, milliseconds: 1000 }],
		['x', { requests: 3, milliseconds: 1000 }],
	])('a pace of %p requests a second', (requestsPerSecond, window) => {
		expect(boekwinkeltjes.windows({ ...credential, requestsPerSecond })).toEqual([window]);
	});

	test('an answer fails by the status inside it, a record with a status of its own does not', () => {
		const statusOf = (body: unknown) => boekwinkeltjes.failureStatus!({ statusCode: 200, headers: {}, body });
		expect(statusOf({ status: 404, message: 'x' })).toBe(404);
		expect(statusOf({ status: '500' })).toBe(500);
		expect(statusOf({ status: 200, data: {} })).toBeUndefined();
		expect(statusOf({ id: 5, status: 'new_order' })).toBeUndefined();
		expect(statusOf({ id: 5, status: 400 })).toBeUndefined();
		expect(statusOf([])).toBeUndefined();
		expect(statusOf('')).toBeUndefined();
	});
});
