/** What the panel's "From List" offers, page by page as a person scrolls. */
import type { ICredentialDataDecryptedObject, IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { collect } from '../transport/paging';
import type { List } from '../transport/paging';
import { credentialsOf, send } from '../transport/send';
import { ALL_WEBSHOPS } from './fields';
import { listAt } from './filter';
import { readOrganization } from './organization';
import { PAGE_SIZE } from './paging';
import { isCurrentLine, stamhoofd } from './platform';
import { listPayments } from './resources/payment/filters';
import { simplifyGroup } from './records';
import { simplifyOrder, simplifyPayment, simplifyWebshop } from './simplify';

type Credentials = ICredentialDataDecryptedObject;

/** One page of a list of the current line; the token is what the server says of the next one. */
async function pageOf(
	context: ILoadOptionsFunctions,
	credentials: Credentials,
	{ request, readPage }: List,
	token: unknown,
	itemOf: (record: IDataObject) => INodeListSearchItems,
): Promise<INodeListSearchResult> {
	const qs = token === undefined || token === null || token === '' ? request.qs : (JSON.parse(String(token)) as IDataObject);
	const page = { ...request, qs };
	const { records, next = [] } = readPage(await send(context, stamhoofd, page, credentials), page, { longest: 0 });
	const [following] = next;
	return { results: records.map(itemOf), ...(following ? { paginationToken: JSON.stringify(following.qs) } : {}) };
}

const labelled = (words: unknown[], id: unknown): INodeListSearchItems => ({ name: words.filter(Boolean).join(' · ') || String(id), value: String(id) });

const euros = (amount: unknown) => `€ ${Number(amount).toFixed(2)}`;

export async function searchPayments(this: ILoadOptionsFunctions, search?: string, paginationToken?: unknown): Promise<INodeListSearchResult> {
	const credentials = await credentialsOf(this, stamhoofd);
	const itemOf = (record: IDataObject) => {
		const { id, customerName, communication, description, price, status } = simplifyPayment(record, credentials);
		return labelled([customerName, communication ?? description, euros(price), status], id);
	};
	const list = listPayments({ search }, credentials);
	if (isCurrentLine(credentials)) return await pageOf(this, credentials, list, paginationToken, itemOf);
	// The first line has no pages, and no search of its own.
	const records = await collect(async (page) => await send(this, stamhoofd, page, credentials), list, PAGE_SIZE);
	return { results: records.map(itemOf) };
}

export async function searchOrders(this: ILoadOptionsFunctions, search?: string, paginationToken?: unknown): Promise<INodeListSearchResult> {
	const credentials = await credentialsOf(this, stamhoofd);
	// The first line lists the orders of one webshop only.
	if (!isCurrentLine(credentials)) return { results: [] };
	return await pageOf(this, credentials, listAt('/webshop/orders', { search }), paginationToken, (record) => {
		const { id, number, customerName, webshopName, price } = simplifyOrder(record, credentials);
		return labelled([`#${String(number)}`, customerName, webshopName, euros(price)], id);
	});
}

export async function searchGroups(this: ILoadOptionsFunctions, search?: string, paginationToken?: unknown): Promise<INodeListSearchResult> {
	const credentials = await credentialsOf(this, stamhoofd);
	if (!isCurrentLine(credentials)) return { results: [] };
	return await pageOf(this, credentials, listAt('/groups', { search, sort: 'id DESC' }), paginationToken, (record) => {
		const { id, name, type, periodStart, periodEnd } = simplifyGroup(record, credentials);
		const years = [periodStart, periodEnd].map((date) => String(date ?? '').slice(0, 4)).filter(Boolean).join('–');
		return labelled([name, years, type === 'Membership' ? undefined : type], id);
	});
}

/** With all webshops as the first. */
export async function searchAllWebshops(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	const { results } = await searchWebshops.call(this, search);
	const all = { name: 'All Webshops', value: ALL_WEBSHOPS };
	return { results: all.name.toLowerCase().includes(search.toLowerCase()) ? [all, ...results] : results };
}

export async function searchWebshops(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	const { webshops } = readOrganization(await send(this, stamhoofd, { url: '/organization' }));
	return {
		results: webshops
			.map(simplifyWebshop)
			.map(({ id, name }) => labelled([name], id))
			.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
	};
}
