/** What comes out of the node with Simplify switched on: flat, the same on both lines of the API. */
import { get, sortBy, uniq } from 'lodash';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { toEuro } from './platform';

/** ISO 8601 in UTC from Stamhoofd's integer milliseconds. */
function isoDate(milliseconds: unknown): string | null {
	return typeof milliseconds === 'number' ? new Date(milliseconds).toISOString() : null;
}

function text(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

interface Customer {
	firstName?: unknown;
	lastName?: unknown;
	name?: unknown;
	email?: unknown;
	company?: { name?: unknown; administrationEmail?: unknown } | null;
}

interface Member extends Customer {
	details?: Customer;
}

/** What a payment is for. The first line of the API embeds the order, the current one names the webshop and the order's id. */
interface BalanceItem {
	description?: unknown;
	order?: { id?: unknown; number?: number | null; webshopId?: unknown; data?: { customer?: Customer } } | null;
	orderId?: unknown;
	relations?: { Webshop?: { id?: unknown; name?: unknown }; Member?: { name?: unknown } };
	member?: Member | null;
	registration?: { member?: Member | null } | null;
}

function fullName(customer: Customer | null | undefined): string | null {
	const { firstName, lastName, name, company } = customer ?? {};
	return text(name) ?? text([text(firstName), text(lastName)].filter(Boolean).join(' ')) ?? text(company?.name);
}

function emailOf(customer: Customer | null | undefined): string | null {
	return text(customer?.email) ?? text(customer?.company?.administrationEmail);
}

/** Who a thing is for. Of a member the first line has the details, later versions only the name (read in the source). */
function customerOfItem({ order, member, registration, relations }: BalanceItem): Customer | undefined {
	const someone = member ?? registration?.member;
	return order?.data?.customer ?? someone?.details ?? someone ?? relations?.Member;
}

function balanceItems(payment: IDataObject): BalanceItem[] {
	const links = (payment.balanceItemPayments ?? []) as Array<{ balanceItem?: BalanceItem | null }>;
	return links.map(({ balanceItem }) => balanceItem ?? {});
}

export function webshopOf(payment: IDataObject): { id: string | null; name: string | null } {
	const item = balanceItems(payment).find(({ order, relations }) => order?.webshopId ?? relations?.Webshop?.id);
	const webshop = item?.relations?.Webshop;
	return { id: text(item?.order?.webshopId) ?? text(webshop?.id), name: text(webshop?.name) };
}

/** `name` is that of the person or, where there is none, of the company. */
export function customerOf(payment: IDataObject): Record<'name' | 'company' | 'email', string | null> {
	const customers = [payment.customer as Customer | null | undefined, ...balanceItems(payment).map(customerOfItem)];
	const customer = customers.find((one) => fullName(one) ?? emailOf(one));
	return { name: fullName(customer), company: text(customer?.company?.name), email: emailOf(customer) };
}

/** All names that a payment may be paid under: those of the customer, of a company, of members. */
export function namesOf(payment: IDataObject): string[] {
	const people = balanceItems(payment).flatMap((item): Array<Customer | undefined> => [customerOfItem(item), item.relations?.Member]);
	const customers = [payment.customer as Customer | null | undefined, ...people];
	return uniq(customers.flatMap((customer) => [fullName(customer), text(customer?.company?.name)]).filter((name) => name !== null));
}

function orderOf(payment: IDataObject): { id: string | null; number: number | null } {
	const item = balanceItems(payment).find(({ order, orderId }) => order?.id ?? orderId);
	const fromDescription = /#(\d+)/.exec(String(item?.description ?? ''))?.[1];
	return {
		id: text(item?.order?.id) ?? text(item?.orderId),
		number: item?.order?.number ?? (fromDescription ? Number(fromDescription) : null),
	};
}

export function descriptionOf(payment: IDataObject): string | null {
	return text(balanceItems(payment).map((item) => item.description).filter(Boolean).join(', '));
}

export function simplifyPayment(payment: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject {
	const customer = customerOf(payment);
	const webshop = webshopOf(payment);
	const order = orderOf(payment);
	return {
		id: payment.id,
		status: payment.status,
		isOpen: payment.status === 'Created' || payment.status === 'Pending',
		method: payment.method,
		provider: payment.provider ?? null,
		price: toEuro(payment.price, credentials),
		priceRaw: payment.price,
		communication: text(payment.transferDescription),
		description: descriptionOf(payment),
		customerName: customer.name,
		customerEmail: customer.email,
		iban: text(payment.iban),
		ibanName: text(payment.ibanName),
		webshopId: webshop.id,
		webshopName: webshop.name,
		orderId: order.id,
		orderNumber: order.number,
		createdAt: isoDate(payment.createdAt),
		updatedAt: isoDate(payment.updatedAt),
		paidAt: isoDate(payment.paidAt),
	};
}

/** Sum of what is charged for an order: its balance items on the current line, its payment on the first; none if it is free. */
function orderPrice(order: IDataObject): number {
	const items = (order.balanceItems ?? []) as IDataObject[];
	const paid = Number(get(order, 'payment.price') ?? 0);
	if (items.length === 0) return paid;
	// Before v307 an item is called by its price alone (read in the source).
	return items.reduce((sum, { unitPrice, price, amount }) => sum + Number(unitPrice ?? price ?? 0) * Number(amount ?? 1), 0);
}

/** The first payment that did not fail: an order that is paid at the second try is paid. */
function paymentOf(order: IDataObject): IDataObject {
	const items = (order.balanceItems ?? []) as Array<{ payments?: Array<{ payment: IDataObject }> }>;
	const payments = items.flatMap((item) => item.payments ?? []).map(({ payment }) => payment);
	const [earliest] = sortBy(payments, [({ status }) => status === 'Failed', 'createdAt']);
	return (order.payment as IDataObject | null | undefined) ?? earliest ?? {};
}

export function simplifyOrder(order: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject {
	const payment = paymentOf(order);
	const customer = get(order, 'data.customer') as Customer | undefined;
	const cart = (get(order, 'data.cart.items') ?? []) as IDataObject[];
	const price = orderPrice(order);
	return {
		id: order.id,
		number: order.number ?? null,
		status: order.status,
		webshopId: order.webshopId,
		customerName: fullName(customer),
		customerEmail: text(customer?.email),
		customerPhone: text(get(customer, 'phone')),
		price: toEuro(price, credentials),
		priceRaw: price,
		items: cart.map((item) => ({
			product: text(get(item, 'product.name')),
			variant: text(get(item, 'productPrice.name')),
			quantity: item.amount,
			unitPrice: toEuro(item.unitPrice, credentials),
		})),
		comments: text(get(order, 'data.comments')),
		paymentId: text(payment.id),
		paymentMethod: text(get(order, 'data.paymentMethod')) ?? text(payment.method),
		paymentStatus: text(payment.status),
		createdAt: isoDate(order.createdAt),
		updatedAt: isoDate(order.updatedAt),
		validAt: isoDate(order.validAt),
	};
}

export function simplifyWebshop(webshop: IDataObject): IDataObject {
	const domain = text(webshop.domain);
	return {
		id: webshop.id,
		name: text(get(webshop, 'meta.name')),
		status: text(get(webshop, 'meta.status')),
		uri: text(webshop.uri),
		domain: domain ? [domain, text(webshop.domainUri)].filter(Boolean).join('/') : null,
		availableUntil: isoDate(get(webshop, 'meta.availableUntil')),
		// Only the answer for a single webshop has them.
		products: (webshop.products as IDataObject[] | undefined)?.map(({ id, name }) => ({ id, name })) ?? null,
	};
}

export function simplifyOrganization(organization: IDataObject): IDataObject {
	const { street, number, postalCode, city, country } = (organization.address ?? {}) as IDataObject;
	return {
		id: organization.id,
		name: organization.name,
		uri: text(organization.uri),
		website: text(organization.website),
		street: text([text(street), text(number)].filter(Boolean).join(' ')),
		postalCode: text(postalCode),
		city: text(city),
		country: text(country),
		type: text(get(organization, 'meta.type')),
		webshops: ((organization.webshops ?? []) as IDataObject[]).map((webshop) => ({
			id: webshop.id,
			name: text(get(webshop, 'meta.name')),
		})),
	};
}
