/** Members and all that follows from them, books and tickets as the current line gives them (read in the source). */
import { omit } from 'lodash';

import { openOf, priceOf, totalsOf } from './balances';
import type { Receivable } from './balances';
import { bare, companyOf, money, newer, organizationOf, publicOrganization } from './current';
import { RIGHTS } from './rights';
import type { Customer, Payment, State } from './seed';
import type { Document, DocumentTemplate, Invoice } from './seedBooks';
import type { BalanceItem, Group, Member, Registration } from './seedMembers';
import type { DiscountCode, Ticket } from './seedShop';

export function balanceItemOf(item: BalanceItem, state: State, version: number) {
	const { registration, payment, company } = item;
	const order = payment?.order ?? null;
	return {
		id: item.id,
		type: item.type,
		relations: {
			...(order && { Webshop: { id: order.webshop.id, name: order.webshop.name } }),
			...(registration && {
				Member: { id: registration.member.id, name: `${registration.member.firstName} ${registration.member.lastName}` },
				Group: { id: registration.group.id, name: registration.group.name },
			}),
		},
		description: item.description,
		amount: item.amount,
		unitPrice: money(item.unitPrice, version),
		pricePaid: money(item.pricePaid, version),
		pricePending: money(item.pricePending, version),
		status: item.status,
		organizationId: state.organization.id,
		memberId: registration?.member.id ?? null,
		userId: null,
		payingOrganizationId: company === null ? null : state.companies[company].id,
		orderId: order?.id ?? null,
		registrationId: registration?.id ?? null,
		dueAt: item.dueAt,
		createdAt: item.createdAt,
		...newer({ VATExcempt: null, VATIncluded: true, VATPercentage: null }, version),
		...newer({ paidAt: item.paidAt }, version, 398),
	};
}

export function balanceItemWithPaymentsOf(item: BalanceItem, state: State, version: number) {
	const { payment } = item;
	return {
		...balanceItemOf(item, state, version),
		payments: payment ? [{ id: payment.linkId, payment: bare(payment, state, version), price: money(payment.price, version) }] : [],
	};
}

export function receivableOf(receivable: Receivable, state: State, version: number) {
	const { id, objectId, type, name, contacts, member } = receivable;
	const totals = totalsOf(receivable);
	const reminders = member && type === 'member' ? state.reminders.get(member) : undefined;
	return {
		id,
		objectType: type,
		object: { id: objectId, name, uri: null, contacts, customers: [] },
		organizationId: state.organization.id,
		amountPaid: money(totals.amountPaid, version),
		amountOpen: money(totals.amountOpen, version),
		amountPending: money(totals.amountPending, version),
		lastReminderEmail: reminders?.lastReminderEmail ?? null,
		lastReminderAmountOpen: money(reminders?.lastReminderAmountOpen ?? 0, version),
		reminderEmailCount: reminders?.count ?? 0,
	};
}

export function detailedReceivableOf(receivable: Receivable, state: State, version: number) {
	const payments = receivable.items.flatMap(({ payment }) => payment ?? []);
	return {
		...receivableOf(receivable, state, version),
		balanceItems: receivable.items.map((item) => balanceItemWithPaymentsOf(item, state, version)),
		payments: payments.map((payment) => bare(payment, state, version)),
		...newer({ invoices: [] }, version, 401),
	};
}

export function groupOf(group: Group, state: State, version: number) {
	const { id, name, period, type, status, price, minAge, maxAge, createdAt } = group;
	const active = state.registrations.filter((one) => one.group === group && one.deactivatedAt === null);
	return {
		id,
		type,
		organizationId: state.organization.id,
		eventId: null,
		periodId: period.id,
		defaultAgeGroupId: null,
		waitingList: null,
		stockReservations: [],
		cycle: 0,
		settings: {
			name,
			description: '',
			eventId: null,
			period: { id: period.id, customName: null, startDate: period.startDate, endDate: period.endDate, locked: false },
			prices: [{ id: id.replace(/^.{8}/, '00000004'), name: 'Standaardtarief', price: { price: money(price, version), reducedPrice: null }, hidden: false, stock: null }],
			optionMenus: [],
			registrationStartDate: period.startDate,
			registrationEndDate: null,
			genderType: 'Mixed',
			trialDays: 0,
			minAge,
			maxAge,
			maxMembers: null,
			registeredMembers: active.length,
			reservedMembers: 0,
			startDate: period.startDate,
			endDate: period.endDate,
		},
		createdAt,
		deletedAt: null,
		privateSettings: null,
		status,
	};
}

function parentOf({ firstName, lastName, email, phone }: Customer, createdAt: number) {
	return {
		id: `00000005-0000-4000-8000-${String(createdAt).slice(0, 12)}`,
		type: 'Mother',
		firstName,
		lastName,
		nationalRegisterNumber: null,
		phone,
		email,
		alternativeEmails: [],
		address: null,
		createdAt,
		updatedAt: null,
	};
}

function balancesOf(items: BalanceItem[], state: State, version: number) {
	const sum = (of: (item: BalanceItem) => number) => money(items.reduce((total, item) => total + of(item), 0), version);
	return items.length === 0
		? []
		: [
				{
					id: items[0].id.replace(/^.{8}/, '00000006'),
					organizationId: state.organization.id,
					amountPaid: sum(({ pricePaid }) => pricePaid),
					amountOpen: sum(openOf),
					amountPending: sum(({ pricePending }) => pricePending),
				},
			];
}

export interface Owed {
	of(registration: Registration): BalanceItem[];
}

function bareRegistrationOf(registration: Registration, owed: Owed, state: State, version: number) {
	const { id, member, group, registeredAt, startDate, endDate, deactivatedAt, createdAt, updatedAt } = registration;
	const rendered = groupOf(group, state, version);
	return {
		id,
		group: rendered,
		groupPrice: rendered.settings.prices[0],
		options: [],
		recordAnswers: {},
		organizationId: state.organization.id,
		payingOrganizationId: null,
		memberId: member.id,
		cycle: 0,
		registeredAt,
		startDate,
		...newer({ endDate }, version, 391),
		trialUntil: null,
		reservedUntil: null,
		deactivatedAt,
		createdAt,
		updatedAt,
		canRegister: false,
		stockReservations: [],
		balances: balancesOf(owed.of(registration), state, version),
		discounts: {},
	};
}

function memberOf(member: Member, owed: Owed, state: State, version: number) {
	const { firstName, lastName, memberNumber, birthDay, gender, email, phone, address, parents, createdAt, updatedAt } = member;
	const own = state.registrations.filter((one) => one.member === member && one.registeredAt !== null && one.deactivatedAt === null);
	const last = Math.max(...own.map(({ registeredAt }) => registeredAt!), 0);
	return {
		id: member.id,
		details: {
			firstName,
			lastName,
			memberNumber,
			oldIds: [],
			nationalRegisterNumber: null,
			securityCode: null,
			...(gender !== 'Other' && { gender }),
			phone,
			email,
			alternativeEmails: [],
			unverifiedEmails: [],
			unverifiedPhones: [],
			unverifiedAddresses: [],
			notes: null,
			uitpasNumberDetails: null,
			birthDay,
			trackingYear: null,
			address,
			parents: parents.map((parent) => parentOf(parent, createdAt)),
			emergencyContacts: [],
			recordAnswers: {},
			requiresFinancialSupport: null,
			parentsHaveAccess: null,
			dataPermissions: null,
		},
		...newer({ organizationId: state.organization.id }, version, 399),
		outstandingBalance: 0,
		createdAt,
		updatedAt,
		...newer({ lastRegisteredAt: last || null }, version, 405),
		registrations: own.map((registration) => bareRegistrationOf(registration, owed, state, version)),
		users: [],
		responsibilities: [],
		platformMemberships: [],
		balances: balancesOf(own.flatMap((registration) => owed.of(registration)), state, version),
		registrationInvitations: [],
	};
}

const organizationsOf = (state: State) => [publicOrganization(state.organization)];

/** A page of members is an object with the members in it, not a list. */
export function membersBlob(members: Member[], owed: Owed, state: State, version: number, now: number) {
	return {
		members: members.map((member) => memberOf(member, owed, state, version)),
		organizations: organizationsOf(state),
		receivedAt: now,
	};
}

export function registrationsBlob(registrations: Registration[], owed: Owed, state: State, version: number) {
	return {
		registrations: registrations.map((registration) => ({
			...bareRegistrationOf(registration, owed, state, version),
			member: memberOf(registration.member, owed, state, version),
		})),
		organizations: organizationsOf(state),
	};
}

export function ticketOf({ order, ...ticket }: Ticket) {
	const { id, scannedAt, scannedBy, createdAt, updatedAt, deletedAt, secret, index, total, seat, itemId } = ticket;
	return { id, scannedAt, createdAt, updatedAt, secret, index, total, seat, originalSeat: seat, orderId: order.id, itemId, scannedBy, deletedAt };
}

export function discountCodeOf(code: DiscountCode, version: number) {
	const { id, description, usageCount, maximumUsage, fixedDiscount, percentageDiscount, freeProductId, createdAt, updatedAt } = code;
	const inside = (digit: number) => id.replace(/^.{8}/, `0000000${digit}`);
	const free = { id: inside(9), discountPerPiece: 0, percentageDiscount: 10_000 };
	const product = { products: [{ productId: freeProductId, productPriceIds: [], optionIds: {} }] };
	return {
		id,
		code: code.code,
		description,
		discounts: [
			{
				id: inside(7),
				requirements: [],
				applyMultipleTimes: false,
				orderDiscount: { fixedDiscount: money(fixedDiscount, version), percentageDiscount },
				productDiscounts: freeProductId ? [{ id: inside(8), product, discounts: [free], repeatBehaviour: 'Once', cartLabel: null }] : [],
			},
		],
		usageCount,
		maximumUsage,
		reserved: false,
		createdAt,
		updatedAt,
	};
}

/** Amounts of invoices came after the change of unit: they are always in 1/10 000 euro. */
export function invoiceOf(invoice: Invoice, state: State, version: number) {
	const { id, number, payment, company, VATPercentage, totalWithVAT, invoicedAt, dueAt, createdAt, updatedAt, credits } = invoice;
	const total = totalWithVAT * 100;
	const taxablePrice = Math.round((total * 100) / (100 + VATPercentage));
	const { name, address } = state.organization;
	return {
		id,
		number,
		organizationId: state.organization.id,
		payingOrganizationId: null,
		seller: companyOf({ id: state.organization.id, name, VATNumber: '', companyNumber: '0428.759.497', administrationEmail: 'kas@eendracht.example', address }),
		customer: { company: companyOf(company), email: payment.customer.email, firstName: payment.customer.firstName, lastName: payment.customer.lastName, phone: null },
		items: [
			{
				id: id.replace(/^.{8}/, '00000008'),
				balanceItemId: payment.balanceItemId,
				type: payment.order ? 'Order' : 'Registration',
				name: payment.order?.webshop.name ?? payment.description,
				description: payment.description,
				balanceInvoicedAmount: total,
				quantity: 10_000,
				unitPrice: taxablePrice,
				VATPercentage,
				VATIncluded: true,
				VATExcempt: null,
			},
		],
		payments: [bare(payment, state, version)],
		payableRoundingAmount: 0,
		VATTotal: [{ VATPercentage, VATExcempt: null, taxablePrice, VAT: total - taxablePrice }],
		ipAddress: null,
		userAgent: null,
		stripeAccountId: null,
		reference: payment.communication,
		pdf: null,
		xml: null,
		negativeInvoiceId: credits?.id ?? null,
		didSendPeppol: false,
		invoicedAt,
		dueAt,
		createdAt,
		updatedAt,
	};
}

export function documentOf(document: Document, version: number) {
	const { id, number, status, name, description, createdAt, updatedAt, member, registration, template } = document;
	return {
		id,
		number,
		status,
		...newer({ isLocked: false }, version, 399),
		data: { name, description, fieldAnswers: {} },
		createdAt,
		updatedAt,
		memberId: member.id,
		registrationId: registration.id,
		templateId: template.id,
	};
}

export function templateOf({ id, name, type, year, status, createdAt, updatedAt }: DocumentTemplate, version: number) {
	return {
		id,
		status,
		...newer({ isLocked: false }, version, 399),
		updatesEnabled: true,
		html: '',
		settings: { name, maxAge: null, minPrice: null, minPricePaid: null, fieldAnswers: {}, linkedFields: {} },
		privateSettings: { templateDefinition: { type, name }, groups: [], customHtml: false },
		year,
		createdAt,
		updatedAt,
	};
}

export function htmlOf({ name, number, member }: Document): string {
	return `<!doctype html><html><body><h1>${name}</h1><p>Nr. ${number ?? ''}: ${member.firstName} ${member.lastName}</p></body></html>`;
}

interface Row {
	id: string;
	name: string;
	description: string;
	icon: string;
	price: number;
	quantity: number;
	count: number;
}

/** Amounts of a breakdown came after the change of unit: they are always in 1/10 000 euro. */
function rowsOf<T>(records: T[], keyOf: (record: T) => Pick<Row, 'id' | 'name'> & Partial<Row>, priceIn: (record: T) => number): object[] {
	const rows = new Map<string, Row>();
	for (const record of records) {
		const key = keyOf(record);
		const row = rows.get(key.id) ?? { description: '', icon: 'box', price: 0, quantity: 0, count: 0, ...key };
		row.price += priceIn(record) * 100;
		row.count++;
		rows.set(key.id, row);
	}
	return [...rows.values()].map((row) => ({ ...row, asideIcon: null, relations: {}, canNarrowDown: true, selection: null }));
}

function articleOf({ type, description, payment, registration }: BalanceItem) {
	const order = payment?.order;
	if (order) return { id: `webshop-${order.webshop.id}`, name: order.webshop.name, icon: 'basket' };
	return registration ? { id: `group-${registration.group.id}`, name: registration.group.name, icon: 'group' } : { id: `other-${type}`, name: description };
}

export function paymentBreakdownOf(payments: Payment[], itemOf: (payment: Payment) => BalanceItem) {
	const sum = (of: (payment: Payment) => number) => payments.reduce((total, payment) => total + of(payment), 0) * 100;
	const priceIf = (...statuses: string[]) => sum(({ price, status }) => (statuses.includes(status) ? price : 0));
	const price = (payment: Payment) => payment.price;
	const accountOf = ({ provider, method, transfer }: Payment) =>
		provider
			? { id: `provider-${provider}`, name: provider, icon: 'card' }
			: transfer
				? { id: `iban-${transfer.iban}`, name: transfer.creditor, description: transfer.iban, icon: 'bank' }
				: { id: `method-${method}`, name: method, icon: 'coins' };
	const paidOut = payments.filter(({ settlement }) => settlement);
	return {
		price: sum(price),
		paymentCount: payments.length,
		pricePending: priceIf('Created', 'Pending'),
		priceFailed: priceIf('Failed'),
		transferFee: sum(({ transferFee }) => transferFee),
		serviceFeeManual: 0,
		serviceFeePayout: 0,
		graph: { unit: 'Week', points: [] },
		byAccount: rowsOf(payments, accountOf, price),
		byCategory: rowsOf(payments, (payment) => articleOf(itemOf(payment)), price),
		byArticle: rowsOf(payments, (payment) => articleOf(itemOf(payment)), price),
		bySettlement: rowsOf(paidOut, ({ settlement }) => ({ id: settlement!.id, name: settlement!.reference, icon: 'bank' }), price),
		selection: { objectType: 'Payments', amountType: 'Total', filter: null, listObjectType: 'Payments', listFilter: null, isListPartial: false },
	};
}

export function balanceItemBreakdownOf(items: BalanceItem[]) {
	const sum = (of: (item: BalanceItem) => number) => items.reduce((total, item) => total + of(item), 0) * 100;
	return {
		price: sum(priceOf),
		pricePaid: sum(({ pricePaid }) => pricePaid),
		pricePending: sum(({ pricePending }) => pricePending),
		priceOpen: sum(openOf),
		balanceItemCount: items.length,
		graph: { unit: 'Week', points: [] },
		byCategory: rowsOf(items, articleOf, priceOf),
		byArticle: rowsOf(items, articleOf, priceOf),
		bySettlement: [],
		selection: { objectType: 'BalanceItems', amountType: 'Total', filter: null, listObjectType: 'BalanceItems', listFilter: null, isListPartial: false },
	};
}

/** A webshop in the list by page, with the organization that it belongs to. */
export function webshopWithOrganizationOf(webshop: object, state: State) {
	return { ...webshop, organization: omit(organizationOf(state, RIGHTS.nothing), 'webshops') };
}
