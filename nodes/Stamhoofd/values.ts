/** Single values of Stamhoofd's records, whichever version gives them. */
import { get, isPlainObject } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

export function text(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** The records in a list within a record: without gaps, and none where there is something else than a list. */
export function listIn(record: unknown, path: string | string[]): IDataObject[] {
	const list: unknown = get(record, path);
	return Array.isArray(list) ? (list as unknown[]).filter((one): one is IDataObject => isPlainObject(one)) : [];
}

/** A time of day as 09:30, from minutes since midnight. */
export function clock(minutes: unknown): string | null {
	if (typeof minutes !== 'number') return null;
	return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A name; where it is translated, an object by language, it is the Dutch one or else the first (read in the source). */
export function nameIn(value: unknown): string | null {
	if (!isPlainObject(value)) return text(value);
	const { nl, ...others } = value as Record<string, unknown>;
	return text(nl) ?? text(Object.values(others)[0]);
}

/** One text of several, each once; null if there are none. */
export function joined(values: unknown[], separator = ', '): string | null {
	return text([...new Set(values.map(text).filter((one) => one !== null))].join(separator));
}

/** Words one after another, as in a name or an address. */
export function spaced(...values: unknown[]): string | null {
	return text(values.map(text).filter((one) => one !== null).join(' '));
}

/** Euro from amounts that came after the change of unit: they are in 1/10 000 euro at every version (read in the source). */
export function euroOfFour(amount: unknown): number | null {
	return typeof amount === 'number' ? amount / 10_000 : null;
}
