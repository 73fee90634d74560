import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { collect } from '../transport/paging';
import { send } from '../transport/send';
import { readStamhoofdPage } from './paging';
import { stamhoofd } from './platform';
import { listPayments } from './resources/payment/filters';
import { simplifyPayment, simplifyOrganization } from './simplify';

/** As many as a person scrolls through; more are found by searching. */
const LIST_LENGTH = 100;

export async function searchPayments(this: ILoadOptionsFunctions, search?: string): Promise<INodeListSearchResult> {
	const credentials = await this.getCredentials<ICredentialDataDecryptedObject>(stamhoofd.credentialType);
	const request = listPayments({ search }, credentials, this.getTimezone());
	const records = await collect(
		async (page) => await send(this, stamhoofd, page, credentials),
		request,
		readStamhoofdPage,
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
	const { body } = await send(this, stamhoofd, { url: '/organization' });
	const organization = ((body as { data?: object }).data ?? body) as Parameters<typeof simplifyOrganization>[0];
	const webshops = simplifyOrganization(organization).webshops as Array<{ id: string; name: string | null }>;
	return {
		results: webshops
			.map(({ id, name }) => ({ name: name ?? id, value: id }))
			.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
	};
}
