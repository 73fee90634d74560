/**
 * What comes out of the node for payments, orders, webshops and the organization with Simplify switched on: flat, what is
 * used most in front, the same on both lines of the API.
 */
import { get, isPlainObject, maxBy, omit, sortBy, sum, uniq } from 'lodash';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { dayOf, timeOf } from '../operation/time';
import { toEuro } from './platform';
import { clock, euroOfFour, joined, listIn, nameIn, spaced, text } from './values';

interface Customer {
	firstName?: unknown;
	lastName?: unknown;
	name?: unknown;
	email?: unknown;
	phone?: unknown;
	company?: { name?: unknown; VATNumber?: unknown; companyNumber?: unknown; administrationEmail?: unknown } | null;
}

interface Member extends Customer {
	details?: Customer;
}

/** What a payment is for. The first line of the API embeds the order, the current one names the webshop and the order's id. */
export interface BalanceItem {
	description?: unknown;
	order?: { id?: unknown; number?: number | null; webshopId?: unknown; data?: { customer?: Customer } } | null;
	orderId?: unknown;
	relations?: Record<string, { id?: unknown; name?: unknown } | undefined>;
	member?: Member | null;
	registration?: { member?: Member | null } | null;
}

function personName({ firstName, lastName, name }: Customer): string | null {
	return nameIn(name) ?? spaced(firstName, lastName);
}

function fullName(customer: Customer | null | undefined): string | null {
	return personName(customer ?? {}) ?? text(customer?.company?.name);
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
	return listIn(payment, 'balanceItemPayments').map(({ balanceItem }) => (balanceItem ?? {}) as BalanceItem);
}

export function webshopOf(payment: IDataObject): { id: string | null; name: string | null } {
	const item = balanceItems(payment).find(({ order, relations }) => order?.webshopId ?? relations?.Webshop?.id);
	const webshop = item?.relations?.Webshop;
	// The first line has the name only in "Bestelling #1 - Spaghettiavond".
	const described = item?.order ? /#\d+ - (.+)$/.exec(String(item.description ?? ''))?.[1] : undefined;
	return { id: text(item?.order?.webshopId) ?? text(webshop?.id), name: nameIn(webshop?.name) ?? text(described) };
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

/** Members that a payment is for. */
function membersOf(payment: IDataObject): string | null {
	return joined(balanceItems(payment).map(({ member, registration, relations }) => {
		const someone = member ?? registration?.member;
		return nameIn(relations?.Member?.name) ?? personName(someone?.details ?? someone ?? {});
	}));
}

/** The payouts that a payment was part of: several from version 409 on, one before. */
function payoutOf({ settlement, settlements }: IDataObject): IDataObject {
	const several = listIn({ settlements }, 'settlements').map((one) => one.settlement as IDataObject | undefined);
	const payouts = [...several, settlement as IDataObject | null].filter((one) => one !== undefined && one !== null);
	return { reference: joined(payouts.map(({ reference }) => reference)), at: timeOf(maxBy(payouts, 'settledAt')?.settledAt) };
}

export function simplifyPayment(payment: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject {
	const customer = customerOf(payment);
	const webshop = webshopOf(payment);
	const order = orderOf(payment);
	const payout = payoutOf(payment);
	return {
		id: payment.id,
		status: payment.status,
		price: toEuro(payment.price, credentials),
		customerName: customer.name,
		description: descriptionOf(payment),
		communication: text(payment.transferDescription),
		method: payment.method,
		paidAt: timeOf(payment.paidAt),
		createdAt: timeOf(payment.createdAt),
		webshopName: webshop.name,
		isOpen: payment.status === 'Created' || payment.status === 'Pending',
		type: text(payment.type) ?? 'Payment',
		customerEmail: customer.email,
		customerCompany: customer.company,
		memberName: membersOf(payment),
		groupName: joined(balanceItems(payment).map(({ relations }) => nameIn(relations?.Group?.name))),
		orderNumber: order.number,
		orderId: order.id,
		webshopId: webshop.id,
		provider: payment.provider ?? null,
		transferFee: toEuro(payment.transferFee, credentials),
		refundedAmount: euroOfFour(payment.refundedAmount),
		refundOfPaymentId: text(payment.reversingPaymentId),
		payToIban: text(get(payment, 'transferSettings.iban')),
		payToName: text(get(payment, 'transferSettings.creditor')),
		payoutReference: payout.reference,
		payoutAt: payout.at,
		invoiceId: text(payment.invoiceId),
		iban: text(payment.iban),
		ibanName: text(payment.ibanName),
		updatedAt: timeOf(payment.updatedAt),
		priceRaw: payment.price,
	};
}

/** Sum of what is charged for an order: its balance items on the current line, its payment on the first; none if it is free. */
function orderPrice(order: IDataObject): number {
	const items = listIn(order, 'balanceItems');
	const paid = Number(get(order, 'payment.price') ?? 0);
	if (items.length === 0) return paid;
	// Before v307 an item is called by its price alone (read in the source).
	return items.reduce((total, { unitPrice, price, amount }) => total + Number(unitPrice ?? price ?? 0) * Number(amount ?? 1), 0);
}

/** The first payment that did not fail: an order that is paid at the second try is paid. */
function paymentOf(order: IDataObject): IDataObject {
	const payments = listIn(order, 'balanceItems')
		.flatMap((item) => listIn(item, 'payments'))
		.map(({ payment }) => (isPlainObject(payment) ? (payment as IDataObject) : {}));
	const [earliest] = sortBy(payments, [({ status }) => status === 'Failed', 'createdAt']);
	return (order.payment as IDataObject | null | undefined) ?? earliest ?? {};
}

/** What is in the cart of an order. */
export function cartOf(order: IDataObject): IDataObject[] {
	return listIn(order, 'data.cart.items');
}

/** The price that was chosen, the options, and what the buyer wrote: "Volwassene, Vegetarisch, Naam: Jef". */
function variantOf(item: IDataObject): string | null {
	const options = listIn(item, 'options').map(({ option }) => text(get(option, 'name')));
	const answers = listIn(item, 'fieldAnswers').map(({ field, answer }) => text(answer) && `${String(get(field, 'name') ?? '')}: ${String(answer)}`);
	const prices = (get(item, 'product.prices') ?? []) as unknown[];
	// A product with a single price has no need to say which.
	return joined([prices.length === 1 ? null : text(get(item, 'productPrice.name')), ...options, ...answers]);
}

function itemText(item: IDataObject): string {
	const variant = variantOf(item);
	return `${String(item.amount ?? 1)} × ${text(get(item, 'product.name')) ?? ''}${variant ? ` (${variant})` : ''}`;
}

/** The buyer's answers to the questions of the webshop, as one text. */
function answersOf(order: IDataObject): string | null {
	const fields = listIn(order, 'data.fieldAnswers').map(({ field, answer }) => [get(field, 'name'), answer]);
	const records = Object.values((get(order, 'data.recordAnswers') ?? {}) as IDataObject).map((answer) => {
		const selected = get(answer, 'selectedChoice.name') ?? get(answer, 'value') ?? get(answer, 'selected');
		return [nameIn(get(answer, 'settings.name')), nameIn(selected) ?? (typeof selected === 'object' ? null : selected)];
	});
	const answered = [...fields, ...records].filter(([, answer]) => answer !== undefined && answer !== null && answer !== '');
	return joined(answered.map(([name, answer]) => `${String(name ?? '')}: ${String(answer)}`), '; ');
}

function webshopNameOf(order: IDataObject): string | null {
	const items = listIn(order, 'balanceItems') as BalanceItem[];
	return text(order.webshopName) ?? nameIn(items.map(({ relations }) => relations?.Webshop?.name).find(Boolean));
}

function pricePaid(order: IDataObject): number {
	const items = listIn(order, 'balanceItems');
	if (items.length > 0) return sum(items.map((item) => Number(item.pricePaid ?? 0)));
	return get(order, 'payment.status') === 'Succeeded' ? Number(get(order, 'payment.price')) : 0;
}

export function simplifyOrder(order: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject {
	const payment = paymentOf(order);
	const data = (order.data ?? {}) as IDataObject;
	const customer = data.customer as Customer | undefined;
	const cart = cartOf(order);
	const price = orderPrice(order);
	const method = data.checkoutMethod as IDataObject | null | undefined;
	const slot = data.timeSlot as IDataObject | null | undefined;
	const address = (data.address ?? get(customer, 'address') ?? {}) as IDataObject;
	return {
		id: order.id,
		number: order.number ?? null,
		status: order.status,
		customerName: fullName(customer),
		items: text(cart.map(itemText).join(', ')),
		price: toEuro(price, credentials),
		paymentStatus: text(payment.status),
		timeSlotDate: dayOf(slot?.date),
		timeSlotStart: clock(slot?.startTime),
		comments: text(data.comments),
		createdAt: timeOf(order.createdAt),
		webshopName: webshopNameOf(order),
		itemCount: sum(cart.map(({ amount }) => Number(amount ?? 1))),
		timeSlotEnd: clock(slot?.endTime),
		deliveryMethod: text(method?.type),
		deliveryPlace: text(method?.name),
		customerEmail: text(customer?.email),
		customerPhone: text(customer?.phone),
		street: spaced(address.street, address.number),
		postalCode: text(address.postalCode),
		city: text(address.city),
		country: text(address.country),
		answers: answersOf(order),
		pricePaid: toEuro(pricePaid(order), credentials),
		paymentMethod: text(data.paymentMethod) ?? text(payment.method),
		communication: text(payment.transferDescription),
		paymentId: text(payment.id),
		webshopId: order.webshopId,
		language: text(order.consumerLanguage) ?? text(data.consumerLanguage),
		updatedAt: timeOf(order.updatedAt),
		validAt: timeOf(order.validAt),
		priceRaw: price,
	};
}

/** One record for each line of an order, each with what the order says; the order itself where it has no lines. */
export function simplifyLines(order: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject[] {
	const { id, number, status, customerName, timeSlotDate, timeSlotStart, ...rest } = omit(simplifyOrder(order, credentials), 'items');
	const shared = { orderId: id, orderNumber: number, status, customerName, timeSlotDate, timeSlotStart };
	const cart = cartOf(order);
	if (cart.length === 0) return [{ ...shared, ...rest }];
	return cart.map((item) => ({
		...shared,
		product: text(get(item, 'product.name')),
		variant: variantOf(item),
		quantity: item.amount ?? 1,
		unitPrice: toEuro(item.unitPrice, credentials),
		lineId: text(item.id),
		productId: text(get(item, 'product.id')),
		...rest,
	}));
}

export function simplifyWebshop(webshop: IDataObject): IDataObject {
	const domain = text(webshop.domain);
	// Only the answer for a single webshop has them.
	const products = webshop.products === undefined ? undefined : listIn(webshop, 'products');
	return {
		id: webshop.id,
		name: nameIn(get(webshop, 'meta.name')),
		status: text(get(webshop, 'meta.status')),
		uri: text(webshop.uri),
		domain: domain ? [domain, text(webshop.domainUri)].filter(Boolean).join('/') : null,
		availableUntil: timeOf(get(webshop, 'meta.availableUntil')),
		products: products ? joined(products.map(({ name }) => name)) : null,
		ticketType: text(get(webshop, 'meta.ticketType')),
		createdAt: timeOf(webshop.createdAt),
	};
}

/** One record for each price of each product of a webshop. */
export function simplifyProducts(webshop: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject[] {
	return listIn(webshop, 'products').flatMap((product) =>
		listIn(product, 'prices').map((price) => ({
			product: text(product.name),
			variant: text(price.name),
			price: toEuro(price.price, credentials),
			stock: price.stock ?? product.stock ?? null,
			sold: product.usedStock ?? null,
			isHidden: product.hidden === true || price.hidden === true,
			productId: product.id,
			priceId: price.id,
			webshopId: webshop.id,
			webshopName: nameIn(get(webshop, 'meta.name')),
		})),
	);
}

export function simplifyOrganization(organization: IDataObject): IDataObject {
	const { street, number, postalCode, city, country } = (organization.address ?? {}) as IDataObject;
	const webshops = listIn(organization, 'webshops');
	return {
		id: organization.id,
		name: organization.name,
		uri: text(organization.uri),
		website: text(organization.website),
		street: spaced(street, number),
		postalCode: text(postalCode),
		city: text(city),
		country: text(country),
		type: text(get(organization, 'meta.type')),
		webshops: joined(webshops.map((webshop) => nameIn(get(webshop, 'meta.name')))),
		currentPeriodId: text(get(organization, 'period.period.id')),
	};
}
