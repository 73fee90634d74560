/** The filters of the current line's lists, and the lists themselves. */
import type { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { List } from '../transport/paging';
import { PAGE_SIZE, readStamhoofdPage } from './paging';

export type Condition = IDataObject | undefined;

/** A bare number as a date makes the server fail (observed). */
export const date = (milliseconds: number) => ({ $: '$date', value: milliseconds });

/** At this moment or later. */
export function from(field: string, at: DateTime | undefined): Condition {
	return at && { [field]: { $gte: date(at.toMillis()) } };
}

/** Before this moment. To the server what has no date is before every date (observed). */
export function before(field: string, at: DateTime | undefined): Condition {
	return at && { $and: [{ [field]: { $lt: date(at.toMillis()) } }, { [field]: { $neq: null } }] };
}

/** One of these values; anything if there are none. */
export function oneOf(field: string, values: string[] | undefined): Condition {
	return values && values.length > 0 ? { [field]: { $in: values } } : undefined;
}

/** One of the records that belong to a record meets a condition. */
export function some(relation: string, condition: IDataObject): IDataObject {
	return { [relation]: { $elemMatch: condition } };
}

export function filterOf(conditions: Condition[]): string | undefined {
	const given = conditions.filter((condition) => condition !== undefined);
	if (given.length === 0) return undefined;
	return JSON.stringify(given.length > 1 ? { $and: given } : given[0]);
}

/**
 * A filter with one condition in front of the others, side by side: a key that may see one group only is let through if
 * the group stands there (read in the source).
 */
export function inFront(first: Condition, others: Condition[]): Condition[] {
	const rest = others.filter((condition) => condition !== undefined);
	if (!first || rest.length === 0) return [first, ...rest];
	return [{ ...first, $and: rest }];
}

interface Asked {
	conditions?: Condition[];
	search?: string;
	/** Left out: the newest first. */
	sort?: string;
	/** How many records are wanted. */
	limit?: number;
}

/** A list of the current line, page by page. */
export function listAt(url: string, { conditions = [], search, sort = 'createdAt DESC,id DESC', limit = PAGE_SIZE }: Asked): List {
	return {
		request: { url, qs: { limit: Math.min(limit, PAGE_SIZE), sort, filter: filterOf(conditions), search } },
		readPage: readStamhoofdPage,
	};
}
