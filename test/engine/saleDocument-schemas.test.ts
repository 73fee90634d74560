/** What holds for every operation of Sale Document; documents and closures have the shape that is declared. */
import { readFileSync } from 'node:fs';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { dayClosure } from '../../nodes/bookkeeping/closure';
import { saleDocument } from '../../nodes/bookkeeping/document';
import { fromBoekwinkeltjesOrder } from '../../nodes/bookkeeping/from/boekwinkeltjes';
import type { Finding } from '../../nodes/bookkeeping/shape';
import { SaleDocument } from '../../nodes/SaleDocument/SaleDocument.node';
import { settings } from '../unit/bookkeepingDocuments';
import { everyOperation } from './everyOperation';
import { runNode } from './harness';

function recorded(name: string): object {
	return (JSON.parse(readFileSync(`test/fixtures/stamhoofd/${name}.json`, 'utf8')) as { response: { body: object } }).response.body;
}

const seller = { name: 'De Kapitein', vatId: 'NL123456789B01', companyNumber: '12345678', otherId: 'x', iban: 'NL91ABNA0417164300', street: 'Oudegracht', houseNumber: '12', postcode: '3511 AA', city: 'Utrecht' };
const shop = { regime: 'standard', sellerCountry: 'NL', goods: 'book', seller };
const margin = { ...shop, regime: 'margin', purchasePrice: '4,00' };
const association = { regime: 'standard', sellerCountry: 'BE', goods: 'food', seller: { ...seller, vatId: 'BE0123456749', companyNumber: '0123456749' }, unit: 'tenThousandths' };

const ORDER = {
	id: 4006, date: '2026-11-24 12:12:12', status: 'new_order', idealPaymentStatus: 'paid',
	book: { id: 1, bookNumber: 213124124124, title: 'Let It Be', author: 'Beatles, The', price: 10.99, shippingCost: 6.99, category1: 'detectives' },
	buyer: { firstName: 'Henk', lastName: 'de Vries', email: 'henk@example.com', phone: '+31610555555', language: 'nl', address: { street: 'Straat', number: '12', zipCode: '7654AA', city: 'Nijverdal', country: 'nl', company: 'Bedrijf BV' } },
};
const GIFTS = {
	uuid: 'u', orderNumber: '1-1', status: 'completed', invoiceReference: 'PO-7', createdAt: '2026-06-09T12:00:00+00:00', updatedAt: '2026-06-10T12:00:00+00:00', deliveryDate: '2026-06-11T00:00:00+00:00', totalPrice: 20, totalPriceIncl: 21.8,
	lines: [{ title: 'Bouquet', quantity: 1, price: 20, priceIncl: 21.8, vatSpecification: [{ price: 20, percentage: 9 }], product: 'p', productgroupUuid: 'g', children: [] }],
	deliveryAddress: { attn: 'An', street: 'Straat', number: '1', postcode: '1000AA', city: 'Amsterdam', country: 'NL' },
};
const FIELDS = {
	...margin, id: '77', issuedAt: '2026-11-24 10:00', lines: { line: [{ description: 'Mug', quantity: '1', price: '3', sku: 'm', category: 'c', purchasePrice: '1' }] },
	charges: { charge: [{ type: 'shipping', amount: '5' }] }, payments: { payment: [{ method: 'iDEAL', amount: '8', paidAt: '2026-11-24 11:00', reference: 'r', transactionId: 't' }] },
	customer: { name: 'An', email: 'an@example.com', customerId: 'c', phone: '0612345678', country: 'NL', street: 's', houseNumber: '1', postcode: '1000AA', city: 'c', vatId: 'NL123456789B01', companyNumber: '12345678', company: 'C' },
	details: { reference: 'r', suppliedAt: '2026-11-24 10:00', dueAt: '2026-12-24 10:00' },
};

const ROW = {
	...{ number: '77', date: '2026-11-24 10:00', description: 'Mug', price: '3', quantity: '1', vat: '9', sku: 'm', category: 'c', shipping: '5', discount: '1', paid: '7', paymentMethod: 'iDEAL', paidAt: '2026-11-24 11:00', purchasePrice: '1' },
	...{ reference: 'r', suppliedAt: '2026-11-24 10:00', ...FIELDS.customer },
};

const payment = () => ({ ...recorded('v398-get'), status: 'Succeeded', paidAt: 1795280799000, transferFee: 3500 });
const sale = (kind: 'order' | 'receipt' = 'order') => fromBoekwinkeltjesOrder(ORDER, settings({ regime: 'margin', purchasePrice: 400, kind }));

/** What comes out of the node, which must have the declared shape. */
async function run(parameters: INodeParameters, options: object) {
	const result = await runNode({ node: new SaleDocument(), parameters, ...options });
	for (const { json } of result.items) {
		const shape = { 'saleDocument/1': saleDocument, 'dayClosure/1': dayClosure }[String(json.schema)];
		const findings: Finding[] = [];
		if (shape) expect(shape.read(json, '', findings)).toEqual(json);
		expect(findings).toEqual([]);
	}
	return result;
}

const making = (operation: string, parameters: object, record: object, declared: object | undefined = saleDocument.schema) => ({
	operation,
	parameters: () => parameters as INodeParameters,
	items: [{ json: record as IDataObject }],
	declared: declared as typeof saleDocument.schema,
});

everyOperation({
	folder: 'SaleDocument',
	node: new SaleDocument(),
	fresh: async () => await Promise.resolve(),
	run,
	cases: [
		making('document.fromBoekwinkeltjesOrder', margin, ORDER),
		making('document.fromStamhoofdOrder', association, (recorded('v398-webshop-orders') as { results: object[] }).results[0]),
		making('document.fromStamhoofdPayment', association, payment()),
		making('document.fromTopgeschenkenOrder', { sellerCountry: 'NL', seller, unit: 'euro' }, GIFTS),
		making('document.fromFields', FIELDS, {}),
		making('document.fromRow', { ...margin, sale: { mappingMode: 'autoMapInputData', value: null } }, ROW),
		making('document.createCreditNote', { options: { issuedAt: '2026-11-25 10:00' } }, sale()),
		making('document.validate', {}, sale()),
		{ ...making('dayClosure.create', { day: '2026-11-24', register: 'shop' }, sale('receipt'), dayClosure.schema), isSum: true },
		{ ...making('export.toUbl', { file: 'data' }, sale()), declared: undefined },
		{ ...making('export.toCsv', { file: 'data' }, sale()), declared: undefined, isSum: true },
		{ ...making('apiRequest.answer', { question: { resource: 'sales', id: 'boekwinkeltjes:4006', limit: 50, requestId: 'r' } }, sale()), declared: undefined },
	],
});
