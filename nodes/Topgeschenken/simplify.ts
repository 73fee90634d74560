/** What comes out of the node with Simplify switched on. */
import { camelCase, get, isPlainObject, mapKeys, minBy, omit, omitBy, round, sumBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { flat } from '../operation/flat';
import { dayOf, timeByForm } from '../operation/time';

const IRI = /^(?:https?:\/\/[^/]+)?\/api\/v1\/[\w/-]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function plainValue(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one) => linkedId(one) ?? plainValue(one));
	return isPlainObject(value) ? unlinked(value as IDataObject) : timeByForm(value);
}

/**
 * The record without what only software for linked data needs: `uuid` becomes `id`, a link to another thing becomes the
 * ID of that thing (`company` becomes `companyId`), nothing is nested, and nothing else is left out. The manual shows few
 * records in full.
 */
export const plain = (record: IDataObject): IDataObject => flat(unlinked(record));

function unlinked({ uuid, ...record }: IDataObject): IDataObject {
	const fields = Object.entries(record)
		.filter(([name]) => !name.startsWith('@') && !name.startsWith('hydra:'))
		.map(([name, value]) => {
			const linked = linkedId(value);
			return linked === undefined ? [name, plainValue(value)] : [`${name}Id`, linked];
		});
	return { ...(uuid === undefined ? {} : { id: uuid }), ...Object.fromEntries(fields) } as IDataObject;
}

/** The UUID of a link; undefined for anything else. */
export function linkedId(value: unknown): string | undefined {
	return typeof value === 'string' ? IRI.exec(value)?.[1] : undefined;
}

/** What was made, of an answer whose form the manual does not show: a record, nothing but a number, or nothing. */
export function madeOf(body: unknown, simplify: (record: IDataObject) => IDataObject = plain): IDataObject {
	if (isPlainObject(body)) return simplify(body as IDataObject);
	return body ? { number: String(body) } : {};
}

/** An order in the answer for a collection: a record, a link, or its ID. */
export function orderIn(order: IDataObject | string): IDataObject {
	const simple = typeof order === 'string' ? { id: linkedId(order) ?? order } : simplifyOrder(order);
	return mapKeys(simple, (_, name) => (name.startsWith('order') ? name : camelCase(`order ${name}`)));
}

/** An assortment with the titles of its products, each of which *Product: Get Many* gives in full. */
export function simplifyAssortment(assortment: IDataObject): IDataObject {
	const { products } = assortment;
	if (!Array.isArray(products)) return plain(assortment);
	const titles = products.map((product) => get(product, 'title') ?? linkedId(product) ?? get(product, 'uuid')).filter(Boolean);
	return { ...plain(omit(assortment, 'products')), productCount: products.length, products: titles.join(', ') };
}

/** Whoever knows the secret of a cart can change it, so it stays out. */
export function simplifyCart(cart: IDataObject): IDataObject {
	const { orders } = cart;
	return { ...plain(omit(cart, 'cartSecret', 'orders')), ...(Array.isArray(orders) ? { orderCount: orders.length, orders: orders.map(orderText).join('; ') } : {}) };
}

/** An order of a cart in a few words: for whom, when and what; or its ID. */
function orderText(order: unknown): string {
	if (!isPlainObject(order)) return linkedId(order) ?? String(order);
	const { deliveryDate, deliveryAddress } = order as IDataObject;
	const forWhom = [get(deliveryAddress, 'attn'), dayOf(deliveryDate)].filter(Boolean).join(', ');
	return [forWhom, linesOf(order as IDataObject).map(lineText).join(', ')].filter(Boolean).join(': ');
}

interface VatPart {
	percentage: number;
	/** As the API gives it. */
	price: number;
}

interface Vat extends VatPart {
	/** The VAT itself. */
	amount: number;
}

/**
 * What the VAT specification of a line says. The manual does not explain its `price`; its only sample, 0 % on all of a
 * line's price, has the part of the price without VAT that is taxed so. Whether it is that, a part of the price with VAT
 * or the VAT itself shows in what the parts add up to.
 */
function vatOfLine({ vatSpecification, price, priceIncl }: IDataObject): Vat[] {
	const given = Object.values((vatSpecification ?? {}) as Record<string, IDataObject>);
	const parts = given.map((part): VatPart => ({ percentage: Number(part.percentage), price: Number(part.price) }));
	const [excl, incl] = [Number(price ?? NaN), Number(priceIncl ?? NaN)];
	// Rounded as the API does it.
	if (parts.length === 1 && Number.isFinite(incl - excl)) return [{ ...parts[0], amount: incl - excl }];
	const readings: Array<{ whole: number; amountOf(part: VatPart): number }> = [
		{ whole: excl, amountOf: (part) => (part.price * part.percentage) / 100 },
		{ whole: incl, amountOf: (part) => (part.price * part.percentage) / (100 + part.percentage) },
		{ whole: incl - excl, amountOf: (part) => part.price },
	];
	const sum = sumBy(parts, 'price');
	const { amountOf } = minBy(readings, ({ whole }) => Math.abs(whole - sum)) ?? readings[0];
	return parts.map((part) => ({ ...part, amount: amountOf(part) }));
}

function vatOf(lines: IDataObject[]): Vat[] {
	return lines.flatMap((line) => [...vatOfLine(line), ...vatOf((line.children ?? []) as IDataObject[])]);
}

/** One entry for each percentage, the lowest first, over all lines and what belongs to them. */
function vatTotals(lines: IDataObject[]): IDataObject[] {
	const all = vatOf(lines);
	const percentages = [...new Set(all.map(({ percentage }) => percentage))].sort((a, b) => a - b);
	return percentages.map((percentage) => {
		const same = all.filter((vat) => vat.percentage === percentage);
		return { percentage, price: round(sumBy(same, 'price'), 4), amount: round(sumBy(same, 'amount'), 4) };
	});
}

function cardText({ children }: IDataObject): string | null {
	const cards = ((children ?? []) as Array<{ metadata?: { text?: string; is_card?: boolean } }>).filter(
		({ metadata }) => metadata?.is_card,
	);
	return cards.map(({ metadata }) => metadata?.text).join('\n') || null;
}

/** One line of an order, with what belongs to it. */
function simplifyLine(line: IDataObject): IDataObject {
	const { id, productId = get(line, 'product.uuid'), title, quantity, price, priceIncl, ...rest } = plain(line);
	const product = Object.fromEntries(Object.entries(rest).filter(([name]) => name.startsWith('product')));
	return { lineId: id, productId, productTitle: title, quantity, price, priceIncl, cardText: cardText(line), ...vatFields([line]), ...product };
}

/** VAT as numbers, in all and by percentage with what it is taken of: `vatAmount`, `vat21`, `vat21Base`. */
function vatFields(lines: IDataObject[]): IDataObject {
	const totals = vatTotals(lines);
	const nameOf = (percentage: unknown) => `vat${String(percentage).replace('.', '_')}`;
	const byPercentage = totals.flatMap(({ percentage, amount, price }) => [
		[nameOf(percentage), amount],
		[`${nameOf(percentage)}Base`, price],
	]);
	return { vatAmount: round(sumBy(totals, 'amount'), 4), ...Object.fromEntries(byPercentage) };
}

const lineText = ({ quantity, title, product }: IDataObject) => `${String(quantity ?? 1)} × ${String(title ?? get(product, 'title') ?? linkedId(product) ?? '')}`;

/** The lines of an order's raw record. */
export function linesOf({ lines }: IDataObject): IDataObject[] {
	return Array.isArray(lines) ? (lines as IDataObject[]).filter(isPlainObject) : [];
}

/** An order of a list has no lines and no address; what is missing is left out. */
export function simplifyOrder(order: IDataObject): IDataObject {
	const { deliveryAddress } = order;
	const address = (isPlainObject(deliveryAddress) ? deliveryAddress : {}) as IDataObject;
	const fields = plain(omit(order, 'lines', ...(isPlainObject(deliveryAddress) ? ['deliveryAddress'] : [])));
	const lines = linesOf(order);
	const simple = {
		id: fields.id,
		orderNumber: fields.orderNumber,
		status: fields.status,
		deliveryStatus: fields.deliveryStatus,
		deliveryDate: fields.deliveryDate && dayOf(fields.deliveryDate),
		recipient: address.attn,
		lines: order.lines ? lines.map(lineText).join(', ') : undefined,
		cardText: order.lines ? lines.map(cardText).filter(Boolean).join('\n') || null : undefined,
		totalPrice: fields.totalPrice,
		totalPriceIncl: fields.totalPriceIncl,
		...(order.lines ? vatFields(lines) : {}),
		recipientCompany: address.companyName,
		street: address.street,
		houseNumber: address.number,
		houseNumberAddition: address.numberAddition,
		postcode: address.postcode,
		city: address.city,
		country: address.country,
	};
	return omitBy({ ...simple, ...omit(fields, Object.keys(simple)) }, (value) => value === undefined) as IDataObject;
}

/** One record for each line of an order, each with what the order says; the order itself where it has no lines. */
export function orderLines(order: IDataObject): IDataObject[] {
	const whole = omit(simplifyOrder(order), 'lines', 'cardText');
	const lines = linesOf(order);
	const vat = Object.keys(vatFields(lines));
	const shared = omit(whole, vat);
	return lines.length === 0 ? [whole] : lines.map((line) => omitBy({ ...shared, ...simplifyLine(line) }, (value) => value === undefined) as IDataObject);
}
