/** How the tests of all platforms write items and read results. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { NodeResult } from './harness';

/** A resource locator set to an ID, or to an expression that gives one. */
export function byId(value: string | number): INodeParameters {
	return { __rl: true, mode: 'id', value } as unknown as INodeParameters;
}

/** Columns filled in one by one, as n8n stores them. */
export function mapped(value: INodeParameters): INodeParameters {
	return { mappingMode: 'defineBelow', value } as unknown as INodeParameters;
}

/** Columns that are found in the item by their names. */
export const MAPPED_AUTOMATICALLY = { mappingMode: 'autoMapInputData', value: null } as unknown as INodeParameters;

export function json({ items }: NodeResult): IDataObject[] {
	return items.map((item) => item.json);
}

/** Items with these fields, as an earlier node of the workflow would give them. */
export function input(...records: IDataObject[]): INodeExecutionData[] {
	return records.map((record) => ({ json: record }));
}

/** Which input item each output item belongs to. */
export function pairs(items: INodeExecutionData[]): unknown[] {
	return items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
}

export const ids = (records: Array<{ id?: unknown }>) => records.map(({ id }) => id);
