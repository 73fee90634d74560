/** Records as the API gives them. What the manual shows is taken from there; the rest is its words, put into fields (inferred). */
import { sumBy } from 'lodash';

import type { Address, Assortment, Cart, CartOrder, Company, Customer, Line, Order, OrderCollection, Product, ProductGroup, Thing } from './seed';

export type Language = 'nl' | 'en';

const API = '/api/v1';

/** ISO 8601 with an offset and without milliseconds. */
export const iso = (moment: number) => new Date(moment).toISOString().replace('.000Z', '+00:00');

const money = (amount: number) => Math.round(amount * 100) / 100;

const dates = ({ uuid, createdAt, updatedAt }: Thing) => ({ uuid, createdAt: iso(createdAt), updatedAt: iso(updatedAt) });

const links = {
	address: (thing: Thing) => `${API}/relation/addresses/${thing.uuid}`,
	company: (thing: Thing) => `${API}/relation/companies/${thing.uuid}`,
	customer: (thing: Thing) => `${API}/relation/customers/${thing.uuid}`,
	product: (thing: Thing) => `${API}/catalog/products/${thing.uuid}`,
};

export function productOf(product: Product, language: Language, detailed = false) {
	const image = (size: string) => `https://topgeschenken.example/media/${size}/${product.sku}.png`;
	return {
		'@id': links.product(product),
		'@type': 'Product',
		sku: product.sku,
		type: product.type,
		title: product.title[language],
		...dates(product),
		variations: [links.product(product)],
		orderable: product.orderable,
		mainImage: { small: image('small'), medium: image('medium'), large: image('large') },
		...(detailed && {
			description: `${product.title[language]}, ${language === 'nl' ? 'bezorgd waar en wanneer u wilt' : 'delivered where and when you like'}`,
			minimumOrderableQuantity: product.least,
			maximumOrderableQuantity: product.most,
		}),
	};
}

export function productGroupOf(group: ProductGroup, detailed = false) {
	return {
		'@id': `${API}/catalog/product-group/${group.uuid}`,
		'@type': 'ProductGroup',
		name: group.name,
		...dates(group),
		...(detailed && { skuPrefix: group.skuPrefix }),
	};
}

export function assortmentOf(assortment: Assortment, language: Language, detailed = false) {
	return {
		'@id': `${API}/catalog/assortments/${assortment.uuid}`,
		'@type': 'Assortment',
		name: assortment.name,
		title: assortment.name,
		...dates(assortment),
		...(detailed && { products: assortment.products.map((product) => productOf(product, language)) }),
	};
}

export function companyOf(company: Company, detailed = false) {
	return {
		'@id': links.company(company),
		'@type': 'Company',
		name: company.name,
		...dates(company),
		...(detailed && {
			chamberOfCommerceNumber: company.chamberOfCommerceNumber,
			companyRegistration: { country: 'NL', number: company.chamberOfCommerceNumber },
			financialSettings: { paymentTerm: 14, digitalInvoice: true },
			invoiceAddress: links.address(company.address),
		}),
	};
}

export function customerOf(customer: Customer, detailed = false) {
	const { firstName, lastName, email, birthday, phoneNumber } = customer;
	return {
		'@id': links.customer(customer),
		'@type': 'Customer',
		firstName,
		lastName,
		...dates(customer),
		...(detailed && { email, birthday, phoneNumber, company: links.company(customer.company) }),
	};
}

export function addressOf(address: Address) {
	const { attn, companyName, street, number, numberAddition, postcode, city, country } = address;
	return { attn, companyName, street, number, numberAddition, postcode, city, country, type: null };
}

export function addressRecordOf(address: Address) {
	return { '@id': links.address(address), '@type': 'Address', ...addressOf(address), ...dates(address) };
}

const priceOf = (line: Line): number => line.product.price * line.quantity;
const priceInclOf = (line: Line): number => priceOf(line) * (1 + line.product.vat / 100);

const everyLine = (lines: Line[]): Line[] => lines.flatMap((line) => [line, ...everyLine(line.children)]);

function totals(lines: Line[]) {
	const all = everyLine(lines);
	return { totalPrice: money(sumBy(all, priceOf)), totalPriceIncl: money(sumBy(all, priceInclOf)) };
}

interface OrderLine {
	children: OrderLine[];
	[name: string]: unknown;
}

function orderLineOf(line: Line, language: Language): OrderLine {
	return {
		'@type': 'OrderLine',
		'@id': `_:${line.uuid.slice(0, 5)}`,
		children: line.children.map((child) => orderLineOf(child, language)),
		quantity: line.quantity,
		title: line.product.title[language],
		price: money(priceOf(line)),
		// The part of the price that is taxed so, as in the manual's sample: 0 % on all of the price.
		vatSpecification: [{ price: money(priceOf(line)), percentage: line.product.vat }],
		productgroupUuid: line.product.group.uuid,
		product_type: 'GenericProduct',
		...dates(line),
		product: links.product(line.product),
		priceIncl: money(priceInclOf(line)),
		extraInfo: [],
		metadata: line.text === undefined ? [] : { text: line.text, is_card: true },
	};
}

export function orderOf(order: Order, language: Language, detailed = false) {
	return {
		'@id': `${API}/order/orders/${order.uuid}`,
		'@type': 'Order',
		orderCollection: `${API}/order/order-collections/${order.collection.uuid}`,
		orderNumber: order.orderNumber,
		status: order.status,
		deliveryDate: order.deliveryDate,
		...totals(order.lines),
		...dates(order),
		activity: null,
		...(detailed && {
			deliveryStatus: order.deliveryStatus,
			deliveryRemark: order.deliveryRemark,
			invoiceReference: null,
			lines: order.lines.map((line) => orderLineOf(line, language)),
			colli: [],
			deliveryAddress: addressOf(order.deliveryAddress),
			metadata: [],
		}),
	};
}

export function collectionOf(collection: OrderCollection, orders: Order[], language: Language) {
	return {
		'@context': `${API}/contexts/OrderCollection`,
		'@id': `${API}/order/order-collections/${collection.uuid}`,
		'@type': 'OrderCollection',
		number: collection.number,
		orders: orders.map((order) => orderOf(order, language)),
		...dates(collection),
	};
}

export function cartOrderOf(order: CartOrder) {
	return {
		'@id': `${API}/order/cart-orders/${order.uuid}`,
		'@type': 'CartOrder',
		deliveryDate: order.deliveryDate,
		deliveryAddress: links.address(order.deliveryAddress),
		pickupAddress: null,
		deliveryRemark: order.deliveryRemark,
		lines: order.lines.map((line) => ({ ...dates(line), product: links.product(line.product) })),
		...totals(order.lines),
		...dates(order),
		activity: null,
	};
}

export function cartOf(cart: Cart, detailed = false) {
	const lines = cart.orders.flatMap((order) => order.lines);
	const common = { '@id': `${API}/order/carts/${cart.uuid}`, '@type': 'Cart' };
	if (!detailed) return { ...common, cartSecret: '', invoiceAddress: null, ...totals(lines), ...dates(cart) };
	return {
		...common,
		company: links.company(cart.company),
		customer: null,
		cartSecret: `secret-${cart.uuid}`,
		invoiceAddress: links.address(cart.invoiceAddress),
		orders: cart.orders.map(cartOrderOf),
		...totals(lines),
		contactEmail: cart.contactEmail,
		...dates(cart),
	};
}
