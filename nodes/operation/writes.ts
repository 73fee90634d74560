/** Remembers what was sent for which item, so that an item that went through is not sent again when n8n runs the node again. */
import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { failureBehind, InvalidInput } from '../transport/errors';
import type { ApiRequest, Reply } from '../transport/platform';
import { mayHaveBeenDone } from '../transport/retry';
import type { Run } from './call';
import { isOnce } from './operation';
import { sentBeforeBy } from './sentBefore';
import type { SentBefore } from './sentBefore';

/** One request that changes something. */
interface Write {
	itemIndex: number;
	/** Which one of the item's requests it is. */
	number: number;
	request: ApiRequest;
}

/** The item was done by the execution that is tried again, and what came back then is not known any more. */
export class AlreadyDone extends Error {
	constructor() {
		super('This item was done by the execution that is tried again, so it was not sent again');
	}
}

/**
 * What this n8n process sent, from the moment of sending on, with its answer or the error that leaves it unknown: "Retry On
 * Fail" runs the whole node again, items that went well included, and an AI agent may call a tool twice at the same time.
 * The oldest are forgotten here, and are found in n8n's own store.
 */
const answers = new Map<string, Promise<Reply>>();
const MOST_ANSWERS = 2000;

/** So many requests of a node are known over executions and restarts of n8n: far more than one execution sends. */
const MOST_KNOWN = 5000;

/** Under this name an execution keeps the ID of the one that it is a retry of, or its own: n8n hands it on to a retry. */
const FIRST_EXECUTION = 'first_execution';

/** The execution in which an item is or was sent for the first time, whichever of its retries this is; undefined if it has no ID. */
function firstExecution(context: IExecuteFunctions): string | undefined {
	const own = context.getExecutionId();
	if (!own) return undefined;
	const { customData } = context as IExecuteFunctions & { customData?: { get(key: string): unknown; set(key: string, value: string): void } };
	const known = customData?.get(FIRST_EXECUTION);
	if (known === undefined) customData?.set(FIRST_EXECUTION, own);
	return context.getMode() === 'retry' && known !== undefined ? String(known) : own;
}

/**
 * Which item of which run this is. Not what is sent: an expression such as `$now` gives something else when the node
 * runs again. A tool has a new run for each try, so there the same content is the same write.
 */
function keyOf({ context, isTool }: Run, { itemIndex, number, request }: Write): string | undefined {
	const execution = firstExecution(context);
	if (execution === undefined) return undefined;
	const run = isTool
		? createHash('sha256').update(JSON.stringify([request.url, request.body])).digest('hex')
		: String(context.evaluateExpression('{{ $runIndex }}', itemIndex));
	return [execution, context.getNode().id, run, itemIndex, number].join(' ');
}

const isRetry = ({ context }: Run) => context.getMode() === 'retry';

const UNKNOWN = 'It is unknown whether this was done by the execution that is tried again';

/** @throws AlreadyDone, or InvalidInput if nobody knows, where the execution that is tried again has begun to send it */
async function begin(run: Run, memory: SentBefore, key: string): Promise<void> {
	const { platform, context } = run;
	const before = await memory.begin({ key }).catch((error: Error) => {
		if (!isRetry(run)) {
			context.logger?.debug(`n8n could not note what "${context.getNode().name}" sends`, { error });
			return 'new' as const;
		}
		throw new InvalidInput(`${UNKNOWN}, because n8n could not look it up: ${platform?.howToCheck ?? 'look at the current state'}, and run the workflow anew for the rest`);
	});
	if (before === 'sent' || before === 'changed') throw new AlreadyDone();
	if (before === 'unknown') {
		throw new InvalidInput(`${UNKNOWN}, because it broke off: ${platform?.howToCheck ?? 'look at the current state'} before running this item again`);
	}
}

async function sendNoted(run: Run, key: string, go: () => Promise<Reply>): Promise<Reply> {
	const { context } = run;
	const memory = sentBeforeBy(context.helpers, `${context.getWorkflow().id} ${context.getNode().id}`, MOST_KNOWN);
	await begin(run, memory, key);
	// What cannot be noted any more after sending must not undo what was done.
	const note = async (change: Promise<void>) => await change.catch(() => {});
	const reply = await go().catch(async (error: Error) => {
		const failure = failureBehind(error);
		// One that was canceled while it waited was never sent.
		if (!failure || !mayHaveBeenDone(failure)) await note(memory.forget({ key }));
		throw error;
	});
	await note(memory.end({ key }));
	return reply;
}

/**
 * Sends a request that must not be sent twice once per item and run of the node. When n8n runs the node again, within the
 * execution or as a retry of it, what is known of the first time is given instead: the answer, or that it is unknown
 * whether the server acted.
 * @throws AlreadyDone if it was done, and the answer is not known any more
 */
export async function sendOnce(run: Run, write: Write, go: () => Promise<Reply>): Promise<Reply> {
	const key = isOnce(run.operation) ? keyOf(run, write) : undefined;
	if (key === undefined) return await go();
	const known = answers.get(key);
	if (known !== undefined) run.repeated.add(write.itemIndex);
	const reply = known ?? sendNoted(run, key, go);
	answers.delete(key);
	answers.set(key, reply);
	if (answers.size > MOST_ANSWERS) answers.delete(answers.keys().next().value!);
	return await reply.catch((error: Error) => {
		const failure = failureBehind(error);
		if (!failure || !mayHaveBeenDone(failure)) answers.delete(key);
		throw error;
	});
}
