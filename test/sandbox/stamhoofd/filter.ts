/** The filters, sorting and cursor of the current line's lists. */

/** An answer that is an error. `field` and `human` are left out where the API leaves them out. */
export class Refusal extends Error {
	/** More errors of the same answer. */
	readonly others: Refusal[] = [];

	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly more: { human?: string; field?: string } = {},
	) {
		super(message);
	}
}

type Value = string | number | boolean | null;

/** A column. */
export interface Field<T> {
	read(record: T): Value;
	isDate?: boolean;
}

/** Other records that belong to a record; the filter asks with $elemMatch whether one of them meets a filter. */
export interface Relation<T> {
	match(filter: unknown): Test<T>;
}

/** What a list can be filtered by, by the name in the filter; nested names are joined with a dot. */
export type Fields<T> = Record<string, Field<T> | Relation<T>>;

type Test<T> = (record: T) => boolean;

export function relation<T, R>(read: (record: T) => R[], fields: Fields<R>): Relation<T> {
	return {
		match(filter) {
			const test = compileFilter(filter, fields);
			return (record) => read(record).some(test);
		},
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRelation<T>(field: Field<T> | Relation<T>): field is Relation<T> {
	return 'match' in field;
}

function valueOf(raw: unknown, isDate = false): Value {
	if (isObject(raw) && raw.$ === '$date') return raw.value as number;
	if (!isDate || raw === null) return raw as Value;
	// The database's own notation, which the cursor uses; a bare number makes the server fail (both observed).
	if (typeof raw === 'string') return Date.parse(`${raw.replace(' ', 'T')}Z`);
	throw new Refusal(500, 'internal_error', 'An internal error occurred');
}

/** Empty comes before everything else, as in the database. */
function compare(value: Value, other: Value): number {
	if (value === null || other === null) return Number(value !== null) - Number(other !== null);
	return value < other ? -1 : value > other ? 1 : 0;
}

/** Text is compared without regard to case. What is empty is smaller than everything: the server has it so (observed). */
const OPERATORS: Record<string, (value: Value, other: never) => boolean> = {
	$eq: (value, other: Value) => same(value) === same(other),
	$neq: (value, other: Value) => same(value) !== same(other),
	$in: (value, others: Value[]) => others.some((other) => same(value) === same(other)),
	$gt: (value, other: Value) => value !== null && (other === null || compare(value, other) > 0),
	$gte: (value, other: Value) => other === null || (value !== null && compare(value, other) >= 0),
	$lt: (value, other: Value) => other !== null && (value === null || compare(value, other) < 0),
	$lte: (value, other: Value) => value === null || (other !== null && compare(value, other) <= 0),
	$contains: (value, other: Value) => String(value ?? '').toLowerCase().includes(String(other).toLowerCase()),
};

function same(value: Value): Value {
	return typeof value === 'string' ? value.toLowerCase() : value;
}

function unknownFilter(name: string): never {
	throw new Refusal(400, 'unknown_filter', `Unknown filter ${name}`, {
		human: 'Deze filter wordt niet ondersteund of er ging iets fout met deze filter',
	});
}

function compileCondition<T>(name: string, condition: unknown, fields: Fields<T>): Test<T> {
	const field = fields[name];
	if (!field) {
		const isNamespace = Object.keys(fields).some((known) => known.startsWith(`${name}.`));
		if (!isNamespace || !isObject(condition)) return unknownFilter(name);
		return every(Object.entries(condition).map(([key, value]) => compileCondition(`${name}.${key}`, value, fields)));
	}
	if (isRelation(field)) {
		if (!isObject(condition)) return unknownFilter(name);
		return every(Object.entries(condition).map(([key, value]) => (key === '$elemMatch' ? field.match(value) : unknownFilter(key))));
	}
	if (!isObject(condition) || '$' in condition) return compileCondition(name, { $eq: condition }, fields);
	return every(
		Object.entries(condition).map(([operator, raw]) => {
			const test = OPERATORS[operator];
			if (!test) return unknownFilter(operator);
			const other = Array.isArray(raw) ? raw.map((one) => valueOf(one, field.isDate)) : valueOf(raw, field.isDate);
			return (record: T) => test(field.read(record), other as never);
		}),
	);
}

function every<T>(tests: Array<Test<T>>): Test<T> {
	return (record) => tests.every((test) => test(record));
}

export function compileFilter<T>(filter: unknown, fields: Fields<T>): Test<T> {
	if (Array.isArray(filter)) return every(filter.map((part) => compileFilter(part, fields)));
	if (!isObject(filter)) throw new Refusal(400, 'invalid_field', 'Expected a filter', { field: 'filter' });
	return every(
		Object.entries(filter).map(([name, condition]): Test<T> => {
			if (name === '$and') return compileFilter(condition, fields);
			if (name === '$or') {
				const tests = (condition as unknown[]).map((part) => compileFilter(part, fields));
				return (record) => tests.some((test) => test(record));
			}
			if (name === '$not') {
				const test = compileFilter(condition, fields);
				return (record) => !test(record);
			}
			// The names of nested fields are not written with a dot.
			return name.includes('.') ? unknownFilter(name) : compileCondition(name, condition, fields);
		}),
	);
}

/** A list as the current line gives it. */
export interface List<T> {
	fields: Fields<T>;
	/** Names of the fields that it can be sorted by, beside the id (read in the source). */
	sorts: string[];
	/** Left out: the list cannot be searched, and a search changes nothing. */
	matches?(record: T, search: string): boolean;
}

interface SortKey<T> {
	name: string;
	descending: boolean;
	field: Field<T>;
}

function parseSort<T>(sort: string, { fields, sorts }: List<T>): Array<SortKey<T>> {
	const keyOf = (name: string, descending: boolean) => ({ name, descending, field: fields[name] as Field<T> });
	const keys = sort.split(',').map((part) => {
		const [name, direction] = part.trim().split(' ');
		if (name !== 'id' && !sorts.includes(name)) {
			throw new Refusal(400, 'invalid_field', `Unknown sort key ${name}`, { field: 'sort' });
		}
		return keyOf(name, direction?.toUpperCase() === 'DESC');
	});
	// The id makes the order of records of the same second certain.
	return keys.some(({ name }) => name === 'id') ? keys : [...keys, keyOf('id', false)];
}

/** The condition that only the records after this one meet, written as the server writes it. */
function cursorAfter<T>(record: T, [key, ...rest]: Array<SortKey<T>>): object {
	const raw = key.field.read(record);
	const value = key.field.isDate && raw !== null ? new Date(raw as number).toISOString().slice(0, 19).replace('T', ' ') : raw;
	const after = { [key.name]: { [key.descending ? '$lt' : '$gt']: value } };
	return rest.length === 0 ? after : { $or: [after, { $and: [{ [key.name]: value }, cursorAfter(record, rest)] }] };
}

export interface ListQuery {
	limit?: string;
	sort?: string;
	filter?: string;
	search?: string;
	pageFilter?: string;
}

function parseFilter(name: string, text: string | undefined): unknown {
	if (!text) return {};
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal(400, 'invalid_field', `Invalid JSON in ${name}`, { field: name });
	}
}

/** Records that filter and search leave, in the order of `records`. */
export function select<T>(records: T[], { filter, search }: ListQuery, { fields, matches = () => true }: List<T>): T[] {
	const isWanted = compileFilter(parseFilter('filter', filter), fields);
	return records.filter((record) => isWanted(record) && (!search || matches(record, search)));
}

/** One page. `next` is there if the page is full, even if nothing comes after it (observed). */
export function listPage<T>(records: T[], query: ListQuery, list: List<T>): { page: T[]; next?: object } {
	const { sort, filter, search } = query;
	for (const name of ['sort', 'limit'] as const) {
		if (!query[name]) throw new Refusal(400, 'missing_field', `Field ${name} is expected`, { field: '' });
	}
	const limit = Number(query.limit);
	if (limit > 100) throw new Refusal(400, 'invalid_field', 'Limit can not be more than 100', { field: 'limit' });
	// The upper end is recorded, the lower one read in the source.
	if (!(limit >= 1)) throw new Refusal(400, 'invalid_field', 'Limit can not be less than 1', { field: 'limit' });
	const keys = parseSort(sort!, list);
	const isAfter = compileFilter(parseFilter('pageFilter', query.pageFilter), list.fields);
	const ordered = select(records, query, list)
		.filter(isAfter)
		.sort((one, other) => {
			for (const { field, descending } of keys) {
				const order = compare(field.read(one), field.read(other));
				if (order !== 0) return descending ? -order : order;
			}
			return 0;
		});
	const page = ordered.slice(0, limit);
	if (page.length < limit) return { page };
	const pageFilter = JSON.stringify(cursorAfter(page[page.length - 1], keys));
	const order = keys.map(({ name, descending }) => `${name} ${descending ? 'DESC' : 'ASC'}`).join(',');
	const next = { ...(filter && { filter }), pageFilter, ...(search && { search }), sort: order, limit };
	return { page, next };
}
