import { fromFields as make } from '../../../bookkeeping/from/fields';
import { NO_LINE } from '../../../bookkeeping/from/read';
import { VAT_CLASSES } from '../../../bookkeeping/vat';
import { cents, choice, code, columns, decimal, field, moment, readDecimal, text, timeOfDay, yesNo } from '../../../input';
import { goods, goodsRate, options, regime, seller, sellerCountry, settingsOf } from '../../fields';
import { madeOnce, making } from '../../pure';
import { chargeOf, customerFields, customerOf, isoOf, payment } from './fromFields';

const vatClass = choice<string, { required: true }>({ options: VAT_CLASSES, required: true });

/** A percentage, or what is sold, in one column. */
const vat = field<string | number, { displayName: string; description: string }>(
	'string',
	(given, reading) => (/\d/.test(String(given)) ? readDecimal(given, { from: 0, to: 100 }) : vatClass.read(given, reading)),
	{ displayName: 'VAT', description: 'Percentage, as 9 or 21 %, or what is sold, as book. Left empty: as "Goods Are" says.' },
	{ placeholder: 'e.g. 9 or book' },
);

const sale = columns({
	displayName: 'Sale',
	thing: 'sale',
	method: 'getSaleColumns',
	description: 'The sale, field by field or from the columns of a sheet',
	fields: {
		number: code({ required: true, description: 'Number of the sale, which no other one has and which never changes' }),
		date: timeOfDay({ required: true, description: 'When the sale was made' }),
		description: text({ required: true, description: 'What was sold' }),
		price: cents({ required: true, description: 'Price of one' }),
		quantity: decimal({ from: -1_000_000, to: 1_000_000, default: '1', required: true, description: 'How many' }),
		vat,
	},
	more: {
		...customerFields,
		sku: code({ displayName: 'SKU', description: 'Article number' }),
		category: text({ description: 'Product group' }),
		shipping: cents({ description: 'What the customer paid for shipping' }),
		discount: cents({ description: 'With or without a minus' }),
		paid: cents({ displayName: 'Paid Amount', description: 'What has been paid of it' }),
		paymentMethod: text({ placeholder: 'e.g. iDEAL' }),
		paidAt: timeOfDay({ displayName: 'Paid On' }),
		purchasePrice: cents({ description: 'What you paid for it, for the margin scheme' }),
		reference: text({ description: 'Reference of the customer, or of the payment' }),
		suppliedAt: moment({ displayName: 'Delivered On', description: 'Its day decides the VAT rate' }),
	},
	headings: {
		number: ['Nummer', 'Nr', 'Order', 'Ordernummer', 'Order Number', 'Bestelnummer', 'Factuurnummer', 'Invoice Number', 'Bonnummer', 'ID'],
		date: ['Datum', 'Orderdatum', 'Order Date', 'Factuurdatum', 'Invoice Date', 'Besteldatum', 'Verkoopdatum'],
		description: ['Omschrijving', 'Artikel', 'Product', 'Titel', 'Title', 'Item'],
		price: ['Prijs', 'Bedrag', 'Amount', 'Stukprijs', 'Unit Price', 'Verkoopprijs'],
		quantity: ['Aantal'],
		vat: ['VAT Rate', 'VAT Class', 'Rate', 'Btw', 'Btw %', 'Btw-tarief', 'Tarief', 'Goods'],
		name: ['Buyer', 'Customer', 'Koper', 'Klant', 'Naam', 'Customer Name', 'Klantnaam'],
		company: ['Bedrijf', 'Organisatie'],
		email: ['E-mail', 'E-mailadres', 'Email Address', 'Mail'],
		customerId: ['Klantnummer', 'Customer Number'],
		vatId: ['Btw-nummer', 'VAT Number'],
		companyNumber: ['KVK', 'KVK-nummer', 'KBO', 'Ondernemingsnummer'],
		phone: ['Telefoon', 'Telefoonnummer', 'Telephone'],
		street: ['Straat'],
		houseNumber: ['Huisnummer'],
		postcode: ['Postal Code', 'Zip'],
		city: ['Plaats', 'Woonplaats', 'Stad'],
		country: ['Land'],
		sku: ['Artikelnummer', 'Article Number'],
		category: ['Categorie', 'Rubriek', 'Groep'],
		shipping: ['Verzendkosten', 'Verzending', 'Porto', 'Shipping Cost'],
		discount: ['Korting'],
		paid: ['Paid', 'Betaald', 'Betaald Bedrag'],
		paymentMethod: ['Betaalwijze', 'Betaalmethode', 'Method'],
		paidAt: ['Betaald Op', 'Betaaldatum', 'Payment Date'],
		purchasePrice: ['Inkoopprijs', 'Inkoop'],
		reference: ['Referentie', 'Kenmerk'],
		suppliedAt: ['Geleverd Op', 'Leverdatum', 'Delivery Date'],
	},
});

export const fromRow = making({
	name: 'From Sheet Row',
	value: 'fromRow',
	action: 'Make sale document from sheet row',
	description: 'Make a sale document that adds up from each row of a sheet: number, date, what was sold, price, VAT',
	input: {
		sale,
		direction: choice<'sale' | 'purchase'>({ options: [{ name: 'Sale', value: 'sale' }, { name: 'Purchase', value: 'purchase' }] }),
		regime,
		sellerCountry: sellerCountry('NL'),
		goods,
		goodsRate,
		pricesIncludeVat: yesNo({ displayName: 'Prices Include VAT', default: true, empty: true, description: 'Whether the prices of the sheet are with VAT' }),
		source: code({ default: 'sheet', required: true, description: 'Where the sales come from, in one word, so that two sheets may have the same numbers' }),
		seller,
		options,
	},
	async make({ sale: row, ...input }, call) {
		const charges = [
			{ type: 'shipping' as const, amount: row.shipping },
			{ type: 'discount' as const, amount: row.discount },
		].flatMap(({ type, amount }) => (amount === undefined ? [] : [{ type, amount }]));
		const fields = {
			...{ platform: input.source, id: row.number, direction: input.direction ?? 'sale', pricesIncludeVat: input.pricesIncludeVat },
			currency: 'EUR',
			reference: row.reference || null,
			issuedAt: isoOf(row.date)!,
			suppliedAt: isoOf(row.suppliedAt),
			dueAt: null,
			customer: customerOf(row),
			lines: [
				{
					...{ ...NO_LINE, id: '1', description: row.description, quantity: String(row.quantity), price: row.price, goods: row.vat },
					...{ sku: row.sku || null, categoryId: row.category || null, categoryName: row.category || null, purchasePrice: row.purchasePrice ?? null },
				},
			],
			charges: charges.map(chargeOf),
			payments: row.paid === undefined ? [] : [payment({ method: row.paymentMethod || 'paid', amount: row.paid, paidAt: row.paidAt, reference: row.reference })],
		};
		return await madeOnce(make(fields, settingsOf(input)), call, 'put what belongs to one sale into one row, or give each sale a number of its own');
	},
});
