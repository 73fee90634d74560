import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { matchLines } from '../../nodes/Stamhoofd/matching/matchLines';

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

	test('a company pays under its own name', () => {
		const company = { ...payment('c', 'Kamp 2', 500), customer: { firstName: 'An', lastName: 'Claes', company: { name: 'Bakkerij Claes BV' } } };
		const line = { cents: 500, communication: 'kamp 2', name: 'BAKKERIJ CLAES BV' };
		expect(match([line], [company, payment('d', 'Kamp 2', 500)])[0]).toMatchObject({ result: 'matched', id: 'c' });
	});

	describe('a statement that is read once more', () => {
		const shared = [
			payment('paid', 'Lidgeld 2026', 4500, 'Succeeded', 'Peeters'),
			payment('open', 'Lidgeld 2026', 4500, 'Created', 'Maes'),
		];

		test('does not pay what somebody else owes under the same communication', () => {
			const line = { cents: 4500, communication: 'Lidgeld 2026' };
			expect(match([line], shared)).toEqual([{ result: 'severalCandidates', id: undefined, candidates: ['open'] }]);
			expect(match([{ ...line, name: 'Claes An' }], shared)[0].result).toBe('severalCandidates');
		});

		test('finds what the payer has paid, and what another payer still owes', () => {
			const line = { cents: 4500, communication: 'Lidgeld 2026' };
			const results = match([{ ...line, name: 'Jan Peeters' }, { ...line, name: 'Jan Maes' }], shared);
			expect(results.map(({ result, id }) => [result, id])).toEqual([['alreadyPaid', 'paid'], ['matched', 'open']]);
		});

		test('finds what it paid, though another amount is open under the same communication', () => {
			const payments = [payment('extra', 'Bestelling 12', 500), payment('first', 'Bestelling 12', 2000, 'Succeeded')];
			expect(match([{ cents: 2000, communication: 'bestelling 12' }], payments)[0]).toMatchObject({ result: 'alreadyPaid', id: 'first' });
			expect(match([{ cents: 500, communication: 'bestelling 12' }], payments)[0]).toMatchObject({ result: 'matched', id: 'extra' });
		});

		test('a failed payment of the same communication does not stand in the way', () => {
			const payments = [payment('failed', 'Bestelling 12', 2000, 'Failed'), payment('again', 'Bestelling 12', 2000)];
			expect(match([{ cents: 2000, communication: 'bestelling 12' }], payments)[0]).toMatchObject({ result: 'matched', id: 'again' });
		});
	});

	test('a refund is not waited for', () => {
		const payments = [payment('refund', OGM, -2500), payment('a', OGM, 2500, 'Succeeded')];
		expect(match([{ cents: 2500, communication: OGM }], payments)[0]).toMatchObject({ result: 'alreadyPaid', id: 'a' });
	});

	test('one line for two payments pays both where the amounts add up, and names both where not', () => {
		const other = '+++091/7110/16897+++';
		const communication = `${OGM} en ${other}`;
		const payments = [payment('a', OGM, 2500), payment('b', other, 900)];
		const matchOne = (cents: number) => matchLines([{ cents, communication }], payments, ({ price }) => price as number)[0];
		expect(matchOne(3400)).toMatchObject({ result: 'matched', payments: [{ id: 'a' }, { id: 'b' }], candidates: [] });
		expect(matchOne(3400).payment).toBeUndefined();
		for (const cents of [2500, 900, 3401]) {
			expect(matchOne(cents)).toMatchObject({ result: 'severalCandidates', candidates: [{ id: 'a' }, { id: 'b' }] });
			expect(matchOne(cents).reason).toContain('together');
		}
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
