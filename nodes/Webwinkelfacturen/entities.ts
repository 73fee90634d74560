/** What the API keeps, and how it names the things; paths stand with the operations. */
export interface Entity {
	/** In sentences, singular and plural. */
	one: string;
	many: string;
	/** Name of the ID in records and queries. */
	id: string;
	/** Name of the day in records, if it has one: then lists are of a period. */
	date?: string;
	/** Number of the first page of its list. */
	firstPage: 0 | 1;
}

export const ENTITIES = {
	order: { one: 'order', many: 'orders', id: 'orderid', date: 'orderdate', firstPage: 0 },
	invoice: { one: 'invoice', many: 'invoices', id: 'invoiceid', date: 'invoicedate', firstPage: 0 },
	refund: { one: 'refund', many: 'refunds', id: 'refundid', date: 'refunddate', firstPage: 1 },
	receipt: { one: 'receipt', many: 'receipts', id: 'receiptid', date: 'receiptdate', firstPage: 1 },
	closure: { one: 'closure', many: 'closures', id: 'closureid', date: 'closuredate', firstPage: 1 },
	customer: { one: 'customer', many: 'customers', id: 'customerid', firstPage: 1 },
	taxRate: { one: 'tax rate', many: 'tax rates', id: 'taxid', firstPage: 0 },
	paymentMethod: { one: 'payment method', many: 'payment methods', id: 'paymentmethodid', firstPage: 1 },
	category: { one: 'category', many: 'categories', id: 'categoryid', firstPage: 1 },
} satisfies Record<string, Entity>;
