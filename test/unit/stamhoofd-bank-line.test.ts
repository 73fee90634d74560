import fc from 'fast-check';

import { readAmount, readDirection, readStatementItem, readTexts } from '../../nodes/Stamhoofd/resources/payment/bankLine';

describe('amount', () => {
	test.each([
		[25, 2500],
		['25,00', 2500],
		['-25,00', -2500],
		['€ 1.234,56', 123_456],
		['40,', 4000],
		['25,0000', 2500],
	])('%s is %d cents', (given, cents) => {
		expect(readAmount(given)).toEqual({ cents });
	});

	test.each([
		['25,00 Af', 'out'],
		['D25,00', 'out'],
		['25,00 C', 'in'],
		['Bij 25,00', 'in'],
		['DBIT 25.00', 'out'],
		['CRDT25.00', 'in'],
		['25,00CR', 'in'],
		['25,00 DR', 'out'],
		['RC 25,00', 'out'],
		['RD 25,00', 'in'],
		['25,00 EUR Af', 'out'],
		['EUR 25,00 bij', 'in'],
		['€ 25,00 debet', 'out'],
		['25,00 Afschrijving', 'out'],
		['Ontvangen: 25,00', 'in'],
		['Bijschrijvingen 25,00', 'in'],
		['25,00 (Af)', 'out'],
		['D EUR 25,00', 'out'],
		['Credit: EUR 25,00', 'in'],
		['25,00;Af', 'out'],
		['25,00 Soll', 'out'],
		['25 uit', 'out'],
		['="25,00 Af"', 'out'],
		['25,00 De\u0301bit', 'out'],
	])('%s is € 25 that went %s', (given, direction) => {
		expect(readAmount(given)).toEqual({ cents: 2500, direction });
	});

	test.each(['-', '–', ''])('"%s" is no amount', (given) => {
		expect(readAmount(given)).toEqual({ cents: null });
	});

	test.each(['abc', '1.234', 'sideways 25,00', 'Af', '25,00 Af Bij', '(25,00)', 'EUR (25,00)', '25,00 Afdeling', {}])('%s is refused', (given) => {
		expect(() => readAmount(given)).toThrow(/not an amount|two ways|is an object/);
	});
});

describe('direction', () => {
	test.each(['Bij', 'C', 'CRDT', 'credit', '+', 'in', 'RD', 'Bijschrijvingen'])('%s is in', (given) => expect(readDirection(given)).toBe('in'));
	test.each(['Af', 'D', 'DBIT', 'Debet', '-', '−', 'out', 'RC', 'Afschrijving'])('%s is out', (given) => expect(readDirection(given)).toBe('out'));
	test.each(['x', 'ja', '25'])('%s is refused', (given) => expect(() => readDirection(given)).toThrow('neither in nor out'));
});

describe('texts', () => {
	test.each([
		['Kamp 2', 'Kamp 2'],
		[710172060345, '710172060345'],
		[['Kamp', 2], 'Kamp\n2'],
		[{ Ustrd: ['Bestelling', '12'] }, 'Bestelling\n12'],
		[{ Strd: { CdtrRefInf: { Tp: { Issr: 'BBA' }, Ref: '010806817183' } } }, 'BBA\n010806817183'],
		[{ a: null, b: undefined, c: '', d: [[]] }, ''],
	])('of %j', (given, text) => {
		expect(readTexts(given)).toBe(text);
	});

	test('a structure that has become a text is refused', () => {
		expect(() => readTexts('REF [object Object]')).toThrow('is a structure');
	});

	test('whatever is given, it ends', () => {
		fc.assert(fc.property(fc.anything({ maxDepth: 4 }), (given) => {
			try {
				expect(typeof readTexts(given)).toBe('string');
			} catch (error) {
				expect((error as Error).message).toMatch(/structure|object|longer/);
			}
		}));
		const deep = Array.from({ length: 20_000 }).reduce<unknown>((inner) => [inner, inner], 'x');
		expect(readTexts(deep).length).toBeLessThan(100_000);
	});
});

test('only lines of Bank Statement are understood by themselves', () => {
	const line = { line: 1, amount: 25, currency: 'EUR', date: '2026-11-03', counterpartyName: 'AN CLAES', type: 'reversal', raw: {} };
	expect(readStatementItem(line)).toEqual({ currency: 'EUR', date: '2026-11-03', name: 'AN CLAES', type: 'reversal' });
	expect(readStatementItem({ ...line, raw: undefined })).toEqual({});
	expect(readStatementItem({ amount: 25, currency: 'USD', counterpartyName: 'AN CLAES' })).toEqual({});
});
