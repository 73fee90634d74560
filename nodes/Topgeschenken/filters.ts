/** Filters that more than one list has. Left out, everything is listed. */
import { edgeOfDay } from './dates';
import type { Filter } from './reading';

export const createdSince: Filter = {
	displayName: 'Created After',
	name: 'createdSince',
	type: 'dateTime',
	default: '',
	description: 'Only what was created at this moment or later',
};

export const updatedSince: Filter = {
	displayName: 'Updated After',
	name: 'updatedSince',
	type: 'dateTime',
	default: '',
	description: 'Only what was changed at this moment or later',
};

export const updatedUntil: Filter = {
	displayName: 'Updated Before',
	name: 'updatedUntil',
	type: 'dateTime',
	default: '',
	description: 'Only what was last changed at this moment or earlier',
};

export const search: Filter = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	description: 'A text to look for; Topgeschenken decides in which fields',
};

export const uuids: Filter = {
	displayName: 'IDs',
	name: 'uuids',
	type: 'string',
	default: '',
	placeholder: '11111111-2222-3333-4444-555555555555',
	description: 'Only these, by their IDs or URLs, with commas between them',
};

/** Values with commas between them, however they are typed in; of a path or a URL the ID at its end. */
function listOf(_: string, value: unknown): string {
	const values = Array.isArray(value) ? value : String(value ?? '').split(',');
	return values.map((one) => String(one).trim().replace(/\/+$/, '').split('/').pop()).filter(Boolean).join(',');
}

/** How the value of a filter is sent, by the filter's name, where its type does not say so. */
export const written: Record<string, (label: string, value: unknown) => string | undefined> = {
	deliveryFrom: (label, value) => edgeOfDay(label, value, 'start'),
	deliveryUntil: (label, value) => edgeOfDay(label, value, 'end'),
	productGroups: listOf,
	sites: listOf,
	uuids: listOf,
};

/** Those that the manual gives for nearly every list. */
export const commonFilters = [createdSince, search, updatedSince, updatedUntil];
