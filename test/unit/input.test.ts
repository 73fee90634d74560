/** What people really type into fields, each kind of thing with its cases. */
import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	choice,
	choices,
	collection,
	day,
	groups,
	locator,
	readCents,
	readCode,
	readCountry,
	readDay,
	readDecimal,
	readDigits,
	readEmail,
	readFields,
	readIsbn,
	readLanguage,
	readList,
	readMoment,
	readPhone,
	readPostcode,
	readUuid,
	readWebAddress,
	readWholeNumber,
	readYesNo,
	record,
	records,
	text,
	wholeNumber,
	yesNo,
} from '../../nodes/input';
import type { Fields } from '../../nodes/input';
import { InvalidInput } from '../../nodes/transport/errors';

const BRUSSELS = { zone: 'Europe/Brussels' };

const read = (fields: Fields, given: Record<string, unknown>) => readFields(fields, (name) => given[name], BRUSSELS) as Record<string, unknown>;

describe('yes or no', () => {
	it.each([true, 'true', 'TRUE', 1, '1', 'yes', 'Ja', 'J', 'waar', 'x', ' X ', 'oui', 'VRAI', 'wahr', 't', '✓', '☑️', '1.0', '="ja"', "'true"])('%p is yes', (given) => {
		expect(readYesNo(given)).toBe(true);
	});
	it.each([false, 'false', 'FALSE', 0, '0', 'no', 'nee', 'NEEN', 'onwaar', '', ' ', null, undefined, 'non', 'FAUX', 'nein', 'f', '✗', '–', '0.0', '0,0', '="nee"', "'false", '"no"', '\u200b', []])('%p is no', (given) => {
		expect(readYesNo(given)).toBe(false);
	});
	it.each(['perhaps', 'ja nee', '2', 'constructor', '__proto__', [true, false], {}])('%p is refused', (given) => {
		expect(() => readYesNo(given)).toThrow(InvalidInput);
	});
	it('is what does no harm where an expression gives nothing', () => {
		expect(read({ dryRun: yesNo({ default: true, empty: true }) }, { dryRun: '' })).toEqual({ dryRun: true });
	});
});

describe('money', () => {
	it.each<[unknown, number]>([
		[25, 2500],
		[19.99, 1999],
		[0.1 + 0.2, 30],
		['25', 2500],
		['25,', 2500],
		['40,', 4000],
		['25,-', 2500],
		['25,--', 2500],
		['25,=', 2500],
		['25.0', 2500],
		['25,00', 2500],
		['€ 25', 2500],
		['25,00 euro', 2500],
		['EUR 25.00', 2500],
		['25,00EUR', 2500],
		['25,0000', 2500],
		['24,9900', 2499],
		['1.234,56', 123456],
		['1,234.56', 123456],
		["1'234.50", 123450],
		['1 234,50', 123450],
		['1\u00a0234,50', 123450],
		['1.234.567', 123456700],
		['1500,00', 150000],
		['€ 1.250,-', 125000],
		['1.234,', 123400],
		['4.711,98 €', 471198],
		['25,00-', -2500],
		['-25,00', -2500],
		['− 25,00', -2500],
		['+25,00', 2500],
		['D25,00', -2500],
		['25,00 D', -2500],
		['C 25,00', 2500],
		['25,00C', 2500],
		['.95', 95],
		['-.05', -5],
		['25,00euro', 2500],
		['25 Eur.', 2500],
		['EUR.95', 95],
		['="25,00"', 2500],
		["'25,00", 2500],
		['25,00\u200b', 2500],
		['0.500', 50],
		['0,000', 0],
		['1234.500', 123450],
		['59.970000000000006', 5997],
		['0.9999999999', 100],
		['-28.999999999999996', -2900],
		['0', 0],
		['-0,00', 0],
	])('%p', (given, expected) => {
		expect(readCents(given)).toBe(expected);
	});
	it.each(['', 'abc', '1.234', '1,500', '1,500,00', '1.23.4', '12.34.567', '(25,00)', '--25', '-25-', '1e3', '25 dollar', '25,999', 25.005, NaN, Infinity, '$25', '.', ',', 'D', {}, '1.2345,67', '10,99,', '1.250,99,-', '0.005', '0.123.456', '01.234.567', '19.999', '7.9999', '12.345000'])(
		'%p is refused',
		(given) => {
			expect(() => readCents(given)).toThrow(InvalidInput);
		},
	);
	it.each(['1,500', '1.234', 'abc', '1,500,00'])('the example in the refusal of %p is accepted', (given) => {
		const message = (() => {
			try {
				return String(readCents(given));
			} catch (error) {
				return (error as Error).message;
			}
		})();
		const [example] = /[\d.,]+$/.exec(message) ?? [];
		expect(readCents(example)).toBeGreaterThan(0);
	});
	it('reads every amount back, however it is written', () => {
		fc.assert(
			fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.constantFrom('nl', 'en', 'ch', 'plain'), (cents, style) => {
				const [whole, fraction] = (Math.abs(cents) / 100).toFixed(2).split('.');
				const grouped = (mark: string) => whole.replace(/\B(?=(\d{3})+$)/g, mark);
				const written = { nl: `${grouped('.')},${fraction}`, en: `${grouped(',')}.${fraction}`, ch: `${grouped("'")}.${fraction}`, plain: `${whole},${fraction}` }[style]!;
				expect(readCents(cents < 0 ? `-${written}` : written)).toBe(cents || 0);
			}),
		);
	});
});

describe('decimal numbers', () => {
	it.each<[unknown, number]>([[9, 9], ['9', 9], ['5,5', 5.5], ['5.5', 5.5], ['21 %', 21], ['9%', 9], [0.09, 0.09], [0.1 + 0.2, 0.1 + 0.2], [1 / 3, 1 / 3], [1e-7, 1e-7], ['.5', 0.5], ['5,', 5], ['="21"', 21], ['0.125', 0.125], ['21.0000', 21]])('%p is %p', (given, value) => {
		expect(readDecimal(given)).toBe(value);
	});
	it.each(['', 'nine', '1.234,5', '9 9', {}, NaN, Infinity, 1e21])('%p is refused', (given) => {
		expect(() => readDecimal(given)).toThrow(InvalidInput);
	});
	it.each(['1.000', '1,250', '-2.500'])('%p may be a thousand and more', (given) => {
		expect(() => readDecimal(given)).toThrow(/two ways: write it as -?\d+ or -?\d/);
	});
	it('a thousand is none where only a hundred is allowed', () => {
		expect(readDecimal('21.000', { from: 0, to: 100 })).toBe(21);
	});
	it.each<[unknown, number]>([['12', 12], ['12.0', 12], ['12,00', 12], ['="3"', 3], ['+3', 3], ['-3', -3]])('%p is the whole number %p', (given, value) => {
		expect(readWholeNumber(given)).toBe(value);
	});
	it.each(['1.000', '1,500', '2.5', 'twee', '2x', '1E3', '1e+3', true])('%p is no whole number', (given) => {
		expect(() => readWholeNumber(given)).toThrow(InvalidInput);
	});
	it('stays in its range', () => {
		expect(() => readDecimal('101', { from: 0, to: 100 })).toThrow('outside what is allowed: write a value of from 0 to 100');
	});
});

describe('dates', () => {
	it.each<[unknown, string]>([
		['2026-11-21', '2026-11-21T00:00:00.000+01:00'],
		['2026-11-21T14:30:00', '2026-11-21T14:30:00.000+01:00'],
		['2026-11-21 14:30', '2026-11-21T14:30:00.000+01:00'],
		['2026-11-21T13:30:00Z', '2026-11-21T14:30:00.000+01:00'],
		['2026-11-21T13:30:00.123Z', '2026-11-21T14:30:00.000+01:00'],
		['2026-07-01T12:00:00+02:00', '2026-07-01T12:00:00.000+02:00'],
		['21-11-2026', '2026-11-21T00:00:00.000+01:00'],
		['21/11/2026', '2026-11-21T00:00:00.000+01:00'],
		['1/2/2026', '2026-02-01T00:00:00.000+01:00'],
		['3-4-26', '2026-04-03T00:00:00.000+02:00'],
		['21.11.26', '2026-11-21T00:00:00.000+01:00'],
		['21-11-2026 9:30', '2026-11-21T09:30:00.000+01:00'],
		['21-11-2026 9.30', '2026-11-21T09:30:00.000+01:00'],
		['24 december 2026', '2026-12-24T00:00:00.000+01:00'],
		['do 24 dec. 2026 14:00', '2026-12-24T14:00:00.000+01:00'],
		['December 24, 2026', '2026-12-24T00:00:00.000+01:00'],
		['24-dec-2026', '2026-12-24T00:00:00.000+01:00'],
		['1 mei 2026', '2026-05-01T00:00:00.000+02:00'],
		['1st May 2026', '2026-05-01T00:00:00.000+02:00'],
		['Thu, 26 Nov 2026 09:00:00 +0100', '2026-11-26T09:00:00.000+01:00'],
		['Thu Nov 26 2026 09:00:00 GMT+0100 (Midden-Europese standaardtijd)', '2026-11-26T09:00:00.000+01:00'],
		['20261121', '2026-11-21T00:00:00.000+01:00'],
		['21112026', '2026-11-21T00:00:00.000+01:00'],
		['2 mai 2026', '2026-05-02T00:00:00.000+02:00'],
		['1er février 2026', '2026-02-01T00:00:00.000+01:00'],
		['15 août 2026', '2026-08-15T00:00:00.000+02:00'],
		['jeudi 24 décembre 2026 à 14h30', '2026-12-24T14:30:00.000+01:00'],
		['Montag, 2. März 2026', '2026-03-02T00:00:00.000+01:00'],
		['24. Dez. 2026', '2026-12-24T00:00:00.000+01:00'],
		['24 febr. 2026', '2026-02-24T00:00:00.000+01:00'],
		['24dec2026', '2026-12-24T00:00:00.000+01:00'],
		['24 dec ’26', '2026-12-24T00:00:00.000+01:00'],
		['24 / 12 / 2026', '2026-12-24T00:00:00.000+01:00'],
		['24–12–2026', '2026-12-24T00:00:00.000+01:00'],
		['2026\u201112\u201124', '2026-12-24T00:00:00.000+01:00'],
		['31-12-99', '1999-12-31T00:00:00.000+01:00'],
		['24-12-2026 14u30', '2026-12-24T14:30:00.000+01:00'],
		['24 december 2026 om 14 uur', '2026-12-24T14:00:00.000+01:00'],
		['24 december 2026 om 14.30 uur', '2026-12-24T14:30:00.000+01:00'],
		['24/12/2026 9u', '2026-12-24T09:00:00.000+01:00'],
		['24/12/2026 2:30 PM', '2026-12-24T14:30:00.000+01:00'],
		['2026-12-24T14:30:00+01:00[Europe/Brussels]', '2026-12-24T14:30:00.000+01:00'],
		['2026-07-01 14:30 CEST', '2026-07-01T14:30:00.000+02:00'],
		['2026-12-24 14:30 CET', '2026-12-24T14:30:00.000+01:00'],
		['="24-12-2026"', '2026-12-24T00:00:00.000+01:00'],
		["'24-12-2026", '2026-12-24T00:00:00.000+01:00'],
		['24-12-2026\u200b', '2026-12-24T00:00:00.000+01:00'],
		['46380', '2026-12-24T00:00:00.000+01:00'],
		[46380, '2026-12-24T00:00:00.000+01:00'],
		[46380.5, '2026-12-24T12:00:00.000+01:00'],
		['46204,75', '2026-07-01T18:00:00.000+02:00'],
		[1_795_000_000_000, '2026-11-18T12:06:40.000+01:00'],
		[new Date('2026-11-21T13:30:00Z'), '2026-11-21T14:30:00.000+01:00'],
		[DateTime.fromISO('2026-11-21T13:30:00Z'), '2026-11-21T14:30:00.000+01:00'],
	])('%p', (given, expected) => {
		expect(readMoment(given, BRUSSELS).toISO()).toBe(expected);
	});
	it.each(['31-02-2026', '2026-02-30', 'Kamp 2', '5', '12', '2027', '12:30', '2026-11', '2026-W12', '32-1-2026', '46327 x', '99999', '2026-11-21T25:00', new Date(NaN), {}, 'morgen', '13 pm 2026', '24-12-0206', '24 dec 1430', '24 dec', '24-12-2026 9', '20261332', '31022026', '4/5/2026 3:00 PM', '24 dec 14u30'])(
		'%p is no date',
		(given) => {
			expect(() => readMoment(given, BRUSSELS)).toThrow(InvalidInput);
		},
	);
	it('says which way round it is to be written', () => {
		expect(() => readMoment('12/24/2026', BRUSSELS)).toThrow('has the month in front of the day: write the day first, as 24-12-2026');
	});
	it('a day of a moment is that of the workflow; of a bare day it stays', () => {
		expect(readDay('2026-11-20T23:30:00Z', BRUSSELS)).toBe('2026-11-21');
		expect(readDay('21-11-2026', { zone: 'America/New_York' })).toBe('2026-11-21');
		expect(readDay('21-11-2026 23:59', { zone: 'Pacific/Auckland' })).toBe('2026-11-21');
	});
});

describe('codes', () => {
	it.each([
		['="9789028242081"', '9789028242081'],
		["'0123", '0123'],
		['140200096.0', '140200096'],
		['9.789028241534E+12', '9789028241534'],
		['9.789028241534E+012', '9789028241534'],
		['"0012"', '0012'],
		['0012\u200b', '0012'],
		['2E10', '2E10'],
		['5E2', '5E2'],
		['1.000', '1.000'],
		['140200096.000', '140200096'],
		[12345, '12345'],
	])('%p', (given, expected) => {
		expect(readCode(given)).toBe(expected);
	});
	it.each(['9.78E+12', '7.10172E+11', '7.10172E11', '7,1E+11', '8E+11', '1e+21'])('%p has lost digits', (given) => {
		expect(() => readCode(given)).toThrow('has lost digits in the sheet');
	});
	it.each<[unknown, string]>([
		['140200096.0', '9780140200096'],
		['0140200096', '9780140200096'],
		[140200096, '9780140200096'],
		['="9789028241534"', '9789028241534'],
		['9789028241534.0', '9789028241534'],
		['ISBN 13: 978-90-282-4153-4', '9789028241534'],
		['ISBN-10: 0-14-020009-6', '9780140200096'],
		['080442957X', '9780804429573'],
		['7149565', '9780007149568'],
		['61120081', '9780061120084'],
		['61120081.0', '9780061120084'],
		['140,200,096', '9780140200096'],
		['0-14-020009-6 (pbk.)', '9780140200096'],
		['\u200e9789028241534', '9789028241534'],
		['"9789028241534"', '9789028241534'],
		['0', ''],
		['n.v.t.', ''],
		['Geen', ''],
		['-', ''],
	])('the ISBN %p', (given, expected) => {
		expect(readIsbn(given)).toBe(expected);
	});
	it.each(['978902824153', '9789028241535', '12', 'abc', '9.78E+12', {}, '2049-3630', '61120082', '9789028241534; 9789028242098'])('%p is no ISBN', (given) => {
		expect(() => readIsbn(given)).toThrow(InvalidInput);
	});
	it.each<[unknown, string]>([['1234', '1234'], ['12 34', '1234'], [213124124124, '213124124124'], ['="0012"', '0012'], ['1234.0', '1234']])('the number %p', (given, expected) => {
		expect(readDigits(given)).toBe(expected);
	});
	it.each(['1.234', '12-34', '1E3', '12a'])('%p is no number of digits', (given) => {
		expect(() => readDigits(given)).toThrow(InvalidInput);
	});
	it.each(['constructor', '__proto__', 'Atlantis', '12', ''])('%p is no country', (given) => {
		expect(() => readCountry(given)).toThrow(InvalidInput);
	});
	it('countries, languages and postcodes as people write them', () => {
		expect(['nl', 'België', 'Netherlands', 'DE'].map(readCountry)).toEqual(['NL', 'BE', 'NL', 'DE']);
		expect(['The Netherlands', 'Pays-Bas', 'BEL', 'Deutschland', 'UK', 'Belgie\u0308'].map(readCountry)).toEqual(['NL', 'NL', 'BE', 'DE', 'GB', 'BE']);
		expect(['nl_NL', 'en', 'FR-be', 'Nederlands', 'Français', 'eng'].map(readLanguage)).toEqual(['NL', 'EN', 'FR', 'NL', 'FR', 'EN']);
		expect([readPostcode('B-9000', 'BE'), readPostcode('BE 9000', 'BE'), readPostcode('NL-7654 AA', 'NL'), readPostcode('L-1234', 'LU')]).toEqual(['9000', '9000', '7654AA', 'L-1234']);
		for (const wrong of ['9.000', '9000 Gent', 'D-9000']) expect(() => readPostcode(wrong, 'BE')).toThrow('not a postcode');
		expect([readPostcode('7654 aa', 'NL'), readPostcode('9000.0', 'BE'), readPostcode('1000ss'), readPostcode('AB1 2CD', 'GB')]).toEqual(['7654AA', '9000', '1000SS', 'AB1 2CD']);
		expect(() => readPostcode('9000', 'NL')).toThrow('write it as 1000 AA');
	});
	it.each([
		['Jan Peeters <jan@b.nl>', 'jan@b.nl'],
		['"Peeters, Jan" <Jan@B.nl>', 'Jan@B.nl'],
		['<jan@b.nl>', 'jan@b.nl'],
		['jan@b.nl\u200b', 'jan@b.nl'],
		['="jan@b.nl"', 'jan@b.nl'],
		["o'neill@münchen.de", "o'neill@münchen.de"],
	])('the address in %p', (given, address) => {
		expect(readEmail(given)).toBe(address);
	});
	it.each(['a@b.nl', 'mailto:a@b.co', 'x.y+z@sub.example.org'])('%p is an address', (given) => {
		expect(readEmail(given)).toBe(given.replace('mailto:', ''));
	});
	it.each(['', 'a', 'a@b', '@b.nl', 'a@b.nl,c@d.nl', 'a b@c.nl', 'a@@b.nl', 'a@.nl', 'a@nl.', {}, 'jan@b..nl', '.jan@b.nl', 'jan..x@b.nl', 'jan@-b.nl', 'jan@b.123', 'http://jan@b.nl', 'jan@b.nl/', 'jan@b.nl?subject=x', 'Jan <jan@b.nl>, An <an@b.nl>', 'jan(at)b.nl', `${'x'.repeat(65)}@b.nl`])('%p is no e-mail address', (given) => {
		expect(() => readEmail(given)).toThrow(InvalidInput);
	});
	it.each<[unknown, string, string?]>([
		['+31 6 12345678', '+31 6 12345678'],
		['06-12345678', '06-12345678'],
		['0476/12.34.56', '0476/12.34.56'],
		['(020) 123 45 67', '(020) 123 45 67'],
		['0032 476 12 34 56', '0032 476 12 34 56'],
		['tel: 020 1234567', '020 1234567'],
		[612345678, '0612345678'],
		['612345678.0', '0612345678'],
		[476123456, '0476123456', 'BE'],
		[91234567, '091234567', 'BE'],
		[31612345678, '+31612345678'],
		['3.1612345678E+10', '+31612345678'],
		['="0612345678"', '0612345678'],
		["'0612345678", '0612345678'],
		['621123456', '621123456', 'LU'],
		['1234567', '1234567'],
	])('the telephone number %p is %p', (...[given, phone, land]) => {
		expect(readPhone(given, land)).toBe(phone);
	});
	it.each(['n.v.t.', '-', '12345', '06 12345678 (mama)', '0612345678 / 0201234567', 'jan@b.nl', '6.12346E+08', {}])('%p is no telephone number', (given) => {
		expect(() => readPhone(given)).toThrow(InvalidInput);
	});
	it.each(['="https://a.nl/b.jpg"', '<https://a.nl/b.jpg>', 'https://a.nl/b.jpg\u200b'])('the web address in %p', (given) => {
		expect(readWebAddress(given)).toBe('https://a.nl/b.jpg');
	});
	it.each(['ftp://a.nl', 'javascript:alert(1)', 'a.nl', 'https://', 'https://a b.nl'])('%p is no web address', (given) => {
		expect(() => readWebAddress(given)).toThrow(InvalidInput);
	});
});

describe('texts and lists', () => {
	it('an array of texts is joined, an object is refused by its members', () => {
		expect(read({ note: text() }, { note: ['a', '', 'b'] })).toEqual({ note: 'a, b' });
		expect(() => read({ note: text() }, { note: { Strd: { Ref: 1 } } })).toThrow('Note is an object, not a text: map one of its members instead, for example Strd');
		expect(readList('a, b;c\nd')).toEqual(['a', 'b', 'c', 'd']);
		expect(readList('["a, b", 12, null]')).toEqual(['a, b', '12']);
		expect(readList('[a, b]')).toEqual(['[a', 'b]']);
	});
	it('names every faulty field, with its label', () => {
		const fields = { title: text({ required: true }), count: wholeNumber({ to: 5 }), since: day(), more: collection({ fields: { since: day({ displayName: 'Created After' }) } }) };
		expect(() => read(fields, { title: ' ', count: 9, since: 'x', more: { since: 'y' } })).toThrow(
			'Title is empty: fill it in, or check the expression that gives it; Count "9" is outside what is allowed: write a value of from 0 to 5; Since "x" is not a date: write it as 31-12-2026 or 2026-12-31, with a time as 2026-12-31 14:30; Created After "y" is not a date',
		);
	});
	it('lines are named by their number', () => {
		const lines = groups({ name: 'line', displayName: 'Lines', groupName: 'Line', placeholder: 'Add Line', fields: { quantity: wholeNumber({ from: 1, required: true }) } });
		expect(read({ lines }, { lines: { line: [{ quantity: 2 }, { quantity: '3.0' }] } })).toEqual({ lines: [{ quantity: 2 }, { quantity: 3 }] });
		expect(() => read({ lines }, { lines: { line: [{ quantity: 2 }, { quantity: 0 }, {}] } })).toThrow(/Line 2: Quantity "0" is outside.*; Line 3: Quantity is empty/);
	});
	it('what is not added to a collection is not there', () => {
		expect(read({ more: collection({ fields: { paid: yesNo() } }) }, { more: {} })).toEqual({ more: {} });
		expect(read({ more: collection({ fields: { paid: yesNo() } }) }, { more: { paid: 'nee' } })).toEqual({ more: { paid: false } });
	});
	it('a choice is read by value or name, and refuses others by name', () => {
		const status = choice({ options: [{ name: 'Paid', value: 'Succeeded' }, { name: 'Unpaid', value: 'Created' }] });
		expect(read({ status }, { status: 'paid' })).toEqual({ status: 'Succeeded' });
		expect(() => read({ status }, { status: 'constructor' })).toThrow('Status "constructor" is not one of Paid (Succeeded), Unpaid (Created)');
		const several = choices({ options: [{ name: 'Paid', value: 'Succeeded' }, { name: 'Unpaid', value: 'Created' }] });
		expect(read({ several }, { several: 'Paid, created' })).toEqual({ several: ['Succeeded', 'Created'] });
	});
	it('a locator is read with or without its object', () => {
		const thing = locator({ displayName: 'Thing', thing: 'thing', modes: [{ displayName: 'By ID', name: 'id' }], required: true });
		expect(read({ thing }, { thing: { __rl: true, mode: 'list', value: 7 } })).toEqual({ thing: '7' });
		expect(read({ thing }, { thing: ' x ' })).toEqual({ thing: 'x' });
		expect(read({ thing }, { thing: '="x"' })).toEqual({ thing: 'x' });
		expect(() => read({ thing }, { thing: { mode: 'list', value: '' } })).toThrow('Thing is empty');
	});
	it('a record is an object or its JSON, and nothing else', () => {
		const order = record({ displayName: 'Order', required: true });
		expect(read({ order }, { order: { id: 1 } })).toEqual({ order: { id: 1 } });
		expect(read({ order }, { order: '{"id":1}' })).toEqual({ order: { id: 1 } });
		for (const wrong of ['order 12', '[1]', [1], 12, '"x"', 'null']) expect(() => read({ order }, { order: wrong })).toThrow(/^Order .*\{\{ \$json \}\}/);
		const earlier = records({ most: 2 });
		expect(read({ earlier }, { earlier: { id: 1 } })).toEqual({ earlier: [{ id: 1 }] });
		expect(read({ earlier }, { earlier: '[{"id":1},{"id":2}]' })).toEqual({ earlier: [{ id: 1 }, { id: 2 }] });
		expect(() => read({ earlier }, { earlier: [{}, {}, {}] })).toThrow('Earlier has more than 2 entries');
		expect(() => read({ earlier }, { earlier: [1] })).toThrow('Earlier "1", not a record');
	});
	it('UUIDs are read in any case', () => {
		expect(readUuid(' 9274BB7A-F738-4560-A833-C7B553F15717 ', 'x')).toBe('9274bb7a-f738-4560-a833-c7b553f15717');
	});
});

describe('no text can hold up n8n', () => {
	const readers: Record<string, (given: unknown) => unknown> = {
		readCents,
		readCode,
		readCountry,
		readDay: (given) => readDay(given, BRUSSELS),
		readDecimal,
		readDigits,
		readEmail,
		readIsbn,
		readLanguage,
		readList,
		readMoment: (given) => readMoment(given, BRUSSELS),
		readPhone,
		readPostcode,
		readUuid: (given) => readUuid(given, 'x'),
		readWebAddress,
		readWholeNumber,
		readYesNo,
	};
	const nasty = fc.tuple(fc.constantFrom('!@!.', '1', '1.', ' ', 'a', '-', '1 ', '.,', '€', '+', 'E+', '="', 'd', '\u00a0', '1 jan '), fc.constantFrom(10, 1000, 99_000), fc.constantFrom('', '!', '1')).map(
		([piece, times, end]) => piece.repeat(Math.ceil(times / piece.length)) + end,
	);
	it.each(Object.keys(readers))('%s reads or refuses long and odd texts, in steps that grow with their length', (name) => {
		fc.assert(
			fc.property(fc.oneof(nasty, fc.string({ maxLength: 300, unit: 'binary' }), fc.anything()), (given) => {
				try {
					readers[name](given);
				} catch (error) {
					expect(error).toBeInstanceOf(InvalidInput);
				}
			}),
			{ numRuns: 300 },
		);
	});
});
