/** The sale document: the one shape between a platform and bookkeeping. */
import { DateTime } from 'luxon';

import { ZONE } from '../operation/time';
import { LARGEST_AMOUNT, isRate, millionths } from './money';
import { instant, list, number, object, orElse, orNull, pattern, text, word, yesNo } from './shape';
import type { Finding, Of } from './shape';
import type { VatCategory, VatReason } from './vat';

const cents = (description: string) =>
	number(`${description}, in cents`, 'SD13', 'integer', 'a whole number of cents', (value) =>
		Number.isSafeInteger(value) && Math.abs(value) <= LARGEST_AMOUNT,
	);

const rate = number('Percentage, such as 9', 'SD07', 'number', 'a percentage such as 9', isRate);

const categories: VatCategory[] = ['S', 'Z', 'E', 'G', 'K', 'AE', 'O'];
const category = word(
	'S standard or reduced rate, Z zero rate, E exempt, G export, K to a business in another EU country, AE reverse charge, O outside VAT',
	categories,
	'SD08',
);

const reasons: VatReason[] = ['margin', 'smallBusiness', 'exempt', 'export', 'intraCommunity', 'reverseCharge', 'outOfScope'];
const reason = orNull(word('Why there is no VAT; null where there is', reasons, 'SD09'));

const address = object('An address', {
	name: orNull(text('Who lives or receives there, where it is not the customer')),
	street: orNull(text('Street')),
	houseNumber: orNull(text('House number with its addition')),
	postcode: orNull(text('Postcode')),
	city: orNull(text('City')),
	country: orNull(pattern('Country, two capitals as in ISO 3166', 'SD10', /^[A-Z]{2}$/, 'a country code of two capitals')),
});

/** An address of which nothing is known. */
export const NOWHERE = { name: null, street: null, houseNumber: null, postcode: null, city: null, country: null };

const companyId = orNull(
	object('Number in the register of companies', {
		scheme: word('kvk: Dutch Chamber of Commerce; kbo: Belgian Crossroads Bank', ['kvk', 'kbo']),
		id: text('The number, digits only'),
	}),
);

const vat = object('How it is taxed', { category, rate, amount: cents('VAT'), reason });

const line = object('What was sold', {
	id: text('Identifies the line within the document'),
	productId: orNull(text("The platform's ID of the product")),
	sku: orNull(text('Article number')),
	categoryId: orNull(text('ID of the product group, shelf or webshop')),
	categoryName: orNull(text('Its name')),
	description: text('What it is'),
	quantity: pattern('A decimal number other than 0', 'SD16', /^-?\d{1,9}(\.\d{1,6})?$/, 'a decimal number such as 1 or 0.75'),
	unitGross: orNull(cents('Price of one with VAT')),
	gross: cents('Amount with VAT'),
	net: cents('Amount without VAT'),
	vat,
	purchasePrice: orNull(cents('What the seller paid for it, for the margin scheme')),
});

export const CHARGE_TYPES = ['shipping', 'paymentFee', 'surcharge', 'packaging', 'donation', 'discount', 'rounding'] as const;

const charge = object('What comes on top, or goes off: a discount is negative', {
	id: text('Identifies the charge within the document'),
	type: word('Kind of charge', CHARGE_TYPES),
	description: text('What it is'),
	gross: cents('Amount with VAT'),
	net: cents('Amount without VAT'),
	vat,
});

const payment = object('A payment', {
	method: text("The platform's word for how it was paid"),
	amount: cents('Amount'),
	paidAt: orNull(instant('When')),
	status: word('Only what succeeded counts as paid', ['succeeded', 'pending', 'failed']),
	transactionId: orNull(text("The platform's or provider's ID")),
	reference: orNull(text('What the payer wrote or should write')),
	platformFee: orNull(cents('What the platform or provider keeps; turnover stays as it is')),
});

export const saleDocument = object('A sale or purchase that adds up', {
	schema: word('Name and version of this shape', ['saleDocument/1']),
	id: pattern('Platform and its own ID; never changes', 'SD10', /^[a-z][a-z0-9]{1,30}:\S.{0,300}$/i, 'a text such as boekwinkeltjes:4006'),
	direction: word('sale or purchase', ['sale', 'purchase']),
	kind: word('What it is', ['order', 'invoice', 'creditNote', 'receipt']),
	number: text('Number that people know'),
	reference: orNull(text('Reference of the customer or of the payment')),
	corrects: orNull(
		object('What a credit note corrects', {
			id: text('ID of the sale'),
			number: text('Number of the sale'),
			issuedAt: orNull(instant('When the sale was issued')),
			gross: orNull(cents('Total of the sale with VAT')),
		}),
	),
	source: object('Where it comes from', {
		platform: text('Platform'),
		url: orNull(text('Its page there')),
		status: orNull(text("The platform's own word")),
		statesVat: orElse(yesNo('Whether the VAT amounts are those of the platform, not calculated here'), () => false),
	}),
	issuedAt: instant('When it was made'),
	suppliedAt: orNull(instant('When it was delivered; its day decides the VAT rate')),
	modifiedAt: orNull(instant('When it was last changed')),
	dueAt: orNull(instant('When it must be paid')),
	status: word('State of the payment', ['open', 'paid', 'partiallyPaid', 'refunded', 'cancelled']),
	currency: pattern('Currency', 'SD10', /^[A-Z]{3}$/, 'a currency code such as EUR'),
	pricesIncludeVat: yesNo('Whether the VAT was calculated from the amounts with VAT'),
	seller: object('Who sells', {
		name: orNull(text('Name')),
		vatId: orNull(text('VAT ID')),
		companyId,
		otherId: orNull(text('Another ID, where there is neither')),
		iban: orNull(text('Account on which payments are expected')),
		address: orElse(address, () => ({ ...NOWHERE })),
		regime: word('Regime of VAT', ['standard', 'margin', 'marginGlobal', 'smallBusiness', 'notLiable', 'private']),
		oss: orElse(yesNo('Whether sales to consumers in other EU countries are taxed there'), () => false),
	}),
	customer: object('Who buys', {
		id: orNull(text("The platform's ID, or one that is made of the e-mail address")),
		email: orNull(text('E-mail address')),
		name: orNull(text('Name of the person or the company')),
		firstName: orNull(text('First name')),
		lastName: orNull(text('Last name')),
		company: orNull(text('Company')),
		vatId: orNull(text('VAT ID')),
		companyId,
		phone: orNull(text('Telephone')),
		language: orNull(text('Language')),
		billing: orNull(address),
		shipping: orNull(address),
	}),
	lines: list('What was sold', line),
	charges: list('Shipping, fees, discounts', charge),
	vatSummary: list('One entry for each way of taxation', object('Sum of its rows', {
		category,
		rate,
		reason,
		taxable: cents('Amount without VAT'),
		amount: cents('VAT'),
	})),
	payments: list('Payments', payment),
	totals: object('Totals', {
		gross: cents('With VAT'),
		net: cents('Without VAT'),
		vat: cents('VAT'),
		paid: cents('Paid'),
		due: cents('Still to pay'),
	}),
	margin: orNull(object('For the margin scheme; never shown to the customer', {
		purchase: cents('What the seller paid'),
		rate: orNull(rate),
		vat: orNull(cents('VAT inside the margin; null where it is calculated over a period')),
	})),
	warnings: orElse(list('What was assumed', object('Something that was assumed, not read', {
		code: text('SDW and a number'),
		path: text('Where'),
		text: text('What was assumed'),
	})), () => []),
});

export type SaleDocument = Of<typeof saleDocument>;
export type Line = SaleDocument['lines'][number];
export type Charge = SaleDocument['charges'][number];
export type Row = Line | Charge;
export type Payment = SaleDocument['payments'][number];
export type Address = NonNullable<SaleDocument['customer']['billing']>;
export type Customer = SaleDocument['customer'];
export type Seller = SaleDocument['seller'];
export type Warning = SaleDocument['warnings'][number];
export type ChargeType = Charge['type'];

/** A sentence for a person; what exactly is wrong stands in the findings. */
export class CannotBook extends Error {
	constructor(
		message: string,
		readonly findings: Finding[] = [],
	) {
		super(message);
	}
}

const KIND_WORDS = { order: 'Order', invoice: 'Invoice', creditNote: 'Credit note', receipt: 'Receipt' };

/** "Order 4006", the beginning of a sentence. */
export function nameOf({ kind, number: numberOfIt }: Pick<SaleDocument, 'kind' | 'number'>): string {
	return `${KIND_WORDS[kind]} ${numberOfIt}`;
}

/** @throws CannotBook if there are findings; the sentence tells the first, the error holds them all */
export function refuse(what: string, findings: Finding[]): void {
	const [first] = findings;
	if (!first) return;
	const others = findings.length === 1 ? '' : `, and ${findings.length - 1} more`;
	throw new CannotBook(`${what} cannot be booked: ${first.text} (${first.code}, ${first.path || 'document'}${others})`, findings);
}

export function rowsOf({ lines, charges }: Pick<SaleDocument, 'lines' | 'charges'>): Row[] {
	return [...lines, ...charges];
}

/** Groups of the same taxation: VAT is rounded once for each. */
export function groupKey({ category: of, rate: percent, reason: why }: { category: string; rate: number; reason: string | null }): string {
	return `${of} ${percent} ${why ?? ''}`;
}

export function dayOf(written: string, zone = ZONE): string {
	return DateTime.fromISO(written, { zone }).toISODate() ?? '';
}

/** The day that decides the rate. */
export function dayOfRate({ suppliedAt, issuedAt }: Pick<SaleDocument, 'suppliedAt' | 'issuedAt'>): string {
	return dayOf(suppliedAt ?? issuedAt);
}

export function countryOfDelivery({ shipping, billing }: Pick<Customer, 'shipping' | 'billing'>): string | null {
	return shipping?.country ?? billing?.country ?? null;
}

export function quantityOf({ quantity }: Pick<Line, 'quantity'>): bigint {
	return millionths(quantity) ?? 0n;
}

/** Whether it was taken for a document of ours, right or wrong. */
export function isSaleDocument(value: unknown): boolean {
	return typeof value === 'object' && value !== null && (value as { schema?: unknown }).schema === 'saleDocument/1';
}
