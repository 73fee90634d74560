/** Sale documents as CSV: one row for each line and charge. */
import { DateTime } from 'luxon';

import { ZONE } from '../operation/time';
import type { SaleDocument } from './document';
import { euros } from './money';
import type { Cents } from './money';

export interface CsvForm {
	separator: ',' | ';' | '\t';
	/** Dutch and Belgian spreadsheets expect 17,98. */
	decimalComma: boolean;
}

/** A number is written as it is; a text may not become a formula in a spreadsheet. */
type Cell = string | number | null | { amount: Cents | null } | { decimal: string };

type Column = [name: string, cell: (document: SaleDocument, row: CsvRow) => Cell];

interface CsvRow {
	type: string;
	id: string;
	description: string;
	gross: Cents;
	net: Cents;
	vat: SaleDocument['lines'][number]['vat'];
	quantity?: string;
	unitGross?: Cents | null;
	sku?: string | null;
	categoryId?: string | null;
	categoryName?: string | null;
}

const local = (written: string | null) => written && DateTime.fromISO(written, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm:ss');

const COLUMNS: Column[] = [
	['document id', ({ id }) => id],
	['direction', ({ direction }) => direction],
	['kind', ({ kind }) => kind],
	['number', ({ number }) => number],
	['corrects', ({ corrects }) => corrects?.number ?? null],
	['date', ({ issuedAt }) => local(issuedAt)],
	['supplied', ({ suppliedAt }) => local(suppliedAt)],
	['status', ({ status }) => status],
	['reference', ({ reference }) => reference],
	['seller', ({ seller }) => seller.name],
	['customer id', ({ customer }) => customer.id],
	['customer', ({ customer }) => customer.name],
	['email', ({ customer }) => customer.email],
	['customer vat id', ({ customer }) => customer.vatId],
	['country', ({ customer }) => customer.billing?.country ?? customer.shipping?.country ?? null],
	['row', (_, { type }) => type],
	['row id', (_, { id }) => id],
	['sku', (_, { sku }) => sku ?? null],
	['category', (_, { categoryName, categoryId }) => categoryName ?? categoryId ?? null],
	['description', (_, { description }) => description],
	['quantity', (_, { quantity }) => ({ decimal: quantity ?? '1' })],
	['unit price', (_, { unitGross }) => ({ amount: unitGross ?? null })],
	['net', (_, { net }) => ({ amount: net })],
	['vat', (_, { vat }) => ({ amount: vat.amount })],
	['gross', (_, { gross }) => ({ amount: gross })],
	['vat rate', (_, { vat }) => ({ decimal: String(vat.rate) })],
	['vat category', (_, { vat }) => vat.category],
	['vat reason', (_, { vat }) => vat.reason],
	['document net', ({ totals }) => ({ amount: totals.net })],
	['document vat', ({ totals }) => ({ amount: totals.vat })],
	['document gross', ({ totals }) => ({ amount: totals.gross })],
	['paid', ({ totals }) => ({ amount: totals.paid })],
	['due', ({ totals }) => ({ amount: totals.due })],
	['payment method', ({ payments }) => payments.map(({ method }) => method).join(', ')],
	['currency', ({ currency }) => currency],
];

/** Spreadsheets take a cell that begins so for a formula, some of them also behind blanks and signs that nobody sees, or in full width. */
const FORMULA = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

function quoted(written: string, separator: string): string {
	return written.includes(separator) || /["\r\n]|^\s|\s$/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}

function written(cell: Cell, { decimalComma, separator }: CsvForm): string {
	if (cell === null) return '';
	if (typeof cell !== 'object') return quoted(FORMULA.test(String(cell)) ? `'${cell}` : String(cell), separator);
	const number = 'decimal' in cell ? cell.decimal : cell.amount === null ? '' : euros(cell.amount);
	return quoted(decimalComma ? number.replace('.', ',') : number, separator);
}

const lineOf = (cells: string[], { separator }: CsvForm) => `${cells.join(separator)}\r\n`;

/** Begins with a byte order mark, without which Excel garbles letters with accents. */
export function csvHeader(form: CsvForm): string {
	return `\uFEFF${lineOf(COLUMNS.map(([name]) => name), form)}`;
}

export function csvRows(document: SaleDocument, form: CsvForm): string {
	const rows: CsvRow[] = [...document.lines.map((line) => ({ type: 'line', ...line })), ...document.charges];
	return rows.map((row) => lineOf(COLUMNS.map(([, cell]) => written(cell(document, row), form)), form)).join('');
}
