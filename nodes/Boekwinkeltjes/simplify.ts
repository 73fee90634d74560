/** What comes out of the node with Simplify switched on: one shape for buyers, for addresses and for dates. */
import { omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { dayOf, timeOf } from '../operation/time';

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

/** A number that stands for a thing, not for an amount: as text, so that no sheet rounds it. */
function codeOrNull(value: unknown): string | null {
	return value === 0 ? null : textOrNull(value);
}

function numberOrNull(value: unknown): number | null {
	return value === null || value === undefined || value === '' || Number.isNaN(Number(value)) ? null : Number(value);
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
		bookNumber: codeOrNull(book.bookNumber),
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
		// A list gives the day, a single book the time as well: the day is what both know.
		date: dayOf(textOrNull(book.date)),
		weblink: textOrNull(book.weblink),
	};
}

/** The pictures of a book, flat: the first one, and all of them. */
export function simplifyImages(images: IDataObject[]): IDataObject {
	const urls = images.map(({ urlLarge }) => textOrNull(urlLarge)).filter((url) => url !== null);
	return { imageCount: images.length, imageUrl: urls[0] ?? null, imageUrls: urls.join(', ') || null };
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

/** What an order or a question says of its book, flat. */
function bookFieldsOf(value: unknown): IDataObject {
	const book = simplifyBook((value ?? {}) as IDataObject);
	return {
		bookId: book.id,
		bookNumber: book.bookNumber,
		bookTitle: book.title,
		bookAuthor: book.author,
		price: book.price,
		shippingCost: book.shippingCost,
		hasDefaultShippingCost: book.hasDefaultShippingCost,
		bookLocation: book.location,
	};
}

/** The parts of an address, flat and in the words of the node's fields. */
function addressFieldsOf(value: unknown): IDataObject {
	const { street, number, numberExtra, zipCode, city, country, company } = addressOf(value);
	return { street, houseNumber: number, houseNumberExtra: numberExtra, postalCode: zipCode, city, country, company };
}

function buyerFieldsOf(value: unknown): IDataObject {
	const { name, email, phone, language, note } = buyerOf(value);
	return { buyerName: name, buyerEmail: email, buyerPhone: phone, buyerLanguage: language, buyerNote: note };
}

/** The ten that matter most first. */
export function simplifyOrder(order: IDataObject): IDataObject {
	const { bookTitle, bookAuthor, price, shippingCost, bookNumber, ...book } = bookFieldsOf(order.book);
	const { buyerName, buyerEmail, ...buyer } = buyerFieldsOf(order.buyer);
	return {
		id: order.id ?? null,
		date: timeOf(textOrNull(order.date)),
		status: textOrNull(order.status),
		paymentStatus: paymentStatusOf(order),
		bookTitle,
		bookAuthor,
		price,
		shippingCost,
		buyerName,
		buyerEmail,
		...addressFieldsOf((order.buyer as IDataObject | undefined)?.address),
		...buyer,
		bookNumber,
		...book,
		// Bookkeeping adds up by it, and may know it as an exception to the rate of VAT.
		bookCategory1: textOrNull((order.book as IDataObject | undefined)?.category1),
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
		...addressFieldsOf(parcel.address),
		addressType: textOrNull(parcel.addressType),
		weight: numberOrNull(parcel.weight),
		rate: textOrNull(parcel.rate),
		shopId: textOrNull(parcel.shopId),
	};
}

export function simplifyPayment(payment: IDataObject): IDataObject {
	return {
		id: payment.id ?? null,
		title: textOrNull(payment.title),
		name: textOrNull(payment.name),
		email: textOrNull(payment.email),
		price: numberOrNull(payment.price),
		shippingCost: numberOrNull(payment.shippingCost),
		// The numbers of the statuses are not documented; a payment that succeeded has a date of success.
		isPaid: textOrNull(payment.successDate) !== null,
		status: payment.status ?? null,
		created: timeOf(textOrNull(payment.created)),
		paid: timeOf(textOrNull(payment.successDate)),
		expires: dayOf(textOrNull(payment.expirationDate)),
		isPaymentLink: payment.paymentLink ?? null,
		paymentLinkUuid: textOrNull(payment.paymentLinkUuid),
		bwId: payment.bwID ?? null,
	};
}

export function simplifyQuestion(question: IDataObject): IDataObject {
	const { buyerName, buyerEmail, buyerLanguage } = buyerFieldsOf(question.user);
	const book = omit(bookFieldsOf(question.book), 'shippingCost', 'hasDefaultShippingCost');
	return {
		id: question.id ?? null,
		date: timeOf(textOrNull(question.date)),
		question: textOrNull(question.question),
		buyerName,
		buyerEmail,
		buyerLanguage,
		...book,
	};
}
