/** Fields that more than one operation shows. */
import { DateTime } from 'luxon';

import {
	choice,
	choices,
	columns,
	country,
	field,
	group,
	groups,
	isGiven,
	locator,
	longText,
	plainText,
	postcode,
	readCode,
	readDay,
	text,
	wholeNumber,
	yesNo,
} from '../input';
import type { FieldOptions, Reading } from '../input';
import { ZONE } from '../operation/time';
import { InvalidInput } from '../transport/errors';
import { EXAMPLE_ID, readReference, uuidOf } from './references';
import type { Kind, Reference } from './references';

const SHAPE = '\\s*((\\S*/)?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/?\\s*)?';

const byId = {
	displayName: 'By ID or URL',
	name: 'id',
	placeholder: EXAMPLE_ID,
	form: [SHAPE, `This is not an ID of Topgeschenken, which looks like ${EXAMPLE_ID}`] as [string, string],
};

/** A field for one thing: from a list with search, or by its ID, its path or its URL. Gives the UUID. */
const uuidLocator =
	(displayName: string, kind: Kind, search: string) =>
	<const O extends FieldOptions<string>>(options: O = {} as O) =>
		locator<string, O>({
			displayName,
			thing: displayName.toLowerCase(),
			search,
			modes: [byId],
			read: (value) => uuidOf(kind, value),
			description: `The ${displayName.toLowerCase()}, from the list, or by its ID or its URL at Topgeschenken`,
			...options,
		});

export const assortmentLocator = uuidLocator('Assortment', 'assortment', 'searchAssortments');
export const cartLocator = uuidLocator('Cart', 'cart', 'searchCarts');
export const companyLocator = uuidLocator('Company', 'company', 'searchCompanies');
export const customerLocator = uuidLocator('Customer', 'customer', 'searchCustomers');
export const productGroupLocator = uuidLocator('Product Group', 'productGroup', 'searchProductGroups');

/** What a person knows a thing by beside its ID; it is looked up before anything is sent. */
const referenceLocator =
	(displayName: string, kind: Kind, search: string, known: string, example: string) =>
	<const O extends FieldOptions<Reference>>(options: O = {} as O) =>
		locator<Reference, O>({
			displayName,
			thing: displayName.toLowerCase(),
			search,
			modes: [byId, { displayName: `By ${known}`, name: 'name', placeholder: example }],
			read: (value) => readReference(kind, value),
			description: `The ${displayName.toLowerCase()}, from the list, by its ID or URL, or by its ${known.toLowerCase()}`,
			...options,
		});

export const orderLocator = referenceLocator('Order', 'order', 'searchOrders', 'Number', '20000001-0001');
export const productLocator = referenceLocator('Product', 'product', 'searchProducts', 'SKU or Title', 'BLM-001');
const cardLocator = referenceLocator('Card', 'product', 'searchProducts', 'SKU or Title', 'CARD-001');

export const languageOption = choice({
	displayName: 'Language',
	options: [
		{ name: 'Dutch', value: 'nl_NL' },
		{ name: 'English', value: 'en_US' },
	],
	description: 'Language of product names and other texts, in place of that of the credential',
});

export const followOption = choices<Kind>({
	displayName: 'Follow References',
	options: [
		{ name: 'Addresses', value: 'address' },
		{ name: 'Companies', value: 'company' },
		{ name: 'Customers', value: 'customer' },
		{ name: 'Products', value: 'product' },
	],
	description:
		'What to put in the output in full instead of its ID only. Each is fetched once per run, however many items name it.',
});

export const readAtOnceOption = yesNo({
	displayName: 'Read in One Request',
	description:
		'Whether Return All asks for the whole list in a single answer instead of page by page. Nothing can shift meanwhile, but a long list may take the server too long.',
});

/**
 * A day in the API's form, midnight in the Netherlands with its offset: 2026-12-01T00:00:00+01:00.
 * @throws InvalidInput if it is no date, or in the past
 */
export function readDeliveryDay(given: unknown, zone: string, now: DateTime = DateTime.now()): string {
	const day = DateTime.fromISO(readDay(given, { zone }), { zone: ZONE });
	if (day < now.setZone(ZONE).startOf('day')) {
		throw new InvalidInput(`${day.toISODate()} is in the past: choose a day from today on`);
	}
	return day.toISO({ suppressMilliseconds: true })!;
}

const deliveryDate = field<string, { required: true }>('string', (given, { zone }) => readDeliveryDay(given, zone), {
	required: true,
	placeholder: 'e.g. 2026-12-01',
	description: 'Day of the delivery, as 2026-12-01 or 1-12-2026. A day in the past is refused before anything is sent.',
} as { required: true });

const deliveryRemark = text({ description: 'For whoever delivers it' });

/**
 * The parts of an address, for a person or a company in the Netherlands or elsewhere.
 * @param whose in front of each label, since n8n names an empty field by its label only
 */
export const addressField = <const O extends { required?: boolean }>(displayName: string, whose: string, options: O = {} as O) =>
	group({
		displayName,
		name: 'address',
		groupName: displayName,
		placeholder: 'Add Address',
		fields: {
			attn: text({ displayName: `${whose} Name`, required: true, description: 'Person or company that it is for' }),
			street: text({ displayName: `${whose} Street`, required: true }),
			number: text({ displayName: `${whose} House Number`, required: true }),
			numberAddition: text({ displayName: `${whose} Addition`, description: 'For example A, bis or 2 hoog' }),
			postcode: postcode({ displayName: `${whose} Postcode`, required: true, description: '1000 AA in the Netherlands, 1000 in Belgium' }),
			city: text({ displayName: `${whose} City`, required: true }),
			country: country({ displayName: `${whose} Country`, default: 'NL', required: true }),
		},
		...options,
	});

/** The card that the text is for is another field of the same thing. */
const cardText = (card: string) => {
	const made = longText({ description: 'What is written on the greeting card; then the card is needed too' });
	return {
		...made,
		read(given: unknown, reading: Reading) {
			const chosen = reading.sibling?.(card);
			const isChosen = isGiven(typeof chosen === 'object' && chosen !== null ? (chosen as { value?: unknown }).value : chosen);
			const written = plainText(given, undefined, '\n');
			if (written !== '' && !isChosen) throw new InvalidInput('needs a card to be written on: choose it under Card');
			return written;
		},
	};
};

const lines = groups({
	displayName: 'Lines',
	name: 'line',
	groupName: 'Line',
	required: true,
	placeholder: 'Add Line',
	typeOptions: { minRequiredFields: 1 },
	description: 'What is delivered: at least one product',
	fields: {
		productId: productLocator({ displayName: 'Product', required: true }),
		quantity: wholeNumber({ from: 1, default: 1, required: true }),
		cardText: cardText('cardId'),
		cardId: cardLocator({ displayName: 'Card', description: 'The greeting card that goes with it, a product of its own' }),
	},
});

const productColumn = <const O extends FieldOptions<Reference>>(displayName: string, options: O = {} as O) =>
	field<Reference, O>('string', (given) => readReference('product', readCode(given)), { displayName, ...options });

/** A gift as a row of a sheet has it: one product for one recipient. */
const gift = columns({
	displayName: 'Gift',
	thing: 'gift',
	method: 'getGiftColumns',
	description: 'The gift, field by field or from the columns of a sheet',
	fields: {
		product: productColumn('Product', { required: true }),
		quantity: wholeNumber({ from: 1, default: 1, required: true }),
		deliveryDate,
		recipientName: text({ required: true }),
		street: text({ required: true }),
		houseNumber: text({ required: true }),
		addition: text(),
		postcode: postcode({ required: true }),
		city: text({ required: true }),
		country: country({ default: 'NL', required: true }),
	},
	more: { card: productColumn('Card'), cardText: cardText('card'), deliveryRemark },
	headings: {
		product: ['SKU', 'Product SKU', 'Gift', 'Cadeau', 'Geschenk', 'Artikel', 'Artikelnummer'],
		quantity: ['Aantal', 'Amount'],
		deliveryDate: ['Bezorgdatum', 'Leverdatum', 'Datum', 'Date'],
		recipientName: ['Recipient', 'Name', 'Naam', 'Ontvanger'],
		street: ['Straat', 'Straatnaam'],
		houseNumber: ['Huisnummer', 'Nummer', 'Nr', 'Number'],
		addition: ['House Number Addition', 'Toevoeging', 'Huisnummertoevoeging'],
		postcode: ['Postal Code', 'Zip', 'Zip Code'],
		city: ['Plaats', 'Woonplaats', 'Stad', 'Town'],
		country: ['Land', 'Country Code', 'Landcode'],
		card: ['Kaart', 'Card SKU', 'Kaart SKU', 'Wenskaart', 'Greeting Card'],
		cardText: ['Text', 'Tekst', 'Kaarttekst', 'Tekst op kaart', 'Message', 'Boodschap', 'Wens'],
		deliveryRemark: ['Remark', 'Opmerking', 'Bezorgopmerking', 'Note'],
	},
});

const checkProducts = yesNo({
	default: true,
	empty: true,
	description:
		'Whether to look up each product and card once, and refuse what is unknown, not orderable or outside its quantities before anything is sent',
});

export const requestedPaymentMethod = text({
	displayName: 'Payment Method',
	default: 'invoice',
	required: true,
	description: 'How it is paid. Keep "invoice", unless Topgeschenken has told you that your account may use something else.',
});

const inColumns = { show: { giftFrom: ['columns'] } };
const inFields = { show: { giftFrom: ['fields'] } };

/** The fields of one order. */
export const orderFields = {
	giftFrom: choice({
		displayName: 'Fill In',
		noDataExpression: true,
		options: [
			{ name: 'Columns of a Sheet', value: 'columns', description: 'One gift for each item, mapped automatically or column by column' },
			{ name: 'Address and Lines', value: 'fields', description: 'Any number of products to one address, chosen from lists' },
		],
	}),
	gift: { ...gift, ...inColumns },
	deliveryDate: { ...deliveryDate, ...inFields },
	deliveryAddress: { ...addressField('Delivery Address', 'Recipient', { required: true }), ...inFields },
	lines: { ...lines, ...inFields },
	deliveryRemark: { ...deliveryRemark, ...inFields },
	checkProducts,
};
