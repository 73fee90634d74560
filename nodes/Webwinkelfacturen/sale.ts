/** A sale document as Webwinkelfacturen wants it. Field names: the vendor's client; what is marked so is inferred. */
import { createHash } from 'crypto';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { DayClosure } from '../bookkeeping/closure';
import { groupKey, rowsOf } from '../bookkeeping/document';
import type { Charge, Customer, Line, Row, SaleDocument } from '../bookkeeping/document';
import { spread, sum } from '../bookkeeping/money';
import { REASONS } from '../bookkeeping/vat';
import { ZONE } from '../operation/time';

export type SaleKind = 'order' | 'invoice' | 'refund' | 'receipt';

/** Cents as euros; the quotient is the number that its two decimals stand for. */
const euros = (cents: number): number => cents / 100;

const yes = (is: boolean): number => Number(is);

/** By the clock of the zone that days are counted in. */
const localTime = (moment: string): string => DateTime.fromISO(moment, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm:ss');

/** Without what is not known. */
const filled = (record: Record<string, string | number | null | undefined>): IDataObject =>
	Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined && value !== ''));

const isDiscount = (row: Row): row is Charge => 'type' in row && row.type === 'discount';

/** A row with the discount that is inside its amounts. */
interface Discounted {
	row: Row;
	gross: number;
	vat: number;
}

/**
 * The rows with the discounts inside their amounts, as the API's names say. A discount goes to the lines of its VAT group,
 * else to the charges of it; where there are none it stays a row of its own.
 */
function withDiscounts(document: SaleDocument): { rows: Discounted[]; spreadOut: Charge[] } {
	const rows = rowsOf(document).filter((row) => !isDiscount(row)).map((row): Discounted => ({ row, gross: row.gross, vat: row.vat.amount }));
	const spreadOut: Charge[] = [];
	for (const discount of document.charges.filter(isDiscount)) {
		const group = rows.filter(({ row }) => groupKey(row.vat) === groupKey(discount.vat) && row.gross !== 0);
		const lines = group.filter(({ row }) => !('type' in row));
		const targets = lines.length > 0 ? lines : group;
		if (targets.length === 0) {
			rows.push({ row: discount, gross: discount.gross, vat: discount.vat.amount });
			continue;
		}
		spreadOut.push(discount);
		const weights = targets.map(({ row }) => Math.abs(row.gross));
		const gross = spread(discount.gross, weights);
		const vat = spread(discount.vat.amount, weights);
		targets.forEach((target, index) => {
			target.gross += gross[index];
			target.vat += vat[index];
		});
	}
	return { rows, spreadOut };
}

/** Under the margin scheme the text of the law stands with the goods: no tax rate can tell it apart from other 0 %. */
const nameOf = ({ description, vat }: Row): string =>
	vat.reason === 'margin' ? `${description} (${REASONS.margin.text})` : description;

/** Prices of one piece, where they come out in whole cents. */
function unitPrices(gross: number, vat: number, quantity: number): IDataObject {
	const [incl, tax] = [gross / quantity, vat / quantity];
	if (!Number.isInteger(incl) || !Number.isInteger(tax)) return {};
	return { unitInclWithDiscount: euros(incl), unitExclWithDiscount: euros(incl - tax), unitVatWithDiscount: euros(tax) };
}

function rowOf({ row, gross, vat }: Discounted, referenceid: string): IDataObject {
	const pieces = Math.abs('quantity' in row ? Number(row.quantity) : 1);
	// What goes back has a negative quantity and the price that it had.
	const quantity = gross < 0 ? -pieces : pieces;
	return {
		referenceid,
		name: nameOf(row),
		quantity,
		lineInclWithDiscount: euros(gross),
		lineExclWithDiscount: euros(gross - vat),
		lineVatWithDiscount: euros(vat),
		...unitPrices(gross, vat, quantity),
		taxpercentage: row.vat.rate,
	};
}

const isLine = ({ row }: Discounted): boolean => !('type' in row);
const isShipping = ({ row }: Discounted): boolean => 'type' in row && row.type === 'shipping';

function customerOf(customer: Customer, rows: Row[]): IDataObject | undefined {
	const { id, firstName, lastName, name, company, vatId, companyId, phone, email, billing } = customer;
	if (id === null) return undefined;
	const has = (category: string) => rows.some(({ vat }) => vat.category === category);
	return filled({
		customerid: id,
		firstname: firstName,
		lastname: lastName ?? (firstName === null && company === null ? name : null),
		company,
		address1: billing?.street,
		housenr: billing?.houseNumber,
		zipcode: billing?.postcode,
		city: billing?.city,
		isocountry: billing?.country,
		kvk: companyId?.scheme === 'kvk' ? companyId.id : null,
		btwnr: vatId,
		telnr: phone,
		email,
		iscompany: yes(company !== null || vatId !== null),
		isicp: yes(has('K')),
		isinternational: yes(has('G')),
	});
}

/** Words for the state of the payment; "paid" is the vendor's, the others are inferred. */
const PAYMENT_STATUS: Record<SaleDocument['status'], string> = {
	open: 'open',
	paid: 'paid',
	partiallyPaid: 'partially_paid',
	refunded: 'refunded',
	cancelled: 'cancelled',
};

/** Inferred: as in a closure. */
const paymentsOf = ({ payments }: SaleDocument): IDataObject[] =>
	payments
		.filter(({ status }) => status === 'succeeded')
		.map(({ method, amount }) => ({ methodid: method, methodname: method, total: euros(amount) }));

/** What only some kinds of sales have. */
function ownFields(kind: SaleKind, { corrects, dueAt, totals }: SaleDocument): IDataObject {
	if (kind === 'order') return {};
	const paid = { totalpaid: euros(totals.paid), totalunpaid: euros(totals.due) };
	if (kind === 'refund') return { ...paid, ...filled({ orderid: corrects?.id, ordernumber: corrects?.number }) };
	return kind === 'invoice' ? { ...paid, ...filled({ duedate: dueAt && localTime(dueAt) }) } : paid;
}

/** The sale as it is sent. Discounts are inside its lines, and told in total as well. */
export function saleOf(kind: SaleKind, document: SaleDocument): IDataObject {
	const { id, number, status, issuedAt, currency, totals, customer } = document;
	const { rows, spreadOut } = withDiscounts(document);
	const [discounted, discountedVat] = [sum(spreadOut.map(({ gross }) => gross)), sum(spreadOut.map(({ vat }) => vat.amount))];
	const list = (which: (row: Discounted) => boolean, own: (row: Row) => IDataObject) =>
		rows.filter(which).map((row) => ({ ...rowOf(row, id), ...own(row.row) }));
	const lines = list(isLine, (row) => ({ lineid: row.id, ...filled({ productcode: (row as Line).sku ?? (row as Line).productId }) }));
	const buyer = customerOf(customer, rowsOf(document));
	return {
		[`${kind}id`]: id,
		[`${kind}number`]: number,
		[`${kind}status`]: 'completed',
		[`${kind}date`]: localTime(issuedAt),
		paymentstatus: PAYMENT_STATUS[status],
		currency,
		totalInclWithDiscount: euros(totals.gross),
		totalExclWithDiscount: euros(totals.net),
		totalVatWithDiscount: euros(totals.vat),
		totalDiscountIncl: euros(-discounted + 0),
		totalDiscountExcl: euros(discountedVat - discounted + 0),
		totalDiscountVat: euros(-discountedVat + 0),
		...ownFields(kind, document),
		...(kind !== 'order' && { isicp: buyer?.isicp ?? 0, isinternational: buyer?.isinternational ?? 0 }),
		[kind === 'order' ? 'items' : 'lines']: lines,
		shipping: list(isShipping, (row) => ({ shippingid: row.id })),
		fees: list((row) => !isLine(row) && !isShipping(row), (row) => ({ feeid: row.id })),
		payment: paymentsOf(document),
		...(buyer && { customer: buyer }),
	};
}

/** Turnover that belongs to no category stands under its rate. */
export const categoryOf = ({ categoryId, categoryName, rate }: DayClosure['turnover'][number]): { id: string; name: string } => {
	const ofRate = `VAT ${rate} %`;
	return { id: categoryId ?? ofRate, name: categoryName ?? categoryId ?? ofRate };
};

/** The closure of a day as it is sent. */
export function closureOf({ id, date, register, currency, turnover, payments }: DayClosure): IDataObject {
	return {
		closureid: id,
		closurenumber: id,
		closurename: `${register} ${date}`,
		closuredate: date,
		registerid: register,
		registername: register,
		currency,
		productcategories: turnover.map((entry) => ({
			groupid: categoryOf(entry).id,
			lineExcl: euros(entry.net),
			taxValue: euros(entry.vat),
			taxRate: entry.rate,
		})),
		payments: payments.map(({ method, amount }) => ({ methodid: method, total: euros(amount) })),
	};
}

const shortHash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);

/** Stands for what is booked of a sale: amounts and rates, not names or whether it is paid by now. */
export function figuresOf(document: SaleDocument | DayClosure): string {
	if (document.schema === 'dayClosure/1') {
		return shortHash([document.turnover.map(({ net, vat, rate, categoryId }) => [net, vat, rate, categoryId]), document.payments.map(({ method, amount }) => [method, amount])]);
	}
	return shortHash(rowsOf(document).map(({ gross, net, vat }) => [gross, net, vat.amount, vat.rate]));
}
