/** What the panel's "From List" offers, page by page as a person scrolls. */
import type { ICredentialDataDecryptedObject, IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { dayOf } from '../operation/time';
import { send } from '../transport/send';
import { readHydraPage } from './paging';
import { topgeschenken } from './platform';
import { PATHS } from './references';
import type { Kind } from './references';
import { headersOf } from './request';

const PAGE_LENGTH = 100;

function searchIn(kind: Kind, labelOf: (record: IDataObject) => unknown[], searchesItself = true) {
	return async function (this: ILoadOptionsFunctions, search = '', paginationToken?: unknown): Promise<INodeListSearchResult> {
		const credentials = await this.getCredentials<ICredentialDataDecryptedObject>('topgeschenkenApi');
		const page = Number(paginationToken ?? 1);
		const qs = { page: page > 1 ? page : undefined, page_items: PAGE_LENGTH, search: searchesItself ? search : undefined };
		const request = { url: PATHS[kind], qs, headers: headersOf({ credentials }) };
		const { records, next = [], total } = readHydraPage(await send(this, topgeschenken, request, credentials), request, { longest: 0 });
		const results = records.map((record) => ({
			name: labelOf(record).filter(Boolean).join(' · ') || String(record.uuid),
			value: String(record.uuid),
		}));
		const isLast = records.length === 0 || (total === undefined ? next.length === 0 : page * PAGE_LENGTH >= total);
		return {
			results: searchesItself ? results : results.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
			...(isLast ? {} : { paginationToken: String(page + 1) }),
		};
	};
}

/** A record's own name, whichever of the words for it this list uses: the manual shows no full sample (inferred). */
const nameOf = ({ name, companyName, title }: IDataObject) => name ?? companyName ?? title;

export const searchAssortments = searchIn('assortment', (record) => [nameOf(record)]);

export const searchCustomers = searchIn('customer', ({ firstName, lastName, email, ...record }) => [
	[firstName, lastName].filter(Boolean).join(' ') || nameOf(record),
	email,
]);

export const searchProductGroups = searchIn('productGroup', (record) => [nameOf(record)]);

export const searchProducts = searchIn('product', ({ title, name, sku }) => [title ?? name, sku]);

export const searchCompanies = searchIn('company', (record) => [nameOf(record)]);

export const searchOrders = searchIn('order', ({ orderNumber, status, deliveryDate }) => [
	orderNumber,
	status,
	dayOf(deliveryDate),
]);

/** The list of carts is the only one whose filters have no search (stated). */
export const searchCarts = searchIn(
	'cart',
	({ uuid, createdAt, totalPriceIncl }) => [dayOf(createdAt), totalPriceIncl, uuid],
	false,
);
