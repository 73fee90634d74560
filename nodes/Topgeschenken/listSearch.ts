import type { ICredentialDataDecryptedObject, IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { collect } from '../transport/paging';
import { send } from '../transport/send';
import { readHydraPage } from './paging';
import { topgeschenken } from './platform';
import { PATHS } from './references';
import type { Kind } from './references';
import { apiRequest } from './request';

/** As many as a person scrolls through; more are found by searching. */
const LIST_LENGTH = 100;

function searchIn(kind: Kind, labelOf: (record: IDataObject) => unknown[], searchesItself = true) {
	return async function (this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
		const credentials = await this.getCredentials<ICredentialDataDecryptedObject>('topgeschenkenApi');
		const qs = { page_items: LIST_LENGTH, search: searchesItself ? search : undefined };
		const records = await collect(
			async (page) => await send(this, topgeschenken, page, credentials),
			{ request: apiRequest({ credentials }, { url: PATHS[kind], qs }), readPage: readHydraPage },
			LIST_LENGTH,
		);
		const results = records.map((record) => ({
			name: labelOf(record).filter(Boolean).join(' · ') || String(record.uuid),
			value: String(record.uuid),
		}));
		return {
			results: searchesItself ? results : results.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
		};
	};
}

const day = (moment: unknown) => String(moment ?? '').slice(0, 10);

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
	day(deliveryDate),
]);

/** The list of carts is the only one whose filters have no search (stated). */
export const searchCarts = searchIn(
	'cart',
	({ uuid, createdAt, totalPriceIncl }) => [day(createdAt), totalPriceIncl, uuid],
	false,
);
