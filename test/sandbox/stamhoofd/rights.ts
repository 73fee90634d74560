/** What each API key may do, as the real backend grants and refuses it. */
import type { Group } from './seedMembers';
import { Refusal } from './filter';
import type { KeyName, State, Webshop } from './seed';

type Level = 'None' | 'Read' | 'Write' | 'Full';

const LEVELS: Level[] = ['None', 'Read', 'Write', 'Full'];

export interface Rights {
	/** Full access to the organization, which includes every other right and alone reaches the documents. */
	isFull: boolean;
	payments: boolean;
	/** Finance director: includes payments. */
	finance: boolean;
	webshops: Level;
	/** Whether the right on webshops is for the first one only. */
	isOneWebshop: boolean;
	scan: boolean;
	groups: Level;
}

const none: Rights = { isFull: false, payments: false, finance: false, webshops: 'None', isOneWebshop: false, scan: false, groups: 'None' };

export const RIGHTS: Record<KeyName, Rights> = {
	full: { ...none, isFull: true, payments: true, finance: true, webshops: 'Full', scan: true, groups: 'Full' },
	withoutPayments: { ...none, webshops: 'Read', groups: 'Read' },
	payments: { ...none, payments: true },
	finance: { ...none, payments: true, finance: true },
	webshops: { ...none, webshops: 'Full', scan: true },
	oneWebshop: { ...none, webshops: 'Full', scan: true, isOneWebshop: true },
	readWebshops: { ...none, webshops: 'Read' },
	scan: { ...none, scan: true },
	members: { ...none, groups: 'Read' },
	nothing: none,
};

/** The right behind a key; undefined for a key that there is not. */
export function rightsOf(state: State, authorization: unknown): Rights | undefined {
	const known = Object.entries(state.keys).find(([, key]) => authorization === `Bearer ${key}`);
	return known && RIGHTS[known[0] as KeyName];
}

const reaches = (level: Level, wanted: Level) => LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);

export function mayUseWebshop(rights: Rights, webshop: Webshop, state: State, wanted: Level): boolean {
	const isIncluded = !rights.isOneWebshop || webshop === state.webshops[0];
	// Who scans reads the webshop too.
	return isIncluded && (reaches(rights.webshops, wanted) || (wanted === 'Read' && rights.scan));
}

export function mayScan(rights: Rights, webshop: Webshop, state: State): boolean {
	return (rights.scan || reaches(rights.webshops, 'Write')) && mayUseWebshop(rights, webshop, state, 'Read');
}

export function maySeeGroup(rights: Rights, { status }: Group): boolean {
	return reaches(rights.groups, 'Read') && (rights.isFull || status !== 'Archived');
}

export function isEmpty(rights: Rights): boolean {
	return rights === none;
}

/** The status is observed, the words are inferred. */
export function permissionDenied(): Refusal {
	return new Refusal(403, 'permission_denied', 'You do not have permissions for this action', {
		human: 'Je hebt geen toegang tot deze gegevens',
	});
}

/** How the server refuses what somebody may not know of (read in the source). */
export function notFoundOrNoAccess(): Refusal {
	return new Refusal(404, 'not_found', 'Resource not found or no access', { human: 'Niet gevonden of geen toegang' });
}

const accessRights = ({ payments, finance, isFull }: Rights) =>
	isFull ? [] : [finance ? 'OrganizationFinanceDirector' : payments ? 'OrganizationManagePayments' : undefined].filter((right) => right !== undefined);

const ROLE_ID = '00000003-0000-4000-8000-000000000000';

/** The roles of the organization as far as the key has them. */
export function rolesOf(rights: Rights): object[] {
	const own = accessRights(rights);
	return own.length === 0 ? [] : [{ id: ROLE_ID, name: 'Boekhouding', level: 'None', accessRights: own, resources: {} }];
}

/** `permissions` of the user behind a key. */
export function permissionsOf(rights: Rights, state: State): object | null {
	if (isEmpty(rights)) return null;
	const { webshops, scan, isOneWebshop, groups, isFull } = rights;
	const forAll = (level: Level, right?: string) => ({ n: '', l: level, r: right ? [right] : [] });
	const shop = isOneWebshop ? state.webshops[0].id : '';
	const resources = isFull
		? {}
		: {
				...((webshops !== 'None' || scan) && { Webshops: { [shop]: forAll(webshops, scan ? 'WebshopScanTickets' : undefined) } }),
				...(groups !== 'None' && { Groups: { '': forAll(groups) } }),
			};
	const roles = rolesOf(rights).length === 0 ? [] : [{ id: ROLE_ID, name: 'Boekhouding' }];
	return { level: isFull ? 'Full' : 'None', resources, responsibilities: [], roles };
}
