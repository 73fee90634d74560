import fc from 'fast-check';
import { cloneDeep, set } from 'lodash';

import { build } from '../../nodes/bookkeeping/build';
import { creditNote } from '../../nodes/bookkeeping/creditNote';
import { csvHeader, csvRows } from '../../nodes/bookkeeping/csv';
import type { CsvForm } from '../../nodes/bookkeeping/csv';
import { CannotBook } from '../../nodes/bookkeeping/document';
import type { SaleDocument } from '../../nodes/bookkeeping/document';
import { countryOf, paymentOf } from '../../nodes/bookkeeping/from/read';
import { readDocument } from '../../nodes/bookkeeping/rules';
import { toUbl } from '../../nodes/bookkeeping/ubl';
import type { Usage } from '../../nodes/bookkeeping/ubl';
import { CUSTOMER, draft, line, none, S, sales, SELLER } from './bookkeepingDocuments';
import { parse, structureFaults } from './ublStructure';
import type { Node } from './ublStructure';

const USAGES: Usage[] = ['en16931', 'peppol', 'nlcius'];

/** Cents of an amount in the XML, exactly. */
const cents = (written: string | undefined) => Number((written ?? '0.00').replace('.', ''));

/** The sums of EN 16931, as its rules BR-CO-10 to BR-CO-16 and those of each category have them. */
function assertSums(root: Node): void {
	const lines = [...root.all('InvoiceLine'), ...root.all('CreditNoteLine')];
	const total = (name: string) => cents(root.text(`LegalMonetaryTotal/${name}`));
	const sumOf = (nodes: Node[], path: string) => nodes.reduce((sum, node) => sum + cents(node.text(path)), 0);
	const charges = root.all('AllowanceCharge');
	const added = charges.filter((one) => one.text('ChargeIndicator') === 'true');
	const taken = charges.filter((one) => one.text('ChargeIndicator') === 'false');
	expect(sumOf(lines, 'LineExtensionAmount')).toBe(total('LineExtensionAmount'));
	expect(sumOf(added, 'Amount')).toBe(total('ChargeTotalAmount'));
	expect(sumOf(taken, 'Amount')).toBe(total('AllowanceTotalAmount'));
	expect(total('LineExtensionAmount') + total('ChargeTotalAmount') - total('AllowanceTotalAmount')).toBe(total('TaxExclusiveAmount'));
	expect(total('TaxExclusiveAmount') + cents(root.text('TaxTotal/TaxAmount'))).toBe(total('TaxInclusiveAmount'));
	expect(total('TaxInclusiveAmount') - total('PrepaidAmount')).toBe(total('PayableAmount'));
	const groups = root.all('TaxTotal/TaxSubtotal');
	expect(sumOf(groups, 'TaxAmount')).toBe(cents(root.text('TaxTotal/TaxAmount')));
	const keys = groups.map((group) => `${group.text('TaxCategory/ID')} ${group.text('TaxCategory/Percent')}`);
	expect(new Set(keys).size).toBe(keys.length);
	groups.forEach((group, index) => {
		const isOfGroup = (node: Node, path: string) => `${node.text(`${path}/ID`)} ${node.text(`${path}/Percent`)}` === keys[index];
		expect([...lines.map((one) => one.all('Item/ClassifiedTaxCategory')[0]), ...charges.map((one) => one.all('TaxCategory')[0])].some((one) => `${one.text('ID')} ${one.text('Percent')}` === keys[index])).toBe(true);
		const own = sumOf(lines.filter((one) => isOfGroup(one, 'Item/ClassifiedTaxCategory')), 'LineExtensionAmount');
		const plus = sumOf(added.filter((one) => isOfGroup(one, 'TaxCategory')), 'Amount');
		const minus = sumOf(taken.filter((one) => isOfGroup(one, 'TaxCategory')), 'Amount');
		expect(own + plus - minus).toBe(cents(group.text('TaxableAmount')));
	});
	for (const one of lines) {
		const price = Number(one.text('Price/PriceAmount')) / Number(one.text('Price/BaseQuantity') ?? 1);
		const quantity = Number(one.text('InvoicedQuantity') ?? one.text('CreditedQuantity'));
		expect(Math.abs(price * quantity - Number(one.text('LineExtensionAmount')))).toBeLessThan(0.00001);
		expect(Number(one.text('Price/PriceAmount'))).toBeGreaterThanOrEqual(0);
	}
}

const withGross = sales.filter(({ totals }) => totals.gross > 0);

describe('UBL of random sales and their credit notes', () => {
	it('is well-formed, has the structure of UBL 2.1, and its sums are exact', () => {
		fc.assert(
			fc.property(withGross, fc.constantFrom(...USAGES), fc.constantFrom('sale', 'all', 'part'), (sale, usage, which) => {
				const facts = { issuedAt: '2026-11-25T10:00:00+01:00', earlier: [] };
				const document = which === 'sale' ? sale : creditNote(sale, which === 'all' ? { of: 'all' } : { of: 'amount', amount: Math.ceil(sale.totals.gross / 3) }, facts);
				const root = parse(toUbl(document, usage));
				expect(structureFaults(root)).toEqual([]);
				assertSums(root);
				expect(root.name).toBe(which === 'sale' ? 'Invoice' : 'CreditNote');
				expect(cents(root.text('LegalMonetaryTotal/TaxInclusiveAmount'))).toBe(Math.abs(document.totals.gross));
			}),
			{ numRuns: 200 },
		);
	});
});

const xml = (document: SaleDocument, usage: Usage = 'en16931') => parse(toUbl(document, usage));
const paid = (amount: number, method = 'Transfer') => [paymentOf(method, amount, 'succeeded')];

describe('UBL', () => {
	it('of three for 10.00 at 21 % keeps the cent: a price of all three, and how many it is for', () => {
		const document = build(draft({ lines: [line({ amount: 3000, quantity: '3', vat: S(21) })] }));
		const price = xml(document).all('InvoiceLine/Price')[0];
		expect([price.text('PriceAmount'), price.text('BaseQuantity')]).toEqual(['24.79', '3']);
		const exact = build(draft({ lines: [line({ amount: 2420, quantity: '8', vat: S(21) })] }));
		const exactPrice = xml(exact).all('InvoiceLine/Price')[0];
		expect([exactPrice.text('PriceAmount'), exactPrice.text('BaseQuantity')]).toEqual(['2.5', undefined]);
	});

	it('says who, when, what for and how much is still to be paid, to which account', () => {
		const root = xml(build(draft({ reference: '+++010/8068/17183+++', dueAt: '2026-12-24T10:00:00+01:00' })));
		expect(root.text('ID')).toBe('2026-1');
		expect([root.text('IssueDate'), root.text('DueDate')]).toEqual(['2026-11-24', '2026-12-24']);
		expect([root.text('BuyerReference'), root.text('OrderReference/ID')]).toEqual(['+++010/8068/17183+++', '+++010/8068/17183+++']);
		const means = root.all('PaymentMeans')[0];
		expect([means.text('PaymentMeansCode'), means.text('PaymentID'), means.text('PayeeFinancialAccount/ID')]).toEqual(['30', '+++010/8068/17183+++', 'NL91ABNA0417164300']);
		const company = root.all('AccountingSupplierParty/Party/PartyLegalEntity/CompanyID')[0];
		expect([company.content, company.attribute('schemeID')]).toEqual(['12345678', '0106']);
	});

	it('of what is paid is due on its own day, and of what is not says when or how', () => {
		expect(xml(build(draft({ payments: paid(1000) }))).text('DueDate')).toBe('2026-11-24');
		const open = xml(build(draft()));
		expect([open.text('DueDate'), open.text('PaymentTerms/Note')]).toEqual([undefined, 'To be paid on receipt']);
	});

	it('takes the local day, not that of UTC', () => {
		expect(xml(build(draft({ issuedAt: '2026-11-24T00:30:00+01:00' }))).text('IssueDate')).toBe('2026-11-24');
		expect(xml(build(draft({ issuedAt: '2026-11-23T23:30:00Z' }))).text('IssueDate')).toBe('2026-11-24');
	});

	it.each([
		['margin', 'E', 'VATEX-EU-F', 'Bijzondere regeling – gebruikte goederen'],
		['smallBusiness', 'E', undefined, 'Exempt from VAT: small business scheme (kleineondernemersregeling)'],
		['export', 'G', 'VATEX-EU-G', 'Export outside the EU'],
		['intraCommunity', 'K', 'VATEX-EU-IC', 'Intra-Community supply (intracommunautaire levering)'],
		['reverseCharge', 'AE', 'VATEX-EU-AE', 'Reverse charge (btw verlegd)'],
	] as const)('of %s has category %s, its code and the words of the law, also as a note', (reason, category, code, words) => {
		const belgian = { ...CUSTOMER, vatId: 'BE0123456789', billing: { ...CUSTOMER.billing!, country: 'BE' } };
		const document = build(draft({ customer: belgian, lines: [line({ vat: none(reason) })] }));
		const of = (usage: Usage) => xml(document, usage).all('TaxTotal/TaxSubtotal/TaxCategory')[0];
		expect(['ID', 'Percent', 'TaxExemptionReasonCode', 'TaxExemptionReason'].map((name) => of('en16931').text(name))).toEqual([category, '0', code, words]);
		expect([of('nlcius').text('TaxExemptionReasonCode'), of('nlcius').text('TaxExemptionReason')]).toEqual([undefined, words]);
		expect(xml(document).text('Note')).toBe(words);
		if (reason === 'intraCommunity') {
			expect([xml(document).text('Delivery/ActualDeliveryDate'), xml(document).text('Delivery/DeliveryLocation/Address/Country/IdentificationCode')]).toEqual(['2026-11-24', 'BE']);
		}
	});

	it('of an association that is not liable has no VAT IDs and no percentages', () => {
		const seller = { ...SELLER, vatId: null, companyId: { scheme: 'kbo' as const, id: '0123456789' }, regime: 'notLiable' as const };
		const document = build(draft({ seller, lines: [line({ vat: none('outOfScope') })], payments: paid(1000) }));
		const root = xml(document);
		expect(root.all('AccountingSupplierParty/Party/PartyTaxScheme')).toEqual([]);
		expect(root.all('AccountingCustomerParty/Party/PartyTaxScheme')).toEqual([]);
		expect(root.text('InvoiceLine/Item/ClassifiedTaxCategory/Percent')).toBeUndefined();
		expect(root.text('TaxTotal/TaxSubtotal/TaxCategory/Percent')).toBeUndefined();
		expect([root.text('LegalMonetaryTotal/PrepaidAmount'), root.text('LegalMonetaryTotal/PayableAmount')]).toEqual(['10.00', '0.00']);
	});

	it('never shows the margin or a purchase price', () => {
		const seller = { ...SELLER, regime: 'margin' as const };
		const document = build(draft({ seller, marginRate: 9, lines: [line({ amount: 1798, vat: none('margin'), purchasePrice: 433 })] }));
		expect(document.margin).toEqual({ purchase: 433, rate: 9, vat: 113 });
		for (const form of [toUbl(document, 'en16931'), toCsv([document], { separator: ',', decimalComma: false })]) {
			expect(form).not.toContain('4.33');
			expect(form).not.toContain('1.13');
		}
	});

	it('of a credit note is positive, and says what it corrects', () => {
		const sale = build(draft({ lines: [line({ amount: 2000 })], charges: [{ id: 'd', type: 'discount', description: 'Korting', amount: -500, vat: null }] }));
		const root = xml(creditNote(sale, { of: 'all' }, { issuedAt: '2026-11-25T10:00:00+01:00', earlier: [], number: 'C-1' }));
		expect([root.text('CreditNoteTypeCode'), root.text('ID'), root.text('BillingReference/InvoiceDocumentReference/ID')]).toEqual(['381', 'C-1', '2026-1']);
		expect([root.text('CreditNoteLine/CreditedQuantity'), root.text('CreditNoteLine/LineExtensionAmount')]).toEqual(['1', '18.35']);
		expect([root.text('AllowanceCharge/ChargeIndicator'), root.text('AllowanceCharge/Amount')]).toEqual(['false', '4.59']);
		expect(root.text('DueDate')).toBeUndefined();
	});

	it('leaves out a charge of nothing, and the VAT group that has no other row', () => {
		const charges = [{ id: 's', type: 'shipping' as const, description: 'Post', amount: 0, vat: S(21) }];
		const root = xml(build(draft({ charges })));
		expect(root.all('AllowanceCharge')).toEqual([]);
		expect(root.all('TaxTotal/TaxSubtotal').map((one) => one.text('TaxCategory/Percent'))).toEqual(['9']);
	});

	it('of two reasons in one category has one entry for both', () => {
		const document = build(draft({ lines: [line({ vat: none('margin') }), line({ id: '2', vat: none('exempt') })] }));
		const categories = xml(document).all('TaxTotal/TaxSubtotal/TaxCategory');
		expect(categories.map((one) => one.text('TaxExemptionReason'))).toEqual(['Bijzondere regeling – gebruikte goederen; Exempt from VAT (vrijgesteld van btw)']);
	});

	it('escapes what is markup, drops what XML forbids, and cuts a long name', () => {
		const description = `<b>"Käse" & 'Wein'</b>\u0000\u0008\uD800\uFFFE 😀 ${'x'.repeat(200)}`;
		const document = build(draft({ lines: [line({ description, sku: ']]>' })] }));
		const item = xml(document).all('InvoiceLine/Item')[0];
		expect(item.text('Description')).toBe(`<b>"Käse" & 'Wein'</b> 😀 ${'x'.repeat(200)}`);
		expect(item.text('Name')).toHaveLength(100);
		expect(item.text('SellersItemIdentification/ID')).toBe(']]>');
	});

	it('of the usages differs in what they ask for', () => {
		const document = build(draft());
		expect(xml(document).text('ProfileID')).toBeUndefined();
		expect(xml(document, 'peppol').text('CustomizationID')).toBe('urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0');
		const endpoint = xml(document, 'peppol').all('AccountingCustomerParty/Party/EndpointID')[0];
		expect([endpoint.content, endpoint.attribute('schemeID')]).toEqual(['87654321', '0106']);
		expect(xml(document, 'nlcius').text('CustomizationID')).toBe('urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0');
	});

	const without = (changes: Partial<typeof SELLER>) => ({ seller: { ...SELLER, ...changes } });
	const buyer = (changes: Partial<typeof CUSTOMER>) => ({ customer: { ...CUSTOMER, ...changes } });
	const KBO = { scheme: 'kbo' as const, id: '0123456749' };
	it.each<[string, Usage, Parameters<typeof draft>[0], string]>([
		['a purchase', 'en16931', { direction: 'purchase' }, 'This is a purchase: its invoice comes from the supplier. Choose Export: To CSV, or leave it out.'],
		['what was cancelled', 'en16931', { status: 'cancelled' }, 'it was cancelled'],
		['a customer without a name', 'en16931', buyer({ name: null, company: null, email: null }), 'the customer has no name'],
		['a receipt without a customer', 'en16931', { kind: 'receipt', payments: paid(1000), ...buyer({ name: null, company: null, email: null }) }, 'a receipt without a customer is no invoice'],
		['a seller without a name', 'en16931', without({ name: null }), 'Enter it where the document is made, under "Seller > Seller Name"'],
		['a seller without a country', 'en16931', without({ address: { ...SELLER.address, country: null } }), 'Choose it under "Seller Country"'],
		['a seller without a VAT ID', 'en16931', without({ vatId: null }), 'the VAT ID of the seller is missing'],
		['a small business without a VAT ID', 'en16931', { ...without({ vatId: null }), lines: [line({ vat: none('smallBusiness') })] }, 'a small business needs its VAT ID here'],
		['a seller without any ID', 'en16931', { ...without({ vatId: null, companyId: null }), lines: [line({ vat: none('outOfScope') })] }, 'nothing says who the seller is'],
		['a private person on Peppol', 'peppol', buyer({ vatId: null, companyId: null }), 'the customer has no address on Peppol'],
		['a private person by the Dutch rules', 'nlcius', buyer({ companyId: null }), 'want the KVK number of the customer'],
		['a private person without an address by the Dutch rules', 'nlcius', buyer({ companyId: null, billing: null }), 'want street, postcode and city of the customer'],
		['a customer without a street by the Dutch rules', 'nlcius', buyer({ billing: { ...CUSTOMER.billing!, street: null } }), 'want street, postcode and city of the customer'],
		['what is to be paid to nowhere by the Dutch rules', 'nlcius', without({ iban: null }), 'Enter it where the document is made, under "Seller > IBAN"'],
		['what is to be paid to nowhere by a Dutch seller on Peppol', 'peppol', without({ iban: null }), 'Enter it where the document is made, under "Seller > IBAN"'],
		['a Dutch seller without a street on Peppol', 'peppol', without({ address: { ...SELLER.address, street: null } }), 'want street, postcode and city of the seller. Enter them where the document is made, under "Seller"'],
		['a Dutch seller with a Belgian number on Peppol', 'peppol', without({ companyId: KBO }), 'want the KVK number of the seller'],
		['a Dutch seller with a Belgian number by the Dutch rules', 'nlcius', without({ companyId: KBO }), 'want the KVK number of the seller'],
		['a Dutch customer without a postcode on Peppol', 'peppol', buyer({ billing: { ...CUSTOMER.billing!, postcode: null } }), 'want street, postcode and city of the customer'],
		['a Dutch customer with a Belgian number on Peppol', 'peppol', buyer({ companyId: KBO }), 'want the KVK number of the customer'],
		['a KBO number that nobody has on Peppol', 'peppol', buyer({ companyId: { scheme: 'kbo', id: '0123456789' } }), 'the KBO number of the customer, "0123456789", is none. Look it up in the register'],
		['a KVK number that nobody has on Peppol', 'peppol', without({ companyId: { scheme: 'kvk', id: '1234567' } }), 'the KVK number of the seller, "1234567", is none'],
		['a Dutch VAT ID that nobody has on Peppol', 'peppol', buyer({ companyId: null, vatId: 'NL12' }), 'the customer has no address on Peppol'],
		['a Belgian VAT ID that nobody has on Peppol', 'peppol', buyer({ companyId: null, vatId: 'BE0123456789' }), 'the customer has no address on Peppol'],
		['a seller whose country has rules of its own on Peppol', 'peppol', { ...without({ address: { ...SELLER.address, country: 'DE' } }), lines: [line({ vat: S(19) })] }, 'sellers in DE have rules of their own on Peppol'],
		['a VAT ID of no country', 'en16931', buyer({ vatId: '987654321B02' }), 'the VAT ID of the customer, "987654321B02", does not begin with a country'],
		["a seller's VAT ID of no country", 'nlcius', without({ vatId: '123456789B01' }), 'the VAT ID of the seller, "123456789B01", does not begin with a country'],
		['what goes nobody knows where in the EU', 'en16931', { ...buyer({ vatId: 'BE0123456749', billing: null }), lines: [line({ vat: none('intraCommunity') })] }, 'must say to which. Enter it where the document is made, under "Customer > Country"'],
	])('is not made of %s', (_, usage, changes, words) => {
		const document = build(draft(changes));
		expect(() => toUbl(document, usage)).toThrow(CannotBook);
		expect(() => toUbl(document, usage)).toThrow(words);
	});

	it.each([
		['the number in a register', { companyId: KBO, vatId: 'BE0123456749' }, '0208', '0123456749'],
		['a Belgian VAT ID, whose digits are the KBO number', { companyId: null, vatId: 'BE 0123.456.749' }, '0208', '0123456749'],
		['a Dutch VAT ID', { companyId: null, vatId: 'nl987654321b02' }, '9944', 'NL987654321B02'],
		['a German VAT ID', { companyId: null, vatId: 'DE123456789' }, '9930', 'DE123456789'],
		['a Greek VAT ID', { companyId: null, vatId: 'EL123456789' }, '9933', 'EL123456789'],
	])('for Peppol is addressed to %s', (_, changes, scheme, id) => {
		const root = xml(build(draft(buyer({ ...changes, billing: { ...CUSTOMER.billing!, country: 'BE' } }))), 'peppol');
		const endpoint = root.all('AccountingCustomerParty/Party/EndpointID')[0];
		expect([endpoint.attribute('schemeID'), endpoint.content]).toEqual([scheme, id]);
	});

	it('of a paid sale needs no account, also of a Dutch seller on Peppol', () => {
		const document = build(draft({ ...without({ iban: null }), payments: paid(1000, 'iDEAL') }));
		expect(xml(document, 'peppol').all('PaymentMeans')).toEqual([]);
		expect(xml(document, 'nlcius').text('LegalMonetaryTotal/PayableAmount')).toBe('0.00');
	});

	it('has VAT IDs as they are written on documents, and none that says there is none', () => {
		const ids = (vatId: string) => xml(build(draft(buyer({ vatId })))).text('AccountingCustomerParty/Party/PartyTaxScheme/CompanyID');
		expect(ids('nl 9876.54.321.b02')).toBe('NL987654321B02');
		expect(ids('geen')).toBeUndefined();
		expect(ids('CHE-123.456.788 MWST')).toBe('CHE123456788MWST');
	});

	it('takes texts that nobody can read for none, and refuses them where one is needed', () => {
		const read = (changes: object) => readDocument({ ...build(draft()), ...changes });
		const { document, findings } = read({ reference: ' \u0001\uFFFE', customer: { ...CUSTOMER, company: '\u0002', phone: '\uD800' }, seller: { ...SELLER, iban: '\u0003' } });
		expect(findings).toEqual([]);
		expect([document.reference, document.customer.company, document.customer.phone, document.seller.iban]).toEqual([null, null, null, null]);
		expect([xml(document).text('BuyerReference'), xml(document).all('PaymentMeans')]).toEqual(['2026-1', []]);
		for (const changes of [{ number: '\u0001' }, { lines: [{ ...document.lines[0], id: '\u0001' }] }, { lines: [{ ...document.lines[0], description: '\uFFFE' }] }]) {
			expect(read(changes).findings.map(({ code }) => code)).toEqual(['SD10']);
		}
	});

	it('has no empty element, whatever one of its texts is', () => {
		const base = () => cloneDeep(build(draft({ reference: 'PO-7', suppliedAt: '2026-11-24T10:00:00+01:00' })));
		const places = [
			...['number', 'reference', 'seller.name', 'seller.vatId', 'seller.otherId', 'seller.iban', 'seller.companyId.id', 'seller.address.street', 'seller.address.city', 'seller.address.postcode'],
			...['customer.name', 'customer.company', 'customer.email', 'customer.phone', 'customer.vatId', 'customer.companyId.id', 'customer.firstName', 'customer.billing.street', 'customer.billing.city', 'customer.billing.postcode'],
			...['lines[0].id', 'lines[0].description', 'lines[0].sku'],
		];
		const odd = fc.constantFrom(null, '', ' ', '\u0001', '\t\n', '\uFFFE', '\uD800', '\u00A0', '-', '0', 'geen', ']]>', '<a/>');
		let written = 0;
		fc.assert(
			fc.property(fc.constantFrom(...places), odd, fc.constantFrom(...USAGES), (place, value, usage) => {
				const { document, findings } = readDocument(set(base(), place, value));
				if (findings.length > 0) return;
				try {
					expect(structureFaults(xml(document, usage))).toEqual([]);
					written += 1;
				} catch (error) {
					if (!(error instanceof CannotBook)) throw error;
				}
			}),
			{ numRuns: 400 },
		);
		expect(written).toBeGreaterThan(100);
	});

	it('holds no code that is of no country or no currency', () => {
		const refused = (changes: Parameters<typeof draft>[0]) => () => build(draft(changes));
		expect(refused(buyer({ billing: { ...CUSTOMER.billing!, country: 'UK' } }))).toThrow('UK is the code of no country (SD10, customer.billing.country');
		expect(refused(buyer({ shipping: { ...CUSTOMER.billing!, country: 'XX' } }))).toThrow('(SD10, customer.shipping.country');
		expect(refused(without({ address: { ...SELLER.address, country: 'EN' } }))).toThrow('(SD10, seller.address.country');
		for (const currency of ['XYZ', 'HRK', 'DEM']) expect(refused({ currency })).toThrow(`${currency} is the code of no currency (SD10, currency`);
		for (const currency of ['EUR', 'USD', 'GBP', 'CHF', 'JPY']) expect(xml(build(draft({ currency }))).text('DocumentCurrencyCode')).toBe(currency);
		expect(['nl', 'UK', 'EL', 'XX', 'AN', ''].map(countryOf)).toEqual(['NL', 'GB', 'GR', null, null, null]);
	});

	it('for a bookkeeping package needs of a private person the name and the country', () => {
		const root = xml(build(draft(buyer({ vatId: null, companyId: null, company: null, billing: null }))));
		expect(root.text('AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName')).toBe('An Claes');
		expect(root.text('AccountingCustomerParty/Party/PostalAddress/Country/IdentificationCode')).toBe('NL');
	});
});

const toCsv = (documents: SaleDocument[], form: CsvForm) => csvHeader(form) + documents.map((one) => csvRows(one, form)).join('');

/** A plain reader of CSV, to be held against the writer. */
function readCsv(csv: string, separator: string): string[][] {
	const rows: string[][] = [];
	let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
	for (let at = 0; at < csv.length; at++) {
		const letter = csv[at];
		if (quoted && letter === '"' && csv[at + 1] === '"') cell += csv[++at];
		else if (letter === '"') quoted = !quoted;
		else if (!quoted && letter === separator) [row, cell] = [[...row, cell], ''];
		else if (!quoted && letter === '\r' && csv[at + 1] === '\n') {
			rows.push([...row, cell]);
			[row, cell] = [[], ''];
			at++;
		} else cell += letter;
	}
	return rows;
}

describe('CSV', () => {
	it('has a row for each line and charge, and is read back whatever the texts hold', () => {
		fc.assert(
			fc.property(fc.array(sales, { maxLength: 4 }), fc.constantFrom(',' as const, ';' as const, '\t' as const), fc.boolean(), (documents, separator, decimalComma) => {
				const csv = toCsv(documents, { separator, decimalComma });
				expect(csv.startsWith('\uFEFFdocument id')).toBe(true);
				const [header, ...rows] = readCsv(csv.slice(1), separator);
				expect(rows.map((row) => row.length)).toEqual(rows.map(() => header.length));
				const all = documents.flatMap(({ lines, charges }) => [...lines, ...charges]);
				const cell = (row: string[], name: string) => row[header.indexOf(name)];
				const amount = (row: string[], name: string) => Number(cell(row, name).replace(/[.,]/, ''));
				expect(rows.map((row) => [amount(row, 'gross'), amount(row, 'net'), amount(row, 'vat')])).toEqual(all.map(({ gross, net, vat }) => [gross, net, vat.amount]));
				expect(rows.map((row) => cell(row, 'description').replace(/^'(?=\s*[=+\-@\t\r\n])/, ''))).toEqual(all.map(({ description }) => description));
			}),
			{ numRuns: 100 },
		);
	});

	it.each(['=1+1', '+31610555555', '-2', '@SUM(A1)', ' =1', '\t=1', '\r=1', '\u0000=1', '\u200b=1', '\u00ad+1', '＝1'])('keeps %j from becoming a formula', (description) => {
		const csv = toCsv([build(draft({ lines: [line({ description })] }))], { separator: ',', decimalComma: false });
		const [header, row] = readCsv(csv, ',');
		expect(row[header.indexOf('description')]).toBe(`'${description}`);
	});

	it('leaves amounts below zero as numbers, with the decimal sign that was asked for', () => {
		const charges = [{ id: 'd', type: 'discount' as const, description: 'Korting', amount: -250, vat: null }];
		const csv = toCsv([build(draft({ charges }))], { separator: ';', decimalComma: true });
		expect(csv).toContain(';-2,29;-0,21;-2,50;9;S;');
	});
});
