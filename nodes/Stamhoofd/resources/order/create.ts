import { randomUUID } from 'crypto';

import { get } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { choice, collection, day, email, groups, list, longText, phone, text, wholeNumber } from '../../../input';
import type { InputOf } from '../../../input';
import type { Call } from '../../../operation/call';
import { operation } from '../../../operation/operation';
import { dayOf } from '../../../operation/time';
import { InvalidInput } from '../../../transport/errors';
import { webshopLocator } from '../../fields';
import { onCurrentLine, toEuro } from '../../platform';
import { simplifyOrder } from '../../simplify';
import { clock, listIn, nameIn } from '../../values';

const lineFields = {
	product: text({ required: true, longest: 300, description: 'Name or ID of the product' }),
	variant: text({ longest: 300, description: 'Name or ID of the price; needed where the product has several' }),
	quantity: wholeNumber({ from: 1, to: 1000, default: 1, required: true, description: 'How many of it' }),
};

const input = {
	webshopId: webshopLocator,
	lines: groups({ displayName: 'Lines', name: 'line', groupName: 'Line', placeholder: 'Add Line', required: true, fields: lineFields, description: 'What is ordered' }),
	firstName: text({ required: true, longest: 200 }),
	lastName: text({ required: true, longest: 200 }),
	email: email({ displayName: 'E-Mail', required: true, description: 'Stamhoofd sends the confirmation and the tickets there' }),
	phone: phone({ placeholder: 'e.g. +32 479 42 78 66', description: 'Needed where the webshop asks for it' }),
	paymentMethod: choice({
		required: true,
		options: [
			{ name: 'Bank Transfer', value: 'Transfer', aliases: ['overschrijving'] },
			{ name: 'Point of Sale', value: 'PointOfSale', description: 'Paid on the spot (ter plaatse)' },
		],
		description: 'How it will be paid. Online payments cannot be started here.',
	}),
	options: collection({
		displayName: 'Options',
		placeholder: 'Add Option',
		fields: {
			comments: longText({ longest: 10_000, description: 'Comments on the order' }),
			deliveryPlace: text({ longest: 300, description: 'Name of the place where it is fetched or used; needed where the webshop has several' }),
			discountCodes: list({ description: 'Discount codes, with commas between them' }),
			timeSlotDate: day({ displayName: 'Time Slot Date', description: 'Day on which it is fetched or used' }),
			timeSlotStart: text({ longest: 20, placeholder: 'e.g. 10:00', description: 'When the time slot begins; needed where the day has several' }),
		},
	}),
};

type Input = InputOf<typeof input>;

const sameText = (one: unknown, other: string) => String(one ?? '').trim().toLowerCase() === other.toLowerCase();

/** The only one of these that is meant. @throws InvalidInput that names what there is to choose from */
function theOne(label: string, all: IDataObject[], wanted: string | undefined, nameOf: (one: IDataObject) => string): IDataObject {
	const found = wanted === undefined ? all : all.filter((one) => sameText(nameOf(one), wanted) || sameText(one.id, wanted));
	if (found.length === 1) return found[0];
	const names = all.map(nameOf).slice(0, 20).join(', ');
	if (wanted === undefined) throw new InvalidInput(`${label} is empty: choose one of ${names}`);
	throw new InvalidInput(`${label} "${wanted}" is ${found.length === 0 ? 'not there' : 'there more than once'}: choose one of ${names}`);
}

const nameOf = ({ name }: IDataObject) => nameIn(name) ?? '';

function itemOf(webshop: IDataObject, { product: wanted, variant, quantity }: Input['lines'][number]): IDataObject {
	const product = theOne('Product', listIn(webshop, 'products'), wanted, nameOf);
	const productPrice = theOne(`Variant of ${nameOf(product)}`, listIn(product, 'prices'), variant, nameOf);
	return { id: randomUUID(), amount: quantity, product, productPrice };
}

/** Where and when it is fetched or used, as far as the webshop asks for it. */
function checkoutOf(webshop: IDataObject, { deliveryPlace, timeSlotDate, timeSlotStart }: Input['options']): IDataObject {
	const methods = listIn(webshop, 'meta.checkoutMethods');
	if (methods.length === 0) return {};
	const checkoutMethod = theOne('Delivery Place', methods, deliveryPlace, nameOf);
	if (checkoutMethod.type === 'Delivery') {
		throw new InvalidInput(`${nameOf(checkoutMethod)} is a delivery, which cannot be ordered here: choose a place where it is fetched`);
	}
	const slots = listIn(checkoutMethod, 'timeSlots.timeSlots');
	if (slots.length === 0) return { checkoutMethod };
	const begin = ({ date, startTime }: IDataObject) => `${dayOf(date) ?? ''} ${clock(startTime) ?? ''}`;
	const ofDay = timeSlotDate === undefined ? slots : slots.filter(({ date }) => dayOf(date) === timeSlotDate);
	const start = timeSlotStart?.replace('.', ':').padStart(5, '0');
	const fitting = start === undefined ? ofDay : ofDay.filter(({ startTime }) => clock(startTime) === start);
	if (fitting.length === 1) return { checkoutMethod, timeSlot: fitting[0] };
	throw new InvalidInput(
		`Time Slot ${fitting.length === 0 ? 'is not one that the webshop has' : 'is not clear'}: choose one of ${slots.map(begin).slice(0, 20).join(', ')}`,
	);
}

/** What a line costs at the price of the webshop, without options and discount codes, in Stamhoofd's units. */
function costOf({ amount, productPrice }: IDataObject): number {
	const { price, discountPrice, discountAmount } = productPrice as IDataObject;
	const isReduced = typeof discountPrice === 'number' && Number(amount) >= Number(discountAmount ?? Infinity);
	return Number(isReduced ? discountPrice : price) * Number(amount);
}

interface Prepared extends Input {
	webshop: IDataObject;
	items: IDataObject[];
	checkout: IDataObject;
}

async function prepare(given: Input, call: Call): Promise<Prepared> {
	const { webshopId, lines, options } = onCurrentLine(given, call);
	if (lines.length === 0) throw new InvalidInput('Lines is empty: add what is ordered');
	const webshop = await call.once(`webshop ${webshopId}`, async () => {
		const { body } = await call.send(call.request({ path: { webshopId } }, 'GET /webshop/{webshopId}'));
		return body as IDataObject;
	});
	return { ...given, webshop, items: lines.map((line) => itemOf(webshop, line)), checkout: checkoutOf(webshop, options) };
}

/** What would be ordered, in the words of the output. */
function preview({ webshop, items, checkout, options, ...given }: Prepared, { credentials }: Call): IDataObject {
	const names = items.map(({ amount, product, productPrice }) => `${String(amount)} × ${nameOf(product as IDataObject)} (${nameOf(productPrice as IDataObject)})`);
	const slot = checkout.timeSlot as IDataObject | undefined;
	return {
		dryRun: true,
		webshopName: nameIn(get(webshop, 'meta.name')),
		customerName: `${given.firstName} ${given.lastName}`,
		customerEmail: given.email,
		items: names.join(', '),
		priceBeforeDiscounts: toEuro(items.reduce((sum, item) => sum + costOf(item), 0), credentials),
		paymentMethod: given.paymentMethod,
		deliveryPlace: nameIn(get(checkout, 'checkoutMethod.name')),
		timeSlotDate: dayOf(slot?.date),
		timeSlotStart: clock(slot?.startTime),
		discountCodes: options.discountCodes?.join(', ') ?? null,
	};
}

function bodyOf({ items, checkout, options, firstName, lastName, email: address, phone = '', paymentMethod }: Prepared): IDataObject {
	const { comments, discountCodes = [] } = options;
	return {
		customer: { firstName, lastName, email: address, phone },
		cart: { items },
		paymentMethod,
		...checkout,
		...(comments === undefined ? {} : { comments }),
		...(discountCodes.length === 0 ? {} : { discountCodes: discountCodes.map((written) => ({ id: randomUUID(), code: written })) }),
	};
}

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create order',
	description: 'Place an order in a webshop for somebody, as if that person did it; Stamhoofd sends the confirmation',
	request: 'POST /webshop/{webshopId}/order',
	purchase: true,
	input,
	prepare,
	// One after another: the stock and the numbers are counted by the server.
	turn: ({ webshopId }) => webshopId,
	async send(prepared, call) {
		if (call.isDryRun) return preview(prepared, call);
		// With the key Stamhoofd would take the key for the buyer, with its own address (read in the source).
		const request = call.request({ path: { webshopId: prepared.webshopId }, body: bodyOf(prepared), anonymous: true });
		const { order } = (await call.send(request)).body as { order: IDataObject };
		return simplifyOrder({ webshopName: nameIn(get(prepared.webshop, 'meta.name')), ...order }, call.credentials);
	},
});
