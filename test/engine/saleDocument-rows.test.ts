/** Sales from the rows of a sheet. */
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { SaleDocument as Document } from '../../nodes/bookkeeping/document';
import { check } from '../../nodes/bookkeeping/rules';
import { SaleDocument } from '../../nodes/SaleDocument/SaleDocument.node';
import { runNode } from './harness';

const SHOP: INodeParameters = { resource: 'document', operation: 'fromRow', sale: { mappingMode: 'autoMapInputData', value: null }, regime: 'standard', sellerCountry: 'NL', goods: 'book' };

async function make(rows: IDataObject[], parameters: INodeParameters = {}) {
	const { items, error } = await runNode({ node: new SaleDocument(), parameters: { ...SHOP, ...parameters }, items: rows.map((json) => ({ json })) });
	return { documents: items.map(({ json }) => json as unknown as Document), error };
}

const ROW = { Factuurnummer: '2026-17', Datum: '24-11-2026', Omschrijving: 'Max Havelaar', Prijs: '€ 12,50' };

test('the columns of a Dutch sheet are found by their names', async () => {
	const row = { ...ROW, Aantal: 2, 'Btw-tarief': '9%', Klant: 'An Peeters', 'E-mail': 'an@example.com', Land: 'NL', Verzendkosten: '4,95', Betaald: '29,95', Betaalwijze: 'iDEAL' };
	const { documents: [document], error } = await make([row]);
	expect(error).toBeUndefined();
	expect(document).toMatchObject({
		...{ id: 'sheet:2026-17', number: '2026-17', kind: 'invoice', status: 'paid', issuedAt: expect.stringMatching(/^2026-11-24T/) as string, customer: { name: 'An Peeters', email: 'an@example.com' } },
		lines: [{ description: 'Max Havelaar', quantity: '2', gross: 2500, vat: { rate: 9 } }],
		...{ charges: [{ type: 'shipping', gross: 495, vat: { rate: 9 } }], payments: [{ method: 'iDEAL', amount: 2995 }], totals: { gross: 2995, due: 0 } },
	});
});

test('VAT is a percentage or what is sold; where it is empty the setting counts', async () => {
	const { documents } = await make([{ ...ROW, Btw: 21 }, { ...ROW, Btw: 'gift' }, { ...ROW, Btw: 'Alcohol' }, { ...ROW, Btw: '' }, ROW].map((row, index) => ({ ...row, Factuurnummer: index + 1 })));
	expect(documents.map(({ lines: [{ vat }] }) => vat.rate)).toEqual([21, 21, 21, 9, 9]);
	expect((await make([{ ...ROW, Btw: 'books' }])).error?.message).toMatch(/VAT "books" is not one of .*\(book\)/);
	expect((await make([{ ...ROW, Btw: 8 }])).error?.message).toMatch(/2026-17 .*SD07/);
});

test('a column that is missing, and one that is not used, are named', async () => {
	const { Prijs, ...rest } = ROW;
	expect((await make([{ ...rest, Kosten: Prijs }])).error?.message).toMatch(/Price has no column in this item, which has Factuurnummer, .*Kosten/);
});

test('of two columns whose names come to the same, the one with a value counts', async () => {
	const { documents, error } = await make([{ ...ROW, 'prijs ': '', 'Datum:': null }]);
	expect(error).toBeUndefined();
	expect(documents[0].totals.gross).toBe(1250);
});

test('two rows with the same number are not taken for one sale', async () => {
	expect((await make([ROW, { ...ROW, Factuurnummer: '2026-18' }, ROW])).error?.message).toMatch(/^The invoice 2026-17 is made of item 0, too: put what belongs to one sale into one row/);
	const { items, errorItems } = await runNode({
		...{ node: new SaleDocument(), parameters: SHOP, onError: 'continueErrorOutput' },
		items: [ROW, ROW, { ...ROW, Factuurnummer: '2026-18' }].map((json) => ({ json })),
	});
	expect(items.map(({ json }) => json.number)).toEqual(['2026-17', '2026-18']);
	expect(errorItems.map(({ json }) => json.error)).toEqual([expect.stringContaining('The invoice 2026-17 is made of item 0, too')]);
});

test('what a row says adds up, to the cent', async () => {
	const amount = fc.integer({ min: 0, max: 100_000 });
	const rows = fc.array(fc.record({ price: amount, quantity: fc.integer({ min: 1, max: 9 }), vat: fc.constantFrom(0, 9, 21, 'book', 'gift', ''), shipping: fc.option(amount), discount: fc.option(amount) }), { minLength: 1, maxLength: 20 });
	await fc.assert(
		fc.asyncProperty(rows, fc.boolean(), async (given, pricesIncludeVat) => {
			const sheet = given.map(({ price, quantity, shipping, discount, ...row }, index) => {
				const less = Math.min(discount ?? 0, price * quantity);
				return { ...row, quantity, number: index + 1, date: '2026-11-24', description: 'x', price: price / 100, shipping: shipping === null ? '' : shipping / 100, discount: less / 100 };
			});
			const { documents, error } = await make(sheet, { pricesIncludeVat });
			expect(error).toBeUndefined();
			for (const [index, document] of documents.entries()) {
				expect(check(document)).toEqual([]);
				const { price, quantity, shipping, discount } = sheet[index];
				const { gross, net } = document.totals;
				expect(pricesIncludeVat ? gross : net).toBe(Math.round(price * 100) * quantity + Math.round(Number(shipping) * 100) - Math.round(discount * 100));
			}
		}),
		{ numRuns: 20 },
	);
});
