/**
 * What became of each item of an execution, as long as this n8n process runs: "Retry On Fail" runs the whole node again,
 * items that went well included, and so does a retry of the execution.
 */
import type { IExecuteFunctions, IRunData, ITaskData } from 'n8n-workflow';

import type { Run } from './call';
import type { Result } from './operation';

/** Under this name an execution keeps the ID of the one that it is a retry of, or its own: n8n hands it on to a retry. */
const FIRST_EXECUTION = 'first_execution';

interface Untyped {
	customData?: { get(key: string): unknown; set(key: string, value: string): void };
	/** n8n was killed before it could store what the first execution noted, but knows which one it was; not before 2.x. */
	additionalData?: { hooks?: { retryOf?: string } };
	runExecutionData?: { resultData?: { runData?: IRunData } };
}

const retriedBy = ({ customData, additionalData }: Untyped) => customData?.get(FIRST_EXECUTION) ?? additionalData?.hooks?.retryOf;

/** What n8n puts in the place of the output of nodes that had run when it was killed. */
const isMadeUp = ({ data }: ITaskData) => data?.main?.[0]?.[0]?.json.isArtificialRecoveredEventItem === true;

/** True for the retry of an execution that was killed, where n8n does not tell which one it was. */
export function isOfLostExecution(context: IExecuteFunctions): boolean {
	const untyped = context as IExecuteFunctions & Untyped;
	if (context.getMode() !== 'retry' || retriedBy(untyped) !== undefined) return false;
	return Object.values(untyped.runExecutionData?.resultData?.runData ?? {}).some((runs) => runs.some(isMadeUp));
}

/** The execution in which an item is or was sent for the first time, whichever of its retries this is; undefined if it has no ID. */
export function firstExecution(context: IExecuteFunctions): string | undefined {
	const own = context.getExecutionId();
	if (!own) return undefined;
	const untyped = context as IExecuteFunctions & Untyped;
	const first = String((context.getMode() === 'retry' ? retriedBy(untyped) : undefined) ?? own);
	untyped.customData?.set(FIRST_EXECUTION, first);
	return first;
}

/** Identifies the run of a node among all that there are, the same for all its tries; undefined if it cannot be told. */
export function runKey({ context }: Pick<Run, 'context'>): string | undefined {
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

function keepNewest<T>(map: Map<string, T>, most: number, key: string, value: T): void {
	map.delete(key);
	map.set(key, value);
	if (map.size > most) map.delete(map.keys().next().value!);
}

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
	keepNewest(outcomes, MOST_RUNS, key, own);
	return {
		known(item) {
			const outcome = own.get(item);
			if (outcome === undefined) return undefined;
			return outcome === true ? { isDone: true, result: results.get(`${key} ${item}`) } : { isDone: false, message: outcome };
		},
		done(item, result) {
			own.set(item, true);
			keepNewest(results, MOST_RESULTS, `${key} ${item}`, result);
		},
		unknown(item, message) {
			own.set(item, message);
		},
	};
}
