/** Sale documents for the tests of the bookkeeping: settings of a shop, and random sales that add up. */
import fc from 'fast-check';

import { build } from '../../nodes/bookkeeping/build';
import type { Draft, DraftCharge, DraftLine } from '../../nodes/bookkeeping/build';
import type { Customer, SaleDocument, Seller } from '../../nodes/bookkeeping/document';
import type { Settings } from '../../nodes/bookkeeping/from/read';
import { NO_LINE, NOBODY, paymentOf } from '../../nodes/bookkeeping/from/read';
import { REASONS } from '../../nodes/bookkeeping/vat';
import type { VatChoice, VatReason } from '../../nodes/bookkeeping/vat';

export const SELLER: Seller = {
	name: 'Antiquariaat De Kapitein',
	vatId: 'NL123456789B01',
	companyId: { scheme: 'kvk', id: '12345678' },
	otherId: null,
	iban: 'NL91ABNA0417164300',
	address: { name: null, street: 'Oudegracht', houseNumber: '12', postcode: '3511 AA', city: 'Utrecht', country: 'NL' },
	regime: 'standard',
	oss: false,
};

export const CUSTOMER: Customer = {
	...NOBODY,
	id: 'email:0123456789abcdef',
	email: 'an@example.com',
	name: 'An Claes',
	company: 'Claes BV',
	companyId: { scheme: 'kvk', id: '87654321' },
	vatId: 'NL987654321B02',
	billing: { name: null, street: 'Dorpsstraat', houseNumber: '1 A', postcode: '7654 AA', city: 'Nijverdal', country: 'NL' },
};

export function settings(changes: Partial<Settings> = {}): Settings {
	const base: Settings = { regime: 'standard', goods: 'book', shipping: 'followsGoods', withoutRate: 'byAmount', oss: false, overrides: [], rates: [], seller: SELLER };
	const all = { ...base, ...changes };
	return { ...all, seller: { ...all.seller, regime: all.regime, oss: all.oss } };
}

export const S = (rate: number): VatChoice => ({ category: 'S', rate, reason: null });
export const none = (reason: VatReason): VatChoice => ({ category: REASONS[reason].category, rate: 0, reason });
const ZERO: VatChoice = { category: 'Z', rate: 0, reason: null };

export function draft(changes: Partial<Draft> = {}): Draft {
	return {
		id: 'shop:1',
		direction: 'sale',
		kind: 'invoice',
		number: '2026-1',
		reference: null,
		corrects: null,
		source: { platform: 'shop', url: null, status: null, statesVat: false },
		issuedAt: '2026-11-24T10:00:00+01:00',
		suppliedAt: null,
		modifiedAt: null,
		dueAt: null,
		currency: 'EUR',
		pricesIncludeVat: true,
		seller: SELLER,
		customer: CUSTOMER,
		lines: [line({})],
		charges: [],
		payments: [],
		warnings: [],
		withoutRate: 'byAmount',
		ownRates: [],
		...changes,
	};
}

export function line(changes: Partial<DraftLine>): DraftLine {
	return { ...NO_LINE, id: '1', description: 'A book', amount: 1000, vat: S(9), ...changes };
}

const CHOICES = [S(9), S(21), ZERO, none('margin'), none('smallBusiness'), none('export')];

/** Up to three ways of taxation, or all of it outside VAT. */
const choices: fc.Arbitrary<VatChoice[]> = fc.oneof(
	{ weight: 9, arbitrary: fc.uniqueArray(fc.constantFrom(...CHOICES), { minLength: 1, maxLength: 3 }) },
	{ weight: 1, arbitrary: fc.constant<VatChoice[]>([none('outOfScope')]) },
);

const amount = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 100_000 }));

/** Texts as people and attackers write them. */
const description = fc.oneof(
	fc.constantFrom('Let It Be', 'Käse & "Wein" <rot>', '=1+1', 'a'.repeat(150), 'naïve 😀 ‎book', 'bell \u0007 and \uD800 half'),
	fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).map((text) => `x${text}`),
);

interface Parts {
	groups: VatChoice[];
	lines: Array<{ amount: number; group: number; quantity: string; description: string; back: boolean }>;
	charges: Array<{ amount: number; group: number; type: 'shipping' | 'paymentFee' | 'packaging' }>;
	discount: number;
	discountHasRate: boolean;
	included: boolean;
	highest: boolean;
	paid: number;
	due: boolean;
}

const parts: fc.Arbitrary<Parts> = fc.record({
	groups: choices,
	lines: fc.array(
		fc.record({
			amount,
			group: fc.nat(2),
			quantity: fc.constantFrom('1', '1', '2', '3', '7', '12', '0.5', '2.25'),
			description,
			back: fc.constantFrom(false, false, false, false, true),
		}),
		{ minLength: 1, maxLength: 10 },
	),
	charges: fc.array(fc.record({ amount, group: fc.integer({ min: -1, max: 2 }), type: fc.constantFrom('shipping', 'paymentFee', 'packaging') }), { maxLength: 3 }),
	discount: fc.nat(100),
	discountHasRate: fc.boolean(),
	included: fc.boolean(),
	highest: fc.boolean(),
	paid: fc.constantFrom(0, 0.4, 1),
	due: fc.boolean(),
});

function draftOf({ groups, lines, charges, discount, discountHasRate, included, highest, paid, due }: Parts): Draft {
	const choice = (group: number) => (group < 0 ? null : groups[group % groups.length]);
	const rows = lines.map((one, index): DraftLine => {
		// What comes back is less than what is bought, so that the whole stays above zero.
		const back = one.back && index > 0;
		return line({
			id: String(index + 1),
			description: one.description,
			quantity: back ? `-${one.quantity}` : one.quantity,
			amount: back ? -Math.min(one.amount, lines[0].amount) / 10 | 0 : one.amount,
			vat: groups[(back ? lines[0].group : one.group) % groups.length],
			sku: index % 2 === 0 ? `SKU-${index}` : null,
		});
	});
	const goods = rows.reduce((sum, row) => sum + row.amount, 0);
	const discounted = discountHasRate ? rows.filter(({ vat }) => vat === rows[0].vat) : rows;
	const most = Math.min(goods, discounted.reduce((sum, row) => sum + row.amount, 0));
	const off = Math.max(0, Math.floor((most * discount) / 100));
	const extra = charges.map(({ amount: cost, group, type }, index): DraftCharge => ({ id: `c${index}`, type, description: type, amount: cost, vat: choice(group) }));
	const lowered: DraftCharge[] = off === 0 ? [] : [{ id: 'off', type: 'discount', description: 'Korting', amount: -off, vat: discountHasRate ? rows[0].vat : null }];
	const all = draft({ lines: rows, charges: [...extra, ...lowered], pricesIncludeVat: included, withoutRate: highest ? 'highestRate' : 'byAmount', ownRates: [] });
	const customer: Customer = rows[0].vat.category === 'O' ? { ...CUSTOMER, vatId: null } : CUSTOMER;
	const isAbroad = rows.some(({ vat }) => vat.category === 'G') ? { shipping: { ...CUSTOMER.billing!, country: 'US' } } : {};
	return { ...all, customer: { ...customer, ...isAbroad }, ...(due && { dueAt: '2026-12-24T10:00:00+01:00' }), ...paying(all, paid) };
}

/** Payments for a part of what it comes to. */
function paying(all: Draft, part: number): Partial<Draft> {
	const { gross } = build(all).totals;
	const first = Math.round(gross * part);
	const failed = paymentOf('iDEAL', gross, 'failed');
	return { payments: first === 0 ? [failed] : [failed, { ...paymentOf('Transfer', first, 'succeeded'), reference: '+++010/8068/17183+++' }] };
}

/** Sales that add up: three groups, charges, discounts, returns, prices with and without VAT. */
export const sales: fc.Arbitrary<SaleDocument> = parts
	.filter(({ lines }) => lines[0].amount > 0)
	.map((given) => build(draftOf(given)));

/** Every place in the document that holds an amount of money, as a path for lodash. */
export function amountPaths(document: SaleDocument): string[] {
	const rows = [...document.lines.map((_, index) => `lines[${index}]`), ...document.charges.map((_, index) => `charges[${index}]`)];
	return [
		...rows.flatMap((row) => [`${row}.gross`, `${row}.net`, `${row}.vat.amount`]),
		...document.vatSummary.flatMap((_, index) => [`vatSummary[${index}].taxable`, `vatSummary[${index}].amount`]),
		...document.payments.flatMap(({ status }, index) => (status === 'succeeded' ? [`payments[${index}].amount`] : [])),
		...['gross', 'net', 'vat', 'paid', 'due'].map((name) => `totals.${name}`),
	];
}
