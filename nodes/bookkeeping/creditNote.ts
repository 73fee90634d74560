/** Credit notes: what is paid back of a sale, at the rates at which it was sold, and never more than is left. */
import { groupBy, keyBy, uniqBy } from 'lodash';

import { statusOf, summaryOf, totalsOf } from './build';
import { CannotBook, groupKey, nameOf, quantityOf, refuse, rowsOf } from './document';
import type { Charge, Line, Row, SaleDocument, Warning } from './document';
import { decimalOf, divideRounded, euros, millionths, spread, spreadVat, sum, vatInside } from './money';
import type { Cents } from './money';
import { check } from './rules';
import type { RateRow } from './vat';

export type Refund =
	| { of: 'all' }
	/** With VAT. */
	| { of: 'amount'; amount: Cents }
	/** Without a quantity all of the line that is left. */
	| { of: 'lines'; lines: Array<{ id: string; quantity?: string }>; charges: boolean };

export interface CreditNoteFacts {
	issuedAt: string;
	/** Left out: the sale's number with -C1, -C2 and so on. */
	number?: string;
	/** Stands on the lines of an amount. */
	description?: string;
	/** Credit notes made before for this sale. */
	earlier: SaleDocument[];
	rates?: RateRow[];
}

const opposite = (amount: Cents) => 0 - amount;

/** A row of the credit note before its VAT is known. `amount` is what is paid back, with VAT. */
type Part = { row: Line; isLine: true; amount: Cents } | { row: Charge; isLine: false; amount: Cents };

/** What is left of each VAT group of the sale, with VAT. */
function leftOf(sale: SaleDocument, earlier: SaleDocument[]): Map<string, { whole: Cents; wholeVat: Cents; before: Cents }> {
	const before = groupBy(earlier.flatMap(({ vatSummary }) => vatSummary), groupKey);
	return new Map(sale.vatSummary.map((group) => {
		const key = groupKey(group);
		const credited = sum((before[key] ?? []).map(({ taxable, amount }) => opposite(taxable + amount)));
		return [key, { whole: group.taxable + group.amount, wholeVat: group.amount, before: credited }];
	}));
}

/** The category of all lines of a group, if it is one. */
function commonCategory({ lines }: SaleDocument, key: string): Pick<Line, 'categoryId' | 'categoryName'> {
	const found = uniqBy(lines.filter(({ vat }) => groupKey(vat) === key), 'categoryId');
	return found.length === 1 ? found[0] : { categoryId: null, categoryName: null };
}

/** One line for each VAT group, by what is left of it. */
function partsOfAmount(sale: SaleDocument, amount: Cents, { earlier, description }: CreditNoteFacts): Part[] {
	const groups = [...leftOf(sale, earlier)].map(([key, { whole, before }]) => ({ key, left: whole - before }));
	const shares = spread(amount, groups.map(({ left }) => left));
	const rows = groupBy(rowsOf(sale), ({ vat }) => groupKey(vat));
	return groups.flatMap(({ key }, index): Part[] => {
		if (shares[index] === 0) return [];
		const { categoryId, categoryName } = commonCategory(sale, key);
		const row: Line = {
			...{ id: `refund-${index + 1}`, productId: null, sku: null, categoryId, categoryName },
			description: description ?? `Refund on ${nameOf(sale).toLowerCase()}`,
			...{ quantity: shares[index] < 0 ? '-1' : '1', unitGross: null, gross: 0, net: 0, vat: rows[key][0].vat, purchasePrice: null },
		};
		return [{ row, isLine: true, amount: shares[index] }];
	});
}

function partsOfLines(sale: SaleDocument, wanted: Array<{ id: string; quantity?: string }>, withCharges: boolean, earlier: SaleDocument[]): Part[] {
	const credited = groupBy(earlier.flatMap(({ lines }) => lines), 'id');
	const known = keyBy(sale.lines, 'id');
	const lines = wanted.map(({ id, quantity }): Part => {
		if (!Object.hasOwn(known, id)) throw new CannotBook(`${nameOf(sale)} has no line with the ID "${id}": it has ${sale.lines.slice(0, 10).map((one) => one.id).join(', ')}.`);
		const line = known[id];
		const whole = quantityOf(line);
		const before = (credited[id] ?? []).reduce((done, one) => done - quantityOf(one), 0n);
		const left = whole - before;
		const asked = quantity === undefined ? left : (millionths(quantity) ?? 0n);
		const isPart = whole > 0n ? asked > 0n && asked <= left : asked < 0n && asked >= left;
		if (!isPart) throw new CannotBook(`${nameOf(sale)}: of line "${id}" ${decimalOf(left)} is left to pay back, not ${quantity ?? decimalOf(asked)}.`);
		const upTo = (pieces: bigint) => Number(divideRounded(BigInt(line.gross) * (whole < 0n ? -pieces : pieces), whole < 0n ? -whole : whole));
		return { row: { ...line, quantity: decimalOf(asked) }, isLine: true, amount: upTo(before + asked) - upTo(before) };
	});
	const done = new Set(earlier.flatMap(({ charges }) => charges.map(({ id }) => id)));
	const charges = sale.charges.filter(({ id }) => !done.has(id)).map((row): Part => ({ row, isLine: false, amount: row.gross }));
	return [...lines, ...(withCharges ? charges : [])];
}

/** VAT of the parts of a group, so that all credit notes of a sale together have its VAT to the cent. */
function vatOfParts(parts: Part[], { whole, wholeVat, before }: { whole: Cents; wholeVat: Cents; before: Cents }): Cents[] {
	const { rate } = parts[0].row.vat;
	const amounts = parts.map(({ amount }) => amount);
	const upTo = (gross: Cents) => (gross === whole ? wholeVat : vatInside(gross, rate));
	return spreadVat(upTo(before + sum(amounts)) - upTo(before), amounts, rate, true);
}

function taxedParts(sale: SaleDocument, parts: Part[], earlier: SaleDocument[]): { lines: Line[]; charges: Charge[] } {
	const left = leftOf(sale, earlier);
	const vats = new Map<Part, Cents>();
	for (const [key, group] of Object.entries(groupBy(parts, ({ row }) => groupKey(row.vat)))) {
		vatOfParts(group, left.get(key)!).forEach((vat, index) => vats.set(group[index], vat));
	}
	const amountsOf = (part: Part) => {
		const vat = vats.get(part)!;
		return { gross: opposite(part.amount), net: vat - part.amount, vat: { ...part.row.vat, amount: opposite(vat) } };
	};
	return {
		lines: parts.flatMap((part) => (part.isLine ? [{ ...part.row, ...amountsOf(part), quantity: negated(part.row.quantity), unitGross: null, purchasePrice: null }] : [])),
		charges: parts.flatMap((part) => (part.isLine ? [] : [{ ...part.row, ...amountsOf(part) }])),
	};
}

const negated = (quantity: string) => (quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`);

/** Every amount of the sale with the other sign. */
function mirrored({ lines, charges }: SaleDocument): { lines: Line[]; charges: Charge[] } {
	const mirror = ({ gross, net, vat }: Row) => ({ gross: opposite(gross), net: opposite(net), vat: { ...vat, amount: opposite(vat.amount) } });
	return {
		lines: lines.map((line) => ({ ...line, ...mirror(line), quantity: negated(line.quantity), purchasePrice: line.purchasePrice && opposite(line.purchasePrice) })),
		charges: charges.map((charge) => ({ ...charge, ...mirror(charge) })),
	};
}

/** What is credited lowers first what was still to be paid; the rest goes back the way it came. */
function paymentsBack(sale: SaleDocument, amount: Cents, { earlier, issuedAt }: CreditNoteFacts): SaleDocument['payments'] {
	const stillDue = Math.max(0, sale.totals.due + sum(earlier.map(({ totals }) => totals.due)));
	let left = Math.min(amount - stillDue, sale.totals.paid + sum(earlier.map(({ totals }) => totals.paid)));
	const backed = sum(earlier.map(({ totals }) => opposite(totals.paid)));
	let skip = backed;
	return sale.payments.flatMap((payment) => {
		if (payment.status !== 'succeeded' || payment.amount <= 0 || left <= 0) return [];
		const used = Math.min(skip, payment.amount);
		skip -= used;
		const back = Math.min(left, payment.amount - used);
		left -= back;
		return back === 0 ? [] : [{ ...payment, amount: opposite(back), paidAt: issuedAt, platformFee: null }];
	});
}

/**
 * @throws CannotBook if more is asked than is left, or if it cannot be so
 */
export function creditNote(sale: SaleDocument, refund: Refund, facts: CreditNoteFacts): SaleDocument {
	const { issuedAt, earlier, rates } = facts;
	const what = nameOf(sale);
	if (sale.kind === 'creditNote') throw new CannotBook(`${what} is a credit note itself: hand over the sale that it corrects.`);
	const foreign = earlier.find(({ kind, corrects }) => kind !== 'creditNote' || corrects?.id !== sale.id);
	if (foreign) throw new CannotBook(`${nameOf(foreign)} is no credit note for ${what.toLowerCase()}: leave it out of "Earlier Credit Notes".`);
	const twice = earlier.find(({ id }, position) => earlier.findIndex((one) => one.id === id) !== position);
	if (twice) throw new CannotBook(`${nameOf(twice)} is there twice under "Earlier Credit Notes": leave out one of them.`);
	const left = sale.totals.gross + sum(earlier.map(({ totals }) => totals.gross));
	const amount = refund.of === 'amount' ? refund.amount : left;
	if (refund.of !== 'lines' && !(amount > 0 && amount <= left)) {
		throw new CannotBook(`${what} cannot be paid back by ${euros(amount)}: ${euros(left)} of it is left (SD14, totals.gross).`);
	}
	const isMirror = refund.of === 'all' && earlier.length === 0;
	const parts = refund.of === 'lines' ? partsOfLines(sale, refund.lines, refund.charges, earlier) : partsOfAmount(sale, amount, facts);
	if (parts.length === 0) throw new CannotBook(`${what}: choose at least one line to pay back.`);
	const rows = isMirror ? mirrored(sale) : taxedParts(sale, parts, earlier);
	const payments = paymentsBack(sale, opposite(sum(rowsOf(rows).map(({ gross }) => gross))), facts);
	const totals = totalsOf(rowsOf(rows), payments);
	const warnings: Warning[] = [];
	if (payments.length > 0) warnings.push({ code: 'SDW10', path: 'payments', text: 'That the money has gone back was assumed' });
	if (sale.margin && !isMirror) warnings.push({ code: 'SDW03', path: 'margin', text: 'The margin of what was paid back was not calculated' });
	const document: SaleDocument = {
		...sale,
		...rows,
		id: `${sale.id}/credit-${earlier.length + 1}`,
		kind: 'creditNote',
		number: facts.number ?? `${sale.number}-C${earlier.length + 1}`,
		corrects: { id: sale.id, number: sale.number, issuedAt: sale.issuedAt, gross: sale.totals.gross },
		source: { ...sale.source, status: null },
		issuedAt,
		suppliedAt: sale.suppliedAt ?? sale.issuedAt,
		modifiedAt: null,
		dueAt: null,
		status: statusOf(totals),
		pricesIncludeVat: isMirror ? sale.pricesIncludeVat : true,
		vatSummary: summaryOf(rowsOf(rows)),
		payments,
		totals,
		margin: isMirror && sale.margin ? { ...sale.margin, purchase: opposite(sale.margin.purchase), vat: sale.margin.vat === null ? null : opposite(sale.margin.vat) } : null,
		warnings,
	};
	refuse(nameOf(document), check(document, { corrected: sale, earlier, rates }));
	return document;
}
