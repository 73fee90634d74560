import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { deliveryDay, edgeOfDay, moment } from '../../nodes/Topgeschenken/dates';
import { addressOf, emailOf } from '../../nodes/Topgeschenken/order';
import { readHydraPage } from '../../nodes/Topgeschenken/paging';
import { faultsOf, topgeschenken } from '../../nodes/Topgeschenken/platform';
import { otherPath, uuidOf } from '../../nodes/Topgeschenken/references';
import { plain, simplifyOrder } from '../../nodes/Topgeschenken/simplify';

const ID = '11111111-2222-3333-4444-555555555555';

describe('deliveryDay', () => {
	const now = DateTime.fromISO('2026-11-21T12:00:00', { zone: 'Europe/Amsterdam' });

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
		[new Date('2026-11-30T23:00:00Z'), '2026-12-01T00:00:00+01:00'],
		[DateTime.fromISO('2026-12-01T08:00:00+01:00'), '2026-12-01T00:00:00+01:00'],
	])('%s is %s', (typed, day) => {
		expect(deliveryDay('Delivery Date', typed, now)).toBe(day);
	});

	test('a day to filter by has its two ends in the Netherlands, so that both midnights that the API shows lie between', () => {
		expect(edgeOfDay('Delivery From', '2026-12-24T00:00:00', 'start')).toBe('2026-12-24T00:00:00+01:00');
		expect(edgeOfDay('Delivery Until', '24-12-2026', 'end')).toBe('2026-12-24T23:59:59+01:00');
		expect(edgeOfDay('Delivery Until', '', 'end')).toBeUndefined();
		expect(() => edgeOfDay('Delivery Until', 'soon', 'end')).toThrow(/^Delivery Until "soon" is not a date/);
	});

	test('today in the Netherlands is not in the past when it is still yesterday elsewhere', () => {
		const late = DateTime.fromISO('2026-11-21T23:30:00Z');
		expect(deliveryDay('Delivery Date', '2026-11-22', late)).toBe('2026-11-22T00:00:00+01:00');
		expect(() => deliveryDay('Delivery Date', '2026-11-21', late)).toThrow('Delivery Date 2026-11-21 is in the past: choose a day from today on');
	});

	// A bare number, a time and a month are ISO 8601 too, and would be ordered for a day that nobody meant.
	test.each(['', 'soon', '31-2-2027', '2026-13-01', undefined, '10', '12:30', '2027', '2026-12', '2026-W50', '46357'])('%s is no date', (typed) => {
		expect(() => deliveryDay('Delivery Date', typed, now)).toThrow(/is not a date: write it as 2026-12-01 or 1-12-2026/);
	});
});

test('a moment without an offset is meant in the zone of the workflow', () => {
	expect(moment('Created After', '2026-07-01T10:00:00', 'Europe/Amsterdam')).toBe('2026-07-01T10:00:00+02:00');
	expect(moment('Created After', '2026-07-01T10:00:00Z', 'UTC')).toBe('2026-07-01T10:00:00Z');
	expect(moment('Created After', '', 'UTC')).toBeUndefined();
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
		expect(uuidOf('Product', 'product', given)).toBe(ID);
		expect(uuidOf('Product', 'product', { __rl: true, mode: 'id', value: given })).toBe(ID);
	});

	test.each([
		['', /is empty/],
		[null, /is empty/],
		[{ __rl: true, mode: 'list', value: '' }, /is empty/],
		[{ __rl: true, mode: 'id', value: undefined }, /is empty/],
		[{ __rl: true, mode: 'id' }, /is empty/],
		['5', /is not an ID/],
		[`${ID}0`, /is not an ID/],
		[`x${ID}`, /is not an ID/],
		[`/api/v1/order/carts/${ID}`, /is the address of something else/],
		[`/api/v1/order/orders/${ID}/finalize`, /is not an ID/],
	])('%s is refused', (given, message) => {
		expect(() => uuidOf('Product', 'product', given)).toThrow(message);
	});

	test('a company is known by both of its paths', () => {
		expect(uuidOf('Company', 'company', `/api/v1/relation/companies/${ID}`)).toBe(ID);
		expect(uuidOf('Company', 'company', `/api/v1/catalog/relation/companies/${ID}`)).toBe(ID);
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

describe('addressOf', () => {
	const complete = { attn: 'Anna', street: 'Dorpsstraat', number: 12, numberAddition: '', postcode: '3511 ab', city: 'Utrecht', country: 'nl' };

	test('puts it into the form of the API', () => {
		const faults: string[] = [];
		expect(addressOf(faults, 'Address', complete)).toEqual({ ...complete, number: '12', postcode: '3511AB', country: 'NL' });
		expect(faults).toEqual([]);
	});

	test.each([
		[{ postcode: '0511 AB' }, 'Address: Postcode "0511 AB" is not one of NL: it looks like 1000 AA'],
		[{ postcode: '3511 AB', country: 'BE' }, 'Address: Postcode "3511 AB" is not one of BE: it looks like 1000'],
		[{ country: 'Nederland' }, 'Address: Country "Nederland" is not a code of two letters, such as NL or BE'],
		[{ street: ' ', city: null }, 'Address misses Street, City: fill it in'],
	])('%j', (change, fault) => {
		const faults: string[] = [];
		addressOf(faults, 'Address', { ...complete, ...change });
		expect(faults).toEqual([fault]);
	});

	test('an address that was never added is one fault', () => {
		const faults: string[] = [];
		addressOf(faults, 'Address', {});
		expect(faults).toEqual(['Address is empty: fill it in under Add Address']);
	});

	test('a postcode of another country passes as it is', () => {
		const faults: string[] = [];
		expect(addressOf(faults, 'Address', { ...complete, country: 'DE', postcode: '10115 ' }).postcode).toBe('10115');
		expect(faults).toEqual([]);
	});
});

test('an e-mail address needs its parts', () => {
	const faults: string[] = [];
	emailOf(faults, 'hr@example.nl');
	expect(faults).toEqual([]);
	emailOf(faults, 'hr');
	expect(faults).toEqual(['Contact Email "hr" is not an e-mail address: correct it']);
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
		variations: [ID],
		mainImage: { large: 'https://example.nl/a.png' },
		somethingNew: [{ id: 'x' }],
	});
});

describe('the VAT of an order', () => {
	const vatOf = (...lines: object[]) => simplifyOrder({ uuid: ID, lines } as IDataObject).vat;

	test('is added up by percentage, cards included', () => {
		const line = (percentage: number, price: number, priceIncl: number, children: object[] = []) => ({
			price,
			priceIncl,
			vatSpecification: [{ percentage, price }],
			children,
		});
		expect(vatOf(line(9, 10.1, 11.01, [line(21, 2, 2.42)]), line(9, 10.2, 11.12))).toEqual([
			{ percentage: 9, price: 20.3, amount: 1.83 },
			{ percentage: 21, price: 2, amount: 0.42 },
		]);
	});

	test('of the only sample in the manual is nothing', () => {
		expect(vatOf({ quantity: 1, price: 1, vatSpecification: [{ price: 1, percentage: 0 }], priceIncl: 1 })).toEqual([
			{ percentage: 0, price: 1, amount: 0 },
		]);
	});

	test.each([
		['parts without VAT', [100, 50]],
		['parts with VAT', [109, 60.5]],
		['the VAT itself', [9, 10.5]],
	])('is the same whether the API gives %s', (_, [low, high]) => {
		const vatSpecification = [{ price: low, percentage: 9 }, { price: high, percentage: 21 }];
		expect(vatOf({ price: 150, priceIncl: 169.5, vatSpecification })).toEqual([
			{ percentage: 9, price: low, amount: 9 },
			{ percentage: 21, price: high, amount: 10.5 },
		]);
	});

	test('is read from decimals as text, and from a list that came as an object', () => {
		expect(vatOf({ price: '10.00', priceIncl: '10.90', vatSpecification: { 1: { price: '10.00', percentage: '9' } } })).toEqual([
			{ percentage: 9, price: 10, amount: 0.9 },
		]);
		expect(vatOf({ price: 1, vatSpecification: null })).toEqual([]);
	});
});

test('an order keeps who ordered it, as a link or in full', () => {
	expect(simplifyOrder({ uuid: ID })).toEqual({ id: ID });
	expect(simplifyOrder({ uuid: ID, customer: `/api/v1/relation/customers/${ID}` })).toEqual({ id: ID, customerId: ID });
	expect(simplifyOrder({ uuid: ID, company: { uuid: ID, name: 'Voorbeeld BV' } })).toEqual({ id: ID, company: { id: ID, name: 'Voorbeeld BV' } });
});

test.each([
	['', 'https://api.topgeschenken.nl'],
	[' https://test.example/ ', 'https://test.example'],
	['https://test.example/api/v1/', 'https://test.example'],
])('the base URL "%s" is %s', (baseUrl, expected) => {
	expect(topgeschenken.baseUrl({ baseUrl })).toBe(expected);
});
