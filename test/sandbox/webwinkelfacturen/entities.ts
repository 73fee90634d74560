/** What Webwinkelfacturen keeps, and under which names: they follow no pattern, so they stand here one by one. */

export interface Entity {
	/** Singular, as messages and tests call it. */
	name: string;
	/** First part of its paths. */
	api: string;
	add: string;
	/** Form field of an add. */
	field: string;
	/** True if an add carries a list. */
	addsList?: boolean;
	list: string;
	/** Number of the first page, as the vendor's own client counts. */
	firstPage: 0 | 1;
	read: string;
	delete: string;
	deleteAll: string;
	/** Name of the ID in records and queries. */
	id: string;
	/** Name of the day in records; lists and Delete All of such an entity want a period. */
	date?: string;
	/** Where a sale has its lines when it is sent, and where when it is read. */
	lines?: { sent: string; read: string };
	/** Begins the codes of its errors. */
	code: string;
}

/** Paths and page numbers as in the vendor's own client; codes other than ORD and TAX are inferred. */
export const ENTITIES = {
	order: {
		name: 'order', api: 'orderapi', add: 'addorder', field: 'order', list: 'listorders', firstPage: 0, read: 'readorderbyid',
		delete: 'deleteorder', deleteAll: 'deleteorders', id: 'orderid', date: 'orderdate', lines: { sent: 'items', read: 'items' }, code: 'ORD',
	},
	invoice: {
		name: 'invoice', api: 'invoiceapi', add: 'addinvoice', field: 'invoice', list: 'listinvoices', firstPage: 0, read: 'readinvoicebyid',
		delete: 'deleteinvoice', deleteAll: 'deleteinvoices', id: 'invoiceid', date: 'invoicedate', lines: { sent: 'lines', read: 'lines' }, code: 'INV',
	},
	refund: {
		name: 'refund', api: 'refundapi', add: 'addrefund', field: 'refund', list: 'listrefunds', firstPage: 1, read: 'readrefundbyid',
		delete: 'deleterefund', deleteAll: 'deleterefunds', id: 'refundid', date: 'refunddate', lines: { sent: 'lines', read: 'items' }, code: 'REF',
	},
	receipt: {
		name: 'receipt', api: 'receiptapi', add: 'addreceipt', field: 'receipt', list: 'listreceipts', firstPage: 1, read: 'readreceiptbyid',
		delete: 'deletereceipt', deleteAll: 'deletereceipts', id: 'receiptid', date: 'receiptdate', lines: { sent: 'lines', read: 'lines' }, code: 'REC',
	},
	closure: {
		name: 'closure', api: 'closureapi', add: 'addclosure', field: 'closure', list: 'searchclosures', firstPage: 1, read: 'readclosurebyid',
		delete: 'deleteclosure', deleteAll: 'deleteclosures', id: 'closureid', date: 'closuredate', code: 'CLO',
	},
	customer: {
		name: 'customer', api: 'customerapi', add: 'addcustomer', field: 'customer', list: 'readcustomers', firstPage: 1, read: 'readcustomerbyid',
		delete: 'deletecustomer', deleteAll: 'deletecustomers', id: 'customerid', code: 'CUS',
	},
	tax: {
		name: 'tax', api: 'taxapi', add: 'addtaxes', field: 'taxes', addsList: true, list: 'readtaxes', firstPage: 0, read: 'readtaxbyid',
		delete: 'deletetax', deleteAll: 'deletetaxes', id: 'taxid', code: 'TAX',
	},
	paymentMethod: {
		name: 'paymentMethod', api: 'paymentmethodapi', add: 'addpaymentmethods', field: 'paymentmethods', addsList: true, list: 'readpaymentmethods',
		firstPage: 1, read: 'readpaymentmethodbyid', delete: 'deletepaymentmethod', deleteAll: 'deletepaymentmethods', id: 'paymentmethodid', code: 'PAY',
	},
	category: {
		name: 'category', api: 'categoryapi', add: 'addcategories', field: 'categories', addsList: true, list: 'listcategories', firstPage: 1,
		read: 'listCategoryById', delete: 'deletecategory', deleteAll: 'deletecategories', id: 'categoryid', code: 'CAT',
	},
} satisfies Record<string, Entity>;

export type EntityName = keyof typeof ENTITIES;

export const ENTITY_NAMES = Object.keys(ENTITIES) as EntityName[];

/** Sales are booked, and then they are gone; the rest is set up once. */
export const SALES = ['order', 'invoice', 'refund', 'receipt', 'closure'] satisfies EntityName[];

export type Sent = Record<string, unknown>;
