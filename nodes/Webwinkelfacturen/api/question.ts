/** What is asked of the API, read from the query. */
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { ZONE } from '../../operation/time';
import { Refusal } from './failure';

export const RESOURCES = ['sales', 'receipts', 'customers', 'products', 'vat-rates', 'payment-methods', 'categories'] as const;
export type ResourceName = (typeof RESOURCES)[number];

export interface Parameter {
	name: string;
	description: string;
	example: string;
	schema: IDataObject;
}

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });

const PARAMETERS: Record<string, Parameter> = {
	id: { name: 'id', description: 'ID of one, which never changes', example: 'boekwinkeltjes:4006', schema: text(300) },
	number: { name: 'number', description: 'Number of one, as people know it', example: '4006', schema: text(100) },
	email: { name: 'email', description: 'E-mail address of one debtor', example: 'name@example.com', schema: text(254) },
	sku: { name: 'sku', description: 'Article number of one product', example: '9789028242081', schema: text(100) },
	from: { name: 'from', description: 'Begin of a period: a day, or a moment with its time zone', example: '2026-11-01', schema: text(40) },
	to: { name: 'to', description: 'End of the period: a day that belongs to it, or a moment that does not', example: '2026-11-30', schema: text(40) },
	status: {
		name: 'status',
		description: 'Only those whose payment is in this state',
		example: 'paid',
		schema: { type: 'string', enum: ['open', 'paid', 'partiallyPaid', 'refunded', 'cancelled'] },
	},
	limit: { name: 'limit', description: 'How many on a page', example: '50', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
	cursor: { name: 'cursor', description: 'Where the next page begins: page.next of the page before', example: 'MjAyNi0xMS0wMQ', schema: text(1000) },
};

const ALLOWED: Record<ResourceName, string[]> = {
	sales: ['id', 'number', 'from', 'to', 'status', 'limit', 'cursor'],
	receipts: ['id', 'number', 'from', 'to', 'status', 'limit', 'cursor'],
	customers: ['email', 'limit', 'cursor'],
	products: ['id', 'sku', 'limit', 'cursor'],
	'vat-rates': ['limit', 'cursor'],
	'payment-methods': ['limit', 'cursor'],
	categories: ['limit', 'cursor'],
};

export const parametersOf = (resource: ResourceName): Parameter[] => ALLOWED[resource].map((name) => PARAMETERS[name]);

/** In milliseconds; `to` is the first moment that does not belong to it. */
export interface Period {
	from: number;
	to: number;
}

export interface Question {
	resource: ResourceName;
	id?: string;
	number?: string;
	email?: string;
	sku?: string;
	period?: Period;
	status?: string;
	limit: number;
	/** Key of the last record of the page before. */
	after?: string;
}

const LONGEST_PERIOD = 366 * 86_400_000;
/** What lies outside has no sales, and is no date to every shop. */
const [FIRST_YEAR, LAST_YEAR] = [1970, 9998];
const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

function edgeOf(field: 'from' | 'to', written: string): number {
	const isDay = DAY.test(written);
	const at = isDay || MOMENT.test(written) ? DateTime.fromISO(written, { zone: ZONE }) : DateTime.invalid('form');
	if (!at.isValid || at.year < FIRST_YEAR || at.year > LAST_YEAR) throw new Refusal('invalid_parameter', `${field} is neither a day such as 2026-11-01 nor a moment with its time zone such as 2026-11-01T00:00:00+01:00`, { field });
	return (isDay && field === 'to' ? at.plus({ days: 1 }) : at).toMillis();
}

function periodOf(from: string | undefined, to: string | undefined): Period | undefined {
	if (from === undefined && to === undefined) return undefined;
	const missing = from === undefined ? 'from' : to === undefined ? 'to' : undefined;
	if (missing) throw new Refusal('missing_parameter', `${missing} is missing: a period has a begin and an end`, { field: missing });
	const period = { from: edgeOf('from', from!), to: edgeOf('to', to!) };
	if (period.to <= period.from) throw new Refusal('invalid_parameter', 'to lies before from', { field: 'to' });
	if (period.to - period.from > LONGEST_PERIOD) throw new Refusal('period_too_long', 'A period has at most 366 days: ask for it in parts', { field: 'to' });
	return period;
}

/** @throws Refusal that names the parameter */
export function readQuestion(resource: ResourceName, query: IDataObject): Question {
	const allowed = ALLOWED[resource];
	const given: Record<string, string | undefined> = {};
	for (const [name, value] of Object.entries(query)) {
		if (!allowed.includes(name)) throw new Refusal('unknown_parameter', `${name.slice(0, 50)} is no parameter of ${resource}: use ${allowed.join(', ')}`, { field: name.slice(0, 50) });
		if (typeof value !== 'string') throw new Refusal('invalid_parameter', `${name} is given more than once`, { field: name });
		const { maxLength = 20, enum: words } = PARAMETERS[name].schema as { maxLength?: number; enum?: string[] };
		if (value === '' || value.length > maxLength) throw new Refusal('invalid_parameter', `${name} is empty or longer than ${maxLength} characters`, { field: name });
		if (words && !words.includes(value)) throw new Refusal('invalid_parameter', `${name} is not one of ${words.join(', ')}`, { field: name });
		given[name] = value;
	}
	const { id, number, email, sku, status, cursor, limit = '50' } = given;
	if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 100) throw new Refusal('invalid_parameter', 'limit is not a number from 1 to 100', { field: 'limit' });
	const period = periodOf(given.from, given.to);
	const searches = [id, number, period].filter((one) => one !== undefined).length;
	if (['sales', 'receipts'].includes(resource)) {
		if (searches === 0) throw new Refusal('missing_parameter', 'Ask for one by id or number, or for a period by from and to', { field: 'from' });
		if (searches > 1) throw new Refusal('unsupported_search', 'Ask by id, by number or by a period, not by several of them', { field: id ? 'id' : 'number' });
	}
	return { resource, id, number, email, sku, period, status, limit: Number(limit), after: cursor === undefined ? undefined : keyIn(cursor) };
}

export const cursorOf = (key: string) => Buffer.from(key).toString('base64url');

function keyIn(cursor: string): string {
	const key = Buffer.from(cursor, 'base64url').toString();
	if (cursorOf(key) !== cursor) throw new Refusal('invalid_parameter', 'cursor is not one that a page has named', { field: 'cursor' });
	return key;
}

/** The records after the cursor, as many as a page has, and where the next page begins. */
export function pageOf<T>(records: T[], keyOf: (record: T) => string, { after = '', limit }: Pick<Question, 'after' | 'limit'>) {
	const rest = records.filter((record) => keyOf(record) > after);
	const data = rest.slice(0, limit);
	const next = rest.length > limit ? cursorOf(keyOf(data[data.length - 1])) : null;
	return { data, page: { limit, count: data.length, next } };
}
