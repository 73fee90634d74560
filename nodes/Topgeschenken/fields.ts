/** Fields that more than one operation shows. */
import { DateTime } from 'luxon';

import {
	choice,
	choices,
	country,
	field,
	group,
	groups,
	isGiven,
	locator,
	longText,
	plainText,
	postcode,
	readDay,
	text,
	wholeNumber,
	yesNo,
} from '../input';
import type { FieldOptions } from '../input';
import { InvalidInput } from '../transport/errors';
import { DELIVERY_ZONE } from './dates';
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
	const day = DateTime.fromISO(readDay(given, { zone }), { zone: DELIVERY_ZONE });
	if (day < now.setZone(DELIVERY_ZONE).startOf('day')) {
		throw new InvalidInput(`${day.toISODate()} is in the past: choose a day from today on`);
	}
	return day.toISO({ suppressMilliseconds: true })!;
}

export const deliveryDate = field<string, { required: true }>('string', (given, { zone }) => readDeliveryDay(given, zone), {
	required: true,
	placeholder: 'e.g. 2026-12-01',
	description: 'Day of the delivery, as 2026-12-01 or 1-12-2026. A day in the past is refused before anything is sent.',
} as { required: true });

export const deliveryRemark = text({ description: 'For whoever delivers it' });

/** The parts of an address, for a person or a company in the Netherlands or elsewhere. */
export const addressField = <const O extends { required?: boolean }>(displayName: string, options: O = {} as O) =>
	group({
		displayName,
		name: 'address',
		groupName: displayName,
		placeholder: 'Add Address',
		fields: {
			attn: text({ displayName: 'Name', required: true, description: 'Person or company that it is for' }),
			street: text({ required: true }),
			number: text({ displayName: 'House Number', required: true }),
			numberAddition: text({ displayName: 'Addition', description: 'For example A, bis or 2 hoog' }),
			postcode: postcode({ required: true, description: '1000 AA in the Netherlands, 1000 in Belgium' }),
			city: text({ required: true }),
			country: country({ default: 'NL', required: true }),
		},
		...options,
	});

const cardText = longText({
	description: 'What is written on the greeting card; then the card is needed too',
});

export const lines = groups({
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
		cardText: {
			...cardText,
			read(given, reading) {
				const card = reading.sibling?.('cardId');
				const isChosen = isGiven(typeof card === 'object' && card !== null ? (card as { value?: unknown }).value : card);
				const written = plainText(given, undefined, '\n');
				if (written !== '' && !isChosen) throw new InvalidInput('needs a card to be written on: choose it under Card');
				return written;
			},
		},
		cardId: cardLocator({ displayName: 'Card', description: 'The greeting card that goes with it, a product of its own' }),
	},
});

export const checkProducts = yesNo({
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
