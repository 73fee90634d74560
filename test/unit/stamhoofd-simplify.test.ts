import { cloneDeep, omit, set } from 'lodash';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { readStamhoofdPage } from '../../nodes/Stamhoofd/paging';
import * as records from '../../nodes/Stamhoofd/records';
import { simplifyLines, simplifyOrder, simplifyOrganization, simplifyPayment, simplifyProducts, simplifyWebshop } from '../../nodes/Stamhoofd/simplify';
import { collect } from '../../nodes/transport/paging';
import firstList from '../fixtures/stamhoofd/v191-list.json';
import firstOrders from '../fixtures/stamhoofd/v191-webshop-orders.json';
import list from '../fixtures/stamhoofd/v398-list-all.json';
import pageOne from '../fixtures/stamhoofd/v398-list-page-1.json';
import pageTwo from '../fixtures/stamhoofd/v398-list-page-2.json';
import pageThree from '../fixtures/stamhoofd/v398-list-page-3.json';
import organization from '../fixtures/stamhoofd/v398-organization.json';
import orders from '../fixtures/stamhoofd/v398-webshop-orders.json';
import webshop from '../fixtures/stamhoofd/v398-webshop.json';

const credentials = { apiVersion: '398' } as unknown as ICredentialDataDecryptedObject;
const [recorded] = orders.response.body.results as unknown as IDataObject[];
const cents = { apiVersion: '191' } as unknown as ICredentialDataDecryptedObject;

const payment = (status: string, createdAt: number) => ({ payment: { id: `${status} ${createdAt}`, status, createdAt, method: 'Transfer' } });
const orderWith = (balanceItems: IDataObject[], more: IDataObject = {}) => ({ ...recorded, balanceItems, ...more });

describe('an order', () => {
	test('that costs nothing has no price, whatever its lines would cost without their discount', () => {
		expect(simplifyOrder(orderWith([]), credentials)).toMatchObject({ price: 0, priceRaw: 0, paymentId: null, paymentStatus: null });
		expect(simplifyOrder({ ...omit(recorded, 'balanceItems'), payment: null }, cents)).toMatchObject({ price: 0, priceRaw: 0 });
	});

	test('costs what its balance items do, as they were called before too', () => {
		const older = { apiVersion: 'custom', customApiVersion: 240 } as unknown as ICredentialDataDecryptedObject;
		expect(simplifyOrder(orderWith([{ unitPrice: 125000, amount: 2 }, { unitPrice: 5000, amount: 1 }]), credentials).price).toBe(25.5);
		expect(simplifyOrder(orderWith([{ price: 2500 }]), older).price).toBe(25);
	});

	test.each([
		['the second try after a failed one', [payment('Failed', 1), payment('Succeeded', 2)], 'Succeeded 2'],
		['the first of two that did not fail', [payment('Created', 2), payment('Succeeded', 1)], 'Succeeded 1'],
		['the failed one if there is no other', [payment('Failed', 1)], 'Failed 1'],
	])('has as its payment %s', (_, payments, expected) => {
		expect(simplifyOrder(orderWith([{ unitPrice: 1, payments }]), credentials).paymentId).toBe(expected);
	});

	test('whose personal data was removed still comes out', () => {
		const data = { ...(recorded.data as IDataObject), customer: { firstName: '', lastName: '', email: '', phone: '' } };
		expect(simplifyOrder({ ...recorded, status: 'Deleted', data }, credentials)).toMatchObject({
			status: 'Deleted',
			customerName: null,
			customerEmail: null,
			customerPhone: null,
		});
	});
});

describe('a payment', () => {
	const bare = { id: 'a', status: 'Succeeded', method: 'Unknown', price: -250000, createdAt: 0 };

	test('without customer, description and dates is null there, and a refund is negative', () => {
		expect(simplifyPayment({ ...bare, customer: null, balanceItemPayments: [], paidAt: null }, credentials)).toMatchObject({
			price: -25,
			customerName: null,
			customerEmail: null,
			description: null,
			communication: null,
			webshopId: null,
			orderId: null,
			orderNumber: null,
			createdAt: '1970-01-01T01:00:00+01:00',
			paidAt: null,
		});
	});

	test.each<[string, IDataObject]>([
		['on the current line', { relations: { Member: { id: 'm', name: 'Jef Maes' } } }],
		['on the first line', { member: { details: { firstName: 'Jef', lastName: 'Maes', email: null } } }],
		['on the first line, by its registration', { registration: { member: { details: { firstName: 'Jef', lastName: 'Maes' } } } }],
		['on versions between them', { registration: { member: { firstName: 'Jef', lastName: 'Maes' } } }],
	])('for a member without a customer names the member %s', (_, balanceItem) => {
		const balanceItemPayments = [{ balanceItem: { description: 'Vrije bijdrage', order: null } }, { balanceItem }];
		const customer = { firstName: null, lastName: null, email: null, company: null };
		for (const one of [customer, null]) {
			expect(simplifyPayment({ ...bare, customer: one, balanceItemPayments }, credentials)).toMatchObject({
				customerName: 'Jef Maes',
				customerEmail: null,
			});
		}
	});

	test('of a company has its name and the address of its administration', () => {
		const customer = { firstName: null, lastName: null, email: null, company: { name: 'Bakkerij Claes BV', administrationEmail: 'adm@example.com' } };
		expect(simplifyPayment({ ...bare, customer }, credentials)).toMatchObject({ customerName: 'Bakkerij Claes BV', customerEmail: 'adm@example.com' });
	});
});

describe('what a server may answer', () => {
	/** Every place in a record. */
	const placesIn = (value: unknown, place: string[] = []): string[][] =>
		typeof value === 'object' && value !== null ? [place, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...place, name]))] : [place];
	const ODD = [null, undefined, 'text', 12.5, 1e20, true, [], {}, [null], ['x'], [[]]];

	test.each<[string, unknown, (record: IDataObject) => unknown]>([
		['payment', list.response.body.results[4], (record) => simplifyPayment(record, credentials)],
		['payment of the first line', firstList.response.body[0], (record) => simplifyPayment(record, cents)],
		['order', recorded, (record) => [simplifyOrder(record, credentials), simplifyLines(record, credentials)]],
		['order of the first line', firstOrders.response.body.results[0], (record) => [simplifyOrder(record, cents), simplifyLines(record, cents)]],
		['webshop', webshop.response.body, (record) => [simplifyWebshop(record), simplifyProducts(record, credentials)]],
		['organization', organization.response.body, simplifyOrganization],
		['invoice', { items: [{ name: 'x' }], payments: [{ id: 'p' }] }, records.simplifyInvoice],
		['member', { details: { parents: [{ email: 'x' }] }, registrations: [{ group: {} }], balances: [{ amountOpen: 1 }] }, (record) => records.simplifyMember(record, credentials)],
		['receivable', { object: { contacts: [{ emails: ['x'] }] } }, (record) => records.simplifyReceivable(record, credentials)],
	])('%s with anything in any place still comes out', (_, record, simplify) => {
		for (const place of placesIn(record).slice(1)) {
			for (const odd of ODD) {
				const changed = set(cloneDeep(record) as IDataObject, place, odd);
				expect({ place, odd, isOut: typeof simplify(changed) }).toEqual({ place, odd, isOut: 'object' });
			}
		}
	});

	const first = { url: '/payments', qs: { limit: 2, sort: 'createdAt DESC,id DESC' } };
	const answered = async (body: unknown) => await Promise.resolve({ statusCode: 200, headers: {}, body }) as never;

	test('pages are followed as the server gives them, and nothing is lost', async () => {
		const asked: unknown[] = [];
		const pages = [pageOne, pageTwo, pageThree];
		const all = await collect(async ({ qs }) => {
			const page = pages[asked.push(qs) - 1];
			return await answered(page.response.body);
		}, { request: first, readPage: readStamhoofdPage });
		expect(all.map(({ id }) => id)).toEqual(list.response.body.results.map(({ id }) => id));
		expect(asked[1]).toEqual({ ...first.qs, ...pageOne.response.body.next });
	});

	test.each([[null], [{}], ['ok'], [{ results: null }], [{ results: {} }], [{ results: 'x' }], [{ results: ['x'] }]])('%j is no list, and not an empty one', async (body) => {
		await expect(collect(async () => await answered(body), { request: first, readPage: readStamhoofdPage })).rejects.toThrow('The service answered with');
	});

	test('an account to pay into is handed on, and the webshop by its name on the first line too', () => {
		const [one] = firstList.response.body as unknown as IDataObject[];
		expect(simplifyPayment(one, cents)).toMatchObject({ payToIban: 'BE68539007547034', payToName: 'Lab Club', webshopName: 'Spaghettiavond', orderNumber: 1 });
	});
});
