/** Everything in this API is known by a UUID; some fields want it bare, others as the path of the thing, an IRI. */
import { isPlainObject } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';
import type { ApiRequest } from '../transport/platform';
import type { Call } from '../operation/legacy';
import { apiRequest } from './request';

/** Where each kind of thing stands, as the manual's endpoints name it (stated); an address only ever appears as a link. */
export const PATHS = {
	address: '/api/v1/relation/addresses',
	assortment: '/api/v1/catalog/assortments',
	cart: '/api/v1/order/carts',
	company: '/api/v1/catalog/relation/companies',
	customer: '/api/v1/catalog/relation/customers',
	order: '/api/v1/order/orders',
	product: '/api/v1/catalog/products',
	productGroup: '/api/v1/catalog/product-group',
} as const;

export type Kind = keyof typeof PATHS;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/**
 * The other path of a list or thing that the manual places in two ways: its endpoints say /catalog/relation/…, the links
 * in its samples say /relation/….
 */
export function otherPath(path: string): string | undefined {
	if (path.includes('/api/v1/catalog/relation/')) return path.replace('/catalog/relation/', '/relation/');
	if (path.includes('/api/v1/relation/')) return path.replace('/relation/', '/catalog/relation/');
	return undefined;
}

/** The thing that a path leads to, or that something is done with, such as to finalize it; undefined if it is a list. */
export function thingAt(path: string): { kind: Kind; uuid: string } | undefined {
	const [, collection, uuid] = /\/([\w-]+)\/([0-9a-f-]{36})(?:\/finalize)?$/.exec(path) ?? [];
	const kind = (Object.keys(PATHS) as Kind[]).find((one) => PATHS[one].endsWith(`/${collection}`));
	return kind && { kind, uuid };
}

/** What a field for one thing holds, in a list of lines the whole locator; empty if an expression gave nothing. */
export function givenIn(value: unknown): string {
	return String((isPlainObject(value) ? (value as { value?: unknown }).value : value) ?? '').trim();
}

/**
 * The UUID in a UUID, an IRI or a URL.
 * @throws InvalidInput if there is none, or if it is the address of something else
 */
export function uuidOf(field: string, kind: Kind, value: unknown): string {
	const text = givenIn(value);
	if (text === '') throw new InvalidInput(`${field} is empty: fill it in, or check the expression that gives it`);
	const segments = text.split(/[?#]/)[0].replace(/\/+$/, '').split('/');
	const last = segments.pop()!;
	const collection = segments.pop();
	if (last.replace(UUID, '') !== '' || last === '') {
		throw new InvalidInput(
			`${field} "${text}" is not an ID of Topgeschenken: it looks like 11111111-2222-3333-4444-555555555555, or is an address that ends so`,
		);
	}
	if (collection !== undefined && collection !== PATHS[kind].split('/').pop()) {
		throw new InvalidInput(`${field} "${text}" is the address of something else: choose one under ${PATHS[kind]}`);
	}
	return last.toLowerCase();
}

/** The request for one thing. */
export function requestFor(kind: Kind, uuid: string): ApiRequest {
	return { url: `${PATHS[kind]}/${uuid}` };
}

/** Answers that are the same for every item of a run; they go when n8n lets go of the run. */
const runs = new WeakMap<object, Map<string, Promise<IDataObject>>>();

/** Gets a thing once per run, however many items ask for it. */
export async function getOnce(kind: Kind, uuid: string, call: Call, language?: string): Promise<IDataObject> {
	const run = ('getExecuteData' in call.context && call.context.getExecuteData()) || call;
	const known = runs.get(run) ?? new Map<string, Promise<IDataObject>>();
	runs.set(run, known);
	const key = [kind, uuid, language].join(' ');
	const record =
		known.get(key) ??
		call.send(apiRequest(call, requestFor(kind, uuid), language)).then(({ body }) => body as IDataObject);
	known.set(key, record);
	// A failure is shared by those who wait for it; a later try asks again.
	record.catch(() => known.delete(key));
	return await record;
}
