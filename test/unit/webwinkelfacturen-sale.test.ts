/** What is sent adds up whatever the sale is: three groups, charges, discounts, returns, prices with and without VAT. */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { creditNote } from '../../nodes/bookkeeping/creditNote';
import type { SaleDocument } from '../../nodes/bookkeeping/document';
import { figuresOf, saleOf } from '../../nodes/Webwinkelfacturen/sale';
import type { SaleKind } from '../../nodes/Webwinkelfacturen/sale';
import { sales } from './bookkeepingDocuments';

const PARTS = ['Incl', 'Excl', 'Vat'] as const;

type Sent = Record<string, number> & { shipping: Array<Record<string, number>>; fees: Array<Record<string, number>> };

const send = (kind: SaleKind, document: SaleDocument) => JSON.parse(JSON.stringify(saleOf(kind, document))) as Sent;

const rowsOf = (sent: Sent) => [...((sent.items ?? sent.lines) as unknown as Array<Record<string, number>>), ...sent.shipping, ...sent.fees];

const cents = (euros: number) => Math.round(euros * 100);

const isWhole = (euros: number) => /^-?\d+(\.\d{1,2})?$/.test(String(euros));

const refundOf = (document: SaleDocument) => creditNote(document, { of: 'all' }, { issuedAt: '2026-12-01T10:00:00+01:00', earlier: [] });

/** Of what cost nothing nothing is paid back. */
const paidFor = sales.filter(({ totals }) => totals.gross > 0);

test.each(['order', 'invoice', 'receipt', 'refund'] as const)('the rows of a %s are its totals, and each of them is net and VAT', (kind) => {
	fc.assert(
		fc.property(paidFor, (sold) => {
			const document = kind === 'refund' ? refundOf(sold) : sold;
			const sent = send(kind, document);
			const rows = rowsOf(sent);
			for (const part of PARTS) {
				expect(rows.reduce((total, row) => total + cents(row[`line${part}WithDiscount`]), 0)).toBe(cents(sent[`total${part}WithDiscount`]));
				expect(rows.every((row) => isWhole(row[`line${part}WithDiscount`]))).toBe(true);
				expect(isWhole(sent[`total${part}WithDiscount`]) && isWhole(sent[`totalDiscount${part}`])).toBe(true);
			}
			expect(cents(sent.totalInclWithDiscount)).toBe(document.totals.gross);
			for (const of of [...rows.map((row) => PARTS.map((part) => row[`line${part}WithDiscount`])), PARTS.map((part) => sent[`total${part}WithDiscount`]), PARTS.map((part) => sent[`totalDiscount${part}`])]) {
				expect(cents(of[0])).toBe(cents(of[1]) + cents(of[2]));
			}
		}),
	);
});

test('what a piece costs is told where it is exact, and what goes back has a negative quantity', () => {
	fc.assert(
		fc.property(paidFor, fc.boolean(), (sold, isRefund) => {
			for (const row of rowsOf(send(isRefund ? 'refund' : 'order', isRefund ? refundOf(sold) : sold))) {
				const gross = cents(row.lineInclWithDiscount);
				if (gross !== 0) expect(Math.sign(row.quantity)).toBe(Math.sign(gross));
				for (const part of PARTS) {
					const unit = row[`unit${part}WithDiscount`];
					if (unit !== undefined) expect(cents(unit * row.quantity) - cents(row[`line${part}WithDiscount`])).toBeCloseTo(0);
				}
			}
		}),
	);
});

test('VAT of each rate stays what it is, with the discounts inside the lines', () => {
	fc.assert(
		fc.property(sales, (document) => {
			const byRate = (rows: Array<[rate: number, vat: number]>) => {
				const sums = new Map<number, number>();
				for (const [rate, vat] of rows) sums.set(rate, (sums.get(rate) ?? 0) + vat);
				return [...sums].filter(([, vat]) => vat !== 0).sort(([a], [b]) => a - b);
			};
			const rows = rowsOf(send('order', document)).map((row): [number, number] => [row.taxpercentage, cents(row.lineVatWithDiscount)]);
			expect(byRate(rows)).toEqual(byRate(document.vatSummary.map(({ rate, amount }) => [rate, amount])));
			const discounts = document.charges.filter(({ type }) => type === 'discount').reduce((total, { gross }) => total + gross, 0);
			const ownRows = rowsOf(send('order', document)).filter((row) => (row.name as unknown) === 'Korting');
			const spreadOut = discounts - ownRows.reduce((total, row) => total + cents(row.lineInclWithDiscount), 0);
			expect(cents(send('order', document).totalDiscountIncl)).toBe(-spreadOut || 0);
		}),
	);
});

test('figures are other figures as soon as a cent or a rate is, and the same whatever else changes', () => {
	fc.assert(
		fc.property(sales, fc.nat(), (document, which) => {
			const rows = [...document.lines, ...document.charges];
			const position = which % rows.length;
			const changed = structuredClone(document);
			const row = [...changed.lines, ...changed.charges][position];
			row.gross += 1;
			row.net += 1;
			expect(figuresOf(changed)).not.toBe(figuresOf(document));
			const paid = { ...document, status: 'open' as const, payments: [], modifiedAt: '2026-12-01T10:00:00+01:00', customer: { ...document.customer, phone: '06' } };
			expect(figuresOf(paid)).toBe(figuresOf(document));
		}),
	);
});

test('business in another EU country and export are told by the customer', () => {
	const of = (document: SaleDocument) => (saleOf('invoice', document).customer ?? {}) as IDataObject;
	fc.assert(
		fc.property(sales, (document) => {
			const categories = [...document.lines, ...document.charges].map(({ vat }) => vat.category);
			expect(of(document)).toMatchObject({ isicp: Number(categories.includes('K')), isinternational: Number(categories.includes('G')) });
		}),
	);
});
