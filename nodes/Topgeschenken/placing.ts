/** Requests that order goods, or lead to it: checked as a whole before the first one leaves, and none sent twice. */
import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { cancelledError, failureBehind, InvalidInput, isCancellation, toNodeError } from '../transport/errors';
import { isTool } from '../operation/legacy';
import type { Call, Outcome } from '../operation/legacy';
import type { ApiRequest, Reply } from '../transport/platform';
import { mayHaveBeenDone } from '../transport/retry';
import { topgeschenken } from './platform';

/**
 * What this n8n process sent for which item, from the moment of sending on, with its answer or the error that leaves it
 * unknown: "Retry On Fail" runs the whole node again, items that went well included, and an AI agent may call a tool
 * twice at the same time. The oldest are forgotten.
 */
const sent = new Map<string, Promise<Reply>>();
const MOST_REMEMBERED = 20_000;

/**
 * Which item of which run this is. Not what is sent: an expression such as `$now` gives something else when the node
 * runs again. A tool has a new run for each try, so there the same content is the same placement.
 */
function keyOf(call: Call, request: ApiRequest): string | undefined {
	const { context, itemIndex } = call;
	if (!('evaluateExpression' in context)) return undefined;
	const execution = context.getExecutionId();
	if (!execution) return undefined;
	const run = isTool(context.getNode())
		? createHash('sha256').update(JSON.stringify([request.url, request.body])).digest('hex')
		: String(context.evaluateExpression('{{ $runIndex }}', itemIndex));
	return [execution, context.getNode().id, run, itemIndex].join(' ');
}

function remember(key: string, reply: Promise<Reply>) {
	sent.delete(key);
	sent.set(key, reply);
	if (sent.size > MOST_REMEMBERED) sent.delete(sent.keys().next().value!);
}

/**
 * Sends a request once per item and run of the node. When n8n runs the node again, what is known of the first time is
 * given instead: the answer, or that it is unknown whether the server acted.
 */
export async function sendOnce(call: Call, request: ApiRequest): Promise<Reply> {
	const key = keyOf(call, request);
	const node = call.context.getNode();
	const known = key === undefined ? undefined : sent.get(key);
	if (known === undefined && isCancelled(call)) throw cancelledError(node);
	const reply = known ?? call.send(request);
	if (key !== undefined) remember(key, reply);
	try {
		return await reply;
	} catch (error) {
		const failure = failureBehind(error);
		const isUnknown = failure ? mayHaveBeenDone(failure) : isCancellation(error);
		if (key !== undefined && !(failure && isUnknown)) sent.delete(key);
		if (!isCancelled(call)) throw toNodeError(node, error);
		const unknown = `Item ${call.itemIndex} was under way: it is unknown whether Topgeschenken carried it out, so ${topgeschenken.howToCheck}`;
		throw cancelledError(node, isUnknown ? unknown : undefined);
	}
}

/**
 * Whether only to show what would be sent.
 * @throws InvalidInput if an AI agent wants to order without the switch that allows it
 */
export function isDryRun(call: Call, orders: boolean): boolean {
	if (call.parameter<boolean>('dryRun', false)) return true;
	// The value as it is stored: what an expression or a model makes of it does not count.
	if (orders && isTool(call.context.getNode()) && call.context.getNode().parameters.agentMayPlace !== true) {
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

/** What went well, and the item that it was for. */
interface Placed {
	item: number;
	record: IDataObject;
}

const NOT_SENT = 'Not sent:';
const PLACED = 'What went well before and stays done:';

/**
 * Adds to the error of a run that stops what was placed before it, since none of it appears in the output, and which
 * items were not sent. An error that is known from the first time the node ran has such lines already; they go.
 */
function withPlaced(error: Error, placed: Placed[], notSent: Call[]): Error {
	const detailed = error as Error & { description?: string | null };
	const own = (detailed.description ?? '').split('\n');
	const end = own.findIndex((line) => line.startsWith(NOT_SENT) || line === PLACED);
	const items = notSent.map(({ itemIndex }) => itemIndex);
	detailed.description = [
		...(end < 0 ? own : own.slice(0, end)).filter(Boolean),
		...(items.length > 0 ? [`${NOT_SENT} ${items.length === 1 ? 'item' : 'items'} ${items.join(', ')}`] : []),
		...(placed.length > 0 ? [PLACED] : []),
		...placed.map(({ item, record }) => `Item ${item}: ${String(record.id ?? Object.values(record)[0] ?? 'done')}`),
	].join('\n');
	return detailed;
}

/** The outcomes; of an execution that was stopped meanwhile, which has no output, an error that names what was placed. */
export function stoppedAfter(placed: Placed[], outcomes: Outcome[], [call]: Call[]): Outcome[] {
	if (!isCancelled(call)) return outcomes;
	throw withPlaced(cancelledError(call.context.getNode()), placed, []);
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
	const placed: Placed[] = [];
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
			if (isCancelled(call) || !goesOnAfterErrors(call)) {
				const failed = withPlaced(error as Error, placed, calls.slice(position + 1));
				return calls.map((_, index) => outcomes[index] ?? failed);
			}
			outcomes.push(error as Error);
		}
	}
	return stoppedAfter(placed, outcomes, calls);
}
