/** Shapes of records: one description gives the type, the JSON Schema for documentation, and the reader. */
import { DateTime } from 'luxon';

/** What is wrong with a document. `text` is a clause, such as "the lines add up to 17.99, the document says 17.98". */
export interface Finding {
	/** SD01 to SD16 for a document, CL01 and CL02 for the closure of a day. */
	code: string;
	/** As `lines[2].vat.amount`. */
	path: string;
	expected: string | number | null;
	actual: string | number | null;
	text: string;
}

export interface JsonSchema {
	type: string | string[];
	description: string;
	format?: string;
	pattern?: string;
	enum?: Array<string | null>;
	required?: string[];
	properties?: Record<string, JsonSchema>;
	items?: JsonSchema;
	maxItems?: number;
	maxLength?: number;
}

/** `T` is what `read` gives for a right value; for another one it adds to the findings. */
export interface Shape<T> {
	schema: JsonSchema;
	read(value: unknown, path: string, findings: Finding[]): T;
}

export type Of<S> = S extends Shape<infer T> ? T : never;

const LONGEST_TEXT = 10_000;
const MOST_ITEMS = 10_000;

/** A value as it may stand in a sentence. */
function shown(value: unknown): string | number | null {
	if (value === undefined || value === null) return null;
	if (typeof value === 'number') return value;
	return typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'an object') : String(value).slice(0, 100);
}

/** What XML 1.0 cannot hold, lone surrogates among it. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** What is left of a text that people and XML can read. */
export const legible = (written: string) => written.replace(FORBIDDEN, '').trim();

function leaf<T>(code: string, schema: JsonSchema, expected: string, isRight: (value: unknown) => boolean): Shape<T> {
	return {
		schema,
		read(value, path, findings) {
			if (!isRight(value)) {
				const actual = shown(value);
				findings.push({ code, path, expected, actual, text: `${path} is ${actual ?? 'missing'}, not ${expected}` });
			}
			return value as T;
		},
	};
}

export function text(description: string, code = 'SD10'): Shape<string> {
	const schema: JsonSchema = { type: 'string', description, maxLength: LONGEST_TEXT };
	return leaf(code, schema, `a text of at most ${LONGEST_TEXT} characters`, (value) =>
		typeof value === 'string' && value.length <= LONGEST_TEXT && legible(value) !== '',
	);
}

export function pattern(description: string, code: string, form: RegExp, expected: string): Shape<string> {
	return leaf(code, { type: 'string', description, pattern: form.source }, expected, (value) =>
		typeof value === 'string' && value.length <= LONGEST_TEXT && form.test(value),
	);
}

export function word<const Word extends string>(description: string, words: readonly Word[], code = 'SD10'): Shape<Word> {
	return leaf(code, { type: 'string', description, enum: [...words] }, `one of ${words.join(', ')}`, (value) =>
		words.includes(value as Word),
	);
}

export function yesNo(description: string): Shape<boolean> {
	return leaf('SD10', { type: 'boolean', description }, 'true or false', (value) => typeof value === 'boolean');
}

export function number(description: string, code: string, type: 'integer' | 'number', expected: string, isRight: (value: number) => boolean): Shape<number> {
	return leaf(code, { type, description }, expected, (value) => typeof value === 'number' && isRight(value));
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

export function instant(description: string): Shape<string> {
	return leaf('SD10', { type: 'string', description, format: 'date-time' }, 'a date and time with a zone', (value) =>
		typeof value === 'string' && INSTANT.test(value) && DateTime.fromISO(value).isValid,
	);
}

/** What cannot be read is nothing, too. */
export function orNull<T>({ schema, read }: Shape<T>): Shape<T | null> {
	const type = [schema.type, 'null'].flat();
	return {
		schema: { ...schema, type, ...(schema.enum && { enum: [...schema.enum, null] }) },
		read: (value, path, findings) => (isNothing(value) ? null : read(value, path, findings)),
	};
}

const isNothing = (value: unknown) =>
	value === undefined || value === null || (typeof value === 'string' && value.length <= LONGEST_TEXT && legible(value) === '');

/** What documents of others may lack. */
export function orElse<T>({ schema, read }: Shape<T>, missing: () => T): Shape<T> {
	return { schema, read: (value, path, findings) => (value === undefined ? missing() : read(value, path, findings)) };
}

/** Reads its fields and leaves out all others. */
export function object<Fields extends Record<string, Shape<unknown>>>(
	description: string,
	fields: Fields,
): Shape<{ [Name in keyof Fields]: Of<Fields[Name]> }> {
	const properties = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));
	return {
		schema: { type: 'object', description, required: Object.keys(fields), properties },
		read(value, path, findings) {
			const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
			if (!given) {
				const actual = shown(value);
				const where = path || 'this';
				findings.push({ code: 'SD10', path, expected: 'an object', actual, text: `${where} is ${actual ?? 'missing'}, not an object` });
			}
			const read = Object.entries(fields).map(([name, shape]) => {
				const inner = path ? `${path}.${name}` : name;
				const own = given && Object.hasOwn(given, name) ? given[name] : undefined;
				return [name, given && shape.read(own, inner, findings)];
			});
			return Object.fromEntries(read);
		},
	};
}

export function list<T>(description: string, { schema, read }: Shape<T>, most = MOST_ITEMS): Shape<T[]> {
	return {
		schema: { type: 'array', description, items: schema, maxItems: most },
		read(value, path, findings) {
			if (Array.isArray(value) && value.length <= most) {
				return value.map((item, index) => read(item, `${path}[${index}]`, findings));
			}
			const expected = `a list of at most ${most}`;
			const actual = Array.isArray(value) ? value.length : shown(value);
			findings.push({ code: 'SD10', path, expected, actual, text: `${path} is ${actual ?? 'missing'}, not ${expected}` });
			return [];
		},
	};
}
