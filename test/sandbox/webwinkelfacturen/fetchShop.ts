/**
 * What Webwinkelfacturen does with a shop that has an API of its own: reads its OpenAPI document, logs in, asks for sales,
 * debtors and products as the document allows, and books. It knows the shop by nothing but the document, and holds every
 * answer against it.
 */
import addFormats from 'ajv-formats';
import { setTimeout as delay } from 'node:timers/promises';

import { OpenAPIBackend } from 'openapi-backend';
import type { Document } from 'openapi-backend';

interface Vat {
	category: string;
	rate: number;
	amount: number;
}

interface Row {
	sku?: string | null;
	productId?: string | null;
	gross: number;
	net: number;
	vat: Vat;
}

/** As much of a sale as bookkeeping cannot do without; amounts in cents. */
export interface FetchedSale {
	id: string;
	number: string;
	kind: string;
	issuedAt: string;
	customer: { id: string; email?: string | null } | null;
	lines: Row[];
	charges: Row[];
	payments: Array<{ amount: number; status: string }>;
	totals: { gross: number; net: number; vat: number; paid: number; due: number };
}

export interface Entry {
	id: string;
	number: string;
	gross: number;
	/** `known`: booked before; `changed`: booked before with other figures, which bookkeeping does not take. */
	result: 'booked' | 'known' | 'changed' | 'refused';
	reasons: string[];
}

type Query = Record<string, string | number | undefined>;

interface Answer {
	success: boolean;
	data: unknown[];
	page?: { limit: number; count: number; next: string | null };
}

/** The shop said no: its status and its own description. */
export class ShopRefusal extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		description: string,
		readonly headers: Headers,
	) {
		super(description);
	}
}

interface Parameter {
	name: string;
	in: string;
	required?: boolean;
}

interface Operation {
	operationId: string;
	parameters?: Parameter[];
	security?: unknown[];
}

interface ShopDocument {
	servers?: Array<{ url: string }>;
	paths: Record<string, { get?: Operation }>;
	components: { securitySchemes: Record<string, { flows?: { clientCredentials?: { tokenUrl: string } } }> };
}

/** Seconds that a shop may be busy with one answer. */
const PATIENCE = 60;

const sum = <T>(all: T[], amount: (one: T) => number): number => all.reduce((total, one) => total + amount(one), 0);

/** Why a sale cannot be booked: VAT is missing (W5c, W5d), or it does not add up (K6). */
export function faultsOf(sale: FetchedSale): string[] {
	const { lines, charges, totals } = sale;
	const rows = [...lines, ...charges];
	const paid = sum(sale.payments.filter(({ status }) => status === 'succeeded' || status === 'paid'), ({ amount }) => amount);
	return [
		rows.some(({ vat }) => typeof vat?.rate !== 'number' || typeof vat.amount !== 'number') && 'a line has no VAT',
		rows.some(({ net, vat, gross }) => net + (vat?.amount ?? 0) !== gross) && 'net and VAT of a line are not its gross',
		sum(rows, ({ gross }) => gross) !== totals.gross && 'the lines are not the total',
		sum(rows, ({ vat }) => vat?.amount ?? 0) !== totals.vat && 'the VAT of the lines is not the total',
		totals.net + totals.vat !== totals.gross && 'net and VAT are not the total',
		totals.paid + totals.due !== totals.gross && 'paid and due are not the total',
		sale.kind === 'receipt' && paid !== totals.gross && 'the payments are not the turnover',
	].filter((fault) => fault !== false);
}

/** The same figures, whatever else of the sale has changed. */
const figures = ({ lines, charges, totals }: FetchedSale): string =>
	JSON.stringify([totals.gross, totals.vat, [...lines, ...charges].map(({ gross, vat }) => [gross, vat.rate])]);

/**
 * A client of the shop whose OpenAPI document stands at `<baseUrl>/openapi.json`.
 * @param token one that it was given before; otherwise it logs in
 * @throws ShopRefusal where the shop refuses; Error where the document lacks what bookkeeping needs
 */
export async function fetchShop(baseUrl: string, clientId: string, clientSecret: string, token?: string) {
	const documentUrl = `${baseUrl.replace(/\/+$/, '')}/openapi.json`;
	const document = (await (await fetch(documentUrl)).json()) as ShopDocument;
	const root = new URL(`${(document.servers?.[0]?.url ?? baseUrl).replace(/\/+$/, '')}/`, documentUrl);
	// Quick: its own check of a document knows OpenAPI 3.0 only.
	const api = new OpenAPIBackend({ definition: document as unknown as Document, quick: true, ajvOpts: { allErrors: true, strict: false }, customizeAjv: (ajv) => addFormats(ajv) });
	await api.init();
	const tokenUrl = Object.values(document.components.securitySchemes).map(({ flows }) => flows?.clientCredentials?.tokenUrl).find(Boolean);
	if (tokenUrl === undefined) throw new Error('The document has no OAuth2 login with client credentials');

	/** Answers that are not as the document says, in words. */
	const violations: string[] = [];
	/** What the shop said last about the requests that are left. */
	let limits: { limit: number; remaining: number; reset: number } | undefined;

	async function refusalOf(response: Response): Promise<ShopRefusal> {
		const body = (await response.json().catch(() => ({}))) as { error?: { code?: string; description?: string } };
		return new ShopRefusal(response.status, body.error?.code ?? '', body.error?.description ?? '', response.headers);
	}

	async function logIn(): Promise<string> {
		const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
		const response = await fetch(new URL(tokenUrl!.replace(/^\//, ''), root), { method: 'POST', body });
		if (!response.ok) throw await refusalOf(response);
		return ((await response.json()) as { access_token: string }).access_token;
	}

	function operationOf(name: string): Operation {
		const operation = document.paths[`/${name}`]?.get;
		if (!operation) throw new Error(`The document has no ${name}`);
		return operation;
	}

	/** One request, as the document allows it, again and again while the shop says that it is busy. */
	async function get(name: string, query: Query = {}): Promise<Answer> {
		const { parameters = [] } = operationOf(name);
		for (const [parameter, value] of Object.entries(query)) {
			if (value !== undefined && !parameters.some((known) => known.in === 'query' && known.name === parameter)) {
				throw new Error(`The document has no search for ${name} by ${parameter}`);
			}
		}
		for (let waited = 0; ; ) {
			const answer = await ask(name, query).catch((error: unknown) => error);
			if (!(answer instanceof Error)) return answer as Answer;
			const seconds = answer instanceof ShopRefusal && answer.code === 'shop_busy' ? Number(answer.headers.get('retry-after') ?? NaN) : NaN;
			waited += seconds;
			if (!(waited <= PATIENCE)) throw answer;
			await delay(seconds * 1000);
		}
	}

	/** One request, whether the document allows it or not. */
	async function ask(name: string, query: Query): Promise<Answer> {
		const { operationId } = operationOf(name);
		const given = Object.entries(query).filter(([, value]) => value !== undefined);
		const url = new URL(name, root);
		for (const [parameter, value] of given) url.searchParams.set(parameter, String(value));
		const send = async () => {
			token ??= await logIn();
			return await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: 'application/json' } });
		};
		let response = await send();
		if (response.status === 401) {
			// A token may have ended meanwhile.
			token = undefined;
			response = await send();
		}
		const numberIn = (header: string) => Number(response.headers.get(header) ?? NaN);
		limits = { limit: numberIn('ratelimit-limit'), remaining: numberIn('ratelimit-remaining'), reset: numberIn('ratelimit-reset') };
		const body: unknown = await response.clone().json().catch(() => undefined);
		const { errors } = api.validateResponse(body, operationId, response.status);
		for (const { instancePath, message } of errors ?? []) {
			violations.push(`GET ${url.pathname}${url.search} (${response.status}): ${instancePath} ${message ?? ''}`);
		}
		if (!response.ok) throw await refusalOf(response);
		return body as Answer;
	}

	/** All pages of a list, one after the other. */
	async function all<T>(name: string, query: Query = {}): Promise<T[]> {
		const found: T[] = [];
		for (let cursor: string | undefined; ; ) {
			const { data, page } = await get(name, { ...query, cursor });
			found.push(...(data as T[]));
			if (!page?.next) return found;
			cursor = page.next;
		}
	}

	const first = async <T>(name: string, query: Query): Promise<T | undefined> => (await get(name, query)).data[0] as T | undefined;

	const books = new Map<string, FetchedSale>();
	/** Debtors and products that were looked up, by e-mail or SKU. */
	const seen = new Map<string, Promise<unknown>>();
	const lookUp = async (name: string, query: Query): Promise<unknown> => {
		const key = JSON.stringify([name, query]);
		if (!seen.has(key)) seen.set(key, first(name, query));
		return await seen.get(key);
	};

	async function bookOne(sale: FetchedSale): Promise<Entry> {
		const entry = { id: sale.id, number: sale.number, gross: sale.totals.gross };
		const known = books.get(sale.id);
		if (known) return { ...entry, result: figures(known) === figures(sale) ? 'known' : 'changed', reasons: [] };
		const reasons = faultsOf(sale);
		const email = sale.customer?.email;
		if (email && !(await lookUp('customers', { email }))) reasons.push(`no debtor has the e-mail address ${email}`);
		for (const { sku } of sale.lines) {
			if (sku && !(await lookUp('products', { sku }))) reasons.push(`no product has the SKU ${sku}`);
		}
		if (reasons.length > 0) return { ...entry, result: 'refused', reasons };
		books.set(sale.id, sale);
		return { ...entry, result: 'booked', reasons };
	}

	return {
		document,
		violations,
		/** What has been booked, by the ID of the sale. */
		books,
		limits: () => limits,
		token: () => token,
		get,
		ask,
		all,
		sales: async (from: string, to: string, limit?: number) => await all<FetchedSale>('sales', { from, to, limit }),
		saleById: async (id: string) => await first<FetchedSale>('sales', { id }),
		saleByNumber: async (number: string) => await first<FetchedSale>('sales', { number }),
		receipts: async (from: string, to: string, limit?: number) => await all<FetchedSale>('receipts', { from, to, limit }),
		debtorByEmail: async (email: string) => await first<{ id: string; email: string }>('customers', { email }),
		productById: async (id: string) => await first<{ id: string }>('products', { id }),
		productBySku: async (sku: string) => await first<{ id: string; sku: string }>('products', { sku }),
		vatRates: async () => await all<{ rate: number }>('vat-rates'),
		paymentMethods: async () => await all<{ id: string }>('payment-methods'),
		categories: async () => await all<{ id: string }>('categories'),
		/** What happens every hour: each sale of the period is booked once. */
		async book(from: string, to: string, limit?: number): Promise<Entry[]> {
			seen.clear();
			const sales = await all<FetchedSale>('sales', { from, to, limit });
			const entries: Entry[] = [];
			for (const sale of sales) entries.push(await bookOne(sale));
			return entries;
		},
		/** Throws the token away, as after a restart. */
		forgetToken() {
			token = undefined;
		},
	};
}

export type ShopClient = Awaited<ReturnType<typeof fetchShop>>;
