/** Filters that more than one list has. Left out, everything is listed. Each says how its value is sent. */
import { list, moment, text } from '../input';
import type { Fields } from '../input';

export const createdSince = moment({ displayName: 'Created After', description: 'Only what was created at this moment or later' });

export const updatedSince = moment({ displayName: 'Updated After', description: 'Only what was changed at this moment or later' });

export const updatedUntil = moment({ displayName: 'Updated Before', description: 'Only what was last changed at this moment or earlier' });

export const search = text({ description: 'A text to look for; Topgeschenken decides in which fields' });

/** The end of a path or a URL, which is the ID. */
const lastSegment = (value: unknown) => String(value).trim().replace(/\/$/, '').split('/').pop()!;

/** Values with commas between them, however they are typed in. */
export const idList = (displayName: string, description: string, placeholder?: string) =>
	list({ displayName, description, placeholder }, lastSegment);

export const uuids = idList('IDs', 'Only these, by their IDs or URLs, with commas between them', 'e.g. 11111111-2222-3333-4444-555555555555');

/** Those that the manual gives for nearly every list. */
export const commonFilters = { createdSince, search, updatedSince, updatedUntil } satisfies Fields;
