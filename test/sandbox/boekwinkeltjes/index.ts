/**
 * The seller API of Boekwinkeltjes on loopback, with the state of one made-up shop. What its documents and public
 * clients say differently is a switch; the words of its errors are inferred, nobody has published them.
 */
import path from 'node:path';

import { omit } from 'lodash';
import { DateTime } from 'luxon';

import { fixedWindows, startSandbox } from '../api';
import type { FixedWindow, Handler, Sandbox, SandboxAnswer, SandboxRequest } from '../api';
import { SEED_NOW } from '../seed';
import { createState, ZONE } from './seed';
import type { Address, Book, Buyer, Order, Parcel, Payment, State } from './seed';

export interface BoekwinkeltjesOptions {
	books?: number;
	orders?: number;
	seed?: number;
	/** How a list comes: an array in the envelope, `{ orders, paginator }` in the envelope, or an array by itself. */
	lists?: 'array' | 'paginator' | 'bare';
	/** Whether a page after the last one shows the last one again, as the live list of orders has been seen to do. */
	repeatsLastPage?: boolean;
	/** Whether `per_page` counts for books; it never does for other lists. */
	knowsPageSize?: boolean;
	/** Whether errors come with HTTP 200 and their status in the body only. */
	failsUnderSuccess?: boolean;
	paymentStatusField?: 'idealPaymentStatus' | 'onlinePaymentStatus';
	/** Where the answer to a new payment link has the link. */
	link?: 'text' | 'member' | 'nowhere';
	/** Whether changes of books wait in the queue until `carryOut` is called. */
	holdsChanges?: boolean;
	limits?: FixedWindow[];
	/** Milliseconds before every answer. */
	latency?: number;
}

export interface BoekwinkeltjesSandbox extends Sandbox {
	state: State;
	/** Base URL for the credential. */
	baseUrl: string;
	/** Carries out the changes of books that wait in the queue. */
	carryOut(): void;
}

const PREFIX = '/webservice/v1';
const PAGE_SIZE = 25;
const LARGEST_PAGE = 500;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

const STATUSES = [
	'new_order',
	'wait_for_customer',
	'wait_for_payment',
	'wait_for_shipping',
	'wait_for_pickup',
	'shipped_wait_for_payment',
	'shipped_paid',
	'picked_up_paid',
	'sold_or_unavailable',
	'no_response',
	'paymentlink_mailed',
	'return_received',
	'lost_in_transit',
];

/** An error answer of the API. */
class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly errors?: Record<string, string[]>,
	) {
		super(message);
	}
}

/** How a single book comes; in a list its date is a day only. */
function bookOf(book: Book) {
	return omit(book, 'isSold', 'images');
}

function bookInList(book: Book) {
	const [year, month, day] = book.date.slice(0, 10).split('-');
	return { ...bookOf(book), date: `${day}-${month}-${year}` };
}

function buyerInList(buyer: Buyer) {
	return omit(buyer, 'email', 'note');
}

function buyerOf({ firstName, lastName, phone, ...buyer }: Buyer) {
	return { name: [firstName, lastName].filter(Boolean).join(' '), phoneNumber: phone, ...buyer };
}

function matches(words: string, ...texts: unknown[]): boolean {
	const text = texts.join(' ').toLowerCase();
	return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function filterBooks(books: Book[], query: Record<string, string>): Book[] {
	const since = query['for-sale-since'];
	const type = query['for-sale-since-type'] ?? '1';
	const isSince = (day: string) => (type === '0' ? day < since : type === '1' ? day > since : day === since);
	return books.filter(
		(book) =>
			(!query.query || matches(query.query, book.title, book.author, book.ean, book.bookNumber)) &&
			(!query.location || book.location === query.location) &&
			(!query.language || book.language === query.language) &&
			(!since || isSince(book.date.slice(0, 10))) &&
			!(query.status === '1' && book.isSold) &&
			!(query.status === '2' && !book.isSold) &&
			!(query.image === '1' && book.images.length > 0) &&
			!(query.image === '2' && book.images.length === 0) &&
			book.price >= Number(query['price-from'] ?? 0) &&
			book.price <= Number(query['price-to'] ?? Infinity),
	);
}

function filterOrders(orders: Order[], query: Record<string, string>): Order[] {
	const found = orders.filter(
		({ id, status, book, buyer }) =>
			(!query.status || status === query.status) &&
			(!query.query || matches(query.query, id, book.title, book.author, buyer.firstName, buyer.lastName)),
	);
	const [direction, field] = [query.sort?.[0], query.sort?.slice(1)];
	const key = (order: Order) => (field === 'title' ? order.book.title : order.date);
	const sign = direction === '-' ? -1 : 1;
	return query.sort ? found.toSorted((one, other) => sign * key(one).localeCompare(key(other))) : found;
}

export async function startBoekwinkeltjes(options: BoekwinkeltjesOptions = {}, port = 0): Promise<BoekwinkeltjesSandbox> {
	const {
		books = 3500,
		orders = 2400,
		seed = 1,
		lists = 'array',
		repeatsLastPage = false,
		knowsPageSize = true,
		failsUnderSuccess = false,
		paymentStatusField = 'idealPaymentStatus',
		link = 'text',
		holdsChanges = false,
		limits,
		latency,
	} = options;
	const state = createState({ books, orders }, seed);
	const startedAt = Date.now();
	const now = () => DateTime.fromMillis(SEED_NOW + Date.now() - startedAt, { zone: ZONE });
	const refuse = limits && fixedWindows(limits);
	const queue: Array<() => void> = [];

	const change = (act: () => void) => (holdsChanges ? queue.push(act) : act());

	function refusal({ status, message, errors }: Refusal): SandboxAnswer {
		return { status: failsUnderSuccess ? 200 : status, body: { status, message, ...(errors && { errors }) } };
	}

	const answering =
		(handler: (request: SandboxRequest, query: Record<string, string>) => unknown, status = 200): Handler =>
		(request) => {
			try {
				return { status, body: { status, data: handler(request, request.query as Record<string, string>) } };
			} catch (error) {
				if (error instanceof Refusal) return refusal(error);
				throw error;
			}
		};

	function listOf<T>(name: string, records: T[], { page, per_page: asked, sort }: Record<string, string>, size: number): SandboxAnswer {
		const pageSize = asked ? Math.min(Number(asked), size) : PAGE_SIZE;
		const last = Math.max(Math.ceil(records.length / pageSize), 1);
		const number = Math.max(Number(page ?? 1), 1);
		const shown = repeatsLastPage ? Math.min(number, last) : number;
		const from = (shown - 1) * pageSize;
		const slice = records.slice(from, from + pageSize);
		if (lists === 'bare') return { status: 200, body: slice };
		if (lists === 'array') return { status: 200, body: { status: 200, data: slice } };
		const paginator = {
			page: shown,
			from: from + 1,
			to: from + slice.length,
			totalAmount: records.length,
			sort: (sort ?? '').slice(1),
			direction: sort?.startsWith('-') ? 'desc' : 'asc',
		};
		return { status: 200, body: { status: 200, data: { [name]: slice, paginator } } };
	}

	function findBook(id: string): Book {
		const book = state.books.find((one) => String(one.id) === id);
		if (!book) throw new Refusal(404, 'Boek niet gevonden');
		return book;
	}

	function findOrder(id: string): Order {
		const order = state.orders.find((one) => String(one.id) === id);
		if (!order) throw new Refusal(404, 'Bestelling niet gevonden');
		return order;
	}

	const orderIn = (buyer: (buyer: Buyer) => object, book: (book: Book) => object) => (order: Order) => ({
		id: order.id,
		date: order.date,
		status: order.status,
		[paymentStatusField]: order.paymentStatus,
		book: book(order.book),
		buyer: buyer(order.buyer),
	});

	const nextId = (records: Array<{ id: number }>, first: number) => Math.max(first, ...records.map(({ id }) => id)) + 1;
	const pending: Book[] = [];

	function createBook(body: Partial<Book>): Book {
		const number = nextId([...state.books, ...pending], 100_000);
		const book: Book = {
			id: number,
			bookNumber: 213_000_000_000 + number,
			location: '',
			amount: 1,
			category1: 'overig diverse',
			category2: '',
			category3: '',
			language: 'NL',
			author: '',
			title: '',
			publisher: '',
			ean: 0,
			shortDescription: '',
			longDescription: '',
			price: 0,
			shippingCost: -1,
			shippingCategory: 1,
			shippingFormat: 0,
			date: now().toFormat('yyyy-MM-dd HH:mm:ss'),
			weblink: '',
			...body,
			isSold: false,
			images: [],
		};
		pending.push(book);
		change(() => state.books.push(book));
		return book;
	}

	function updateBook(id: string, body: Partial<Book>): Book {
		const book = findBook(id);
		if (body.price === undefined) throw new Refusal(400, 'Het boek is niet geldig', { price: ['Prijs is verplicht'] });
		const changed = { ...book, ...body };
		change(() => Object.assign(book, body));
		return changed;
	}

	function addImage(book: Book, source: Book['images'][number]['source']): void {
		change(() => book.images.push({ id: nextId(state.books.flatMap(({ images }) => images), 500_000), source }));
	}

	function updateOrder(order: Order, body: Record<string, unknown>): Order {
		const { status, book, buyer } = body as { status?: string; book?: Partial<Book>; buyer?: Record<string, unknown> };
		if (status !== undefined && !STATUSES.includes(status)) {
			throw new Refusal(400, 'De bestelling is niet geldig', { status: [`Onbekende status ${status}`] });
		}
		const paymentStatus = body[paymentStatusField];
		const { name, phoneNumber, address, ...rest } = (buyer ?? {}) as Partial<Buyer> & { name?: string; phoneNumber?: string };
		const [firstName, ...lastName] = (name ?? '').split(' ');
		Object.assign(order, {
			...(status !== undefined && { status }),
			...(paymentStatus !== undefined && { paymentStatus }),
			book: { ...order.book, ...book },
			buyer: {
				...order.buyer,
				...rest,
				...(name !== undefined && { firstName, lastName: lastName.join(' ') }),
				...(phoneNumber !== undefined && { phone: phoneNumber }),
				address: { ...order.buyer.address, ...(address as Partial<Address> | undefined) },
			},
		});
		return order;
	}

	function createLink(body: { title: string; amount: number; name: string; email: string; shippingcosts: number }): Payment {
		const id = nextId(state.payments, 13_000);
		const payment: Payment = {
			id,
			bwID: 0,
			title: body.title,
			email: body.email,
			name: body.name,
			price: body.amount,
			shippingCost: body.shippingcosts,
			created: now().toUTC().startOf('second').toISO({ suppressMilliseconds: true })!,
			status: 0,
			successDate: null,
			paymentLink: true,
			paymentLinkUuid: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
			expirationDate: now().plus({ days: 14 }).toISODate(),
			paynlSettlementsId: null,
			type: 1,
		};
		state.payments.unshift(payment);
		return payment;
	}

	function linkAnswer({ paymentLinkUuid }: Payment): unknown {
		const url = `https://www.boekwinkeltjes.nl/betaal/${paymentLinkUuid}`;
		return link === 'text' ? url : link === 'member' ? { link: url } : undefined;
	}

	const handlers: Record<string, Handler> = {
		listOrders: ({ query }) => {
			const found = filterOrders(state.orders, query as Record<string, string>);
			return listOf('orders', found.map(orderIn(buyerInList, bookInList)), query as Record<string, string>, PAGE_SIZE);
		},
		getOrder: answering(({ params }) => orderIn(buyerOf, bookOf)(findOrder(params.orderId))),
		updateOrder: answering(({ params, body }) =>
			orderIn(buyerOf, bookOf)(updateOrder(findOrder(params.orderId), body as Record<string, unknown>)),
		),
		listBooks: ({ query }) => {
			const found = filterBooks(state.books, query as Record<string, string>);
			return listOf('books', found.map(bookInList), query as Record<string, string>, knowsPageSize ? LARGEST_PAGE : PAGE_SIZE);
		},
		createBook: answering(({ body }) => bookOf(createBook(body as Partial<Book>))),
		getBook: answering(({ params }, { type }) => {
			const byNumber = state.books.find(({ bookNumber }) => String(bookNumber) === params.bookId);
			if (type !== 'bookNumber') return bookOf(findBook(params.bookId));
			if (!byNumber) throw new Refusal(404, 'Boek niet gevonden');
			return bookOf(byNumber);
		}),
		updateBook: answering(({ params, body }) => bookOf(updateBook(params.bookId, body as Partial<Book>))),
		deleteBook: answering(({ params }) => {
			const book = findBook(params.bookId);
			change(() => state.books.splice(state.books.indexOf(book), 1));
			return {};
		}),
		uploadImage: answering(({ params, body, headers }) => {
			const book = findBook(params.bookId);
			const contentType = String(headers['content-type']);
			const start = contentType === 'image/png' ? PNG : JPEG;
			if (!Buffer.isBuffer(body) || !body.subarray(0, start.length).equals(start)) {
				throw new Refusal(400, 'De afbeelding is niet geldig');
			}
			addImage(book, { contentType, bytes: body.length });
			return {};
		}, 201),
		setImageFromUrl: answering(({ params, body }) => {
			addImage(findBook(params.bookId), { url: (body as { url: string }).url });
			return {};
		}),
		getImages: answering(({ params }) =>
			findBook(params.bookId).images.map(({ id }) => ({
				id,
				urlLarge: `https://images.boekwinkeltjes.nl/large/${id}.jpg`,
				urlMedium: `https://images.boekwinkeltjes.nl/medium/${id}.jpg`,
				urlSmall: `https://images.boekwinkeltjes.nl/small/${id}.jpg`,
			})),
		),
		listPackages: ({ query }) => listOf('packages', state.parcels, query as Record<string, string>, PAGE_SIZE),
		createPackage: answering(({ body }) => {
			state.parcels.unshift({ ...(body as Parcel), packageID: `BW${String(90_000 + state.parcels.length)}` });
			return {};
		}, 201),
		// The only answer without an envelope (stated).
		getPackage: ({ params }) => {
			const parcel = state.parcels.find(({ packageID }) => packageID === params.id);
			return parcel ? { status: 200, body: parcel } : refusal(new Refusal(404, 'Pakket niet gevonden'));
		},
		getRate: answering(({ body }) => ({ rate: (body as Parcel).type === 'MAILBOX' ? '415' : '695', currency: 'EUR' })),
		listPayments: ({ query }) => listOf('payments', state.payments, query as Record<string, string>, PAGE_SIZE),
		getPayment: answering(({ params }) => {
			const payment = state.payments.find(({ id }) => String(id) === params.id);
			if (!payment) throw new Refusal(404, 'Betaling niet gevonden');
			return payment;
		}),
		createLink: answering(({ body }) => linkAnswer(createLink(body as Parameters<typeof createLink>[0])), 201),
		refund: answering(({ params }) => {
			const payment = state.payments.find(({ id }) => String(id) === params.id);
			if (!payment) throw new Refusal(404, 'Betaling niet gevonden');
			if (payment.successDate === null) throw new Refusal(400, 'Deze betaling is nog niet betaald');
			payment.status = 2;
			return [`Betaling ${payment.id} is teruggestort`];
		}, 201),
		getShippingCosts: answering(({ params }, { type }) => {
			const fees = state.shippingFees.categories;
			const id = type === 'shippingId' ? Number(params.id) : findBook(params.id).shippingCategory;
			const found = fees.filter((fee) => fee.id === id);
			if (found.length === 0) throw new Refusal(404, 'Verzendkosten niet gevonden');
			return { type: 'fixed', options: found.map(({ name, fee }) => ({ id, name, value: fee })) };
		}),
		getShippingFees: answering(() => state.shippingFees),
		setShippingFees: answering(({ body }) => Object.assign(state.shippingFees, body)),
		addShippingFee: answering(({ body }) => {
			const fee = { fee: 0, free: null, ...(body as { name: string }), id: nextId(state.shippingFees.categories, 0) };
			state.shippingFees.categories.push(fee);
			return fee;
		}),
		getSettings: answering(() => state.settings),
		getQuestion: answering(({ params }) => {
			const question = state.questions.find(({ id }) => String(id) === params.id);
			if (!question) throw new Refusal(404, 'Vraag niet gevonden');
			return { ...question, book: bookOf(question.book) };
		}),
	};

	/** What every request must get past: key, rate limit. */
	function guard({ headers }: SandboxRequest): SandboxAnswer | undefined {
		if (headers['api-key'] !== state.apiKey) return refusal(new Refusal(401, 'Ongeldige api-key'));
		const limited = refuse?.(state.apiKey, Date.now());
		return limited && refusal(new Refusal(429, 'Te veel verzoeken'));
	}

	const sandbox = await startSandbox(
		{
			contract: path.join(__dirname, 'openapi.yaml'),
			prefix: PREFIX,
			handlers,
			guard,
			notFound: () => refusal(new Refusal(404, 'Niet gevonden')),
			latency,
		},
		port,
	);
	return Object.assign(sandbox, {
		state,
		baseUrl: sandbox.url + PREFIX,
		carryOut: () => queue.splice(0).forEach((act) => act()),
	});
}
