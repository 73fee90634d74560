/** What comes out of the node with Simplify switched on: one shape for buyers, for addresses and for dates. */
import type { IDataObject } from 'n8n-workflow';

import { parseDate } from './input';

type Simplify = (record: IDataObject) => IDataObject;

/** For the answer of a write, which may be no record but only say that it was done. */
export function written(simplify: Simplify): Simplify {
	return (record) => (record.id === undefined ? record : simplify(record));
}

/** The first of the values that says something. */
function textOrNull(...values: unknown[]): string | null {
	const texts = values.map((value) => String(value ?? '').trim());
	return texts.find((written) => written !== '') ?? null;
}

function numberOrNull(value: unknown): number | null {
	return value === null || value === undefined || value === '' || Number.isNaN(Number(value)) ? null : Number(value);
}

/** ISO 8601 with the offset of Dutch time; a date without a time stays without. */
function isoDate(value: unknown): string | null {
	const parsed = parseDate(value);
	if (!parsed) return textOrNull(value);
	const hasTime = /\d:\d\d/.test(String(value));
	return hasTime ? parsed.toISO({ suppressMilliseconds: true }) : parsed.toISODate();
}

/** A list gives the day, a single book the time as well: the day is what both know. */
function isoDay(value: unknown): string | null {
	return isoDate(value)?.slice(0, 10) ?? null;
}

/** 13 digits; the API keeps a number, which loses zeros at the front, and 0 for none. */
function eanOrNull(value: unknown): string | null {
	const digits = String(value ?? '').replace(/\D/g, '');
	return /^0*$/.test(digits) ? null : digits.padStart(13, '0');
}

export function simplifyBook(book: IDataObject): IDataObject {
	const shippingCost = numberOrNull(book.shippingCost);
	return {
		id: book.id ?? null,
		bookNumber: book.bookNumber ?? null,
		title: textOrNull(book.title),
		author: textOrNull(book.author),
		publisher: textOrNull(book.publisher),
		ean: eanOrNull(book.ean),
		language: textOrNull(book.language),
		price: numberOrNull(book.price),
		// -1 is no money: it stands for the default of the shop (inferred).
		shippingCost: shippingCost !== null && shippingCost < 0 ? null : shippingCost,
		hasDefaultShippingCost: shippingCost !== null && shippingCost < 0,
		shippingCategory: book.shippingCategory ?? null,
		shippingFormat: book.shippingFormat ?? null,
		amount: numberOrNull(book.amount),
		location: textOrNull(book.location),
		category1: textOrNull(book.category1),
		category2: textOrNull(book.category2),
		category3: textOrNull(book.category3),
		shortDescription: textOrNull(book.shortDescription),
		longDescription: textOrNull(book.longDescription),
		date: isoDay(book.date),
		weblink: textOrNull(book.weblink),
	};
}

/** Orders say number, numberExtra and zipCode; packages say number, numberext and zip. */
export function addressOf(value: unknown): IDataObject {
	const address = (value ?? {}) as IDataObject;
	return {
		street: textOrNull(address.street),
		number: textOrNull(address.number),
		numberExtra: textOrNull(address.numberExtra, address.numberext),
		zipCode: textOrNull(address.zipCode, address.zip),
		city: textOrNull(address.city),
		country: textOrNull(address.country)?.toUpperCase() ?? null,
		company: textOrNull(address.company),
	};
}

/** Lists give firstName, lastName and phone; one order gives name and phoneNumber; a question emailAddress. */
export function buyerOf(value: unknown): IDataObject {
	const buyer = (value ?? {}) as IDataObject;
	const name = [textOrNull(buyer.firstName), textOrNull(buyer.lastName)].filter(Boolean).join(' ');
	return {
		name: textOrNull(buyer.name, name),
		email: textOrNull(buyer.email, buyer.emailAddress),
		phone: textOrNull(buyer.phone, buyer.phoneNumber),
		language: textOrNull(buyer.language),
		note: textOrNull(buyer.note),
	};
}

/** Both names of the field: the documented one, and the one that the live API has been seen to use. */
export function paymentStatusOf(order: IDataObject): string | null {
	return textOrNull(order.idealPaymentStatus, order.onlinePaymentStatus);
}

export function simplifyOrder(order: IDataObject): IDataObject {
	const { id, bookNumber, title, author, price, shippingCost, hasDefaultShippingCost, location } = simplifyBook(
		(order.book ?? {}) as IDataObject,
	);
	return {
		id: order.id ?? null,
		date: isoDate(order.date),
		status: textOrNull(order.status),
		paymentStatus: paymentStatusOf(order),
		book: { id, bookNumber, title, author, price, shippingCost, hasDefaultShippingCost, location },
		buyer: buyerOf(order.buyer),
		address: addressOf((order.buyer as IDataObject | undefined)?.address),
	};
}

export function simplifyPackage(parcel: IDataObject): IDataObject {
	return {
		id: textOrNull(parcel.id, parcel.packageID),
		operator: textOrNull(parcel.operator),
		type: textOrNull(parcel.type),
		orderId: parcel.orderId ?? null,
		name: textOrNull(parcel.name),
		email: textOrNull(parcel.email),
		phone: textOrNull(parcel.phoneNumber),
		addressType: textOrNull(parcel.addressType),
		address: addressOf(parcel.address),
		weight: numberOrNull(parcel.weight),
		rate: textOrNull(parcel.rate),
		shopId: textOrNull(parcel.shopId),
	};
}

export function simplifyPayment(payment: IDataObject): IDataObject {
	return {
		id: payment.id ?? null,
		bwId: payment.bwID ?? null,
		title: textOrNull(payment.title),
		name: textOrNull(payment.name),
		email: textOrNull(payment.email),
		price: numberOrNull(payment.price),
		shippingCost: numberOrNull(payment.shippingCost),
		status: payment.status ?? null,
		// The numbers of the statuses are not documented; a payment that succeeded has a date of success.
		isPaid: textOrNull(payment.successDate) !== null,
		isPaymentLink: payment.paymentLink ?? null,
		paymentLinkUuid: textOrNull(payment.paymentLinkUuid),
		created: isoDate(payment.created),
		paid: isoDate(payment.successDate),
		expires: isoDay(payment.expirationDate),
	};
}

export function simplifyQuestion(question: IDataObject): IDataObject {
	const { id, bookNumber, title, author, price, location } = simplifyBook((question.book ?? {}) as IDataObject);
	return {
		id: question.id ?? null,
		date: isoDate(question.date),
		question: textOrNull(question.question),
		buyer: buyerOf(question.user),
		book: { id, bookNumber, title, author, price, location },
	};
}
