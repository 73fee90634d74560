/** What the writing requests of both lines do. None of them is undone when a later change in it is refused. */
import { omit } from 'lodash';

import { Refusal } from './filter';
import { mayScan, mayUseWebshop, notFoundOrNoAccess } from './rights';
import type { Rights } from './rights';
import { structuredCommunication } from './seed';
import type { Customer, Order, Payment, PaymentStatus, State, Webshop } from './seed';
import type { DiscountCode, Ticket } from './seedShop';

const SECOND = 1000;

const STATUSES: PaymentStatus[] = ['Pending', 'Failed', 'Succeeded', 'Created'];

const ORDER_STATUSES = ['Created', 'Prepared', 'Collect', 'Completed', 'Canceled', 'Deleted'];

/** Methods whose status can be changed by hand on the current line (read in its source). */
const CHANGEABLE = ['Transfer', 'PointOfSale', 'Unknown'];

const wholeSecond = (now: number) => Math.floor(now / SECOND) * SECOND;

function internalError(): Refusal {
	return new Refusal(500, 'internal_error', 'An internal error occurred');
}

interface Changes<Patch, Put = never> {
	patches: Patch[];
	puts: Put[];
	deletes: string[];
}

/** All of the body is read before anything is done, so that what cannot be read changes nothing. */
function readChanges<Patch, Put = never>(body: unknown): Changes<Patch, Put> {
	const changes = (body as { changes?: unknown } | undefined)?.changes;
	if (!Array.isArray(changes)) throw internalError();
	const of = <T>(name: string) => changes.flatMap((change: Record<string, T>) => (name in change ? [change[name]] : []));
	return { patches: of<Patch>('patch'), puts: of<Put>('put'), deletes: of<string>('delete') };
}

function requireStatus(status: string | undefined, known: string[], position: number) {
	if (status === undefined || known.includes(status)) return;
	throw new Refusal(400, 'invalid_field', `Unknown enum value ${status} expected ${known.join(', ')}`, {
		field: `changes.${position}.patch.status`,
	});
}

interface PaymentPatch {
	id: string;
	status?: PaymentStatus;
	paidAt?: number | string | null;
}

function changePayment(change: PaymentPatch, state: State, rights: Rights, isCurrent: boolean, now: number): Payment {
	const payment = state.payments.find(({ id }) => id === change.id);
	// Who may change an order may change what it is paid with (read in the source).
	const isOwn = payment?.order && mayUseWebshop(rights, payment.order.webshop, state, 'Write');
	if (!payment || !(rights.payments || isOwn)) {
		throw new Refusal(400, 'not_found', 'Payment not found', { human: 'Deze betaling werd niet gevonden.' });
	}
	const { status, paidAt } = change;
	const isNew = status !== undefined && status !== payment.status;
	if (isCurrent && isNew && (!CHANGEABLE.includes(payment.method) || payment.price === 0)) {
		// Code and message are read in the source, the Dutch words are inferred.
		throw new Refusal(400, 'invalid_field', 'Invalid payment method', {
			human: 'De status van deze betaling kan je niet wijzigen',
		});
	}
	// A date is taken only where there is one already, so not together with Succeeded; text becomes 1970 (both observed).
	if (paidAt && payment.paidAt !== null) payment.paidAt = typeof paidAt === 'string' ? 0 : paidAt;
	if (isNew) {
		payment.status = status;
		payment.paidAt = status === 'Succeeded' ? wholeSecond(now) : null;
	} else if (!paidAt) {
		return payment;
	}
	payment.updatedAt = wholeSecond(now);
	if (payment.order) payment.order.updatedAt = wholeSecond(now);
	return payment;
}

export function changePayments(body: unknown, state: State, rights: Rights, isCurrent: boolean, now: number): Payment[] {
	const { patches } = readChanges<PaymentPatch>(body);
	patches.forEach(({ status }, position) => requireStatus(status, STATUSES, position));
	return patches.map((patch) => changePayment(patch, state, rights, isCurrent, now));
}

interface OrderPatch {
	id: string;
	status?: string;
	data?: { _isPatch?: boolean; comments?: string; customer?: Partial<Customer> & { _isPatch?: boolean } };
}

function webshopWith(id: string, state: State, isAllowed: (webshop: Webshop) => boolean): Webshop {
	const webshop = state.webshops.find((one) => one.id === id);
	if (!webshop || !isAllowed(webshop)) throw notFoundOrNoAccess();
	return webshop;
}

export function changeOrders(webshopId: string, body: unknown, state: State, rights: Rights, now: number): Order[] {
	const { patches } = readChanges<OrderPatch>(body);
	patches.forEach(({ status, data }, position) => {
		requireStatus(status, ORDER_STATUSES, position);
		// Without the mark it is a whole new order that lacks its cart.
		if (data && (!data._isPatch || (data.customer && !data.customer._isPatch))) throw internalError();
	});
	const webshop = webshopWith(webshopId, state, (one) => mayUseWebshop(rights, one, state, 'Write'));
	return patches.map(({ id, status, data }) => {
		const order = state.orders.find((one) => one.id === id && one.webshop === webshop);
		// The server gives it no words for people (read in the source).
		if (!order) throw new Refusal(400, 'not_found', `Order with id ${id} does not exist`);
		if (status !== undefined) order.status = status;
		if (data?.comments !== undefined) order.comments = data.comments;
		if (data?.customer) order.customer = { ...order.customer, ...omit(data.customer, '_isPatch') };
		order.updatedAt = wholeSecond(now);
		return order;
	});
}

interface Cart {
	items: Array<{ id: string; amount: number; product: { id: string }; productPrice: { id: string } }>;
}

interface Checkout {
	customer: Customer;
	paymentMethod: string;
	comments?: string;
	cart: Cart;
	timeSlot?: { id: string } | null;
	checkoutMethod?: { id: string } | null;
	address?: Order['address'];
	discountCodes?: Array<{ code: string }>;
}

/** An order by anybody, with the checks of the webshop. Codes are read in the source, the Dutch words are inferred. */
export function placeOrder(webshopId: string, body: unknown, state: State, isSignedIn: boolean, now: number, uuid: () => string): Order {
	const webshop = state.webshops.find(({ id }) => id === webshopId);
	if (!webshop) throw new Refusal(400, 'not_found', 'Webshop not found', { human: 'Deze webshop bestaat niet' });
	const { paymentMethod, cart, timeSlot, checkoutMethod, address, discountCodes = [], ...checkout } = body as Checkout;
	// Whoever is signed in is taken for the buyer (read in the source).
	const customer = isSignedIn ? { ...checkout.customer, email: `${state.userId}.api` } : checkout.customer;
	const unknownCode = discountCodes.find(({ code }) => !webshop.discountCodes.some((known) => known.code === code));
	if (unknownCode) {
		throw new Refusal(400, 'invalid_code', 'Invalid discount code', { field: 'cart.discountCodes', human: 'Deze kortingscode is ongeldig' });
	}
	if (cart.items.length === 0) throw new Refusal(400, 'cart_empty', 'Cart is empty', { field: 'cart', human: 'Je winkelmandje is leeg' });
	if (!webshop.open) throw new Refusal(400, 'closed', 'Orders are closed', { human: 'De bestellingen zijn gesloten' });
	const lines = cart.items.map((item) => {
		const product = webshop.products.find(({ id }) => id === item.product.id);
		const price = product?.prices.findIndex(({ id }) => id === item.productPrice.id) ?? -1;
		if (!product || price < 0) {
			throw new Refusal(400, 'product_unavailable', 'Product unavailable', { field: 'cart', human: 'Dit artikel is niet beschikbaar' });
		}
		return { id: item.id, product, price, amount: item.amount };
	});
	const method = webshop.checkoutMethods.find(({ id }) => id === checkoutMethod?.id) ?? null;
	if (webshop.checkoutMethods.length > 0 && !method) {
		throw new Refusal(400, 'missing_checkout_method', 'Checkout method is required', { field: 'checkoutMethod', human: 'Kies een afhaal- of leveringsmethode' });
	}
	const slot = method?.timeSlots.find(({ id }) => id === timeSlot?.id) ?? null;
	if (method && method.timeSlots.length > 0 && !slot) {
		throw new Refusal(400, 'missing_timeslot', 'Checkout timeslot is missing', { field: 'timeSlot', human: 'Kies een tijdstip' });
	}
	for (const field of ['firstName', 'lastName', 'email'] as const) {
		if (!customer[field]) throw new Refusal(400, 'invalid_field', `Missing ${field}`, { field: `customer.${field}`, human: 'Vul jouw gegevens in' });
	}
	if (!['Transfer', 'PointOfSale'].includes(paymentMethod)) {
		throw new Refusal(400, 'invalid_payment_method', 'Payment method is not available', { field: 'paymentMethod', human: 'Deze betaalmethode is niet beschikbaar' });
	}
	const at = wholeSecond(now);
	const number = Math.max(0, ...state.orders.filter((one) => one.webshop === webshop).map((one) => one.number)) + 1;
	const total = lines.reduce((sum, { product, price, amount }) => sum + product.prices[price].price * amount, 0);
	const id = uuid();
	const digits = String(number).padStart(10, '0');
	const transfer = paymentMethod === 'Transfer' ? webshop.transfer : null;
	const payment: Payment = {
		id: uuid(),
		balanceItemId: uuid(),
		linkId: uuid(),
		type: 'Payment',
		description: `Bestelling #${number} - ${webshop.name}`,
		order: null,
		registration: null,
		customer,
		company: null,
		method: paymentMethod,
		provider: null,
		status: 'Created',
		price: total,
		communication: transfer && (transfer.prefix ? `${transfer.prefix} ${number}` : structuredCommunication(digits)),
		transfer,
		iban: null,
		ibanName: null,
		createdAt: at,
		updatedAt: at,
		paidAt: null,
		transferFee: 0,
		settlement: null,
		invoice: null,
		reverses: null,
	};
	const order: Order = {
		id,
		webshop,
		number,
		status: 'Created',
		customer,
		lines,
		comments: checkout.comments ?? '',
		createdAt: at,
		updatedAt: at,
		payment,
		checkoutMethod: method,
		timeSlot: slot,
		address: address ?? null,
	};
	payment.order = order;
	state.payments.push(payment);
	state.orders.push(order);
	return order;
}

interface TicketPatch {
	id: string;
	scannedAt?: number | null;
	scannedBy?: string | null;
}

/** The body is a plain array. Every ticket that there is is changed, then the others are named all together. */
export function changeTickets(webshopId: string, body: unknown, state: State, rights: Rights, now: number): Ticket[] {
	if (!Array.isArray(body)) throw internalError();
	const webshop = webshopWith(webshopId, state, (one) => mayScan(rights, one, state));
	const unknown: string[] = [];
	const changed = (body as TicketPatch[]).flatMap(({ id, scannedAt, scannedBy }) => {
		const ticket = state.tickets.find((one) => one.id === id && one.order.webshop === webshop);
		if (!ticket) {
			unknown.push(id);
			return [];
		}
		if (scannedAt !== undefined) ticket.scannedAt = scannedAt;
		if (scannedBy !== undefined) ticket.scannedBy = scannedBy;
		ticket.updatedAt = wholeSecond(now);
		return [ticket];
	});
	if (unknown.length > 0) {
		const [first, ...others] = unknown.map((id) => new Refusal(400, 'ticket_not_found', `Ticket with id ${id} does not exist`, { field: id }));
		first.others.push(...others);
		throw first;
	}
	return changed;
}

interface Discount {
	id: string;
	orderDiscount?: { fixedDiscount?: number; percentageDiscount?: number };
}

interface CodePut {
	id: string;
	code: string;
	description?: string;
	discounts?: Discount[];
	maximumUsage?: number | null;
}

interface CodePatch extends Partial<Omit<CodePut, 'discounts'>> {
	id: string;
	/** A plain array here is not what a patch of an array looks like. */
	discounts?: object;
}

function requireFree(webshop: Webshop, code: string, but?: DiscountCode) {
	if (webshop.discountCodes.some((one) => one !== but && one.code.toLowerCase() === code.toLowerCase())) {
		throw new Refusal(400, 'used_code', 'Discount code already in use', { human: `De code ${code} is al in gebruik` });
	}
}

/** @param units Stamhoofd's units in a cent */
export function changeCodes(webshopId: string, body: unknown, state: State, rights: Rights, units: number, now: number, uuid: () => string): DiscountCode[] {
	const { patches, puts, deletes } = readChanges<CodePatch, CodePut>(body);
	const webshop = webshopWith(webshopId, state, (one) => mayUseWebshop(rights, one, state, 'Full'));
	const find = (id: string) => {
		const code = webshop.discountCodes.find((one) => one.id === id);
		if (!code) throw new Refusal(400, 'not_found', `Discount code with id ${id} does not exist`);
		return code;
	};
	const amountsIn = ([discount]: Discount[]) => ({
		fixedDiscount: (discount?.orderDiscount?.fixedDiscount ?? 0) / units,
		percentageDiscount: discount?.orderDiscount?.percentageDiscount ?? 0,
	});
	const at = wholeSecond(now);
	const changed: DiscountCode[] = [];
	for (const { code, description = '', discounts = [], maximumUsage = null } of puts) {
		requireFree(webshop, code);
		// The server makes the id itself (read in the source).
		const made = { id: uuid(), code, description, ...amountsIn(discounts), usageCount: 0, maximumUsage, createdAt: at, updatedAt: at };
		webshop.discountCodes.push(made);
		changed.push(made);
	}
	for (const { id, code, description, discounts, maximumUsage } of patches) {
		const known = find(id);
		if (code !== undefined) requireFree(webshop, code, known);
		Object.assign(known, {
			...(code !== undefined && { code }),
			...(description !== undefined && { description }),
			...(discounts && amountsIn(readChanges<never, Discount>(discounts).puts)),
			...(maximumUsage !== undefined && { maximumUsage }),
			updatedAt: at,
		});
		changed.push(known);
	}
	for (const id of deletes) webshop.discountCodes.splice(webshop.discountCodes.indexOf(find(id)), 1);
	return changed;
}
