/** What the API answers, made of the sales of the shop. */
import { chunk, uniqBy } from 'lodash';
import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { CannotBook } from '../../bookkeeping/document';
import type { SaleDocument } from '../../bookkeeping/document';
import type { Settings } from '../../bookkeeping/from/read';
import { RATES } from '../../bookkeeping/vat';
import type { RateRow } from '../../bookkeeping/vat';
import { Refusal } from './failure';
import { keep, keptUnder } from './keep';
import { cursorOf, pageOf } from './question';
import type { Period, Question } from './question';
import type { Entry, Shop } from './shops';

/** Milliseconds for which a list and its documents are kept, so that a client that pages through them asks the shop once. */
const KEPT = 5 * 60_000;

/** Sales that are looked at in one go, before n8n gets a turn for other work. */
const AT_A_STRETCH = 200;

/** A sale that cannot be booked. */
export interface Invalid {
	id: string;
	error: CannotBook;
}

export interface Source {
	shop: Shop;
	settings: Settings;
	/** Says which settings these are, so that what was made with others is not taken for it. */
	settingsKey: string;
	/** Left out and reported, instead of failing the whole page. */
	leavesOutInvalid: boolean;
	lookBackDays: number;
	/** Milliseconds. */
	now: number;
}

type Documents = { documents: SaleDocument[]; invalid: Invalid[] };

/** Of a sale that is asked for by its ID nobody knows whether there is one. */
type Asked = Entry & { isListed?: boolean };

/** Sorted by time, then by ID; a document's place never changes. */
const keyOfEntry = ({ at, id }: Entry) => `${new Date(at).toISOString()} ${id}`;

async function documentOf({ shop, settings, settingsKey, now }: Source, { id, record, isListed = true }: Asked, kind: 'receipt' | undefined): Promise<SaleDocument | undefined> {
	const whole = record ?? (await keep(`record ${shop.account} ${id}`, now, KEPT, async () => await shop.get(id)));
	if (!whole && isListed) throw new CannotBook('The shop has it in its list, but does not show it: look whether it is still there.');
	if (!whole) return undefined;
	return await keep(`document ${shop.account} ${settingsKey} ${kind} ${id}`, now, KEPT, async () =>
		await Promise.resolve().then(() => shop.document(whole, kind ? { ...settings, kind } : settings)),
	);
}

async function documentsOf(source: Source, entries: Asked[], kind?: 'receipt'): Promise<Documents> {
	const invalid: Invalid[] = [];
	const made: Array<SaleDocument | undefined> = [];
	const makeOne = async (entry: Asked) =>
		await documentOf(source, entry, kind).catch((error: Error) => {
			if (!(error instanceof CannotBook)) throw error;
			invalid.push({ id: `${source.shop.prefix}:${entry.id}`, error });
			return undefined;
		});
	for (const some of chunk(entries, AT_A_STRETCH)) {
		if (made.length > 0) await sleep(0);
		made.push(...(await Promise.all(some.map(makeOne))));
	}
	const [first] = invalid;
	if (first && !source.leavesOutInvalid) {
		const details = first.error.findings.slice(0, 20).map((finding) => ({ ...finding }) as IDataObject);
		throw new Refusal('document_invalid', `${first.id}: ${first.error.message}`, { field: 'data', details });
	}
	return { documents: made.filter((one) => one !== undefined), invalid };
}

async function listed({ shop, now }: Source, period: Period): Promise<Entry[]> {
	return await keep(`list ${shop.account} ${period.from} ${period.to}`, now, KEPT, async () => {
		const entries = await shop.list(period);
		return entries.map((entry) => [keyOfEntry(entry), entry] as const).sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
	});
}

const ownId = (id: string, { prefix }: Shop) => (id.startsWith(`${prefix}:`) ? id.slice(prefix.length + 1) : undefined);

async function oneSale(source: Source, id: string, kind?: 'receipt'): Promise<Documents> {
	return await documentsOf(source, [{ id, at: 0, isListed: false }], kind);
}

/** The sales of the last days, for what is not a list of its own in a shop. */
async function recent(source: Source, kind?: 'receipt'): Promise<Documents> {
	// By the hour, so that one list serves for a while.
	const to = Math.ceil(source.now / 3_600_000) * 3_600_000;
	return await documentsOf(source, await listed(source, { from: to - source.lookBackDays * 86_400_000, to }), kind);
}

async function found(source: Source, { id, number }: Question, kind?: 'receipt'): Promise<Documents> {
	const { shop } = source;
	const own = id !== undefined ? ownId(id, shop) : shop.numbersAreIds ? number : undefined;
	if (own !== undefined) return await oneSale(source, own, kind);
	if (id !== undefined) return { documents: [], invalid: [] };
	const { documents, invalid } = await recent(source, kind);
	return { documents: documents.filter((document) => document.number === number), invalid };
}

/** A receipt is of what has been paid in whole. */
export const isReceipt = ({ totals, status }: SaleDocument) => totals.due === 0 && status === 'paid';

async function sales(source: Source, question: Question, kind?: 'receipt') {
	const { period, status, limit } = question;
	const isWanted = (document: SaleDocument) =>
		(status === undefined || document.status === status) && (kind === undefined || isReceipt(document));
	if (!period) {
		const { documents, invalid } = await found(source, question, kind);
		return { ...pageOf(documents.filter(isWanted), ({ id }) => id, { ...question, after: undefined }), invalid };
	}
	const entries = await listed(source, period);
	if (status === undefined && kind === undefined) {
		// Only those of this page are fetched whole.
		const { data, page } = pageOf(entries, keyOfEntry, question);
		const { documents, invalid } = await documentsOf(source, data);
		return { data: documents, page: { ...page, count: documents.length }, invalid };
	}
	const all: SaleDocument[] = [];
	const faulty: Invalid[] = [];
	const { after = '' } = question;
	const rest = entries.filter((entry) => keyOfEntry(entry) > after);
	let seen = 0;
	let looked = 0;
	while (seen < rest.length && all.length < limit) {
		const some = rest.slice(seen, seen + limit - all.length);
		const unpaid = kind === undefined ? [] : await documentsOf(source, some).then(({ documents }) => documents.filter((document) => document.totals.due !== 0).map(({ id }) => id));
		const { documents, invalid } = await documentsOf(source, some.filter(({ id }) => !unpaid.includes(`${source.shop.prefix}:${id}`)), kind);
		all.push(...documents.filter(isWanted));
		faulty.push(...invalid);
		seen += some.length;
		if (seen - looked < AT_A_STRETCH) continue;
		looked = seen;
		await sleep(0);
	}
	const next = seen < rest.length ? cursorOf(keyOfEntry(rest[seen - 1])) : null;
	return { data: all, page: { limit, count: all.length, next }, invalid: faulty };
}

function customersIn(documents: SaleDocument[]): IDataObject[] {
	const customers = documents.map(({ customer }) => customer).filter(({ id }) => id !== null);
	return uniqBy(customers.toReversed(), 'id') as unknown as IDataObject[];
}

function productsIn(documents: SaleDocument[]): IDataObject[] {
	const rows = documents.flatMap(({ lines }) => lines).filter(({ productId, sku }) => productId !== null || sku !== null);
	const products = rows.map(({ productId, sku, description, categoryId, unitGross, vat }) => ({
		...{ id: productId ?? sku, sku, description, categoryId, price: unitGross, vatRate: vat.rate, vatCategory: vat.category },
	}));
	return uniqBy(products, 'id');
}

function categoriesIn(documents: SaleDocument[]): IDataObject[] {
	const rows = documents.flatMap(({ lines }) => lines).filter(({ categoryId }) => categoryId !== null);
	return uniqBy(rows.map(({ categoryId, categoryName }) => ({ id: categoryId, name: categoryName ?? categoryId })), 'id');
}

function methodsIn(documents: SaleDocument[]): IDataObject[] {
	return uniqBy(documents.flatMap(({ payments }) => payments).map(({ method }) => ({ id: method, name: method })), 'id');
}

/** Pages are cut by it. */
const byId = (one: IDataObject, other: IDataObject) => (String(one.id) < String(other.id) ? -1 : 1);

/** The rates that are in force, each with the day since when. @param now milliseconds since 1970 */
export function ratesIn(country: string, now: number, own: RateRow[] = []): IDataObject[] {
	const day = new Date(now).toISOString().slice(0, 10);
	const inForce = [...RATES, ...own].filter((row) => row.country === country && row.from <= day);
	const rates = uniqBy(inForce.toSorted((one, other) => (one.from < other.from ? 1 : -1)), ({ class: name }) => name);
	const byRate = uniqBy(rates.map(({ rate, from }) => ({ id: `${country}-${rate}`, country, rate, from })), 'id');
	return [...byRate, { id: `${country}-0`, country, rate: 0, from: '2000-01-01' }].toSorted(byId);
}

/** The documents that were made within the last minutes: whoever asks for a debtor or a product has just been given its sale. */
async function lately({ shop, settingsKey, now }: Source): Promise<SaleDocument[]> {
	return (await keptUnder<SaleDocument | undefined>(`document ${shop.account} ${settingsKey} `, now)).filter((one) => one !== undefined);
}

const LISTS = { customers: customersIn, products: productsIn, categories: categoriesIn, 'payment-methods': methodsIn };

/** The records of a list that is made of documents, those that are asked for. */
export function recordsIn(documents: SaleDocument[], { resource, email, id, sku }: Pick<Question, 'resource' | 'email' | 'id' | 'sku'>): IDataObject[] {
	const isWanted = (record: IDataObject) =>
		(email === undefined || String(record.email ?? '').toLowerCase() === email.toLowerCase()) &&
		(id === undefined || record.id === id) &&
		(sku === undefined || record.sku === sku);
	return LISTS[resource as keyof typeof LISTS](documents).filter(isWanted).toSorted(byId);
}

/** One of the other lists, cut into a page. */
async function derived(source: Source, question: Question) {
	const page = (records: IDataObject[]) => pageOf(records, (record) => String(record.id), question);
	const { settings, now } = source;
	if (question.resource === 'vat-rates') return { ...page(ratesIn(settings.seller.address.country ?? 'NL', now, settings.rates)), invalid: [] };
	const { email, id, sku } = question;
	const asksForOne = [email, id, sku].some((one) => one !== undefined);
	const known = asksForOne ? recordsIn(await lately(source), question) : [];
	if (known.length > 0) return { ...page(known), invalid: [] };
	const { documents, invalid } = await recent(source);
	return { ...page(recordsIn(documents, question)), invalid };
}

export interface Answer {
	data: unknown[];
	page: { limit: number; count: number; next: string | null };
	/** Sales that were left out. */
	invalid: Invalid[];
}

/** @throws Refusal */
export async function answerTo(source: Source, question: Question): Promise<Answer> {
	if (question.resource === 'sales') return await sales(source, question);
	if (question.resource === 'receipts') return await sales(source, question, 'receipt');
	return await derived(source, question);
}
