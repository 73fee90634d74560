/** Makes a sale document that adds up out of what a platform tells. */
import { groupBy, omit, uniqBy } from 'lodash';

import { groupKey, nameOf, quantityOf, refuse, rowsOf } from './document';
import type { Charge, Line, Row, SaleDocument, Warning } from './document';
import { euros, isUnitPrice, spread, spreadVat, sum, unitPrice, vatInside, vatOnTop } from './money';
import type { Cents } from './money';
import { check, checkTotal, marginVat } from './rules';
import type { RateRow, VatChoice, VatSettings } from './vat';

/** Amounts are with VAT, or without where `pricesIncludeVat` is false. */
interface Amount {
	amount: Cents;
	/** Amount without VAT as the platform states it, beside the amount with VAT. */
	statedNet?: Cents;
}

export type DraftLine = Omit<Line, 'gross' | 'net' | 'vat' | 'unitGross'> & Amount & { vat: VatChoice; unitGross?: Cents };

/** Without `vat` it is spread over the groups of the lines. */
export type DraftCharge = Omit<Charge, 'gross' | 'net' | 'vat'> & Amount & { vat: VatChoice | null };

export type Draft = Omit<SaleDocument, 'schema' | 'lines' | 'charges' | 'vatSummary' | 'totals' | 'status' | 'margin'> & {
	lines: DraftLine[];
	charges: DraftCharge[];
	withoutRate: VatSettings['withoutRate'];
	/** Where the platform says so; otherwise it follows from the payments. */
	status?: 'refunded' | 'cancelled';
	/** What the platform says the sale comes to. */
	total?: Cents;
	/** Rate of the goods, for the VAT inside the margin. */
	marginRate?: number;
	ownRates: RateRow[];
};

type Taxed<T extends { vat: VatChoice | null }> = Omit<T, 'vat'> & { vat: VatChoice };

/** What a charge without a rate comes to in each group. To the highest rate: a discount goes on to the next where that is used up. */
function sharesOf(amount: Cents, groups: DraftLine[][], withoutRate: Draft['withoutRate']): Cents[] {
	const sizes = groups.map((rows) => Math.max(0, sum(rows.map((row) => row.amount))));
	if (withoutRate === 'byAmount') return spread(amount, sizes);
	const shares = groups.map(() => 0);
	const byRate = groups.map((_, index) => index).sort((a, b) => groups[b][0].vat.rate - groups[a][0].vat.rate);
	let left = amount;
	for (const index of byRate) {
		shares[index] = left < 0 ? Math.max(left, 0 - sizes[index]) : left;
		left -= shares[index];
	}
	shares[byRate[0]] += left;
	return shares;
}

/** The parts of a charge without a rate: one for each group of the lines. */
function partsOf(charge: DraftCharge, lines: DraftLine[], withoutRate: Draft['withoutRate']): Array<Taxed<DraftCharge>> {
	if (charge.vat) return [{ ...charge, vat: charge.vat }];
	const groups = Object.values(groupBy(lines, ({ vat }) => groupKey(vat)));
	return sharesOf(charge.amount, groups, withoutRate)
		.map((amount, index) => ({ ...charge, amount, vat: groups[index][0].vat }))
		.filter(({ amount }, index) => amount !== 0 || (index === 0 && charge.amount === 0))
		.map((part, index) => (index === 0 ? part : { ...part, id: `${part.id}-${index + 1}` }));
}

/** The amounts of rows of one group: VAT rounded once, then spread over them. */
function taxed(rows: Array<Amount & { vat: VatChoice }>, included: boolean): Array<Pick<Row, 'gross' | 'net' | 'vat'>> {
	const [{ vat: choice }] = rows;
	const amounts = rows.map(({ amount }) => amount);
	const whole = included ? vatInside(sum(amounts), choice.rate) : vatOnTop(sum(amounts), choice.rate);
	const vats = spreadVat(whole, amounts, choice.rate, included);
	return rows.map(({ amount, statedNet }, index) => {
		const vat = statedNet === undefined ? vats[index] : amount - statedNet;
		const gross = included ? amount : amount + vat;
		return { gross, net: gross - vat, vat: { ...choice, amount: vat } };
	});
}

function taxAll<T extends Amount & { vat: VatChoice }>(rows: T[], included: boolean): Array<Pick<Row, 'gross' | 'net' | 'vat'>> {
	const groups = Object.values(groupBy(rows.map((row, index) => ({ row, index })), ({ row }) => groupKey(row.vat)));
	const result: Array<Pick<Row, 'gross' | 'net' | 'vat'>> = [];
	for (const group of groups) {
		taxed(group.map(({ row }) => row), included).forEach((amounts, position) => (result[group[position].index] = amounts));
	}
	return result;
}

/** One entry for each group, in the order of the rows. */
export function summaryOf(rows: Row[]): SaleDocument['vatSummary'] {
	return Object.values(groupBy(rows, ({ vat }) => groupKey(vat))).map((group) => ({
		category: group[0].vat.category,
		rate: group[0].vat.rate,
		reason: group[0].vat.reason,
		taxable: sum(group.map(({ net }) => net)),
		amount: sum(group.map(({ vat }) => vat.amount)),
	}));
}

export function totalsOf(rows: Row[], payments: SaleDocument['payments']): SaleDocument['totals'] {
	const gross = sum(rows.map((row) => row.gross));
	const vat = sum(rows.map((row) => row.vat.amount));
	const paid = sum(payments.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount));
	return { gross, net: gross - vat, vat, paid, due: gross - paid };
}

/** What was paid beyond the total is paid, too; on a credit note all is negative. */
export function statusOf({ gross, paid, due }: SaleDocument['totals']): SaleDocument['status'] {
	const isOpen = gross < 0 ? due < 0 : due > 0;
	if (!isOpen) return 'paid';
	return paid === 0 ? 'open' : 'partiallyPaid';
}

function marginOf({ lines, charges, marginRate, seller }: Draft, gross: Cents): { margin: SaleDocument['margin']; warnings: Warning[] } {
	if (seller.regime !== 'margin' && seller.regime !== 'marginGlobal') return { margin: null, warnings: [] };
	const shipping = charges.find(({ type }) => type === 'shipping');
	const assumed: Warning[] = shipping ? [{ code: 'SDW13', path: 'margin', text: 'Shipping was taken for a part of the price under the margin scheme: ask your bookkeeper' }] : [];
	const missing = marginRate === undefined ? 'rate of the goods' : lines.some(({ purchasePrice }) => purchasePrice === null) ? 'purchase price' : undefined;
	if (missing || marginRate === undefined) {
		return { margin: null, warnings: [...assumed, { code: 'SDW03', path: 'margin', text: `The ${missing} is not known: the margin was not calculated` }] };
	}
	const purchase = sum(lines.map(({ purchasePrice }) => purchasePrice ?? 0));
	const vat = seller.regime === 'margin' ? marginVat(gross, purchase, marginRate) : null;
	return { margin: { purchase, rate: marginRate, vat }, warnings: assumed };
}

/**
 * The document, with all its amounts.
 * @throws CannotBook if what the platform tells does not add up or cannot be so
 */
export function build(draft: Draft): SaleDocument {
	const { lines, charges, withoutRate, status, total, ownRates, ...facts } = omit(draft, 'marginRate');
	const what = nameOf(facts);
	if (lines.length === 0) refuse(what, [{ code: 'SD10', path: 'lines', expected: 'at least one', actual: 0, text: 'it has no lines' }]);
	const parts = charges.flatMap((charge) => partsOf(charge, lines, withoutRate));
	const amounts = taxAll<Amount & { vat: VatChoice }>([...lines, ...parts], facts.pricesIncludeVat);
	const warnings: Warning[] = [];
	const builtLines = lines.map(({ unitGross, ...line }, index): Line => {
		const { gross, net, vat } = amounts[index];
		const quantity = quantityOf(line);
		const fits = quantity !== 0n && (unitGross === undefined || isUnitPrice(unitGross, gross, quantity));
		if (unitGross !== undefined && !fits) {
			warnings.push({ code: 'SDW06', path: `lines[${index}].unitGross`, text: `${line.quantity} × ${euros(unitGross)} is not ${euros(gross)}: the price of one was left out` });
		}
		return { ...omit(line, 'amount', 'statedNet'), unitGross: fits ? (unitGross ?? unitPrice(gross, quantity)) : null, gross, net, vat };
	});
	const builtCharges = parts.map((part, index): Charge => ({ ...omit(part, 'amount', 'statedNet'), ...amounts[lines.length + index] }));
	const rows = rowsOf({ lines: builtLines, charges: builtCharges });
	const totals = totalsOf(rows, facts.payments);
	const { margin, warnings: onMargin } = marginOf(draft, totals.gross);
	const document: SaleDocument = {
		schema: 'saleDocument/1',
		...facts,
		status: status ?? statusOf(totals),
		lines: builtLines,
		charges: builtCharges,
		vatSummary: summaryOf(rows),
		totals,
		margin,
		warnings: uniqBy([...facts.warnings, ...warnings, ...onMargin], ({ code, path, text }) => `${code} ${path} ${text}`),
	};
	// A wrong total is told alone: it says best what is wrong.
	refuse(what, total === undefined ? [] : checkTotal({ ...document, totals: { ...totals, gross: total } }));
	refuse(what, check(document, { rates: ownRates }));
	return document;
}
