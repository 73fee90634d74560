/** Sale documents as UBL 2.1: EN 16931, and its Peppol and Dutch (NLCIUS) usages. */
import { groupBy, uniq } from 'lodash';

import { isKbo } from './codes';
import { CannotBook, countryOfDelivery, dayOf, nameOf, quantityOf } from './document';
import type { Address, Charge, Customer, Line, SaleDocument, Seller } from './document';
import { decimalOf, euros, sum } from './money';
import type { Cents } from './money';
import { legible } from './shape';
import { countryOfVatId, hasVatIdForm, namesCountry, plainVatId, REASONS } from './vat';
import type { VatReason } from './vat';

/** For a bookkeeping package, to be sent through Peppol, or by the Dutch rules. */
export type Usage = 'en16931' | 'peppol' | 'nlcius';

const CUSTOMIZATIONS: Record<Usage, string> = {
	en16931: 'urn:cen.eu:en16931:2017',
	peppol: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
	nlcius: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0',
};

const PROFILE = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';

/** Schemes of ISO 6523 and of Peppol. */
const REGISTERS = { kvk: '0106', kbo: '0208' };
/** Where a business is found by its VAT ID; a Belgian one is found by its KBO number, which is the same without BE. */
const VAT_ENDPOINTS: Record<string, string> = {
	...{ AT: '9914', BG: '9926', CY: '9928', CZ: '9929', DE: '9930', EE: '9931', EL: '9933', ES: '9920', FR: '9957', GB: '9932', HR: '9934', HU: '9910', IE: '9935' },
	...{ LT: '9937', LU: '9938', LV: '9939', MT: '9943', NL: '9944', PL: '9945', PT: '9946', RO: '9947', SI: '9949', SK: '9950' },
};

/** Countries with rules of their own on Peppol for their sellers, beside the Netherlands. */
const OWN_PEPPOL_RULES = ['DE', 'DK', 'GR', 'IS', 'IT', 'NO', 'SE'];

/** Receivers cut a name there (inferred). */
const LONGEST_NAME = 100;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(written: string): string {
	return legible(written).replace(/[&<>"]/g, (letter) => ESCAPES[letter]);
}

type Xml = string;

/** An element of text; nothing at all without one, since EN 16931 allows no empty elements. */
function leaf(name: string, content: string | null | undefined, attributes: Record<string, string> = {}): Xml {
	const inside = escaped(content ?? '');
	const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`);
	return inside === '' ? '' : `<cbc:${name}${written.join('')}>${inside}</cbc:${name}>`;
}

/** An element of elements; nothing without any. */
function branch(name: string, ...children: Xml[]): Xml {
	const inside = children.join('');
	return inside === '' ? '' : `<cac:${name}>${inside}</cac:${name}>`;
}

/** A document on its way: what is negative on a credit note is positive there. */
interface Writing {
	document: SaleDocument;
	usage: Usage;
	/** In the sign of the UBL document. */
	signed(amount: Cents): Cents;
	amount(name: string, amount: Cents): Xml;
	/** The only category is O: no VAT IDs and no percentages. */
	isOutsideVat: boolean;
}

const vatScheme = branch('TaxScheme', leaf('ID', 'VAT'));

/** @param name of the element: on a line, or in the summary with what is exempt */
function taxCategory(name: string, { category, rate }: { category: string; rate: number }, reasons: Xml = ''): Xml {
	const percent = category === 'O' ? '' : leaf('Percent', String(rate));
	return branch(name, leaf('ID', category), percent, reasons, vatScheme);
}

function postalAddress(address: Address | null, country: string): Xml {
	const street = [address?.street, address?.houseNumber].filter(Boolean).join(' ');
	return branch(
		'PostalAddress',
		leaf('StreetName', street),
		leaf('CityName', address?.city),
		leaf('PostalZone', address?.postcode),
		branch('Country', leaf('IdentificationCode', address?.country ?? country)),
	);
}

const isInRegister = ({ scheme, id }: NonNullable<Seller['companyId']>) => (scheme === 'kbo' ? isKbo(id) : /^\d{8}$/.test(id));

/** Where Peppol delivers to; undefined if the party has no number by which it can be found. */
function endpointOf({ companyId, vatId }: Pick<Seller, 'companyId' | 'vatId'>): Xml | undefined {
	if (companyId) return leaf('EndpointID', companyId.id, { schemeID: REGISTERS[companyId.scheme] });
	const [prefix, number] = [vatId?.slice(0, 2) ?? '', vatId?.slice(2) ?? ''];
	if (hasVatIdForm(prefix) && countryOfVatId(vatId) === undefined) return undefined;
	if (prefix === 'BE') return isKbo(number) ? leaf('EndpointID', number, { schemeID: REGISTERS.kbo }) : undefined;
	return Object.hasOwn(VAT_ENDPOINTS, prefix) ? leaf('EndpointID', vatId, { schemeID: VAT_ENDPOINTS[prefix] }) : undefined;
}

interface Party {
	name: string;
	endpoint: Xml;
	otherId: string | null;
	address: Address | null;
	country: string;
	vatId: string | null;
	companyId: Customer['companyId'];
	contact: Xml;
}

function partyOf({ name, endpoint, otherId, address, country, vatId, companyId, contact }: Party): Xml {
	return branch(
		'Party',
		endpoint,
		branch('PartyIdentification', leaf('ID', otherId)),
		branch('PartyName', leaf('Name', name)),
		postalAddress(address, country),
		vatId ? branch('PartyTaxScheme', leaf('CompanyID', vatId), vatScheme) : '',
		branch(
			'PartyLegalEntity',
			leaf('RegistrationName', name),
			companyId ? leaf('CompanyID', companyId.id, { schemeID: REGISTERS[companyId.scheme] }) : '',
		),
		contact,
	);
}

function sellerOf({ document: { seller }, usage, isOutsideVat }: Writing): Xml {
	const { name, companyId, otherId, address, vatId } = seller;
	return partyOf({
		name: name ?? '',
		endpoint: usage === 'peppol' ? (endpointOf(seller) ?? '') : '',
		otherId,
		address,
		country: address.country ?? '',
		vatId: isOutsideVat ? null : vatId,
		companyId,
		contact: '',
	});
}

function buyerName({ company, name, email }: Customer): string {
	return company ?? name ?? email ?? '';
}

function customerOf({ document: { customer, seller }, usage, isOutsideVat }: Writing): Xml {
	const { firstName, lastName, name, company, phone, email, billing, shipping, vatId, companyId } = customer;
	const person = [firstName, lastName].filter(Boolean).join(' ') || (company ? name : null);
	return partyOf({
		name: buyerName(customer),
		endpoint: usage === 'peppol' ? (endpointOf(customer) ?? '') : '',
		otherId: null,
		address: billing ?? shipping,
		country: countryOfDelivery(customer) ?? seller.address.country ?? '',
		vatId: isOutsideVat ? null : vatId,
		companyId,
		contact: branch('Contact', leaf('Name', person), leaf('Telephone', phone), leaf('ElectronicMail', email)),
	});
}

/** Only where the delivery was or must be: within the EU without VAT it proves the category. */
function delivery({ document: { customer, suppliedAt, issuedAt, vatSummary } }: Writing): Xml {
	const isIntraEu = vatSummary.some(({ category }) => category === 'K');
	const country = countryOfDelivery(customer);
	if (suppliedAt === null && !isIntraEu) return '';
	return branch(
		'Delivery',
		leaf('ActualDeliveryDate', dayOf(suppliedAt ?? issuedAt)),
		country ? branch('DeliveryLocation', addressAs('Address', customer.shipping ?? customer.billing, country)) : '',
	);
}

const addressAs = (name: string, address: Address | null, country: string): Xml =>
	postalAddress(address, country).replaceAll('cac:PostalAddress', `cac:${name}`);

/** How it is paid where it is known: a card, or a transfer to the seller's account. */
function paymentMeans({ document: { payments, totals, seller, kind, reference }, usage }: Writing): Xml {
	if (kind === 'creditNote') return '';
	const account = branch('PayeeFinancialAccount', leaf('ID', seller.iban?.replace(/\s/g, '')), usage === 'nlcius' ? '' : leaf('Name', seller.name));
	if (totals.due > 0) {
		const asked = payments.find(({ status }) => status === 'pending')?.reference ?? reference;
		return seller.iban ? branch('PaymentMeans', leaf('PaymentMeansCode', '30'), leaf('PaymentID', asked), account) : '';
	}
	const methods = uniq(payments.filter(({ status }) => status === 'succeeded').map(({ method }) => method));
	if (methods.length !== 1) return '';
	if (/^(bancontact|credit ?card|card|debit ?card|pin|pointofsale)$/i.test(methods[0])) return branch('PaymentMeans', leaf('PaymentMeansCode', '48'));
	return /^(transfer|bank ?transfer|overschrijving)$/i.test(methods[0]) && seller.iban
		? branch('PaymentMeans', leaf('PaymentMeansCode', '58'), leaf('PaymentID', reference), account)
		: '';
}

function allowanceCharge({ signed, amount }: Writing, { net, description, vat }: Charge): Xml {
	const isCharge = signed(net) > 0;
	return branch(
		'AllowanceCharge',
		leaf('ChargeIndicator', String(isCharge)),
		leaf('AllowanceChargeReason', description),
		amount('Amount', Math.abs(net)),
		taxCategory('TaxCategory', vat),
	);
}

/** The law's words for what is exempt; the Dutch usage wants no code. */
function exemption(reasons: VatReason[], usage: Usage): Xml {
	const [first] = reasons;
	if (!first) return '';
	const code = reasons.length === 1 && usage !== 'nlcius' ? REASONS[first].code : undefined;
	return leaf('TaxExemptionReasonCode', code) + leaf('TaxExemptionReason', reasons.map((reason) => REASONS[reason].text).join('; '));
}

/** Whether it is written: EN 16931 knows no charge of nothing. */
const isWritten = ({ net }: Charge) => net !== 0;

const taxation = ({ category, rate }: { category: string; rate: number }) => `${category} ${rate}`;

function taxTotal({ document: { vatSummary, totals, lines, charges }, usage, signed, amount }: Writing): Xml {
	const written = new Set([...lines, ...charges.filter(isWritten)].map(({ vat }) => taxation(vat)));
	// One entry for each category and rate, whatever the reasons, and none without a row.
	const groups = Object.values(groupBy(vatSummary.filter((group) => written.has(taxation(group))), taxation));
	const subtotals = groups.map((group) => {
		const reasons = uniq(group.flatMap(({ reason }) => reason ?? []));
		return branch(
			'TaxSubtotal',
			amount('TaxableAmount', signed(sum(group.map(({ taxable }) => taxable)))),
			amount('TaxAmount', signed(sum(group.map((one) => one.amount)))),
			taxCategory('TaxCategory', group[0], exemption(reasons, usage)),
		);
	});
	return branch('TaxTotal', amount('TaxAmount', signed(totals.vat)), ...subtotals);
}

function monetaryTotal({ document: { lines, charges, totals }, signed, amount }: Writing): Xml {
	const nets = charges.map(({ net }) => signed(net));
	const allowances = 0 - sum(nets.filter((net) => net < 0));
	const onTop = sum(nets.filter((net) => net > 0));
	return branch(
		'LegalMonetaryTotal',
		amount('LineExtensionAmount', signed(sum(lines.map(({ net }) => net)))),
		amount('TaxExclusiveAmount', signed(totals.net)),
		amount('TaxInclusiveAmount', signed(totals.gross)),
		allowances === 0 ? '' : amount('AllowanceTotalAmount', allowances),
		onTop === 0 ? '' : amount('ChargeTotalAmount', onTop),
		totals.paid === 0 ? '' : amount('PrepaidAmount', signed(totals.paid)),
		amount('PayableAmount', signed(totals.due)),
	);
}

/** Net price of one where it is exact in four decimals, otherwise the price of all of them: no cent is lost. */
function price(net: Cents, quantity: bigint, currency: string): Xml {
	const exact = (BigInt(net) * 100n * 1_000_000n) % quantity === 0n;
	const tenThousandths = exact ? (BigInt(net) * 100n * 1_000_000n) / quantity : BigInt(net) * 100n;
	const written = decimalOf(tenThousandths * 100n);
	const base = exact ? '' : leaf('BaseQuantity', decimalOf(quantity), { unitCode: 'C62' });
	return branch('Price', leaf('PriceAmount', written, { currencyID: currency }), base);
}

function lineOf({ document: { currency, kind }, signed, amount }: Writing, line: Line): Xml {
	const net = signed(line.net);
	const description = legible(line.description);
	const size = quantityOf(line);
	// A price is never negative, so that the sign stands with the quantity.
	const pieces = size < 0n ? -size : size;
	const isCreditNote = kind === 'creditNote';
	return branch(
		isCreditNote ? 'CreditNoteLine' : 'InvoiceLine',
		leaf('ID', line.id),
		leaf(isCreditNote ? 'CreditedQuantity' : 'InvoicedQuantity', decimalOf(net < 0 ? -pieces : pieces), { unitCode: 'C62' }),
		amount('LineExtensionAmount', net),
		branch(
			'Item',
			description.length > LONGEST_NAME ? leaf('Description', description) : '',
			leaf('Name', description.slice(0, LONGEST_NAME) || line.id),
			branch('SellersItemIdentification', leaf('ID', line.sku ?? line.productId)),
			taxCategory('ClassifiedTaxCategory', line.vat),
		),
		price(Math.abs(net), pieces, currency),
	);
}

const needs = (what: string, text: string) => new CannotBook(`${what} cannot become UBL: ${text}.`);

/** What the rules of EN 16931 and its usages would refuse, said before they do. */
function refuseIncomplete(document: SaleDocument, usage: Usage, isOutsideVat: boolean): void {
	const { seller, customer, vatSummary, kind, direction, status, lines } = document;
	const what = nameOf(document);
	if (direction === 'purchase') throw new CannotBook('This is a purchase: its invoice comes from the supplier. Choose Export: To CSV, or leave it out.');
	if (status === 'cancelled') throw needs(what, 'it was cancelled. Leave it out');
	if (lines.length === 0) throw needs(what, 'it has no lines');
	if (kind === 'receipt' && buyerName(customer) === '') throw needs(what, 'a receipt without a customer is no invoice. Choose Export: To CSV, or the closure of the day');
	if (buyerName(customer) === '') throw needs(what, 'the customer has no name');
	if (seller.name === null) throw needs(what, 'the name of the seller is missing. Enter it where the document is made, under "Seller > Seller Name"');
	if (seller.address.country === null) throw needs(what, 'the country of the seller is missing. Choose it under "Seller Country"');
	if (seller.vatId === null && !isOutsideVat) {
		const why = vatSummary.some(({ reason }) => reason === 'smallBusiness') ? 'a small business needs its VAT ID here' : 'the VAT ID of the seller is missing';
		throw needs(what, `${why}. Enter it where the document is made, under "Seller > VAT ID"`);
	}
	if (seller.companyId === null && seller.otherId === null && (seller.vatId === null || isOutsideVat)) {
		throw needs(what, 'nothing says who the seller is. Enter the KVK or KBO number where the document is made, under "Seller > Company Number"');
	}
	for (const [whose, { vatId }] of Object.entries({ seller, customer })) {
		if (vatId !== null && !namesCountry(vatId)) {
			throw needs(what, `the VAT ID of the ${whose}, "${vatId}", does not begin with a country. Write it as NL123456789B01, or leave it empty`);
		}
	}
	if (vatSummary.some(({ category }) => category === 'K') && countryOfDelivery(customer) === null) {
		throw needs(what, 'what goes to another EU country without VAT must say to which. Enter it where the document is made, under "Customer > Country"');
	}
	if (usage === 'peppol') refuseForPeppol(what, document);
	if (usage !== 'en16931' && seller.address.country === 'NL') refuseForDutchSeller(what, document, usage);
}

function refuseForPeppol(what: string, { seller, customer }: SaleDocument): void {
	const { country } = seller.address;
	if (country !== null && OWN_PEPPOL_RULES.includes(country)) {
		throw needs(what, `sellers in ${country} have rules of their own on Peppol, which are not known here. Choose "Bookkeeping (EN 16931)"`);
	}
	for (const [whose, { companyId }] of Object.entries({ seller, customer })) {
		if (companyId && !isInRegister(companyId)) {
			throw needs(what, `the ${companyId.scheme.toUpperCase()} number of the ${whose}, "${companyId.id}", is none. Look it up in the register`);
		}
	}
	const hint = 'Peppol finds it by its KVK, KBO or VAT number. For a private person choose "Bookkeeping (EN 16931)"';
	if (!endpointOf(seller)) throw needs(what, `the seller has no address on Peppol: ${hint}`);
	if (!endpointOf(customer)) throw needs(what, `the customer has no address on Peppol: ${hint}`);
}

/** What a seller in the Netherlands owes by the Dutch rules, of which Peppol has taken over most. */
function refuseForDutchSeller(what: string, { seller, customer, totals, kind }: SaleDocument, usage: Usage): void {
	const hint = 'For private customers choose "Bookkeeping (EN 16931)"';
	const isWhole = (address: Address | null) => Boolean(address?.street && address.city && address.postcode);
	const isDutch = ({ companyId }: Pick<Seller, 'companyId'>) => (companyId ? companyId.scheme === 'kvk' : usage === 'peppol');
	if (!isWhole(seller.address)) throw needs(what, 'the Dutch rules want street, postcode and city of the seller. Enter them where the document is made, under "Seller"');
	if (!isDutch(seller)) throw needs(what, 'the Dutch rules want the KVK number of the seller. Enter it where the document is made, under "Seller > Company Number"');
	if (kind !== 'creditNote' && totals.due > 0 && seller.iban === null) {
		throw needs(what, 'it is still to be paid, and the Dutch rules want the account for that. Enter it where the document is made, under "Seller > IBAN"');
	}
	const address = customer.billing ?? customer.shipping;
	if ((address?.country ?? countryOfDelivery(customer) ?? 'NL') !== 'NL') return;
	if (!isWhole(address)) throw needs(what, `the Dutch rules want street, postcode and city of the customer. ${hint}`);
	if (!isDutch(customer)) throw needs(what, `the Dutch rules want the KVK number of the customer. ${hint}`);
}

/** VAT IDs as they are written on documents. */
function withPlainVatIds(document: SaleDocument): SaleDocument {
	const { seller, customer } = document;
	return { ...document, seller: { ...seller, vatId: plainVatId(seller.vatId) }, customer: { ...customer, vatId: plainVatId(customer.vatId) } };
}

/**
 * @returns the XML of an Invoice, or of a CreditNote
 * @throws CannotBook where the rules of the usage would refuse it
 */
export function toUbl(given: SaleDocument, usage: Usage): string {
	const document = withPlainVatIds(given);
	const { kind, currency, vatSummary, corrects, lines, charges, totals } = document;
	const isCreditNote = kind === 'creditNote';
	const isOutsideVat = vatSummary.every(({ category }) => category === 'O');
	refuseIncomplete(document, usage, isOutsideVat);
	const writing: Writing = {
		document,
		usage,
		isOutsideVat,
		signed: (amount) => (isCreditNote ? 0 - amount : amount),
		amount: (name, amount) => leaf(name, euros(amount), { currencyID: currency }),
	};
	const root = isCreditNote ? 'CreditNote' : 'Invoice';
	const notes = uniq(vatSummary.flatMap(({ reason }) => (reason ? REASONS[reason].text : [])));
	const dueAt = totals.due > 0 ? document.dueAt : document.issuedAt;
	const reference = document.reference ?? document.number;
	const body = [
		leaf('CustomizationID', CUSTOMIZATIONS[usage]),
		usage === 'en16931' ? '' : leaf('ProfileID', PROFILE),
		leaf('ID', document.number),
		leaf('IssueDate', dayOf(document.issuedAt)),
		isCreditNote || dueAt === null ? '' : leaf('DueDate', dayOf(dueAt)),
		leaf(`${root}TypeCode`, isCreditNote ? '381' : '380'),
		leaf('Note', notes.join('; ')),
		leaf('DocumentCurrencyCode', currency),
		leaf('BuyerReference', reference),
		branch('OrderReference', leaf('ID', reference)),
		corrects ? branch('BillingReference', branch('InvoiceDocumentReference', leaf('ID', corrects.number), usage === 'nlcius' || corrects.issuedAt === null ? '' : leaf('IssueDate', dayOf(corrects.issuedAt)))) : '',
		branch('AccountingSupplierParty', sellerOf(writing)),
		branch('AccountingCustomerParty', customerOf(writing)),
		delivery(writing),
		paymentMeans(writing),
		totals.due > 0 && dueAt === null ? branch('PaymentTerms', leaf('Note', 'To be paid on receipt')) : '',
		...charges.filter(isWritten).map((charge) => allowanceCharge(writing, charge)),
		taxTotal(writing),
		monetaryTotal(writing),
		...lines.map((line) => lineOf(writing, line)),
	];
	const namespaces = [
		`xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2"`,
		'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"',
		'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"',
	];
	return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${namespaces.join(' ')}>${body.join('')}</${root}>\n`;
}
