/** Changes the status of many payments with few requests, and finds out what became of each. */
import { chunk, keyBy, partition } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../operation/call';
import { failureBehind, inOtherWords, InvalidInput } from '../../../transport/errors';
import { mayHaveBeenDone } from '../../../transport/retry';
import { listAt, oneOf } from '../../filter';
import { PAGE_SIZE, readStamhoofdPage } from '../../paging';
import { errorsOf, isCurrentLine } from '../../platform';
import { lacks } from '../../rights';

export interface StatusChange {
	/** Lower-case UUID. */
	id: string;
	/** Stamhoofd's PaymentStatus: Succeeded, Created or Failed. */
	status: string;
}

/** The payment as it is now, or why the change did not happen. */
export type ChangeOutcome = IDataObject | Error;

type Outcomes = Map<string, ChangeOutcome>;

const NOT_FOUND = 'Stamhoofd knows no payment with this ID: check it. Nothing was changed for this item.';

/** Codes of a 400 that has nothing to do with the payments, so that none of them was looked at. */
const REFUSED_AT_THE_DOOR = ['client_update_required', 'invalid_organization'];

const UNKNOWN =
	'It is unknown whether Stamhoofd changed this payment: get it and look at its status before running this item again';

const NO_RIGHT = `${lacks('payments')} Nothing was changed for this item.`;

async function patch(changes: StatusChange[], call: Call): Promise<IDataObject[]> {
	const body = { _isPatch: true, changes: changes.map(({ id, status }) => ({ patch: { _isPatch: true, id, status } })) };
	const reply = await call.send(call.request({ body }, 'PATCH /organization/payments'));
	return reply.body as IDataObject[];
}

/**
 * The payments with these ids as they are now; undefined if the key may not list payments. The first line of the API can
 * only list them all.
 * @throws InvalidInput that says that their state is unknown
 */
async function look(changes: StatusChange[], call: Call): Promise<Record<string, IDataObject> | undefined> {
	const ids = changes.map(({ id }) => id);
	const list = isCurrentLine(call.credentials)
		? listAt('/payments', { conditions: [oneOf('id', ids)] })
		: { request: { url: '/organization/payments' }, readPage: readStamhoofdPage, keep: ({ id }: IDataObject) => ids.includes(id as string) };
	const payments = await call.collect(list, ids.length).catch((error: Error) => error);
	if (!(payments instanceof Error)) return keyBy(payments, 'id');
	if (errorsOf(failureBehind(payments)?.reply)[0]?.code === 'permission_denied') return undefined;
	throw new InvalidInput(UNKNOWN);
}

/** Payments that went online, and those of nothing, have a status that Stamhoofd alone sets (read in its source). */
function canBeChanged({ method, price }: IDataObject): boolean {
	return ['Transfer', 'PointOfSale', 'Unknown'].includes(method as string) && price !== 0;
}

/**
 * One culprit among 100 is found with 8 refusals. What is refused this often concerns nearly all, and is not worth the
 * requests that it takes to hear it for each.
 */
const MOST_REFUSALS = 20;

const NOT_ALONE =
	'Stamhoofd refused this payment together with others, and too many to try each alone. Nothing was changed for this item: run it again when the others are mended.';

function halves<T>(list: T[]): T[][] {
	return chunk(list, Math.ceil(list.length / 2));
}

function withState(error: Error, payment: IDataObject | undefined): Error {
	const state = payment ? `It is ${String(payment.status)} now.` : 'Stamhoofd does not list it now.';
	return inOtherWords(error, `${error.message}. ${state}`);
}

/** An answer under a successful status can lack a change too. */
function verified({ status }: StatusChange, payment: IDataObject | undefined): ChangeOutcome {
	if (!payment) return new InvalidInput(NOT_FOUND);
	if (payment.status === status) return payment;
	return new InvalidInput(`Stamhoofd did not change this payment: it is ${String(payment.status)} now. Try again later.`);
}

/** What the batches of a run have met so far. */
interface Progress {
	refusals: Error[];
	/** The key lacks the right: there is no use in sending more. */
	lacksRight: boolean;
}

/**
 * What was done with a key that may change some payments, those of its webshops, but list none: the server goes through
 * the changes in their order and stops at the first that it refuses.
 */
async function lookOneByOne(changes: StatusChange[], refused: Error, call: Call): Promise<Outcomes> {
	const outcomes: Outcomes = new Map(changes.map(({ id }) => [id, inOtherWords(refused, NO_RIGHT)]));
	// On the first line a single payment cannot be looked at.
	if (!isCurrentLine(call.credentials)) return outcomes;
	for (const { id, status } of changes) {
		const reply = await call.send(call.request({ path: { id } }, 'GET /payments/{id}')).catch(() => undefined);
		const payment = reply?.body as IDataObject | undefined;
		if (payment?.status !== status) break;
		outcomes.set(id, payment);
	}
	return outcomes;
}

/**
 * A refused batch is not undone: what stood before the refused change holds, and the answer does not say so. So after a
 * failure the payments are looked up, and only what was surely refused as a whole is tried again without the culprit.
 */
async function changeBatch(changes: StatusChange[], call: Call, progress: Progress): Promise<Outcomes> {
	const outcomes: Outcomes = new Map();
	if (changes.length === 0) return outcomes;
	if (progress.lacksRight) return new Map(changes.map(({ id }) => [id, new InvalidInput(NO_RIGHT)]));
	if (progress.refusals.length >= MOST_REFUSALS) {
		const { description } = progress.refusals[0] as { description?: string };
		return new Map(changes.map(({ id }) => [id, new InvalidInput(NOT_ALONE, description)]));
	}
	let failed: Error;
	try {
		const changed = keyBy(await patch(changes, call), 'id');
		const unreported = changes.filter(({ id }) => !changed[id]);
		const now = unreported.length > 0 ? { ...changed, ...(await look(unreported, call)) } : changed;
		for (const change of changes) outcomes.set(change.id, verified(change, now[change.id]));
		return outcomes;
	} catch (error) {
		failed = error as Error;
	}
	const failure = failureBehind(failed);
	const refusal = errorsOf(failure?.reply)[0];
	// Not sent at all, refused as a whole, or not to be looked at; only a 400 leaves changes behind.
	const nothingToLookAt =
		!failure ||
		(!mayHaveBeenDone(failure) && failure.reply?.statusCode !== 400) ||
		REFUSED_AT_THE_DOOR.includes(refusal?.code ?? '');
	if (nothingToLookAt) return new Map(changes.map(({ id }) => [id, failed]));

	let found: Record<string, IDataObject> | undefined;
	try {
		found = await look(changes, call);
	} catch (error) {
		return new Map(changes.map(({ id }) => [id, inOtherWords(failed, (error as Error).message)]));
	}
	const isRefused = refusal !== undefined && failure.reply?.statusCode === 400;
	if (!found) {
		if (!isRefused) return new Map(changes.map(({ id }) => [id, inOtherWords(failed, UNKNOWN)]));
		progress.lacksRight = true;
		return await lookOneByOne(changes, failed, call);
	}
	const now = found;
	const [done, open] = partition(changes, ({ id, status }) => now[id]?.status === status);
	for (const { id } of done) outcomes.set(id, now[id]);
	if (!isRefused || open.length === 0) {
		for (const { id } of open) outcomes.set(id, withState(failed, now[id]));
		return outcomes;
	}
	// It is there, and still the server says that it is not: so it refuses a key without the right (observed).
	if (refusal.code === 'not_found' && now[open[0].id]) {
		progress.lacksRight = true;
		for (const { id } of open) outcomes.set(id, inOtherWords(failed, NO_RIGHT));
		return outcomes;
	}
	progress.refusals.push(failed);
	if (open.length === 1) {
		const [{ id }] = open;
		return outcomes.set(id, refusal.code === 'not_found' ? inOtherWords(failed, NOT_FOUND) : withState(failed, now[id]));
	}
	const [seen, unseen] = partition(open, ({ id }) => now[id]);
	// The current line lists every payment there is, the first line leaves out old ones.
	const areUnknown = isCurrentLine(call.credentials) || unseen.length === 1;
	let again: StatusChange[][];
	if (refusal.code === 'not_found' && unseen.length > 0) {
		if (areUnknown) for (const { id } of unseen) outcomes.set(id, inOtherWords(failed, NOT_FOUND));
		again = areUnknown ? [seen] : [seen, ...halves(unseen)];
	} else {
		const [possible, impossible] = partition(open, ({ id }) => !now[id] || canBeChanged(now[id]));
		for (const { id } of impossible) outcomes.set(id, withState(failed, now[id]));
		again = impossible.length > 0 ? [possible] : halves(open);
	}
	for (const part of again) {
		for (const [id, outcome] of await changeBatch(part, call, progress)) outcomes.set(id, outcome);
	}
	return outcomes;
}

/** One outcome for each change, in their order; the same payment may occur more than once. */
export async function changeStatus(changes: StatusChange[], call: Call): Promise<ChangeOutcome[]> {
	const wanted = new Map<string, Set<string>>();
	for (const { id, status } of changes) wanted.set(id, (wanted.get(id) ?? new Set()).add(status));
	const isContradictory = ({ id }: StatusChange) => wanted.get(id)!.size > 1;
	const unique = [...wanted].flatMap(([id, statuses]) => (statuses.size === 1 ? [{ id, status: [...statuses][0] }] : []));
	const outcomes: Outcomes = new Map();
	const progress: Progress = { refusals: [], lacksRight: false };
	for (const batch of chunk(unique, PAGE_SIZE)) {
		for (const [id, outcome] of await changeBatch(batch, call, progress)) outcomes.set(id, outcome);
		progress.refusals = [];
	}
	return changes.map((change) =>
		isContradictory(change)
			? new InvalidInput('The input gives this payment two different statuses: keep one. Nothing was changed for it.')
			: outcomes.get(change.id)!,
	);
}
