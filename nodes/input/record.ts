/** Whole records: what another node gives, or its JSON as text. */
import { isPlainObject } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';
import { field, isGiven, quoted } from './field';
import type { FieldOptions } from './field';

/** 20 MB: more than any record of these services, and no more than what is read at a stretch. */
const LONGEST_JSON = 20_000_000;

/** Undefined for what is not JSON. */
function fromJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function parsed(given: unknown): unknown {
	if (typeof given !== 'string') return given;
	if (given.length > LONGEST_JSON) throw new InvalidInput('is longer than 20 MB: hand over less at a time');
	const value = fromJson(given);
	if (value === undefined) throw new InvalidInput(`${quoted(given)} is not JSON: choose the field in the mode Expression and write {{ $json }}`);
	return value;
}

/** @throws InvalidInput for what is not one object */
export function readRecord(given: unknown): IDataObject {
	const value = parsed(given);
	if (!isPlainObject(value)) throw new InvalidInput(`${Array.isArray(value) ? 'is a list' : quoted(value)}, not a record: hand over one object, such as {{ $json }}`);
	return value as IDataObject;
}

/** @throws InvalidInput for what is not a list of objects; one object is a list of one */
export function readRecords(given: unknown, most: number): IDataObject[] {
	const value = parsed(given);
	const all = Array.isArray(value) ? value : [value];
	if (all.length > most) throw new InvalidInput(`has more than ${most} entries: hand over fewer at a time`);
	return all.filter(isGiven).map(readRecord);
}

/** One record, such as the item itself. */
export const record = <const O extends FieldOptions<IDataObject>>(options: O = {} as O) =>
	field<IDataObject, O>('json', readRecord, options, { default: '={{ $json }}' });

/** Any number of records, in one list. */
export const records = <const O extends FieldOptions<IDataObject[]> & { most?: number }>(options: O = {} as O) => {
	const { most = 1000, ...shown } = options;
	return field<IDataObject[], O>('json', (given) => readRecords(given, most), shown as unknown as O, { default: '' });
};
