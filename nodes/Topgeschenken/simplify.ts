/** What comes out of the node with Simplify switched on. */
import { get, isPlainObject, minBy, omit, omitBy, round, sumBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

const IRI = /^(?:https?:\/\/[^/]+)?\/api\/v1\/[\w/-]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function plainValue(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one) => linkedId(one) ?? plainValue(one));
	return isPlainObject(value) ? plain(value as IDataObject) : value;
}

/**
 * The record without what only software for linked data needs: `uuid` becomes `id`, a link to another thing becomes the
 * ID of that thing (`company` becomes `companyId`), and nothing else is left out. The manual shows few records in full.
 */
export function plain({ uuid, ...record }: IDataObject): IDataObject {
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
export function madeOf(body: unknown): IDataObject | null {
	if (typeof body === 'object' && body !== null) return plain(body as IDataObject);
	return body ? { number: String(body) } : null;
}

/** Whoever knows the secret of a cart can change it, so it stays out. */
export function simplifyCart(cart: IDataObject): IDataObject {
	return plain(omit(cart, 'cartSecret'));
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

function simplifyLine(line: IDataObject): IDataObject {
	const { id, product, productId = get(product, 'id'), title, quantity, price, priceIncl } = plain(line);
	return { id, productId, product, title, quantity, price, priceIncl, cardText: cardText(line), vat: vatTotals([line]) };
}

/** An order of a list has no lines and no address; what is missing is left out. */
export function simplifyOrder(order: IDataObject): IDataObject {
	const fields = plain(order);
	const lines = order.lines as IDataObject[] | undefined;
	const address = isPlainObject(fields.deliveryAddress) ? (fields.deliveryAddress as IDataObject) : {};
	const simple = {
		id: fields.id,
		orderNumber: fields.orderNumber,
		orderCollectionId: fields.orderCollectionId,
		status: fields.status,
		customerId: fields.customerId,
		customer: fields.customer,
		companyId: fields.companyId,
		company: fields.company,
		deliveryStatus: fields.deliveryStatus,
		deliveryDate: fields.deliveryDate,
		deliveryRemark: fields.deliveryRemark,
		invoiceReference: fields.invoiceReference,
		recipient: address.attn,
		recipientCompany: address.companyName,
		street: address.street,
		number: address.number,
		numberAddition: address.numberAddition,
		postcode: address.postcode,
		city: address.city,
		country: address.country,
		deliveryAddressId: fields.deliveryAddressId,
		totalPrice: fields.totalPrice,
		totalPriceIncl: fields.totalPriceIncl,
		vat: lines && vatTotals(lines),
		lines: lines?.map((line) => omitBy(simplifyLine(line), (value) => value === undefined) as IDataObject),
		colli: fields.colli,
		createdAt: fields.createdAt,
		updatedAt: fields.updatedAt,
	};
	return omitBy(simple, (value) => value === undefined) as IDataObject;
}
