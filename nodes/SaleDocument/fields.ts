/** The settings that the operations share: who sells, and what VAT is on it. */
import { isKbo } from '../bookkeeping/codes';
import type { Address, Seller } from '../bookkeeping/document';
import type { Settings } from '../bookkeeping/from/read';
import { companyIdOf } from '../bookkeeping/from/read';
import { countryOfVatId, hasVatIdForm, isUnconfirmed, plainVatId, RATES, VAT_CLASSES } from '../bookkeeping/vat';
import type { RateRow, Regime } from '../bookkeeping/vat';
import { cents, choice, code, collection, country, day, decimal, field, groups, plainText, quoted, text, yesNo } from '../input';
import type { FieldOptions, InputOf, Optional } from '../input';
import { InvalidInput } from '../transport/errors';

const ASK = 'Ask your bookkeeper if you are not sure.';

const regimes: Array<{ name: string; value: Regime; description: string }> = [
	{ name: 'Standard', value: 'standard', description: 'VAT is charged and stands on the document' },
	{ name: 'Margin Scheme', value: 'margin', description: 'Used goods: VAT on the profit of each sale only, none on the document (margeregeling)' },
	{ name: 'Margin Scheme per Period', value: 'marginGlobal', description: 'Used goods: VAT on the profit of a whole period (globalisatie)' },
	{ name: 'Small Business', value: 'smallBusiness', description: 'Exempt because of a small turnover (KOR, vrijstellingsregeling)' },
	{ name: 'Not Liable', value: 'notLiable', description: 'An association that is not subject to VAT' },
	{ name: 'Private', value: 'private', description: 'A private person who sells own things' },
];

/** Chosen anew by everybody: nothing says which one holds. */
export const regime = choice<Regime, { required: true; default: string; displayName: string; description: string }>({
	displayName: "Seller's VAT Regime",
	options: regimes,
	default: '',
	required: true,
	description: `How the seller stands to VAT. ${ASK}`,
});

/** "NL 9 %, from 2026-01-01 21 %; BE 6 %" */
function ratesInWords(name: string): string {
	const inCountry = (land: string) => {
		const rows = RATES.filter((row) => row.class === name && row.country === land);
		if (rows.length === 0) return `${land}: asked`;
		const confirmed = isUnconfirmed(name, land) ? ' (not confirmed: ask your bookkeeper)' : '';
		return `${land} ${rows.map(({ rate, from }, index) => `${index === 0 ? '' : `from ${from} `}${rate} %`).join(', ')}${confirmed}`;
	};
	return [inCountry('NL'), inCountry('BE')].join('; ');
}

const classes = VAT_CLASSES.map(({ name, value }) => ({ name, value: value as string, description: ratesInWords(value) }));
const OWN_RATE = { name: 'Own Rate', value: 'rate', description: 'Enter the percentage yourself' };

const vatRate = <const O extends FieldOptions<number>>(options: O) => decimal<O & { from: number; to: number }>({ ...options, from: 0, to: 100 });

/** In which a rate is needed, if only for the profit. */
const TAXED = ['standard', 'margin', 'marginGlobal'];

export const goods = choice<string, { default: string; displayName: string; hint: string; description: string; show: Record<string, string[]> }>({
	displayName: 'Goods Are',
	options: [...classes, OWN_RATE],
	default: '',
	show: { regime: TAXED },
	hint: 'Each entry shows its rates. Where a record states its VAT, that is taken.',
	description: `What is sold, which decides the VAT rate. ${ASK}`,
});

// Not required: n8n shows it for every regime that is an expression. That it is there is seen to by "goodsOf".
export const goodsRate = vatRate({ displayName: 'Rate (%)', show: { regime: TAXED, goods: ['rate'] }, description: 'VAT percentage of the goods' });

/** A VAT ID, of the EU in its form, of elsewhere as it is. */
export const vatId = <const O extends FieldOptions<string>>(options: O) =>
	field<string, O>(
		'string',
		(given) => {
			const written = plainVatId(plainText(given, 40)) ?? '';
			if (hasVatIdForm(written.slice(0, 2)) && countryOfVatId(written) === undefined) {
				throw new InvalidInput(`${quoted(given)} is not a VAT ID: write it as NL123456789B01 or BE0123456749`);
			}
			return written;
		},
		options,
		{ placeholder: 'e.g. NL123456789B01' },
	);

/** KVK has 8 digits, KBO 10, of which the last two check the others. */
export const companyNumber = <const O extends FieldOptions<string>>(options: O) =>
	field<string, O>(
		'string',
		(given) => {
			const written = plainText(given, 40).replace(/[\s.]/g, '').replace(/^BE/i, '');
			const number = /^\d{9}$/.test(written) ? `0${written}` : written;
			if (!/^\d{8}$/.test(number) && !isKbo(number)) {
				throw new InvalidInput(`${quoted(given)} is neither a KVK number of 8 digits nor a KBO number of 10: look it up in the register`);
			}
			return number;
		},
		options,
		{ placeholder: 'e.g. 12345678' },
	);

const addressFields = {
	street: text({ description: 'Without the house number' }),
	houseNumber: code(),
	postcode: code({ placeholder: 'e.g. 1000 AA' }),
	city: text(),
};

const companyFields = {
	name: text({ displayName: 'Seller Name', description: 'As it stands on an invoice' }),
	vatId: vatId({ displayName: 'VAT ID', description: "The seller's VAT ID (btw-nummer)" }),
	companyNumber: companyNumber({ description: 'KVK or KBO number' }),
	otherId: code({ displayName: 'Other ID', description: 'Another number that says who the seller is, where there is neither' }),
	iban: code({ displayName: 'IBAN', description: 'Account on which payments are expected', placeholder: 'e.g. NL91 ABNA 0417 1643 00' }),
	...addressFields,
};

export const sellerCountry = (land: '' | 'NL' | 'BE') =>
	country({ displayName: 'Seller Country', default: land, required: true, description: 'Country whose VAT is charged, as NL or BE' });

export const seller = collection({ displayName: 'Seller', fields: companyFields, placeholder: 'Add Detail', description: 'What export to UBL needs to know of the seller' });

export const classOrRate = {
	goods: choice<string, { displayName: string; default: string }>({ displayName: 'Goods Are', options: [...classes, OWN_RATE], default: 'rate' }),
	rate: vatRate({ displayName: 'Rate (%)', show: { goods: ['rate'] } }),
};

const overrides = groups({
	name: 'override',
	groupName: 'Exception',
	displayName: 'Exceptions',
	placeholder: 'Add Exception',
	description: 'Products, product groups or webshops that are something else than "Goods Are" says',
	fields: { match: text({ displayName: 'Name or ID', required: true, description: 'Of the product, group, category or webshop, or its article number' }), ...classOrRate },
});

export const rates = groups({
	name: 'rate',
	groupName: 'Rate',
	displayName: 'Own Rates',
	placeholder: 'Add Rate',
	description: 'Rates that the table lacks, or that change',
	fields: {
		class: text({ displayName: 'Goods', required: true, description: 'A class of "Goods Are", such as book, or a name of your own' }),
		country: country({ required: true }),
		from: day({ displayName: 'From', required: true, description: 'First day on which it holds' }),
		rate: vatRate({ displayName: 'Rate (%)', required: true }),
	},
});

export const kind = choice<'auto' | 'order' | 'invoice' | 'receipt', { displayName: string; description: string }>({
	displayName: 'Document Kind',
	options: [
		{ name: 'As the Record Says', value: 'auto' },
		{ name: 'Invoice', value: 'invoice' },
		{ name: 'Order', value: 'order' },
		{ name: 'Receipt', value: 'receipt', description: 'Paid in full, for the closure of a day' },
	],
	description: 'What the document is',
});

const documentFields = {
	kind,
	number: code({ displayName: 'Document Number', description: "Your own number in place of the platform's" }),
};

const vatFields = {
	withoutRate: choice<Settings['withoutRate'], { displayName: string; description: string }>({
		displayName: 'Cost Without a Rate',
		options: [
			{ name: 'Spread by Amount', value: 'byAmount' },
			{ name: 'To the Highest Rate', value: 'highestRate' },
		],
		description: `How a cost or a discount without a VAT rate of its own is divided over several rates. ${ASK}`,
	}),
	oss: yesNo({ displayName: 'OSS Registered', description: 'Whether sales to consumers in other EU countries are reported in their country, through the One-Stop Shop' }),
	ossRate: vatRate({ displayName: 'OSS Rate (%)', description: "VAT percentage in the customer's country" }),
	overrides,
	rates,
};

const shippingFields = {
	shipping: choice<'followsGoods' | 'noVat' | 'rate', { description: string }>({
		options: [
			{ name: 'Follows the Goods', value: 'followsGoods' },
			{ name: 'No VAT', value: 'noVat' },
			{ name: 'Own Rate', value: 'rate' },
		],
		description: `VAT on what is charged for shipping. ${ASK}`,
	}),
	shippingRate: vatRate({ displayName: 'Shipping Rate (%)', description: 'VAT percentage of shipping, for "Own Rate"' }),
};

/** Left open in the panel of most people. */
export const options = collection({ displayName: 'Options', placeholder: 'Add Option', fields: { ...documentFields, ...shippingFields, ...vatFields } });

/** Of a purchase, whose VAT its seller states. */
export const purchaseOptions = collection({ displayName: 'Options', placeholder: 'Add Option', fields: { ...documentFields, rates } });

export const purchasePrice = cents({
	show: { regime: ['margin', 'marginGlobal'] },
	description: 'What you paid for the goods, for the VAT on the profit. It never reaches a customer.',
});

export const shippingCost = cents({
	placeholder: 'e.g. 4.95',
	description: 'What the customer paid for shipping, for an order that does not tell it. Left empty: none is booked, with a warning (SDW01).',
});

/** Stamhoofd's units of raw records. */
export const unit = choice<'' | 'cents' | 'tenThousandths', { displayName: string; default: string; description: string }>({
	displayName: 'Amounts Are In',
	options: [
		{ name: 'Euro (Simplified)', value: '', description: 'The record comes from Stamhoofd with Simplify switched on' },
		{ name: 'Cents', value: 'cents', description: 'Raw, API version up to 388' },
		{ name: 'Ten-Thousandths of a Euro', value: 'tenThousandths', description: 'Raw, API version 389 and later' },
	],
	default: '',
	description: 'Unit of the amounts, which only records with Simplify switched off need',
});

const UNITS = { '': undefined, euro: 1, cents: 100, tenThousandths: 10_000 };

/** Units of a euro; undefined where nothing is chosen. */
export const perEuroOf = (chosen: keyof typeof UNITS = '') => UNITS[chosen];

/** Of the amounts of Topgeschenken. */
export const giftUnit = choice<'' | 'euro' | 'cents', { displayName: string; default: string; description: string }>({
	displayName: 'Amounts Are In',
	options: [
		{ name: 'As the Order Shows', value: '', description: 'Where an order does not show it, you are asked' },
		{ name: 'Cents', value: 'cents', description: 'A bouquet costs 2500' },
		{ name: 'Euro', value: 'euro', description: 'A bouquet costs 25' },
	],
	default: '',
	description: 'Topgeschenken does not say, but most orders show it by their decimals or their VAT',
});

type CompanyFields = Optional<typeof companyFields>;

const orNull = (value: string | undefined) => value || null;

export function addressOf(given: { street?: string; houseNumber?: string; postcode?: string; city?: string }, land: string | null): Address {
	return { name: null, street: orNull(given.street), houseNumber: orNull(given.houseNumber), postcode: orNull(given.postcode), city: orNull(given.city), country: land };
}

export interface SellerInput {
	regime?: Regime;
	sellerCountry: string;
	seller: CompanyFields;
	options: Optional<{ oss: typeof vatFields.oss }>;
}

export function sellerOf({ regime: of = 'standard', sellerCountry: land, seller: own, options: { oss = false } }: SellerInput): Seller {
	const companyId = companyIdOf(own.companyNumber ?? null, land);
	if (own.companyNumber && !companyId) throw new InvalidInput(`Company Number ${quoted(own.companyNumber)} is not one of ${land}: KVK numbers are Dutch, KBO numbers Belgian; for another one use "Other ID"`);
	return {
		name: orNull(own.name),
		vatId: orNull(own.vatId),
		companyId,
		otherId: orNull(own.otherId),
		iban: orNull(own.iban?.replace(/\s/g, '').toUpperCase()),
		address: addressOf(own, land),
		regime: of,
		oss,
	};
}

/** A class or a percentage, of a choice with the field for an own rate beside it. */
export function goodsOf(chosen: string | undefined, rate: number | undefined): string | number | undefined {
	if (chosen === 'rate' && rate === undefined) throw new InvalidInput('Rate (%) is empty: enter the VAT percentage, or choose what the goods are');
	return chosen === 'rate' ? rate : chosen || undefined;
}

/** Rates as they are added under "Own Rates". */
export const ratesOf = (given: InputOf<{ rates: typeof rates }>['rates'] | undefined): RateRow[] => given ?? [];

interface SettingsInput extends Omit<SellerInput, 'options'> {
	goods?: string;
	goodsRate?: number;
	purchasePrice?: number;
	shippingCost?: number;
	options: Optional<typeof documentFields & typeof shippingFields & typeof vatFields>;
}

export function settingsOf(input: SettingsInput): Settings {
	const { options: chosen } = input;
	const { kind: of = 'auto', number, shipping = 'followsGoods', shippingRate, withoutRate = 'byAmount', oss = false, ossRate, overrides: own = [], rates: table = [] } = chosen;
	if (shipping === 'rate' && shippingRate === undefined) throw new InvalidInput('Shipping Rate is empty: enter the percentage, or let shipping follow the goods');
	return {
		seller: sellerOf(input),
		regime: input.regime ?? 'standard',
		goods: TAXED.includes(input.regime ?? '') ? goodsOf(input.goods, input.goodsRate) : undefined,
		shipping: shipping === 'rate' ? shippingRate! : shipping,
		withoutRate,
		oss,
		ossRate,
		overrides: own.map(({ match, goods: chosenGoods, rate }) => ({ match, goods: goodsOf(chosenGoods, rate) ?? 0 })),
		rates: ratesOf(table),
		kind: of === 'auto' ? undefined : of,
		number: number || undefined,
		purchasePrice: input.purchasePrice,
		shippingCost: input.shippingCost,
	};
}

export const outputFile = text({ displayName: 'Output Binary Field', default: 'data', required: true, longest: 100, description: 'Name of the field that gets the file' });
