/** The closure of a day: turnover by category and rate, and payments by method, as the sums of the receipts. */
import { groupBy } from 'lodash';

import { ZONE } from '../operation/time';
import { CannotBook, CHARGE_TYPES, dayOf, nameOf, rowsOf } from './document';
import type { Row, SaleDocument } from './document';
import { euros, sum } from './money';
import { list, number, object, orNull, text, word } from './shape';
import type { Finding, Of } from './shape';

const cents = (description: string) => number(`${description}, in cents`, 'SD13', 'integer', 'a whole number of cents', Number.isSafeInteger);

export const dayClosure = object('The sum of the receipts of a day', {
	schema: word('Name and version of this shape', ['dayClosure/1']),
	id: text('Register and day; never changes'),
	date: text('The day'),
	register: text('The till or the shop'),
	currency: text('Currency'),
	receipts: number('How many receipts there were', 'CL01', 'integer', 'a whole number', Number.isSafeInteger),
	turnover: list('One entry for each category and rate', object('Sum of its rows', {
		categoryId: orNull(text('ID of the product group, or the kind of charge')),
		categoryName: orNull(text('Its name')),
		rate: number('Percentage', 'SD07', 'number', 'a percentage', Number.isFinite),
		category: text('VAT category'),
		net: cents('Without VAT'),
		vat: cents('VAT: the sum of that of the receipts'),
		gross: cents('With VAT'),
	})),
	payments: list('One entry for each method', object('Sum of its payments', {
		method: text('How it was paid'),
		amount: cents('Amount'),
		count: number('How many payments', 'CL01', 'integer', 'a whole number', Number.isSafeInteger),
	})),
	totals: object('Totals', { gross: cents('With VAT'), net: cents('Without VAT'), vat: cents('VAT'), paid: cents('Paid') }),
});

export type DayClosure = Of<typeof dayClosure>;

export interface DayFacts {
	/** As 2026-11-24. */
	day: string;
	register: string;
	/** Time zone of the day; the nights on which the clock changes have 23 or 25 hours. */
	zone?: string;
	/** Whether a day without receipts has a closure, too. */
	emptyDay: boolean;
}

interface CategorizedRow {
	row: Row;
	categoryId: string | null;
	categoryName: string | null;
}

const CHARGE_NAMES = Object.fromEntries(CHARGE_TYPES.map((type) => [type, type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)]));

function categorized({ lines, charges }: SaleDocument): CategorizedRow[] {
	return [
		...lines.map((row) => ({ row, categoryId: row.categoryId, categoryName: row.categoryName ?? row.categoryId })),
		...charges.map((row) => ({ row, categoryId: row.type, categoryName: CHARGE_NAMES[row.type] })),
	];
}

const succeeded = ({ payments }: SaleDocument) => payments.filter(({ status }) => status === 'succeeded');

function findingsOf(receipt: SaleDocument, index: number, { day, zone = ZONE }: DayFacts): Finding[] {
	const path = `receipts[${index}]`;
	const gross = sum(rowsOf(receipt).map((row) => row.gross));
	const paid = sum(succeeded(receipt).map(({ amount }) => amount));
	const ofDay = dayOf(receipt.issuedAt, zone);
	const name = nameOf(receipt);
	const found: Finding[] = [];
	if (gross !== paid) found.push({ code: 'CL01', path: `${path}.payments`, expected: gross, actual: paid, text: `${name} comes to ${euros(gross)}, its payments to ${euros(paid)}` });
	if (ofDay !== day) found.push({ code: 'CL02', path: `${path}.issuedAt`, expected: day, actual: ofDay, text: `${name} is of ${ofDay}` });
	return found;
}

/**
 * The closure, or undefined for a day without receipts where it is not to have one. Credit notes of receipts subtract.
 * @throws CannotBook that names the receipts which do not fit
 */
export function closeDay(receipts: SaleDocument[], facts: DayFacts): DayClosure | undefined {
	const { day, register, emptyDay } = facts;
	if (receipts.length === 0 && !emptyDay) return undefined;
	const other = receipts.find(({ kind, direction }) => direction !== 'sale' || (kind !== 'receipt' && kind !== 'creditNote'));
	if (other) throw new CannotBook(`${nameOf(other)} is no receipt: a day is closed over receipts and their credit notes.`);
	const seen = new Set<string>();
	const twice = receipts.find(({ id }) => seen.size === seen.add(id).size);
	if (twice) throw new CannotBook(`${nameOf(twice)} is there twice: leave out one of them.`);
	const [currency = 'EUR', foreign] = new Set(receipts.map((receipt) => receipt.currency));
	if (foreign !== undefined) throw new CannotBook(`The receipts are in ${currency} and ${foreign}: close the day once for each currency.`);
	const findings = receipts.flatMap((receipt, index) => findingsOf(receipt, index, facts));
	if (findings.length > 0) {
		const named = findings.slice(0, 5).map(({ code, text: clause }) => `${clause} (${code})`);
		const others = findings.length > 5 ? `; and ${findings.length - 5} more` : '';
		throw new CannotBook(`${day} cannot be closed: ${named.join('; ')}${others}.`, findings);
	}
	const rows = groupBy(receipts.flatMap(categorized), ({ row, categoryId }) => `${row.vat.category} ${row.vat.rate} ${categoryId ?? ''}`);
	const turnover = Object.values(rows).map((group) => {
		const [{ row, categoryId, categoryName }] = group;
		return {
			...{ categoryId, categoryName, rate: row.vat.rate, category: row.vat.category },
			net: sum(group.map((one) => one.row.net)),
			vat: sum(group.map((one) => one.row.vat.amount)),
			gross: sum(group.map((one) => one.row.gross)),
		};
	});
	const payments = Object.entries(groupBy(receipts.flatMap(succeeded), 'method')).map(([method, group]) => ({
		...{ method, amount: sum(group.map(({ amount }) => amount)), count: group.length },
	}));
	const total = (name: 'gross' | 'net' | 'vat') => sum(turnover.map((entry) => entry[name]));
	return {
		schema: 'dayClosure/1',
		id: `${register}:${day}`,
		date: day,
		register,
		currency,
		receipts: receipts.length,
		turnover,
		payments,
		totals: { gross: total('gross'), net: total('net'), vat: total('vat'), paid: sum(payments.map(({ amount }) => amount)) },
	};
}
