import fc from 'fast-check';

import { build } from '../../nodes/bookkeeping/build';
import { creditNote } from '../../nodes/bookkeeping/creditNote';
import type { Refund } from '../../nodes/bookkeeping/creditNote';
import { closeDay } from '../../nodes/bookkeeping/closure';
import { CannotBook, groupKey, rowsOf } from '../../nodes/bookkeeping/document';
import type { SaleDocument } from '../../nodes/bookkeeping/document';
import { paymentOf } from '../../nodes/bookkeeping/from/read';
import { sum } from '../../nodes/bookkeeping/money';
import { check, readDocument } from '../../nodes/bookkeeping/rules';
import { draft, line, none, S, sales } from './bookkeepingDocuments';

const ISSUED = '2026-11-25T10:00:00+01:00';
const credit = (sale: SaleDocument, refund: Refund, earlier: SaleDocument[] = []) => creditNote(sale, refund, { issuedAt: ISSUED, earlier });

const minus = (amount: number) => 0 - amount;

describe('A credit note of all', () => {
	it('is the exact mirror of the sale', () => {
		fc.assert(
			fc.property(sales.filter(({ totals }) => totals.gross > 0), (sale) => {
				const note = credit(sale, { of: 'all' });
				expect(note.totals).toEqual({ gross: minus(sale.totals.gross), net: minus(sale.totals.net), vat: minus(sale.totals.vat), paid: minus(sale.totals.paid), due: minus(sale.totals.due) });
				expect(note.vatSummary).toEqual(sale.vatSummary.map((group) => ({ ...group, taxable: minus(group.taxable), amount: minus(group.amount) })));
				expect(rowsOf(note).map(({ gross, net, vat }) => [gross, net, vat.amount])).toEqual(rowsOf(sale).map(({ gross, net, vat }) => [minus(gross), minus(net), minus(vat.amount)]));
				expect(check(note, { corrected: sale })).toEqual([]);
			}),
			{ numRuns: 150 },
		);
	});

	it('never changes the sale', () => {
		fc.assert(
			fc.property(sales.filter(({ totals }) => totals.gross > 0), (sale) => {
				const before = JSON.stringify(sale);
				credit(sale, { of: 'all' });
				expect(JSON.stringify(sale)).toBe(before);
			}),
			{ numRuns: 30 },
		);
	});

	it('mirrors the margin, too', () => {
		const sale = build(draft({ seller: { ...draft().seller, regime: 'margin' }, marginRate: 9, lines: [line({ amount: 1798, vat: none('margin'), purchasePrice: 400 })] }));
		expect(sale.margin).toEqual({ purchase: 400, rate: 9, vat: 115 });
		expect(credit(sale, { of: 'all' }).margin).toEqual({ purchase: -400, rate: 9, vat: -115 });
	});
});

describe('Credit notes of parts', () => {
	const steps = fc.array(fc.oneof(
		fc.record({ of: fc.constant('amount' as const), part: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
		fc.record({ of: fc.constant('lines' as const), index: fc.nat(9), charges: fc.boolean() }),
	), { minLength: 1, maxLength: 6 });

	it('together never exceed the sale, in no VAT group, and what is left pays back all of it to the cent', () => {
		fc.assert(
			fc.property(sales.filter(({ totals }) => totals.gross > 0), steps, (sale, wanted) => {
				const notes: SaleDocument[] = [];
				const left = () => sale.totals.gross + sum(notes.map(({ totals }) => totals.gross));
				for (const step of wanted) {
					const refund: Refund = step.of === 'amount'
						? { of: 'amount', amount: Math.max(1, Math.floor(left() * step.part)) }
						: { of: 'lines', lines: [{ id: sale.lines[step.index % sale.lines.length].id }], charges: step.charges };
					try {
						notes.push(credit(sale, refund, notes));
					} catch (error) {
						// More than is left, of the line or of its group: refused in words.
						expect(error).toBeInstanceOf(CannotBook);
					}
				}
				for (const group of sale.vatSummary) {
					const credited = notes.flatMap(({ vatSummary }) => vatSummary).filter((one) => groupKey(one) === groupKey(group));
					const gross = group.taxable + group.amount;
					const back = minus(sum(credited.map(({ taxable, amount }) => taxable + amount)));
					expect(gross >= 0 ? back <= gross : back >= gross).toBe(true);
					const vat = minus(sum(credited.map(({ amount }) => amount)));
					expect(gross >= 0 ? vat <= group.amount : vat >= group.amount).toBe(true);
				}
				if (left() > 0) notes.push(credit(sale, { of: 'all' }, notes));
				for (const name of ['gross', 'net', 'vat', 'paid', 'due'] as const) {
					expect([name, sum(notes.map(({ totals }) => totals[name]))]).toEqual([name, minus(sale.totals[name])]);
				}
				expect(() => credit(sale, { of: 'amount', amount: 1 }, notes)).toThrow(CannotBook);
			}),
			{ numRuns: 200 },
		);
	});

	const sale = build(draft({
		kind: 'order',
		number: '4006',
		lines: [line({ id: 'a', amount: 3000, quantity: '3', categoryId: 'books', categoryName: 'Books' }), line({ id: 'b', amount: 1000, vat: S(21) })],
		charges: [{ id: 's', type: 'shipping', description: 'Post', amount: 500, vat: null }],
		payments: [paymentOf('iDEAL', 4500, 'succeeded')],
	}));

	it('by amount: gross, over the groups by what is left, with the VAT of each', () => {
		const note = credit(sale, { of: 'amount', amount: 2000 });
		expect(note).toMatchObject({ id: 'shop:1/credit-1', kind: 'creditNote', number: '4006-C1', status: 'paid', corrects: { id: 'shop:1', number: '4006', gross: 4500 } });
		expect(note.vatSummary).toEqual([
			{ category: 'S', rate: 9, reason: null, taxable: -1376, amount: -124 },
			{ category: 'S', rate: 21, reason: null, taxable: -413, amount: -87 },
		]);
		expect(note.lines[0]).toMatchObject({ description: 'Refund on order 4006', quantity: '-1', gross: -1500, categoryId: 'books', categoryName: 'Books' });
		expect(note.payments).toMatchObject([{ method: 'iDEAL', amount: -2000 }]);
	});

	it('by lines: at their own rate, shipping included or not', () => {
		const note = credit(sale, { of: 'lines', lines: [{ id: 'a', quantity: '2' }], charges: false });
		expect(note.lines).toMatchObject([{ id: 'a', quantity: '-2', gross: -2000, vat: { rate: 9 } }]);
		expect(note.charges).toEqual([]);
		const rest = credit(sale, { of: 'lines', lines: [{ id: 'a' }], charges: true }, [note]);
		expect(rest.lines).toMatchObject([{ quantity: '-1', gross: -1000 }]);
		expect(sum(rest.charges.map(({ gross }) => gross))).toBe(-500);
		expect(rest.number).toBe('4006-C2');
	});

	it.each<[string, Refund, string]>([
		['more than it came to', { of: 'amount', amount: 4501 }, 'cannot be paid back by 45.01: 45.00 of it is left (SD14'],
		['nothing', { of: 'amount', amount: 0 }, '45.00 of it is left'],
		['a line that is not there', { of: 'lines', lines: [{ id: 'x' }], charges: false }, 'has no line with the ID "x": it has a, b'],
		['a line called constructor', { of: 'lines', lines: [{ id: 'constructor' }], charges: false }, 'has no line'],
		['more pieces than there were', { of: 'lines', lines: [{ id: 'a', quantity: '4' }], charges: false }, '3 is left to pay back, not 4'],
		['no pieces', { of: 'lines', lines: [{ id: 'a', quantity: '0' }], charges: false }, 'not 0'],
		['the same line twice', { of: 'lines', lines: [{ id: 'a' }, { id: 'a' }], charges: false }, 'two lines have the ID a'],
		['no line', { of: 'lines', lines: [], charges: false }, 'choose at least one line'],
	])('does not pay back %s', (_, refund, words) => expect(() => credit(sale, refund)).toThrow(words));

	it('takes credit notes of this sale only', () => {
		const other = { ...sale, id: 'shop:2' };
		expect(() => credit(sale, { of: 'all' }, [credit(other, { of: 'all' })])).toThrow('is no credit note for order 4006');
		expect(() => credit(credit(sale, { of: 'all' }), { of: 'all' })).toThrow('is a credit note itself');
	});

	it('lowers first what was still to be paid', () => {
		const open = { ...sale, payments: [], totals: { ...sale.totals, paid: 0, due: 4500 } };
		expect(credit(open, { of: 'amount', amount: 1000 })).toMatchObject({ payments: [], totals: { paid: 0, due: -1000 }, warnings: [] });
		const half = { ...sale, payments: [paymentOf('iDEAL', 1500, 'succeeded')], totals: { ...sale.totals, paid: 1500, due: 3000 } };
		expect(credit(half, { of: 'amount', amount: 3500 }).totals).toMatchObject({ paid: -500, due: -3000 });
	});

	it('go back the way the money came, one payment after another', () => {
		const split = { ...sale, payments: [paymentOf('Cash', 1000, 'succeeded'), paymentOf('PIN', 3500, 'succeeded')] };
		const first = credit(split, { of: 'amount', amount: 700 });
		const second = credit(split, { of: 'amount', amount: 600 }, [first]);
		const back = ({ payments }: SaleDocument) => payments.map(({ method, amount }) => [method, amount]);
		expect(back(first)).toEqual([['Cash', -700]]);
		expect(back(second)).toEqual([['Cash', -300], ['PIN', -300]]);
		expect(back(credit(split, { of: 'all' }, [first, second]))).toEqual([['PIN', -3200]]);
	});

	it('of a sale whose VAT the platform states together have that VAT', () => {
		const stated = build(draft({ source: { platform: 'shop', url: null, status: null, statesVat: true }, lines: [line({ amount: 1090, statedNet: 999 })] }));
		expect(stated.totals.vat).toBe(91);
		const first = credit(stated, { of: 'amount', amount: 500 });
		expect(first.totals.vat + credit(stated, { of: 'all' }, [first]).totals.vat).toBe(-91);
	});

	it('that says more than is left is found by SD14', () => {
		const note = credit(sale, { of: 'all' });
		const found = (changes: object, context = {}) => check({ ...note, ...changes } as SaleDocument, context).map(({ code }) => code);
		expect(found({}, { corrected: sale, earlier: [credit(sale, { of: 'amount', amount: 1 })] })).toContain('SD14');
		expect(found({ corrects: { ...note.corrects, gross: 4499 } })).toEqual(['SD14']);
		expect(found({ corrects: { ...note.corrects, id: 'shop:9' } }, { corrected: sale })).toEqual(['SD14']);
		expect(found({ corrects: null })).toEqual(['SD14']);
		expect(found({ issuedAt: '2026-11-24T09:00:00+01:00' })).toEqual(['SD14']);
		expect(found({ currency: 'USD' }, { corrected: sale })).toEqual(['SD14']);
	});

	it('of a sale at a rate that was abolished keep that rate', () => {
		const old = build(draft({ issuedAt: '2018-12-31T10:00:00+01:00', lines: [line({ vat: S(6) })] }));
		expect(credit(old, { of: 'amount', amount: 500 }).vatSummary).toMatchObject([{ rate: 6 }]);
	});
});

const receipt = (changes: Parameters<typeof draft>[0] & { paid?: number } = {}): SaleDocument => {
	const { paid, ...rest } = changes;
	const bare = draft({ kind: 'receipt', ...rest });
	const { gross } = build({ ...bare, kind: 'order' }).totals;
	return build({ ...bare, payments: [paymentOf('PIN', paid ?? gross, 'succeeded')] });
};

const DAY = { day: '2026-11-24', register: 'till-1', emptyDay: false };

describe('The closure of a day', () => {
	it('is the sum of its receipts, by category and rate, and by method', () => {
		fc.assert(
			fc.property(fc.array(sales.filter(({ totals }) => totals.gross > 0), { minLength: 1, maxLength: 8 }), fc.array(fc.constantFrom('PIN', 'Cash', 'iDEAL'), { minLength: 8, maxLength: 8 }), (given, methods) => {
				const receipts = given.map((sale, index): SaleDocument => ({
					...sale,
					id: `shop:${index}`,
					kind: 'receipt',
					payments: [paymentOf(methods[index], sale.totals.gross, 'succeeded')],
					totals: { ...sale.totals, paid: sale.totals.gross, due: 0 },
				}));
				const closure = closeDay(receipts, DAY)!;
				const all = receipts.flatMap(rowsOf);
				expect(closure.totals).toEqual({
					gross: sum(receipts.map(({ totals }) => totals.gross)),
					net: sum(receipts.map(({ totals }) => totals.net)),
					vat: sum(receipts.map(({ totals }) => totals.vat)),
					paid: sum(receipts.map(({ totals }) => totals.paid)),
				});
				for (const percent of [0, 9, 21]) {
					expect(sum(closure.turnover.filter(({ rate }) => rate === percent).map(({ vat }) => vat))).toBe(sum(all.filter(({ vat }) => vat.rate === percent).map(({ vat }) => vat.amount)));
				}
				expect(sum(closure.payments.map(({ amount }) => amount))).toBe(sum(closure.turnover.map(({ gross }) => gross)));
				expect(sum(closure.payments.map(({ count }) => count))).toBe(receipts.length);
				expect(closure.receipts).toBe(receipts.length);
			}),
			{ numRuns: 60 },
		);
	});

	it('keeps the VAT of the receipts: it is not reckoned again on the sum', () => {
		const many = Array.from({ length: 10 }, (_, index) => receipt({ id: `shop:${index}`, lines: [line({ amount: 5, categoryId: 'b', categoryName: 'Books' })] }));
		expect(closeDay(many, DAY)).toMatchObject({ id: 'till-1:2026-11-24', turnover: [{ categoryId: 'b', categoryName: 'Books', rate: 9, gross: 50, vat: 0 }] });
	});

	it('subtracts what was paid back', () => {
		const sold = receipt({ lines: [line({ amount: 2000 })] });
		const back = creditNote(sold, { of: 'amount', amount: 500 }, { issuedAt: '2026-11-24T18:00:00+01:00', earlier: [] });
		expect(closeDay([sold, back], DAY)).toMatchObject({ receipts: 2, totals: { gross: 1500, paid: 1500 }, payments: [{ method: 'PIN', amount: 1500, count: 2 }] });
	});

	it('names the receipts that do not balance (CL01)', () => {
		const open = { ...receipt(), number: '17', payments: [] };
		expect(() => closeDay([receipt({ id: 'shop:2' }), open], DAY)).toThrow('2026-11-24 cannot be closed: Receipt 17 comes to 10.00, its payments to 0.00 (CL01).');
	});

	it.each([
		['2026-11-24T00:00:00+01:00', true],
		['2026-11-24T23:59:59+01:00', true],
		['2026-11-23T23:00:00Z', true],
		['2026-11-25T00:00:00+01:00', false],
		['2026-11-23T23:59:59+01:00', false],
	])('of a receipt of %s: %p', (issuedAt, belongs) => {
		const close = () => closeDay([receipt({ issuedAt })], DAY);
		if (belongs) expect(close()?.receipts).toBe(1);
		else expect(close).toThrow('CL02');
	});

	it.each([
		// 29 March 2026 has 23 hours, 25 October 25.
		['2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'],
		['2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'],
	])('on %s, when the clock changes, begins and ends with the local day', (day, first, last, after) => {
		const at = (issuedAt: string) => () => closeDay([receipt({ issuedAt })], { ...DAY, day });
		expect(at(first)()).toMatchObject({ date: day });
		expect(at(last)()).toMatchObject({ date: day });
		expect(at(after)).toThrow('CL02');
	});

	it('can be that of another time zone', () => {
		expect(closeDay([receipt({ issuedAt: '2026-11-24T02:00:00Z' })], { ...DAY, day: '2026-11-23', zone: 'America/New_York' })).toMatchObject({ date: '2026-11-23' });
	});

	it('of a day without receipts is there only if asked for', () => {
		expect(closeDay([], DAY)).toBeUndefined();
		expect(closeDay([], { ...DAY, emptyDay: true })).toMatchObject({ receipts: 0, turnover: [], payments: [], totals: { gross: 0, net: 0, vat: 0, paid: 0 } });
	});

	it('is not made of orders, of a receipt twice, or of two currencies', () => {
		expect(() => closeDay([build(draft())], DAY)).toThrow('is no receipt');
		expect(() => closeDay([receipt(), receipt()], DAY)).toThrow('is there twice');
		expect(() => closeDay([receipt(), receipt({ id: 'shop:2', currency: 'USD' })], DAY)).toThrow('in EUR and USD');
	});

	it('never takes a receipt in which a cent was changed', () => {
		const good = receipt({ lines: [line({ amount: 1234 })] });
		expect(readDocument({ ...good, totals: { ...good.totals, paid: 1233 } }).findings.map(({ code }) => code)).toContain('SD05');
		expect(() => closeDay([{ ...good, payments: [paymentOf('PIN', 1233, 'succeeded')] }], DAY)).toThrow('CL01');
	});
});
