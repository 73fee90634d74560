/**
 * What became of each item of an execution, as long as this n8n process runs: "Retry On Fail" runs the whole node again,
 * items that went well included, and so does a retry of the execution.
 */
import type { IExecuteFunctions, IRunData, ITaskData } from 'n8n-workflow';

import { remember } from '../transport/remember';
import type { Result } from './operation';

/** Under this name an execution keeps the ID of the one that it is a retry of, or its own: n8n hands it on to a retry. */
const FIRST_EXECUTION = 'first_execution';

/** n8n keeps so many notes of an execution, those of the workflow's own nodes among them, and drops others without a word. */
const MOST_NOTES = 10;

interface Notes {
	get(key: string): unknown;
	getAll(): unknown;
	set(key: string, value: string): void;
}

interface Untyped {
	customData?: Notes;
	/** n8n was killed before it could store what the first execution noted, but knows which one it was; not in 1.x and the first versions of 2.x. */
	additionalData?: { hooks?: { retryOf?: string } };
	runExecutionData?: { resultData?: { runData?: IRunData } };
}

/** What an execution keeps, and n8n hands on to its retries. n8n 1.x, and the first versions of 2.x, offer it in expressions only. */
function notesOf(context: IExecuteFunctions): Notes {
	const call = (name: string, ...values: string[]) =>
		context.evaluateExpression(`{{ $execution.customData.${name}(${values.map((value) => JSON.stringify(value)).join(', ')}) }}`, 0);
	return (context as Untyped).customData ?? { get: (key) => call('get', key), getAll: () => call('getAll'), set: (key, value) => void call('set', key, value) };
}

/** What n8n puts in the place of the output of nodes that had run when it was killed. */
const isMadeUp = ({ data }: ITaskData) => data?.main?.[0]?.[0]?.json.isArtificialRecoveredEventItem === true;

/**
 * The execution that is tried again, if it has not left a note of this node, as when it was killed: its ID, or 'unknown'
 * if it was killed, or had no room for the note, and n8n does not tell. To be asked before `firstExecution`, which leaves one.
 */
export function retriedWithoutNote(context: IExecuteFunctions): string | undefined {
	const { additionalData, runExecutionData } = context as IExecuteFunctions & Untyped;
	if (context.getMode() !== 'retry') return undefined;
	const notes = notesOf(context);
	if (notes.get(FIRST_EXECUTION) !== undefined) return undefined;
	const wasKilled = Object.values(runExecutionData?.resultData?.runData ?? {}).some((runs) => runs.some(isMadeUp));
	const isFull = Object.keys(Object(notes.getAll()) as object).length >= MOST_NOTES;
	return additionalData?.hooks?.retryOf ?? (wasKilled || isFull ? 'unknown' : undefined);
}

/** The execution in which an item is or was sent for the first time, whichever of its retries this is; undefined if it has no ID. */
export function firstExecution(context: IExecuteFunctions): string | undefined {
	const own = context.getExecutionId();
	if (!own) return undefined;
	const { additionalData } = context as IExecuteFunctions & Untyped;
	const notes = notesOf(context);
	const known = notes.get(FIRST_EXECUTION) ?? additionalData?.hooks?.retryOf;
	const first = context.getMode() === 'retry' && known !== undefined ? String(known) : own;
	notes.set(FIRST_EXECUTION, first);
	return first;
}

/** Identifies the run of a node among all that there are, the same for all its tries; undefined if it cannot be told. */
export function runKey(context: IExecuteFunctions): string | undefined {
	const execution = firstExecution(context);
	if (execution === undefined) return undefined;
	return [execution, context.getNode().id, String(context.evaluateExpression('{{ $runIndex }}', 0))].join(' ');
}

/** By run and item: true if it was done, or what was said where nobody knows. */
const outcomes = new Map<string, Map<number, true | string>>();
const MOST_RUNS = 100;

/** By run and item what came out. The oldest are forgotten; that they were done is not. */
const results = new Map<string, Result>();
const MOST_RESULTS = 2000;

export type Known = { isDone: true; result: Result | undefined } | { isDone: false; message: string };

export interface Tries {
	/** What is known of an item from an earlier try; undefined if it was surely not done. */
	known(item: number): Known | undefined;
	done(item: number, result: Result): void;
	unknown(item: number, message: string): void;
}

/** @param key of the run; without one nothing is known and nothing is kept */
export function triesOf(key: string | undefined): Tries {
	if (key === undefined) return { known: () => undefined, done() {}, unknown() {} };
	const own = outcomes.get(key) ?? new Map<number, true | string>();
	remember(outcomes, key, own, MOST_RUNS);
	return {
		known(item) {
			const outcome = own.get(item);
			if (outcome === undefined) return undefined;
			return outcome === true ? { isDone: true, result: results.get(`${key} ${item}`) } : { isDone: false, message: outcome };
		},
		done(item, result) {
			own.set(item, true);
			remember(results, `${key} ${item}`, result, MOST_RESULTS);
		},
		unknown(item, message) {
			own.set(item, message);
		},
	};
}
