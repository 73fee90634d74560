import fc from 'fast-check';
import { readFileSync } from 'fs';
import { cloneDeep, set } from 'lodash';

import { simplifyOrder as simplifyBook } from '../../nodes/Boekwinkeltjes/simplify';
import { simplifyOrder as simplifyShopOrder, simplifyPayment } from '../../nodes/Stamhoofd/simplify';
import { simplifyOrder as simplifyGifts } from '../../nodes/Topgeschenken/simplify';
import { CannotBook } from '../../nodes/bookkeeping/document';
import type { SaleDocument } from '../../nodes/bookkeeping/document';
import { fromBoekwinkeltjesOrder } from '../../nodes/bookkeeping/from/boekwinkeltjes';
import { fromFields } from '../../nodes/bookkeeping/from/fields';
import type { Fields } from '../../nodes/bookkeeping/from/fields';
import { NO_LINE, NOBODY } from '../../nodes/bookkeeping/from/read';
import { fromStamhoofdOrder, fromStamhoofdPayment, fromStamhoofdRefund } from '../../nodes/bookkeeping/from/stamhoofd';
import { fromTopgeschenkenOrder } from '../../nodes/bookkeeping/from/topgeschenken';
import { readDocument } from '../../nodes/bookkeeping/rules';
import { settings } from './bookkeepingDocuments';

const CENTS = 100;
const TEN_THOUSANDTHS = 10_000;

function recorded(name: string): never {
	return (JSON.parse(readFileSync(`test/fixtures/stamhoofd/${name}.json`, 'utf8')) as { response: { body: never } }).response.body;
}

const codesOf = ({ warnings }: SaleDocument) => warnings.map(({ code }) => code);

/** Both forms of a record come to the same sale; only what the simplified one leaves out may be missing. */
const figures = ({ id, number, issuedAt, totals, vatSummary, status }: SaleDocument) => ({ id, number, issuedAt, totals, vatSummary, status });

const BOOK_ORDER = {
	id: 4006,
	date: '2026-11-24 12:12:12',
	status: 'new_order',
	idealPaymentStatus: 'paid',
	book: { id: 1, bookNumber: 213124124124, amount: 4, category1: 'detectives', author: 'Beatles, The', title: 'Let It Be', price: 10.99, shippingCost: 6.99 },
	buyer: {
		firstName: 'Henk',
		lastName: 'de Vries',
		email: ' Henk@Example.com ',
		phone: '+31610555555',
		language: 'nl',
		address: { street: 'Straat', number: '12', numberExtra: 'A', zipCode: '7654AA', city: 'Nijverdal', country: 'nl', company: '' },
	},
};

describe('An order of Boekwinkeltjes', () => {
	it('is one book and its shipping, paid online', () => {
		const sale = fromBoekwinkeltjesOrder(BOOK_ORDER, settings());
		expect(sale).toMatchObject({ id: 'boekwinkeltjes:4006', kind: 'order', number: '4006', issuedAt: '2026-11-24T12:12:12+01:00', status: 'paid' });
		expect(sale.lines).toMatchObject([{ quantity: '1', gross: 1099, net: 1008, vat: { category: 'S', rate: 9, amount: 91 }, description: 'Beatles, The: Let It Be', sku: '213124124124' }]);
		expect(sale.charges).toMatchObject([{ type: 'shipping', gross: 699, vat: { rate: 9 } }]);
		expect(sale.totals).toEqual({ gross: 1798, net: 1650, vat: 148, paid: 1798, due: 0 });
		expect(sale.customer).toMatchObject({ name: 'Henk de Vries', billing: { houseNumber: '12 A', country: 'NL' } });
	});

	it('keeps its ID whatever is changed in it', () => {
		const changes = [['status', 'shipped_paid'], ['date', '2026-11-25 08:00:00'], ['book.price', 12], ['buyer.email', 'other@example.com']] as const;
		for (const [path, value] of changes) expect(fromBoekwinkeltjesOrder(set(cloneDeep(BOOK_ORDER), path, value), settings()).id).toBe('boekwinkeltjes:4006');
	});

	it('gives one customer one ID, however the address is written', () => {
		const idOf = (email: string) => fromBoekwinkeltjesOrder(set(cloneDeep(BOOK_ORDER), 'buyer.email', email), settings()).customer.id;
		expect(idOf(' Henk@Example.com ')).toBe(idOf('henk@example.com'));
		expect(idOf('henk@example.com')).toMatch(/^email:[0-9a-f]{16}$/);
		expect(idOf('')).toBeNull();
	});

	it('is the same raw, simplified, flat and in its envelope', () => {
		const flat = {
			id: 4006, date: '2026-11-24T12:12:12+01:00', status: 'new_order', paymentStatus: 'paid', bookTitle: 'Let It Be', bookAuthor: 'Beatles, The', bookNumber: '213124124124',
			bookPrice: 10.99, shippingCost: 6.99, buyerName: 'Henk de Vries', buyerEmail: 'henk@example.com', street: 'Straat', houseNumber: '12', houseNumberAddition: 'A', postcode: '7654AA', city: 'Nijverdal', country: 'NL',
		};
		const raw = fromBoekwinkeltjesOrder(BOOK_ORDER, settings());
		for (const form of [simplifyBook(BOOK_ORDER), flat, { status: 200, data: BOOK_ORDER }]) {
			const sale = fromBoekwinkeltjesOrder(form, settings());
			expect(figures(sale)).toEqual(figures(raw));
			expect(sale.customer.billing).toEqual(raw.customer.billing);
			expect(sale.customer.id).toBe(raw.customer.id);
			expect(sale.lines[0].description).toBe(raw.lines[0].description);
		}
	});

	it('has its product group, which may be an exception to the rate, simplified too', () => {
		const excepted = settings({ goods: 'book', overrides: [{ match: 'detectives', goods: 21 }] });
		for (const form of [BOOK_ORDER, simplifyBook(BOOK_ORDER)]) {
			const [{ categoryName, vat }] = fromBoekwinkeltjesOrder(form, excepted).lines;
			expect([categoryName, vat.rate]).toEqual(['detectives', 21]);
		}
	});

	it('does not book a shipping cost that is not known', () => {
		for (const shippingCost of [-1, null, undefined]) {
			const sale = fromBoekwinkeltjesOrder(set(cloneDeep(BOOK_ORDER), 'book.shippingCost', shippingCost), settings());
			expect(sale.totals.gross).toBe(1099);
			expect(codesOf(sale)).toContain('SDW01');
		}
		const free = fromBoekwinkeltjesOrder(set(cloneDeep(BOOK_ORDER), 'book.shippingCost', 0), settings({ shippingCost: 495 }));
		expect(free.totals.gross).toBe(1099);
		expect(codesOf(free)).not.toContain('SDW01');
		const told = fromBoekwinkeltjesOrder(set(cloneDeep(BOOK_ORDER), 'book.shippingCost', -1), settings({ shippingCost: 495 }));
		expect(told.totals).toMatchObject({ gross: 1594, paid: 1594 });
		expect(codesOf(told)).not.toContain('SDW01');
	});

	it('asks what the goods are instead of guessing', () => {
		expect(() => fromBoekwinkeltjesOrder(BOOK_ORDER, settings({ goods: undefined }))).toThrow(
			'Order 4006 has no VAT rate. Choose what the goods are under "Goods Are", or a regime without VAT.',
		);
	});

	it('under the margin scheme shows no VAT, and reckons the margin beside it', () => {
		const sale = fromBoekwinkeltjesOrder(BOOK_ORDER, settings({ regime: 'margin', purchasePrice: 400 }));
		expect(sale.vatSummary).toEqual([{ category: 'E', rate: 0, reason: 'margin', taxable: 1798, amount: 0 }]);
		// 17.98 - 4.00 = 13.98, of which 9/109.
		expect(sale.margin).toEqual({ purchase: 400, rate: 9, vat: 115 });
		const unknown = fromBoekwinkeltjesOrder(BOOK_ORDER, settings({ regime: 'margin' }));
		expect(unknown.margin).toBeNull();
		expect(codesOf(unknown)).toContain('SDW03');
		expect(fromBoekwinkeltjesOrder(BOOK_ORDER, settings({ regime: 'margin', purchasePrice: 5000 })).margin?.vat).toBe(0);
		expect(fromBoekwinkeltjesOrder(BOOK_ORDER, settings({ regime: 'marginGlobal', purchasePrice: 400 })).margin?.vat).toBeNull();
	});

	it('says of what nobody has confirmed that it needs a bookkeeper', () => {
		const said = (order: object, changes: Parameters<typeof settings>[0]) =>
			fromBoekwinkeltjesOrder(order, settings(changes)).warnings.filter(({ text }) => text.includes('ask your bookkeeper') || text.includes('Ask your bookkeeper')).map(({ code }) => code);
		const { seller } = settings();
		const belgian = { seller: { ...seller, address: { ...seller.address, country: 'BE' } } };
		const atHome = set(cloneDeep(BOOK_ORDER), 'buyer.address.country', 'be');
		expect(said(atHome, { ...belgian, goods: 'food' })).toEqual(['SDW12']);
		expect(said(atHome, { ...belgian, goods: 'book' })).toEqual([]);
		expect(said(atHome, { ...belgian, goods: 'food', rates: [{ class: 'food', country: 'BE', from: '2026-01-01', rate: 6 }] })).toEqual([]);
		expect(said(BOOK_ORDER, { regime: 'margin' })).toEqual(['SDW13']);
		expect(said(set(cloneDeep(BOOK_ORDER), 'book.shippingCost', 0), { regime: 'margin' })).toEqual([]);
		expect(said(atHome, { regime: 'smallBusiness' })).toEqual(['SDW14']);
		expect(said(BOOK_ORDER, { regime: 'smallBusiness' })).toEqual([]);
	});

	it.each([
		['smallBusiness', 'E', 'smallBusiness'],
		['notLiable', 'E', 'exempt'],
		['private', 'E', 'exempt'],
	] as const)('under the regime %s has category %s', (regime, category, reason) => {
		expect(fromBoekwinkeltjesOrder(BOOK_ORDER, settings({ regime })).vatSummary).toMatchObject([{ category, reason, amount: 0 }]);
	});

	it('of a seller without a VAT ID who is not liable is outside VAT', () => {
		const plain = settings({ regime: 'notLiable' });
		const sale = fromBoekwinkeltjesOrder(BOOK_ORDER, { ...plain, seller: { ...plain.seller, vatId: null } });
		expect(sale.vatSummary).toMatchObject([{ category: 'O', reason: 'outOfScope' }]);
	});

	it('abroad: no VAT outside the EU, the seller\'s within it unless it goes through the One-Stop Shop', () => {
		const to = (country: string, changes = {}) => fromBoekwinkeltjesOrder(set(cloneDeep(BOOK_ORDER), 'buyer.address.country', country), settings(changes));
		expect(to('us').vatSummary).toMatchObject([{ category: 'G', reason: 'export', amount: 0 }]);
		expect(to('be').vatSummary).toMatchObject([{ category: 'S', rate: 9 }]);
		expect(codesOf(to('be'))).toContain('SDW05');
		expect(to('be', { oss: true, ossRate: 6 }).vatSummary).toMatchObject([{ category: 'S', rate: 6 }]);
		expect(() => to('fr', { oss: true })).toThrow('Order 4006 goes to a consumer in FR. Enter the VAT rate of FR under "OSS Rate" (SD07).');
		expect(to('fr', { oss: true, ossRate: 5.5 }).vatSummary).toMatchObject([{ rate: 5.5 }]);
		expect(() => to('be', { oss: true, ossRate: 10 })).toThrow('SD07');
		expect(codesOf(to(''))).toContain('SDW04');
		expect(to('be', { goods: 'ticket', oss: true }).vatSummary).toMatchObject([{ category: 'S', rate: 9 }]);
	});

	it('taxes shipping as it is told', () => {
		const shipped = (shipping: 'noVat' | number) => fromBoekwinkeltjesOrder(BOOK_ORDER, settings({ shipping })).charges[0].vat;
		expect(shipped(21)).toMatchObject({ category: 'S', rate: 21, amount: 121 });
		expect(shipped('noVat')).toMatchObject({ category: 'Z', rate: 0, amount: 0 });
	});

	it('tells what became of the payment', () => {
		const sale = (changes: object) => fromBoekwinkeltjesOrder({ ...BOOK_ORDER, ...changes }, settings());
		expect(sale({ idealPaymentStatus: 'open' })).toMatchObject({ status: 'open', payments: [], totals: { due: 1798 } });
		expect(sale({ idealPaymentStatus: undefined, onlinePaymentStatus: 'paid' }).status).toBe('paid');
		expect(sale({ idealPaymentStatus: 'open', status: 'picked_up_paid' })).toMatchObject({ status: 'paid', payments: [{ method: 'other' }] });
		expect(sale({ idealPaymentStatus: 'open', status: 'sold_or_unavailable' }).status).toBe('cancelled');
		const refunded = sale({ idealPaymentStatus: 'refunded' });
		expect(refunded.status).toBe('refunded');
		expect(codesOf(refunded)).toContain('SDW07');
	});

	it('refuses what cannot be booked in words', () => {
		const wrong = (changes: object) => () => fromBoekwinkeltjesOrder({ ...BOOK_ORDER, ...changes }, settings());
		expect(wrong({ book: { price: 10.995 } })).toThrow('Order 4006 cannot be booked: book.price is 10.995, which is finer than a cent (SD13, book.price)');
		expect(wrong({ book: { price: 'free' } })).toThrow('SD13');
		expect(wrong({ book: {} })).toThrow('it has no price');
		expect(wrong({ date: '31-02-2026' })).toThrow('it has no date');
		expect(wrong({ id: null })).toThrow('This is no order of Boekwinkeltjes');
		const open = settings({ kind: 'receipt' });
		expect(() => fromBoekwinkeltjesOrder({ ...BOOK_ORDER, idealPaymentStatus: 'open' }, open)).toThrow('SD06');
	});

	it('reads amounts that a float cannot hold', () => {
		for (const [price, cents] of [[17.98, 1798], [1.005 * 100, 10050], [0.1 + 0.2, 30], ['19.90', 1990], [99_999, 9_999_900]] as const) {
			expect(fromBoekwinkeltjesOrder(set(cloneDeep(BOOK_ORDER), 'book', { price, shippingCost: 0 }), settings()).totals.gross).toBe(cents);
		}
	});
});

const line = (changes: object) => ({ uuid: 'l', title: 'Bouquet', quantity: 1, price: 20, priceIncl: 21.8, vatSpecification: [{ price: 20, percentage: 9 }], children: [], ...changes });
const GIFTS = {
	uuid: '11111111-2222-3333-4444-555555555555',
	orderNumber: '10000001-0001',
	status: 'completed',
	createdAt: '2026-06-09T12:00:00+00:00',
	deliveryDate: '2026-06-11T00:00:00+00:00',
	invoiceReference: 'PO-7',
	lines: [line({})],
	totalPrice: 20,
	totalPriceIncl: 21.8,
	deliveryAddress: { attn: 'An', street: 'Straat', number: '1', numberAddition: null, postcode: '1000AA', city: 'Amsterdam', country: 'NL' },
};

describe('An order of Topgeschenken', () => {
	it('is a purchase with the VAT that it states', () => {
		const bought = fromTopgeschenkenOrder(GIFTS, settings({ regime: 'notLiable', goods: undefined }), 1);
		expect(bought).toMatchObject({ direction: 'purchase', number: '10000001-0001', reference: 'PO-7', source: { statesVat: true } });
		expect(bought.totals).toEqual({ gross: 2180, net: 2000, vat: 180, paid: 0, due: 2180 });
		expect(bought.seller.name).toBe('Topgeschenken');
		expect(bought.customer).toMatchObject({ name: 'Antiquariaat De Kapitein', shipping: { name: 'An', country: 'NL' } });
		expect(bought.suppliedAt).toBe('2026-06-11T00:00:00+02:00');
	});

	it('is the same simplified, whose lines are one text', () => {
		const lines = [line({ quantity: 2, price: 40, priceIncl: 43.6, vatSpecification: [{ price: 40, percentage: 9 }] }), line({ title: 'Mug', price: 10, priceIncl: 12.1, vatSpecification: [{ price: 10, percentage: 21 }] })];
		const order = { ...GIFTS, lines, totalPrice: 50, totalPriceIncl: 55.7 };
		const simple = fromTopgeschenkenOrder(simplifyGifts(order), settings(), 1);
		expect(figures(simple)).toEqual(figures(fromTopgeschenkenOrder(order, settings(), 1)));
		expect(simple.lines.map(({ description }) => description)).toEqual(['2 × Bouquet, 1 × Mug (9 %)', '2 × Bouquet, 1 × Mug (21 %)']);
		expect(simple.customer.shipping).toMatchObject({ name: 'An', street: 'Straat', houseNumber: '1', city: 'Amsterdam' });
		expect(() => fromTopgeschenkenOrder({ ...simplifyGifts(order), lineId: 'l' }, settings(), 1)).toThrow('has no lines of its own');
	});

	it('is in cents or in euro as it is told', () => {
		const inCents = { ...GIFTS, lines: [line({ price: 2000, priceIncl: 2180 })], totalPrice: 2000, totalPriceIncl: 2180 };
		expect(fromTopgeschenkenOrder(inCents, settings(), CENTS).totals.gross).toBe(2180);
	});

	it('is in cents or in euro as it shows, simplified or not, and asks where it does not show it', () => {
		const netAndRate = fc.record({ net: fc.integer({ min: 1, max: 100_000 }), percentage: fc.constantFrom(0, 9, 21) });
		let asked = 0;
		fc.assert(
			fc.property(fc.array(netAndRate, { minLength: 1, maxLength: 3 }), fc.constantFrom(1, CENTS), fc.boolean(), (all, perEuro, isSimple) => {
				const amount = (cents: number) => (cents * perEuro) / CENTS;
				const grossOf = ({ net, percentage }: (typeof all)[number]) => net + Math.round((net * percentage) / 100);
				const lines = all.map((one) => line({ price: amount(one.net), priceIncl: amount(grossOf(one)), vatSpecification: [{ price: amount(one.net), percentage: one.percentage }] }));
				const sum = (of: (one: (typeof all)[number]) => number) => amount(all.reduce((total, one) => total + of(one), 0));
				const order = { ...GIFTS, lines, totalPrice: sum(({ net }) => net), totalPriceIncl: sum(grossOf) };
				const make = () => fromTopgeschenkenOrder(isSimple ? simplifyGifts(order) : order, settings()).totals.gross;
				try {
					expect(make()).toBe(Math.round(sum(grossOf) * (CENTS / perEuro)));
				} catch (error) {
					if (!(error instanceof CannotBook)) throw error;
					expect(error.message).toContain('choose it under "Amounts Are In"');
					asked++;
				}
			}),
			{ numRuns: 500 },
		);
		expect(asked).toBeLessThan(200);
		expect(() => fromTopgeschenkenOrder({ ...GIFTS, lines: [line({ price: 25, priceIncl: 25, vatSpecification: [{ price: 25, percentage: 0 }] })], totalPrice: 25, totalPriceIncl: 25 }, settings())).toThrow('in euro or in cents');
	});

	const card = { title: 'Card', quantity: 1, price: 2, priceIncl: 2.42, vatSpecification: [{ price: 2, percentage: 21 }] };
	it.each([
		['children beside their line', [line({ children: [card] })], 22, 24.22, [2180, 242]],
		['children within the price of their line', [line({ children: [card] })], 20, 21.8, [2180]],
		['prices of one piece', [line({ quantity: 3 })], 60, 65.4, [6540]],
		['prices of all pieces', [line({ quantity: 3 })], 20, 21.8, [2180]],
		['prices of one piece with its children in them', [line({ quantity: 3, children: [card] })], 60, 65.4, [6540]],
	])('reads %s, as the totals say', (_, lines, totalPrice, totalPriceIncl, amounts) => {
		const bought = fromTopgeschenkenOrder({ ...GIFTS, lines, totalPrice, totalPriceIncl }, settings(), 1);
		expect(bought.lines.map(({ gross }) => gross)).toEqual(amounts);
	});

	it.each([
		['parts without VAT', [{ price: 10, percentage: 9 }, { price: 5, percentage: 21 }]],
		['parts with VAT', [{ price: 10.9, percentage: 9 }, { price: 6.05, percentage: 21 }]],
	])('makes two lines of a line with two rates: %s', (_, vatSpecification) => {
		const lines = [line({ price: 15, priceIncl: 16.95, vatSpecification })];
		const bought = fromTopgeschenkenOrder({ ...GIFTS, lines, totalPrice: 15, totalPriceIncl: 16.95 }, settings(), 1);
		expect(bought.vatSummary).toEqual([
			{ category: 'S', rate: 9, reason: null, taxable: 1000, amount: 90 },
			{ category: 'S', rate: 21, reason: null, taxable: 500, amount: 105 },
		]);
	});

	it('takes a cent between several lines and their order for rounding, and a line for as much as it says', () => {
		const lines = [line({}), line({ title: 'Mug', price: 10, priceIncl: 12.1, vatSpecification: [{ price: 10, percentage: 21 }] })];
		const order = (totalPriceIncl: number) => fromTopgeschenkenOrder({ ...GIFTS, lines, totalPrice: 30, totalPriceIncl }, settings(), 1);
		expect(order(33.89)).toMatchObject({ totals: { gross: 3389 }, charges: [{ type: 'rounding', gross: -1 }], lines: [{ gross: 2180 }, { gross: 1210 }] });
		expect(() => order(33.88)).toThrow('the lines add up to 33.90, the order says 33.88 (SD01');
	});

	it('refuses what does not add up, and what has no VAT', () => {
		const wrong = (changes: object) => () => fromTopgeschenkenOrder({ ...GIFTS, ...changes }, settings(), 1);
		expect(wrong({ totalPriceIncl: 21.79 })).toThrow('the lines add up to 21.80, the order says 21.79 (SD01, totals.gross)');
		expect(wrong({ lines: [line({ priceIncl: 24.2 })], totalPriceIncl: 24.2 })).toThrow('SD04');
		expect(wrong({ lines: [line({ vatSpecification: [] })] })).toThrow('has no VAT percentage on lines[0]');
		expect(wrong({ lines: undefined })).toThrow('has no lines of its own: hand over what Order: Get gives');
		expect(wrong({ lines: [line({ vatSpecification: [{ price: 1, percentage: 9 }, { price: 2, percentage: 21 }] })] })).toThrow('do not add up to its price (SD04');
		expect(wrong({ lines: [line({ vatSpecification: [{ price: 20, percentage: 12 }], priceIncl: 22.4 })], totalPriceIncl: 22.4 })).toThrow('NL has no VAT rate of 12 %');
	});
});

const BE = { ...settings().seller, vatId: 'BE0123456789', companyId: { scheme: 'kbo' as const, id: '0123456789' }, iban: null, name: null, address: { ...settings().seller.address, country: 'BE' } };
const association = (changes = {}) => {
	const all = settings({ regime: 'notLiable', ...changes });
	return { ...all, seller: { ...all.seller, ...BE, vatId: all.regime === 'notLiable' ? null : BE.vatId } };
};

describe('A payment of Stamhoofd', () => {
	it('of the first line is in cents, and knows its order', () => {
		const [payment] = recorded('v191-list') as Array<Record<string, unknown>>;
		const sale = fromStamhoofdPayment(payment, association(), CENTS);
		expect(sale).toMatchObject({ kind: 'order', number: '1', status: 'open', totals: { gross: 2500, due: 2500 }, reference: '+++015/4832/36188+++' });
		expect(sale.customer).toMatchObject({ name: 'Jan0 Peeters', email: 'jan0@example.com', language: null });
		expect(sale.seller).toMatchObject({ name: 'Lab Club', iban: 'BE68539007547034' });
		expect(sale.vatSummary).toMatchObject([{ category: 'O', reason: 'outOfScope' }]);
	});

	it('of the current line is in ten-thousandths of a euro, and the same simplified', () => {
		const payment = recorded('v398-get') as Record<string, unknown>;
		const sale = fromStamhoofdPayment(payment, association(), TEN_THOUSANDTHS);
		expect(sale.totals.gross).toBe(7500);
		expect(sale.lines).toMatchObject([{ description: 'Bestelling #5 - Spaghettiavond', categoryName: 'Spaghettiavond', quantity: '1' }]);
		const simple = fromStamhoofdPayment(simplifyPayment(payment as never, { apiVersion: '398' }), association());
		expect(figures(simple)).toEqual(figures(sale));
		expect(simple.number).toBe('5');
	});

	it('asks in which unit raw amounts are', () => {
		expect(() => fromStamhoofdPayment(recorded('v398-get'), association())).toThrow('Choose it under "Amounts Are In"');
	});

	const payment = (changes: object, item: object = {}) => {
		const base = cloneDeep(recorded('v398-get') as Record<string, unknown>);
		return Object.entries(item).reduce((all, [name, value]) => set(all, `balanceItemPayments[0].${name}`, value), { ...base, ...changes } as Record<string, unknown>);
	};

	it('reads VAT where Stamhoofd states it, and asks where it does not', () => {
		const standard = association({ regime: 'standard', goods: undefined });
		const stated = fromStamhoofdPayment(payment({}, { 'balanceItem.VATPercentage': 21 }), standard, TEN_THOUSANDTHS);
		expect(stated.vatSummary).toMatchObject([{ category: 'S', rate: 21, amount: 1302 }]);
		expect(codesOf(stated)).not.toContain('SDW02');
		expect(() => fromStamhoofdPayment(payment({}), standard, TEN_THOUSANDTHS)).toThrow('has no VAT rate. Choose what the goods are');
		expect(() => fromStamhoofdPayment(payment({}), association({ regime: 'standard', goods: 'ticket' }), TEN_THOUSANDTHS)).toThrow('none is known for "Ticket, Sport or Museum" in BE');
		const abroad = { customer: { firstName: 'A', company: { name: 'B', VATNumber: 'NL 123456789 B01', address: { country: 'NL' } } } };
		expect(fromStamhoofdPayment(payment(abroad, { 'balanceItem.VATExcempt': 'IntraCommunityGoods' }), standard, TEN_THOUSANDTHS).vatSummary).toMatchObject([{ category: 'K' }]);
		expect(() => fromStamhoofdPayment(payment({}, { 'balanceItem.VATPercentage': 21 }), association(), TEN_THOUSANDTHS)).toThrow('states 21 % VAT, but the chosen regime has none');
	});

	it('keeps fees beside the payment: the turnover stays as it is', () => {
		const sale = fromStamhoofdPayment(payment({ status: 'Succeeded', method: 'iDEAL', paidAt: 1795280799000, transferFee: 2_675, serviceFeePayout: 1_000 }), association(), TEN_THOUSANDTHS);
		expect(sale.payments).toMatchObject([{ method: 'iDEAL', amount: 7500, status: 'succeeded', platformFee: 37 }]);
		expect(sale.totals).toMatchObject({ gross: 7500, paid: 7500, due: 0 });
	});

	it('at the till is a receipt, and one that failed is cancelled', () => {
		expect(fromStamhoofdPayment(payment({ status: 'Succeeded', method: 'PointOfSale' }), association(), TEN_THOUSANDTHS).kind).toBe('receipt');
		expect(fromStamhoofdPayment(payment({ status: 'Failed' }), association(), TEN_THOUSANDTHS)).toMatchObject({ status: 'cancelled', totals: { paid: 0 } });
	});

	it('is of the day on which it was ordered, at the till of that on which it was paid', () => {
		const late = { status: 'Succeeded', createdAt: Date.parse('2026-11-20T10:00:00Z'), paidAt: Date.parse('2026-11-24T22:59:59Z') };
		const dated = (method: string) => fromStamhoofdPayment(payment({ ...late, method }), association(), TEN_THOUSANDTHS).issuedAt;
		expect(dated('Transfer')).toBe('2026-11-20T11:00:00+01:00');
		expect(dated('PointOfSale')).toBe('2026-11-24T23:59:59+01:00');
	});

	it('spreads what Stamhoofd rounded, and refuses other parts of a cent', () => {
		const fine = payment({ price: 152_400, roundingAmount: 20 }, { price: 152_380, 'balanceItem.VATPercentage': 21, 'balanceItem.VATIncluded': false });
		expect(fromStamhoofdPayment(fine, association({ regime: 'standard' }), TEN_THOUSANDTHS).totals.gross).toBe(1524);
		expect(() => fromStamhoofdPayment(payment({ price: 152_400 }, { price: 152_380 }), association(), TEN_THOUSANDTHS)).toThrow('SD13');
		expect(() => fromStamhoofdPayment(payment({ price: 152_380 }), association(), TEN_THOUSANDTHS)).toThrow('SD13');
	});

	it('that was given back in part is a credit note with the VAT of its sale', () => {
		const reversed = payment({ id: 'p', status: 'Succeeded', price: 1_060_000 }, { price: 1_060_000, 'balanceItem.VATPercentage': 6, 'balanceItem.VATIncluded': true });
		const refund = { id: '7b1c2d3e-0000-4000-8000-000000000000', type: 'Refund', price: -530_000, paidAt: Date.parse('2026-11-24T10:00:00Z') };
		const note = fromStamhoofdRefund(refund, reversed, association({ regime: 'standard' }), TEN_THOUSANDTHS);
		expect(note).toMatchObject({ id: `stamhoofd:${refund.id}`, kind: 'creditNote', issuedAt: '2026-11-24T11:00:00+01:00', corrects: { id: 'stamhoofd:p' }, totals: { gross: -5300, net: -5000, vat: -300, due: 0 } });
		expect(note.number).toMatch(/-C-7b1c2d3e$/);
		expect(readDocument(note).findings).toEqual([]);
		expect(() => fromStamhoofdRefund({ ...refund, price: -1_100_000 }, reversed, association({ regime: 'standard' }), TEN_THOUSANDTHS)).toThrow('SD14');
	});

	it('that went back is a credit note of its sale', () => {
		expect(() => fromStamhoofdPayment(payment({ price: -750_000, type: 'Refund' }), association(), TEN_THOUSANDTHS)).toThrow('make a credit note of the sale');
	});

	it('of nothing adds up, too', () => {
		const free = fromStamhoofdPayment(payment({ price: 0 }, { price: 0, 'balanceItem.unitPrice': 0 }), association(), TEN_THOUSANDTHS);
		expect(free).toMatchObject({ status: 'paid', payments: [], totals: { gross: 0 } });
	});
});

describe('An order of Stamhoofd', () => {
	const current = () => cloneDeep((recorded('v398-webshop-orders') as { results: Array<Record<string, unknown>> }).results[0]);

	it('of both lines adds up to what was charged', () => {
		for (const order of (recorded('v191-webshop-orders') as { results: unknown[] }).results) {
			expect(readDocument(fromStamhoofdOrder(order, association(), CENTS)).findings).toEqual([]);
		}
		const sale = fromStamhoofdOrder(current(), association(), TEN_THOUSANDTHS);
		expect(sale).toMatchObject({ number: '3', totals: { gross: 5000, due: 5000 }, payments: [{ method: 'PointOfSale', status: 'pending' }] });
		expect(sale.lines).toMatchObject([{ description: 'Spaghetti, Volwassene', quantity: '4', unitGross: 1250, gross: 5000, categoryName: 'Spaghettiavond' }]);
	});

	it('is the same simplified', () => {
		const simple = fromStamhoofdOrder(simplifyShopOrder(current() as never, { apiVersion: '398' }), association());
		expect(figures(simple)).toEqual(figures(fromStamhoofdOrder(current(), association(), TEN_THOUSANDTHS)));
		expect(simple.lines).toMatchObject([{ gross: 5000 }]);
		const asText = { id: 'o', number: 3, price: 50, items: '4 × Spaghetti, Volwassene', createdAt: '2026-11-21T10:00:00.000Z', paymentStatus: 'Created', paymentMethod: 'PointOfSale' };
		expect(fromStamhoofdOrder(asText, association())).toMatchObject({ totals: { gross: 5000, due: 5000 }, lines: [{ description: '4 × Spaghetti, Volwassene', quantity: '1', gross: 5000 }] });
	});

	it('reckons discounts, delivery and fees as the checkout does', () => {
		const order = current();
		set(order, 'data.cart.items[0].calculatedPrices', [{ price: 125_000, fixedDiscount: 0, percentageDiscount: 1_000 }, { price: 125_000, fixedDiscount: 5_000, percentageDiscount: 0 }]);
		set(order, 'data.cart.items[0].amount', 2);
		set(order, 'data.percentageDiscount', 500);
		set(order, 'data.fixedDiscount', 10_000);
		set(order, 'data.administrationFee', 7_500);
		set(order, 'data.checkoutMethod', { type: 'Delivery', price: { price: 50_000, minimumPrice: 300_000, discountPrice: 0 } });
		// 11.25 + 12.00 = 23.25; 5 % = 1.16; 1.00 off; 5.00 delivery; 0.75 fee
		set(order, 'balanceItems[0].unitPrice', 268_400);
		set(order, 'balanceItems[0].payments[0].price', 268_400);
		const sale = fromStamhoofdOrder(order, association(), TEN_THOUSANDTHS);
		expect(sale.charges.map(({ type, gross }) => [type, gross])).toEqual([['discount', -216], ['shipping', 500], ['surcharge', 75]]);
		expect(sale.totals.gross).toBe(2684);
		set(order, 'balanceItems[0].unitPrice', 268_300);
		expect(fromStamhoofdOrder(order, association(), TEN_THOUSANDTHS).charges).toMatchObject([{}, {}, {}, { type: 'rounding', gross: -1 }]);
		set(order, 'balanceItems[0].unitPrice', 268_200);
		expect(() => fromStamhoofdOrder(order, association(), TEN_THOUSANDTHS)).toThrow('SD01');
	});

	it('takes the VAT of a product or webshop from the list of exceptions', () => {
		const overrides = [{ match: ' SPAGHETTI ', goods: 12 }];
		const sale = fromStamhoofdOrder(current(), association({ regime: 'standard', goods: 21, overrides }), TEN_THOUSANDTHS);
		expect(sale.vatSummary).toMatchObject([{ rate: 12 }]);
	});
});

describe('Fields', () => {
	const fields = (changes: Partial<Fields> = {}): Fields => ({
		platform: 'woocommerce',
		id: '77',
		direction: 'sale',
		currency: 'EUR',
		pricesIncludeVat: true,
		reference: null,
		issuedAt: '2026-11-24T10:00:00+01:00',
		suppliedAt: null,
		dueAt: null,
		customer: { ...NOBODY, name: 'An', email: 'an@example.com' },
		lines: [{ ...NO_LINE, id: '1', description: 'Mug', quantity: '3', price: 293, goods: 21 }],
		charges: [{ id: 's', type: 'shipping', description: 'Post', amount: 500 }],
		payments: [],
		...changes,
	});

	it('make an invoice: 3 × 2.93 is 8.79', () => {
		const sale = fromFields(fields(), settings());
		expect(sale).toMatchObject({ id: 'woocommerce:77', kind: 'invoice', number: '77', totals: { gross: 1379 } });
		expect(sale.lines[0]).toMatchObject({ gross: 879, unitGross: 293 });
		expect(sale.customer.id).toMatch(/^email:/);
	});

	it('with prices without VAT, classes and reasons of their own', () => {
		const lines: Fields['lines'] = [
			{ ...NO_LINE, id: '1', description: 'Wine', quantity: '2', price: 1000, goods: 'alcohol' },
			{ ...NO_LINE, id: '2', description: 'Work', quantity: '0.5', price: 1001, reason: 'exempt' },
		];
		const sale = fromFields(fields({ lines, charges: [], pricesIncludeVat: false }), settings());
		expect(sale.vatSummary).toMatchObject([{ rate: 21, taxable: 2000, amount: 420 }, { category: 'E', taxable: 501, amount: 0 }]);
	});

	it('name a source in one word', () => {
		expect(() => fromFields(fields({ platform: 'my shop' }), settings())).toThrow('write it as one word');
	});
});

describe('Whatever is handed over', () => {
	const makers: Array<(value: unknown) => unknown> = [
		(value) => fromBoekwinkeltjesOrder(value, settings()),
		(value) => fromTopgeschenkenOrder(value, settings(), 1),
		(value) => fromStamhoofdPayment(value, association(), CENTS),
		(value) => fromStamhoofdOrder(value, association(), CENTS),
	];
	const records = [BOOK_ORDER, GIFTS, recorded('v398-get'), (recorded('v398-webshop-orders') as { results: unknown[] }).results[0]] as object[];

	/** Replaces one value somewhere in the record. */
	function broken(record: object, choice: number, value: unknown): object {
		const paths: string[] = [];
		const walk = (one: unknown, path: string): void => {
			if (typeof one !== 'object' || one === null) return;
			for (const name of Object.keys(one)) {
				const inner = path ? `${path}.${name}` : name;
				paths.push(inner);
				walk((one as Record<string, unknown>)[name], inner);
			}
		};
		walk(record, '');
		return set(cloneDeep(record), paths[choice % paths.length], value);
	}

	it('either becomes a document that keeps the rules, or a sentence', () => {
		fc.assert(
			fc.property(fc.nat(3), fc.nat(), fc.oneof(fc.anything(), fc.integer(), fc.double(), fc.constantFrom(null, '', 'constructor', '__proto__', {}, [null], ['x'])), (which, choice, value) => {
				try {
					expect(readDocument(makers[which](broken(records[which], choice, value))).findings).toEqual([]);
				} catch (error) {
					expect(error).toBeInstanceOf(CannotBook);
				}
			}),
			{ numRuns: 600 },
		);
		for (const maker of makers) expect(() => maker('text')).toThrow(CannotBook);
	});
});
