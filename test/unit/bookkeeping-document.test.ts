import fc from 'fast-check';
import { cloneDeep, get, omit, set } from 'lodash';

import { build } from '../../nodes/bookkeeping/build';
import { CannotBook } from '../../nodes/bookkeeping/document';
import type { SaleDocument } from '../../nodes/bookkeeping/document';
import { paymentOf } from '../../nodes/bookkeeping/from/read';
import { readDocument } from '../../nodes/bookkeeping/rules';
import { amountPaths, CUSTOMER, draft, line, none, S, sales, SELLER } from './bookkeepingDocuments';

const codesOf = (document: unknown) => readDocument(document).findings.map(({ code }) => code);

const changed = (document: SaleDocument, path: string, value: unknown): SaleDocument => set(cloneDeep(document), path, value);

describe('A document that was built', () => {
	it('never breaks a rule', () => {
		fc.assert(fc.property(sales, (document) => expect(readDocument(document).findings).toEqual([])), { numRuns: 200 });
	});

	it('is read back as it is, also out of JSON', () => {
		fc.assert(fc.property(sales, (document) => expect(readDocument(JSON.parse(JSON.stringify(document))).document).toEqual(document)), { numRuns: 100 });
	});

	it('keeps what the customer paid: gross amounts are those that were given', () => {
		const document = build(draft({ lines: [line({ id: '1', amount: 2930, quantity: '3' }), line({ id: '2', amount: 1, vat: S(21) })] }));
		expect(document.lines.map(({ gross }) => gross)).toEqual([2930, 1]);
		expect(document.totals).toEqual({ gross: 2931, net: 2689, vat: 242, paid: 0, due: 2931 });
		expect(document.lines[0].unitGross).toBe(977);
	});

	it('rounds VAT once for each group, and spreads it over the lines by largest remainder, the first among equals', () => {
		const lines = ['1', '2', '3'].map((id) => line({ id, amount: 10, vat: S(9) }));
		const { vatSummary, lines: built } = build(draft({ lines }));
		expect(vatSummary).toEqual([{ category: 'S', rate: 9, reason: null, taxable: 28, amount: 2 }]);
		expect(built.map(({ vat }) => vat.amount)).toEqual([1, 1, 0]);
	});

	it('with prices without VAT: VAT is reckoned on the group and comes on top', () => {
		const lines = ['1', '2', '3'].map((id) => line({ id, amount: 999, vat: S(21) }));
		const { totals } = build(draft({ lines, pricesIncludeVat: false }));
		expect(totals).toMatchObject({ net: 2997, vat: 629, gross: 3626 });
	});

	it('spreads a discount without a rate by amount, or to the highest rate', () => {
		const lines = [line({ id: '1', amount: 3000, vat: S(9) }), line({ id: '2', amount: 1000, vat: S(21) })];
		const charges = [{ id: 'off', type: 'discount' as const, description: 'Discount', amount: -401, vat: null }];
		const amounts = (withoutRate: 'byAmount' | 'highestRate') =>
			build(draft({ lines, charges, withoutRate })).charges.map(({ id, gross, vat }) => [id, gross, vat.rate]);
		expect(amounts('byAmount')).toEqual([['off', -301, 9], ['off-2', -100, 21]]);
		expect(amounts('highestRate')).toEqual([['off', -401, 21]]);
	});

	it('tells which total of the platform does not fit', () => {
		const wrong = () => build(draft({ kind: 'order', number: '4006', lines: [line({ amount: 1799 })], total: 1798 }));
		expect(wrong).toThrow('Order 4006 cannot be booked: the lines add up to 17.99, the order says 17.98 (SD01, totals.gross)');
		expect(wrong).toThrow(CannotBook);
	});

	it('drops the price of one where it does not make the amount, and says so', () => {
		const document = build(draft({ lines: [line({ amount: 1000, quantity: '3', unitGross: 340 })] }));
		expect(document.lines[0].unitGross).toBeNull();
		expect(document.warnings).toEqual([{ code: 'SDW06', path: 'lines[0].unitGross', text: '3 × 3.40 is not 10.00: the price of one was left out' }]);
	});

	it('takes a thousand million euro exactly', () => {
		const lines = [line({ amount: 99_999_999_999, vat: S(21) }), line({ id: '2', amount: 1, vat: S(21) })];
		const { totals } = build(draft({ lines }));
		expect(totals.gross).toBe(100_000_000_000);
		expect(totals.vat).toBe(17_355_371_901);
	});
});

describe('A document in which one thing was changed', () => {
	/** The rules of which each must tell where an amount at such a place is changed. */
	const RULES: Array<[place: RegExp, codes: string[]]> = [
		[/^(lines|charges)\[\d+\]\.gross$/, ['SD01', 'SD02']],
		[/^(lines|charges)\[\d+\]\.net$/, ['SD02', 'SD03']],
		[/^(lines|charges)\[\d+\]\.vat\.amount$/, ['SD02', 'SD03']],
		[/^vatSummary\[\d+\]\.(taxable|amount)$/, ['SD02', 'SD03']],
		[/^totals\.gross$/, ['SD01', 'SD02', 'SD05']],
		[/^totals\.(net|vat)$/, ['SD02']],
		[/^(totals\.(paid|due)|payments\[\d+\]\.amount)$/, ['SD05']],
	];

	it('by a cent is always found, by the rules for its place and at a place on the way to it', () => {
		const change = fc.tuple(sales, fc.nat(), fc.constantFrom(1, -1));
		fc.assert(
			fc.property(change, ([document, choice, cent]) => {
				const paths = amountPaths(document);
				const path = paths[choice % paths.length];
				const { findings } = readDocument(changed(document, path, get(document, path) + cent));
				const [, codes] = RULES.find(([place]) => place.test(path))!;
				expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
				const part = path.split(/[.[]/)[0];
				const named = { lines: /lines|vatSummary|totals/, charges: /charges|vatSummary|totals/, vatSummary: /vatSummary|totals/, totals: /totals/, payments: /totals|payments/ }[part]!;
				expect(findings.some((finding) => named.test(finding.path))).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	it('by the rate or the category of one row is found: its group is missing', () => {
		const change = fc.tuple(sales, fc.nat(), fc.constantFrom<[string, unknown]>(['rate', 3], ['rate', 12], ['category', 'G'], ['reason', 'export']));
		fc.assert(
			fc.property(change, ([document, choice, [field, value]]) => {
				const rows = [...document.lines.map((_, index) => `lines[${index}]`), ...document.charges.map((_, index) => `charges[${index}]`)];
				const path = `${rows[choice % rows.length]}.vat.${field}`;
				fc.pre(get(document, path) !== value);
				expect(codesOf(changed(document, path, value))).toContain('SD03');
			}),
			{ numRuns: 200 },
		);
	});

	it('by its day is found where the rate was another one on that day', () => {
		const document = build(draft({ lines: [line({ vat: S(9) }), line({ id: '2', vat: S(21) })] }));
		const { findings } = readDocument(changed(document, 'suppliedAt', '2018-12-31T23:00:00+01:00'));
		expect(findings).toMatchObject([{ code: 'SD07', path: 'lines[0].vat.rate', expected: '6, 21', actual: 9 }]);
		expect(codesOf(changed(document, 'suppliedAt', '2019-01-01T00:00:00+01:00'))).toEqual([]);
	});

	it('by a letter of an ID, a number or a date that then is none is always found', () => {
		const spoiled = fc.tuple(sales, fc.constantFrom<[string, string]>(['id', ' '], ['id', 'x:y z\n'.repeat(80)], ['number', ''], ['issuedAt', '2026-13-01T00:00:00Z'], ['issuedAt', 'T'], ['currency', 'eur'], ['schema', 'saleDocument/2']));
		fc.assert(
			fc.property(spoiled, ([document, [field, value]]) => {
				const { findings } = readDocument(changed(document, field, value));
				expect(findings.filter(({ code, path }) => code === 'SD10' && path === field)).not.toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});

	it('by a cent is found by the rule for its place', () => {
		const document = build(draft({
			lines: [line({ amount: 1799 }), line({ id: '2', amount: 2100, vat: S(21) })],
			payments: [{ method: 'iDEAL', amount: 3899, paidAt: null, status: 'succeeded', transactionId: null, reference: null, platformFee: null }],
		}));
		const plus = (path: string) => codesOf(changed(document, path, get(document, path) + 1));
		expect(plus('lines[0].gross')).toEqual(expect.arrayContaining(['SD01', 'SD02']));
		expect(plus('lines[0].net')).toEqual(['SD02', 'SD03']);
		expect(plus('lines[0].vat.amount')).toEqual(expect.arrayContaining(['SD02', 'SD03']));
		expect(plus('vatSummary[1].taxable')).toEqual(expect.arrayContaining(['SD02', 'SD03']));
		expect(plus('vatSummary[1].amount')).toEqual(expect.arrayContaining(['SD02', 'SD03']));
		expect(plus('totals.gross')).toEqual(expect.arrayContaining(['SD01', 'SD02', 'SD05']));
		expect(plus('payments[0].amount')).toEqual(['SD05']);
		expect(plus('totals.paid')).toEqual(expect.arrayContaining(['SD05']));
		expect(plus('totals.due')).toEqual(['SD05']);
	});

	it('by its rate is found, also where all of it is changed together', () => {
		fc.assert(
			fc.property(sales.filter(({ vatSummary }) => vatSummary.some(({ amount }) => amount > 1)), (document) => {
				const index = document.vatSummary.findIndex(({ amount }) => amount > 1);
				const codes = codesOf(changed(document, `vatSummary[${index}].rate`, document.vatSummary[index].rate + 3));
				expect(codes).toContain('SD03');
			}),
			{ numRuns: 100 },
		);
		const document = build(draft({ lines: [line({ amount: 10_900, vat: S(9) })] }));
		const all = changed(changed(document, 'lines[0].vat.rate', 21), 'vatSummary[0].rate', 21);
		expect(codesOf(all)).toEqual(['SD04', 'SD04']);
	});

	const document = build(draft({ dueAt: '2026-12-24T10:00:00+01:00', lines: [line({}), line({ id: '2', vat: none('margin') })] }));
	it.each([
		['id', '', 'SD10'],
		['id', 'other:1', 'SD10'],
		['id', '1', 'SD10'],
		['number', '', 'SD10'],
		['number', '  ', 'SD10'],
		['issuedAt', '', 'SD10'],
		['issuedAt', '2026-11-24', 'SD10'],
		['issuedAt', '2026-02-30T10:00:00Z', 'SD10'],
		['issuedAt', '24-11-2026 10:00', 'SD10'],
		['issuedAt', '2026-12-25T00:00:00+01:00', 'SD10'],
		['dueAt', '2026-11-23T00:00:00+01:00', 'SD10'],
		['currency', 'euro', 'SD10'],
		['direction', 'sold', 'SD10'],
		['lines[1].id', '1', 'SD10'],
		['lines', 'none', 'SD10'],
		['lines[0].gross', 10.5, 'SD13'],
		['lines[0].gross', '1000', 'SD13'],
		['totals.paid', 0.001, 'SD13'],
		['lines[0].quantity', '0', 'SD16'],
		['lines[0].quantity', 'two', 'SD16'],
		['lines[0].quantity', '2', 'SD16'],
		['lines[0].unitGross', 1001, 'SD16'],
		['lines[0].vat.category', 'Z', 'SD08'],
		['lines[0].vat.category', 'X', 'SD08'],
		['lines[0].vat.rate', 109, 'SD07'],
		['lines[0].vat.rate', 8, 'SD07'],
		['lines[1].vat.reason', null, 'SD09'],
		['lines[1].vat.reason', 'export', 'SD09'],
		['lines[1].vat.category', 'S', 'SD08'],
		['lines[1].vat.category', 'O', 'SD15'],
		['corrects', { id: 'shop:0', number: '0', issuedAt: '2026-11-24T10:00:00Z', gross: 5 }, 'SD14'],
		['kind', 'creditNote', 'SD14'],
		['kind', 'receipt', 'SD06'],
	])('%s = %j is found by %s %s', (path, value, code) => {
		const also = path === 'lines[1].vat.category' && value === 'O' ? [['vatSummary[1].category', 'O'], ['vatSummary[1].reason', 'outOfScope']] : [];
		const wrong = also.reduce((one, [where, what]) => changed(one, where, what), changed(document, path, value));
		expect(codesOf(wrong)).toContain(code);
	});

	it('names place, what was expected and what is there', () => {
		expect(readDocument(changed(document, 'totals.due', 1)).findings).toEqual([
			{ code: 'SD05', path: 'totals.due', expected: 2000, actual: 1, text: '20.00 is left to pay, the total says 0.01' },
		]);
	});

	it('finds totals below zero outside a credit note, and above zero in one', () => {
		const negative = changed(document, 'totals.gross', -1);
		expect(codesOf(negative)).toContain('SD11');
		const asNote = { ...document, kind: 'creditNote', corrects: { id: 'shop:0', number: '0', issuedAt: '2026-11-24T09:00:00+01:00', gross: 5000 } };
		expect(codesOf(asNote)).toContain('SD11');
	});

	it('finds VAT IDs that are missing, malformed or of the same country where there is no VAT for a business', () => {
		const abroad = { ...CUSTOMER, vatId: 'BE0123456789', billing: { ...CUSTOMER.billing!, country: 'BE' } };
		const sale = build(draft({ customer: abroad, lines: [line({ vat: none('intraCommunity') })] }));
		const withIds = (seller: string | null, customer: string | null, country = 'BE') =>
			codesOf({ ...sale, seller: { ...SELLER, vatId: seller }, customer: { ...abroad, vatId: customer, billing: { ...abroad.billing, country } } });
		expect(withIds('NL123456789B01', 'BE0123456789')).toEqual([]);
		expect(withIds(null, 'BE0123456789')).toEqual(['SD12']);
		expect(withIds('NL123456789B01', null)).toEqual(['SD12']);
		expect(withIds('NL123456789B01', 'BE123')).toEqual(['SD12']);
		expect(withIds('NL123456789B01', 'NL987654321B02')).toEqual(['SD12']);
		expect(withIds('NL123456789B01', 'BE0123456789', 'NL')).toEqual(['SD12']);
		expect(withIds('NL123456789B01', 'BE0123456789', 'CH')).toEqual(['SD12']);
		const reversed = build(draft({ lines: [line({ vat: none('reverseCharge') })] }));
		expect(codesOf({ ...reversed, customer: { ...CUSTOMER, vatId: 'NL98765' } })).toEqual(['SD12']);
	});

	it('finds VAT that is shifted from one row to another by more than a cent', () => {
		const two = build(draft({ lines: [line({ amount: 1090 }), line({ id: '2', amount: 1090 })] }));
		const shifted = (cents: number) => codesOf({
			...two,
			lines: two.lines.map((row, index) => ({ ...row, net: row.net + (index === 0 ? -cents : cents), vat: { ...row.vat, amount: row.vat.amount + (index === 0 ? cents : -cents) } })),
		});
		expect(shifted(1)).toEqual([]);
		expect(shifted(2)).toEqual(['SD04', 'SD04']);
	});

	it('knows how far it is paid', () => {
		const after = (amount: number) => build(draft({ payments: [paymentOf('iDEAL', amount, 'succeeded')] })).status;
		expect([after(0), after(400), after(1000), after(1200)]).toEqual(['open', 'partiallyPaid', 'paid', 'paid']);
	});

	it('believes the VAT of the platform to a cent for each group, its own only exactly', () => {
		const stated = (net: number, statesVat: boolean) => () =>
			build(draft({ source: { platform: 'shop', url: null, status: null, statesVat }, lines: [line({ amount: 1090, statedNet: net })] }));
		expect(stated(999, true)().totals).toMatchObject({ net: 999, vat: 91 });
		expect(stated(998, true)).toThrow('SD04');
		expect(stated(999, false)).toThrow('SD04');
	});
});

describe('What is no document', () => {
	it('is read without an exception, whatever it is', () => {
		fc.assert(fc.property(fc.anything(), (value) => expect(readDocument(value).findings.length).toBeGreaterThan(0)), { numRuns: 300 });
		fc.assert(
			fc.property(sales, fc.anything(), fc.nat(), (document, value, choice) => {
				const names = Object.keys(document);
				readDocument({ ...document, [names[choice % names.length]]: value });
			}),
			{ numRuns: 300 },
		);
	});

	it('of others is read without what only ours have, and with empty texts', () => {
		const { source, seller, ...rest } = omit(build(draft()), 'warnings');
		const bare = { ...rest, reference: '', source: { platform: source.platform }, seller: { name: seller.name, vatId: seller.vatId, address: seller.address, regime: 'standard' } };
		const { document, findings } = readDocument(bare);
		expect(findings).toEqual([]);
		expect(document).toMatchObject({ reference: null, warnings: [], source: { statesVat: false, url: null }, seller: { oss: false, iban: null } });
	});

	it('says in words what is missing', () => {
		const { findings } = readDocument({ schema: 'saleDocument/1' });
		expect(findings[0]).toEqual({ code: 'SD10', path: 'id', expected: 'a text such as boekwinkeltjes:4006', actual: null, text: 'id is missing, not a text such as boekwinkeltjes:4006' });
	});

	it('may not be longer than ten thousand lines', () => {
		const document = build(draft());
		expect(codesOf({ ...document, lines: Array.from({ length: 10_001 }, () => document.lines[0]) })).toEqual(['SD10']);
	});
});
