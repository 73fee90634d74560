/** The fields of a book: how they stand in the node panel, and how they are sent. */
import type { INodeProperties } from 'n8n-workflow';

import { dateAndTime, ean, language, money, oneOf, text, wholeNumber } from '../../input';
import type { InputField } from '../../input';

/** Stated in the vendor's documentation; the other two categories are free text. */
const CATEGORIES = [
	'detectives',
	'geschiedenis',
	'hobby',
	'jeugdroman',
	'kinderboeken',
	'kunst',
	'literaire thriller',
	'literatuur',
	'overig diverse',
	'psychologische thriller',
	'romans',
	'science fiction fantasy',
	'strips',
	'studieboeken',
	'topografie',
	'toneel',
];

/** By the API's name. */
export const bookFields: Record<string, InputField> = {
	bookNumber: { label: 'Book Number', read: wholeNumber() },
	title: { label: 'Title', read: text },
	author: { label: 'Author', read: text },
	publisher: { label: 'Publisher', read: text },
	ean: { label: 'ISBN or EAN', read: ean },
	language: { label: 'Language', read: language },
	price: { label: 'Price', read: money() },
	shippingCost: { label: 'Shipping Cost', read: money(-1) },
	shippingCategory: { label: 'Shipping Category', read: wholeNumber() },
	shippingFormat: { label: 'Shipping Format', read: wholeNumber(0, 4) },
	amount: { label: 'Amount', read: wholeNumber() },
	location: { label: 'Location', read: text },
	category1: { label: 'Category 1', read: oneOf(CATEGORIES) },
	category2: { label: 'Category 2', read: text },
	category3: { label: 'Category 3', read: text },
	shortDescription: { label: 'Short Description', read: text },
	longDescription: { label: 'Long Description', read: text },
	date: { label: 'Date', read: dateAndTime },
	weblink: { label: 'Web Link', read: text },
};

/** A book that is put up for sale needs a title and a price, though the API marks nothing as required. */
export const newBookFields: Record<string, InputField> = {
	...bookFields,
	title: { ...bookFields.title, required: true },
	price: { ...bookFields.price, required: true },
};

const shippingFormats = [
	{ name: '0: Pick-Up Only', value: 0 },
	{ name: '1: Mailbox', value: 1 },
	{ name: '2: Small Package', value: 2 },
	{ name: '3: Normal Package', value: 3 },
	{ name: '4: Large or Heavy', value: 4 },
];

/** Boekwinkeltjes has been seen not to sell books without it. */
export const shippingFormatProperty: INodeProperties = {
	displayName: 'Shipping Format',
	name: 'shippingFormat',
	type: 'options',
	options: shippingFormats,
	default: 1,
	description: 'How the book is sent; without it a book cannot be sold',
};

export const titleProperty: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
};

export const priceProperty: INodeProperties = {
	displayName: 'Price',
	name: 'price',
	type: 'string',
	placeholder: '10,99',
	default: '',
	description: 'In euros, as 10,99 or 10.99, from 0 to 99999',
};

export const bookNumberProperty: INodeProperties = {
	displayName: 'Book Number',
	name: 'bookNumber',
	type: 'string',
	placeholder: '213124124124',
	default: '',
	description: 'Your own number of the book, digits only',
};

/** All but those that an operation shows by themselves. */
export function bookProperties(...shownApart: INodeProperties[]): INodeProperties[] {
	const apart = shownApart.map(({ name }) => name);
	const properties: INodeProperties[] = [
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'number',
			default: 1,
			description: 'How many are in stock',
		},
		{
			displayName: 'Author',
			name: 'author',
			type: 'string',
			default: '',
		},
		bookNumberProperty,
		{
			displayName: 'Category 1',
			name: 'category1',
			type: 'options',
			options: CATEGORIES.map((name) => ({ name, value: name })),
			default: 'literatuur',
			description: 'One of the categories of Boekwinkeltjes',
		},
		{
			displayName: 'Category 2 Name or ID',
			name: 'category2',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getSecondCategories' },
			allowArbitraryValues: true,
			default: '',
			description:
				'A category of your own: one that your books have, or a new one in an expression. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Category 3 Name or ID',
			name: 'category3',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getThirdCategories' },
			allowArbitraryValues: true,
			default: '',
			description:
				'A category of your own: one that your books have, or a new one in an expression. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Date',
			name: 'date',
			type: 'string',
			placeholder: '31-12-2026',
			default: '',
			description: 'Since when the book is for sale, as 31-12-2026 or with a time',
		},
		{
			displayName: 'ISBN or EAN',
			name: 'ean',
			type: 'string',
			placeholder: '978-90-234-1234-5',
			default: '',
			description: 'With or without hyphens; the check digit is checked, an old ISBN of 10 digits becomes an EAN',
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'string',
			placeholder: 'NL',
			default: '',
			description: 'Two letters, for example NL or EN',
		},
		{
			displayName: 'Location',
			name: 'location',
			type: 'string',
			placeholder: 'bw-doos 5',
			default: '',
			description: 'Where the book stands in your shop',
		},
		{
			displayName: 'Long Description',
			name: 'longDescription',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
		},
		priceProperty,
		{
			displayName: 'Publisher',
			name: 'publisher',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Shipping Category',
			name: 'shippingCategory',
			type: 'number',
			default: 0,
			description: 'ID of one of the shipping fees of your shop',
		},
		{
			displayName: 'Shipping Cost',
			name: 'shippingCost',
			type: 'string',
			placeholder: '4,95',
			default: '',
			description: 'In euros; -1 stands for the default of your shop',
		},
		shippingFormatProperty,
		{
			displayName: 'Short Description',
			name: 'shortDescription',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
		},
		titleProperty,
		{
			displayName: 'Web Link',
			name: 'weblink',
			type: 'string',
			default: '',
		},
	];
	return properties.filter(({ name }) => !apart.includes(name));
}

