/** What all Get and Get Many operations of this API have in common. */
import { mapKeys, mapValues, snakeCase } from 'lodash';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { collection } from '../input';
import type { Fields } from '../input';
import type { Call } from '../operation/call';
import { operation } from '../operation/operation';
import type { Operation, OperationSpec } from '../operation/operation';
import { failureBehind } from '../transport/errors';
import { written } from './dates';
import { followOption, languageOption, readAtOnceOption } from './fields';
import { follow } from './follow';
import { PAGE_SIZE, readHydraPage } from './paging';
import { ANONYMOUS } from './platform';
import { PATHS, resolve } from './references';
import type { Kind, Reference } from './references';
import { headersOf } from './request';

type Texts = Pick<Operation, 'name' | 'value' | 'action' | 'description'>;
type Simplify = OperationSpec<Fields, unknown>['simplify'];

interface Options {
	followReferences?: Kind[];
	language?: string;
	readAtOnce?: boolean;
}

async function followed(record: IDataObject, call: Call, { options }: { options: Options }): Promise<IDataObject> {
	const { followReferences = [], language } = options;
	return followReferences.length > 0 ? await follow(record, followReferences, call, language) : record;
}

interface Thing {
	/** The thing that the field named `thing` chooses. */
	thing: Reference | string;
	options: Options;
}

/** Gets one thing by what its field says. `links`: whether its record has links to follow. */
export function getOne(
	texts: Texts,
	{ kind, name, field, simplify, links = false }: { kind: Kind; name: string; field: Fields[string]; simplify: Simplify; links?: boolean },
): Operation {
	return operation({
		...texts,
		request: `GET ${PATHS[kind]}/{${name}}`,
		input: {
			[name]: field,
			options: collection({
				placeholder: 'Add Option',
				fields: { ...(links ? { followReferences: followOption } : {}), language: languageOption },
			}),
		} as Fields,
		async prepare(input, call) {
			const { [name]: thing, options } = input as unknown as { options: Options } & Record<string, Thing['thing']>;
			return { [name]: typeof thing === 'string' ? thing : await resolve(kind, thing, call), options };
		},
		headers: ({ options }, call) => headersOf(call, (options as Options).language),
		complete: links ? async (record, call, input) => await followed(record, call, input as never) : undefined,
		simplify,
	});
}

/** A value of a filter as it is sent. */
function queryValue(value: unknown): string | undefined {
	if (DateTime.isDateTime(value)) return written(value);
	if (Array.isArray(value)) return value.join(',');
	return value === undefined ? undefined : String(value);
}

/** A filter's name becomes that of the query parameter: `createdSince` is sent as `created_since`. */
export function queryOf(filters: IDataObject): IDataObject {
	return mapKeys(mapValues(filters, queryValue), (_, name) => snakeCase(name));
}

/**
 * A token that belongs to no company gets empty lists (stated). It does not even see its own company, which tells it
 * from one that simply has nothing to list.
 */
export async function explainEmpty(_: unknown, call: Call): Promise<string | undefined> {
	return await call.once('anonymous?', async () => {
		const request = call.request({ qs: { page_items: 1 }, headers: headersOf(call) }, `GET ${PATHS.company}`);
		const isEmpty = await call.send(request).then(
			(reply) => readHydraPage(reply, request, { longest: 0 }).records.length === 0,
			(error: Error) => failureBehind(error)?.reply?.statusCode === 403,
		);
		return isEmpty ? ANONYMOUS : undefined;
	});
}

/** Gets a list, page by page. */
export function getMany<F extends Fields>(
	texts: Texts,
	{ kind, filters, simplify, links = false, sent = (given) => given as IDataObject }: {
		kind: Kind;
		filters: F;
		simplify: Simplify;
		links?: boolean;
		/** The filters as they are sent, where that is not how they were read. */
		sent?(given: Record<string, unknown>): IDataObject;
	},
): Operation {
	return operation({
		...texts,
		request: `GET ${PATHS[kind]}`,
		input: {
			filters: collection({ placeholder: 'Add Filter', fields: filters }),
			options: collection({
				placeholder: 'Add Option',
				fields: { ...(links ? { followReferences: followOption } : {}), language: languageOption, readAtOnce: readAtOnceOption },
			}),
		},
		list({ filters: given, options }, call) {
			const { language, readAtOnce } = options as Options;
			const paging = call.limit === Infinity && readAtOnce ? { pagination: 'false' } : { page_items: Math.min(PAGE_SIZE, call.limit) };
			const qs = { ...queryOf(sent(given as Record<string, unknown>)), ...paging };
			return { request: call.request({ qs, headers: headersOf(call, language) }), readPage: readHydraPage };
		},
		notFound: explainEmpty,
		complete: links ? async (record, call, input) => await followed(record, call, input as never) : undefined,
		simplify,
	});
}
