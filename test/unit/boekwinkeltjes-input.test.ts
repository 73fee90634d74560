import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	choice,
	digitList,
	euro,
	isGiven,
	readDay,
	readEmail as email,
	readFields,
	readIsbn,
	readLanguage as language,
	readMoment,
	readWebAddress as webAddress,
	readWholeNumber,
	text,
	wholeNumber,
} from '../../nodes/input';
import type { Field } from '../../nodes/input';
import { parseDate } from '../../nodes/Boekwinkeltjes/fields';
import { ZONE } from '../../nodes/operation/time';

const inZone = { zone: ZONE };
/** What the field gives for a value. */
const reading = (field: Field<unknown>) => (given: unknown) => readFields({ field }, () => given, inZone).field;
const money = (from = 0) => reading(euro({ from, to: 99_999, required: true }));
const ean = (given: unknown) => Number(readIsbn(given) || 0);
const date = (given: unknown) => readMoment(given, inZone);
const dateAndTime = (given: unknown) => date(given).toFormat('yyyy-MM-dd HH:mm:ss');
const day = (given: unknown) => readDay(given, inZone);
const oneOf = (values: string[]) => reading(choice({ options: values.map((value) => ({ name: value, value })) }));

/** Check digit of an EAN, written down a second time in another way. */
function eanOf(twelve: string): string {
	let sum = 0;
	for (let position = 0; position < 12; position++) sum += (position % 2 ? 3 : 1) * Number(twelve[position]);
	return `${twelve}${(1000 - sum) % 10}`;
}

function isbn10Of(nine: string): string {
	for (const last of '0123456789X') {
		let sum = last === 'X' ? 10 : Number(last);
		for (let position = 0; position < 9; position++) sum += (10 - position) * Number(nine[position]);
		if (sum % 11 === 0) return nine + last;
	}
	throw new Error('no check digit');
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe('money', () => {
	test.each<[unknown, number]>([
		['10,99', 10.99],
		['10.99', 10.99],
		['€ 10,99', 10.99],
		['10,99 €', 10.99],
		['EUR 10,99', 10.99],
		['10,99 euro', 10.99],
		[10.99, 10.99],
		['10', 10],
		['10,5', 10.5],
		['10,-', 10],
		['10,--', 10],
		['€ 1.250,-', 1250],
		['EUR10,99', 10.99],
		['1.234,50', 1234.5],
		['1,234.50', 1234.5],
		['1 234,50', 1234.5],
		[' 0 ', 0],
		[0, 0],
	])('%p is %p euros', (written, amount) => {
		expect(money()(written)).toBe(amount);
	});

	test.each(['', 'tien', '10,999', '1.2.3', '10,99,', '--', '1e3', '10 99 a', NaN, Infinity, [], {}, '-1', -0.01, 100_000, '99999,01'])(
		'%p is refused',
		(written) => {
			expect(() => money()(written)).toThrow();
		},
	);

	test.each([
		['1.234', '1234,00'],
		['12,345', '12345,00'],
	])('"%s" is not guessed at', (written, suggestion) => {
		expect(() => money()(written)).toThrow(`write it with two decimals, as ${suggestion}`);
	});

	test('-1 is allowed where it stands for the default of the shop', () => {
		expect(money(-1)('-1')).toBe(-1);
		expect(money(-1)(-1)).toBe(-1);
	});

	test('every amount in cents survives every way to write it', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 9_999_900 }), (cents) => {
				const [whole, rest] = [String(Math.floor(cents / 100)), String(cents % 100).padStart(2, '0')];
				const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
				for (const written of [cents / 100, `${whole},${rest}`, `€${whole}.${rest}`, `${grouped},${rest}`]) {
					expect(money()(written)).toBe(cents / 100);
				}
			}),
		);
	});
});

describe('ean', () => {
	test.each<[unknown, number]>([
		['90-289-0207-4', 9789028902077],
		['978-90-289-0207-7', 9789028902077],
		['ISBN 978 90 289 0207 7', 9789028902077],
		['978\u201190\u2011289\u20110207\u20117', 9789028902077],
		['ISBN-13: 9789028902077', 9789028902077],
		['ISBN-10: 90 289 0207 4', 9789028902077],
		[9789028902077, 9789028902077],
		['0-14-044913-2', 9780140449136],
		// The sheet made it a number.
		[140449132, 9780140449136],
		['080442957X', 9780804429573],
		['080442957x', 9780804429573],
		['0', 0],
		[0, 0],
	])('%p becomes %p', (written, code) => {
		expect(ean(written)).toBe(code);
	});

	test.each(['90-289-0207-5', '9789028902078', '12345', '978902890207X', 'onbekend', '97890289020770'])('%p is refused', (written) => {
		expect(() => ean(written)).toThrow();
	});

	test('a sheet that made it 9.79E+12 gets told so', () => {
		expect(() => ean('9.78903E+12')).toThrow('make its column a text column');
	});

	test('every code with its check digit is taken, with or without hyphens; with another one it is not', () => {
		fc.assert(
			fc.property(digits(12), fc.integer({ min: 1, max: 9 }), (twelve, wrong) => {
				fc.pre(!/^0+$/.test(twelve));
				const code = eanOf(twelve);
				expect(ean(code)).toBe(Number(code));
				expect(ean(`${code.slice(0, 3)}-${code.slice(3, 9)} ${code.slice(9)}`)).toBe(Number(code));
				expect(() => ean(twelve + ((Number(code[12]) + wrong) % 10))).toThrow('wrong check digit');
			}),
		);
	});

	test('every old ISBN becomes the EAN with 978 in front', () => {
		fc.assert(
			fc.property(digits(9), (nine) => {
				fc.pre(!/^0+$/.test(nine));
				expect(String(ean(isbn10Of(nine)))).toBe(eanOf(`978${nine}`));
			}),
		);
	});
});

describe('dates', () => {
	test.each([
		['31-12-2021', '2021-12-31 00:00:00'],
		['1-2-2024', '2024-02-01 00:00:00'],
		['31/12/2021', '2021-12-31 00:00:00'],
		['31.12.2021', '2021-12-31 00:00:00'],
		['2021-12-31', '2021-12-31 00:00:00'],
		['2021/12/31', '2021-12-31 00:00:00'],
		['31 december 2021', '2021-12-31 00:00:00'],
		['31 dec. 2021', '2021-12-31 00:00:00'],
		['3 mrt 2021', '2021-03-03 00:00:00'],
		['3 March 2021', '2021-03-03 00:00:00'],
		['vrijdag 31 december 2021', '2021-12-31 00:00:00'],
		['vr 31-12-2021', '2021-12-31 00:00:00'],
		['31-12-2021 12:34', '2021-12-31 12:34:00'],
		['31-12-2021, 9:05:06', '2021-12-31 09:05:06'],
		['2021-12-31 12:12:12', '2021-12-31 12:12:12'],
		['2021-12-31T12:12:12', '2021-12-31 12:12:12'],
		// In Amsterdam, in summer and in winter.
		['2021-07-01T12:00:00Z', '2021-07-01 14:00:00'],
		['2021-12-31T23:30:00.000Z', '2022-01-01 00:30:00'],
		[new Date('2021-12-31T12:00:00Z'), '2021-12-31 13:00:00'],
	])('%p is %s in Dutch time', (written, expected) => {
		expect(dateAndTime(written)).toBe(expected);
		expect(day(written)).toBe(expected.slice(0, 10));
	});

	test.each(['31-2-2023', '2021-13-01', 'morgen', '2021', '12-2021', 4456])('%p is refused', (written) => {
		expect(() => date(written)).toThrow('write it as 31-12-2026');
	});

	test('every moment survives the forms that the API uses', () => {
		const moments = fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(moments, (moment) => {
				const local = DateTime.fromJSDate(moment, { zone: ZONE }).startOf('second');
				const written = local.toFormat('yyyy-MM-dd HH:mm:ss');
				expect(parseDate(written)?.toFormat('yyyy-MM-dd HH:mm:ss')).toBe(
					// An hour that the clock skips in March does not exist.
					DateTime.fromFormat(written, 'yyyy-MM-dd HH:mm:ss', { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm:ss'),
				);
				expect(parseDate(local.toUTC().toISO())?.toMillis()).toBe(local.toMillis());
				expect(parseDate(local.toFormat('dd-MM-yyyy'))?.toISODate()).toBe(local.toISODate());
			}),
		);
	});
});

describe('the other readers', () => {
	test('whole numbers', () => {
		expect(readWholeNumber(' 00123 ')).toBe(123);
		expect(reading(wholeNumber({ to: 4 }))(4)).toBe(4);
		expect(() => readWholeNumber('1e3')).toThrow();
		for (const wrong of ['1.5', 'x', '9007199254740993']) expect(() => readWholeNumber(wrong)).toThrow('not a whole number');
		for (const wrong of [5, '-1']) expect(() => reading(wholeNumber({ to: 4 }))(wrong)).toThrow('from 0 to 4');
	});

	test('text, language, e-mail, web address, lists of IDs, one of several', () => {
		expect(reading(text())(' a ')).toBe('a');
		expect(() => reading(text())({ a: 1 })).toThrow('not a text');
		expect(language('nl')).toBe('NL');
		expect(() => language('Dutch and French')).toThrow('two letters');
		expect(email(' a.b@example.com ')).toBe('a.b@example.com');
		for (const wrong of ['a', 'a@b', 'a b@example.com', 'a@example.com, b@example.com']) expect(() => email(wrong)).toThrow('not an e-mail');
		expect(webAddress('https://example.com/a.jpg')).toBe('https://example.com/a.jpg');
		for (const wrong of ['ftp://example.com/a', 'example.com', 'https://', 'https://a b.com/']) expect(() => webAddress(wrong)).toThrow('not a web address');
		expect(reading(digitList())('1, 2,3')).toEqual(['1', '2', '3']);
		expect(reading(digitList())([1, 2])).toEqual(['1', '2']);
		expect(() => reading(digitList())('1,a,2')).toThrow('not a number of digits only');
		expect(oneOf(['a b', 'C'])('c')).toBe('C');
		expect(() => oneOf(['a b', 'C'])('d')).toThrow('not one of a b, C');
	});

	test('what an empty cell gives is not given; zero and false are', () => {
		expect([undefined, null, '', '  '].map(isGiven)).toEqual([false, false, false, false]);
		expect([0, false, '0'].map(isGiven)).toEqual([true, true, true]);
	});
});
