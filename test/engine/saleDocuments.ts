/** Sale documents for tests of what sends them on, built as the Sale Document node builds them. */
import type { IDataObject } from 'n8n-workflow';

import { build } from '../../nodes/bookkeeping/build';
import type { Draft, DraftCharge, DraftLine } from '../../nodes/bookkeeping/build';
import { closeDay } from '../../nodes/bookkeeping/closure';
import type { SaleDocument } from '../../nodes/bookkeeping/document';
import { NOBODY, paymentOf } from '../../nodes/bookkeeping/from/read';
import { draft, line as lineOf, S } from '../unit/bookkeepingDocuments';

export const LOW = S(9);
export const HIGH = S(21);

const BILLING = { name: null, street: 'Dorpsstraat', houseNumber: '12', postcode: '3511 AB', city: 'Utrecht', country: 'NL' };

const ANNA = { ...NOBODY, id: 'k1', email: 'anna@voorbeeld.example', name: 'Anna de Vries', firstName: 'Anna', lastName: 'de Vries', billing: BILLING };

export const line = (id: string, amount: number, vat = LOW, more: Partial<DraftLine> = {}): DraftLine =>
	lineOf({ id, sku: `B${id}`, description: 'Max Havelaar', amount, vat, ...more });

export const charge = (id: string, type: DraftCharge['type'], amount: number, vat: DraftCharge['vat'] = LOW): DraftCharge => ({
	...{ id, type, description: type === 'shipping' ? 'Verzendkosten' : type, amount, vat },
});

/** An order of a book and its shipping, paid by iDEAL, with the parts replaced that a test is about. */
export function sale(number: number | string, more: Partial<Draft> = {}): SaleDocument {
	const lines = more.lines ?? [line('1', 1500 + (Number(number) % 100))];
	const charges = more.charges ?? [charge('shipping', 'shipping', 298)];
	const gross = [...lines, ...charges].reduce((total, { amount }) => total + amount, 0);
	return build(
		draft({
			...{ id: `shop:${number}`, kind: 'order', number: String(number), issuedAt: '2026-11-24T10:15:00+01:00', customer: ANNA },
			payments: [paymentOf('ideal', gross, 'succeeded')],
			...more,
			...{ lines, charges },
		}),
	);
}

/** The closure of a day with so many receipts. */
export function closure(receipts: number, { day = '2026-11-24', register = 'kassa' } = {}) {
	const lines = [line('1', 1090, LOW, { categoryId: 'boeken', categoryName: 'Boeken' })];
	const all = Array.from({ length: receipts }, (_, index) => sale(index + 1, { kind: 'receipt', lines, charges: [], issuedAt: `${day}T10:15:00+01:00` }));
	return closeDay(all, { day, register, emptyDay: true })!;
}

/** As the items of a workflow. */
export const items = (...documents: object[]) => documents.map((json) => ({ json: json as IDataObject }));
