/** The stored output schemas are those of what the operations give. */
import type { INodeParameters } from 'n8n-workflow';

import { outputSchema } from './outputSchema';
import { closure, items, line, LOW, sale } from './saleDocuments';
import { useWebwinkelfacturen } from './webwinkelfacturen';

const bench = useWebwinkelfacturen();

const paid = sale(1);
const note = sale(2, {
	...{ id: 'shop:2', kind: 'creditNote', payments: [], lines: [line('1', -1501, LOW, { quantity: '-1' })], charges: [] },
	corrects: { id: paid.id, number: paid.number, issuedAt: paid.issuedAt, gross: paid.totals.gross },
});
const DOCUMENTS: Record<string, object> = {
	sale: paid,
	order: paid,
	invoice: sale(3, { kind: 'invoice' }),
	refund: note,
	receipt: sale(4, { kind: 'receipt' }),
	closure: closure(1),
};

const SET_UP: Record<string, INodeParameters> = {
	customer: { customerId: 'k1', firstName: 'Anna', lastName: 'de Vries', email: 'anna@voorbeeld.example', more: { street: 'Dorpsstraat', houseNumber: '12', postcode: '3511 AB', city: 'Utrecht', country: 'NL', company: 'Voorbeeld BV', companyNumber: '12345678', vatId: 'NL123456782B90', phone: '0612345678', customerNumber: 'K1' } },
	taxRate: { taxId: 'nl-9', percentage: '9', country: 'NL' },
	paymentMethod: { paymentMethodId: 'ideal', name: 'iDEAL' },
	category: { categoryId: 'boeken', name: 'Boeken' },
};

const addOf = async (resource: string) => {
	const document = DOCUMENTS[resource];
	return await bench.run({ resource, operation: 'add', ...SET_UP[resource] }, document ? { items: items(document) } : {});
};

const idOf = (resource: string): string => {
	const document = DOCUMENTS[resource] as { id: string } | undefined;
	return document?.id ?? Object.values(SET_UP[resource])[0] as string;
};

const november = { startDate: '2026-11-01', endDate: '2026-11-30' };

const cases = [
	...[...Object.keys(DOCUMENTS), ...Object.keys(SET_UP)].map((resource) => [resource, 'add', {}] as const),
	...Object.keys(DOCUMENTS).filter((resource) => resource !== 'sale').flatMap((resource) => [
		[resource, 'get', { id: idOf(resource) }] as const,
		[resource, 'getAll', { returnAll: true, ...november }] as const,
	]),
	...Object.keys(SET_UP).map((resource) => [resource, 'getAll', { returnAll: true }] as const),
	...[...Object.keys(DOCUMENTS), ...Object.keys(SET_UP)]
		.filter((resource) => resource !== 'sale')
		.map((resource) => [resource, 'delete', { id: idOf(resource), confirm: 'Yes, Delete' }] as const),
];

test.each(cases)('%s %s', async (resource, operation, parameters) => {
	const added = await addOf(resource);
	const result = operation === 'add' ? added : await bench.run({ resource, operation, ...parameters });
	expect(result.error).toBeUndefined();
	expect(result.items.length).toBeGreaterThan(0);
	const { actual, stored } = outputSchema('Webwinkelfacturen', resource, operation, result.items);
	expect(actual).toEqual(stored);
});
