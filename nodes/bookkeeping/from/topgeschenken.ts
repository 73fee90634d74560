/** A sale document from an order at Topgeschenken: a purchase, whose VAT the platform states. */
import { isPlainObject } from 'lodash';

import { dayOf } from '../../operation/time';
import { build } from '../build';
import type { DraftLine } from '../build';
import { CannotBook, nameOf, NOWHERE } from '../document';
import type { Customer, SaleDocument, Seller } from '../document';
import { spread, sum, vatInside, vatOnTop } from '../money';
import type { Cents } from '../money';
import { ofRate } from '../vat';
import {
	addressOf,
	BEGINNING,
	centsAt,
	countryOf,
	instantAt,
	instantOf,
	isRecord,
	NO_LINE,
	NOBODY,
	recordsAt,
	roundingOf,
	textAt,
	valueAt,
	wholeCents,
} from './read';
import type { RecordOf, Settings } from './read';

/** Made anew for each document: what is done with one must not reach another. */
const topgeschenken = (): Seller => ({
	name: 'Topgeschenken',
	vatId: null,
	companyId: null,
	otherId: null,
	iban: null,
	address: { ...NOWHERE, country: 'NL' },
	regime: 'standard',
	oss: false,
});

/** A line, or what belongs to one such as a greeting card. */
interface Item {
	path: string;
	record: RecordOf;
	isChild: boolean;
	/** For all pieces or for one, as the order turns out to mean it. */
	net: Cents;
	gross: Cents;
	quantity: number;
}

/** Members such as `vat9Base` of a simplified order: what is taxed at 9 %, over all its lines. */
const VAT_BASE = /^vat(\d{1,2})(?:_(\d{1,2}))?Base$/;

/** The lines of an order; of a simplified one, whose lines are a text, one for all of them. */
function recordsOf(what: string, order: RecordOf): RecordOf[] {
	if (Array.isArray(order.lines)) return order.lines.filter(isRecord);
	const vatSpecification = Object.entries(order).flatMap(([name, price]) => {
		const [, whole, fraction = '0'] = VAT_BASE.exec(name) ?? [];
		return whole === undefined ? [] : [{ percentage: Number(`${whole}.${fraction}`), price }];
	});
	if (vatSpecification.length === 0 || order.lineId !== undefined) {
		throw new CannotBook(`${what} has no lines of its own: hand over what Order: Get gives for the whole order.`);
	}
	return [{ title: textAt(order, 'lines') ?? what, quantity: 1, price: order.totalPrice, priceIncl: order.totalPriceIncl, vatSpecification }];
}

function itemsOf(what: string, order: RecordOf, perEuro: number): Item[] {
	const read = (record: RecordOf, path: string, isChild: boolean): Item => {
		const net = centsAt(what, record, perEuro, 'price');
		const gross = centsAt(what, record, perEuro, 'priceIncl');
		if (!isChild && (net === undefined || gross === undefined)) {
			throw new CannotBook(`${what} cannot be booked: ${path} lacks price or priceIncl (SD01, ${path}).`);
		}
		const quantity = Number(record.quantity ?? 1);
		if (!Number.isInteger(quantity) || quantity < 1 || quantity > 1_000_000) {
			throw new CannotBook(`${what} cannot be booked: the quantity of ${path} is not a whole number of 1 or more (SD16, ${path}.quantity).`);
		}
		return { path, record, isChild, net: net ?? gross ?? 0, gross: gross ?? net ?? 0, quantity };
	};
	return recordsOf(what, order).flatMap((line, index) => [
		read(line, `lines[${index}]`, false),
		...recordsAt(line, 'children').map((child, position) => read(child, `lines[${index}].children[${position}]`, true)),
	]);
}

function specificationsOf({ vat, vatSpecification = vat }: RecordOf): RecordOf[] {
	const all = Array.isArray(vatSpecification) ? vatSpecification : isPlainObject(vatSpecification) ? Object.values(vatSpecification as object) : [];
	return all.filter(isRecord);
}

const ratesOf = (record: RecordOf) => specificationsOf(record).map(({ percentage }) => Number(percentage ?? NaN));

const isWhole = (amount: unknown) => Number.isInteger(Number(amount ?? NaN));

/** Units of a euro that an order is in, where it shows: euro have decimals, cents have VAT that was rounded to a whole number. */
export function perEuroIn(order: RecordOf): number | undefined {
	const records = recordsOf('The order', order).flatMap((line) => [line, ...recordsAt(line, 'children')]);
	const amounts = [order, ...records].flatMap(({ price, priceIncl, totalPrice, totalPriceIncl }) => [price, priceIncl, totalPrice, totalPriceIncl]);
	if (amounts.some((amount) => /\.\d/.test(String(amount)))) return 1;
	const isRounded = (record: RecordOf) => {
		const [rate, ...others] = ratesOf(record);
		return others.length === 0 && isWhole(record.priceIncl) && isWhole(record.price) && !isWhole((Number(record.price) * rate) / 100);
	};
	return records.some(isRounded) ? 100 : undefined;
}

/** Where lines are rounded, and then the order (inferred), the sum of two of them may be a cent off, and so on. */
const mostRounding = (items: unknown[]): Cents => Math.floor(items.length / 2);

/**
 * The manual does not say whether a price is that of one piece, nor whether that of a line holds its children's. Which
 * it is shows in what adds up to the totals of the order.
 */
function asTheTotalsSay(items: Item[], total: Cents | undefined, totalNet: Cents | undefined): Item[] {
	const times = (item: Item): Item => ({ ...item, net: item.net * item.quantity, gross: item.gross * item.quantity });
	const own = items.filter(({ isChild }) => !isChild);
	const readings = [items, items.map(times), own, own.map(times)];
	const fitsTo = (most: Cents) => (reading: Item[]) =>
		(total === undefined || Math.abs(sum(reading.map(({ gross }) => gross)) - total) <= most) &&
		(totalNet === undefined || Math.abs(sum(reading.map(({ net }) => net)) - totalNet) <= most);
	return readings.find(fitsTo(0)) ?? readings.find(fitsTo(mostRounding(items))) ?? items;
}

interface Part {
	rate: number;
	net: Cents;
	gross: Cents;
}

/**
 * A line by its rates. What the price of a specification means the manual does not say: a part of the price without VAT,
 * of the price with VAT, or the VAT itself. It is what adds up to that of the line.
 */
function partsOf(what: string, { path, record, net, gross }: Item, perEuro: number): Part[] {
	const specifications = specificationsOf(record);
	const rates = ratesOf(record);
	if (rates.length === 0 || !rates.every((rate) => rate >= 0 && rate <= 100)) {
		if (gross === 0 && net === 0) return [];
		throw new CannotBook(`${what} has no VAT percentage on ${path}: get the order by its ID, with all its fields.`);
	}
	if (rates.length === 1) return [{ rate: rates[0], net, gross }];
	const prices = specifications.map(({ price }) => wholeCents(what, `${path}.vatSpecification`, price, perEuro));
	const whole = sum(prices);
	if (whole === net) {
		const vats = shares(gross - net, prices.map((price, index) => vatOnTop(price, rates[index])));
		return prices.map((price, index) => ({ rate: rates[index], net: price, gross: price + vats[index] }));
	}
	if (whole === gross) {
		const vats = shares(gross - net, prices.map((price, index) => vatInside(price, rates[index])));
		return prices.map((price, index) => ({ rate: rates[index], net: price - vats[index], gross: price }));
	}
	throw new CannotBook(`${what} cannot be booked: the VAT specifications of ${path} do not add up to its price (SD04, ${path}).`);
}

/** The stated VAT on parts whose own VAT was rounded each for itself. */
function shares(total: Cents, calculated: Cents[]): Cents[] {
	return Math.abs(total - sum(calculated)) <= calculated.length ? spread(total, calculated) : calculated;
}

function linesOf(what: string, items: Item[], perEuro: number): DraftLine[] {
	return items.flatMap((item) => {
		const { record, path } = item;
		const description = textAt(record, 'title', 'product.title', 'product.name', 'product') ?? path;
		const parts = partsOf(what, item, perEuro);
		return parts.map(({ rate, net, gross }, index): DraftLine => ({
			...NO_LINE,
			id: parts.length === 1 ? path : `${path}-${index + 1}`,
			productId: textAt(record, 'productId', 'product.uuid', 'product.id', 'product'),
			sku: textAt(record, 'sku', 'product.sku'),
			categoryId: textAt(record, 'productgroupUuid', 'productGroupId'),
			description: parts.length === 1 ? description : `${description} (${rate} %)`,
			quantity: String(item.quantity),
			amount: gross,
			statedNet: net,
			vat: ofRate(rate),
		}));
	});
}

/** The buyer is the user of the package. */
function customerOf(order: RecordOf, { seller: own }: Settings): Customer {
	const at = (name: string, flat = name) => textAt(order, `deliveryAddress.${name}`, flat);
	const houseNumber = [at('number', 'houseNumber'), at('numberAddition', 'houseNumberAddition')].filter(Boolean).join(' ');
	const shipping = addressOf({
		name: at('attn', 'recipient'),
		street: at('street'),
		houseNumber: houseNumber || null,
		postcode: at('postcode'),
		city: at('city'),
		country: countryOf(at('country')),
	});
	return {
		...NOBODY,
		id: textAt(order, 'companyId', 'company.uuid', 'company.id', 'customerId', 'customer.uuid'),
		name: own.name,
		company: own.name,
		vatId: own.vatId,
		companyId: own.companyId,
		billing: addressOf(own.address),
		shipping,
	};
}

/**
 * @param asked what the amounts are in: 1 for euro, 100 for cents; the manual does not say. Left out: as the order shows
 * @throws CannotBook
 */
export function fromTopgeschenkenOrder(order: unknown, settings: Settings, asked?: number): SaleDocument {
	const id = isRecord(order) ? textAt(order, 'id', 'uuid') : null;
	if (!isRecord(order) || id === null) throw new CannotBook('This is no order of Topgeschenken: hand over what Order: Get gives.');
	const kind = settings.kind ?? 'order';
	const number = settings.number ?? textAt(order, 'orderNumber') ?? id;
	const what = nameOf({ kind, number });
	const issuedAt = instantAt(order, 'createdAt');
	if (issuedAt === null) throw new CannotBook(`${what} cannot be booked: it has no date (SD10, issuedAt).`);
	const perEuro = asked ?? perEuroIn(order);
	if (perEuro === undefined) throw new CannotBook(`${what} may be in euro or in cents, it does not show which: choose it under "Amounts Are In"; look at an order whose price you know.`);
	const total = centsAt(what, order, perEuro, 'totalPriceIncl');
	const items = asTheTotalsSay(itemsOf(what, order, perEuro), total, centsAt(what, order, perEuro, 'totalPrice'));
	const lines = linesOf(what, items, perEuro);
	const status = textAt(order, 'status');
	return build({
		...BEGINNING,
		direction: 'purchase',
		id: `topgeschenken:${id}`,
		kind,
		number,
		reference: textAt(order, 'invoiceReference'),
		issuedAt,
		suppliedAt: instantOf(dayOf(valueAt(order, 'deliveryDate'))),
		modifiedAt: instantAt(order, 'updatedAt'),
		dueAt: null,
		source: { platform: 'topgeschenken', url: null, status, statesVat: true },
		status: status !== null && /cancel/i.test(status) ? 'cancelled' : undefined,
		seller: topgeschenken(),
		customer: customerOf(order, settings),
		lines,
		charges: roundingOf(lines, mostRounding(lines), total),
		payments: [],
		warnings: [],
		withoutRate: 'byAmount',
		total,
		ownRates: settings.rates,
	});
}
