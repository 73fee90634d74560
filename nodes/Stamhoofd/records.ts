/**
 * What comes out of the node for balances, members, invoices, tickets, codes and documents with Simplify switched on:
 * flat, what is used most in front. Their forms were read in Stamhoofd's public source; what a record lacks is null.
 */
import { get, omit, sum } from 'lodash';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { dayOf, timeOf } from '../operation/time';
import { toEuro } from './platform';
import { cartOf, simplifyOrder } from './simplify';
import { euroOfFour, joined, listIn, nameIn, spaced, text } from './values';

type Credentials = ICredentialDataDecryptedObject;

/** Who owes, by the names of the API (read in the source). The same euro stands in several of them. */
export const DEBTORS = [
	{ name: 'Account Without Members', value: 'userWithoutMembers', description: 'What an account owes for itself, such as its orders' },
	{ name: 'Account With Its Members', value: 'user', description: 'What a family owes together; its members are in it' },
	{ name: 'Company or Organization', value: 'organization', description: 'What another organization owes' },
	{ name: 'Member', value: 'member', description: 'What is owed for a member' },
	{ name: 'Registration', value: 'registration', description: 'What is owed for one registration; its member has it too' },
];

/** Everyone once. */
export const EACH_ONCE = ['member', 'userWithoutMembers', 'organization'];

export function simplifyReceivable(receivable: IDataObject, credentials: Credentials): IDataObject {
	const contacts = listIn(receivable, 'object.contacts');
	const emails = contacts.flatMap(({ emails: own }) => (Array.isArray(own) ? (own as unknown[]) : []));
	const euro = (amount: unknown) => toEuro(amount, credentials);
	const lines = listIn(receivable, 'balanceItems');
	return {
		id: text(get(receivable, 'object.id')),
		name: nameIn(get(receivable, 'object.name')),
		email: text(emails[0]),
		contactName: spaced(contacts[0]?.firstName, contacts[0]?.lastName),
		amountOpen: euro(receivable.amountOpen ?? receivable.amount),
		amountPending: euro(receivable.amountPending),
		amountPaid: euro(receivable.amountPaid),
		type: text(receivable.objectType),
		emails: joined(emails),
		reminderCount: receivable.reminderEmailCount ?? null,
		lastReminderAt: timeOf(receivable.lastReminderEmail),
		amountAtLastReminder: euro(receivable.lastReminderAmountOpen),
		contacts: joined(contacts.map(({ firstName, lastName }) => spaced(firstName, lastName))),
		// Only the answer for one of them has the lines.
		...(lines.length > 0 ? { items: lines.map((item) => `${String(item.description)}: € ${(amountsOf(item, credentials).open ?? 0).toFixed(2)}`).join(', ') } : {}),
		receivableId: text(receivable.id),
	};
}

/** What is due for an item with its VAT, what of it is paid, under way and open (read in the source). */
function amountsOf(item: IDataObject, credentials: Credentials) {
	const euro = (amount: unknown) => toEuro(amount, credentials) ?? 0;
	const { VATPercentage, VATIncluded, VATExcempt } = item;
	const bare = euro(item.unitPrice ?? item.price) * Number(item.amount ?? 1);
	const rate = typeof VATPercentage === 'number' ? VATPercentage : 0;
	const isOnTop = VATIncluded === false && !VATExcempt;
	const isFreed = VATIncluded !== false && VATExcempt;
	const whole = isOnTop ? (bare * (100 + rate)) / 100 : isFreed ? (bare * 100) / (100 + rate) : bare;
	const due = item.status === 'Hidden' || item.status === 'Canceled' ? 0 : Math.round(whole * 10_000) / 10_000;
	const [paid, pending] = [euro(item.pricePaid), euro(item.pricePending)];
	return { due, paid, pending, open: Math.round((due - paid - pending) * 10_000) / 10_000 };
}

export function simplifyBalanceItem(item: IDataObject, credentials: Credentials): IDataObject {
	const relation = (name: string, member = 'name') => nameIn(get(item, ['relations', name, member]));
	const { due, paid, pending, open } = amountsOf(item, credentials);
	return {
		id: item.id,
		description: text(item.description),
		amountOpen: open,
		amountDue: due,
		amountPaid: paid,
		amountPending: pending,
		memberName: relation('Member'),
		groupName: relation('Group'),
		webshopName: relation('Webshop'),
		dueAt: timeOf(item.dueAt),
		createdAt: timeOf(item.createdAt),
		status: text(item.status),
		type: text(item.type),
		quantity: item.amount ?? 1,
		unitPrice: toEuro(item.unitPrice ?? item.price, credentials),
		vatPercentage: item.VATPercentage ?? null,
		paidAt: timeOf(item.paidAt),
		memberId: text(item.memberId),
		registrationId: text(item.registrationId),
		orderId: text(item.orderId),
		userId: text(item.userId),
		organizationId: text(item.payingOrganizationId),
		groupId: relation('Group', 'id'),
		webshopId: relation('Webshop', 'id'),
	};
}

/** Amounts of invoices are in 1/10 000 euro at every version (read in the source). */
export function simplifyInvoice(invoice: IDataObject): IDataObject {
	const vatTotal = listIn(invoice, 'VATTotal');
	const add = (name: string) => sum(vatTotal.map((part) => Number(part[name] ?? 0)));
	const [base, vat, rounding] = [add('taxablePrice'), add('VAT'), Number(invoice.payableRoundingAmount ?? 0)];
	const total = base + vat + rounding;
	const customer = (name: string) => text(get(invoice, ['customer', name]));
	const company = (name: string) => text(get(invoice, ['customer', 'company', name]));
	const address = (name: string) => text(get(invoice, ['customer', 'company', 'address', name]));
	return {
		id: invoice.id,
		number: text(invoice.number),
		customerName: spaced(customer('firstName'), customer('lastName')) ?? company('name'),
		total: euroOfFour(total),
		totalWithoutVat: euroOfFour(base),
		vat: euroOfFour(vat),
		invoicedAt: timeOf(invoice.invoicedAt),
		dueAt: timeOf(invoice.dueAt),
		type: total < 0 ? 'CreditNote' : 'Invoice',
		items: joined(listIn(invoice, 'items').map((item) => text(item.name) ?? text(item.description))),
		customerCompany: company('name'),
		customerEmail: customer('email') ?? company('administrationEmail'),
		customerVatNumber: company('VATNumber'),
		customerCompanyNumber: company('companyNumber'),
		customerStreet: spaced(address('street'), address('number')),
		customerPostalCode: address('postalCode'),
		customerCity: address('city'),
		customerCountry: address('country'),
		vatPercentages: joined(vatTotal.map(({ VATPercentage }) => String(VATPercentage))),
		rounding: euroOfFour(rounding),
		reference: text(invoice.reference),
		paymentIds: joined(listIn(invoice, 'payments').map(({ id }) => id)),
		correctsInvoiceId: text(invoice.negativeInvoiceId),
		isSentByPeppol: invoice.didSendPeppol === true,
		createdAt: timeOf(invoice.createdAt),
		updatedAt: timeOf(invoice.updatedAt),
	};
}

interface Person {
	firstName?: unknown;
	lastName?: unknown;
	email?: unknown;
	phone?: unknown;
}

/** A first and a second parent, as columns of a sheet. */
function parentsOf(details: unknown): IDataObject {
	const parents = listIn(details, 'parents') as Person[];
	const columns = [0, 1].flatMap((position) => {
		const { firstName, lastName, email, phone } = parents[position] ?? {};
		const name = `parent${position + 1}`;
		return [[`${name}Name`, spaced(firstName, lastName)], [`${name}Email`, text(email)], [`${name}Phone`, text(phone)]];
	});
	return Object.fromEntries(columns) as IDataObject;
}

/** Whom to write to about a member: the member's own address or, without one, those of the parents. */
function contactsOf(details: unknown): unknown[] {
	const own = text(get(details, 'email'));
	return own ? [own] : listIn(details, 'parents').map(({ email }) => email);
}

const balanceOf = (record: IDataObject, credentials: Credentials) =>
	toEuro(sum(listIn(record, 'balances').map(({ amountOpen }) => Number(amountOpen ?? 0))), credentials);

/** Null where the server does not tell it. */
const owedBy = (record: IDataObject, credentials: Credentials) => (Array.isArray(record.balances) ? balanceOf(record, credentials) : null);

const groupName = (registration: IDataObject) => nameIn(get(registration, 'group.settings.name'));

const isActive = ({ registeredAt, deactivatedAt }: IDataObject) => typeof registeredAt === 'number' && typeof deactivatedAt !== 'number';

export function simplifyMember(member: IDataObject, credentials: Credentials): IDataObject {
	const details = (member.details ?? {}) as IDataObject;
	const address = (details.address ?? {}) as IDataObject;
	const registrations = listIn(member, 'registrations').filter(isActive);
	const contacts = contactsOf(details);
	return {
		id: member.id,
		name: spaced(details.firstName, details.lastName),
		firstName: text(details.firstName),
		lastName: text(details.lastName),
		email: text(contacts[0]),
		phone: text(details.phone),
		birthDay: dayOf(details.birthDay),
		groups: joined(registrations.map(groupName)),
		amountOpen: owedBy(member, credentials),
		memberNumber: text(details.memberNumber),
		emails: joined(contacts),
		ownEmail: text(details.email),
		...parentsOf(details),
		street: spaced(address.street, address.number),
		postalCode: text(address.postalCode),
		city: text(address.city),
		country: text(address.country),
		gender: text(details.gender),
		groupIds: joined(registrations.map((registration) => get(registration, 'group.id'))),
		lastRegisteredAt: timeOf(member.lastRegisteredAt),
		createdAt: timeOf(member.createdAt),
		updatedAt: timeOf(member.updatedAt),
	};
}

export function simplifyRegistration(registration: IDataObject, credentials: Credentials): IDataObject {
	const details = get(registration, 'member.details') as IDataObject | undefined;
	const contacts = contactsOf(details);
	return {
		id: registration.id,
		memberName: spaced(details?.firstName, details?.lastName),
		groupName: groupName(registration),
		registeredAt: timeOf(registration.registeredAt),
		isActive: isActive(registration),
		email: text(contacts[0]),
		phone: text(details?.phone),
		birthDay: dayOf(details?.birthDay),
		priceName: nameIn(get(registration, 'groupPrice.name')),
		amountOpen: owedBy(registration, credentials),
		emails: joined(contacts),
		...parentsOf(details),
		options: joined(listIn(registration, 'options').map(({ option }) => text(get(option, 'name')))),
		startDate: dayOf(registration.startDate),
		endDate: dayOf(registration.endDate),
		trialUntil: dayOf(registration.trialUntil),
		deactivatedAt: timeOf(registration.deactivatedAt),
		groupType: text(get(registration, 'group.type')),
		memberId: text(registration.memberId) ?? text(get(registration, 'member.id')),
		groupId: text(get(registration, 'group.id')),
		periodId: text(get(registration, 'group.periodId')),
		createdAt: timeOf(registration.createdAt),
		updatedAt: timeOf(registration.updatedAt),
	};
}

export function simplifyGroup(group: IDataObject, credentials: Credentials): IDataObject {
	const settings = (group.settings ?? {}) as IDataObject;
	const prices = listIn(settings, 'prices');
	return {
		id: group.id,
		name: nameIn(settings.name),
		type: text(group.type),
		status: text(group.status),
		memberCount: settings.registeredMembers ?? null,
		price: toEuro(get(prices[0], 'price.price'), credentials),
		startDate: dayOf(settings.startDate),
		endDate: dayOf(settings.endDate),
		minAge: settings.minAge ?? null,
		maxAge: settings.maxAge ?? null,
		maxMembers: settings.maxMembers ?? null,
		periodId: text(group.periodId),
		periodStart: dayOf(get(settings, 'period.startDate')),
		periodEnd: dayOf(get(settings, 'period.endDate')),
		registrationStart: timeOf(settings.registrationStartDate),
		registrationEnd: timeOf(settings.registrationEndDate),
		createdAt: timeOf(group.createdAt),
	};
}

/** Row and number of a seat, which have names of one letter (read in the source). */
function seatOf(seat: unknown): string | null {
	return spaced(get(seat, 'r') ?? get(seat, 'row'), get(seat, 's') ?? get(seat, 'seat'));
}

/** What of an order stands beside its tickets. */
const OF_ORDER = ['customerName', 'product', 'variant', 'orderNumber', 'orderStatus', 'paymentStatus', 'customerEmail', 'customerPhone', 'webshopId', 'webshopName'];

/** A ticket, with its order if that was looked up. */
export function simplifyTicket(ticket: IDataObject, credentials: Credentials): IDataObject {
	const order = ticket.order as IDataObject | undefined;
	const whole = order ? simplifyOrder(order, credentials) : {};
	const line = order && cartOf(order).find(({ id }) => id === ticket.itemId);
	const record = {
		id: ticket.id,
		customerName: whole.customerName,
		product: text(get(line, 'product.name')),
		variant: text(get(line, 'productPrice.name')),
		seat: seatOf(ticket.seat),
		isScanned: typeof ticket.scannedAt === 'number',
		scannedAt: timeOf(ticket.scannedAt),
		scannedBy: text(ticket.scannedBy),
		orderNumber: whole.number,
		index: ticket.index ?? null,
		total: ticket.total ?? null,
		orderStatus: whole.status,
		paymentStatus: whole.paymentStatus,
		customerEmail: whole.customerEmail,
		customerPhone: whole.customerPhone,
		code: text(ticket.secret),
		orderId: text(ticket.orderId),
		lineId: text(ticket.itemId),
		webshopId: whole.webshopId,
		webshopName: whole.webshopName,
		createdAt: timeOf(ticket.createdAt),
		updatedAt: timeOf(ticket.updatedAt),
	};
	return order ? record : omit(record, OF_ORDER);
}

export function simplifyDiscountCode(code: IDataObject, credentials: Credentials): IDataObject {
	const discounts = listIn(code, 'discounts');
	const ofOrder = (name: string) => sum(discounts.map((discount) => Number(get(discount, ['orderDiscount', name]) ?? 0)));
	return {
		id: code.id,
		code: text(code.code),
		description: text(code.description),
		discountAmount: toEuro(ofOrder('fixedDiscount'), credentials),
		discountPercentage: ofOrder('percentageDiscount') / 100,
		timesUsed: code.usageCount ?? 0,
		maximumUsage: code.maximumUsage ?? null,
		isUsedUp: typeof code.maximumUsage === 'number' && Number(code.usageCount ?? 0) >= code.maximumUsage,
		hasOtherDiscounts: discounts.some((discount) => listIn(discount, 'productDiscounts').length > 0 || listIn(discount, 'requirements').length > 0),
		createdAt: timeOf(code.createdAt),
		updatedAt: timeOf(code.updatedAt),
	};
}

export function simplifyDocument(document: IDataObject): IDataObject {
	const template = document.template as IDataObject | undefined;
	return {
		id: document.id,
		number: document.number ?? null,
		name: text(get(document, 'data.name')),
		description: text(get(document, 'data.description')),
		status: text(document.status),
		year: template?.year ?? null,
		templateName: nameIn(get(template, 'settings.name')),
		memberId: text(document.memberId),
		registrationId: text(document.registrationId),
		templateId: text(document.templateId),
		createdAt: timeOf(document.createdAt),
		updatedAt: timeOf(document.updatedAt),
	};
}
