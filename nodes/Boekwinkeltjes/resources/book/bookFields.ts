/** The fields of a book: how they stand in the node panel, how they are read, and how they are sent. */
import { omit, omitBy } from 'lodash';
import type { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { choice, collection, columns, digits, euro, field, isbn, language, longText, readMomentIn, text, wholeNumber } from '../../../input';
import type { Fields, Optional } from '../../../input';
import { ZONE } from '../../../operation/time';

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

const ownCategory = (number: number, method: string) => ({
	...text({
		displayName: `Category ${number} Name or ID`,
		typeOptions: { loadOptionsMethod: method },
		description:
			'A category of your own: one that your books have, or a new one in an expression. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	}),
});

function asOptions<T extends ReturnType<typeof ownCategory>>(field: T): T {
	return { ...field, panel: { ...field.panel, type: 'options', allowArbitraryValues: true } };
}

/** By the API's name. */
export const bookFields = {
	amount: wholeNumber({ default: 1, description: 'How many are in stock' }),
	author: text(),
	bookNumber: digits({ placeholder: 'e.g. 213124124124', description: 'Your own number of the book, digits only' }),
	category1: choice({
		displayName: 'Category 1',
		options: CATEGORIES.map((name) => ({ name, value: name })),
		default: 'literatuur',
		description: 'One of the categories of Boekwinkeltjes',
	}),
	category2: asOptions(ownCategory(2, 'getSecondCategories')),
	category3: asOptions(ownCategory(3, 'getThirdCategories')),
	date: field<DateTime, object>('dateTime', (given, reading) => readMomentIn(ZONE, given, reading), {
		placeholder: 'e.g. 2026-12-31',
		typeOptions: { dateOnly: true },
		description: 'Since when the book is for sale, as 31-12-2026 or with a time',
	}),
	ean: isbn({
		displayName: 'ISBN or EAN',
		description: 'With or without hyphens; the check digit is checked, an old ISBN of 10 digits becomes an EAN',
	}),
	language: language({ description: 'Two letters, for example NL or EN' }),
	location: text({ placeholder: 'e.g. bw-doos 5', description: 'Where the book stands in your shop' }),
	longDescription: longText(),
	price: euro({ to: 99_999, placeholder: 'e.g. 10,99', description: 'In euros, as 10,99 or 10.99, from 0 to 99999' }),
	publisher: text(),
	shippingCategory: wholeNumber({ description: 'ID of one of the shipping fees of your shop' }),
	shippingCost: euro({ from: -1, to: 99_999, placeholder: 'e.g. 4,95', description: 'In euros; -1 stands for the default of your shop' }),
	/** Boekwinkeltjes has been seen not to sell books without it. */
	shippingFormat: choice({
		options: [
			{ name: '0: Pick-Up Only', value: 0, aliases: ['afhalen'] },
			{ name: '1: Mailbox', value: 1, aliases: ['mailbox', 'brievenbus', 'brievenbuspakje', 'brief'] },
			{ name: '2: Small Package', value: 2, aliases: ['small package', 'klein pakket'] },
			{ name: '3: Normal Package', value: 3, aliases: ['normal package', 'pakket', 'normaal pakket'] },
			{ name: '4: Large or Heavy', value: 4, aliases: ['large or heavy', 'groot pakket', 'zwaar pakket'] },
		],
		default: 1,
		description: 'How the book is sent; without it a book cannot be sold',
	}),
	shortDescription: longText({ typeOptions: { rows: 2 } }),
	title: text(),
	weblink: text({ displayName: 'Web Link' }),
} satisfies Fields;

/** What a new book has where nothing is said: without it Boekwinkeltjes has been seen not to sell one. */
export const NEW_BOOK = { shippingFormat: 1 } as const;

export type Book = Optional<typeof bookFields>;

/** All fields but those that an operation shows by themselves. */
export function bookCollection<Name extends keyof typeof bookFields = never>(displayName: string, description: string, ...apart: Name[]) {
	return collection({ displayName, description, fields: omit(bookFields, apart) as Omit<typeof bookFields, Name> });
}

const demanded = <F extends { required: boolean; panel: object }>(one: F): F => ({ ...one, required: true, panel: { ...one.panel, required: true } });

const { title, price, author, ean, location, shippingFormat, bookNumber, amount, ...others } = bookFields;

const rarely = {
	...others,
	category2: text({ displayName: 'Category 2', description: 'A category of your own' }),
	category3: text({ displayName: 'Category 3', description: 'A category of your own' }),
};

/** As sheets have them. */
const headings = {
	title: ['Titel', 'Boek', 'Book Title'],
	price: ['Prijs', 'Verkoopprijs'],
	author: ['Auteur', 'Schrijver', 'Writer'],
	ean: ['ISBN', 'EAN', 'ISBN13', 'ISBN 10'],
	location: ['Locatie', 'Plaats', 'Plek', 'Kast', 'Shelf', 'Place'],
	shippingFormat: ['Verzendformaat', 'Formaat'],
	amount: ['Aantal', 'Voorraad', 'Stock', 'Quantity'],
	bookNumber: ['Boeknummer', 'Nummer', 'Number', 'Artikelnummer'],
	category1: ['Categorie', 'Categorie 1', 'Category', 'Rubriek', 'Soort'],
	category2: ['Categorie 2'],
	category3: ['Categorie 3'],
	date: ['Datum', 'For Sale', 'For Sale Since', 'Te koop sinds'],
	language: ['Taal'],
	longDescription: ['Lange beschrijving', 'Beschrijving', 'Omschrijving', 'Description'],
	publisher: ['Uitgever', 'Uitgeverij'],
	shippingCategory: ['Verzendcategorie'],
	shippingCost: ['Verzendkosten'],
	shortDescription: ['Korte beschrijving', 'Bijzonderheden', 'Conditie'],
	weblink: ['Link', 'URL', 'Website'],
};

const asColumns = { displayName: 'Book', thing: 'book', headings, description: 'The book, field by field or from the columns of a sheet' };

/** A new book, as a row of a sheet has it. */
export const newBook = columns({
	...asColumns,
	method: 'getNewBookColumns',
	fields: { title: demanded(title), price: demanded(price), author, ean, location, shippingFormat },
	more: { bookNumber, amount, ...rarely },
});

/** A book that may be there already, known by its number: nothing that the sheet does not say is changed. */
export const numberedBook = columns({
	...asColumns,
	method: 'getBookColumns',
	fields: { bookNumber: demanded(bookNumber), title, price, author, ean, location },
	more: { amount, shippingFormat, ...rarely },
});

/** The book in the API's form: numbers of digits as numbers, the date in Dutch time as its samples have it. */
export function bookBody({ bookNumber, ean, date, ...others }: Book): IDataObject {
	const body = {
		...others,
		...(bookNumber === undefined ? {} : { bookNumber: Number(bookNumber) }),
		// 0 stands for none.
		...(ean === undefined ? {} : { ean: Number(ean || 0) }),
		...(date === undefined ? {} : { date: date.toFormat('yyyy-MM-dd HH:mm:ss') }),
	};
	return omitBy(body, (value) => value === undefined) as IDataObject;
}
