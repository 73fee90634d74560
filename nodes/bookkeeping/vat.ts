/**
 * VAT as data: classes of goods and their rates with the day from which they hold, the regimes of sellers, and the form
 * of VAT IDs. None of it is advice: which class and regime holds is a setting, and what is assumed becomes a warning.
 */
import { isCountry } from './codes';
import { isRate } from './money';

/** UNCL5305, as EN 16931 uses it: standard, zero, exempt, export, intra-EU, reverse charge, outside the scope of VAT. */
export type VatCategory = 'S' | 'Z' | 'E' | 'G' | 'K' | 'AE' | 'O';

/** Why there is no VAT. */
export type VatReason =
	| 'margin'
	| 'smallBusiness'
	| 'exempt'
	| 'export'
	| 'intraCommunity'
	| 'reverseCharge'
	| 'outOfScope';

export type Regime = 'standard' | 'margin' | 'marginGlobal' | 'smallBusiness' | 'notLiable' | 'private';

/** How a row is taxed. */
export interface VatChoice {
	category: VatCategory;
	/** Percent; 0 in all categories but S. */
	rate: number;
	reason: VatReason | null;
}

interface ReasonTexts {
	category: VatCategory;
	/** Stands on the document. */
	text: string;
	/** VATEX code of EN 16931. */
	code?: string;
}

export const REASONS: Record<VatReason, ReasonTexts> = {
	margin: { category: 'E', text: 'Bijzondere regeling – gebruikte goederen', code: 'VATEX-EU-F' },
	smallBusiness: { category: 'E', text: 'Exempt from VAT: small business scheme (kleineondernemersregeling)' },
	exempt: { category: 'E', text: 'Exempt from VAT (vrijgesteld van btw)' },
	export: { category: 'G', text: 'Export outside the EU', code: 'VATEX-EU-G' },
	intraCommunity: { category: 'K', text: 'Intra-Community supply (intracommunautaire levering)', code: 'VATEX-EU-IC' },
	reverseCharge: { category: 'AE', text: 'Reverse charge (btw verlegd)', code: 'VATEX-EU-AE' },
	outOfScope: { category: 'O', text: 'Not subject to VAT (niet btw-plichtig)', code: 'VATEX-EU-O' },
};

/** Classes in the order of the dropdown. */
export const VAT_CLASSES = [
	{ value: 'book', name: 'Book, E-Book or Magazine' },
	{ value: 'food', name: 'Food, Sweets or Soft Drink' },
	{ value: 'alcohol', name: 'Alcohol' },
	{ value: 'takeAwayMeal', name: 'Meal to Take Away' },
	{ value: 'servedMeal', name: 'Meal Served' },
	{ value: 'flowers', name: 'Flowers, Plants or Bouquet' },
	{ value: 'flowerArrangement', name: 'Flower Arrangement or Terrarium' },
	{ value: 'gift', name: 'Gift, Card, Stationery, Diary or Calendar' },
	{ value: 'ticket', name: 'Ticket, Sport or Museum' },
	{ value: 'shortStay', name: 'Short Stay' },
] as const;

/** Taxed where they are given, whoever buys them (VAT directive, articles 47 and 53 to 55). */
const GIVEN_ON_THE_SPOT: Array<string | number | undefined> = ['servedMeal', 'ticket', 'shortStay'];

export interface RateRow {
	class: string;
	country: string;
	/** First day on which it holds. */
	from: string;
	rate: number;
}

/** The table begins here; for older sales the rate is asked. */
const START = '2020-01-01';

const since = (country: string, from: string, rates: Record<string, number>): RateRow[] =>
	Object.entries(rates).map(([name, rate]) => ({ class: name, country, from, rate }));

/**
 * Read on pages of the authorities and of professionals, but for those in `UNCONFIRMED`. What is missing has no rate that
 * holds for all of the class, and is asked: flower arrangements and tickets in Belgium. The rise to 21 % that the
 * Netherlands had planned for books and culture in 2026 was withdrawn.
 */
export const RATES: RateRow[] = [
	...since('NL', START, {
		...{ book: 9, food: 9, alcohol: 21, takeAwayMeal: 9, servedMeal: 9 },
		...{ flowers: 9, flowerArrangement: 21, gift: 21, ticket: 9, shortStay: 9 },
	}),
	...since('NL', '2026-01-01', { shortStay: 21 }),
	...since('BE', START, { book: 6, food: 6, alcohol: 21, takeAwayMeal: 6, flowers: 6, gift: 21, shortStay: 6 }),
	...since('BE', '2021-10-01', { servedMeal: 12 }),
	...since('BE', '2026-03-01', { takeAwayMeal: 12, shortStay: 12 }),
];

/** Rates of the table that were concluded, and not read on an official page. */
const UNCONFIRMED: Record<string, string[]> = { NL: ['servedMeal'], BE: ['food', 'alcohol', 'gift'] };

/** Whether a rate of the table, of this class in this country, is one that a bookkeeper should have a look at. */
export const isUnconfirmed = (className: string, country: string): boolean =>
	Object.hasOwn(UNCONFIRMED, country) && UNCONFIRMED[country].includes(className);

/** Rates above zero that a country knows, the newest first. */
const KNOWN_RATES = [
	{ country: 'NL', from: '2019-01-01', rates: [9, 21] },
	{ country: 'NL', from: '2012-10-01', rates: [6, 21] },
	{ country: 'BE', from: '1996-01-01', rates: [6, 12, 21] },
];

/** The rate of a class on a day; rows of the user come before the table's. Undefined where it must be asked. */
export function rateOf(className: string, country: string, day: string, own: RateRow[] = []): number | undefined {
	const holding = [...RATES, ...own].filter(
		(row) => row.class === className && row.country === country && row.from <= day,
	);
	return holding.reduce<RateRow | undefined>((best, row) => (best && best.from > row.from ? best : row), undefined)?.rate;
}

/** The rates above zero that may stand on a document; undefined for a country whose rates are not known here. */
export function allowedRates(country: string, day: string, own: RateRow[] = []): number[] | undefined {
	const known = KNOWN_RATES.find((row) => row.country === country && row.from <= day);
	return known && [...known.rates, ...own.filter((row) => row.country === country).map(({ rate }) => rate)];
}

/** Form of the VAT IDs of the EU, without the two letters; Greece writes EL, Northern Ireland XI. */
const VAT_IDS: Record<string, RegExp> = {
	AT: /^U\d{8}$/,
	BE: /^[01]\d{9}$/,
	BG: /^\d{9,10}$/,
	CY: /^\d{8}[A-Z]$/,
	CZ: /^\d{8,10}$/,
	DE: /^\d{9}$/,
	DK: /^\d{8}$/,
	EE: /^\d{9}$/,
	EL: /^\d{9}$/,
	ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
	FI: /^\d{8}$/,
	FR: /^[A-Z0-9]{2}\d{9}$/,
	HR: /^\d{11}$/,
	HU: /^\d{8}$/,
	IE: /^\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/,
	IT: /^\d{11}$/,
	LT: /^(\d{9}|\d{12})$/,
	LU: /^\d{8}$/,
	LV: /^\d{11}$/,
	MT: /^\d{8}$/,
	NL: /^\d{9}B\d{2}$/,
	PL: /^\d{10}$/,
	PT: /^\d{9}$/,
	RO: /^\d{2,10}$/,
	SE: /^\d{12}$/,
	SI: /^\d{8}$/,
	SK: /^\d{10}$/,
	XI: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
};

const EU = Object.keys(VAT_IDS).filter((prefix) => prefix !== 'XI').map((prefix) => (prefix === 'EL' ? 'GR' : prefix));

export const isInEu = (country: string) => EU.includes(country);

/** Whether VAT IDs that begin so have a form that is known here. */
export const hasVatIdForm = (prefix: string) => Object.hasOwn(VAT_IDS, prefix);

/** A VAT ID without blanks, dots and dashes, in capitals; null for what has no digit, such as "none". */
export function plainVatId(written: string | null): string | null {
	const plain = (written ?? '').slice(0, 40).replace(/[\s.\-]/g, '').toUpperCase();
	return /\d/.test(plain) ? plain : null;
}

/** Whether it begins with the country that gave it, as the rules of e-invoices want it. */
export const namesCountry = (vatId: string) => isCountry(vatId.slice(0, 2)) || hasVatIdForm(vatId.slice(0, 2));

/** The country of a VAT ID whose form is right; undefined if it is not. */
export function countryOfVatId(vatId: string | null): string | undefined {
	const prefix = (vatId ?? '').slice(0, 2);
	if (!vatId || !Object.hasOwn(VAT_IDS, prefix) || !VAT_IDS[prefix].test(vatId.slice(2))) return undefined;
	return prefix === 'EL' ? 'GR' : prefix;
}

/** What the user says about VAT. A class is the value of one of `VAT_CLASSES` or of an own row; a rate is a number. */
export interface VatSettings {
	regime: Regime;
	/** Left out: nothing was chosen. */
	goods?: string | number;
	shipping: 'followsGoods' | 'noVat' | number;
	/** To whom a cost or a discount without a rate goes. */
	withoutRate: 'byAmount' | 'highestRate';
	/** Reported in the customer's country through the One-Stop Shop. */
	oss: boolean;
	/** Rate in the customer's country. */
	ossRate?: number;
	/** For rows whose product, product group, category or webshop is called so. */
	overrides: Array<{ match: string; goods: string | number }>;
	rates: RateRow[];
}

/** What is known of a sale when its VAT is chosen. */
export interface VatFacts {
	sellerCountry: string;
	sellerVatId: string | null;
	/** Where it is delivered; null if nobody says so. */
	destination: string | null;
	customerVatId: string | null;
	day: string;
	/** "Order 4006", the beginning of a sentence. */
	what: string;
}

export class VatQuestion extends Error {}

export interface VatAnswer extends VatChoice {
	/** What was assumed. */
	warnings: Array<{ code: string; text: string }>;
}

const withoutVat = (reason: VatReason): VatChoice => ({ category: REASONS[reason].category, rate: 0, reason });

/** The regimes in which no VAT stands on any document. Undefined for the standard regime. */
export function regimeChoice(regime: Regime, sellerVatId: string | null): VatChoice | undefined {
	switch (regime) {
		case 'margin':
		case 'marginGlobal':
			return withoutVat('margin');
		case 'smallBusiness':
			return withoutVat('smallBusiness');
		case 'notLiable':
		case 'private':
			// Category O may not stand beside a VAT ID.
			return withoutVat(sellerVatId ? 'exempt' : 'outOfScope');
		default:
			return undefined;
	}
}

const asked = (what: string, text: string) => new VatQuestion(`${what} ${text}`);

const classNameOf = (goods: string | number) => VAT_CLASSES.find(({ value }) => value === goods)?.name ?? String(goods);

/** The rate of what was chosen under "Goods Are", in the seller's country. */
export function goodsRate(goods: string | number | undefined, facts: VatFacts, own: RateRow[]): number {
	const { what, sellerCountry, day } = facts;
	if (goods === undefined) {
		throw asked(what, 'has no VAT rate. Choose what the goods are under "Goods Are", or a regime without VAT');
	}
	const rate = typeof goods === 'number' ? goods : rateOf(goods, sellerCountry, day, own);
	if (rate === undefined) {
		throw asked(what, `has no VAT rate: none is known for "${classNameOf(goods)}" in ${sellerCountry} on ${day}. Enter the rate under "Goods Are", or add a row under "Own Rates"`);
	}
	if (!isRate(rate)) throw asked(what, `has the VAT rate ${rate}: enter a percentage from 0 to 100, such as 9`);
	return rate;
}

/** What is known of a row. */
export interface RowFacts {
	/** Of its product, group, category and webshop, to find an override. */
	names?: Array<string | null>;
	/** Percentage that the platform states. */
	stated?: number;
	/** What was filled in for this row, in place of the settings. */
	goods?: string | number;
}

/** Without VAT because of where it goes, if it does. */
function withoutVatAbroad({ destination, sellerCountry, customerVatId }: VatFacts): VatAnswer | undefined {
	if (destination === null || destination === sellerCountry) return undefined;
	const [reason, code, text]: [VatReason, string, string] = isInEu(destination)
		? ['intraCommunity', 'SDW11', `Delivered to a business in ${destination}: no VAT. Whether its VAT ID is in force was not asked (VIES)`]
		: ['export', 'SDW09', `Delivered to ${destination}, outside the EU: no VAT. Keep the proof of export`];
	return reason === 'export' || customerVatId ? { ...withoutVat(reason), warnings: [{ code, text }] } : undefined;
}

/** What was chosen for the row: in it, for something of its name, or for all. */
function goodsOfRow({ goods, overrides }: VatSettings, row: RowFacts): string | number | undefined {
	const known = (row.names ?? []).map((name) => name?.trim().toLowerCase());
	const override = overrides.find(({ match }) => known.includes(match.trim().toLowerCase()));
	return row.goods ?? override?.goods ?? goods;
}

/**
 * How a row is taxed by the settings.
 * @throws VatQuestion where something has to be chosen first
 */
export function chooseVat(settings: VatSettings, facts: VatFacts, row: RowFacts): VatAnswer {
	const { what, sellerCountry } = facts;
	const none = regimeChoice(settings.regime, facts.sellerVatId);
	if (none) {
		if (row.stated) throw asked(what, `states ${row.stated} % VAT, but the chosen regime has none. Choose the regime "Standard", or have the rate corrected at the source`);
		const { destination } = facts;
		const isHome = destination === null || destination === sellerCountry;
		const text = `Delivered to ${destination}: the regime was kept, so that no VAT stands on it. Ask your bookkeeper whether that holds there`;
		return { ...none, warnings: isHome ? [] : [{ code: 'SDW14', text }] };
	}
	const goods = goodsOfRow(settings, row);
	const destination = GIVEN_ON_THE_SPOT.includes(goods) ? sellerCountry : facts.destination;
	const abroad = withoutVatAbroad({ ...facts, destination });
	if (abroad) return abroad;
	const isAbroad = destination !== null && destination !== sellerCountry;
	if (isAbroad && settings.oss) {
		if (settings.ossRate === undefined) {
			throw asked(what, `goes to a consumer in ${destination}. Enter the VAT rate of ${destination} under "OSS Rate" (SD07)`);
		}
		return { ...ofRate(settings.ossRate), warnings: [] };
	}
	const warnings: VatAnswer['warnings'] = [];
	const warn = (code: string, text: string) => warnings.push({ code, text });
	if (destination === null) warn('SDW04', `The country of delivery is not known: ${sellerCountry} was taken`);
	if (isAbroad) warn('SDW05', `Delivered to a consumer in ${destination}: the VAT of ${sellerCountry} was taken, which holds below the threshold for sales to other EU countries`);
	if (row.stated !== undefined) return { ...ofRate(row.stated), warnings };
	const rate = goodsRate(goods, facts, settings.rates);
	if (row.goods === undefined) warn('SDW02', `The rate of ${rate} % comes from the settings: the record states none`);
	const isOwn = settings.rates.some((own) => own.class === goods && own.country === sellerCountry && own.from <= facts.day);
	if (typeof goods === 'string' && !isOwn && isUnconfirmed(goods, sellerCountry)) {
		warn('SDW12', `The rate of ${rate} % for "${classNameOf(goods)}" in ${sellerCountry} is not confirmed: ask your bookkeeper`);
	}
	return { ...ofRate(rate), warnings };
}

export const ofRate = (rate: number): VatChoice => ({ category: rate > 0 ? 'S' : 'Z', rate, reason: null });
