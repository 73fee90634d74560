/** Which right of an API key a request needs, in the words of Stamhoofd's own settings (read in its source, observed). */
import { get, isPlainObject } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest } from '../transport/platform';
import { joined, listIn, nameIn } from './values';

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

/** The operations of the node that stand or fall with a right. */
export const USED_FOR: Record<Right, string> = {
	payments: 'Payment: all; Balance: Items, Totals; events of payments and balance items',
	finance: 'Balance: Receivables; Invoice: all; event of invoices',
	readWebshop: 'Order: Get, Get Many, Lines, Count; events of orders',
	writeWebshop: 'Order: Update, Update Status',
	fullWebshop: 'Discount Code: all',
	scan: 'Ticket: all; event of tickets',
	members: 'Member: all; Registration: all; events of registrations',
	everything: 'Document: all',
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

const LEVELS = ['None', 'Read', 'Write', 'Full'];

const reaches = (level: unknown, wanted: string) => LEVELS.indexOf(String(level)) >= LEVELS.indexOf(wanted);

/** A level, and rights besides, for everything or for one webshop or group. */
interface Grant {
	level?: unknown;
	rights: string[];
	/** By kind of thing and id; an empty id stands for all of that kind. */
	resources: IDataObject;
}

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

function grantOf(record: IDataObject): Grant {
	// The first line has a member for each right instead of a list of them (read in its source).
	const old = [
		...(record.managePayments ? ['OrganizationManagePayments'] : []),
		...(record.financeDirector ? ['OrganizationFinanceDirector'] : []),
	];
	return {
		level: record.level,
		rights: [...textsIn(record.accessRights), ...old],
		resources: isPlainObject(record.resources) ? (record.resources as IDataObject) : {},
	};
}

/** What a key was given itself and by its roles. */
function grantsIn(user: unknown, organization: IDataObject): Grant[] {
	const byOrganization = get(user, 'permissions.organizationPermissions') as IDataObject | undefined;
	const own = (byOrganization ? byOrganization[String(organization.id)] : get(user, 'permissions')) as IDataObject | null | undefined;
	if (!own) return [];
	const ids = listIn(own, 'roles').map(({ id }) => id);
	const roles = listIn(organization, 'privateMeta.roles');
	return [grantOf(own), ...roles.filter(({ id }) => ids.includes(id)).map(grantOf)];
}

/** How far a right goes: for all, for some by their names, or not at all. */
interface Extent {
	all: boolean;
	some: string[];
}

function extentOf(kind: string, grants: Grant[], isEnough: (level: unknown, rights: string[]) => boolean, names: Map<string, string>): Extent {
	if (grants.some(({ level, rights }) => isEnough(level, rights))) return { all: true, some: [] };
	const parts = grants.flatMap(({ resources }) => Object.entries((resources[kind] ?? {}) as Record<string, IDataObject>));
	// Their members have names of one letter (read in the source).
	const enough = parts.filter(([, { l, level, r, accessRights }]) => isEnough(l ?? level, textsIn(r ?? accessRights))).map(([id]) => id);
	return { all: enough.includes(''), some: enough.filter((id) => id !== '').map((id) => names.get(id) ?? id) };
}

/** Roles that a webshop names itself, on the first line (read in its source). */
function byWebshop(user: unknown, webshops: IDataObject[], levels: string[]): string[] {
	const ids = listIn(user, 'permissions.roles').map(({ id }) => id);
	const isOpen = (webshop: IDataObject) =>
		levels.some((level) => listIn(webshop, ['privateMeta', 'permissions', level]).some(({ id }) => ids.includes(id)));
	return webshops.filter(isOpen).map((webshop) => nameIn(get(webshop, 'meta.name')) ?? String(webshop.id));
}

/** One record for each right: whether the key has it, for what, and what it is needed for. */
export function rightsIn(user: unknown, organization: IDataObject & { webshops: IDataObject[] }, isCurrent: boolean): IDataObject[] {
	const grants = grantsIn(user, organization);
	const names = new Map(organization.webshops.map((webshop) => [String(webshop.id), nameIn(get(webshop, 'meta.name')) ?? String(webshop.id)]));
	const has = (...wanted: string[]) => grants.some(({ level, rights }) => level === 'Full' || wanted.some((right) => rights.includes(right)));
	const everywhere = (all: boolean): Extent => ({ all, some: [] });
	const webshops = (wanted: string) => {
		const { all, some } = extentOf('Webshops', grants, (level) => reaches(level, wanted), names);
		const levels = LEVELS.slice(LEVELS.indexOf(wanted)).map((level) => level.toLowerCase());
		return { all, some: isCurrent ? some : [...some, ...byWebshop(user, organization.webshops, levels)] };
	};
	const canScan = (level: unknown, rights: string[]) => reaches(level, 'Write') || rights.includes('WebshopScanTickets');
	const extents: Record<Right, Extent> = {
		payments: everywhere(has('OrganizationManagePayments', 'OrganizationFinanceDirector')),
		finance: everywhere(has('OrganizationFinanceDirector')),
		readWebshop: webshops('Read'),
		writeWebshop: webshops('Write'),
		fullWebshop: webshops('Full'),
		scan: extentOf('Webshops', grants, canScan, names),
		members: extentOf('Groups', grants, (level) => reaches(level, 'Read'), new Map()),
		everything: everywhere(grants.some(({ level }) => level === 'Full')),
	};
	return (Object.keys(RIGHTS) as Right[]).map((right) => {
		const { all, some } = extents[right];
		return { right: RIGHTS[right], isGranted: all || some.length > 0, grantedFor: all ? 'everything' : joined(some), usedFor: USED_FOR[right] };
	});
}
