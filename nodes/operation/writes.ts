/** Notes what is sent for which item in n8n's own store, so that it is not sent again when n8n runs the node again. */
import { createHash } from 'crypto';

import { failureBehind, InvalidInput } from '../transport/errors';
import type { ApiRequest, Reply } from '../transport/platform';
import { remember } from '../transport/remember';
import { mayHaveBeenDone } from '../transport/retry';
import type { Run, SentItem } from './call';
import { isOnce } from './operation';
import { sentBeforeBy } from './sentBefore';
import type { Before, Sent, SentBefore } from './sentBefore';
import { firstExecution, retriedWithoutNote } from './tries';

/** One request that changes something. */
interface Write {
	/** Those that it is about. */
	items: SentItem[];
	/** Which one of their requests it is. */
	number: number;
	request: ApiRequest;
}

/** The item was done by the execution that is tried again, and what came back then is not known any more. */
export class AlreadyDone extends Error {
	constructor() {
		super('This item was done by the execution that is tried again, so it was not sent again');
	}
}

/** Nobody knows whether an earlier try has done the item. */
export class Unknown extends InvalidInput {}

/**
 * What this n8n process sent for AI agents, from the moment of sending on, with its answer or the error that leaves it
 * unknown: an agent may call a tool twice, even at the same time. The oldest are forgotten.
 */
const answers = new Map<string, Promise<Reply>>();
const MOST_ANSWERS = 500;

/** So many requests of a node are known over executions and restarts of n8n. */
const MOST_KNOWN = 5000;
/** What is under way takes half as much room again, and all of them may be, as when one request is for all. */
const ROOM = 1.5 * MOST_KNOWN;

const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value) ?? '').digest('base64url');

/** A tool has a new run for each try, so there the same content is the same write. */
function toolKey({ context }: Run, { number, request }: Write): string | undefined {
	const execution = firstExecution(context);
	return execution && [execution, context.getNode().id, hashOf([request.url, request.body]), number].join(' ');
}

/**
 * Which item of which run this is. Not what is sent: an expression such as `$now` gives something else when the node
 * runs again. The item as it came in tells whether it is still the same one.
 */
const sentFor = (run: string, { index, json }: SentItem, number = 0): Sent => ({ key: `${run} ${index} ${number}`, figures: hashOf(json) });

const isRetry = ({ context }: Run) => context.getMode() === 'retry';

const memoryOf = ({ context }: Run): SentBefore =>
	sentBeforeBy(context.helpers, `${context.getWorkflow().id} ${context.getNode().id}`, ROOM);

const UNKNOWN = 'It is unknown whether this was done by the execution that is tried again';

const howToCheck = ({ platform }: Run) => platform?.howToCheck ?? 'look at the current state';

function notLookedUp(run: Run, why: string): Unknown {
	return new Unknown(`${UNKNOWN}, because ${why}: ${howToCheck(run)}, and run the workflow anew for the rest`);
}

/** What becomes of an item that an earlier try has begun to send. */
function whatIsKnown(run: Run, before: Exclude<Before, 'new'>): AlreadyDone | Unknown {
	if (before === 'sent') return new AlreadyDone();
	if (before === 'changed') return notLookedUp(run, 'another item stood in its place then');
	return new Unknown(`${UNKNOWN}, because it broke off: ${howToCheck(run)} before running this item again`);
}

/**
 * True for a retry where nobody can find out what was done before: n8n does not tell which execution is tried again, or
 * that one was itself a retry that left no note of its first execution. To be asked before anything is noted.
 */
export async function isLost(run: Run): Promise<boolean> {
	const { context, operation, isTool } = run;
	const retried = isOnce(operation) && !isTool ? retriedWithoutNote(context) : undefined;
	if (retried === undefined || retried === 'unknown') return retried !== undefined;
	const memory = memoryOf(run);
	const own = { key: `retry ${context.getExecutionId()}` };
	try {
		const before = await memory.look({ key: `retry ${retried}` });
		await memory.begin(own);
		await memory.end(own);
		return before !== 'new';
	} catch {
		return true;
	}
}

/**
 * Finds out, for all items of a retry before any is sent, what the execution that is tried again has done.
 * @param areLost whether nobody can know
 * @returns what was found out for each item: AlreadyDone, Unknown, or undefined for one that was not sent
 */
export async function lookBack(run: Run, items: SentItem[], areLost: boolean): Promise<Array<AlreadyDone | Unknown | undefined>> {
	const none = items.map(() => undefined);
	if (!isOnce(run.operation) || !isRetry(run) || run.isTool) return none;
	if (areLost) return items.map(() => notLookedUp(run, 'n8n was killed before it could note it, or the workflow keeps ten other values of the execution (customData)'));
	const { key } = run;
	if (key === undefined) return none;
	const memory = memoryOf(run);
	const all = await Promise.all(items.map(async (item) => await memory.look(sentFor(key, item)).catch(() => undefined)));
	const areForgotten = items.length > MOST_KNOWN && all.some((before) => before !== 'new');
	return all.map((before) => {
		if (before === undefined) return notLookedUp(run, 'n8n could not look it up');
		if (before !== 'new') return whatIsKnown(run, before);
		return areForgotten ? notLookedUp(run, `n8n remembers no more than ${MOST_KNOWN} items`) : undefined;
	});
}

async function begin(run: Run, memory: SentBefore, things: Sent[]): Promise<void> {
	const all = await Promise.all(
		things.map(async (thing) =>
			await memory.begin(thing).catch((error: Error) => {
				if (isRetry(run)) throw notLookedUp(run, 'n8n could not look it up');
				run.context.logger?.debug(`n8n could not note what "${run.context.getNode().name}" sends`, { error });
				return 'new' as const;
			}),
		),
	);
	const known = all.find((before) => before !== 'new');
	if (known === undefined) return;
	await Promise.all(things.map(async (thing, position) => (all[position] === 'new' ? await memory.forget(thing).catch(() => {}) : undefined)));
	throw whatIsKnown(run, known);
}

async function sendNoted(run: Run, things: Sent[], go: () => Promise<Reply>): Promise<Reply> {
	const memory = memoryOf(run);
	await begin(run, memory, things);
	// What cannot be noted any more after sending must not undo what was done.
	const note = async (change: (thing: Sent) => Promise<void>) => {
		await Promise.all(things.map(async (thing) => await change(thing).catch(() => {})));
	};
	const reply = await go().catch(async (error: Error) => {
		const failure = failureBehind(error);
		// One that was canceled while it waited was never sent.
		if (!failure || !mayHaveBeenDone(failure)) await note(memory.forget);
		throw error;
	});
	await note(memory.end);
	return reply;
}

async function sendForAgent(run: Run, key: string, itemIndex: number, go: () => Promise<Reply>): Promise<Reply> {
	const known = answers.get(key);
	if (known !== undefined) run.repeated.add(itemIndex);
	const reply = known ?? sendNoted(run, [{ key }], go);
	remember(answers, key, reply, MOST_ANSWERS);
	return await reply.catch((error: Error) => {
		const failure = failureBehind(error);
		if (!failure || !mayHaveBeenDone(failure)) answers.delete(key);
		throw error;
	});
}

/**
 * Sends a request that must not be sent twice once per item and run of the node.
 * @throws AlreadyDone if it was done, and the answer is not known any more; Unknown if nobody knows
 */
export async function sendOnce(run: Run, write: Write, go: () => Promise<Reply>): Promise<Reply> {
	if (!isOnce(run.operation)) return await go();
	const key = run.isTool ? toolKey(run, write) : run.key;
	if (key === undefined) return await go();
	if (run.isTool) return await sendForAgent(run, key, write.items[0].index, go);
	return await sendNoted(run, write.items.map((item) => sentFor(key, item, write.number)), go);
}
