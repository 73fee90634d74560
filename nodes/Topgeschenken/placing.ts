/** Requests that order goods, or lead to it: checked as a whole before the first one leaves, and none sent twice. */
import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { cancelledError, failureBehind, InvalidInput, toNodeError } from '../transport/errors';
import type { Call, Outcome } from '../transport/operation';
import type { ApiRequest, Reply } from '../transport/platform';
import { mayHaveBeenDone } from '../transport/retry';

/** What became of a request: its answer, or the error that leaves it unknown. */
type Fate = { reply: Reply } | { error: Error };

/**
 * What this n8n process sent for which item, since "Retry On Fail" runs the whole node again, items that went well
 * included. The oldest are forgotten.
 */
const sent = new Map<string, Fate>();
const MOST_REMEMBERED = 20_000;

/** n8n gives a node that serves as a tool of an AI agent a type name of its own. */
function isTool({ context }: Call): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * Which item of which run this is. Not what is sent: an expression such as `$now` gives something else when the node
 * runs again. A tool has a new run for each try, so there the same content is the same placement.
 */
function keyOf(call: Call, request: ApiRequest): string | undefined {
	const { context, itemIndex } = call;
	if (!('evaluateExpression' in context)) return undefined;
	const execution = context.getExecutionId();
	if (!execution) return undefined;
	const run = isTool(call)
		? createHash('sha256').update(JSON.stringify([request.url, request.body])).digest('hex')
		: String(context.evaluateExpression('{{ $runIndex }}', itemIndex));
	return [execution, context.getNode().id, run, itemIndex].join(' ');
}

function remember(key: string | undefined, fate: Fate) {
	if (key === undefined) return;
	sent.delete(key);
	sent.set(key, fate);
	if (sent.size > MOST_REMEMBERED) sent.delete(sent.keys().next().value!);
}

/**
 * Sends a request once per item and run of the node. When n8n runs the node again, what is known of the first time is
 * given instead: the answer, or that it is unknown whether the server acted.
 */
export async function sendOnce(call: Call, request: ApiRequest): Promise<Reply> {
	const key = keyOf(call, request);
	const fate = key === undefined ? undefined : sent.get(key);
	if (fate && 'reply' in fate) return fate.reply;
	if (fate) throw fate.error;
	try {
		const reply = await call.send(request);
		remember(key, { reply });
		return reply;
	} catch (error) {
		const failure = failureBehind(error);
		if (failure && mayHaveBeenDone(failure)) remember(key, { error: error as Error });
		throw toNodeError(call.context.getNode(), error);
	}
}

/**
 * Whether only to show what would be sent.
 * @throws InvalidInput if an AI agent wants to order without the switch that allows it
 */
export function isDryRun(call: Call, orders: boolean): boolean {
	if (call.parameter<boolean>('dryRun', false)) return true;
	// The value as it is stored: what an expression or a model makes of it does not count.
	if (orders && isTool(call) && call.context.getNode().parameters.agentMayPlace !== true) {
		throw new InvalidInput(
			'An AI agent may not order with this node: do a dry run, or have a person switch on "Allow the Agent to Place Orders" in the node',
		);
	}
	return false;
}

/** What a dry run shows. */
export function shownInstead({ method, url, body }: ApiRequest): IDataObject {
	return { dryRun: true, method, path: url, body: body as IDataObject };
}

function goesOnAfterErrors({ context }: Call): boolean {
	return 'continueOnFail' in context && context.continueOnFail();
}

function isCancelled({ context }: Call): boolean {
	return 'getExecutionCancelSignal' in context && context.getExecutionCancelSignal()?.aborted === true;
}

/** Adds to the error of a run that stops what was placed before it, since none of it appears in the output. */
function withPlaced(error: Error, placed: Array<{ item: number; record: IDataObject }>): Error {
	if (placed.length === 0) return error;
	const lines = placed.map(({ item, record }) => `Item ${item}: ${String(record.id ?? Object.values(record)[0] ?? 'done')}`);
	const detailed = error as Error & { description?: string | null };
	detailed.description = [detailed.description, 'What went well before and stays done:', ...lines].filter(Boolean).join('\n');
	return detailed;
}

/**
 * One request for each item, one after another; where the workflow stops on errors, none after the first that fails.
 * `output` makes the item's output of the answer.
 */
export async function placeEach(
	requests: ApiRequest[],
	calls: Call[],
	orders: boolean,
	output: (body: unknown, call: Call) => IDataObject,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const placed: Array<{ item: number; record: IDataObject }> = [];
	for (const [position, request] of requests.entries()) {
		const call = calls[position];
		if (isDryRun(call, orders)) {
			outcomes.push(shownInstead(request));
			continue;
		}
		try {
			const record = output((await sendOnce(call, request)).body, call);
			placed.push({ item: call.itemIndex, record });
			outcomes.push(record);
		} catch (error) {
			if (isCancelled(call)) throw cancelledError(call.context.getNode());
			if (!goesOnAfterErrors(call)) {
				const failed = withPlaced(error as Error, placed);
				return calls.map((_, index) => outcomes[index] ?? failed);
			}
			outcomes.push(error as Error);
		}
	}
	return outcomes;
}
