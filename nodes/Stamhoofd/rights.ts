/** Which right of an API key a request needs, in the words of Stamhoofd's own settings (read in its source, observed). */
import type { ApiRequest } from '../transport/platform';

export type Right = 'payments' | 'finance' | 'readWebshop' | 'writeWebshop' | 'fullWebshop' | 'scan' | 'members' | 'everything';

export const RIGHTS: Record<Right, string> = {
	payments: 'to manage transfers (Overschrijvingen beheren)',
	finance: 'to the whole bookkeeping (Toegang tot volledige boekhouding)',
	readWebshop: 'to read this webshop (Webshops: Lezen)',
	writeWebshop: 'to edit this webshop (Webshops: Bewerken)',
	fullWebshop: 'of full access to this webshop (Webshops: Volledige toegang)',
	scan: 'to scan the tickets of this webshop (Tickets scannen)',
	members: 'to read the members of the group (Groepen: Lezen)',
	everything: 'of full access to the organization (Hoofdbeheerder)',
};

/** The first line that fits counts. */
const NEEDED: Array<[request: RegExp, right: Right]> = [
	[/^\w+ \/(payments|balance-items|organization\/payments)/, 'payments'],
	[/^\w+ \/(receivable-balances|invoices)/, 'finance'],
	[/^GET \/webshop\/(orders|[^/]+\/orders)/, 'readWebshop'],
	[/^PATCH \/webshop\/[^/]+\/orders/, 'writeWebshop'],
	[/^\w+ \/webshop\/([^/]+\/)?tickets/, 'scan'],
	[/^\w+ \/webshop\/[^/]+\/discount-codes/, 'fullWebshop'],
	[/^\w+ \/(members|registrations)/, 'members'],
	[/^\w+ \/(organization\/document|documents)/, 'everything'],
];

export function rightFor({ method = 'GET', url }: ApiRequest): Right | undefined {
	return NEEDED.find(([request]) => request.test(`${method} ${url}`))?.[1];
}

/** What a person reads when the right is missing. */
export function lacks(right: Right | undefined): string {
	const which = right ? `the right ${RIGHTS[right]}` : 'the right to do this';
	return `The API key lacks ${which}: give it that right in Stamhoofd, under Settings > Experiments > API keys.`;
}
