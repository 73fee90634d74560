/** Filters that more than one list has. Left out, everything is listed. */
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
	description: 'Only these, by their IDs, with commas between them',
};

/** Those that the manual gives for nearly every list. */
export const commonFilters = [createdSince, search, updatedSince, updatedUntil];
