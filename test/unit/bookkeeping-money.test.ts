import fc from 'fast-check';

import { centsOf, decimalOf, euros, isUnitPrice, millionths, spread, spreadVat, sum, unitPrice, vatInside, vatOnTop } from '../../nodes/bookkeeping/money';
import { allowedRates, countryOfVatId, plainVatId, rateOf, RATES, VAT_CLASSES } from '../../nodes/bookkeeping/vat';

const cents = fc.integer({ min: -10_000_000, max: 10_000_000 });
const rate = fc.constantFrom(21, 9, 6, 12, 5.5, 8.1, 2.1, 0);

describe('VAT', () => {
	it.each([
		[1798, 9, 148],
		[1000, 21, 174],
		[1, 21, 0],
		[3, 21, 1],
		[-3, 21, -1],
		[-1798, 9, -148],
		// Exactly half a cent: away from zero.
		[-109 * 5 - 0, 9, -45],
		[99_999_999_999, 21, 17_355_371_901],
	])('inside %d at %d %% is %d', (gross, percent, vat) => expect(vatInside(gross, percent)).toBe(vat));

	it('of a half cent goes away from zero, for both signs', () => {
		expect(vatOnTop(50, 21)).toBe(11);
		expect(vatOnTop(-50, 21)).toBe(-11);
		expect(vatOnTop(50, 9)).toBe(5);
		expect(vatOnTop(-50, 9)).toBe(-5);
	});

	it('of the opposite amount is the opposite', () => {
		fc.assert(fc.property(cents, rate, (gross, percent) => expect(vatInside(0 - gross, percent)).toBe(0 - vatInside(gross, percent))));
	});
});

describe('What is spread', () => {
	it('adds up, and each share is within a cent of what is due', () => {
		fc.assert(
			fc.property(fc.array(cents, { minLength: 1, maxLength: 20 }), rate, fc.boolean(), (amounts, percent, included) => {
				const vat = included ? vatInside(sum(amounts), percent) : vatOnTop(sum(amounts), percent);
				const shares = spreadVat(vat, amounts, percent, included);
				expect(sum(shares)).toBe(vat);
				shares.forEach((share, index) => {
					const exact = (amounts[index] * percent) / (included ? 100 + percent : 100);
					expect(Math.abs(share - exact)).toBeLessThan(1.0001);
				});
			}),
		);
	});

	it('adds up to the total whatever the weights are', () => {
		fc.assert(fc.property(cents, fc.array(cents, { minLength: 1, maxLength: 20 }), (total, weights) => expect(sum(spread(total, weights))).toBe(total)));
	});

	it('gives to those that lose most, and to the first among equals', () => {
		expect(spread(100, [1, 1, 1])).toEqual([34, 33, 33]);
		expect(spread(-100, [1, 1, 1])).toEqual([-33, -33, -34]);
		expect(spread(5, [0, 0])).toEqual([5, 0]);
		expect(spread(10, [2, 1, 1])).toEqual([5, 3, 2]);
	});
});

describe('Amounts', () => {
	it.each([
		[17.98, 1, 1798],
		[0.1 + 0.2, 1, 30],
		[1.15, 1, 115],
		[-0, 1, 0],
		['19.9', 1, 1990],
		[1798, 100, 1798],
		[250_000, 10_000, 2500],
		[8_388_607.99, 1, 838_860_799],
	])('%p in units of which %d make a euro is %d cents', (value, perEuro, expected) => expect(centsOf(value, perEuro)).toBe(expected));

	it.each([[17.985], [0.001], [1e-5]])('%p euro is finer than a cent', (value) => expect(Number.isInteger(centsOf(value, 1))).toBe(false));

	it.each([['17,98'], ['1e3'], [''], [NaN], [Infinity], [1e12], [null], [{}], [[5]], [true], ['9'.repeat(1e5)]])('%p is no amount', (value) => expect(centsOf(value, 1)).toBeUndefined());

	it('all whole cents to a million euro are read from their floats', () => {
		fc.assert(fc.property(fc.integer({ min: -1e8, max: 1e8 }), (whole) => {
			expect(centsOf(whole / 100, 1)).toBe(whole);
			expect(centsOf(Number(euros(whole)), 1)).toBe(whole);
		}));
	});

	it('quantities are exact', () => {
		fc.assert(fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), (value) => expect(millionths(decimalOf(value))).toBe(value)));
		expect(decimalOf(2_250_000n)).toBe('2.25');
		for (const wrong of ['', '.5', '1,5', '1e3', '0x1', '1'.repeat(10), '0.1234567']) expect(millionths(wrong)).toBeUndefined();
	});

	it('the price of one makes the amount to half a cent a piece', () => {
		fc.assert(fc.property(cents, fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.boolean(), (amount, quantity, back) => {
			const size = back ? -quantity : quantity;
			expect(isUnitPrice(unitPrice(amount, size), amount, size)).toBe(true);
		}));
		expect(isUnitPrice(333, 1000, 3_000_000n)).toBe(true);
		expect(isUnitPrice(334, 1000, 3_000_000n)).toBe(false);
	});
});

describe('Rates', () => {
	it.each([
		['book', 'NL', '2026-11-24', 9],
		['book', 'BE', '2026-11-24', 6],
		['alcohol', 'BE', '2026-11-24', 21],
		['shortStay', 'NL', '2025-12-31', 9],
		['shortStay', 'NL', '2026-01-01', 21],
		['takeAwayMeal', 'BE', '2026-02-28', 6],
		['takeAwayMeal', 'BE', '2026-03-01', 12],
		['shortStay', 'BE', '2026-03-01', 12],
		['servedMeal', 'BE', '2026-03-01', 12],
		['ticket', 'NL', '2026-03-01', 9],
		['ticket', 'BE', '2026-03-01', undefined],
		['flowerArrangement', 'BE', '2026-03-01', undefined],
		['book', 'DE', '2026-03-01', undefined],
		['book', 'NL', '2018-03-01', undefined],
		['constructor', 'NL', '2026-03-01', undefined],
	])('%s in %s on %s: %p', (name, country, day, expected) => expect(rateOf(name, country, day)).toBe(expected));

	it('of the user go before those of the table from their day on', () => {
		const own = [{ class: 'book', country: 'NL', from: '2027-01-01', rate: 21 }, { class: 'book', country: 'DE', from: '2020-01-01', rate: 7 }];
		expect(rateOf('book', 'NL', '2026-12-31', own)).toBe(9);
		expect(rateOf('book', 'NL', '2027-01-01', own)).toBe(21);
		expect(rateOf('book', 'DE', '2026-01-01', own)).toBe(7);
		const sameDay = [{ class: 'shortStay', country: 'NL', from: '2026-01-01', rate: 9 }];
		expect(rateOf('shortStay', 'NL', '2026-06-01', sameDay)).toBe(9);
	});

	it('of the table are rates that the country knows on that day', () => {
		for (const { country, from, rate: percent } of RATES) expect(allowedRates(country, from)).toContain(percent);
		expect(new Set(RATES.map((row) => row.class))).toEqual(new Set(VAT_CLASSES.map(({ value }) => value)));
		expect(allowedRates('NL', '2018-12-31')).toEqual([6, 21]);
		expect(allowedRates('DE', '2026-01-01')).toBeUndefined();
	});
});

describe('VAT IDs', () => {
	it.each([
		['NL123456789B01', 'NL'],
		['BE0123456789', 'BE'],
		['DE123456789', 'DE'],
		['EL123456789', 'GR'],
		['FRXX123456789', 'FR'],
		['XI123456789', 'XI'],
		['NL123456789', undefined],
		['GR123456789', undefined],
		['GB123456789', undefined],
		['__proto__', undefined],
		['', undefined],
	])('%s is of %p', (vatId, country) => expect(countryOfVatId(vatId)).toBe(country));

	it('are read as people write them', () => {
		expect(plainVatId(' nl 1234.56.789.b01 ')).toBe('NL123456789B01');
		expect(plainVatId(' ')).toBeNull();
	});
});
