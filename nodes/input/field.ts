/** A field of a node: what the panel shows, how its value is read, and so the type of what an operation gets. */
import { has, isPlainObject, startCase } from 'lodash';
import { DateTime } from 'luxon';
import type { INodeProperties, NodePropertyTypes } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';

/** What a reader may need to know beside the value. */
export interface Reading {
	/** Time zone of the workflow, for dates that name none. */
	zone: string;
	/** What is given for another field beside it, as it was typed. */
	sibling?(name: string): unknown;
	/** The item that comes in. */
	item?: object;
	/** Shows a text with the output, once however many items ask for it. */
	hint?(message: string): void;
}

/**
 * The value in the form that the operation works with.
 * Throws InvalidInput with the end of a sentence that begins with the label: `"abc" is not a date: write it as 31-12-2026`.
 */
export type Reader<T> = (given: unknown, reading: Reading) => T;

/** What a person can set of any field. */
export interface FieldOptions<T = unknown> {
	/** Left out: made of the name, `bookNumber` becomes "Book Number". */
	displayName?: string;
	description?: string;
	hint?: string;
	placeholder?: string;
	/** What the panel starts with. */
	default?: unknown;
	/** An item without a value is refused. */
	required?: boolean;
	typeOptions?: INodeProperties['typeOptions'];
	/** Only there while other fields of the operation, or `@tool`, have one of these values. */
	show?: Record<string, Array<string | number | boolean>>;
	noDataExpression?: boolean;
	/** What the reader gives is checked or changed further. */
	check?(value: T): T;
}

type Panel = Omit<INodeProperties, 'name' | 'displayName' | 'default'> & { displayName?: string; default: unknown };

export interface Field<T> {
	panel: Panel;
	/** Of what is given; never called for a field that is empty, unless `readsEmpty`. */
	read: Reader<T>;
	required: boolean;
	/** The reader makes something of an empty value too. */
	readsEmpty?: boolean;
	show?: FieldOptions['show'];
}

export type Fields = Record<string, Field<unknown>>;

type ValueOf<F> = F extends Field<infer T> ? T : never;

/** What an operation gets of its fields, by their names. */
export type InputOf<F extends Fields> = { [Name in keyof F]: ValueOf<F[Name]> };

/** A required field always has a value. */
export type Given<T, O> = O extends { required: true } ? T : T | undefined;

/** False for what an empty cell or an expression without a result gives. */
export function isGiven(value: unknown): boolean {
	if (value === undefined || value === null) return false;
	return typeof value !== 'string' || value.trim() !== '';
}

/** A value as it is quoted in a message; long ones are cut. */
export function quoted(value: unknown): string {
	const text = String(value).trim();
	return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}

/** More than any field of these services takes. */
const LONGEST = 100_000;

/**
 * Text from a text, a number, a date or an array of these.
 * @throws InvalidInput for an object, whose text would be "[object Object]", and for what is longer than any field takes
 */
export function plainText(given: unknown, longest = LONGEST, separator = ', '): string {
	if (Array.isArray(given)) {
		const texts = given.filter(isGiven).map((one) => plainText(one, longest, separator));
		return plainText(texts.join(separator), longest);
	}
	if (given instanceof Date) return Number.isNaN(given.getTime()) ? '' : given.toISOString();
	if (DateTime.isDateTime(given)) return given.toISO() ?? '';
	if (typeof given === 'object' && given !== null) {
		const members = Object.keys(given).slice(0, 5);
		throw new InvalidInput(
			`is an object, not a text: map one of its members instead${members.length > 0 ? `, for example ${members.join(', ')}` : ''}`,
		);
	}
	const text = String(given ?? '').trim();
	if (text.length > longest) throw new InvalidInput(`is longer than ${longest} characters: shorten it`);
	return text;
}

/** Signs that take no room and come along with what is copied: soft hyphens, joiners, marks of direction and byte order. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/**
 * The text of a cell that holds one thing, such as a code, a day or an amount: without the quotes of ="0123" and "0123",
 * without the apostrophe that makes a sheet take '0123 for text, and without signs that nobody sees.
 * @throws InvalidInput as `plainText` does
 */
export function cellText(given: unknown, longest?: number): string {
	const bare = plainText(given, longest).replace(INVISIBLE, '').trim();
	return bare.replace(/^=?"([^"]*)"$/, '$1').replace(/^'/, '').trim();
}

/** A field of a kind. Kinds of fields are made with this: `text`, `euro`, `day`, … */
export function field<T, O extends FieldOptions<T>>(
	type: NodePropertyTypes,
	read: Reader<T>,
	options: O,
	more: Partial<Panel> & { readsEmpty?: boolean } = {},
): Field<Given<T, O>> {
	const { check, show, required = false, ...shown } = options;
	const { readsEmpty, ...panel } = more;
	const typeOptions = panel.typeOptions || shown.typeOptions ? { typeOptions: { ...panel.typeOptions, ...shown.typeOptions } } : {};
	return {
		panel: {
			type,
			...panel,
			...shown,
			...typeOptions,
			default: options.default ?? panel.default ?? '',
			...(required ? { required } : {}),
		} as Panel,
		read: ((given, reading) => (check ? check(read(given, reading)) : read(given, reading))) as Reader<Given<T, O>>,
		required,
		readsEmpty,
		show,
	};
}

/** The label of a field as the panel and the messages have it. */
export function labelOf(name: string, { panel }: Field<unknown>): string {
	return panel.displayName ?? startCase(name);
}

/** The field as n8n's panel wants it. */
export function propertyOf(name: string, one: Field<unknown>): INodeProperties {
	const { panel, show } = one;
	const property = { ...panel, displayName: labelOf(name, one), name } as INodeProperties;
	return show ? { ...property, displayOptions: { show } } : property;
}

export function propertiesOf(fields: Fields): INodeProperties[] {
	return Object.entries(fields).map(([name, one]) => propertyOf(name, one));
}

/** What is wrong with one item; it names every faulty field. */
export class FaultyInput extends InvalidInput {
	constructor(readonly faults: string[]) {
		super(faults.join('; '));
	}
}

/** Fields whose conditions are not met are not there. */
function isShown({ show = {} }: Field<unknown>, fields: Fields, given: (name: string) => unknown): boolean {
	return Object.entries(show).every(([name, values]) => {
		if (!has(fields, name) && name !== '@tool') return true;
		const value = given(name);
		return values.includes(value as string) || values.map(String).includes(String(value));
	});
}

/** The sentence of a fault, with the field's label in front of what its reader says; those of fields within it are whole. */
function faultOf(label: string, error: unknown): string[] {
	if (error instanceof FaultyInput) return error.faults;
	if (error instanceof InvalidInput) return [`${label} ${error.message}`];
	throw error;
}

const EMPTY = 'is empty: fill it in, or check the expression that gives it';

/**
 * Reads all fields of an item, or of a group within it.
 * @param given the value of a field by its name, expressions resolved; it may throw what n8n throws for an expression that fails
 * @returns the values, and a sentence for each field that is wrong
 */
export function tryFields<F extends Fields>(
	fields: F,
	given: (name: string) => unknown,
	reading: Reading,
): { values: InputOf<F>; faults: string[] } {
	const faults: string[] = [];
	const values: Record<string, unknown> = {};
	for (const [name, one] of Object.entries(fields)) {
		if (one.panel.type === 'notice' || !isShown(one, fields, given)) continue;
		const value = given(name);
		const label = labelOf(name, one);
		try {
			if (isGiven(value) || one.readsEmpty) values[name] = one.read(value, { ...reading, sibling: given });
			// A required field that is empty after reading is as empty as one without a value.
			if (one.required && !isGiven(values[name])) faults.push(`${label} ${EMPTY}`);
		} catch (error) {
			faults.push(...faultOf(label, error));
		}
	}
	return { values: values as InputOf<F>, faults };
}

/** As `tryFields`. @throws FaultyInput that names every field that is wrong */
export function readFields<F extends Fields>(fields: F, given: (name: string) => unknown, reading: Reading): InputOf<F> {
	const { values, faults } = tryFields(fields, given, reading);
	if (faults.length > 0) throw new FaultyInput(faults);
	return values;
}

/** The member of an object by its name, own ones only: "constructor" is a name like any other. */
export function memberOf(object: unknown, name: string): unknown {
	return isPlainObject(object) && Object.hasOwn(object as object, name) ? (object as Record<string, unknown>)[name] : undefined;
}
