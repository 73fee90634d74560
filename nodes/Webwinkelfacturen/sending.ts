/** How a sale is sent: checked, once over all executions, and with an end that somebody knows. */
import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../operation/call';
import { sentBeforeBy } from '../operation/sentBefore';
import type { Sent } from '../operation/sentBefore';
import { failureBehind, InvalidInput, isCancellation } from '../transport/errors';
import type { Failure, Reply } from '../transport/platform';
import { mayHaveBeenDone } from '../transport/retry';
import type { Entity } from './entities';
import { errorCodeOf, recordsIn, webwinkelfacturen } from './platform';

/** What a sale is, read and checked, before anything is sent. */
export interface Prepared {
	entity: Entity;
	/** As it begins a sentence: "Order 4006". */
	name: string;
	id: string;
	/** Such as "POST /orderapi/addorder", and the form's field. */
	add: string;
	field: string;
	/** Such as "GET /orderapi/readorderbyid". */
	get: string;
	body: IDataObject;
	figures: string;
	sendAgain: boolean;
	/** There is nothing to book. */
	isCancelled?: boolean;
	/** What comes out for it. */
	summary: IDataObject;
	/** What has to be there first. */
	before?(call: Call): Promise<void>;
}

/** Sales that are under way at the same time; of so many the end may be unknown when n8n is killed. */
const LANES = 4;

/** Equal sales are in the same lane, one after another. */
export function laneOf({ entity, id }: Prepared): string {
	const sum = [...`${entity.one} ${id}`].reduce((total, sign) => (total * 31 + sign.charCodeAt(0)) % 1_000_003, 0);
	return String(sum % LANES);
}

/** Sales that are under way in this n8n process, so that a second execution waits for their end. */
const underWay = new Map<string, Promise<unknown>>();

async function alone<T>(key: string, run: () => Promise<T>): Promise<T> {
	const earlier = underWay.get(key) ?? Promise.resolve();
	const mine = earlier.then(run, run);
	underWay.set(key, mine);
	try {
		return await mine;
	} finally {
		if (underWay.get(key) === mine) underWay.delete(key);
	}
}

const nodeOf = ({ context }: Call): string => `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

/** True if it waits to be booked. */
async function isThere({ entity, id, get }: Prepared, call: Call): Promise<boolean> {
	const found = (reply: Reply) => recordsIn(reply).length > 0;
	return await call.send(call.request({ qs: { [entity.id]: id } }, get)).then(found, (error: Error) => {
		if (failureBehind(error)?.reply?.statusCode === 404) return false;
		throw error;
	});
}

const SEND_AGAIN = 'Look for it in your bookkeeping. If it is not there, switch on Send Again for it.';

const exists = (failure: Failure): boolean => /_NOT_UNIQUE$/.test(errorCodeOf(failure));

/** What may have arrived all the same is looked for. */
export const mayBeThere = (failure: Failure): boolean => exists(failure) || mayHaveBeenDone(failure);

/**
 * Sends it, and finds out what became of it where no proper answer comes.
 * @param wasThere one that was sent before is there in any case, so that finding it says nothing
 */
async function sendNow(prepared: Prepared, call: Call, wasThere: boolean): Promise<'sent' | 'sent before'> {
	const { add, field, body } = prepared;
	return await call.send(call.request({ body: { [field]: body } }, add)).then(
		() => 'sent',
		async (error: Error) => {
			const failure = failureBehind(error);
			if (failure && exists(failure)) return 'sent before';
			if (failure && mayHaveBeenDone(failure) && !wasThere && (await isThere(prepared, call).catch(() => false))) return 'sent';
			throw error;
		},
	);
}

function isUnknown(error: unknown): boolean {
	const failure = failureBehind(error);
	return failure ? mayHaveBeenDone(failure) : isCancellation(error);
}

/** Of so many sales a node knows that it sent them. */
const MOST_SALES = 20_000;

/** What was cancelled is not sent. @throws InvalidInput where it was sent before that */
async function leaveOut({ name, summary }: Prepared, call: Call, sale: Sent): Promise<IDataObject> {
	const before = await sentBeforeBy(call.context.helpers, nodeOf(call), MOST_SALES).look(sale);
	if (before === 'new') return { ...summary, result: 'cancelled' };
	throw new InvalidInput(`${name} was cancelled after it was sent: delete it at Webwinkelfacturen if it still waits to be booked, otherwise send a credit note`);
}

async function sendRemembered(prepared: Prepared, call: Call, sale: Sent): Promise<IDataObject> {
	const { name, summary, sendAgain } = prepared;
	const memory = sentBeforeBy(call.context.helpers, nodeOf(call), MOST_SALES);
	const before = await memory.begin(sale).catch((error: Error) => {
		throw new InvalidInput(`${name} was not sent, because n8n could not remember that it is: save the workflow and run it again`, error.message);
	});
	if (!sendAgain && before === 'sent') return { ...summary, result: 'sent before' };
	if (!sendAgain && before === 'changed') {
		throw new InvalidInput(`${name} was sent before with other figures. Booked sales are not changed: send a credit note.`);
	}
	if (!sendAgain && before === 'unknown') {
		if (!(await isThere(prepared, call))) {
			throw new InvalidInput(
				`It is unknown whether Webwinkelfacturen has ${name}: it was being sent before, no answer came, and it is not among those that wait to be booked. ${SEND_AGAIN}`,
			);
		}
		await memory.end(sale);
		return { ...summary, result: 'sent before' };
	}
	const result = await sendNow(prepared, call, before === 'sent' || before === 'changed').catch(async (error: Error) => {
		// What is sent again was sent before, whatever becomes of it now.
		if (before === 'new' && !isUnknown(error)) await memory.forget(sale);
		throw error;
	});
	if (before !== 'new') {
		await memory.forget(sale);
		await memory.begin(sale);
	}
	await memory.end(sale);
	return { ...summary, result };
}

/** Sends a sale that this node has not sent before. */
export async function sendSale(prepared: Prepared, call: Call): Promise<IDataObject> {
	const { entity, id, figures, name, add, field, body, before, isCancelled } = prepared;
	const key = `${webwinkelfacturen.account(call.credentials)} ${entity.one} ${id}`;
	if (isCancelled) return await leaveOut(prepared, call, { key, figures });
	// Nothing is remembered of what is only shown.
	if (call.isDryRun) await call.send(call.request({ body: { [field]: body } }, add));
	await before?.(call);
	return await alone(`${nodeOf(call)} ${key}`, async () => await sendRemembered(prepared, call, { key, figures })).catch((error: Error) => {
		if (failureBehind(error) && !error.message.includes(name)) error.message = `${name}: ${error.message}`;
		throw error;
	});
}
