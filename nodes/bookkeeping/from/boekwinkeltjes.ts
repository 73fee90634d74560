/** A sale document from an order of Boekwinkeltjes, as the API gives it or as the node simplifies it. */
import { build } from '../build';
import { CannotBook, nameOf } from '../document';
import type { Customer, SaleDocument } from '../document';
import type { Cents } from '../money';
import {
	addressOf,
	BEGINNING,
	centsAt,
	charge,
	countryOf,
	customerIdOf,
	instantAt,
	isRecord,
	NO_LINE,
	NOBODY,
	paymentOf,
	textAt,
	valueAt,
	vatOf,
} from './read';
import type { RecordOf, Settings } from './read';

/** Nothing was sold in the end (inferred from their names). */
const CANCELLED = ['sold_or_unavailable', 'no_response'];
/** Paid, but not through Boekwinkeltjes. */
const PAID_OTHERWISE = ['shipped_paid', 'picked_up_paid'];

function customerOf(order: RecordOf): Customer {
	const at = (...names: string[]) => textAt(order, ...names);
	const inAddress = (...names: string[]) => at(...names.flatMap((one) => [`buyer.address.${one}`, `address.${one}`]), ...names);
	const [firstName, lastName] = [at('buyer.firstName', 'buyerFirstName'), at('buyer.lastName', 'buyerLastName')];
	const name = at('buyer.name', 'buyerName') ?? ([firstName, lastName].filter(Boolean).join(' ') || null);
	const email = at('buyer.email', 'buyer.emailAddress', 'buyerEmail', 'email');
	const company = inAddress('company', 'buyerCompany');
	const houseNumber = [inAddress('number', 'houseNumber'), inAddress('numberExtra', 'numberext', 'houseNumberAddition', 'houseNumberExtra')].filter(Boolean).join(' ');
	const address = addressOf({
		name: null,
		street: inAddress('street'),
		houseNumber: houseNumber || null,
		postcode: inAddress('zipCode', 'zip', 'postalCode', 'postcode'),
		city: inAddress('city'),
		country: countryOf(inAddress('country')),
	});
	return {
		...NOBODY,
		id: at('buyer.id', 'buyerId') ?? customerIdOf(email),
		...{ email, name: company ?? name, firstName, lastName, company },
		phone: at('buyer.phone', 'buyer.phoneNumber', 'buyerPhone', 'phone'),
		language: at('buyer.language', 'buyerLanguage'),
		...{ billing: address, shipping: address },
	};
}

function paymentsOf(total: Cents, paymentStatus: string, status: string): SaleDocument['payments'] {
	if (['paid', 'refunded'].includes(paymentStatus)) return [paymentOf('online', total, 'succeeded')];
	return PAID_OTHERWISE.includes(status) ? [paymentOf('other', total, 'succeeded')] : [];
}

/**
 * One order is one book: `amount` of the book is the stock. Prices are euros with VAT.
 * @throws CannotBook
 */
export function fromBoekwinkeltjesOrder(given: unknown, settings: Settings): SaleDocument {
	const order = isRecord(given) && isRecord(given.data) ? given.data : given;
	const id = isRecord(order) ? textAt(order, 'id', 'orderId') : null;
	if (!isRecord(order) || id === null) throw new CannotBook('This is no order of Boekwinkeltjes: hand over what Order: Get or Get Many gives.');
	const kind = settings.kind ?? 'order';
	const number = settings.number ?? id;
	const what = nameOf({ kind, number });
	const issuedAt = instantAt(order, 'date', 'orderDate', 'createdAt');
	if (issuedAt === null) throw new CannotBook(`${what} cannot be booked: it has no date (SD10, issuedAt).`);
	const price = centsAt(what, order, 1, 'book.price', 'bookPrice', 'price');
	if (price === undefined) throw new CannotBook(`${what} cannot be booked: it has no price (SD01, lines).`);
	const shippingCost = centsAt(what, order, 1, 'book.shippingCost', 'bookShippingCost', 'shippingCost');
	const customer = customerOf(order);
	const vat = vatOf(what, { issuedAt, suppliedAt: null, customer }, settings);
	const { warnings } = vat;
	const warn = (code: string, path: string, text: string) => warnings.push({ code, path, text });
	const category = textAt(order, 'book.category1', 'bookCategory1', 'category1');
	const bookNumber = textAt(order, 'book.bookNumber', 'bookNumber');
	const title = textAt(order, 'book.title', 'bookTitle', 'title') ?? `Book ${bookNumber ?? id}`;
	const author = textAt(order, 'book.author', 'bookAuthor', 'author');
	const lines = [{
		...NO_LINE,
		id: '1',
		productId: textAt(order, 'book.id', 'bookId'),
		sku: bookNumber,
		...{ categoryId: category, categoryName: category },
		description: author ? `${author}: ${title}` : title,
		amount: price,
		vat: vat.of('lines[0].vat', { names: [category, bookNumber] }),
		purchasePrice: settings.purchasePrice ?? null,
	}];
	// -1 stands for the shop's own default (inferred), which the order does not tell.
	const known = shippingCost !== undefined && shippingCost >= 0 ? shippingCost : settings.shippingCost;
	const shipping = known ?? 0;
	if (known === undefined) warn('SDW01', 'charges', 'The shipping cost is not known: none was booked');
	const status = textAt(order, 'status', 'orderStatus') ?? '';
	const paymentStatus = String(valueAt(order, 'paymentStatus', 'idealPaymentStatus', 'onlinePaymentStatus') ?? '');
	const payments = paymentsOf(price + shipping, paymentStatus, status);
	if (payments.length > 0) warn('SDW08', 'payments[0].paidAt', 'When it was paid is not known');
	if (paymentStatus === 'refunded') warn('SDW07', 'status', 'It was paid back: book that with a credit note');
	return build({
		...BEGINNING,
		...{ id: `boekwinkeltjes:${id}`, kind, number, reference: null, issuedAt, suppliedAt: null, modifiedAt: null, dueAt: null },
		source: { platform: 'boekwinkeltjes', url: null, status: status || null, statesVat: false },
		status: paymentStatus === 'refunded' ? 'refunded' : CANCELLED.includes(status) ? 'cancelled' : undefined,
		...{ seller: settings.seller, customer, lines, payments, warnings },
		charges: charge('shipping', 'shipping', 'Shipping (verzendkosten)', shipping, vat.ofShipping(lines)),
		...{ withoutRate: settings.withoutRate, marginRate: vat.marginRate, ownRates: settings.rates },
	});
}
