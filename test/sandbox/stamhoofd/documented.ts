/** Records as the first line of the API gives them, which the public manual documents; money in cents. */
import { mayUseWebshop, permissionsOf } from './rights';
import type { Rights } from './rights';
import type { Order, OrderLine, Organization, Payment, Product, State, Webshop } from './seed';
import type { CheckoutMethod } from './seedShop';

function bare(payment: Payment) {
	return {
		transferSettings: payment.transfer,
		ibanName: payment.ibanName,
		iban: payment.iban,
		provider: payment.provider,
		method: payment.method,
		freeContribution: null,
		settlement: null,
		updatedAt: payment.updatedAt,
		createdAt: payment.createdAt,
		paidAt: payment.paidAt,
		transferDescription: payment.communication,
		price: payment.price,
		status: payment.status,
		id: payment.id,
	};
}

function productPrice({ id, name, price }: Product['prices'][number]) {
	return { discountAmount: 2, discountPrice: null, price, name, id };
}

function productOf({ id, name, prices }: Product) {
	return {
		unique: false,
		allowMultiple: true,
		disableAfter: null,
		enableAfter: null,
		hidden: false,
		maxPerOrder: null,
		dateRange: null,
		location: null,
		customFields: [],
		optionMenus: [],
		prices: prices.map(productPrice),
		usedStock: 0,
		stock: null,
		askName: false,
		type: 'Product',
		images: [],
		enabled: true,
		description: '',
		name,
		id,
	};
}

function cartItem({ id, product, price, amount }: OrderLine) {
	return {
		reservedAmount: amount,
		unitPrice: product.prices[price].price,
		id,
		fieldAnswers: [],
		amount,
		options: [],
		productPrice: productPrice(product.prices[price]),
		product: productOf(product),
	};
}

function checkoutMethodOf({ timeSlots, address, ...method }: CheckoutMethod) {
	return {
		...method,
		...(method.type === 'Delivery' ? { countries: ['BE'], provinces: [], cities: [], price: { price: 0, minimumPrice: null, discountPrice: 0 } } : { address }),
		timeSlots: { timeSlots: timeSlots.map(timeSlotOf) },
	};
}

function timeSlotOf(slot: CheckoutMethod['timeSlots'][number]) {
	return { ...slot, maxOrders: null, usedOrders: 0, maxPersons: null, usedPersons: 0 };
}

function orderWithout(order: Order, payment: object | null) {
	return {
		webshopId: order.webshop.id,
		status: order.status,
		updatedAt: order.updatedAt,
		payment,
		validAt: order.createdAt,
		createdAt: order.createdAt,
		data: {
			comments: order.comments,
			paymentMethod: order.payment.method,
			reservedOrder: false,
			reservedPersons: 0,
			consumerLanguage: 'nl',
			fieldAnswers: [],
			customer: order.customer,
			cart: { items: order.lines.map(cartItem) },
			recordAnswers: [],
			address: order.address && { ...order.address, cityId: '', parentCityId: null, provinceId: '' },
			checkoutMethod: order.checkoutMethod && checkoutMethodOf(order.checkoutMethod),
			timeSlot: order.timeSlot && timeSlotOf(order.timeSlot),
		},
		number: order.number,
		id: order.id,
	};
}

export function orderOf(order: Order) {
	return orderWithout(order, bare(order.payment));
}

function memberDetails({ customer: { firstName, lastName } }: Payment) {
	return { firstName, lastName, email: null };
}

export function paymentOf(payment: Payment) {
	const isPaid = payment.status === 'Succeeded';
	return {
		...bare(payment),
		balanceItemPayments: [
			{
				balanceItem: {
					order: payment.order && orderWithout(payment.order, null),
					// Who a membership fee is for, as read in the source; recorded only as null.
					member: payment.order ? null : { details: memberDetails(payment), id: payment.linkId },
					registration: null,
					status: isPaid ? 'Paid' : 'Pending',
					createdAt: payment.createdAt,
					pricePaid: isPaid ? payment.price : 0,
					price: payment.price,
					description: payment.description,
					id: payment.balanceItemId,
				},
				price: payment.price,
				id: payment.linkId,
			},
		],
	};
}

function webshopPreview(webshop: Webshop, { userId }: State) {
	return {
		legacyUri: null,
		uri: webshop.uri,
		domainUri: null,
		domain: null,
		privateMeta: {
			providerConfiguration: { stripeAccountId: null },
			notificationEmails: [],
			defaultEmailId: null,
			dnsRecords: [],
			permissions: { full: [], write: [], read: [] },
			authorId: userId,
			numberingType: 'Continuous',
		},
		meta: {
			authType: 'Disabled',
			useLogo: false,
			expandLogo: false,
			squareLogoDark: null,
			horizontalLogoDark: null,
			squareLogo: null,
			horizontalLogo: null,
			color: null,
			darkMode: 'Off',
			description: { text: '', html: '' },
			cartEnabled: true,
			layout: 'Default',
			openAt: null,
			paymentMethods: ['Transfer', 'PointOfSale'],
			status: webshop.open ? 'Open' : 'Closed',
			domainActive: false,
			policies: [],
			ticketType: 'None',
			customFields: [],
			allowComments: false,
			transferSettings: webshop.transfer,
			availableUntil: null,
			checkoutMethods: webshop.checkoutMethods.map(checkoutMethodOf),
			recordCategories: [],
			phoneEnabled: true,
			coverPhoto: null,
			title: '',
			name: webshop.name,
		},
		id: webshop.id,
	};
}

export function webshopOf(webshop: Webshop, state: State) {
	return { ...webshopPreview(webshop, state), categories: [], products: webshop.products.map(productOf) };
}

const rootCategory = {
	categoryIds: [],
	groupIds: [],
	settings: { permissions: { create: [] }, maximumRegistrations: null, public: true, description: '', name: '' },
	id: 'root',
};

/** Without what only the members of the organization see. */
export function publicOrganization({ id, name, uri, website, type, createdAt, address }: Organization) {
	return {
		uri,
		registerDomain: null,
		website,
		groups: [],
		address,
		meta: {
			squareLogoDark: null,
			horizontalLogoDark: null,
			paymentMethods: ['Transfer'],
			lastSignedTerms: null,
			companyAddress: null,
			companyNumber: null,
			VATNumber: null,
			companyName: null,
			enableBetaFeatures: false,
			packages: { packages: {} },
			rootCategoryId: 'root',
			categories: [rootCategory],
			recordsConfiguration: {
				emergencyContacts: null,
				parents: null,
				address: null,
				birthDay: null,
				gender: null,
				phone: null,
				emailAddress: null,
				enabledLegacyRecords: [],
				recordCategories: [],
				dataPermission: null,
				financialSupport: null,
				freeContribution: null,
				emergencyContact: 'Optional',
				doctor: 'NotAsked',
			},
			transferSettings: { creditor: null, iban: null, prefix: null, type: 'Structured' },
			modules: { disableActivities: false, useWebshops: true, useMembers: false },
			privacyPolicyUrl: null,
			privacyPolicyFile: null,
			color: null,
			squareLogo: null,
			horizontalLogo: null,
			defaultPrices: [],
			defaultEndDate: createdAt,
			defaultStartDate: createdAt,
			genderType: 'Mixed',
			expectedMemberCount: 0,
			expandLogo: false,
			umbrellaOrganization: null,
			type,
		},
		name,
		id,
	};
}

export function organizationOf(state: State, rights: Rights) {
	const webshops = state.webshops.filter((webshop) => mayUseWebshop(rights, webshop, state, 'Read'));
	const organization = {
		...publicOrganization(state.organization),
		webshops: webshops.map((webshop) => webshopPreview(webshop, state)),
		privateMeta: {
			registrationProviderConfiguration: { stripeAccountId: null },
			featureFlags: [],
			useTestPayments: null,
			buckarooSettings: null,
			privateKey: null,
			billingContact: null,
			VATNumber: null,
			mailFromDomain: null,
			pendingRegisterDomain: null,
			// The rights of the roles, as read in the source.
			roles: rights.payments && !rights.isFull
				? [{ id: ROLE_ID, name: 'Boekhouding', level: 'None', managePayments: rights.payments, financeDirector: rights.finance, createWebshops: false }]
				: [],
			acquisitionTypes: [],
			payconiqApiKey: null,
			mollieOnboarding: null,
			credits: [],
			emails: [],
			mailDomainActive: false,
			mailDomain: null,
			pendingMailDomain: null,
			dnsRecords: [],
		},
	};
	return { data: organization, keychainItems: [] };
}

const ROLE_ID = '00000003-0000-4000-8000-000000000000';

export function userOf(state: State, rights: Rights) {
	const { userId } = state;
	const permissions = permissionsOf(rights, state);
	return {
		meta: null,
		password: '',
		hasAccount: true,
		verified: true,
		lastName: null,
		firstName: 'n8n',
		permissions: permissions && {
			roles: !rights.isFull && rights.payments ? [{ id: ROLE_ID, name: 'Boekhouding' }] : [],
			groups: [],
			level: rights.isFull ? 'Full' : 'None',
		},
		email: `${userId}.api`,
		id: userId,
	};
}
