/** Everything in this API is known by a UUID; some fields want it bare, others as the path of the thing, an IRI. */
import { lowerCase } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { quoted } from '../input';
import type { Call } from '../operation/call';
import { InvalidInput } from '../transport/errors';
import { readHydraPage } from './paging';
import { headersOf } from './request';

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

export const EXAMPLE_ID = '11111111-2222-3333-4444-555555555555';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

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

/**
 * The UUID in a UUID, an IRI or a URL.
 * @throws InvalidInput if there is none, or if it is the address of something else
 */
export function uuidOf(kind: Kind, value: string): string {
	const segments = value.trim().split(/[?#]/)[0].replace(/\/$/, '').split('/');
	const last = segments.pop()!;
	const collection = segments.pop();
	if (!UUID.test(last)) {
		throw new InvalidInput(`${quoted(value)} is not an ID of Topgeschenken: it looks like ${EXAMPLE_ID}, or is an address that ends so`);
	}
	if (collection !== undefined && collection !== PATHS[kind].split('/').pop()) {
		throw new InvalidInput(`${quoted(value)} is the address of something else: choose one under ${PATHS[kind]}`);
	}
	return last.toLowerCase();
}

/** A thing by its ID, or by what a person knows it by. */
export type Reference = { uuid: string } | { name: string };

/** @throws InvalidInput for the address of something else */
export function readReference(kind: Kind, value: string): Reference {
	const looksLikeId = value.includes('/') || UUID.test(value.trim());
	return looksLikeId ? { uuid: uuidOf(kind, value) } : { name: value };
}

/** What a record of a kind is known by, in the words of a message, and the members that hold it. */
const NAMES: Partial<Record<Kind, { words: string; members: string[] }>> = {
	product: { words: 'SKU or title', members: ['sku', 'title', 'name'] },
	order: { words: 'number', members: ['orderNumber'] },
};

const SEARCHED = 30;

/**
 * The UUID of what a reference means; a name is looked up once per run.
 * @throws InvalidInput if nothing or more than one thing has that name
 */
export async function resolve(kind: Kind, reference: Reference, call: Call): Promise<string> {
	if ('uuid' in reference) return reference.uuid;
	const { words, members } = NAMES[kind]!;
	const name = reference.name.toLowerCase();
	const found = await call.once(`name ${kind} ${name}`, async () => {
		const request = call.request({ qs: { search: reference.name, page_items: SEARCHED }, headers: headersOf(call) }, `GET ${PATHS[kind]}`);
		const records = await call.collect({ request, readPage: readHydraPage }, 10 * SEARCHED);
		return records.filter((record) => members.some((member) => String(record[member] ?? '').toLowerCase() === name));
	});
	if (found.length === 1) return String(found[0].uuid);
	const thing = lowerCase(kind);
	throw new InvalidInput(
		found.length === 0
			? `${quoted(reference.name)} is not the ${words} of any ${thing}: check it, or choose the ${thing} from the list`
			: `${quoted(reference.name)} is the ${words} of ${found.length} ${thing}s: use the ID of the right one`,
	);
}

/** Gets a thing once per run, however many items ask for it. */
export async function getOnce(kind: Kind, uuid: string, call: Call, language?: string): Promise<IDataObject> {
	return await call.once(`${kind} ${uuid} ${language ?? ''}`, async () => {
		const request = call.request({ path: { uuid }, headers: headersOf(call, language) }, `GET ${PATHS[kind]}/{uuid}`);
		return (await call.send(request)).body as IDataObject;
	});
}
