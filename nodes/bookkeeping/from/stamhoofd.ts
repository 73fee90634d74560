/** Sale documents from payments and webshop orders of Stamhoofd, as the API gives them or as the node simplifies them. */
import { sumBy, uniq, uniqBy } from 'lodash';

import { build } from '../build';
import type { DraftCharge, DraftLine } from '../build';
import { creditNote } from '../creditNote';
import { CannotBook, nameOf } from '../document';
import type { Customer, SaleDocument, Seller } from '../document';
import { centsOf, spread, sum } from '../money';
import type { Cents } from '../money';
import { plainVatId, REASONS } from '../vat';
import type { VatChoice, VatReason } from '../vat';
import {
	addressOf,
	BEGINNING,
	centsAt,
	charge,
	companyIdOf,
	countryOf,
	customerIdOf,
	instantAt,
	isRecord,
	NO_LINE,
	NOBODY,
	recordsAt,
	roundingOf,
	textAt,
	valueAt,
	vatOf,
	wholeCents,
} from './read';
import type { RecordOf, Settings, Vat } from './read';

type Payment = SaleDocument['payments'][number];

const CANCELLED = ['Canceled', 'Deleted'];
const DISCOUNTS = ['RegistrationBundleDiscount', 'ReferralDiscount'];
/** Why Stamhoofd leaves out VAT (read in its source). */
const EXEMPTIONS = new Map<string | null, VatReason>([['IntraCommunityGoods', 'intraCommunity'], ['IntraCommunityServices', 'reverseCharge']]);

/** What a payment or an order is written in: euro where the node simplified it, else what the user says. */
function perEuroOf(record: RecordOf, isRaw: boolean, asked: number | undefined): number {
	if (!isRaw) return 1;
	if (asked !== undefined) return asked;
	const what = textAt(record, 'number', 'id') ?? 'This record';
	throw new CannotBook(`${what} may be in cents or in ten-thousandths of a euro. Choose it under "Amounts Are In": cents up to API version 388, ten-thousandths from 389 on.`);
}

function addressIn(record: RecordOf, path: string, name: string | null = null): Customer['billing'] {
	const at = (part: string) => textAt(record, `${path}.${part}`);
	return addressOf({
		name,
		street: at('street'),
		houseNumber: at('number'),
		postcode: at('postalCode'),
		city: at('city'),
		country: countryOf(at('country')),
	});
}

/** What is picked up is delivered where it is picked up. */
function deliveryOf(order: RecordOf): Customer['shipping'] {
	return addressIn(order, 'data.address') ?? addressIn(order, 'data.checkoutMethod.address', textAt(order, 'data.checkoutMethod.name'));
}

/** @param paths where the customer may stand in the record, the likeliest first */
function customerOf(record: RecordOf, paths: string[], shipping: Customer['shipping']): Customer {
	const at = (...names: string[]) => textAt(record, ...paths.flatMap((path) => names.map((name) => `${path}.${name}`)));
	const [firstName, lastName] = [at('firstName'), at('lastName')];
	const person = ([firstName, lastName].filter(Boolean).join(' ') || null) ?? at('name') ?? textAt(record, 'customerName');
	const company = at('company.name') ?? textAt(record, 'customerCompany');
	const email = at('email', 'company.administrationEmail') ?? textAt(record, 'customerEmail');
	const ownAddress = paths.map((path) => addressIn(record, `${path}.company.address`) ?? addressIn(record, `${path}.address`)).find(Boolean);
	const billing = ownAddress ?? shipping;
	return {
		...NOBODY,
		id: customerIdOf(email),
		email,
		name: company ?? person,
		firstName,
		lastName,
		company,
		vatId: plainVatId(at('company.VATNumber')),
		companyId: companyIdOf(at('company.companyNumber'), billing?.country ?? null),
		phone: at('phone') ?? textAt(record, 'customerPhone'),
		language: textAt(record, 'data.consumerLanguage', 'consumerLanguage'),
		billing,
		shipping,
	};
}

/** The seller of the settings, completed by what Stamhoofd knows of the account. */
function sellerOf(seller: Seller, payment: RecordOf): Seller {
	return {
		...seller,
		name: seller.name ?? textAt(payment, 'transferSettings.creditor'),
		iban: seller.iban ?? textAt(payment, 'transferSettings.iban'),
	};
}

/** Fees may be finer than a cent; beside the turnover they may be rounded. */
function feeOf(payment: RecordOf, perEuro: number): Cents | null {
	const fees = ['transferFee', 'serviceFeePayout', 'serviceFeeManual'].map((name) => centsOf(payment[name], perEuro) ?? 0);
	return Math.round(sum(fees)) || null;
}

function paymentOf(payment: RecordOf, amount: Cents, perEuro: number): Payment {
	const status = textAt(payment, 'status', 'paymentStatus');
	return {
		method: textAt(payment, 'method', 'paymentMethod') ?? 'Unknown',
		amount,
		paidAt: instantAt(payment, 'paidAt'),
		status: status === 'Succeeded' ? 'succeeded' : status === 'Failed' ? 'failed' : 'pending',
		transactionId: textAt(payment, 'id', 'paymentId'),
		reference: textAt(payment, 'transferDescription', 'communication'),
		platformFee: feeOf(payment, perEuro),
	};
}

/** How a balance item is taxed: as Stamhoofd says where it does, else by the settings. */
function vatOfItem(item: RecordOf, vat: Vat, path: string, names: Array<string | null>): VatChoice {
	const reason = EXEMPTIONS.get(textAt(item, 'VATExcempt'));
	if (reason) return { category: REASONS[reason].category, rate: 0, reason };
	const stated = valueAt(item, 'VATPercentage');
	return vat.of(path, { names, stated: typeof stated === 'number' ? stated : undefined });
}

/**
 * The amounts of the items in whole cents. VAT on top makes items finer than a cent; the payment is whole, and says in
 * `roundingAmount` by how much it was rounded (read in the source).
 */
function amountsOf(what: string, payment: RecordOf, items: RecordOf[], total: Cents, perEuro: number): Cents[] {
	const exact = items.map(({ price }) => centsOf(price, perEuro) ?? NaN);
	const rounding = centsOf(payment.roundingAmount ?? 0, perEuro) ?? NaN;
	const isFine = exact.some((amount) => !Number.isInteger(amount)) && Math.abs(sum(exact) + rounding - total) < 1e-6;
	if (isFine) return spread(total, exact.map((amount) => Math.round(amount * 100)));
	return items.map(({ price }, index) => wholeCents(what, `balanceItemPayments[${index}].price`, price, perEuro));
}

/** The current line names the order only in the description: "Bestelling #5 - Spaghettiavond". */
const numberIn = (item: RecordOf) => /#(\d{1,9})/.exec(textAt(item, 'description') ?? '')?.[1] ?? null;

const orderOf = (item: RecordOf) => (isRecord(item.order) ? item.order : {});

/** The lines of a payment with all its fields: one for each thing it pays. */
function linesOfItems(what: string, payment: RecordOf, total: Cents, perEuro: number, vat: Vat): { lines: DraftLine[]; charges: DraftCharge[] } {
	const links = recordsAt(payment, 'balanceItemPayments');
	const amounts = amountsOf(what, payment, links, total, perEuro);
	const lines: DraftLine[] = [];
	const charges: DraftCharge[] = [];
	links.forEach((link, index) => {
		const item = isRecord(link.balanceItem) ? link.balanceItem : {};
		const description = textAt(item, 'description') ?? 'Payment';
		const id = textAt(link, 'id') ?? String(index + 1);
		const [webshopId, webshop] = [textAt(item, 'order.webshopId', 'relations.Webshop.id'), textAt(item, 'relations.Webshop.name')];
		const choice = vatOfItem(item, vat, `lines[${lines.length}].vat`, [webshopId, webshop, textAt(item, 'type'), description]);
		const amount = amounts[index];
		if (DISCOUNTS.includes(textAt(item, 'type') ?? '')) {
			charges.push(...charge(id, 'discount', description, amount, choice));
			return;
		}
		const pieces = Number(item.amount ?? 1);
		const inFull = Number.isInteger(pieces) && pieces > 0 && Number(item.unitPrice) * pieces === Number(link.price);
		const quantity = inFull ? String(pieces) : amount < 0 ? '-1' : '1';
		lines.push({ ...NO_LINE, id, description, quantity, amount, vat: choice, categoryId: webshopId, categoryName: webshop });
	});
	const given = centsAt(what, payment, perEuro, 'freeContribution') ?? 0;
	// On the first line of the API a gift is part of the price, but of none of the things it pays (inferred).
	if (given > 0 && sum(amounts) + given === total) {
		charges.push(...charge('donation', 'donation', 'Free contribution', given, vat.of('charges', { names: ['FreeContribution'] })));
	}
	return { lines, charges };
}

/**
 * @param asked what raw amounts are in: 100 for cents (up to API version 388), 10 000 for ten-thousandths (from 389 on)
 * @throws CannotBook
 */
export function fromStamhoofdPayment(payment: unknown, settings: Settings, asked?: number): SaleDocument {
	const id = isRecord(payment) ? textAt(payment, 'id') : null;
	if (!isRecord(payment) || id === null) throw new CannotBook('This is no payment of Stamhoofd: hand over what Payment: Get or Get Many gives.');
	const items = recordsAt(payment, 'balanceItemPayments').map(({ balanceItem }) => (isRecord(balanceItem) ? balanceItem : {}));
	const isRaw = isRawPayment(payment);
	const perEuro = perEuroOf(payment, isRaw, asked);
	const orders = uniq(items.map((item) => textAt(item, 'order.id', 'orderId')).filter(Boolean));
	const orderNumber = textAt(payment, 'orderNumber') ?? textAt(items[0] ?? {}, 'order.number') ?? numberIn(items[0] ?? {});
	const isSold = payment.status === 'Succeeded' && payment.method === 'PointOfSale';
	const kind = settings.kind ?? (isSold ? 'receipt' : 'order');
	const number = settings.number ?? (orders.length > 1 ? null : orderNumber) ?? id;
	const what = nameOf({ kind, number });
	const total = centsAt(what, payment, perEuro, 'price');
	if (total === undefined) throw new CannotBook(`${what} cannot be booked: it has no price (SD01, totals.gross).`);
	if (total < 0 || ['Refund', 'Chargeback'].includes(textAt(payment, 'type') ?? '')) {
		throw new CannotBook(`${what} is money that went back: hand over the payment that it gives back, too, or make a credit note of the sale with Document: Create Credit Note.`);
	}
	// A till counts a sale on the day on which it was paid, however long ago it was ordered.
	const issuedAt = instantAt(payment, ...(kind === 'receipt' ? ['paidAt', 'createdAt'] : ['createdAt', 'paidAt']));
	if (issuedAt === null) throw new CannotBook(`${what} cannot be booked: it has no date (SD10, issuedAt).`);
	const order = orderOf(items[0] ?? {});
	const suppliedAt = instantAt(order, 'data.timeSlot.date');
	const paths = ['customer', ...items.flatMap((_, index) => ['order.data.customer', 'member.details', 'registration.member', 'member', 'relations.Member'].map((path) => `balanceItemPayments[${index}].balanceItem.${path}`))];
	const customer = customerOf(payment, paths.slice(0, 51), deliveryOf(order));
	const seller = sellerOf(settings.seller, payment);
	const vat = vatOf(what, { issuedAt, suppliedAt, customer }, { ...settings, seller });
	const [webshopId, webshop] = [textAt(payment, 'webshopId'), textAt(payment, 'webshopName')];
	const simple = () => ({
		lines: [{
			...NO_LINE,
			id: '1',
			description: textAt(payment, 'description') ?? `Payment ${number}`,
			amount: total,
			vat: vat.of('lines[0].vat', { names: [webshopId, webshop] }),
			categoryId: webshopId,
			categoryName: webshop,
		}],
		charges: [],
	});
	const status = textAt(payment, 'status');
	return build({
		...BEGINNING,
		...(isRaw ? linesOfItems(what, payment, total, perEuro, vat) : simple()),
		id: `stamhoofd:${id}`,
		kind,
		number,
		reference: textAt(payment, 'transferDescription', 'communication'),
		issuedAt,
		suppliedAt,
		modifiedAt: instantAt(payment, 'updatedAt'),
		dueAt: null,
		source: { platform: 'stamhoofd', url: null, status, statesVat: false },
		status: status === 'Failed' ? 'cancelled' : undefined,
		seller,
		customer,
		payments: total === 0 ? [] : [paymentOf(payment, total, perEuro)],
		warnings: vat.warnings,
		withoutRate: settings.withoutRate,
		total,
		marginRate: vat.marginRate,
		ownRates: settings.rates,
	});
}

const isRawPayment = ({ balanceItemPayments }: RecordOf) => Array.isArray(balanceItemPayments);

/** ID of the payment that a refund or chargeback gives back, in whole or in part; null for another payment. */
export const reversedBy = (payment: RecordOf) => textAt(payment, 'reversingPaymentId', 'refundOfPaymentId');

/**
 * What a refund or chargeback gives back of a payment, as a credit note for its sale.
 * @param reversed the payment that went back, in whole or in part
 * @param asked as for a payment
 * @throws CannotBook
 */
export function fromStamhoofdRefund(refund: RecordOf, reversed: RecordOf, settings: Settings, asked?: number): SaleDocument {
	const sale = fromStamhoofdPayment(reversed, settings, asked);
	const what = nameOf(sale);
	const id = textAt(refund, 'id') ?? '';
	const amount = 0 - (centsAt(what, refund, perEuroOf(refund, isRawPayment(refund) || isRawPayment(reversed), asked), 'price') ?? 0);
	const issuedAt = instantAt(refund, 'paidAt', 'createdAt') ?? sale.issuedAt;
	// Several parts of one payment may go back, each with a number of its own.
	const number = `${sale.number}-C-${id.slice(0, 8)}`;
	return { ...creditNote(sale, { of: 'amount', amount }, { issuedAt, number, earlier: [], rates: settings.rates }), id: `stamhoofd:${id}` };
}

/** Price of one after its own discounts, in the API's units and as it rounds (read in the source). */
function discounted({ price, fixedDiscount = 0, percentageDiscount = 0 }: RecordOf, perEuro: number): number {
	const cent = perEuro / 100;
	const lessPercent = cent * Math.round((Number(price) * (10_000 - Number(percentageDiscount))) / 10_000 / cent);
	const first = Math.min(Number(price), Math.max(0, lessPercent));
	return Math.min(first, Math.max(0, first - Number(fixedDiscount)));
}

function amountOfItem(item: RecordOf, perEuro: number): number {
	const prices = recordsAt(item, 'calculatedPrices');
	if (prices.length > 0) return sumBy(prices, (price) => discounted(price, perEuro));
	return Number(item.unitPrice ?? NaN) * Number(item.amount ?? item.quantity ?? NaN);
}

function describeItem(item: RecordOf): string {
	const product = textAt(item, 'product.name', 'product') ?? 'Product';
	const price = textAt(item, 'productPrice.name', 'variant');
	const options = recordsAt(item, 'options').map((option) => textAt(option, 'option.name')).filter(Boolean);
	return [product, price, ...options].filter(Boolean).join(', ');
}

/** What was ordered; of a simplified order, whose items are a text, one for all of them. */
function cartOf(order: RecordOf, isRaw: boolean): RecordOf[] {
	const items = recordsAt(order, isRaw ? 'data.cart.items' : 'items');
	const asText = textAt(order, 'items');
	return items.length === 0 && asText !== null ? [{ product: asText, quantity: 1, unitPrice: order.price }] : items;
}

/** Delivery as the checkout reckons it (read in the source). */
function deliveryPrice(order: RecordOf, cart: number): number {
	const at = (name: string) => Number(valueAt(order, `data.checkoutMethod.price.${name}`) ?? NaN);
	if (textAt(order, 'data.checkoutMethod.type') !== 'Delivery') return 0;
	return cart >= at('minimumPrice') ? at('discountPrice') || 0 : at('price') || 0;
}

/** What was charged for the order; undefined where the record does not say. */
function totalOfOrder(what: string, order: RecordOf, items: RecordOf[], isRaw: boolean, perEuro: number): Cents | undefined {
	if (!isRaw) return centsAt(what, order, perEuro, 'price');
	if (items.length === 0) return centsAt(what, order, perEuro, 'payment.price');
	const charged = sumBy(items, (item) => Number(item.unitPrice ?? item.price ?? NaN) * Number(item.amount ?? 1));
	return wholeCents(what, 'balanceItems', charged, perEuro);
}

function paymentsOfOrder(what: string, order: RecordOf, items: RecordOf[], isRaw: boolean, perEuro: number): Payment[] {
	if (!isRaw) {
		const amount = centsAt(what, order, perEuro, 'price') ?? 0;
		const payment = { ...order, status: order.paymentStatus, method: order.paymentMethod, id: order.paymentId };
		return textAt(order, 'paymentStatus') && amount !== 0 ? [paymentOf(payment, amount, perEuro)] : [];
	}
	const links = items.flatMap((item) => recordsAt(item, 'payments'));
	const embedded = isRecord(order.payment) ? [{ payment: order.payment, price: order.payment.price }] : [];
	return uniqBy([...links, ...embedded], (link: RecordOf) => textAt(link, 'id', 'payment.id') ?? link).flatMap((link: RecordOf) => {
		const payment = isRecord(link.payment) ? link.payment : {};
		const amount = wholeCents(what, 'payments', link.price ?? payment.price, perEuro);
		return amount === 0 ? [] : [paymentOf(payment, amount, perEuro)];
	});
}

/**
 * @param asked as for a payment
 * @throws CannotBook
 */
export function fromStamhoofdOrder(order: unknown, settings: Settings, asked?: number): SaleDocument {
	const id = isRecord(order) ? textAt(order, 'id') : null;
	if (!isRecord(order) || id === null) throw new CannotBook('This is no order of Stamhoofd: hand over what Order: Get Many gives.');
	const isRaw = isRecord(order.data);
	const perEuro = perEuroOf(order, isRaw, asked);
	const kind = settings.kind ?? 'order';
	const number = settings.number ?? textAt(order, 'number') ?? id;
	const what = nameOf({ kind, number });
	const issuedAt = instantAt(order, 'validAt', 'createdAt');
	if (issuedAt === null) throw new CannotBook(`${what} cannot be booked: it has no date (SD10, issuedAt).`);
	const cart = cartOf(order, isRaw);
	if (cart.length === 0) throw new CannotBook(`${what} has no items: hand over what Order: Get Many gives.`);
	const balance = recordsAt(order, 'balanceItems');
	const suppliedAt = instantAt(order, 'data.timeSlot.date');
	const customer = customerOf(order, ['data.customer', ...balance.slice(0, 10).map((_, index) => `balanceItems[${index}].payments[0].payment.customer`)], deliveryOf(order));
	const payment = isRecord(order.payment) ? order.payment : (recordsAt(order, 'balanceItems[0].payments')[0]?.payment as unknown);
	const seller = sellerOf(settings.seller, isRecord(payment) ? payment : {});
	const vat = vatOf(what, { issuedAt, suppliedAt, customer }, { ...settings, seller });
	const webshopId = textAt(order, 'webshopId');
	const webshop = textAt(order, 'webshopName', 'balanceItems[0].relations.Webshop.name');
	const taxed = balance.find((item) => valueAt(item, 'VATPercentage', 'VATExcempt') !== undefined) ?? {};
	const lines = cart.map((item, index): DraftLine => {
		const [productId, product] = [textAt(item, 'product.id', 'productId'), textAt(item, 'product.name', 'product')];
		return {
			...NO_LINE,
			id: textAt(item, 'id') ?? String(index + 1),
			productId,
			categoryId: webshopId,
			categoryName: webshop,
			description: describeItem(item),
			quantity: String(item.amount ?? item.quantity ?? 1),
			amount: wholeCents(what, `items[${index}]`, amountOfItem(item, perEuro), perEuro),
			vat: vatOfItem(taxed, vat, `lines[${index}].vat`, [productId, product, webshopId, webshop]),
		};
	});
	const goods = Math.max(0, sum(lines.map(({ amount }) => amount)));
	const percent = wholeCents(what, 'data.percentageDiscount', Math.round((goods * Number(valueAt(order, 'data.percentageDiscount') ?? 0)) / 10_000), 100);
	const fixed = centsAt(what, order, perEuro, 'data.fixedDiscount') ?? 0;
	const discount = Math.min(goods, percent + fixed);
	const shipping = wholeCents(what, 'delivery', deliveryPrice(order, (goods * perEuro) / 100), perEuro);
	const charges = [
		...charge('discount', 'discount', 'Discount (korting)', 0 - discount),
		...charge('shipping', 'shipping', 'Delivery (levering)', shipping, vat.ofShipping(lines)),
		...charge('administration', 'surcharge', 'Administration fee', centsAt(what, order, perEuro, 'data.administrationFee') ?? 0),
	];
	const isCancelled = CANCELLED.includes(textAt(order, 'status') ?? '');
	const onTop = taxed.VATIncluded === false;
	// What is charged for a cancelled order is nothing, and without VAT it is no total to compare with.
	const total = isCancelled || onTop ? undefined : totalOfOrder(what, order, balance, isRaw, perEuro);
	return build({
		...BEGINNING,
		pricesIncludeVat: !onTop,
		id: `stamhoofd:${id}`,
		kind,
		number,
		reference: textAt(order, 'payment.transferDescription', 'balanceItems[0].payments[0].payment.transferDescription'),
		issuedAt,
		suppliedAt,
		modifiedAt: instantAt(order, 'updatedAt'),
		dueAt: null,
		source: { platform: 'stamhoofd', url: null, status: textAt(order, 'status'), statesVat: false },
		status: isCancelled ? 'cancelled' : undefined,
		seller,
		customer,
		lines,
		charges: [...charges, ...roundingOf([...lines, ...charges], lines.length, total)],
		payments: paymentsOfOrder(what, order, balance, isRaw, perEuro),
		warnings: vat.warnings,
		withoutRate: settings.withoutRate,
		total,
		marginRate: vat.marginRate,
		ownRates: settings.rates,
	});
}
