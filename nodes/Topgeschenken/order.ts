/** An order as it is typed in, checked as a whole and put into the API's words. */
import type { IDataObject } from 'n8n-workflow';

import { failureBehind, InvalidInput, toNodeError } from '../transport/errors';
import type { Call } from '../operation/legacy';
import { deliveryDay } from './dates';
import { getOnce, givenIn, PATHS, uuidOf } from './references';

/** What is typed in, or what an expression gives, which may be of any type. */
export const textOf = (value: unknown) => String(value ?? '').trim();

/** The value that `read` gives; if it throws, what is wrong is added to the faults. */
export function checked<T>(faults: string[], read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		faults.push((error as Error).message);
		return undefined;
	}
}

/** @throws InvalidInput that names all faults of the item at once */
export function raise(faults: string[]): void {
	if (faults.length > 0) throw new InvalidInput(faults.join('; '));
}

/** Forms of the two countries that Topgeschenken's samples and shops know; others pass as they are. */
const POSTCODES: Record<string, { form: RegExp; example: string }> = {
	NL: { form: /^[1-9]\d{3}[A-Z]{2}$/, example: '1000 AA' },
	BE: { form: /^[1-9]\d{3}$/, example: '1000' },
};

const REQUIRED_PARTS = { attn: 'Name', street: 'Street', number: 'House Number', postcode: 'Postcode', city: 'City' };

/** The address in the API's form; what is wrong with it is added to the faults. */
export function addressOf(faults: string[], label: string, typed: IDataObject): IDataObject {
	if (Object.keys(typed).length === 0) {
		faults.push(`${label} is empty: fill it in under Add Address`);
		return {};
	}
	const part = (name: string) => textOf(typed[name]);
	const missing = Object.entries(REQUIRED_PARTS).filter(([name]) => part(name) === '');
	if (missing.length > 0) faults.push(`${label} misses ${missing.map(([, name]) => name).join(', ')}: fill it in`);
	const country = part('country').toUpperCase();
	if (!/^[A-Z]{2}$/.test(country)) {
		faults.push(`${label}: Country "${part('country')}" is not a code of two letters, such as NL or BE`);
	}
	const known = POSTCODES[country];
	const postcode = known ? part('postcode').toUpperCase().replace(/\s/g, '') : part('postcode');
	if (postcode !== '' && known && !known.form.test(postcode)) {
		faults.push(`${label}: Postcode "${part('postcode')}" is not one of ${country}: it looks like ${known.example}`);
	}
	return {
		attn: part('attn'),
		street: part('street'),
		number: part('number'),
		numberAddition: part('numberAddition'),
		postcode,
		city: part('city'),
		country,
	};
}

interface Line {
	product: string;
	quantity: number;
	/** The greeting card, its text being what the API takes it by. */
	card?: { product: string; text: string };
}

function lineOf(faults: string[], label: string, typed: IDataObject): Line {
	const quantity = Number(typed.quantity);
	if (!Number.isInteger(quantity) || quantity < 1) {
		faults.push(`${label}: Quantity "${String(typed.quantity)}" is not a whole number of 1 or more`);
	}
	const product = checked(faults, () => uuidOf(`${label}: Product`, 'product', typed.productId)) ?? '';
	const text = textOf(typed.cardText);
	const cardId = givenIn(typed.cardId);
	if (text === '' && !cardId) return { product, quantity };
	if (!cardId) faults.push(`${label}: Card Text needs a card to be written on: choose it under Card`);
	const card = cardId ? checked(faults, () => uuidOf(`${label}: Card`, 'product', cardId)) : undefined;
	return { product, quantity, card: { product: card ?? '', text } };
}

/** The limit that a product's record states. The manual names it in words only, so any such field counts (inferred). */
function quantityLimit(product: IDataObject, bound: 'min' | 'max'): number | undefined {
	const name = Object.keys(product).find((key) => key.toLowerCase().startsWith(bound) && /quantity/i.test(key));
	return name !== undefined && typeof product[name] === 'number' ? product[name] : undefined;
}

/** Adds to the faults what the catalogue says against the lines. */
async function checkProducts(faults: string[], lines: Line[], call: Call): Promise<void> {
	const wanted = new Map<string, number>();
	const want = (product: string, quantity: number) => wanted.set(product, (wanted.get(product) ?? 0) + quantity);
	for (const { product, quantity, card } of lines) {
		want(product, quantity);
		if (card) want(card.product, 1);
	}
	await Promise.all(
		[...wanted].map(async ([id, quantity]) => {
			try {
				const product = await getOnce('product', id, call);
				const name = `Product ${String(product.title ?? id)}`;
				const [least = 1, most = Infinity] = [quantityLimit(product, 'min'), quantityLimit(product, 'max')];
				if (product.orderable === false) faults.push(`${name} cannot be ordered: choose another one`);
				else if (quantity < least) faults.push(`${name} is sold from ${least} on: raise the quantity ${quantity}`);
				else if (quantity > most) faults.push(`${name} is sold up to ${most}: lower the quantity ${quantity}`);
			} catch (error) {
				if (failureBehind(error)?.reply?.statusCode !== 404) throw toNodeError(call.context.getNode(), error);
				faults.push(`Product ${id} does not exist: choose one from the list`);
			}
		}),
	);
}

/**
 * The order that the fields of this item describe, in the API's form. `reference` gives the form in which the endpoint
 * wants its products.
 */
export async function orderOf(
	faults: string[],
	call: Call,
	reference: (productId: string) => string,
): Promise<IDataObject> {
	const deliveryDate = checked(faults, () => deliveryDay('Delivery Date', call.parameter('deliveryDate')));
	const deliveryAddress = addressOf(faults, 'Delivery Address', call.parameter('deliveryAddress.address', {}));
	const typed = call.parameter<IDataObject[]>('lines.line', []);
	if (typed.length === 0) faults.push('Lines is empty: add what is to be delivered');
	const before = faults.length;
	const lines = typed.map((line, index) => lineOf(faults, `Line ${index + 1}`, line));
	if (faults.length === before && call.parameter<boolean>('checkProducts')) await checkProducts(faults, lines, call);
	return {
		deliveryDate,
		deliveryAddress,
		deliveryRemark: textOf(call.parameter('deliveryRemark')) || null,
		lines: lines.map(({ product, quantity, card }) => ({
			children: card
				? [{ product: reference(card.product), quantity: 1, metadata: { text: card.text, is_card: true } }]
				: [],
			product: reference(product),
			quantity,
		})),
	};
}

/** A product as the endpoint for one order in a cart documents it. */
export const asIri = (uuid: string) => `${PATHS.product}/${uuid}`;

/** A company as the sample of a cart writes it, other than the path of its own endpoint. */
export const companyIri = (value: unknown) => `/api/v1/relation/companies/${uuidOf('Company', 'company', value)}`;

/** A product as the endpoint for a whole order documents it. */
export const asUuid = (uuid: string) => uuid;

/** The payment, contact and invoice fields, which a cart and a whole order share. */
export function payerOf(faults: string[], call: Call): IDataObject {
	const contactEmail = emailOf(faults, call.parameter('contactEmail'));
	const requestedPaymentMethod = textOf(call.parameter('requestedPaymentMethod'));
	if (requestedPaymentMethod === '') faults.push('Payment Method is empty: fill it in, for example invoice');
	const invoiceAddress = addressOf(faults, 'Invoice Address', call.parameter('invoiceAddress.address', {}));
	return { contactEmail, requestedPaymentMethod, invoiceAddress };
}

export function emailOf(faults: string[], typed: unknown): string {
	const email = textOf(typed);
	if (!/^\S+@\S+\.\S+$/.test(email)) faults.push(`Contact Email "${email}" is not an e-mail address: correct it`);
	return email;
}
