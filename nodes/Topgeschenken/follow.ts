/** Puts what a record only links to in the place of the link. */
import { isPlainObject } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../operation/call';
import { failureBehind } from '../transport/errors';
import { getOnce, uuidOf } from './references';
import type { Kind } from './references';

const followable: Kind[] = ['address', 'company', 'customer', 'product'];

/** What the field links to, by its name: `invoiceAddress` is an address. */
function kindOf(name: string, value: unknown): Kind | undefined {
	if (typeof value !== 'string' || !value.includes('/api/v1/')) return undefined;
	return followable.find((kind) => name.toLowerCase().endsWith(kind));
}

/**
 * The record with each link of one of the given kinds replaced by what it leads to. Each thing is fetched once per run,
 * however many items name it. A link to something that the account may not see, or that is gone, stays a link.
 */
export async function follow(record: IDataObject, kinds: Kind[], call: Call, language?: string): Promise<IDataObject> {
	async function followed(name: string, value: unknown): Promise<unknown> {
		if (Array.isArray(value)) return await Promise.all(value.map(async (one) => await followed('', one)));
		if (isPlainObject(value)) return await follow(value as IDataObject, kinds, call, language);
		const kind = kindOf(name, value);
		if (kind === undefined || !kinds.includes(kind)) return value;
		return await getOnce(kind, uuidOf(kind, value as string), call, language).catch((error: Error) => {
			if ([403, 404].includes(failureBehind(error)?.reply?.statusCode ?? 0)) return value;
			throw error;
		});
	}
	const fields = Object.entries(record).map(async ([name, value]) => [name, await followed(name, value)]);
	return Object.fromEntries(await Promise.all(fields)) as IDataObject;
}
