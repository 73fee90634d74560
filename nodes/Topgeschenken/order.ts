/** An order as it is typed in, checked against the catalogue and put into the API's words. */
import type { IDataObject } from 'n8n-workflow';

import { FaultyInput } from '../input';
import type { InputOf } from '../input';
import type { Call } from '../operation/call';
import { failureBehind, InvalidInput } from '../transport/errors';
import type { orderFields } from './fields';
import { getOnce, PATHS, resolve } from './references';
import type { Reference } from './references';

type OrderInput = InputOf<typeof orderFields>;

/** One order, in whichever way it was filled in. */
interface Wanted extends Pick<OrderInput, 'deliveryDate' | 'deliveryAddress' | 'lines' | 'deliveryRemark'> {
	/** What stands in front of the faults of a line. */
	labels: string[];
}

function wantedOf({ giftFrom, gift, deliveryDate, deliveryAddress, lines, deliveryRemark }: OrderInput): Wanted {
	if (giftFrom === 'fields') return { deliveryDate, deliveryAddress, lines, deliveryRemark, labels: lines.map((_, index) => `Line ${index + 1}: `) };
	const { product, quantity, card, cardText = '', recipientName, houseNumber, addition = '', street, postcode, city, country } = gift;
	return {
		deliveryDate: gift.deliveryDate,
		deliveryAddress: { attn: recipientName, street, number: houseNumber, numberAddition: addition, postcode, city, country },
		lines: [{ productId: product, quantity, cardId: card, cardText }],
		deliveryRemark: gift.deliveryRemark,
		labels: [''],
	};
}

interface Line {
	product: string;
	quantity: number;
	/** The greeting card, its text being what the API takes it by. */
	card?: { product: string; text: string };
}

/** The address in the API's form, which has all its parts. */
export function addressOf({ numberAddition = '', ...address }: NonNullable<OrderInput['deliveryAddress']>): IDataObject {
	return { ...address, numberAddition };
}

/** What `read` gives; what is wrong is added to the faults, with the label of its field. */
async function checked<T>(faults: string[], label: string, read: () => Promise<T>): Promise<T | undefined> {
	return await read().catch((error: Error) => {
		if (!(error instanceof InvalidInput)) throw error;
		faults.push(`${label} ${error.message}`);
		return undefined;
	});
}

async function lineOf(faults: string[], label: string, line: OrderInput['lines'][number], call: Call): Promise<Line> {
	const find = async (name: string, reference: Reference) =>
		(await checked(faults, `${label}${name}`, async () => await resolve('product', reference, call))) ?? '';
	const product = await find('Product', line.productId);
	const card = line.cardId && { product: await find('Card', line.cardId), text: line.cardText ?? '' };
	return { product, quantity: line.quantity, card };
}

/** The limit that a product's record states. The manual names it in words only, so any such field counts (inferred). */
function quantityLimit(product: IDataObject, bound: 'min' | 'max'): number | undefined {
	const name = Object.keys(product).find((key) => key.toLowerCase().startsWith(bound) && /quantity/i.test(key));
	return name !== undefined && typeof product[name] === 'number' ? product[name] : undefined;
}

function faultOf(product: IDataObject, id: string, quantity: number): string[] {
	const name = `Product ${String(product.title ?? id)}`;
	const [least = 1, most = Infinity] = [quantityLimit(product, 'min'), quantityLimit(product, 'max')];
	if (product.orderable === false) return [`${name} cannot be ordered: choose another one`];
	if (quantity < least) return [`${name} is sold from ${least} on: raise the quantity ${quantity}`];
	if (quantity > most) return [`${name} is sold up to ${most}: lower the quantity ${quantity}`];
	return [];
}

/** What the catalogue says against the lines. */
async function catalogueFaults(lines: Line[], call: Call): Promise<string[]> {
	const wanted = new Map<string, number>();
	const want = (product: string, quantity: number) => wanted.set(product, (wanted.get(product) ?? 0) + quantity);
	for (const { product, quantity, card } of lines) {
		want(product, quantity);
		if (card) want(card.product, 1);
	}
	const faults = await Promise.all(
		[...wanted].map(
			async ([id, quantity]) =>
				await getOnce('product', id, call).then(
					(product) => faultOf(product, id, quantity),
					(error: Error) => {
						if (failureBehind(error)?.reply?.statusCode !== 404) throw error;
						return [`Product ${id} does not exist: choose one from the list`];
					},
				),
		),
	);
	return faults.flat();
}

/**
 * The order that the fields of an item describe, in the API's form. `reference` gives the form in which the endpoint
 * wants its products.
 * @throws FaultyInput that names all that is wrong with its products
 */
export async function orderOf(input: OrderInput, call: Call, reference: (productId: string) => string): Promise<IDataObject> {
	const faults: string[] = [];
	const { lines, labels, deliveryDate, deliveryAddress, deliveryRemark } = wantedOf(input);
	const read = await Promise.all(lines.map(async (line, index) => await lineOf(faults, labels[index], line, call)));
	if (faults.length === 0 && input.checkProducts) faults.push(...(await catalogueFaults(read, call)));
	if (faults.length > 0) throw new FaultyInput(faults);
	return {
		deliveryDate,
		deliveryAddress: addressOf(deliveryAddress),
		deliveryRemark: deliveryRemark ?? null,
		lines: read.map(({ product, quantity, card }) => ({
			children: card ? [{ product: reference(card.product), quantity: 1, metadata: { text: card.text, is_card: true } }] : [],
			product: reference(product),
			quantity,
		})),
	};
}

/** A product as the endpoint for one order in a cart documents it. */
export const asIri = (uuid: string) => `${PATHS.product}/${uuid}`;

/** A product as the endpoint for a whole order documents it. */
export const asUuid = (uuid: string) => uuid;

/** A company as the sample of a cart writes it, other than the path of its own endpoint. */
export const companyIri = (uuid: string) => `/api/v1/relation/companies/${uuid}`;
