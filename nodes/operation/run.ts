/** Runs an operation on all items: read them, send what can be sent, put what comes back into items. */
import { groupBy, has, omit, partition, pick } from 'lodash';
import { sleep } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { isGiven, readFields } from '../input';
import type { Fields, InputOf } from '../input';
import { cancelledError, failureBehind, faultsToError, inFull, InvalidInput, toNodeError } from '../transport/errors';
import { readWhole } from '../transport/paging';
import type { ApiRequest, Platform, Reply } from '../transport/platform';
import { mayHaveBeenDone } from '../transport/retry';
import { credentialsOf } from '../transport/send';
import { callOf, hintOf, NotSent, pathNames, shown, WouldSend } from './call';
import type { Call, RequestOptions, Run } from './call';
import { isOnce, isReading } from './operation';
import type { Operation, Outcome, Result } from './operation';
import { OutputItem } from './output';
import { fieldsOf, requestOptions } from './standardFields';
import type { Standard } from './standardFields';
import { runKey, triesOf } from './tries';
import type { Tries } from './tries';
import { AlreadyDone, isLost, lookBack, Unknown } from './writes';

/** Items that are read at a stretch, before n8n gets a turn for other work. */
const AT_A_STRETCH = 500;

/** Items that are under way at the same time, waiting for their turn included: n8n's store has no room for any number. */
const UNDER_WAY = 500;

/** An item, what was read of it, and what became of it. */
interface Task {
	index: number;
	json: IDataObject;
	call?: Call;
	input?: IDataObject;
	standard: Standard;
	prepared?: unknown;
	outcome?: Outcome;
	/** Nobody knows whether an earlier try has done it, which said this. */
	wasUnknown?: Unknown;
}

const STANDARD: Array<keyof Standard> = ['returnAll', 'limit', 'simplify', 'output', 'outputFields', 'dryRun'];

/** Whether an AI agent calls the node: as its tool a node has a type name of its own. */
export function isTool(node: INode): boolean {
	return node.type.endsWith('Tool');
}

/** n8n gives every request the credential as the first item makes it; its fields may be expressions. */
function contextOf(context: IExecuteFunctions, index: number): IExecuteFunctions {
	const getCredentials = async (type: string) => await context.getCredentials(type, index);
	return Object.create(context, { getCredentials: { value: getCredentials } }) as IExecuteFunctions;
}

/** The value of a field of an item, expressions resolved; null for a field that a stored workflow does not have. */
function valueOf({ context, isTool: asTool }: Run, index: number, fields: Fields) {
	const values = new Map<string, unknown>();
	return (name: string): unknown => {
		if (name === '@tool') return asTool;
		if (!values.has(name)) {
			const isStored = has(context.getNode().parameters, name);
			values.set(name, isStored ? context.getNodeParameter(name, index, null) : fields[name]?.panel.default);
		}
		return values.get(name);
	};
}

function refuseAgent({ operation, context, isTool: asTool }: Run, isDryRun: boolean): void {
	// The value as it is stored: what an expression or a model makes of it does not count.
	if (!operation.purchase || !asTool || isDryRun || context.getNode().parameters.agentMayPlace === true) return;
	throw new InvalidInput(
		'An AI agent may not order with this node: do a dry run, or have a person switch on "Allow the Agent to Place Orders" in the node',
	);
}

async function read(run: Run, fields: Fields, task: Task): Promise<void> {
	const { context, platform, operation } = run;
	const given = valueOf(run, task.index, fields);
	const reading = { zone: context.getTimezone(), item: task.json, hint: hintOf(run) };
	const input = readFields(omit(fields, 'agentMayPlace'), given, reading) as IDataObject;
	const options = platform
		? (readFields({ requestOptions }, given, reading).requestOptions as RequestOptions)
		: {};
	const own = contextOf(context, task.index);
	const credentials = platform ? await credentialsOf(own, platform) : {};
	task.standard = pick(input, STANDARD) as Standard;
	task.input = Object.fromEntries(Object.keys(operation.input).map((name) => [name, input[name]])) as IDataObject;
	const isDryRun = task.standard.dryRun === true;
	refuseAgent(run, isDryRun);
	const limit = task.standard.returnAll === false ? task.standard.limit! : Infinity;
	task.call = callOf(run, { itemIndex: task.index, json: task.json, credentials, isDryRun, limit, context: own, options });
}

/** What is sent where the operation says no more than its request. */
function bodyOf({ request = '', body, input }: Operation, prepared: unknown, call: Call): ApiRequest['body'] {
	if (body) return body(prepared, call);
	if (!/^(POST|PUT|PATCH) /.test(request)) return undefined;
	const inPath = pathNames(request);
	const given = Object.entries(prepared as IDataObject).filter(
		([name, value]) => has(input, name) && !inPath.includes(name) && value !== undefined && isGiven(value),
	);
	return Object.fromEntries(given);
}

function requestFor(operation: Operation, prepared: unknown, call: Call): ApiRequest {
	const { query, headers } = operation;
	return call.request({
		path: prepared as IDataObject,
		qs: query?.(prepared, call),
		body: bodyOf(operation, prepared, call),
		headers: headers?.(prepared, call),
	});
}

function recordsIn(reply: Reply, request: ApiRequest): IDataObject[] {
	return readWhole(reply, request, { longest: 0 }).records;
}

async function sendOne(operation: Operation, { prepared, call }: Required<Pick<Task, 'call'>> & Task): Promise<Result> {
	const { list, send, answer } = operation;
	if (send) return await send(prepared, call);
	if (list) return await call.collect(list(prepared, call), call.limit);
	const request = requestFor(operation, prepared, call);
	const reply = await call.send(request);
	return answer ? answer(reply, prepared, call) : recordsIn(reply, request);
}

const listOf = (result: Result): Array<IDataObject | OutputItem> => [result].flat() as Array<IDataObject | OutputItem>;

/** The records as they come out: completed, simplified, or just the fields that an agent asked for. */
async function finish(operation: Operation, { call, prepared, standard }: Task, result: Result): Promise<Result> {
	const { notFound, complete, simplify } = operation;
	const records = listOf(result);
	if (records.length === 0 && notFound !== undefined) {
		const message = typeof notFound === 'string' ? notFound : await notFound(prepared, call!);
		if (message) throw new InvalidInput(message);
	}
	const isSimple = simplify !== undefined && standard.simplify !== false && standard.output !== 'raw';
	if (!complete && !isSimple) return records;
	return await Promise.all(
		records.map(async (record) => {
			if (record instanceof OutputItem) return record;
			const whole = complete ? await complete(record, call!, prepared as never) : record;
			if (!isSimple) return whole;
			const simple = simplify(whole, call!.credentials);
			return standard.output === 'selected' ? pick(simple, standard.outputFields ?? []) : simple;
		}),
	);
}

const ALREADY_DONE = { alreadyDone: true };

const isCancelled = ({ context }: Run) => context.getExecutionCancelSignal?.()?.aborted === true;

async function outcomeOf(run: Run, index: number, make: () => Promise<Outcome>): Promise<Outcome> {
	try {
		return await make();
	} catch (error) {
		if (error instanceof WouldSend) return shown(error.request);
		if (error instanceof AlreadyDone) {
			run.repeated.add(index);
			return ALREADY_DONE;
		}
		if (!run.context.continueOnFail()) run.stop.abort();
		return error as Error;
	}
}

/** A request that was broken off has a failure; one that was canceled while it waited was never sent. */
function isUnknown(outcome: unknown): boolean {
	const failure = failureBehind(outcome);
	return outcome instanceof Unknown || (failure !== undefined && mayHaveBeenDone(failure));
}

/** Keeps what has become of an item, for the next try. */
function settle(tries: Tries, task: Task, outcome: Outcome): void {
	const isFailed = outcome instanceof Error;
	// That this try was refused, or not begun, says nothing about the one before.
	task.outcome = isFailed && task.wasUnknown && !isUnknown(outcome) ? task.wasUnknown : outcome;
	if (task.standard.dryRun === true) return;
	if (!isFailed) tries.done(task.index, outcome);
	else if (isUnknown(task.outcome)) tries.unknown(task.index, (task.outcome as Error).message);
}

/** Sends the items; those with the same turn one after another. */
async function sendEach(run: Run, tries: Tries, operation: Operation, tasks: Task[]): Promise<void> {
	const turns = new Map<string, Promise<unknown>>();
	const rest = tasks.values();
	const sendTheNext = async () => {
		for (const task of rest) {
			const go = async () => {
				const outcome = await outcomeOf(run, task.index, async () => {
					if (run.stop.signal.aborted || isCancelled(run)) throw new NotSent();
					return await finish(operation, task, await sendOne(operation, task as Required<Task>));
				});
				settle(tries, task, outcome);
			};
			const turn = operation.turn?.(task.prepared, task.call!);
			const mine = turn === undefined ? go() : (turns.get(turn) ?? Promise.resolve()).then(go);
			if (turn !== undefined) turns.set(turn, mine);
			await mine;
		}
	};
	await Promise.all(Array.from({ length: Math.min(UNDER_WAY, tasks.length) }, sendTheNext));
}

/** Hands over all items at once; different items may bring different keys, and none may act with another's. */
async function sendTogether(run: Run, tries: Tries, operation: Operation, tasks: Task[]): Promise<void> {
	for (const group of Object.values(groupBy(tasks, ({ call }) => JSON.stringify(call!.credentials)))) {
		run.together = group;
		const outcomes = await operation
			.sendAll!(group.map(({ prepared }) => prepared), group.map(({ call }) => call!))
			.catch(async (error: Error) => {
				const outcome = error instanceof WouldSend || error instanceof AlreadyDone ? await outcomeOf(run, group[0].index, async () => await Promise.reject(error)) : error;
				return group.map(() => outcome);
			});
		for (const [position, task] of group.entries()) {
			const outcome = outcomes[position];
			settle(tries, task, outcome instanceof Error ? outcome : await outcomeOf(run, task.index, async () => await finish(operation, task, outcome)));
		}
	}
	run.together = [];
}

/** The item that takes the place of a failed one where the workflow goes on after errors. */
function failedItem(context: IExecuteFunctions, error: Error, { index, json: input }: Task): INodeExecutionData {
	const nodeError = toNodeError(context.getNode(), error, index);
	const { message, description } = nodeError;
	// The error output merges the input in by itself, and takes for a failure only what has nothing but the error.
	const json: IDataObject =
		context.getNode().onError === 'continueErrorOutput'
			? { error: inFull(nodeError) }
			: { ...input, error: message, ...(description ? { details: description } : {}) };
	return { json, pairedItem: { item: index } };
}

/** Item numbers as people write them: 0–3, 7. */
function ranges(numbers: number[]): string {
	const runs: Array<[number, number]> = [];
	for (const number of numbers) {
		const last = runs.at(-1);
		if (last && last[1] === number - 1) last[1] = number;
		else runs.push([number, number]);
	}
	return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}

const MOST_NAMED = 50;

function nameOf({ outcome }: Task): string {
	const [first] = outcome === undefined || outcome instanceof Error ? [] : listOf(outcome);
	const record = first instanceof OutputItem ? first.json : (first ?? {});
	const id = record.id ?? record.paymentId ?? record.packageId ?? record.orderId ?? record.number;
	return isGiven(id) ? ` (${String(id)})` : '';
}


function fateOf({ outcome, wasUnknown }: Task): 'done' | 'unknown' | 'refused' | 'notSent' {
	if (isUnknown(outcome) || (outcome === undefined && wasUnknown)) return 'unknown';
	if (outcome === undefined) return 'notSent';
	if (!(outcome instanceof Error)) return 'done';
	return failureBehind(outcome) ? 'refused' : 'notSent';
}

/** What became of all items, for the error of a run that stops in the middle of changes. */
function truth(tasks: Task[]): string | undefined {
	const { done = [], unknown = [], refused = [], notSent = [] } = groupBy(tasks, fateOf);
	const line = (words: string, some: Task[]) => (some.length > 0 ? [`${words}: ${some.length === 1 ? 'item' : 'items'} ${ranges(some.map(({ index }) => index))}`] : []);
	if (tasks.length === 1 && unknown.length + done.length === 0) return undefined;
	const named = done.length <= MOST_NAMED ? done.map((task) => `${task.index}${nameOf(task)}`).join(', ') : ranges(done.map(({ index }) => index));
	return [
		...(done.length > 0 ? [`Done, and stays done: ${done.length === 1 ? 'item' : 'items'} ${named}`] : []),
		...line('Unknown whether it was done', unknown),
		...line('Refused', refused),
		...line('Not sent', notSent),
		...(done.length > 0 ? ['Run the items again that were not done. Check the unknown ones first.'] : []),
	].join('\n');
}

/** Adds to an error what became of the other items. */
function withTruth(error: ReturnType<typeof toNodeError>, tasks: Task[], operation: Operation) {
	if (isReading(operation) || tasks.length === 0) return error;
	const added = truth(tasks);
	if (!added) return error;
	const own = (error.description ?? '').split('\n').filter((line) => line !== '');
	error.description = [...new Set([...own, ...added.split('\n')])].join('\n');
	return error;
}

/** n8n shows no more of a stopped execution than that it was stopped; what became of its items stands in the log. */
function stopped({ context, operation }: Run, tasks: Task[]) {
	const node = context.getNode();
	const error = withTruth(cancelledError(node), tasks, operation);
	if (error.description) context.logger?.warn(`"${node.name}" was stopped. ${error.description.replaceAll('\n', '. ')}`);
	return error;
}

function itemsOf(task: Task): Array<{ output: number; item: INodeExecutionData }> {
	const pairedItem = { item: task.index };
	return listOf(task.outcome as Result).map((one) =>
		one instanceof OutputItem
			? { output: one.more.output ?? 0, item: { json: one.json, ...(one.more.binary ? { binary: one.more.binary } : {}), pairedItem } }
			: { output: 0, item: { json: one, pairedItem } },
	);
}

/** What was done before is not done again: an item gives its first result, as long as that is known. */
async function recall(run: Run, tries: Tries, tasks: Task[], areLost: boolean): Promise<void> {
	const isReal = ({ standard }: Task) => standard.dryRun !== true;
	for (const task of tasks.filter(isReal)) {
		const known = tries.known(task.index);
		if (!known) continue;
		if (known.isDone) {
			run.repeated.add(task.index);
			task.outcome = known.result ?? ALREADY_DONE;
		} else {
			task.wasUnknown = new Unknown(known.message);
			if (isOnce(run.operation)) task.outcome = task.wasUnknown;
		}
	}
	const rest = tasks.filter((task) => isReal(task) && task.outcome === undefined);
	const found = await lookBack(run, rest, areLost);
	for (const [position, task] of rest.entries()) {
		const before = found[position];
		if (before) settle(tries, task, await outcomeOf(run, task.index, async () => await Promise.reject(before)));
	}
}

/** Runs the items of one execution of a node. */
export async function runOperation(
	context: IExecuteFunctions,
	platform: Platform | undefined,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const goesOn = context.continueOnFail();
	const run: Run = { context, operation, platform, isTool: isTool(node), shared: new Map(), hints: new Set(), repeated: new Set(), together: [], stop: new AbortController() };
	const fields = fieldsOf(operation);
	const tasks: Task[] = context.getInputData().map(({ json }, index) => ({ index, json, standard: {} }));

	for (const task of tasks) {
		await read(run, fields, task).catch((error: Error) => (task.outcome = error));
		if (task.index % AT_A_STRETCH === AT_A_STRETCH - 1) await sleep(0);
	}
	const areLost = await isLost(run);
	// Telling it leaves a note, which must not be there where nobody knows what was done before.
	if (!isReading(operation) && !run.isTool && tasks.length > 0 && !areLost) run.key = runKey(context);
	const tries = triesOf(run.key);
	await recall(run, tries, tasks, areLost);
	const open = tasks.find(({ outcome }) => isUnknown(outcome));
	if (open && !goesOn) throw withTruth(toNodeError(node, open.outcome, open.index), tasks, operation);
	await Promise.all(
		tasks
			.filter(({ outcome }) => outcome === undefined)
			.map(async (task) => {
				try {
					task.prepared = operation.prepare ? await operation.prepare(task.input as InputOf<Fields>, task.call!) : task.input;
				} catch (error) {
					settle(tries, task, error as Error);
				}
			}),
	);
	if (isCancelled(run)) throw stopped(run, tasks);
	const faults = tasks.flatMap(({ index, outcome }) => (outcome instanceof Error ? [{ item: index, error: outcome }] : []));
	if (faults.length > 0 && !goesOn) {
		const isFirst = run.repeated.size === 0;
		const error = faultsToError(node, faults, tasks.length, isFirst ? 'nothing' : 'nothing more');
		throw isFirst ? error : withTruth(error, tasks, operation);
	}

	const ready = tasks.filter(({ outcome }) => outcome === undefined);
	const { sendAll, together = () => sendAll !== undefined } = operation;
	const [all, each] = partition(ready, ({ prepared }) => together(prepared));
	await sendTogether(run, tries, operation, all);
	await sendEach(run, tries, operation, each);

	if (isCancelled(run)) throw stopped(run, tasks);
	const failed = tasks.find(({ outcome }) => outcome instanceof Error && !(outcome instanceof NotSent));
	if (failed && !goesOn) throw withTruth(toNodeError(node, failed.outcome, failed.index), tasks, operation);

	if (run.repeated.size > 0) {
		const some = [...run.repeated].sort((one, other) => one - other);
		context.addExecutionHints?.({ message: `Done before, and not sent again: ${some.length === 1 ? 'item' : 'items'} ${ranges(some)}`, location: 'outputPane' });
	}
	const out: INodeExecutionData[][] = Array.from({ length: operation.outputs ?? 1 }, () => []);
	for (const task of tasks) {
		if (task.outcome instanceof Error) out.at(-1)!.push(failedItem(context, task.outcome, task));
		else for (const { output, item } of itemsOf(task)) out[output].push(item);
	}
	return out;
}
