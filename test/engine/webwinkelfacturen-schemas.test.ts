/** What holds for every operation of Webwinkelfacturen. */
import type { INodeParameters } from 'n8n-workflow';

import { Webwinkelfacturen } from '../../nodes/Webwinkelfacturen/Webwinkelfacturen.node';
import { everyOperation } from './everyOperation';
import type { OperationCase } from './everyOperation';
import { closure, items, line, LOW, sale } from './saleDocuments';
import { useWebwinkelfacturen } from './webwinkelfacturen';

const bench = useWebwinkelfacturen();

const paid = sale(1);
const note = sale(2, {
	...{ id: 'shop:2', kind: 'creditNote', payments: [], lines: [line('1', -1501, LOW, { quantity: '-1' })], charges: [] },
	corrects: { id: paid.id, number: paid.number, issuedAt: paid.issuedAt, gross: paid.totals.gross },
});

/** What is added of each kind. */
const DOCUMENTS = { sale: paid, order: paid, invoice: sale(3, { kind: 'invoice' }), refund: note, receipt: sale(4, { kind: 'receipt' }), closure: closure(1) };

const COMPANY = { company: 'Voorbeeld BV', companyNumber: '12345678', vatId: 'NL123456782B90', customerNumber: 'K1' };
const ADDRESS = { street: 'Dorpsstraat', houseNumber: '12', postcode: '3511 AB', city: 'Utrecht', country: 'NL', phone: '0612345678' };
const SET_UP = {
	customer: { id: 'k1', customerId: 'k1', firstName: 'Anna', lastName: 'de Vries', email: 'anna@voorbeeld.example', more: { ...COMPANY, ...ADDRESS } },
	taxRate: { id: 'nl-9', taxId: 'nl-9', percentage: '9', country: 'NL' },
	paymentMethod: { id: 'ideal', paymentMethodId: 'ideal', name: 'iDEAL' },
	category: { id: 'boeken', categoryId: 'boeken', name: 'Boeken' },
};

const NOVEMBER = { startDate: '2026-11-01', endDate: '2026-11-30' };

const cases = [
	...Object.entries(DOCUMENTS).flatMap(([resource, document]): OperationCase[] => {
		const add = { operation: `${resource}.add`, parameters: () => ({}), items: items(document) };
		if (resource === 'sale') return [add];
		return [
			add,
			{ operation: `${resource}.get`, parameters: () => ({ id: document.id }) },
			{ operation: `${resource}.getAll`, parameters: () => ({ returnAll: true, ...NOVEMBER }) },
			{ operation: `${resource}.delete`, parameters: () => ({ id: document.id, confirm: 'Yes, Delete' }) },
		];
	}),
	...Object.entries(SET_UP).flatMap(([resource, { id, ...fields }]): OperationCase[] => [
		{ operation: `${resource}.add`, parameters: () => fields as INodeParameters },
		{ operation: `${resource}.getAll`, parameters: () => ({ returnAll: true }) },
		{ operation: `${resource}.delete`, parameters: () => ({ id, confirm: 'Yes, Delete' }) },
	]),
];

let before = 0;

everyOperation({
	folder: 'Webwinkelfacturen',
	node: new Webwinkelfacturen(),
	/** Everything is there, for what reads and deletes; what adds finds nothing. */
	async fresh() {
		await bench.restart();
		for (const [resource, document] of Object.entries(DOCUMENTS).slice(1)) await bench.run({ resource, operation: 'add' }, { items: items(document) });
		for (const [resource, fields] of Object.entries(SET_UP)) await bench.run({ resource, operation: 'add', ...fields });
		bench.forget();
		before = bench.requests('POST').length;
	},
	run: async (parameters, options) => await bench.run(parameters, options),
	writes: () => bench.requests('POST').length + bench.requests('DELETE').length - before,
	cases,
});
