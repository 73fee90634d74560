/** Payments, orders, webshops and the organization as the current line of the API gives them, at any of its versions. */
import { mayUseWebshop, permissionsOf, rolesOf } from './rights';
import type { Rights } from './rights';
import type { Company, Order, Organization, OrderLine, Payment, Product, State, TransferSettings, Webshop } from './seed';
import type { Settlement } from './seedBooks';
import type { CheckoutMethod } from './seedShop';

/** From this version on money is in 1/10 000 euro, and some fields exist that did not before (observed at 388 and 394). */
const NEWER = 389;

export const money = (cents: number, version: number) => (version >= NEWER ? cents * 100 : cents);

/** Members that exist from a version on; v389 if none is named. */
export const newer = (members: object, version: number, from = NEWER) => (version >= from ? members : {});

function transferSettings(settings: TransferSettings | null) {
	return settings && { ...settings, infoDescription: '' };
}

const noTransferSettings = { creditor: null, iban: null, infoDescription: '', prefix: null, type: 'Structured' };

export function companyOf(company: Company | null) {
	return company && { ...company, customPeppolEndpointId: null };
}

export function customer({ customer: { email, firstName, lastName }, company }: Payment) {
	return { company: companyOf(company), email, firstName, lastName, phone: null };
}

function relationsOf({ order, registration }: Payment) {
	if (order) return { Webshop: { id: order.webshop.id, name: order.webshop.name } };
	if (!registration) return {};
	const { member, group } = registration;
	return {
		Member: { id: member.id, name: `${member.firstName} ${member.lastName}` },
		Group: { id: group.id, name: group.name },
	};
}

function balanceItem(payment: Payment, state: State, version: number) {
	const { order, registration } = payment;
	const price = money(payment.price, version);
	return {
		id: payment.balanceItemId,
		description: payment.description,
		amount: 1,
		createdAt: payment.createdAt,
		dueAt: null,
		memberId: registration?.member.id ?? null,
		organizationId: state.organization.id,
		payingOrganizationId: null,
		pricePaid: payment.status === 'Succeeded' ? price : 0,
		pricePending: payment.status === 'Pending' ? price : 0,
		registrationId: registration?.id ?? null,
		relations: relationsOf(payment),
		status: 'Due',
		type: order ? 'Order' : registration ? 'Registration' : 'Other',
		unitPrice: price,
		userId: null,
		...newer({ VATExcempt: null, VATIncluded: true, VATPercentage: null }, version),
		...newer({ paidAt: payment.paidAt }, version, 398),
	};
}

/** Amounts of settlements, refunds and breakdowns came after the change of unit: they are always in 1/10 000 euro. */
function settlementOf(settlement: Settlement, state: State) {
	const { id, provider, reference, externalId, settledAt, amount } = settlement;
	return {
		id,
		provider,
		reference,
		externalId,
		stripeAccountId: null,
		organizationId: state.organization.id,
		amount: amount * 100,
		currency: 'EUR',
		status: 'Paid',
		settledAt,
		syncedAt: settledAt,
		syncFailureCount: 0,
		unexplainedAmount: 0,
		pendingFees: 0,
		transactionCount: 20,
		createdAt: settledAt,
		updatedAt: settledAt,
	};
}

function refundedAmount(payment: Payment, { payments }: State): number {
	return payments.filter(({ reverses }) => reverses === payment).reduce((sum, { price }) => sum - price * 100, 0);
}

export function bare(payment: Payment, state: State, version: number) {
	const { settlement } = payment;
	return {
		id: payment.id,
		createdAt: payment.createdAt,
		customer: customer(payment),
		freeContribution: null,
		iban: payment.iban,
		ibanName: payment.ibanName,
		method: payment.method,
		organizationId: state.organization.id,
		paidAt: payment.paidAt,
		payingOrganizationId: null,
		price: money(payment.price, version),
		provider: payment.provider,
		serviceFeeManual: 0,
		serviceFeeManualCharged: 0,
		serviceFeePayout: 0,
		settlement: settlement && {
			id: settlement.id,
			reference: settlement.reference,
			settledAt: settlement.settledAt,
			amount: money(settlement.amount, version),
			fee: money(payment.transferFee, version),
		},
		status: payment.status,
		transferDescription: payment.communication,
		transferFee: money(payment.transferFee, version),
		transferSettings: transferSettings(payment.transfer),
		type: payment.type,
		updatedAt: payment.updatedAt,
		...newer({ invoiceId: payment.invoice?.id ?? null, payingUserId: null }, version),
		...newer({ refundedAmount: refundedAmount(payment, state), roundingAmount: 0 }, version, 399),
		...newer({ reversingPaymentId: payment.reverses?.id ?? null, pendingRefundAmount: 0 }, version, 401),
		...newer(
			{
				settlements: settlement
					? [
							{
								id: settlement.id.replace(/^.{8}/, payment.id.slice(0, 8)),
								settlementId: settlement.id,
								paymentId: payment.id,
								amount: (payment.price - payment.transferFee) * 100,
								externalId: null,
								occurredAt: payment.paidAt,
								settlement: settlementOf(settlement, state),
							},
						]
					: [],
			},
			version,
			409,
		),
	};
}

export function paymentOf(payment: Payment, state: State, version: number) {
	const item = {
		...balanceItem(payment, state, version),
		order: null,
		registration: null,
		...newer({ orderId: payment.order?.id ?? null }, version),
	};
	return {
		...bare(payment, state, version),
		balanceItemPayments: [{ id: payment.linkId, balanceItem: item, price: money(payment.price, version) }],
		payingOrganization: null,
		stripeAccountId: null,
	};
}

function productPrice({ id, name, price }: Product['prices'][number], version: number) {
	return {
		id,
		name,
		discountAmount: 2,
		discountPrice: null,
		hidden: false,
		price: money(price, version),
		stock: null,
		uitpasBaseProductPriceId: null,
		usedStock: 0,
	};
}

function productOf({ id, name, prices }: Product, version: number) {
	return {
		id,
		name,
		description: '',
		allowMultiple: true,
		askName: false,
		customFields: [],
		dateRange: null,
		disableAfter: null,
		enableAfter: null,
		enabled: true,
		hidden: false,
		images: [],
		location: null,
		maxPerOrder: null,
		optionMenus: [],
		prices: prices.map((price) => productPrice(price, version)),
		reservedSeats: [],
		seatingPlanId: null,
		showStockBelow: 25,
		stock: null,
		type: 'Product',
		uitpasEvent: null,
		unique: false,
		usedStock: 0,
	};
}

function cartItem({ id, product, price, amount }: OrderLine, version: number) {
	const chosen = product.prices[price];
	const unitPrice = money(chosen.price, version);
	return {
		id,
		amount,
		calculatedPrices: Array.from({ length: amount }, () => ({
			fixedDiscount: 0,
			percentageDiscount: 0,
			price: unitPrice,
		})),
		discounts: [],
		fieldAnswers: [],
		options: [],
		product: productOf(product, version),
		productPrice: productPrice(chosen, version),
		reservedAmount: amount,
		reservedOptions: {},
		reservedPrices: { [chosen.id]: amount },
		reservedSeats: [],
		seats: [],
		uitpasNumbers: [],
		unitPrice,
	};
}

function checkoutMethodOf(method: CheckoutMethod) {
	const { timeSlots, address, ...rest } = method;
	const isDelivery = method.type === 'Delivery';
	return {
		...rest,
		...(isDelivery ? { countries: ['BE'], provinces: [], cities: [], price: { price: 0, minimumPrice: null, discountPrice: 0 } } : { address }),
		timeSlots: { timeSlots: timeSlots.map(timeSlotOf) },
	};
}

function timeSlotOf(slot: CheckoutMethod['timeSlots'][number]) {
	return { ...slot, maxOrders: null, usedOrders: 0, maxPersons: null, usedPersons: 0 };
}

export function orderOf(order: Order, state: State, version: number) {
	const { payment, checkoutMethod, timeSlot } = order;
	return {
		id: order.id,
		balanceItems: [
			{
				...balanceItem(payment, state, version),
				orderId: order.id,
				payments: [{ id: payment.linkId, payment: bare(payment, state, version), price: money(payment.price, version) }],
			},
		],
		createdAt: order.createdAt,
		data: {
			address: order.address && { ...order.address, cityId: '', parentCityId: null, provinceId: '' },
			administrationFee: 0,
			cart: { items: order.lines.map((line) => cartItem(line, version)) },
			checkoutMethod: checkoutMethod && checkoutMethodOf(checkoutMethod),
			comments: order.comments,
			consumerLanguage: 'nl',
			customer: order.customer,
			discountCodes: [],
			discounts: [],
			fieldAnswers: [],
			fixedDiscount: 0,
			paymentMethod: payment.method,
			percentageDiscount: 0,
			recordAnswers: {},
			reservedOrder: false,
			reservedPersons: 0,
			timeSlot: timeSlot && timeSlotOf(timeSlot),
		},
		...newer({ consumerLanguage: 'nl' }, version, 404),
		number: order.number,
		payment: null,
		status: order.status,
		updatedAt: order.updatedAt,
		validAt: order.createdAt,
		webshopId: order.webshop.id,
	};
}

const noFee = { fixed: 0, percentage: 0, zeroIfZero: true };
const noPermissions = { full: [], read: [], write: [] };

export function webshopPreview(webshop: Webshop, state: State) {
	return {
		id: webshop.id,
		domain: null,
		domainUri: null,
		legacyUri: null,
		meta: {
			name: webshop.name,
			description: { html: '', text: '' },
			allowComments: false,
			allowDiscountCodeEntry: false,
			authType: 'Disabled',
			availableUntil: null,
			cartEnabled: true,
			checkoutMethods: webshop.checkoutMethods.map(checkoutMethodOf),
			color: null,
			coverPhoto: null,
			customCode: null,
			customFields: [],
			darkMode: 'Off',
			defaultDiscounts: [],
			domainActive: false,
			expandLogo: false,
			horizontalLogo: null,
			horizontalLogoDark: null,
			layout: 'Default',
			oldPaymentMethods: ['Transfer'],
			oldTransferSettings: noTransferSettings,
			openAt: null,
			paymentConfiguration: {
				administrationFee: noFee,
				paymentMethods: ['Transfer', 'PointOfSale'],
				paymentMethodSettings: {},
				transferSettings: transferSettings(webshop.transfer),
			},
			phoneEnabled: true,
			policies: [],
			recordCategories: [],
			reduceBranding: false,
			seatingPlans: [],
			sponsors: null,
			squareLogo: null,
			squareLogoDark: null,
			status: webshop.open ? 'Open' : 'Closed',
			ticketType: webshop.sellsTickets ? 'Tickets' : 'None',
			title: '',
			type: 'Webshop',
			useLogo: false,
		},
		organizationId: state.organization.id,
		privateMeta: {
			authorId: state.userId,
			defaultEmailId: null,
			dnsRecords: [],
			notificationEmails: [],
			numberingType: 'Continuous',
			paymentConfiguration: { stripeAccountId: null },
			permissions: noPermissions,
			scanPermissions: noPermissions,
			startNumber: 1,
		},
		uri: webshop.uri,
	};
}

export function webshopOf(webshop: Webshop, state: State, version: number) {
	return {
		...webshopPreview(webshop, state),
		categories: [],
		products: webshop.products.map((product) => productOf(product, version)),
	};
}

const rootCategory = {
	id: 'root',
	categoryIds: [],
	groupIds: [],
	settings: {
		name: '',
		description: '',
		locked: false,
		maximumRegistrations: null,
		permissions: { create: [], groupPermissions: noPermissions },
		public: true,
	},
};

/** Without what only the members of the organization see. */
export function publicOrganization(organization: Organization) {
	const { id, name, uri, website, type, createdAt, address } = organization;
	return {
		id,
		name,
		active: true,
		address,
		createdAt,
		groups: [],
		meta: {
			categories: [rootCategory],
			color: null,
			companies: [],
			companyAddress: null,
			companyName: null,
			companyNumber: null,
			defaultEndDate: createdAt,
			defaultPrices: [],
			defaultStartDate: createdAt,
			enableBetaFeatures: false,
			expandLogo: false,
			genderType: 'Mixed',
			horizontalLogo: null,
			horizontalLogoDark: null,
			lastSignedTerms: null,
			modules: { disableActivities: false, useMembers: false, useWebshops: true },
			oldPaymentMethods: ['Transfer'],
			oldTransferSettings: noTransferSettings,
			packages: { packages: {} },
			privacyPolicyFile: null,
			privacyPolicyUrl: null,
			recordsConfiguration: {
				address: null,
				birthDay: null,
				dataPermission: false,
				emailAddress: null,
				emergencyContacts: null,
				financialSupport: false,
				freeContribution: null,
				gender: null,
				inheritedRecordCategories: {},
				nationalRegisterNumber: null,
				parents: null,
				phone: null,
				recordCategories: [],
				uitpasNumber: null,
			},
			registrationPaymentConfiguration: {
				administrationFee: noFee,
				paymentMethods: ['PointOfSale'],
				paymentMethodSettings: {},
				transferSettings: { ...noTransferSettings, creditor: name, iban: 'BE68539007547034' },
			},
			rootCategoryId: 'root',
			squareLogo: null,
			squareLogoDark: null,
			tags: [],
			type,
			uitpasClientCredentialsStatus: 'NotConfigured',
			uitpasOrganizerId: null,
			uitpasOrganizerName: null,
			umbrellaOrganization: null,
			VATNumber: null,
		},
		period: {
			id: id.replace(/^.{8}/, '00000001'),
			groups: [],
			period: {
				id: id.replace(/^.{8}/, '00000002'),
				customName: null,
				endDate: createdAt,
				locked: false,
				nextPeriodId: null,
				previousPeriodId: null,
				settings: {},
				startDate: createdAt,
			},
			settings: { bundleDiscounts: [], categories: [rootCategory], rootCategoryId: 'root' },
			setupSteps: { steps: {} },
		},
		registerDomain: null,
		uri,
		website,
	};
}

export function organizationOf(state: State, rights: Rights) {
	const webshops = state.webshops.filter((webshop) => mayUseWebshop(rights, webshop, state, 'Read'));
	const { period, ...organization } = publicOrganization(state.organization);
	const current = state.periods[state.periods.length - 1];
	return {
		...organization,
		period: { ...period, period: { ...period.period, ...current } },
		privateMeta: {
			acquisitionTypes: [],
			balanceNotificationSettings: {
				emailId: null,
				enabled: false,
				maximumReminderEmails: 3,
				minimumDaysBetween: 5,
				organizationContactsFilter: {},
			},
			billingContact: null,
			buckarooSettings: null,
			credits: [],
			dnsRecords: [],
			emails: [],
			featureFlags: [],
			inheritedResponsibilityRoles: [],
			mailDomain: null,
			mailDomainActive: false,
			mailFromDomain: null,
			mollieOnboarding: null,
			mollieProfile: null,
			payconiqAccounts: [],
			pendingMailDomain: null,
			pendingRegisterDomain: null,
			premises: [],
			privateKey: null,
			recordAnswers: {},
			registrationPaymentConfiguration: { stripeAccountId: null },
			responsibilities: [],
			roles: rolesOf(rights),
			useTestPayments: null,
			VATNumber: null,
		},
		webshops: webshops.map((webshop) => ({ ...webshopPreview(webshop, state), createdAt: webshop.createdAt })),
	};
}

export function userOf(state: State, rights: Rights, version: number, now: number) {
	const { id } = state.organization;
	const permissions = permissionsOf(rights, state);
	return {
		id: state.userId,
		email: `${state.userId}.api`,
		firstName: 'n8n',
		hasAccount: true,
		hasPassword: false,
		lastName: null,
		memberId: null,
		members: { members: [], organizations: [organizationOf(state, rights)], receivedAt: now },
		meta: null,
		organizationId: id,
		permissions: permissions && { globalPermissions: null, organizationPermissions: { [id]: permissions } },
		verified: true,
		...newer({ lastActiveAt: now, hasTwoFactor: false }, version, 408),
	};
}
