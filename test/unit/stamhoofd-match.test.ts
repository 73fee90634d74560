import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { parseCents } from '../../nodes/Stamhoofd/resources/payment/matchBankTransfers';
import { matchLines } from '../../nodes/Stamhoofd/resources/payment/matchLines';

describe('parseCents', () => {
	test.each([
		[25, 2500],
		[0.1 + 0.2, 30],
		[-12.5, -1250],
		['25', 2500],
		['25,00', 2500],
		['25.5', 2550],
		['+25.00', 2500],
		['-25,00', -2500],
		['€ 1.234,56', 123456],
		['1,234.56', 123456],
		['1.234.567', 123456700],
		["1'234,50", 123450],
		['12 500,00 EUR', 1250000],
	])('%s is %d cents', (text, cents) => {
		expect(parseCents(text)).toBe(cents);
	});

	test.each(['', 'abc', '1.234', '12.34.56', '1,2,3', null, undefined, '1.234.56', NaN])('%s is refused', (text) => {
		expect(() => parseCents(text)).toThrow(/not an amount|two ways/);
	});

	test('what a bank writes is read back', () => {
		fc.assert(
			fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), (cents) => {
				const dutch = new Intl.NumberFormat('nl-BE', { minimumFractionDigits: 2 }).format(cents / 100);
				expect(parseCents(dutch.replace('−', '-'))).toBe(cents);
			}),
		);
	});
});

function payment(id: string, transferDescription: string, price: number, status = 'Created', lastName = 'Peeters'): IDataObject {
	return { id, transferDescription, price, status, customer: { firstName: 'Jan', lastName } };
}

const match = (lines: Parameters<typeof matchLines>[0], payments: IDataObject[]) =>
	matchLines(lines, payments, ({ price }) => price as number).map(({ result, payment: found, candidates }) => ({
		result,
		id: found?.id,
		candidates: candidates.map(({ id }) => id),
	}));

const OGM = '+++710/1720/60345+++';

describe('matchLines', () => {
	test('matches communication and amount', () => {
		expect(match([{ cents: 2500, communication: '710172060345' }], [payment('a', OGM, 2500)])).toEqual([
			{ result: 'matched', id: 'a', candidates: [] },
		]);
	});

	test('says why a line pays nothing', () => {
		const payments = [
			payment('a', OGM, 2500),
			payment('b', '+++091/7110/16897+++', 900, 'Succeeded'),
			payment('c', 'Kamp 2', 500),
			payment('d', 'Kamp 2', 500, 'Created', 'Maes'),
			payment('e', 'Kamp 3', 700, 'Failed'),
		];
		expect(
			match(
				[
					{ cents: 2400, communication: OGM },
					{ cents: 900, communication: '+++091/7110/16897+++' },
					{ cents: 500, communication: 'kamp 2' },
					{ cents: 100, communication: 'feest' },
					{ cents: 100, communication: '+++710/1720/60346+++' },
					{ cents: -2500, communication: OGM },
					{ cents: 700, communication: 'Kamp 3' },
				],
				payments,
			).map(({ result, id }) => [result, id]),
		).toEqual([
			['amountDiffers', 'a'],
			['alreadyPaid', 'b'],
			['severalCandidates', undefined],
			['noMatch', undefined],
			['invalidCheckDigits', undefined],
			['noMatch', undefined],
			['noMatch', undefined],
		]);
	});

	test('the name of the payer decides between equal payments', () => {
		const payments = [payment('c', 'Kamp 2', 500), payment('d', 'Kamp 2', 500, 'Created', 'Maes')];
		expect(match([{ cents: 500, communication: 'kamp 2', name: 'MAES JAN' }], payments)[0]).toMatchObject({
			result: 'matched',
			id: 'd',
		});
	});

	test('the longest reference in the text is meant', () => {
		const payments = [payment('short', 'Kamp 2', 500), payment('long', 'Kamp 2 zomer', 500)];
		expect(match([{ cents: 500, communication: 'betaling kamp 2 zomer' }], payments)[0].id).toBe('long');
	});

	test('a line without a reference names open payments of the same name and amount as candidates', () => {
		const payments = [payment('a', OGM, 2500), payment('b', 'Kamp 1', 2500, 'Succeeded')];
		expect(match([{ cents: 2500, communication: 'voor jan', name: 'Peeters-Maes Jan' }], payments)).toEqual([
			{ result: 'noMatch', id: undefined, candidates: ['a'] },
		]);
	});

	test('two lines never pay the same payment', () => {
		fc.assert(
			fc.property(
				fc.array(fc.record({ cents: fc.constantFrom(500, 700), text: fc.constantFrom('Kamp 1', 'Kamp 2', OGM) }), { maxLength: 8 }),
				fc.array(fc.record({ cents: fc.constantFrom(500, 700), text: fc.constantFrom('Kamp 1', 'Kamp 2', OGM) }), { maxLength: 8 }),
				(lines, payments) => {
					const results = match(
						lines.map(({ cents, text }) => ({ cents, communication: text })),
						payments.map(({ cents, text }, index) => payment(String(index), text, cents)),
					);
					const matched = results.filter(({ result }) => result === 'matched').map(({ id }) => id);
					expect(new Set(matched).size).toBe(matched.length);
					results.forEach(({ result, id }, position) => {
						if (result === 'matched') expect(payments[Number(id)]).toEqual(lines[position]);
					});
				},
			),
		);
	});
});
