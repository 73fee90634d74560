/** How the API shows what it stores: ids and amounts as text, what was not sent as null, a sale's lines not at all. */
import { mapValues, pick } from 'lodash';

import { ENTITIES } from './entities';
import type { Entity, EntityName, Sent } from './entities';

const textOf = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));

/** Amounts as the database keeps them. */
const decimal = (value: unknown): string | null => (typeof value === 'number' ? value.toFixed(4) : textOf(value));

const momentOf = (value: unknown): string | null => (typeof value === 'string' ? value.padEnd(11).padEnd(19, '00:00:00').slice(0, 19) : null);

const shown = (sent: Sent, names: string[], as: (value: unknown) => string | null = textOf): Record<string, string | null> =>
	mapValues(Object.fromEntries(names.map((name) => [name, sent[name]])), as);

const TOTALS = ['totalInclWithDiscount', 'totalExclWithDiscount', 'totalVatWithDiscount'];
const DISCOUNTS = ['totalDiscountIncl', 'totalDiscountExcl', 'totalDiscountVat'];
const CUSTOMER = [
	...['customerid', 'orderid', 'customernumber', 'firstname', 'lastname', 'company', 'address1', 'address2', 'housenr', 'zipcode'],
	...['city', 'state', 'country', 'isocountry', 'kvk', 'btwnr', 'telnr', 'mobile', 'email', 'iscompany', 'isicp', 'isinternational', 'incltax'],
];
const INVOICED = ['isicp', 'isinternational', 'currency', 'pdf', 'duedays'];

/** Fields of a sale besides its id, number, day, status and totals. */
const OWN: Partial<Record<EntityName, string[]>> = {
	order: ['affiliatenr', 'cartnr', 'currency', 'deliveryaddressid', 'paymentstatus'],
	invoice: ['affiliatenr', 'cartnr', 'orderid', 'paymentstatus', 'iscredit', ...INVOICED],
	refund: ['affiliatenr', 'orderid', 'ordernumber', 'paymentstatus', ...INVOICED],
	receipt: ['affiliatenr', 'deliveryaddressid', 'paymentstatus', ...INVOICED],
};

function saleOf(name: EntityName, sent: Sent): Record<string, unknown> {
	const { id, date } = ENTITIES[name] as Entity;
	return {
		...shown(sent, [id, `${name}number`, `${name}status`, ...OWN[name]!]),
		[date!]: momentOf(sent[date!]),
		customerid: textOf((sent.customer as Sent | undefined)?.customerid ?? sent.customerid) ?? '',
		...shown(sent, [...TOTALS, ...DISCOUNTS], decimal),
	};
}

const closureOf = (sent: Sent): Record<string, unknown> => ({
	...shown(sent, ['closureid', 'closurenumber', 'closurename']),
	closuredate: momentOf(sent.closuredate),
	...shown(sent, ['currency', 'registerid', 'registername']),
});

/** Also a fraction counts as a percentage, as the vendor's own client sends both. */
const percentageOf = ({ percentage }: Sent): number => (Number(percentage) < 1 ? Number(percentage) * 100 : Number(percentage));

export const taxKey = (sent: Sent): string => `${String(sent.country)} ${percentageOf(sent)}`;

const FLAT: Record<EntityName, (sent: Sent) => Record<string, unknown>> = {
	order: (sent) => saleOf('order', sent),
	invoice: (sent) => saleOf('invoice', sent),
	refund: (sent) => saleOf('refund', sent),
	receipt: (sent) => saleOf('receipt', sent),
	closure: closureOf,
	customer: (sent) => ({ ...shown(sent, CUSTOMER), orderid: '' }),
	tax: (sent) => ({
		...shown(sent, ['taxid', 'taxcode']),
		percentage_1: (percentageOf(sent) / 100).toFixed(4),
		percentage_100: percentageOf(sent).toFixed(4),
		...shown(sent, ['title', 'description', 'country']),
	}),
	paymentMethod: (sent) => shown(sent, ['paymentmethodid', 'name', 'type']),
	category: (sent) => shown(sent, ['categoryid', 'code', 'name']),
};

/** A record in a list: no lines, no customer. */
export const flat = (name: EntityName, sent: Sent): Record<string, unknown> => FLAT[name](sent);

/** What was not sent is an empty list, and no customer is false. */
function details(name: EntityName, sent: Sent): Record<string, unknown> {
	const { id, lines } = ENTITIES[name] as Entity;
	const customer = sent.customer as Sent | undefined;
	const charges = ((sent.shipping as Sent[] | undefined) ?? []).map((charge) => ({
		...shown(charge, ['name', 'referenceid', 'shippingid', 'code']),
		...shown(charge, ['taxpercentage', 'unitInclWithDiscount', 'unitExclWithDiscount', 'unitVatWithDiscount'], decimal),
	}));
	return {
		[lines!.read]: [],
		customer: customer ? { ...shown(customer, CUSTOMER), orderid: textOf(sent[id]) } : false,
		...(name !== 'receipt' && { shipping: charges }),
		payment: [],
		fees: [],
	};
}

function closureDetails(sent: Sent): Record<string, unknown> {
	const payments = sent.payments as Sent[];
	const categories = sent.productcategories as Sent[];
	return {
		payments: payments.map((payment) => shown({ ...payment, closureid: sent.closureid }, ['closureid', 'methodid', 'methodname', 'total'])),
		productcategories: categories.map((category) => ({
			...shown(category, ['groupid', 'currency']),
			...shown(category, ['lineExcl', 'taxValue', 'taxRate'], decimal),
		})),
	};
}

/** A record on its own; that of an order is a list of one. */
export function whole(name: EntityName, sent: Sent): unknown {
	if (name === 'closure') return { ...flat(name, sent), ...closureDetails(sent) };
	if (!OWN[name]) return flat(name, sent);
	const record = { ...flat(name, sent), ...details(name, sent) };
	return name === 'order' ? [record] : record;
}

/** All that is kept of a sale once it is booked. */
export const remains = (name: EntityName, sent: Sent): Sent => pick(sent, [ENTITIES[name].id, (ENTITIES[name] as Entity).date!]);
