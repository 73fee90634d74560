/** Orders that are looked up: by their IDs or by their numbers, many with few requests. */
import { chunk } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../operation/call';
import { InvalidInput } from '../transport/errors';
import type { OrderKey } from './fields';
import { listAt } from './filter';
import { PAGE_SIZE, readStamhoofdPage } from './paging';
import { isCurrentLine } from './platform';

export interface Wanted {
	ids?: string[];
	numbers?: number[];
}

/** The orders of a webshop with these ids or numbers, in any order; what there is not is left out. */
export async function findOrders(webshopId: string | undefined, { ids = [], numbers = [] }: Wanted, call: Call): Promise<IDataObject[]> {
	if (ids.length + numbers.length === 0) return [];
	if (!isCurrentLine(call.credentials)) {
		// The first line can only list them all.
		const request = call.request({ path: { webshopId } }, 'GET /webshop/{webshopId}/orders');
		const keep = ({ id, number }: IDataObject) => ids.includes(String(id)) || numbers.includes(Number(number));
		return await call.collect({ request, readPage: readStamhoofdPage, keep }, ids.length + numbers.length);
	}
	const ofWebshop = webshopId === undefined ? undefined : { webshopId };
	const conditions = [
		...chunk(ids, PAGE_SIZE).map((part) => ({ id: { $in: part } })),
		...chunk(numbers, PAGE_SIZE).map((part) => ({ number: { $in: part } })),
	];
	const lists = conditions.map(async (condition) => await call.collect(listAt('/webshop/orders', { conditions: [ofWebshop, condition] }), PAGE_SIZE));
	return (await Promise.all(lists)).flat();
}

/** Looks orders up by id, all that are asked for at the same time with as few requests as possible. */
export function orderLookUp(call: Call): (id: string) => Promise<IDataObject | undefined> {
	let asked = new Map<string, Array<(order: IDataObject | undefined) => void>>();
	let failed: Array<(error: Error) => void> = [];
	async function answer() {
		const [all, rejects] = [asked, failed];
		asked = new Map();
		failed = [];
		await findOrders(undefined, { ids: [...all.keys()] }, call).then(
			(orders) => {
				const byId = new Map(orders.map((order) => [String(order.id), order]));
				for (const [id, waiting] of all) for (const resolve of waiting) resolve(byId.get(id));
			},
			(error: Error) => rejects.forEach((reject) => reject(error)),
		);
	}
	return async (id) =>
		await new Promise((resolve, reject) => {
			if (asked.size === 0) void Promise.resolve().then(answer);
			asked.set(id, [...(asked.get(id) ?? []), resolve]);
			failed.push(reject);
		});
}


/**
 * The order that is meant, as a list of one; an empty list if there is none.
 * @throws InvalidInput if it takes a webshop to find it, and none is given
 */
export async function findOrder({ id, number }: OrderKey, webshopId: string | undefined, call: Call): Promise<IDataObject[]> {
	if (webshopId === undefined && (number !== undefined || !isCurrentLine(call.credentials))) {
		const why = number === undefined ? 'API version 191 finds an order only in its webshop' : 'each webshop has numbers of its own';
		throw new InvalidInput(`Webshop is empty: choose the webshop of the order, since ${why}`);
	}
	if (id !== undefined && !isCurrentLine(call.credentials)) {
		const request = call.request({ path: { webshopId, id } }, 'GET /webshop/{webshopId}/order/{id}');
		return [(await call.send(request)).body as IDataObject];
	}
	return await findOrders(webshopId, { ids: id === undefined ? [] : [id], numbers: number === undefined ? [] : [number] }, call);
}
