/** What the lists of the current line can be filtered, sorted and searched by (observed, and read in the source). */
import { openOf, totalsOf } from './balances';
import type { Receivable } from './balances';
import { relation } from './filter';
import type { Fields, List } from './filter';
import type { Order, Payment, Webshop } from './seed';
import type { Document, DocumentTemplate, Invoice } from './seedBooks';
import type { BalanceItem, Group, Member, Registration } from './seedMembers';
import type { Ticket } from './seedShop';

const digitsOf = (text: string | null) => (text ?? '').replace(/[^0-9]/g, '');

const customerName = ({ customer }: Payment | Order) => `${customer.firstName} ${customer.lastName}`.toLowerCase();

const contains = (text: string | null | undefined, search: string) => (text ?? '').toLowerCase().includes(search.trim().toLowerCase());

/** Only a structured communication is observed, the rest is read in the source. */
function matchesPayment(payment: Payment, search: string): boolean {
	const bare = search.replace(/[+/]/g, '');
	if (/^\d/.test(bare) && bare.length === 12) return digitsOf(payment.communication) === bare;
	const { customer, company, description, communication } = payment;
	const texts = search.includes('@')
		? [customer.email, company?.administrationEmail]
		: [customerName(payment), company?.name, description, communication];
	return texts.some((text) => contains(text, search));
}

function matchesOrder(order: Order, search: string): boolean {
	const number = Number.parseInt(search, 10);
	if (!Number.isNaN(number)) return order.number === number;
	return contains(search.includes('@') ? order.customer.email : customerName(order), search);
}

const orderOfItem = relation<Payment, Order>(({ order }) => (order ? [order] : []), {
	webshopId: { read: ({ webshop }) => webshop.id },
});

/** The filter on the order of what is paid is newer than version 394 (observed). */
export const FILTERS_BY_WEBSHOP = 399;

const balanceItemPaymentFields: Fields<Payment> = {
	id: { read: ({ linkId }) => linkId },
	price: { read: ({ price }) => price * 100 },
	'balanceItem.id': { read: ({ balanceItemId }) => balanceItemId },
	'balanceItem.description': { read: ({ description }) => description },
};

/** Prices in filters are in 1/10 000 euro whatever the version (read in the source). */
export function paymentList(serverVersion: number): List<Payment> {
	const filtersByWebshop = serverVersion >= FILTERS_BY_WEBSHOP;
	return {
		sorts: ['createdAt', 'paidAt', 'price'],
		matches: matchesPayment,
		fields: {
			id: { read: ({ id }) => id },
			type: { read: ({ type }) => type },
			method: { read: ({ method }) => method },
			provider: { read: ({ provider }) => provider },
			status: { read: ({ status }) => status },
			createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
			updatedAt: { read: ({ updatedAt }) => updatedAt, isDate: true },
			paidAt: { read: ({ paidAt }) => paidAt, isDate: true },
			price: { read: ({ price }) => price * 100 },
			transferDescription: { read: ({ communication }) => communication },
			'customer.email': { read: ({ customer }) => customer.email },
			'customer.firstName': { read: ({ customer }) => customer.firstName },
			'customer.lastName': { read: ({ customer }) => customer.lastName },
			'customer.name': { read: customerName },
			'customer.company.name': { read: ({ company }) => company?.name ?? null },
			balanceItemPayments: relation((payment: Payment) => [payment], {
				...balanceItemPaymentFields,
				...(filtersByWebshop && { 'balanceItem.order': orderOfItem }),
			}),
		},
	};
}

export const orderList: List<Order> = {
	sorts: ['createdAt', 'updatedAt', 'number'],
	matches: matchesOrder,
	fields: {
		id: { read: ({ id }) => id },
		webshopId: { read: ({ webshop }) => webshop.id },
		number: { read: ({ number }) => number },
		status: { read: ({ status }) => status },
		name: { read: customerName },
		email: { read: ({ customer }) => customer.email },
		paymentMethod: { read: ({ payment }) => payment.method },
		totalPrice: { read: ({ payment }) => payment.price * 100 },
		checkoutMethod: { read: ({ checkoutMethod }) => checkoutMethod?.type ?? null },
		checkoutMethodId: { read: ({ checkoutMethod }) => checkoutMethod?.id ?? null },
		timeSlotStartTime: { read: ({ timeSlot }) => timeSlot?.startTime ?? null },
		timeSlotEndTime: { read: ({ timeSlot }) => timeSlot?.endTime ?? null },
		createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
		updatedAt: { read: ({ updatedAt }) => updatedAt, isDate: true },
		validAt: { read: ({ createdAt }) => createdAt, isDate: true },
	},
};

export const ticketList: List<Ticket> = {
	sorts: ['createdAt', 'updatedAt'],
	fields: {
		id: { read: ({ id }) => id },
		webshopId: { read: ({ order }) => order.webshop.id },
		createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
		updatedAt: { read: ({ updatedAt }) => updatedAt, isDate: true },
	},
};

export const receivableList: List<Receivable> = {
	sorts: ['amountOpen', 'amountPending'],
	matches: ({ name, contacts }, search) => [name, ...contacts.flatMap(({ emails }) => emails)].some((text) => contains(text, search)),
	fields: {
		id: { read: ({ id }) => id },
		objectType: { read: ({ type }) => type },
		amountOpen: { read: (one) => totalsOf(one).amountOpen * 100 },
		amountPending: { read: (one) => totalsOf(one).amountPending * 100 },
		nextDueAt: { read: ({ items }) => items.find((item) => openOf(item) > 0)?.dueAt ?? null, isDate: true },
		reminderEmailCount: { read: () => 0 },
	},
};

export const balanceItemList: List<BalanceItem> = {
	sorts: ['createdAt'],
	matches: ({ description }, search) => contains(description, search),
	fields: {
		id: { read: ({ id }) => id },
		type: { read: ({ type }) => type },
		status: { read: ({ status }) => status },
		description: { read: ({ description }) => description },
		createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
		updatedAt: { read: ({ updatedAt }) => updatedAt, isDate: true },
		orderId: { read: ({ payment }) => payment?.order?.id ?? null },
		registrationId: { read: ({ registration }) => registration?.id ?? null },
		priceOpen: { read: (item) => openOf(item) * 100 },
		order: relation((item: BalanceItem) => [item.payment?.order ?? []].flat(), { webshopId: { read: ({ webshop }: Order) => webshop.id } }),
		registration: relation((item: BalanceItem) => [item.registration ?? []].flat(), { groupId: { read: ({ group }: Registration) => group.id } }),
	},
};

export const groupList: List<Group> = {
	sorts: ['periodId', 'name'],
	matches: ({ name }, search) => contains(name, search),
	fields: {
		id: { read: ({ id }) => id },
		name: { read: ({ name }) => name },
		periodId: { read: ({ period }) => period.id },
		type: { read: ({ type }) => type },
		status: { read: ({ status }) => status },
		deletedAt: { read: () => null, isDate: true },
	},
};

const registrationFields: Fields<Registration> = {
	id: { read: ({ id }) => id },
	groupId: { read: ({ group }) => group.id },
	periodId: { read: ({ group }) => group.period.id },
	organizationId: { read: () => null },
	registeredAt: { read: ({ registeredAt }) => registeredAt, isDate: true },
	deactivatedAt: { read: ({ deactivatedAt }) => deactivatedAt, isDate: true },
	startDate: { read: ({ startDate }) => startDate, isDate: true },
	endDate: { read: ({ endDate }) => endDate, isDate: true },
	'group.id': { read: ({ group }) => group.id },
	'group.type': { read: ({ group }) => group.type },
	'group.name': { read: ({ group }) => group.name },
	'group.status': { read: ({ group }) => group.status },
};

const memberName = ({ firstName, lastName }: Member) => `${firstName} ${lastName}`;

function matchesMember(member: Member, search: string): boolean {
	const emails = [member.email, ...member.parents.map(({ email }) => email)];
	return search.includes('@') ? emails.some((email) => contains(email, search)) : contains(memberName(member), search);
}

export function memberList(registrationsOf: (member: Member) => Registration[]): List<Member> {
	return {
		sorts: ['createdAt', 'firstName', 'lastName', 'birthDay', 'memberNumber'],
		matches: matchesMember,
		fields: {
			id: { read: ({ id }) => id },
			firstName: { read: ({ firstName }) => firstName },
			lastName: { read: ({ lastName }) => lastName },
			name: { read: memberName },
			memberNumber: { read: ({ memberNumber }) => memberNumber },
			birthDay: { read: ({ birthDay }) => birthDay, isDate: true },
			createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
			email: { read: ({ email }) => email },
			registrations: relation(
				(member: Member) => registrationsOf(member).filter((one) => one.registeredAt !== null && one.deactivatedAt === null),
				registrationFields,
			),
		},
	};
}

export const registrationList: List<Registration> = {
	sorts: ['registeredAt', 'startDate', 'endDate'],
	matches: ({ member }, search) => matchesMember(member, search),
	fields: { ...registrationFields, 'member.name': { read: ({ member }) => memberName(member) } },
};

export const invoiceList: List<Invoice> = {
	sorts: ['createdAt', 'invoicedAt'],
	matches: ({ payment, company }, search) =>
		search.includes('@')
			? [payment.customer.email, company?.administrationEmail].some((text) => contains(text, search))
			: [customerName(payment), company?.name, payment.description].some((text) => contains(text, search)),
	fields: {
		id: { read: ({ id }) => id },
		number: { read: ({ number }) => number },
		createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
		updatedAt: { read: ({ updatedAt }) => updatedAt, isDate: true },
		invoicedAt: { read: ({ invoicedAt }) => invoicedAt, isDate: true },
		totalWithVAT: { read: ({ totalWithVAT }) => totalWithVAT * 100 },
	},
};

export const documentList: List<Document> = {
	sorts: ['description', 'createdAt', 'updatedAt', 'number', 'status'],
	matches: ({ number, description }, search) => (/^\d/.test(search) ? number === Number.parseInt(search, 10) : contains(description, search)),
	fields: {
		id: { read: ({ id }) => id },
		description: { read: ({ description }) => description },
		templateId: { read: ({ template }) => template.id },
		memberId: { read: ({ member }) => member.id },
		number: { read: ({ number }) => number },
		status: { read: ({ status }) => status },
		createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
		updatedAt: { read: ({ updatedAt }) => updatedAt, isDate: true },
	},
};

export const templateList: List<DocumentTemplate> = {
	sorts: ['createdAt'],
	matches: ({ name }, search) => contains(name, search),
	fields: {
		id: { read: ({ id }) => id },
		name: { read: ({ name }) => name },
		year: { read: ({ year }) => year },
		status: { read: ({ status }) => status },
		createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
		updatedAt: { read: ({ updatedAt }) => updatedAt, isDate: true },
	},
};

export const webshopList: List<Webshop> = {
	sorts: ['name', 'createdAt'],
	matches: ({ name }, search) => contains(name, search),
	fields: {
		id: { read: ({ id }) => id },
		name: { read: ({ name }) => name },
		createdAt: { read: ({ createdAt }) => createdAt, isDate: true },
	},
};
