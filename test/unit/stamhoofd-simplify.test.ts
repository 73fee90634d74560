import { omit } from 'lodash';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { simplifyOrder, simplifyPayment } from '../../nodes/Stamhoofd/simplify';
import orders from '../fixtures/stamhoofd/v398-webshop-orders.json';

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
			createdAt: '1970-01-01T00:00:00.000Z',
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
