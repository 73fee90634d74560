/** UBL 2.1 as far as it is written here: which elements stand in which, in what order, and how the XML is read. */
import { DOMParser } from '@xmldom/xmldom';
import type { Element } from '@xmldom/xmldom';

const PARTY = 'EndpointID PartyIdentification PartyName PostalAddress PartyTaxScheme PartyLegalEntity Contact';
const ADDRESS = 'StreetName CityName PostalZone Country';
const LINE = (quantity: string) => `ID ${quantity} LineExtensionAmount Item Price`;
const TAX_CATEGORY = 'ID Percent TaxExemptionReasonCode TaxExemptionReason TaxScheme';
const REST = 'DocumentCurrencyCode BuyerReference OrderReference BillingReference AccountingSupplierParty AccountingCustomerParty Delivery PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal';

/** Children in the order of the schema of UBL 2.1. An element that is not named here holds text only. */
const CHILDREN: Record<string, string> = {
	Invoice: `CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode Note ${REST} InvoiceLine`,
	CreditNote: `CustomizationID ProfileID ID IssueDate CreditNoteTypeCode Note ${REST} CreditNoteLine`,
	OrderReference: 'ID',
	BillingReference: 'InvoiceDocumentReference',
	InvoiceDocumentReference: 'ID IssueDate',
	AccountingSupplierParty: 'Party',
	AccountingCustomerParty: 'Party',
	Party: PARTY,
	PartyIdentification: 'ID',
	PartyName: 'Name',
	PostalAddress: ADDRESS,
	Address: ADDRESS,
	Country: 'IdentificationCode',
	PartyTaxScheme: 'CompanyID TaxScheme',
	TaxScheme: 'ID',
	PartyLegalEntity: 'RegistrationName CompanyID',
	Contact: 'Name Telephone ElectronicMail',
	Delivery: 'ActualDeliveryDate DeliveryLocation',
	DeliveryLocation: 'Address',
	PaymentMeans: 'PaymentMeansCode PaymentID PayeeFinancialAccount',
	PayeeFinancialAccount: 'ID Name',
	PaymentTerms: 'Note',
	AllowanceCharge: 'ChargeIndicator AllowanceChargeReason Amount TaxCategory',
	TaxCategory: TAX_CATEGORY,
	ClassifiedTaxCategory: TAX_CATEGORY,
	TaxTotal: 'TaxAmount TaxSubtotal',
	TaxSubtotal: 'TaxableAmount TaxAmount TaxCategory',
	LegalMonetaryTotal: 'LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount PrepaidAmount PayableAmount',
	InvoiceLine: LINE('InvoicedQuantity'),
	CreditNoteLine: LINE('CreditedQuantity'),
	Item: 'Description Name SellersItemIdentification ClassifiedTaxCategory',
	SellersItemIdentification: 'ID',
	Price: 'PriceAmount BaseQuantity',
};

/** Those that may stand more than once in their parent. */
const MANY = ['AllowanceCharge', 'TaxSubtotal', 'InvoiceLine', 'CreditNoteLine'];

const COMMON = 'urn:oasis:names:specification:ubl:schema:xsd:Common';

export class Node {
	constructor(private readonly element: Element) {}

	get name(): string {
		return this.element.localName ?? '';
	}

	get children(): Node[] {
		return Array.from(this.element.childNodes).filter(({ nodeType }) => nodeType === 1).map((one) => new Node(one as Element));
	}

	/** All elements that a path such as `TaxTotal/TaxSubtotal` leads to. */
	all(path: string): Node[] {
		return path.split('/').reduce<Node[]>((found, name) => found.flatMap((one) => one.children.filter((child) => child.name === name)), [this]);
	}

	/** Text of the first of them; undefined if there is none. */
	text(path: string): string | undefined {
		return this.all(path)[0]?.content;
	}

	get content(): string {
		return this.element.textContent ?? '';
	}

	attribute(name: string): string | null {
		return this.element.getAttribute(name);
	}

	get namespace(): string {
		return this.element.namespaceURI ?? '';
	}
}

/** The root of a well-formed document. */
export function parse(xml: string): Node {
	const onError = (level: string, message: string) => {
		throw new Error(`${level}: ${message}`);
	};
	return new Node(new DOMParser({ onError }).parseFromString(xml, 'text/xml').documentElement as Element);
}

/** What does not agree with the schema, as sentences. */
export function structureFaults(node: Node, path = node.name): string[] {
	const { children } = node;
	const isLeaf = !Object.hasOwn(CHILDREN, node.name);
	if (isLeaf) return node.content.trim() === '' ? [`${path} is empty`] : children.map(({ name }) => `${path} holds ${name}`);
	if (children.length === 0) return [`${path} is empty`];
	const order = CHILDREN[node.name].split(' ');
	const places = children.map(({ name }) => order.indexOf(name));
	const faults = children.flatMap((child, index) => {
		const inner = `${path}/${child.name}`;
		const expected = `${COMMON}${Object.hasOwn(CHILDREN, child.name) ? 'Aggregate' : 'Basic'}Components-2`;
		return [
			...(places[index] < 0 ? [`${inner} does not belong there`] : []),
			...(index > 0 && places[index] < places[index - 1] ? [`${inner} stands too late`] : []),
			...(index > 0 && places[index] === places[index - 1] && !MANY.includes(child.name) ? [`${inner} stands twice`] : []),
			...(child.namespace === expected ? [] : [`${inner} has the namespace ${child.namespace}`]),
			...structureFaults(child, inner),
		];
	});
	return faults;
}
