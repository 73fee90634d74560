import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions, IDataObject } from 'n8n-workflow';

import { collect } from '../transport/paging';
import { send } from '../transport/send';
import { readList } from './answer';
import { requestTo } from './paths';
import { boekwinkeltjes } from './platform';
import { PAGE_SIZE } from './resources/book/getMany';
import { simplifyBook, simplifyOrder, simplifyPackage, simplifyPayment } from './simplify';

/** As many as a person scrolls through; more are found by searching. */
const LIST_LENGTH = 100;

/** Newest records that a search looks through where the API itself cannot search. */
const SEARCHED = 500;

const LISTS = { 'book.getAll': 'books', 'order.getAll': 'orders', 'package.getAll': 'packages', 'payment.getAll': 'payments' };

async function list(
	context: ILoadOptionsFunctions,
	name: keyof typeof LISTS,
	qs: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const credentials = await context.getCredentials(boekwinkeltjes.credentialType!);
	const request = requestTo(name, credentials, { qs });
	const readPage = readList(LISTS[name]);
	return await collect(async (page) => await send(context, boekwinkeltjes, page, credentials), { request, readPage }, limit);
}

function label(...parts: unknown[]): string {
	return parts.filter((part) => part !== null && part !== undefined && part !== '').join(' · ');
}

function euros(price: unknown): string | null {
	return typeof price === 'number' ? `€ ${price.toFixed(2)}` : null;
}

export async function searchBooks(this: ILoadOptionsFunctions, query?: string): Promise<INodeListSearchResult> {
	const books = await list(this, 'book.getAll', { page: 1, query, per_page: LIST_LENGTH }, LIST_LENGTH);
	return {
		results: books.map(simplifyBook).map(({ id, title, author, price, bookNumber }) => ({
			name: label(title ?? `Book ${String(id)}`, author, euros(price), bookNumber && `no. ${String(bookNumber)}`),
			value: String(id),
		})),
	};
}

export async function searchOrders(this: ILoadOptionsFunctions, query?: string): Promise<INodeListSearchResult> {
	const orders = await list(this, 'order.getAll', { page: 1, query }, LIST_LENGTH);
	return {
		results: orders.map(simplifyOrder).map(({ id, date, status, buyerName, bookTitle }) => ({
			name: label(`#${String(id)}`, String(date ?? '').slice(0, 10), buyerName, bookTitle, status),
			value: String(id),
		})),
	};
}

/** What is found by `search` in the labels of the newest records. */
function found(results: INodePropertyOptions[], search: string): INodeListSearchResult {
	return { results: results.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())).slice(0, LIST_LENGTH) };
}

export async function searchPayments(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	const payments = await list(this, 'payment.getAll', {}, search === '' ? LIST_LENGTH : SEARCHED);
	const results = payments.map(simplifyPayment).map(({ id, created, name, title, price, isPaid }) => ({
		name: label(`#${String(id)}`, String(created ?? '').slice(0, 10), name, title, euros(price), isPaid ? 'paid' : 'not paid'),
		value: String(id),
	}));
	return found(results, search);
}

export async function searchPackages(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	const parcels = await list(this, 'package.getAll', { page: 1 }, search === '' ? LIST_LENGTH : SEARCHED);
	const results = parcels.map(simplifyPackage).map(({ id, name, city, orderId, operator }) => ({
		name: label(id, name, city, orderId && `order ${String(orderId)}`, operator),
		value: String(id ?? ''),
	}));
	return found(results.filter(({ value }) => value !== ''), search);
}

/** The values that the books on the first page have in this category, which is free text. */
async function categoriesInUse(context: ILoadOptionsFunctions, field: string): Promise<INodePropertyOptions[]> {
	const books = await list(context, 'book.getAll', { page: 1, per_page: PAGE_SIZE }, PAGE_SIZE);
	const names = new Set(books.map((book) => String(book[field] ?? '').trim()).filter((name) => name !== ''));
	return [...names].sort((one, other) => one.localeCompare(other)).map((name) => ({ name, value: name }));
}

export async function getSecondCategories(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await categoriesInUse(this, 'category2');
}

export async function getThirdCategories(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await categoriesInUse(this, 'category3');
}
