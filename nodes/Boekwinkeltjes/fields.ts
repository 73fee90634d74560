/** Fields that more than one operation shows, and what is this API's own in reading them. */
import { DateTime } from 'luxon';

import { country, email, locator, parseMoment, phone, postcode, readCode, readDigits, text } from '../input';
import type { FieldOptions, Fields } from '../input';
import { ZONE } from '../operation/time';

/** A moment in a record of the API, undefined if it is none. Without a zone it is Dutch local time (inferred: it serves Dutch shops and says nothing else). */
export const parseDate = (value: unknown): DateTime | undefined => parseMoment(value, ZONE);

const onlyDigits = (name: string): [string, string] => ['\\s*\\d+\\s*', `${name} has digits only`];

/** A book by its ID at Boekwinkeltjes, or by the shop's own number. */
export interface BookReference {
	id: string;
	byNumber: boolean;
}

export const bookLocator = locator<BookReference, FieldOptions<BookReference> & { required: true }>({
	displayName: 'Book',
	thing: 'book',
	search: 'searchBooks',
	required: true,
	description: 'The book, from the list, by its ID at Boekwinkeltjes, or by your own book number',
	modes: [
		{ displayName: 'By ID', name: 'id', placeholder: '123456', form: onlyDigits('An ID of Boekwinkeltjes') },
		{ displayName: 'By Number', name: 'number', placeholder: '213124124124', form: onlyDigits('A book number') },
	],
	read: (value, mode) => ({ id: readDigits(value), byNumber: mode === 'number' }),
});

/** A field for one thing, from a list with search, or by its ID. */
const thingLocator = (thing: string, search: string, placeholder: string, read?: (value: string) => string) =>
	locator<string, FieldOptions<string> & { required: true }>({
		displayName: `${thing[0].toUpperCase()}${thing.slice(1)}`,
		thing,
		search,
		required: true,
		modes: [{ displayName: 'By ID', name: 'id', placeholder, ...(read ? { form: onlyDigits(`The ID of a ${thing}`) } : {}) }],
		read: read ?? readCode,
	});

export const orderLocator = thingLocator('order', 'searchOrders', '4006');
export const paymentLocator = thingLocator('payment', 'searchPayments', '15400', readDigits);
export const packageLocator = thingLocator('package', 'searchPackages', 'BW90000');

/** The parts of an address and of the person who lives there, in the words of the node. */
export const personFields = {
	name: text({ description: 'First and last name' }),
	email: email(),
	phone: phone({ placeholder: 'e.g. +31612345678' }),
	company: text(),
	street: text(),
	houseNumber: text({ placeholder: 'e.g. 12' }),
	houseNumberExtra: text({ displayName: 'House Number Addition', placeholder: 'e.g. A', description: 'What follows the house number (toevoeging)' }),
	postalCode: postcode({ displayName: 'Postal Code' }),
	city: text(),
	country: country(),
} satisfies Fields;
