/** The node Sale Document on n8n's engine: from a platform's record to what a bookkeeper gets. */
import { readFileSync } from 'node:fs';

import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { SaleDocument } from '../../nodes/SaleDocument/SaleDocument.node';
import { simplifyPayment } from '../../nodes/Stamhoofd/simplify';
import { runNode } from './harness';
import type { NodeResult, NodeRun } from './harness';

const run = async (resource: string, operation: string, parameters: INodeParameters, records: object[], more: Partial<NodeRun> = {}): Promise<NodeResult> =>
	await runNode({ node: new SaleDocument(), parameters: { resource, operation, ...parameters }, items: records.map((json) => ({ json: json as IDataObject })), ...more });

const jsons = (items: INodeExecutionData[]) => items.map(({ json }) => json);

function recorded(name: string): never {
	return (JSON.parse(readFileSync(`test/fixtures/stamhoofd/${name}.json`, 'utf8')) as { response: { body: never } }).response.body;
}

const order = (id = 4006, changes: object = {}) => ({
	id,
	date: '2026-11-24 12:12:12',
	status: 'shipped_paid',
	idealPaymentStatus: 'paid',
	book: { title: 'Let It Be', author: 'Beatles, The', price: 10.99, shippingCost: 6.99, category1: 'detectives' },
	buyer: { firstName: 'Henk', lastName: 'de Vries', address: { street: 'Straat', number: '12', zipCode: '7654AA', city: 'Nijverdal', country: 'nl' } },
	...changes,
});

const seller = { name: 'De Kapitein', vatId: 'NL 1234.56.789 B01', companyNumber: '12345678', iban: 'NL91 ABNA 0417 1643 00' };
const standard = { regime: 'standard', sellerCountry: 'NL', goods: 'book', seller };

async function documents(count = 1, changes: INodeParameters = {}): Promise<IDataObject[]> {
	const { items, error } = await run('document', 'fromBoekwinkeltjesOrder', { ...standard, ...changes }, Array.from({ length: count }, (_, index) => order(4006 + index)));
	expect(error).toBeUndefined();
	return jsons(items);
}

const text = (binary: Record<string, IBinaryData> | undefined, name = 'data') => Buffer.from(binary![name].data, 'base64').toString('utf8');

describe('Document: From Boekwinkeltjes Order', () => {
	test('takes the item as it comes in, and pairs what comes out with it', async () => {
		const { items, run: whole } = await run('document', 'fromBoekwinkeltjesOrder', standard, [order(1), order(2)]);
		expect(whole.data.resultData.runData.Node[0].data?.main).toHaveLength(1);
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([['boekwinkeltjes:1', { item: 0 }], ['boekwinkeltjes:2', { item: 1 }]]);
		expect(items[0].json).toMatchObject({ totals: { gross: 1798, net: 1650, vat: 148 }, seller: { vatId: 'NL123456789B01', companyId: { scheme: 'kvk', id: '12345678' }, iban: 'NL91ABNA0417164300' } });
	});

	test('asks for the regime; goods are books, and asked for where that is taken out', async () => {
		await expect(run('document', 'fromBoekwinkeltjesOrder', { sellerCountry: 'NL' }, [order()])).rejects.toThrow(`Parameter "Seller's VAT Regime" is required`);
		const empty = await run('document', 'fromBoekwinkeltjesOrder', { regime: '={{ $json.regime }}', sellerCountry: 'NL' }, [order()]);
		expect(empty.error?.message).toContain("Seller's VAT Regime is empty: fill it in");
		const second = await run('document', 'fromBoekwinkeltjesOrder', { regime: 'standard', sellerCountry: 'NL', goods: '' }, [order()]);
		expect((await run('document', 'fromBoekwinkeltjesOrder', { regime: 'standard', sellerCountry: 'NL' }, [order()])).items[0].json).toMatchObject({ vatSummary: [{ rate: 9 }] });
		expect(second.error?.message).toContain('Order 4006 has no VAT rate. Choose what the goods are under "Goods Are", or a regime without VAT.');
	});

	test('needs no more than the regime where there is no VAT', async () => {
		const { items } = await run('document', 'fromBoekwinkeltjesOrder', { regime: 'margin', sellerCountry: 'NL', goods: 'book', purchasePrice: '4,00' }, [order()]);
		expect(items[0].json).toMatchObject({ vatSummary: [{ category: 'E', reason: 'margin', amount: 0 }], margin: { purchase: 400, rate: 9, vat: 115 } });
	});

	test('takes an own rate, own rates, exceptions and how shipping is taxed', async () => {
		const options = {
			number: 'F-1',
			kind: 'invoice',
			shipping: 'rate',
			shippingRate: 21,
			overrides: { override: [{ match: 'Detectives', goods: 'rate', rate: '21' }] },
		};
		const { items } = await run('document', 'fromBoekwinkeltjesOrder', { ...standard, goods: 'rate', goodsRate: '9', options }, [order()]);
		expect(items[0].json).toMatchObject({ number: 'F-1', kind: 'invoice', vatSummary: [{ rate: 21, taxable: 1486, amount: 312 }] });
		const own = { rates: { rate: [{ class: 'book', country: 'NL', from: '2026-01-01', rate: '12' }] } };
		const changed = await run('document', 'fromBoekwinkeltjesOrder', { ...standard, options: own }, [order()]);
		expect(changed.items[0].json).toMatchObject({ vatSummary: [{ rate: 12 }] });
		const again = await run('document', 'validate', { options: own }, jsons(changed.items));
		expect(again.items).toHaveLength(1);
	});

	test('an item that cannot be booked says why, with all findings; the others go through', async () => {
		const records = [order(1), order(2, { book: { price: 10.995 } }), order(3)];
		const stopped = await run('document', 'fromBoekwinkeltjesOrder', standard, records);
		expect(stopped.error?.message).toContain('Order 2 cannot be booked: book.price is 10.995, which is finer than a cent (SD13, book.price)');
		expect(stopped.error?.description).toContain('SD13 book.price: expected whole cents, is 10.995');
		const { items } = await run('document', 'fromBoekwinkeltjesOrder', standard, records, { onError: 'continueRegularOutput' });
		expect(items.map(({ json }) => json.error === undefined)).toEqual([true, false, true]);
		const split = await run('document', 'fromBoekwinkeltjesOrder', standard, records, { onError: 'continueErrorOutput' });
		expect([split.items.length, split.errorItems.length]).toEqual([2, 1]);
	});

	test.each([
		['vatId', { seller: { ...seller, vatId: 'NL12' } }, 'VAT ID "NL12" is not a VAT ID: write it as NL123456789B01'],
		['companyNumber', { seller: { ...seller, companyNumber: '123' } }, 'Company Number "123" is neither a KVK number'],
		['a KBO number in the Netherlands', { seller: { ...seller, companyNumber: '0123456749' } }, 'Company Number "0123456749" is not one of NL'],
		['a record that is text', { order: 'order 12' }, 'Order "order 12" is not JSON'],
		['a list', { order: '[1]' }, 'Order is a list, not a record'],
		['another record', { order: '{"a":1}' }, 'This is no order of Boekwinkeltjes'],
		['a regime that is none', { regime: 'vat free' }, '"vat free" is not one of standard, Margin Scheme (margin)'],
	])('refuses %s in words', async (_, changes, words) => {
		const { error } = await run('document', 'fromBoekwinkeltjesOrder', { ...standard, ...(changes as unknown as INodeParameters) }, [order()]);
		expect(error?.message).toContain(words);
	});

	test('an AI agent gets the document, and the words of a refusal', async () => {
		const { items } = await run('document', 'fromBoekwinkeltjesOrder', standard, [order()], { asTool: true });
		expect(items[0].json).toMatchObject({ id: 'boekwinkeltjes:4006' });
		const { error } = await run('document', 'fromBoekwinkeltjesOrder', standard, [order(2, { book: { price: 10.995 } })], { asTool: true });
		expect(error?.message).toContain('SD13');
	});

	test('a thousand orders come out as a thousand documents, in their order', async () => {
		const { items } = await run('document', 'fromBoekwinkeltjesOrder', standard, Array.from({ length: 1000 }, (_, index) => order(index + 1)));
		expect(items.map(({ json }) => json.number)).toEqual(Array.from({ length: 1000 }, (_, index) => String(index + 1)));
	});
});

describe('Documents from the other platforms', () => {
	const association = { regime: 'notLiable', sellerCountry: 'BE', seller: { name: 'Lab Club', companyNumber: '0123.456.749' } };

	test('From Stamhoofd Payment and Order, raw', async () => {
		const payments = await run('document', 'fromStamhoofdPayment', { ...association, unit: 'tenThousandths' }, [recorded('v398-get')]);
		expect(payments.items[0].json).toMatchObject({ number: '5', totals: { gross: 7500 }, vatSummary: [{ category: 'O' }], seller: { companyId: { scheme: 'kbo', id: '0123456749' } } });
		const { results } = recorded('v398-webshop-orders') as { results: object[] };
		const orders = await run('document', 'fromStamhoofdOrder', { ...association, unit: 'tenThousandths' }, results);
		expect(jsons(orders.items)).toMatchObject([{ number: '3', totals: { gross: 5000 } }, {}]);
		const asked = await run('document', 'fromStamhoofdPayment', association, [recorded('v398-get')]);
		expect(asked.error?.message).toContain('Choose it under "Amounts Are In"');
	});

	test.each([true, false])('From Stamhoofd Payment makes credit notes of refunds whose payments are among the items (simplified: %s)', async (isSimple) => {
		const raw: IDataObject = { ...(recorded('v398-get') as IDataObject), status: 'Succeeded' };
		const refund = { ...raw, id: '7b1c2d3e-0000-4000-8000-000000000000', type: 'Refund', price: -250_000, paidAt: Date.now(), createdAt: Date.now(), reversingPaymentId: raw.id };
		const form = (record: IDataObject) => (isSimple ? simplifyPayment(record, { apiVersion: '411', customApiVersion: 411 }) : record);
		const parameters = { ...association, unit: isSimple ? '' : 'tenThousandths' };
		const { items } = await run('document', 'fromStamhoofdPayment', parameters, [form(refund), form(raw)]);
		expect(jsons(items)).toMatchObject([{ kind: 'creditNote', totals: { gross: -2500 }, corrects: { id: `stamhoofd:${String(raw.id)}` } }, { kind: 'order', totals: { gross: 7500 } }]);
		expect((await run('document', 'fromStamhoofdPayment', parameters, [form(refund)])).error?.message).toContain('hand over the payment that it gives back, too');
	});

	const gifts = {
		uuid: 'u', orderNumber: '1-1', createdAt: '2026-06-09T12:00:00+00:00', totalPrice: 20, totalPriceIncl: 21.8,
		lines: [{ title: 'Bouquet', quantity: 1, price: 20, priceIncl: 21.8, vatSpecification: [{ price: 20, percentage: 9 }], children: [] }],
	};

	test('From Topgeschenken Order is a purchase, whose unit is asked where it does not show', async () => {
		const parameters = { sellerCountry: 'NL', seller };
		const { items } = await run('document', 'fromTopgeschenkenOrder', parameters, [gifts]);
		const whole = { ...gifts, totalPriceIncl: 20, lines: [{ ...gifts.lines[0], priceIncl: 20, vatSpecification: [{ price: 20, percentage: 0 }] }] };
		expect((await run('document', 'fromTopgeschenkenOrder', parameters, [whole])).error?.message).toContain('choose it under "Amounts Are In"');
		expect(jsons((await run('document', 'fromTopgeschenkenOrder', parameters, [whole, gifts])).items)).toMatchObject([{ totals: { gross: 2000 } }, { totals: { gross: 2180 } }]);
		expect((await run('document', 'fromTopgeschenkenOrder', { ...parameters, unit: 'euro' }, [whole])).items[0].json).toMatchObject({ totals: { gross: 2000 } });
		expect(items[0].json).toMatchObject({ direction: 'purchase', totals: { gross: 2180, vat: 180 }, customer: { name: 'De Kapitein', vatId: 'NL123456789B01' } });
		const ubl = await run('export', 'toUbl', {}, jsons(items));
		expect(ubl.error?.message).toContain('This is a purchase: its invoice comes from the supplier. Choose Export: To CSV, or leave it out.');
	});

	const fields = {
		id: '77', source: 'woocommerce', issuedAt: '24-11-2026 10:00', regime: 'standard', sellerCountry: 'NL', goods: 'gift', seller,
		charges: { charge: [{ type: 'shipping', amount: '5,00' }, { type: 'discount', amount: '2,50', description: 'Voucher' }] },
		payments: { payment: [{ method: 'iDEAL', amount: '11,29', paidAt: '2026-11-24 11:00' }] },
		customer: { name: 'An', email: 'an@example.com', country: 'Nederland' },
		details: { reference: 'R-1' },
	};

	test('From Fields reads what people type', async () => {
		const lines = { line: [{ description: 'Mug', quantity: '3', price: '€ 2,93', goods: '' }] };
		const { items, error } = await run('document', 'fromFields', { ...fields, lines }, [{}]);
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			id: 'woocommerce:77', kind: 'invoice', status: 'paid', reference: 'R-1', totals: { gross: 1129, paid: 1129, due: 0 },
			lines: [{ gross: 879, quantity: '3', unitGross: 293, vat: { rate: 21 } }],
			charges: [{ type: 'shipping', gross: 500 }, { type: 'discount', gross: -250, description: 'Voucher' }],
		});
	});

	test('From Fields takes lines from a list', async () => {
		const list = { lineSource: 'list', lineList: '={{ $json.lines }}' };
		const { items, error } = await run('document', 'fromFields', { ...fields, ...list }, [{ lines: [{ description: 'Mug', quantity: 3, price: 2.93 }, { description: 'Book', price: '10,00', rate: 9, category: 'Books' }] }]);
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ lines: [{ gross: 879, vat: { rate: 21 } }, { gross: 1000, vat: { rate: 9 }, categoryId: 'Books' }] });
		const wrong = await run('document', 'fromFields', { ...fields, ...list }, [{ lines: [{ description: 'Mug', price: 2.93 }, { price: 'free' }] }]);
		expect(wrong.error?.message).toContain('Line 2: Description is empty');
	});
});

describe('Document: Create Credit Note and Validate', () => {
	test('all, an amount, and lines; earlier ones count', async () => {
		const [sale] = await documents();
		const all = await run('document', 'createCreditNote', {}, [sale]);
		expect(all.items[0].json).toMatchObject({ kind: 'creditNote', number: '4006-C1', totals: { gross: -1798, vat: -148 } });
		const part = await run('document', 'createCreditNote', { refund: 'amount', amount: '10,00', options: { number: 'C-9', issuedAt: '2026-12-01 09:00' } }, [sale]);
		expect(part.items[0].json).toMatchObject({ number: 'C-9', totals: { gross: -1000 } });
		const rest = await run('document', 'createCreditNote', { earlier: JSON.stringify(jsons(part.items)) }, [sale]);
		expect(rest.items[0].json).toMatchObject({ totals: { gross: -798 } });
		const more = await run('document', 'createCreditNote', { refund: 'amount', amount: '7,99', earlier: JSON.stringify(jsons(part.items)) }, [sale]);
		expect(more.error?.message).toContain('Order 4006 cannot be paid back by 7.99: 7.98 of it is left (SD14');
		const line = await run('document', 'createCreditNote', { refund: 'lines', lines: { line: [{ id: '1' }] } }, [sale]);
		expect(line.items[0].json).toMatchObject({ totals: { gross: -1099 } });
	});

	test('what could not be checked is not Valid, wherever errors go', async () => {
		const [sale] = await documents();
		const given = { document: '={{ $json.bad ? "no document" : $json }}' };
		const outputs = async (onError: NodeRun['onError']) => {
			const { run: whole } = await run('document', 'validate', given, [sale, { ...sale, bad: true }], { onError });
			return whole.data.resultData.runData.Node[0].data!.main.map((items) => (items ?? []).map(({ json }) => typeof json.error));
		};
		expect(await outputs('continueRegularOutput')).toEqual([['undefined'], ['string']]);
		expect(await outputs('continueErrorOutput')).toEqual([['undefined'], [], ['string']]);
	});

	test('two credit notes of one run are not taken for one, and an earlier one is not counted twice', async () => {
		const [sale] = await documents();
		const { items, errorItems } = await run('document', 'createCreditNote', { refund: 'amount', amount: '5,00' }, [sale, sale], { onError: 'continueErrorOutput' });
		expect(items).toHaveLength(1);
		expect(errorItems.map(({ json }) => json.error)).toEqual([expect.stringContaining('The credit note 4006-C1 is made of item 0, too: put both into one')]);
		const earlier = JSON.stringify([items[0].json, items[0].json]);
		expect((await run('document', 'createCreditNote', { earlier }, [sale])).error?.message).toContain('Credit note 4006-C1 is there twice');
	});

	test('a document comes out at Valid, or at Invalid with what is wrong', async () => {
		const [sale] = await documents();
		const wrong = { ...sale, totals: { ...(sale.totals as IDataObject), due: 1 } };
		const { items, errorItems: invalid } = await run('document', 'validate', {}, [sale, wrong, { a: 1 }]);
		expect(jsons(items)).toEqual([sale]);
		expect(invalid.map(({ json, pairedItem }) => [json.summary, pairedItem])).toEqual([
			['The order 4006 cannot be booked: 0.00 is left to pay, the total says 0.01 (SD05)', { item: 1 }],
			['The document cannot be booked: schema is missing, not one of saleDocument/1 (SD10)', { item: 2 }],
		]);
		expect(invalid[0].json.findings).toEqual([{ code: 'SD05', path: 'totals.due', expected: 0, actual: 1, text: '0.00 is left to pay, the total says 0.01' }]);
		expect(invalid[0].json.document).toEqual(wrong);
	});
});

describe('Day Closure: Create', () => {
	test('adds up the receipts of all items into one', async () => {
		const receipts = await documents(3, { options: { kind: 'receipt' } });
		const { items } = await run('dayClosure', 'create', { day: '24-11-2026', register: 'shop' }, receipts);
		expect(jsons(items)).toMatchObject([{ schema: 'dayClosure/1', id: 'shop:2026-11-24', receipts: 3, totals: { gross: 5394, paid: 5394 }, payments: [{ method: 'online', count: 3 }] }]);
	});

	test('names what does not belong to the day', async () => {
		const receipts = await documents(1, { options: { kind: 'receipt' } });
		const { error } = await run('dayClosure', 'create', { day: '2026-11-25' }, receipts);
		expect(error?.message).toContain('2026-11-25 cannot be closed: Receipt 4006 is of 2026-11-24 (CL02).');
		const other = await run('dayClosure', 'create', { day: '2026-11-24' }, await documents());
		expect(other.error?.message).toContain('Order 4006 is no receipt');
		const zone = await run('dayClosure', 'create', { day: '2026-11-24', options: { timeZone: 'Mars/Olympus' } }, receipts);
		expect(zone.error?.message).toContain('"Mars/Olympus" is not a time zone');
	});

	test('is not made without a receipt that is wrong, and every receipt of that day goes to the error output', async () => {
		const [first, second, third] = await documents(3, { options: { kind: 'receipt' } });
		const wrong = { ...second, totals: { ...(second.totals as IDataObject), gross: 1 } };
		const given = { day: '={{ $json.day ?? "2026-11-24" }}', register: 'shop' };
		const stopped = await run('dayClosure', 'create', given, [first, wrong, third]);
		expect(stopped.error?.message).toMatch(/^2026-11-24 was not closed: The receipt 4007 cannot be booked/);
		for (const [faulty, why] of [[wrong, /^The receipt 4007 cannot be booked/], [{ ...second, day: 'x' }, /^Day "x" is not a date/]] as const) {
			const { items, errorItems } = await run('dayClosure', 'create', given, [first, faulty, third], { onError: 'continueErrorOutput' });
			expect(items).toEqual([]);
			expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(errorItems.map(({ json }) => json.error)).toEqual([expect.stringMatching(/^2026-11-24 was not closed/), expect.stringMatching(why), expect.stringMatching(/^2026-11-24 was not closed/)]);
		}
	});

	test('of a day without receipts is made only if it is asked for', async () => {
		expect((await run('dayClosure', 'create', { day: '2026-11-24' }, [{}])).items).toEqual([]);
		const { items } = await run('dayClosure', 'create', { day: '2026-11-24', options: { emptyDay: true } }, [{}]);
		expect(jsons(items)).toMatchObject([{ receipts: 0, totals: { gross: 0 } }]);
	});
});

describe('Export', () => {
	test('To UBL gives a file for each document', async () => {
		const sales = await documents(2, { options: { number: '={{ "2026/" + $json.id }}' } });
		const { items } = await run('export', 'toUbl', { file: 'invoice' }, sales);
		expect(jsons(items)).toEqual([
			{ id: 'boekwinkeltjes:4006', kind: 'order', number: '2026/4006', usage: 'en16931', fileName: '2026-4006.xml' },
			{ id: 'boekwinkeltjes:4007', kind: 'order', number: '2026/4007', usage: 'en16931', fileName: '2026-4007.xml' },
		]);
		expect(items[0].binary?.invoice).toMatchObject({ mimeType: 'application/xml', fileName: '2026-4006.xml' });
		expect(text(items[0].binary, 'invoice')).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Invoice .*<cbc:ID>2026\/4006<\/cbc:ID>/);
	});

	test('To UBL leaves out what was cancelled', async () => {
		const [document, other] = await documents(2);
		expect((await run('export', 'toUbl', {}, [{ ...document, status: 'cancelled' }, other])).items.map(({ json }) => json.id)).toEqual([other.id]);
	});

	test('To UBL says what a usage lacks', async () => {
		const { error } = await run('export', 'toUbl', { usage: 'peppol' }, await documents());
		expect(error?.message).toContain('Order 4006 cannot become UBL: the customer has no address on Peppol');
	});

	test('To UBL and To CSV take only what adds up', async () => {
		const [sale] = await documents();
		const wrong = { ...sale, totals: { ...(sale.totals as IDataObject), net: 1 } };
		for (const operation of ['toUbl', 'toCsv']) {
			const { error } = await run('export', operation, {}, [wrong]);
			expect(error?.message).toContain('The order 4006 cannot be booked');
			const none = await run('export', operation, {}, [{ id: 1 }]);
			expect(none.error?.message).toContain('This is no sale document');
		}
	});

	test('To CSV gives one table of all documents', async () => {
		const { items } = await run('export', 'toCsv', {}, await documents(3));
		expect(jsons(items)).toEqual([{ documents: 3, rows: 6, fileName: 'sale-documents.csv' }]);
		expect(items[0].binary?.data).toMatchObject({ mimeType: 'text/csv', fileName: 'sale-documents.csv' });
		const table = text(items[0].binary).split('\r\n');
		expect(table).toHaveLength(8);
		expect(table[1]).toContain(';10,08;0,91;10,99;9;S;');
	});
});
