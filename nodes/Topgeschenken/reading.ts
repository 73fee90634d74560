/** What all Get and Get Many operations of this API have in common. */
import { snakeCase } from 'lodash';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { failureBehind } from '../transport/errors';
import { returnAllAndLimit, simplifyField } from '../operation/legacy';
import type { Call, ItemOperation } from '../operation/legacy';
import { moment } from './dates';
import { followOption, languageOption, readAtOnceOption } from './fields';
import { written } from './filters';
import { follow } from './follow';
import { PAGE_SIZE, readHydraPage } from './paging';
import { ANONYMOUS } from './platform';
import { PATHS, requestFor, uuidOf } from './references';
import type { Kind } from './references';
import { apiRequest } from './request';

interface Options {
	followReferences?: Kind[];
	language?: string;
	readAtOnce?: boolean;
}

type Texts = Pick<ItemOperation, 'name' | 'value' | 'action' | 'description'>;

function optionsField(options: INodeProperties[]): INodeProperties {
	return { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options };
}

const optionsOf = (call: Call) => call.parameter<Options>('options', {});

async function followed(record: IDataObject, call: Call): Promise<IDataObject> {
	const { followReferences = [], language } = optionsOf(call);
	return followReferences.length > 0 ? await follow(record, followReferences, call, language) : record;
}

/** Gets one thing by what its field says: an ID, a path or a URL. `links`: whether its record has links to follow. */
export function getOne(
	texts: Texts,
	{ kind, field, simplify, links = false }: {
		kind: Kind;
		field: INodeProperties;
		simplify: ItemOperation['simplify'];
		links?: boolean;
	},
): ItemOperation {
	return {
		...texts,
		fields: [field, simplifyField, optionsField(links ? [followOption, languageOption] : [languageOption])],
		request(call) {
			const uuid = uuidOf(field.displayName, kind, call.parameter(field.name));
			return apiRequest(call, requestFor(kind, uuid), optionsOf(call).language);
		},
		transform: links ? followed : undefined,
		simplify,
	};
}

/** A filter, whose name becomes that of the query parameter: `createdSince` is sent as `created_since`. */
export type Filter = INodeProperties;

function queryValue({ displayName, name, type }: Filter, value: unknown, zone: string): string | undefined {
	if (name in written) return written[name](displayName, value);
	if (type === 'dateTime') return moment(displayName, value, zone);
	if (Array.isArray(value)) return value.join(',');
	return value === undefined || value === null ? undefined : String(value).trim();
}

function queryOf(filters: Filter[], call: Call): IDataObject {
	const typed = call.parameter<IDataObject>('filters', {});
	return Object.fromEntries(
		filters.map((filter) => [
			snakeCase(filter.name),
			queryValue(filter, typed[filter.name], call.context.getTimezone()),
		]),
	);
}

/**
 * A token that belongs to no company gets empty lists (stated). It does not even see its own company, which tells it
 * from one that simply has nothing to list.
 */
async function explainEmpty(call: Call): Promise<string | undefined> {
	if (Object.values(call.parameter<IDataObject>('filters', {})).some((value) => value !== '')) return undefined;
	try {
		const request = apiRequest(call, { url: PATHS.company, qs: { page_items: 1 } });
		return readHydraPage(await call.send(request), request, { longest: 0 }).records.length === 0 ? ANONYMOUS : undefined;
	} catch (error) {
		return failureBehind(error)?.reply?.statusCode === 403 ? ANONYMOUS : undefined;
	}
}

/** Gets a list, page by page. The filters' fields stand in the order of their names. */
export function getMany(
	texts: Texts,
	{ kind, filters, simplify, links = false }: {
		kind: Kind;
		filters: Filter[];
		simplify: ItemOperation['simplify'];
		links?: boolean;
	},
): ItemOperation {
	return {
		...texts,
		fields: [
			...returnAllAndLimit,
			simplifyField,
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add Filter',
				default: {},
				options: filters,
			},
			optionsField(links ? [followOption, languageOption, readAtOnceOption] : [languageOption, readAtOnceOption]),
		],
		request(call) {
			const { language, readAtOnce } = optionsOf(call);
			const isAll = call.parameter<boolean>('returnAll');
			const pageSize = isAll ? PAGE_SIZE : Math.min(PAGE_SIZE, call.parameter<number>('limit'));
			const paging = isAll && readAtOnce ? { pagination: 'false' } : { page_items: pageSize };
			const qs = { ...queryOf(filters, call), ...paging };
			return apiRequest(call, { url: PATHS[kind], qs }, language);
		},
		readPage: readHydraPage,
		notFound: explainEmpty,
		transform: links ? followed : undefined,
		simplify,
	};
}
