import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { deliveryDay, moment } from '../../nodes/Topgeschenken/dates';
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

	test('today in the Netherlands is not in the past when it is still yesterday elsewhere', () => {
		const late = DateTime.fromISO('2026-11-21T23:30:00Z');
		expect(deliveryDay('Delivery Date', '2026-11-22', late)).toBe('2026-11-22T00:00:00+01:00');
		expect(() => deliveryDay('Delivery Date', '2026-11-21', late)).toThrow('Delivery Date 2026-11-21 is in the past: choose a day from today on');
	});

	test.each(['', 'soon', '31-2-2027', '2026-13-01', undefined])('%s is no date', (typed) => {
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
	const pagesOf = (body: object) => readHydraPage(reply(body), request).next?.map(({ qs }) => qs?.page);

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

	test('follows a link that does not count pages as it is', () => {
		const next = '/api/v1/order/orders?after=abc';
		expect(readHydraPage(reply({ member: records, totalItems: 7, view: { next } }), request).next).toEqual([
			{ url: next, otherUrl: undefined, qs: undefined },
		]);
	});

	test('asks for what came in since, by the clock of the server', () => {
		const body = { member: records, totalItems: 7 };
		const { newcomers } = readHydraPage(reply(body, { date: 'Sat, 21 Nov 2026 12:00:05 GMT' }), request);
		expect(newcomers?.qs).toEqual({ status: 'new', page_items: 1, page: undefined, updated_since: '2026-11-21T12:00:03.000Z' });
		expect(readHydraPage(reply(body), request).newcomers).toBeUndefined();
	});

	test('a plain array is read until a page is empty', () => {
		expect(pagesOf(records)).toEqual([2]);
		expect(pagesOf([])).toBeUndefined();
	});

	test('an answer without a list is said to be none', () => {
		expect(() => readHydraPage(reply({ message: 'hello' }), request)).toThrow(/answered without a list/);
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

test('the VAT of an order is added up by percentage, cards included', () => {
	const line = (percentage: number, price: number, children: object[] = []) => ({ vatSpecification: [{ percentage, price }], children });
	const order = { uuid: ID, lines: [line(9, 0.1, [line(21, 0.42)]), line(9, 0.2)] } as unknown as IDataObject;
	expect(simplifyOrder(order).vat).toEqual([
		{ percentage: 9, price: 0.3 },
		{ percentage: 21, price: 0.42 },
	]);
	expect(simplifyOrder({ uuid: ID })).toEqual({ id: ID });
});

test.each([
	['', 'https://api.topgeschenken.nl'],
	[' https://test.example/ ', 'https://test.example'],
	['https://test.example/api/v1/', 'https://test.example'],
])('the base URL "%s" is %s', (baseUrl, expected) => {
	expect(topgeschenken.baseUrl({ baseUrl })).toBe(expected);
});
