import { pickBy, round, sumBy } from 'lodash';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { readFields } from '../../nodes/input';
import { edgeOfDay } from '../../nodes/Topgeschenken/dates';
import { addressField, readDeliveryDay } from '../../nodes/Topgeschenken/fields';
import { addressOf } from '../../nodes/Topgeschenken/order';
import { readHydraPage } from '../../nodes/Topgeschenken/paging';
import { faultsOf, topgeschenken } from '../../nodes/Topgeschenken/platform';
import { otherPath, readReference, uuidOf } from '../../nodes/Topgeschenken/references';
import { plain, simplifyOrder } from '../../nodes/Topgeschenken/simplify';

const ID = '11111111-2222-3333-4444-555555555555';

describe('the day of a delivery', () => {
	const now = DateTime.fromISO('2026-11-21T12:00:00', { zone: 'Europe/Amsterdam' });
	const read = (typed: unknown, at = now) => readDeliveryDay(typed, 'Europe/Amsterdam', at);

	test.each([
		['2026-12-01', '2026-12-01T00:00:00+01:00'],
		['2027-07-01', '2027-07-01T00:00:00+02:00'],
		['1-12-2026', '2026-12-01T00:00:00+01:00'],
		['01/12/2026', '2026-12-01T00:00:00+01:00'],
		['1-12-2026 0:00:00', '2026-12-01T00:00:00+01:00'],
		['2026-12-01 15:30', '2026-12-01T00:00:00+01:00'],
		['2026-12-01T23:30:00', '2026-12-01T00:00:00+01:00'],
		// Midnight in Amsterdam, as a spreadsheet program gives it.
		['2026-11-30T23:00:00.000Z', '2026-12-01T00:00:00+01:00'],
		['2026-11-21', '2026-11-21T00:00:00+01:00'],
		['46357', '2026-12-01T00:00:00+01:00'],
		[new Date('2026-11-30T23:00:00Z'), '2026-12-01T00:00:00+01:00'],
		[DateTime.fromISO('2026-12-01T08:00:00+01:00'), '2026-12-01T00:00:00+01:00'],
	])('%s is %s', (typed, day) => {
		expect(read(typed)).toBe(day);
	});

	test('a day to filter by has its two ends in the Netherlands, so that both midnights that the API shows lie between', () => {
		expect(edgeOfDay('2026-12-24', 'start')).toBe('2026-12-24T00:00:00+01:00');
		expect(edgeOfDay('2026-12-24', 'end')).toBe('2026-12-24T23:59:59+01:00');
	});

	test('today in the Netherlands is not in the past when it is still yesterday elsewhere', () => {
		const late = DateTime.fromISO('2026-11-21T23:30:00Z');
		expect(read('2026-11-22', late)).toBe('2026-11-22T00:00:00+01:00');
		expect(() => read('2026-11-21', late)).toThrow('2026-11-21 is in the past: choose a day from today on');
	});

	// A bare number, a time and a month are ISO 8601 too, and would be ordered for a day that nobody meant.
	test.each(['', 'soon', '31-2-2027', '2026-13-01', undefined, '10', '12:30', '2027', '2026-12', '2026-W50'])('%s is no date', (typed) => {
		expect(() => read(typed)).toThrow(/is not a date: write it as/);
	});
});

describe('references', () => {
	test.each([
		ID,
		` ${ID} `,
		ID.toUpperCase(),
		`/api/v1/catalog/products/${ID}`,
		`https://api.topgeschenken.nl/api/v1/catalog/products/${ID}/`,
		`https://api.topgeschenken.nl/api/v1/catalog/products/${ID}?x=1#y`,
	])('%s', (given) => {
		expect(uuidOf('product', given)).toBe(ID);
		expect(readReference('product', given)).toEqual({ uuid: ID });
	});

	test.each([
		['5', /is not an ID/],
		[`${ID}0`, /is not an ID/],
		[`x${ID}`, /is not an ID/],
		[`/api/v1/order/carts/${ID}`, /is the address of something else/],
		[`/api/v1/order/orders/${ID}/finalize`, /is not an ID/],
	])('%s is refused', (given, message) => {
		expect(() => uuidOf('product', given)).toThrow(message);
	});

	test('what is no ID is a name', () => {
		expect(readReference('product', 'BLM-001')).toEqual({ name: 'BLM-001' });
		expect(() => readReference('product', `/api/v1/order/carts/${ID}`)).toThrow(/is the address of something else/);
	});

	test('a company is known by both of its paths', () => {
		expect(uuidOf('company', `/api/v1/relation/companies/${ID}`)).toBe(ID);
		expect(uuidOf('company', `/api/v1/catalog/relation/companies/${ID}`)).toBe(ID);
		expect(otherPath('/api/v1/catalog/relation/companies')).toBe('/api/v1/relation/companies');
		expect(otherPath('/api/v1/order/orders')).toBeUndefined();
	});
});

describe('readHydraPage', () => {
	const request = { url: '/api/v1/order/orders', qs: { page_items: 2, status: 'new' } };
	const reply = (body: object, headers: IDataObject = {}) => ({ statusCode: 200, headers, body });
	const records = [{ uuid: '1' }, { uuid: '2' }];
	const pagesOf = (body: object) => readHydraPage(reply(body), request, { longest: 0 }).next?.map(({ qs }) => qs?.page);

	test('names all further pages where the length is known, by the length of the first', () => {
		expect(pagesOf({ 'hydra:member': records, 'hydra:totalItems': 7 })).toEqual([2, 3, 4]);
		expect(pagesOf({ member: records, totalItems: 7 })).toEqual([2, 3, 4]);
		expect(pagesOf({ member: records, totalItems: 2 })).toEqual([]);
	});

	test('believes the link to the last page', () => {
		const view = { 'hydra:last': '/api/v1/order/orders?status=new&page=2', 'hydra:next': '/api/v1/order/orders?page=2' };
		// As in the manual's own sample, where the length does not fit.
		expect(pagesOf({ 'hydra:member': [records[0]], 'hydra:totalItems': 1, 'hydra:view': view })).toEqual([2]);
	});

	test('a length that is no more than that of the page does not hide the page that it links to', () => {
		const next = '/api/v1/order/orders?page=2';
		expect(pagesOf({ 'hydra:member': records, 'hydra:totalItems': 2, 'hydra:view': { 'hydra:next': next } })).toEqual([2]);
	});

	test('follows a link that does not count pages as it is', () => {
		const next = '/api/v1/order/orders?after=abc';
		expect(readHydraPage(reply({ member: records, totalItems: 7, view: { next } }), request, { longest: 0 }).next).toEqual([
			{ url: next, qs: undefined },
		]);
	});

	test('asks for what came in since, by the clock of the server', () => {
		const body = { member: records, totalItems: 7 };
		const { newcomers } = readHydraPage(reply(body, { date: 'Sat, 21 Nov 2026 12:00:05 GMT' }), request, { longest: 0 });
		expect(newcomers?.qs).toEqual({ status: 'new', page_items: 1, page: undefined, updated_since: '2026-11-21T12:00:03+00:00' });
		expect(readHydraPage(reply(body), request, { longest: 0 }).newcomers).toBeUndefined();
	});

	test('a plain array is read until a page is empty', () => {
		expect(pagesOf(records)).toEqual([2]);
		expect(pagesOf([])).toBeUndefined();
	});

	test('what was asked for in one answer is read on where the server gave only a part', () => {
		const whole = { url: '/api/v1/order/orders', qs: { pagination: 'false' } };
		const next = (body: object) => readHydraPage(reply(body), whole, { longest: 0 }).next?.map(({ qs }) => qs);
		const link = { 'hydra:next': '/api/v1/order/orders?page=2' };
		expect(next({ 'hydra:member': records, 'hydra:totalItems': 2 })).toBeUndefined();
		expect(next(records)).toBeUndefined();
		expect(next({ 'hydra:member': records, 'hydra:totalItems': 3 })).toEqual([{ pagination: 'false', page: 2 }]);
		expect(next({ 'hydra:member': records, 'hydra:view': link })).toEqual([{ pagination: 'false', page: 2 }]);
	});

	test('an answer without a list is said to be none', () => {
		expect(() => readHydraPage(reply({ message: 'hello' }), request, { longest: 0 })).toThrow(/answered without a list/);
	});
});

describe('faults in an answer', () => {
	test.each([
		[{ 'hydra:title': 'An error occurred', 'hydra:description': 'Not Found' }, [{ text: 'Not Found' }]],
		[{ title: 'An error occurred', detail: 'Wrong', violations: [] }, [{ text: 'Wrong' }]],
		[{ violations: [{ propertyPath: 'a', message: 'b' }, { propertyPath: '', message: 'c' }] }, [{ field: 'a', text: 'b' }, { field: undefined, text: 'c' }]],
		[{ error: 'invalid_client', error_description: 'No such client' }, [{ text: 'No such client' }]],
		[{ message: 'Bad header "Bearer abc.def"' }, [{ text: 'Bad header "Bearer ***' }]],
		['<html>', []],
		[null, []],
	])('%j', (body, faults) => {
		expect(faultsOf(body)).toEqual(faults);
	});
});

describe('an address', () => {
	const complete = { attn: 'Anna', street: 'Dorpsstraat', number: 12, numberAddition: '', postcode: '3511 ab', city: 'Utrecht', country: 'nl' };
	const fields = { address: addressField('Address', 'Recipient', { required: true }) };
	const read = (change: object) => readFields(fields, () => ({ address: { ...complete, ...change } }), { zone: 'UTC' }).address;

	test('is put into the form of the API', () => {
		expect(addressOf(read({}))).toEqual({ ...complete, number: '12', postcode: '3511AB', country: 'NL' });
	});

	test.each([
		[{ postcode: '0511 AB' }, 'Address: Recipient Postcode "0511 AB" is not a postcode of NL: write it as 1000 AA'],
		[{ postcode: '3511 AB', country: 'BE' }, 'Address: Recipient Postcode "3511 AB" is not a postcode of BE: write it as 1000'],
		[{ country: 'Atlantis' }, 'Address: Recipient Country "Atlantis" is not a country code of two letters: write it as NL or BE'],
		[
			{ street: ' ', city: null },
			['Street', 'City'].map((name) => `Address: Recipient ${name} is empty: fill it in, or check the expression that gives it`).join('; '),
		],
	])('%j', (change, fault) => {
		expect(() => read(change)).toThrow(fault);
	});

	test('that was never added is one fault', () => {
		expect(() => readFields(fields, () => ({}), { zone: 'UTC' })).toThrow('Address is empty: fill it in');
	});

	test('of another country keeps its postcode', () => {
		expect(read({ country: 'DE', postcode: '10115 ' }).postcode).toBe('10115');
		expect(read({ country: 'België', postcode: '9000' }).country).toBe('BE');
	});
});

test('plain takes the linked data out and leaves the rest', () => {
	expect(
		plain({
			'@id': `/api/v1/catalog/products/${ID}`,
			'@type': 'Product',
			uuid: ID,
			title: 'Boeket',
			company: `/api/v1/relation/companies/${ID}`,
			variations: [`/api/v1/catalog/products/${ID}`],
			mainImage: { '@type': 'Image', large: 'https://example.nl/a.png' },
			somethingNew: [{ uuid: 'x' }],
		}),
	).toEqual({
		id: ID,
		title: 'Boeket',
		companyId: ID,
		variations: ID,
		mainImageLarge: 'https://example.nl/a.png',
		somethingNew: 'id: x',
	});
});

describe('the VAT of an order', () => {
	const vatOf = (...lines: object[]) => pickBy(simplifyOrder({ uuid: ID, lines } as IDataObject), (_, name) => name.startsWith('vat'));
	const vat = (...parts: Array<{ percentage: number; price: number; amount: number }>) => ({
		vatAmount: round(sumBy(parts, 'amount'), 4),
		...Object.assign({}, ...parts.map(({ percentage, price, amount }) => ({ [`vat${percentage}`]: amount, [`vat${percentage}Base`]: price }))),
	}) as object;

	test('is added up by percentage, cards included', () => {
		const line = (percentage: number, price: number, priceIncl: number, children: object[] = []) => ({
			price,
			priceIncl,
			vatSpecification: [{ percentage, price }],
			children,
		});
		expect(vatOf(line(9, 10.1, 11.01, [line(21, 2, 2.42)]), line(9, 10.2, 11.12))).toEqual(vat({ percentage: 9, price: 20.3, amount: 1.83 },
			{ percentage: 21, price: 2, amount: 0.42 }));
	});

	test('of the only sample in the manual is nothing', () => {
		expect(vatOf({ quantity: 1, price: 1, vatSpecification: [{ price: 1, percentage: 0 }], priceIncl: 1 })).toEqual(vat({ percentage: 0, price: 1, amount: 0 }));
	});

	test.each([
		['parts without VAT', [100, 50]],
		['parts with VAT', [109, 60.5]],
		['the VAT itself', [9, 10.5]],
	])('is the same whether the API gives %s', (_, [low, high]) => {
		const vatSpecification = [{ price: low, percentage: 9 }, { price: high, percentage: 21 }];
		expect(vatOf({ price: 150, priceIncl: 169.5, vatSpecification })).toEqual(vat({ percentage: 9, price: low, amount: 9 },
			{ percentage: 21, price: high, amount: 10.5 }));
	});

	test('is read from decimals as text, and from a list that came as an object', () => {
		expect(vatOf({ price: '10.00', priceIncl: '10.90', vatSpecification: { 1: { price: '10.00', percentage: '9' } } })).toEqual(vat({ percentage: 9, price: 10, amount: 0.9 }));
		expect(vatOf({ price: 1, vatSpecification: null })).toEqual({ vatAmount: 0 });
	});
});

test('an order keeps who ordered it, as a link or in full', () => {
	expect(simplifyOrder({ uuid: ID })).toEqual({ id: ID });
	expect(simplifyOrder({ uuid: ID, customer: `/api/v1/relation/customers/${ID}` })).toEqual({ id: ID, customerId: ID });
	expect(simplifyOrder({ uuid: ID, company: { uuid: ID, name: 'Voorbeeld BV' } })).toEqual({ id: ID, companyId: ID, companyName: 'Voorbeeld BV' });
});

test.each([
	['', 'https://api.topgeschenken.nl'],
	[' https://test.example/ ', 'https://test.example'],
	['https://test.example/api/v1/', 'https://test.example'],
])('the base URL "%s" is %s', (baseUrl, expected) => {
	expect(topgeschenken.baseUrl({ baseUrl })).toBe(expected);
});
