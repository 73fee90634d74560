/** The association that the simulators show: made-up, believable, and the same for the same seed. */
import { DAY, diceOf, SEED_NOW } from '../seed';
import { addBooks } from './seedBooks';
import type { Document, DocumentTemplate, Invoice, Settlement } from './seedBooks';
import { addMembers } from './seedMembers';
import type { BalanceItem, Group, Member, Period, Registration, Reminders } from './seedMembers';
import { addShops } from './seedShop';
import type { CheckoutMethod, DiscountCode, Ticket, TimeSlot } from './seedShop';

export type PaymentStatus = 'Created' | 'Pending' | 'Succeeded' | 'Failed';

export interface Address {
	street: string;
	number: string;
	postalCode: string;
	city: string;
	country: string;
}

export interface Customer {
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
}

export interface Company {
	id: string;
	name: string;
	VATNumber: string;
	companyNumber: string;
	administrationEmail: string;
	address: Address;
}

export interface TransferSettings {
	type: 'Structured' | 'Reference';
	creditor: string;
	iban: string;
	prefix: string | null;
}

export interface Product {
	id: string;
	name: string;
	/** `price` in cents. */
	prices: Array<{ id: string; name: string; price: number }>;
}

export interface Webshop {
	id: string;
	name: string;
	uri: string;
	createdAt: number;
	open: boolean;
	transfer: TransferSettings;
	products: Product[];
	checkoutMethods: CheckoutMethod[];
	discountCodes: DiscountCode[];
	/** Whether a line of an order is a ticket for each piece. */
	sellsTickets: boolean;
}

export interface OrderLine {
	id: string;
	product: Product;
	/** Which of the product's prices. */
	price: number;
	amount: number;
}

export interface Order {
	id: string;
	webshop: Webshop;
	number: number;
	status: string;
	customer: Customer;
	lines: OrderLine[];
	comments: string;
	createdAt: number;
	updatedAt: number;
	payment: Payment;
	checkoutMethod: CheckoutMethod | null;
	timeSlot: TimeSlot | null;
	/** Where it is delivered. */
	address: Address | null;
}

/** Dates in milliseconds since 1970, whole seconds as the real database keeps them. */
export interface Payment {
	id: string;
	type: 'Payment' | 'Refund' | 'Chargeback' | 'Reallocation';
	balanceItemId: string;
	linkId: string;
	/** What is paid for; it has an order unless it is a membership fee. */
	description: string;
	order: Order | null;
	/** Who a membership fee is for. */
	registration: Registration | null;
	customer: Customer;
	company: Company | null;
	method: string;
	provider: string | null;
	status: PaymentStatus;
	/** In cents. */
	price: number;
	communication: string | null;
	transfer: TransferSettings | null;
	iban: string | null;
	ibanName: string | null;
	createdAt: number;
	updatedAt: number;
	paidAt: number | null;
	/** What the provider keeps, in cents. */
	transferFee: number;
	/** The payout that it came with. */
	settlement: Settlement | null;
	invoice: Invoice | null;
	/** The payment that a refund gives back. */
	reverses: Payment | null;
}

export interface Organization {
	id: string;
	name: string;
	uri: string;
	website: string;
	type: string;
	createdAt: number;
	address: Address;
}

/** API keys by what they may do; see `rights.ts`. */
export type KeyName =
	| 'full'
	| 'withoutPayments'
	| 'payments'
	| 'finance'
	| 'webshops'
	| 'oneWebshop'
	| 'readWebshops'
	| 'scan'
	| 'members'
	| 'nothing';

export interface State {
	organization: Organization;
	/** All organizations that a search finds, the own one among them. */
	organizations: Organization[];
	/** User id behind the API keys. */
	userId: string;
	keys: Record<KeyName, string>;
	webshops: Webshop[];
	/** Oldest first. */
	orders: Order[];
	/** Oldest first. */
	payments: Payment[];
	/** Working years, the current one last. */
	periods: Period[];
	groups: Group[];
	members: Member[];
	registrations: Registration[];
	/** What is owed and has no payment yet; those of payments follow from the payments. */
	openItems: BalanceItem[];
	reminders: Map<Member, Reminders>;
	companies: Company[];
	tickets: Ticket[];
	invoices: Invoice[];
	templates: DocumentTemplate[];
	documents: Document[];
}

export function structuredCommunication(tenDigits: string): string {
	const check = String(Number(tenDigits) % 97 || 97).padStart(2, '0');
	const digits = tenDigits + check;
	return `+++${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7)}+++`;
}

/** Dutch payment reference of 16 digits, the first of which is the check digit over the others. */
export function dutchReference(fifteenDigits: string): string {
	const weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1];
	const reversed = [...fifteenDigits].reverse();
	const sum = reversed.reduce((total, digit, position) => total + Number(digit) * weights[position % 10], 0);
	const rest = 11 - (sum % 11);
	const check = rest === 10 ? 1 : rest === 11 ? 0 : rest;
	return (check + fifteenDigits).replace(/(.{4})(?=.)/g, '$1 ');
}

export const FIRST_NAMES =
	'Lotte Jef Annelies Wout Sanne Pieter Fien Bram Griet Koen Mieke Thijs Elke Daan Noor Stijn Hanne Joris Marijke Sander Femke Ruben Ilse Gijs Zoë Jan Louise Maarten Chloë Bart'.split(' ');
export const LAST_NAMES = [
	'Peeters', 'Janssens', 'Maes', 'Willems', 'De Smet', 'Van den Broeck', 'Claes', 'Wouters', 'Goossens', 'Vermeulen',
	'De Vries', 'Bakker', 'Van Dijk', 'Visser', 'Hendriks', 'Van der Meer', 'Dewaele', 'Coppens', 'Lemmens', "D'Hondt",
];

const WEBSHOPS: Array<{ name: string; uri: string; prefix: string | null; products: Array<[string, Array<[string, number]>]> }> = [
	{
		name: 'Spaghettiavond',
		uri: 'spaghettiavond-2026',
		prefix: null,
		products: [
			['Spaghetti bolognaise', [['Volwassene', 1250], ['Kind', 800]]],
			['Spaghetti groenten', [['Volwassene', 1200], ['Kind', 750]]],
			['Tiramisu', [['Portie', 400]]],
		],
	},
	{
		name: 'Wijnverkoop',
		uri: 'wijnverkoop-najaar',
		prefix: 'Bestelling wijn',
		products: [
			['Sauvignon', [['Doos met 6', 5400], ['Fles', 950]]],
			['Rioja', [['Doos met 6', 6000], ['Fles', 1050]]],
		],
	},
	{ name: 'Zomerkamp', uri: 'zomerkamp-2026', prefix: null, products: [['Inschrijving', [['Lid', 14500], ['Tweede kind', 12500]]]] },
	{
		name: 'Kerststerrenactie',
		uri: 'kerststerren',
		prefix: null,
		products: [['Kerstster', [['Rood', 700], ['Wit', 750]]]],
	},
	{ name: 'Quizavond', uri: 'quiz-2026', prefix: 'Quiz ploeg', products: [['Ploeg van vijf', [['Deelname', 2500]]]] },
];

type Kind = [method: string, status: PaymentStatus, provider: string | null];

/** Every mix of method and status that a treasurer meets, in about the proportions of a small association. */
const KINDS: Kind[] = [
	['Transfer', 'Created', null],
	['Transfer', 'Succeeded', null],
	['PointOfSale', 'Created', null],
	['Bancontact', 'Succeeded', 'Mollie'],
	['Transfer', 'Created', null],
	['Transfer', 'Pending', null],
	['Payconiq', 'Succeeded', 'Payconiq'],
	['Transfer', 'Succeeded', null],
	['iDEAL', 'Succeeded', 'Buckaroo'],
	['Transfer', 'Failed', null],
	['Bancontact', 'Failed', 'Stripe'],
	['Transfer', 'Succeeded', null],
	['PointOfSale', 'Succeeded', null],
	['CreditCard', 'Succeeded', 'Stripe'],
	['Transfer', 'Created', null],
	['Unknown', 'Created', null],
	['Transfer', 'Succeeded', null],
	['DirectDebit', 'Pending', 'Mollie'],
	['iDEAL', 'Created', 'Mollie'],
];

const ORDER_STATUSES = ['Created', 'Created', 'Created', 'Prepared', 'Completed', 'Canceled'];

export function createState(count: number, seed: number): State {
	const { below, pick, digits, hex, uuid } = diceOf(seed);

	const organizationOf = (name: string, type: string, city: string, postalCode: string, country: string): Organization => {
		const uri = name.toLowerCase().replace(/[^a-z]+/g, '-');
		return {
			id: uuid(),
			name,
			uri,
			type,
			website: `https://${uri}.example`,
			createdAt: SEED_NOW - 900 * DAY,
			address: { street: 'Dorpsstraat', number: String(1 + below(90)), postalCode, city, country },
		};
	};
	const organization = organizationOf('Harmonie De Eendracht', 'Music', 'Wetteren', '9230', 'BE');
	const organizations = [
		organization,
		organizationOf('Harmonie Sint-Cecilia', 'Music', 'Ninove', '9400', 'BE'),
		organizationOf('Hockeyclub De Gantoise', 'Hockey', 'Gent', '9000', 'BE'),
		organizationOf('Toneelgroep Het Doek', 'Art', 'Breda', '4811', 'NL'),
	];

	const webshops = WEBSHOPS.map(({ name, uri, prefix, products }, position): Webshop => ({
		id: uuid(),
		name,
		uri,
		createdAt: SEED_NOW - 366 * DAY,
		open: position < 3,
		transfer: {
			type: prefix === null ? 'Structured' : 'Reference',
			creditor: organization.name,
			iban: 'BE68539007547034',
			prefix,
		},
		products: products.map(([productName, prices]) => ({
			id: uuid(),
			name: productName,
			prices: prices.map(([priceName, price]) => ({ id: uuid(), name: priceName, price })),
		})),
		checkoutMethods: [],
		discountCodes: [],
		sellsTickets: false,
	}));

	const numbers = new Map(webshops.map(({ id }) => [id, 0]));
	const payments: Payment[] = [];
	let createdAt = SEED_NOW - 365 * DAY;
	const step = (364 * DAY) / Math.max(count, 1);
	for (let position = 0; position < count; position++) {
		// Orders of the same second are common when a webshop opens.
		if (position % 7 !== 6) createdAt = Math.round((SEED_NOW - 365 * DAY + position * step) / 1000) * 1000;
		const [method, status, provider] = KINDS[position % KINDS.length];
		const firstName = pick(FIRST_NAMES);
		const lastName = pick(LAST_NAMES);
		const mailbox = `${firstName}.${lastName}`.normalize('NFD').replace(/[^A-Za-z.]/g, '').toLowerCase();
		const customer: Customer = {
			firstName,
			lastName,
			email: `${mailbox}${below(90) + 10}@example.com`,
			phone: `+32 47${below(10)} ${digits(2)} ${digits(2)} ${digits(2)}`,
		};
		const paidAt = status === 'Succeeded' ? Math.min(createdAt + below(14 * 86_400) * 1000, SEED_NOW) : null;
		const isFee = position % 23 === 22;
		const webshop = webshops[position % webshops.length];
		const isFree = position % 41 === 40;
		const lines = [...new Set([pick(webshop.products), pick(webshop.products)])].map((product): OrderLine => ({
			id: uuid(),
			product,
			price: below(product.prices.length),
			amount: 1 + below(5),
		}));
		const total = lines.reduce((sum, { product, price, amount }) => sum + product.prices[price].price * amount, 0);
		const number = (numbers.get(webshop.id) ?? 0) + (isFee ? 0 : 1);
		numbers.set(webshop.id, number);
		const dutch = position % 29 === 14;
		const transfer = method === 'Transfer' ? (isFee || dutch ? webshops[0].transfer : webshop.transfer) : null;
		const reference = dutch ? dutchReference(digits(15)) : structuredCommunication(digits(10));
		const payment: Payment = {
			id: uuid(),
			balanceItemId: uuid(),
			linkId: uuid(),
			description: isFee ? 'Lidgeld 2026-2027' : `Bestelling #${number} - ${webshop.name}`,
			type: 'Payment',
			order: null,
			registration: null,
			customer,
			company: null,
			method,
			provider,
			status,
			price: isFree ? 0 : isFee ? 4500 : total,
			communication: transfer && (transfer.prefix ? `${transfer.prefix} ${number}` : reference),
			transfer,
			iban: provider && paidAt ? 'BE71096123456769' : null,
			ibanName: provider && paidAt ? `${firstName} ${lastName}` : null,
			createdAt,
			updatedAt: paidAt ?? createdAt,
			paidAt,
			transferFee: 0,
			settlement: null,
			invoice: null,
			reverses: null,
		};
		if (!isFee) {
			payment.order = {
				id: uuid(),
				webshop,
				number,
				status: ORDER_STATUSES[position % ORDER_STATUSES.length],
				customer,
				lines: isFree ? [] : lines,
				comments: position % 9 === 8 ? 'Graag een tafel bij de familie.' : '',
				createdAt,
				updatedAt: paidAt ?? createdAt,
				payment,
				checkoutMethod: null,
				timeSlot: null,
				address: null,
			};
		}
		payments.push(payment);
	}
	const userId = uuid();
	const keys = { full: `sandbox-${hex(32)}`, withoutPayments: `sandbox-${hex(32)}` };
	// Dice of their own, so that what is added below leaves everything above as it was.
	const dice = diceOf(seed + 1);
	const more: KeyName[] = ['payments', 'finance', 'webshops', 'oneWebshop', 'readWebshops', 'scan', 'members', 'nothing'];
	const state: State = {
		organization,
		organizations,
		userId,
		keys: { ...keys, ...Object.fromEntries(more.map((name) => [name, `sandbox-${dice.hex(32)}`])) } as State['keys'],
		webshops,
		payments,
		orders: payments.flatMap(({ order }) => order ?? []),
		periods: [],
		groups: [],
		members: [],
		registrations: [],
		openItems: [],
		reminders: new Map(),
		companies: [],
		tickets: [],
		invoices: [],
		templates: [],
		documents: [],
	};
	addShops(state, dice);
	addMembers(state, dice);
	addBooks(state, dice);
	return state;
}
