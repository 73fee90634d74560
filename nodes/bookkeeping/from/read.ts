/** How the records of the platforms are read: wherever a field may stand, and never with an exception of JavaScript's own. */
import { createHash } from 'crypto';
import { get } from 'lodash';
import { DateTime } from 'luxon';

import { timeOf, ZONE } from '../../operation/time';
import { CannotBook, countryOfDelivery, dayOf } from '../document';
import type { Address, ChargeType, Customer, SaleDocument, Seller, Warning } from '../document';
import type { Draft, DraftCharge, DraftLine } from '../build';
import { countryCode } from '../codes';
import { centsOf, sum } from '../money';
import type { Cents } from '../money';
import { chooseVat, ofRate, rateOf, VatQuestion } from '../vat';
import type { RowFacts, VatChoice, VatFacts, VatSettings } from '../vat';

export type RecordOf = Record<string, unknown>;

/** What the user says beside the record. */
export interface Settings extends VatSettings {
	seller: Seller;
	/** Left out: what the record makes likely. */
	kind?: 'order' | 'invoice' | 'receipt';
	/** The seller's own number for the document, in place of the platform's. */
	number?: string;
	/** What the seller paid for the goods of the record, in cents. */
	purchasePrice?: Cents;
	/** What the customer paid for shipping, in cents, where the record does not tell it. */
	shippingCost?: Cents;
}

const LONGEST = 2_000;

export function isRecord(value: unknown): value is RecordOf {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordsAt(record: RecordOf, path: string): RecordOf[] {
	const found = get(record, path) as unknown;
	return Array.isArray(found) ? found.filter(isRecord) : [];
}

/** The first of the fields that says something, as a text of bounded length. */
export function textAt(record: RecordOf, ...paths: string[]): string | null {
	for (const path of paths) {
		const value: unknown = get(record, path);
		if (typeof value !== 'string' && typeof value !== 'number') continue;
		const written = String(value).trim().slice(0, LONGEST);
		if (written !== '') return written;
	}
	return null;
}

export function valueAt(record: RecordOf, ...paths: string[]): unknown {
	return paths.map((path) => get(record, path) as unknown).find((value) => value !== undefined && value !== null && value !== '');
}

/**
 * Whole cents from the first of the fields that is there; undefined if none is.
 * @throws CannotBook for what is no amount, or finer than a cent (SD13)
 */
export function centsAt(what: string, record: RecordOf, perEuro: number, ...paths: string[]): Cents | undefined {
	const value = valueAt(record, ...paths);
	return value === undefined ? undefined : wholeCents(what, paths[0], value, perEuro);
}

/** As `centsAt`, for a value. */
export function wholeCents(what: string, path: string, value: unknown, perEuro: number): Cents {
	const cents = centsOf(value, perEuro);
	if (cents !== undefined && Number.isInteger(cents)) return cents;
	const actual = typeof value === 'number' ? value : String(value).slice(0, 50);
	const text = cents === undefined ? `${path} is "${actual}", which is no amount of money` : `${path} is ${actual}, which is finer than a cent`;
	throw new CannotBook(`${what} cannot be booked: ${text} (SD13, ${path})`, [{ code: 'SD13', path, expected: 'whole cents', actual, text }]);
}

const DUTCH_DAY = /^(\d\d)-(\d\d)-(\d{4})$/;

/** As `timeOf` writes a time, from ISO, `2021-12-31 12:12:12` or `22-05-2023` in Dutch time, or integer milliseconds; null if it is none. */
export function instantOf(value: unknown): string | null {
	const written = typeof value === 'string' ? value.trim().slice(0, 40).replace(DUTCH_DAY, '$3-$2-$1').replace(' ', 'T') : '';
	const moment = typeof value === 'number' ? DateTime.fromMillis(value, { zone: ZONE }) : DateTime.fromISO(written, { zone: ZONE });
	return moment.isValid && moment.year > 1970 && moment.year < 2200 ? String(timeOf(moment.toMillis())) : null;
}

export function instantAt(record: RecordOf, ...paths: string[]): string | null {
	return instantOf(valueAt(record, ...paths));
}

/** Copies of one customer are what bookkeepers meet most: without an ID the e-mail address makes one. */
export function customerIdOf(email: string | null): string | null {
	const written = email?.trim().toLowerCase();
	return written ? `email:${createHash('sha256').update(written).digest('hex').slice(0, 16)}` : null;
}

export const NOBODY: Customer = {
	...{ id: null, email: null, name: null, firstName: null, lastName: null, company: null, vatId: null, companyId: null },
	...{ phone: null, language: null, billing: null, shipping: null },
};

/** Two capitals from a country's code; null for anything else. */
export const countryOf = (written: string | null) => countryCode(written ?? '') ?? null;

/** Null if nothing is known. */
export function addressOf(parts: Address): Address | null {
	return Object.values(parts).some((part) => part !== null) ? parts : null;
}

/** A number of a register of companies, by its length and the country; null for those of other countries. */
export function companyIdOf(written: string | null, country: string | null): Customer['companyId'] {
	const digits = (written ?? '').slice(0, 40).replace(/\D/g, '');
	if (digits.length === 8 && (country ?? 'NL') === 'NL') return { scheme: 'kvk', id: digits };
	return /^[01]?\d{9}$/.test(digits) && (country ?? 'BE') === 'BE' ? { scheme: 'kbo', id: digits.padStart(10, '0') } : null;
}

/** The VAT of one document: what is chosen by the settings, and what was assumed in doing so. */
export interface Vat {
	warnings: Warning[];
	/** @throws CannotBook where something has to be chosen first */
	of(path: string, row: RowFacts): VatChoice;
	/** Null where it follows the goods, as it always does where no VAT stands on the document. */
	ofShipping(lines: Array<{ vat: VatChoice }>): VatChoice | null;
	/** For the VAT inside the margin; undefined if the goods are not known. */
	marginRate: number | undefined;
}

export function vatOf(what: string, { issuedAt, suppliedAt, customer }: Pick<Draft, 'issuedAt' | 'suppliedAt' | 'customer'>, settings: Settings): Vat {
	const { seller, goods, rates, shipping } = settings;
	const { address, vatId: sellerVatId } = seller;
	if (address.country === null) throw new CannotBook(`${what} has no country of the seller. Choose it under "Seller Country".`);
	const sellerCountry = address.country;
	const day = dayOf(suppliedAt ?? issuedAt);
	const destination = countryOfDelivery(customer);
	const facts: VatFacts = { what, sellerCountry, sellerVatId, destination, customerVatId: customer.vatId, day };
	const warnings: Warning[] = [];
	return {
		warnings,
		of(path, row) {
			const { warnings: assumed, ...choice } = answered(() => chooseVat(settings, facts, row));
			for (const { code, text } of assumed) warnings.push({ code, path: code === 'SDW02' ? path : 'lines', text });
			return choice;
		},
		ofShipping(lines) {
			const follows = shipping === 'followsGoods' || lines.some(({ vat }) => vat.reason !== null);
			return follows ? null : ofRate(shipping === 'noVat' ? 0 : shipping);
		},
		marginRate: typeof goods === 'string' ? rateOf(goods, sellerCountry, day, rates) : goods,
	};
}

function answered<T>(ask: () => T): T {
	try {
		return ask();
	} catch (error) {
		throw error instanceof VatQuestion ? new CannotBook(`${error.message}.`) : error;
	}
}

export const NO_LINE: Omit<DraftLine, 'id' | 'description' | 'amount' | 'vat'> = {
	...{ productId: null, sku: null, categoryId: null, categoryName: null, quantity: '1', purchasePrice: null },
};

export function charge(id: string, type: ChargeType, description: string, amount: Cents, vat: VatChoice | null = null): DraftCharge[] {
	return amount === 0 ? [] : [{ id, type, description, amount, vat }];
}

/** A difference of so many cents is rounding; a larger one is left for the rule that names it. */
export function roundingOf(rows: Array<{ amount: Cents }>, most: Cents, total: Cents | undefined): DraftCharge[] {
	const difference = (total ?? NaN) - sum(rows.map(({ amount }) => amount));
	return Math.abs(difference) <= most ? charge('rounding', 'rounding', 'Rounding', difference) : [];
}

export function paymentOf(method: string, amount: Cents, status: SaleDocument['payments'][number]['status']): SaleDocument['payments'][number] {
	return { method, amount, status, paidAt: null, transactionId: null, reference: null, platformFee: null };
}

/** What every document of ours begins with. */
export const BEGINNING = { direction: 'sale', corrects: null, currency: 'EUR', pricesIncludeVat: true } as const;
