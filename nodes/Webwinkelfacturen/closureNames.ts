/** The categories and payment methods that a closure names: those that Webwinkelfacturen does not have are added first. */
import { uniqBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { DayClosure } from '../bookkeeping/closure';
import type { Call } from '../operation/call';
import { ENTITIES } from './entities';
import { listOf } from './paging';
import { categoryOf } from './sale';

interface Named {
	id: string;
	name: string;
}

interface Names {
	entity: (typeof ENTITIES)['category'] | (typeof ENTITIES)['paymentMethod'];
	list: string;
	add: string;
	field: string;
	record(one: Named): IDataObject;
}

const CATEGORIES: Names = {
	entity: ENTITIES.category,
	list: 'GET /categoryapi/listcategories',
	add: 'POST /categoryapi/addcategories',
	field: 'categories',
	record: ({ id, name }) => ({ categoryid: id, code: id, name }),
};

const METHODS: Names = {
	entity: ENTITIES.paymentMethod,
	list: 'GET /paymentmethodapi/readpaymentmethods',
	add: 'POST /paymentmethodapi/addpaymentmethods',
	field: 'paymentmethods',
	record: ({ id, name }) => ({ paymentmethodid: id, name, type: 'standard' }),
};

/** The closures of a run know of each other what they have added. */
async function ensure({ entity, list, add, field, record }: Names, wanted: Named[], call: Call): Promise<void> {
	const known = await call.once(`ids of ${entity.many}`, async () => {
		const records = await call.collect(listOf(call.request({}, list), entity.firstPage));
		return new Set(records.map((one) => String(one[entity.id])));
	});
	const missing = uniqBy(wanted, 'id').filter(({ id }) => !known.has(id));
	for (const { id } of missing) known.add(id);
	if (missing.length > 0) await call.send(call.request({ body: { [field]: missing.map(record) } }, add));
}

/**
 * The manual says that a closure adds what is missing by itself, the vendor's client adds it before: this is right in both
 * cases, and gives the names that the closure has no place for.
 */
export async function ensureNames({ turnover, payments }: DayClosure, call: Call): Promise<void> {
	await ensure(CATEGORIES, turnover.map(categoryOf), call);
	await ensure(METHODS, payments.map(({ method }) => ({ id: method, name: method })), call);
}
