/** Records as the current line of the API gives them, at any of its versions. */
import type { Order, Organization, OrderLine, Payment, Product, State, TransferSettings, Webshop } from './seed';

/** From this version on money is in 1/10 000 euro, and some fields exist that did not before (observed at 388 and 394). */
const NEWER = 389;

const money = (cents: number, version: number) => (version >= NEWER ? cents * 100 : cents);

/** Members that exist from v389 on. */
const newer = (members: object, version: number) => (version >= NEWER ? members : {});

function transferSettings(settings: TransferSettings | null) {
	return settings && { ...settings, infoDescription: '' };
}

const noTransferSettings = { creditor: null, iban: null, infoDescription: '', prefix: null, type: 'Structured' };

function customer({ customer: { email, firstName, lastName } }: Payment) {
	return { company: null, email, firstName, lastName, phone: null };
}

function balanceItem(payment: Payment, state: State, version: number) {
	const { order } = payment;
	const price = money(payment.price, version);
	return {
		id: payment.balanceItemId,
		description: payment.description,
		amount: 1,
		createdAt: payment.createdAt,
		dueAt: null,
		memberId: null,
		organizationId: state.organization.id,
		payingOrganizationId: null,
		pricePaid: payment.status === 'Succeeded' ? price : 0,
		pricePending: payment.status === 'Pending' ? price : 0,
		registrationId: null,
		relations: order ? { Webshop: { id: order.webshop.id, name: order.webshop.name } } : {},
		status: 'Due',
		type: order ? 'Order' : 'Other',
		unitPrice: price,
		userId: null,
		...newer({ VATExcempt: null, VATIncluded: true, VATPercentage: null }, version),
	};
}

function bare(payment: Payment, state: State, version: number) {
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
		settlement: null,
		status: payment.status,
		transferDescription: payment.communication,
		transferFee: 0,
		transferSettings: transferSettings(payment.transfer),
		type: 'Payment',
		updatedAt: payment.updatedAt,
		...newer({ invoiceId: null, payingUserId: null }, version),
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

export function orderOf(order: Order, state: State, version: number) {
	const { payment } = order;
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
			address: null,
			administrationFee: 0,
			cart: { items: order.lines.map((line) => cartItem(line, version)) },
			checkoutMethod: null,
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
			timeSlot: null,
		},
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

function webshopPreview(webshop: Webshop, state: State) {
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
			checkoutMethods: [],
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
			ticketType: 'None',
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

export function organizationOf(state: State) {
	return {
		...publicOrganization(state.organization),
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
			roles: [],
			useTestPayments: null,
			VATNumber: null,
		},
		webshops: state.webshops.map((webshop) => ({ ...webshopPreview(webshop, state), createdAt: webshop.createdAt })),
	};
}

export function userOf(state: State, now: number) {
	const { id } = state.organization;
	return {
		id: state.userId,
		email: `${state.userId}.api`,
		firstName: 'n8n',
		hasAccount: true,
		hasPassword: false,
		lastName: null,
		memberId: null,
		members: { members: [], organizations: [organizationOf(state)], receivedAt: now },
		meta: null,
		organizationId: id,
		permissions: {
			globalPermissions: null,
			organizationPermissions: { [id]: { level: 'Full', resources: {}, responsibilities: [], roles: [] } },
		},
		verified: true,
	};
}
