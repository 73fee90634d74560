import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { collect } from '../transport/paging';
import { credentialsOf, send } from '../transport/send';
import { readOrganization } from './organization';
import { stamhoofd } from './platform';
import { listPayments } from './resources/payment/filters';
import { simplifyPayment, simplifyWebshop } from './simplify';

/** As many as a person scrolls through; more are found by searching. */
const LIST_LENGTH = 100;

export async function searchPayments(this: ILoadOptionsFunctions, search?: string): Promise<INodeListSearchResult> {
	const credentials = await credentialsOf(this, stamhoofd);
	const records = await collect(
		async (page) => await send(this, stamhoofd, page, credentials),
		listPayments({ search }, credentials),
		LIST_LENGTH,
	);
	return {
		results: records.map((record) => {
			const { id, customerName, communication, description, price, status } = simplifyPayment(record, credentials);
			const label = [customerName, communication ?? description, `€ ${Number(price).toFixed(2)}`, status];
			return { name: label.filter(Boolean).join(' · '), value: String(id) };
		}),
	};
}

export async function searchWebshops(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	const { webshops } = readOrganization(await send(this, stamhoofd, { url: '/organization' }));
	return {
		results: webshops
			.map(simplifyWebshop)
			.map(({ id, name }) => ({ name: String(name ?? id), value: String(id) }))
			.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
	};
}
