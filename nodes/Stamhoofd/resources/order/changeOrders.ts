/** Changes many orders with few requests, and finds out what became of each. */
import { chunk, groupBy, isMatch, keyBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../operation/call';
import type { Outcome } from '../../../operation/operation';
import { failureBehind, inOtherWords, InvalidInput } from '../../../transport/errors';
import { mayHaveBeenDone } from '../../../transport/retry';
import type { OrderKey } from '../../fields';
import { findOrders } from '../../orders';
import { PAGE_SIZE } from '../../paging';
import { errorsOf } from '../../platform';

/** What an order is to have; what is left out stays as it is. */
export interface OrderChange {
	status?: string;
	comments?: string;
	customer?: { firstName?: string; lastName?: string; email?: string; phone?: string };
}

export interface ChangeOf {
	webshopId: string;
	order: OrderKey;
	change: OrderChange;
}

/** With the id of the order, which may have been given by its number. */
interface Known {
	webshopId: string;
	id: string;
	change: OrderChange;
}

type Outcomes = Map<string, Outcome>;

const NOT_FOUND = 'Stamhoofd knows no such order in this webshop: check the order and the webshop. Nothing was changed for this item.';

/** What is refused this often is not worth the requests that it takes to hear it for each. */
const MOST_REFUSALS = 20;

const NOT_TRIED =
	'Stamhoofd refused too many of these orders to try each alone. Nothing was changed for this item: run it again when the others are mended.';

/** Every object within it is marked as a change: without the mark it would be a whole new order (read in the source). */
function patchOf({ id, change: { status, comments, customer } }: Known): IDataObject {
	const data = comments === undefined && customer === undefined
		? undefined
		: { _isPatch: true, ...(comments === undefined ? {} : { comments }), ...(customer ? { customer: { _isPatch: true, ...customer } } : {}) };
	return { _isPatch: true, id, ...(status === undefined ? {} : { status }), ...(data ? { data } : {}) };
}

function isDone(order: IDataObject | undefined, { change: { status, comments, customer } }: Known): boolean {
	if (!order) return false;
	const data = (order.data ?? {}) as IDataObject;
	return (
		(status === undefined || order.status === status) &&
		(comments === undefined || data.comments === comments) &&
		(customer === undefined || isMatch((data.customer ?? {}) as object, customer))
	);
}

async function look(changes: Known[], call: Call): Promise<Record<string, IDataObject>> {
	return keyBy(await findOrders(changes[0].webshopId, { ids: changes.map(({ id }) => id) }, call), 'id');
}

/**
 * A refused batch is not undone: the server goes through the orders one after another, what stands before the refused one
 * holds (read in the source). So the first that does not hold is the one that was refused, and what comes after it was
 * not tried yet.
 */
async function changeBatch(changes: Known[], call: Call, refusals: Error[] = []): Promise<Outcomes> {
	if (changes.length === 0) return new Map();
	if (refusals.length >= MOST_REFUSALS) return new Map(changes.map(({ id }) => [id, new InvalidInput(NOT_TRIED)]));
	const [{ webshopId }] = changes;
	const body = { _isPatch: true, changes: changes.map((change) => ({ patch: patchOf(change) })) };
	const answer = await call.send(call.request({ path: { webshopId }, body }, 'PATCH /webshop/{webshopId}/orders')).catch((error: Error) => error);
	if (!(answer instanceof Error)) {
		const changed = keyBy(answer.body as IDataObject[], 'id');
		return new Map(changes.map(({ id }) => [id, changed[id] ?? new InvalidInput(NOT_FOUND)]));
	}
	const failure = failureBehind(answer);
	const [refusal] = errorsOf(failure?.reply);
	const isRefused = failure?.reply?.statusCode === 400 && refusal !== undefined;
	if (!failure || (!isRefused && !mayHaveBeenDone(failure))) return new Map(changes.map(({ id }) => [id, answer]));
	const now = await look(changes, call).catch(() => undefined);
	if (!now) return new Map(changes.map(({ id }) => [id, answer]));
	const outcomes: Outcomes = new Map();
	for (const change of changes) outcomes.set(change.id, isDone(now[change.id], change) ? now[change.id] : answer);
	const open = changes.filter((change) => !isDone(now[change.id], change));
	if (!isRefused || open.length === 0) return outcomes;
	refusals.push(answer);
	const [refused, ...rest] = open;
	outcomes.set(refused.id, now[refused.id] ? answer : inOtherWords(answer, NOT_FOUND));
	for (const [id, outcome] of await changeBatch(rest, call, refusals)) outcomes.set(id, outcome);
	return outcomes;
}

/** The ids of orders that were given by their numbers, with one request for every 100. */
async function withIds(changes: ChangeOf[], call: Call): Promise<Array<Known | Error>> {
	const byNumber = new Map<string, string>();
	for (const own of Object.values(groupBy(changes, 'webshopId'))) {
		const numbers = [...new Set(own.flatMap(({ order: { number } }) => number ?? []))];
		const found = await findOrders(own[0].webshopId, { numbers }, call);
		for (const { id, number } of found) byNumber.set(`${own[0].webshopId} ${String(number)}`, String(id));
	}
	return changes.map(({ webshopId, order, change }) => {
		const id = order.id ?? byNumber.get(`${webshopId} ${String(order.number)}`);
		return id === undefined ? new InvalidInput(NOT_FOUND) : { webshopId, id, change };
	});
}

/** One outcome for each change, in their order. Changes of the same order are sent in the order of the items. */
export async function changeOrders(changes: ChangeOf[], call: Call): Promise<Outcome[]> {
	const known = await withIds(changes, call);
	const outcomes = new Map<Known, Outcome>();
	const rounds = new Map<string, number>();
	const inRounds = groupBy(
		known.filter((one): one is Known => !(one instanceof Error)),
		({ webshopId, id }) => {
			const round = rounds.get(id) ?? 0;
			rounds.set(id, round + 1);
			return `${round} ${webshopId}`;
		},
	);
	for (const own of Object.values(inRounds)) {
		for (const batch of chunk(own, PAGE_SIZE)) {
			const byId = await changeBatch(batch, call);
			for (const one of batch) outcomes.set(one, byId.get(one.id)!);
		}
	}
	return known.map((one) => (one instanceof Error ? one : outcomes.get(one)!));
}
