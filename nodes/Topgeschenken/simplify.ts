/** What comes out of the node with Simplify switched on. */
import { get, isPlainObject, omit, omitBy, round, sumBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

const IRI = /^(?:https?:\/\/[^/]+)?\/api\/v1\/[\w/-]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function plainValue(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one) => IRI.exec(String(one))?.[1] ?? plainValue(one));
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
			const linked = typeof value === 'string' ? IRI.exec(value)?.[1] : undefined;
			return linked === undefined ? [name, plainValue(value)] : [`${name}Id`, linked];
		});
	return { ...(uuid === undefined ? {} : { id: uuid }), ...Object.fromEntries(fields) } as IDataObject;
}

/** Whoever knows the secret of a cart can change it, so it stays out. */
export function simplifyCart(cart: IDataObject): IDataObject {
	return plain(omit(cart, 'cartSecret'));
}

interface Vat {
	percentage: number;
	price: number;
}

function vatOf(lines: IDataObject[]): Vat[] {
	return lines.flatMap(({ vatSpecification, children }) => [
		...((vatSpecification ?? []) as unknown as Vat[]),
		...vatOf((children ?? []) as IDataObject[]),
	]);
}

/** One entry for each percentage, the lowest first, over all lines and what belongs to them. */
function vatTotals(lines: IDataObject[]): IDataObject[] {
	const all = vatOf(lines);
	const percentages = [...new Set(all.map(({ percentage }) => percentage))].sort((a, b) => a - b);
	return percentages.map((percentage) => ({
		percentage,
		price: round(sumBy(all.filter((vat) => vat.percentage === percentage), 'price'), 4),
	}));
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
