/** Records as sheets and CSV take them: nothing nested. */
import { camelCase, isPlainObject, upperFirst } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

const DEEPEST = 20;

/** One text of a list: its plain values with commas, its records each as "member: value" of what is filled in. */
function listText(list: unknown[], depth: number): string {
	return list
		.map((one) => {
			if (!isPlainObject(one)) return Array.isArray(one) ? listText(one, depth + 1) : String(one ?? '');
			const entries = Object.entries(flat(one as IDataObject, depth + 1)).filter(([, value]) => value !== null && value !== '');
			return entries.map(([name, value]) => `${name}: ${String(value)}`).join(', ');
		})
		.filter(Boolean)
		.join(list.some(isPlainObject) ? '; ' : ', ');
}

/**
 * The record without anything nested: `invoiceAddress: { street }` becomes `invoiceAddressStreet`, a list becomes one text.
 * What is nested deeper than any record of these services is left out.
 */
export function flat(record: IDataObject, depth = 0): IDataObject {
	const entries = Object.entries(record).flatMap(([name, value]): Array<[string, unknown]> => {
		if (Array.isArray(value)) return [[name, depth < DEEPEST ? listText(value, depth + 1) : null]];
		if (!isPlainObject(value)) return [[name, value]];
		if (depth >= DEEPEST) return [];
		return Object.entries(flat(value as IDataObject, depth + 1)).map(([member, one]) => [camelCase(name) + upperFirst(member), one]);
	});
	return Object.fromEntries(entries) as IDataObject;
}
