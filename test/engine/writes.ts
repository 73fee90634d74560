/**
 * Every operation of every node that changes something, found in the nodes' own descriptions, so that a new one cannot be
 * forgotten. Each sends items of which every request bears a mark of its own, by which the simulators' truth is counted.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { ICredentialDataDecryptedObject, ICredentialType, IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { BoekwinkeltjesApi } from '../../credentials/BoekwinkeltjesApi.credentials';
import { StamhoofdApi } from '../../credentials/StamhoofdApi.credentials';
import { TopgeschenkenApi } from '../../credentials/TopgeschenkenApi.credentials';
import { WebwinkelfacturenApi } from '../../credentials/WebwinkelfacturenApi.credentials';
import { isReading } from '../../nodes/operation/operation';
import type { Operation, Resource } from '../../nodes/operation/operation';
import type { Sandbox } from '../sandbox/api';
import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import { startStamhoofd } from '../sandbox/stamhoofd';
import { startTopgeschenken } from '../sandbox/topgeschenken';
import { startWebwinkelfacturen } from '../sandbox/webwinkelfacturen';
import { ENTITIES } from '../sandbox/webwinkelfacturen/entities';
import type { EntityName } from '../sandbox/webwinkelfacturen/entities';
import { credentialFor } from './boekwinkeltjes';
import { operationsOf } from './everyOperation';
import { byId, mapped } from './items';
import { closure, line, LOW, sale } from './saleDocuments';
import { address, gift, payer } from './topgeschenken';

/** One operation that changes something. */
interface WriteCase {
	/** With `{{ $json.mark }}` where the mark of an item belongs. */
	parameters: INodeParameters;
	/** Puts what is changed there, and gives its mark; left out: the item makes something new, and any mark will do. */
	target?(): string;
	/** The item for a mark, if it is more than that. */
	item?(mark: string): INodeExecutionData;
}

export interface Service {
	sandbox: Sandbox;
	credential: { type: ICredentialType; data(): ICredentialDataDecryptedObject };
	/** By resource and operation: "book.create". */
	cases: Record<string, WriteCase>;
}

const root = path.join(__dirname, '../../nodes');

/** The node as a new n8n process has it, which remembers nothing. */
export function newNode(folder: string): INodeType {
	let made: INodeType | undefined;
	jest.isolateModules(() => {
		const exported = jest.requireActual<Record<string, new () => INodeType>>(path.join(root, folder, `${folder}.node`));
		made = new exported[folder]();
	});
	return made!;
}

/** All operations of a node, by resource and operation as the panel has them. */
export function operations(folder: string): Map<string, Operation> {
	const resources = readdirSync(path.join(root, folder, 'resources')).flatMap((name) =>
		Object.values(jest.requireActual<Record<string, Resource>>(path.join(root, folder, 'resources', name))),
	);
	const found = new Map<string, Operation>(resources.flatMap(({ value, operations: all }) => all.map((one) => [`${value}.${one.value}`, one] as const)));
	const offered = operationsOf(newNode(folder));
	if (offered.some((name) => !found.has(name))) throw new Error(`The resources of ${folder} are not those of its panel`);
	return new Map(offered.map((name) => [name, found.get(name)!]));
}

export function writingOperations(folder: string): string[] {
	return [...operations(folder)].filter(([, operation]) => !isReading(operation)).map(([name]) => name);
}

let marks = 0;
/** Eleven digits, so that none is part of another; no service has such a number of its own. */
const newMark = () => String(70_000_000_000 + ++marks);

const MARK = '={{ $json.mark }}';
const marked = { byId: byId(MARK), text: MARK };

export function itemsFor({ target = newMark, item = (mark) => ({ json: { mark } }) }: WriteCase, count: number): Array<{ mark: string; item: INodeExecutionData }> {
	return Array.from({ length: count }, () => {
		const mark = target();
		return { mark, item: item(mark) };
	});
}

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function boekwinkeltjes(): Promise<Service> {
	const sandbox = await startBoekwinkeltjes({ books: 5, orders: 5 });
	const { state } = sandbox;
	let fees = 0;
	let number = 800_000;
	/** A record like one that is there, under a number that is far from those that the simulator gives. */
	const another = <T extends { id: number }>(all: T[], more: Partial<T> = {}) => () => {
		const id = (number += 1000);
		all.push({ ...structuredClone(all[0]), ...more, id });
		return String(id);
	};
	const book = another(state.books);
	const order = another(state.orders);
	const carrier = { operator: 'PostNL', type: 'SMALL' };
	const parcel = { ...carrier, name: MARK, street: 'Kerkweg', houseNumber: '12', postalCode: '7443 BP', city: 'Nijverdal', country: 'NL' };
	return {
		sandbox,
		credential: { type: new BoekwinkeltjesApi(), data: () => ({ ...credentialFor(sandbox), apiKey: (state.apiKey = randomUUID()) }) },
		cases: {
			'order.update': { target: order, parameters: { orderId: marked.byId, updateFields: { status: 'shipped_paid' } } },
			'book.create': { parameters: { book: mapped({ title: MARK, price: '5,00' }) } },
			'book.upsert': { parameters: { book: mapped({ bookNumber: MARK, title: 'Kaas', price: '5,00' }) } },
			'book.update': { target: book, parameters: { bookId: marked.byId, updateFields: { price: '6,00' } } },
			'book.delete': { target: book, parameters: { bookId: marked.byId } },
			'book.uploadImage': {
				target: book,
				item: (mark) => ({ json: { mark }, binary: { data: { data: PNG, mimeType: 'image/png' } } }),
				parameters: { bookId: marked.byId, binaryPropertyName: 'data' },
			},
			'book.setImageFromUrl': { target: book, parameters: { bookId: marked.byId, imageUrl: 'https://example.com/cover.jpg' } },
			'package.create': { parameters: parcel },
			'package.createFromOrder': { target: order, parameters: { ...carrier, orderId: marked.byId } },
			'package.getRate': { parameters: parcel },
			'payment.createLink': { parameters: { title: MARK, amount: '10,99', shippingCosts: '0', name: 'Henk', email: 'henk@example.com' } },
			'payment.refund': {
				target: another(state.payments, { successDate: '2026-11-01T10:00:00Z' }),
				parameters: { paymentId: marked.byId, reason: 'Beschadigd' },
			},
			'shippingFee.set': { target: () => String(10_000 + (++fees % 80_000)), parameters: { type: 'fixed', fee: MARK } },
			'shippingFee.add': { parameters: { name: MARK, fee: '7,95' } },
		},
	};
}

async function stamhoofd(): Promise<Service> {
	const sandbox = await startStamhoofd({ line: 'current', payments: 60 });
	const { state } = sandbox;
	const another = <T extends { id: string }>(all: T[], one: T, more: Partial<T> = {}) => () => {
		const id = randomUUID();
		all.push({ ...one, ...more, id });
		return id;
	};
	const payment = state.payments.find(({ method, price, status, order }) => method === 'Transfer' && price > 0 && status === 'Created' && order)!;
	const [order] = state.orders.filter(({ webshop }) => webshop === state.webshops[0]);
	const ticket = state.tickets.find(({ order: { webshop } }) => webshop === state.webshops[0])!;
	const [shop] = state.webshops;
	const [code] = shop.discountCodes;
	const webshopId = byId(shop.id);
	const anotherCode = () => {
		const id = randomUUID();
		shop.discountCodes.push({ ...structuredClone(code), id, code: id.slice(0, 8) });
		return id;
	};
	return {
		sandbox,
		credential: {
			type: new StamhoofdApi(),
			data: () => ({ organizationId: state.organization.id, apiKey: state.keys.full, apiVersion: '411', rateLimitTier: 'none', longestWait: 60, baseUrl: sandbox.url }),
		},
		cases: {
			'discountCode.create': { parameters: { webshopId, code: MARK, details: { discountAmount: '5,00' } } },
			'discountCode.update': { target: anotherCode, parameters: { webshopId, code: MARK, changes: { description: 'Actie' } } },
			'discountCode.delete': { target: anotherCode, parameters: { webshopId, code: MARK } },
			'order.create': {
				parameters: {
					...{ webshopId, dryRun: false, lines: { line: [{ product: 'Tiramisu', quantity: 1 }] } },
					...{ firstName: MARK, lastName: 'Maes', email: 'jef@example.com', phone: '+32 479 42 78 66', paymentMethod: 'Transfer' },
				},
			},
			'order.update': { target: another(state.orders, order), parameters: { webshopId, order: MARK, changes: { comments: 'Aan de deur' } } },
			'order.updateStatus': { target: another(state.orders, order, { status: 'Created' }), parameters: { webshopId, order: MARK, status: 'Completed' } },
			'payment.updateStatus': { target: another(state.payments, payment), parameters: { paymentId: marked.byId, status: 'Succeeded' } },
			'payment.matchBankTransfers': {
				target: another(state.payments, payment),
				parameters: { amount: String(payment.price / 100), communication: '', markAsPaid: true, options: { paymentId: MARK } },
			},
			'ticket.update': { target: another(state.tickets, { ...ticket, scannedAt: null }), parameters: { webshopId, ticketId: MARK, options: { scannedAt: '2026-11-01 10:00' } } },
		},
	};
}

async function topgeschenken(): Promise<Service> {
	const sandbox = await startTopgeschenken({ orders: 20 });
	const { state, clients } = sandbox;
	const full = state.carts.find(({ orders }) => orders.length > 0)!;
	const cart = () => {
		const uuid = randomUUID();
		state.carts.push({ ...full, uuid, orders: [...full.orders] });
		return uuid;
	};
	// The clock of these tests may run for weeks.
	const present = { ...gift(sandbox), deliveryDate: '2099-01-05', deliveryRemark: MARK };
	return {
		sandbox,
		credential: {
			type: new TopgeschenkenApi(),
			data() {
				clients.company.secret = randomUUID();
				const { id: clientId, secret: clientSecret } = clients.company;
				return { clientId, clientSecret, language: 'nl_NL', requestsAtATime: 5, baseUrl: sandbox.url, accessToken: '' };
			},
		},
		cases: {
			'cart.create': { parameters: { ...payer, invoiceAddress: { address: { ...address, attn: MARK } } } },
			'cart.update': { target: cart, parameters: { cartId: marked.byId, changes: { contactEmail: 'inkoop@voorbeeld.example' } } },
			'cart.delete': { target: cart, parameters: { cartId: marked.byId } },
			'cart.finalize': { target: cart, parameters: { cartId: marked.byId, dryRun: false } },
			'cartOrder.create': { parameters: { cartId: byId(cart()), dryRun: false, ...present } },
			'orderCollection.place': { parameters: { ...payer, dryRun: false, ...present } },
			'orderCollection.place, all together': { parameters: { ...payer, dryRun: false, grouping: 'together', ...present } },
		},
	};
}

async function webwinkelfacturen(): Promise<Service> {
	const sandbox = await startWebwinkelfacturen();
	const { state, client } = sandbox;
	const document = (make: (mark: string) => object): WriteCase => ({ parameters: {}, item: (mark) => ({ json: make(mark) as IDataObject }) });
	const saleOf = (more: Parameters<typeof sale>[1] = {}) => document((mark) => sale(mark, more));
	const credit = (mark: string) =>
		sale(mark, { kind: 'creditNote', payments: [], lines: [line('1', -1501, LOW, { quantity: '-1' })], charges: [], corrects: { id: 'shop:1', number: '1', issuedAt: '2026-11-01T10:00:00+01:00', gross: 1799 } });
	/** What is deleted is among the records. */
	const deleted = (name: EntityName): WriteCase => ({
		target() {
			const mark = newMark();
			state.records[name].push({ sent: { [ENTITIES[name].id]: mark }, at: Date.now() });
			return mark;
		},
		parameters: { id: MARK, confirm: 'Yes, Delete' },
	});
	return {
		sandbox,
		credential: {
			type: new WebwinkelfacturenApi(),
			data() {
				client.secret = randomUUID();
				return sandbox.credential();
			},
		},
		cases: {
			'sale.add': saleOf(),
			'order.add': saleOf(),
			'invoice.add': saleOf({ kind: 'invoice' }),
			'refund.add': document(credit),
			'receipt.add': saleOf({ kind: 'receipt' }),
			'closure.add': document((mark) => closure(1, { register: mark })),
			'customer.add': { parameters: { customerId: MARK, lastName: 'de Vries' } },
			'taxRate.add': { parameters: { taxId: MARK, percentage: '={{ $json.mark % 97 }}', country: '={{ ["NL", "BE", "DE", "FR"][$json.mark % 4] }}' } },
			'paymentMethod.add': { parameters: { paymentMethodId: MARK, name: 'iDEAL' } },
			'category.add': { parameters: { categoryId: MARK, name: 'Boeken' } },
			'order.delete': deleted('order'),
			'invoice.delete': deleted('invoice'),
			'refund.delete': deleted('refund'),
			'receipt.delete': deleted('receipt'),
			'closure.delete': deleted('closure'),
			'customer.delete': deleted('customer'),
			'taxRate.delete': deleted('tax'),
			'paymentMethod.delete': deleted('paymentMethod'),
			'category.delete': deleted('category'),
		},
	};
}

/** The nodes that send, by their folder. */
export const SERVICES: Record<string, () => Promise<Service>> = {
	Boekwinkeltjes: boekwinkeltjes,
	Stamhoofd: stamhoofd,
	Topgeschenken: topgeschenken,
	Webwinkelfacturen: webwinkelfacturen,
};
