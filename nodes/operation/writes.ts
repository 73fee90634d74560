/** Remembers what was sent for which item, so that an item that went through is not sent again when n8n runs the node again. */
import { createHash } from 'crypto';

import { failureBehind } from '../transport/errors';
import type { ApiRequest, Reply } from '../transport/platform';
import { mayHaveBeenDone } from '../transport/retry';
import type { Run } from './call';
import { isOnce } from './operation';

/** One request that changes something. */
interface Write {
	itemIndex: number;
	/** Which one of the item's requests it is. */
	number: number;
	request: ApiRequest;
}

/**
 * What this n8n process sent, from the moment of sending on, with its answer or the error that leaves it unknown: "Retry On
 * Fail" runs the whole node again, items that went well included, and an AI agent may call a tool twice at the same time.
 * The oldest are forgotten.
 */
const sent = new Map<string, Promise<Reply>>();
const MOST_REMEMBERED = 20_000;

/**
 * Which item of which run this is. Not what is sent: an expression such as `$now` gives something else when the node
 * runs again. A tool has a new run for each try, so there the same content is the same write.
 */
function keyOf({ context, isTool }: Run, { itemIndex, number, request }: Write): string | undefined {
	const execution = context.getExecutionId();
	if (!execution) return undefined;
	const run = isTool
		? createHash('sha256').update(JSON.stringify([request.url, request.body])).digest('hex')
		: String(context.evaluateExpression('{{ $runIndex }}', itemIndex));
	return [execution, context.getNode().id, run, itemIndex, number].join(' ');
}

/**
 * Sends a request that must not be sent twice once per item and run of the node. When n8n runs the node again, what is
 * known of the first time is given instead: the answer, or that it is unknown whether the server acted.
 */
export async function sendOnce(run: Run, write: Write, go: () => Promise<Reply>): Promise<Reply> {
	const key = isOnce(run.operation) ? keyOf(run, write) : undefined;
	if (key === undefined) return await go();
	const reply = sent.get(key) ?? go();
	sent.delete(key);
	sent.set(key, reply);
	if (sent.size > MOST_REMEMBERED) sent.delete(sent.keys().next().value!);
	return await reply.catch((error: Error) => {
		const failure = failureBehind(error);
		// One that was canceled while it waited was never sent.
		if (!failure || !mayHaveBeenDone(failure)) sent.delete(key);
		throw error;
	});
}
