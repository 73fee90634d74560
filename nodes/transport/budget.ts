/** How long a request may take, and whom it goes before, by what it is for. */
import type { IPollFunctions } from 'n8n-workflow';

import type { ApiRequest, RequestContext } from './platform';
import type { Rank } from './rateLimit';
import { isRead } from './retry';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Somebody is looking at a dropdown that fills itself. */
const DROPDOWN = 10 * SECOND;
/** For a whole poll: nobody waits for it, but the next one is due. n8n before 2.41 sets no limit. */
const POLL = 5 * MINUTE;
/** Milliseconds for an answer; n8n would wait for five minutes. */
const READ = MINUTE;
const WRITE = 2 * MINUTE;

export interface Budget {
	rank: Rank;
	/** Requests of one execution or trigger go in their order, and take turns with those of others. */
	turn: string;
	/** Milliseconds that the account may stand still. */
	longestWait: number;
	/** `performance.now()` at which it must be over. */
	deadline: number;
}

function isPoll(context: RequestContext): context is IPollFunctions {
	return '__emit' in context && context.getMode() !== 'manual';
}

function rankOf(context: RequestContext): Rank {
	if ('getExecutionCancelSignal' in context) return 'execution';
	return isPoll(context) ? 'poll' : 'person';
}

/** All requests of a dropdown have one deadline; n8n makes a context for each time that it is opened. */
const dropdowns = new WeakMap<object, number>();

/** When a poll that starts now must be over, as `performance.now()`. */
export function deadlineOfPoll(context: RequestContext): number {
	return performance.now() + (isPoll(context) ? (context.getPollBudgetMs?.() ?? POLL) : Infinity);
}

/**
 * @param longestWait milliseconds that a request of a running workflow may wait
 * @param deadline `performance.now()` at which it must be over, if the caller knows
 */
export function budgetOf(context: RequestContext, longestWait: number, deadline = Infinity): Budget {
	const rank = rankOf(context);
	if (rank === 'execution') {
		const turn = 'getExecutionId' in context ? context.getExecutionId() : '';
		return { rank, turn: turn ?? '', longestWait, deadline };
	}
	if (rank === 'poll') {
		const end = Math.min(deadline, deadlineOfPoll(context));
		return { rank, turn: context.getWorkflow().id ?? '', longestWait: Math.min(longestWait, POLL), deadline: end };
	}
	const end = dropdowns.get(context) ?? performance.now() + DROPDOWN;
	dropdowns.set(context, end);
	return { rank, turn: '', longestWait: DROPDOWN, deadline: end };
}

/** Milliseconds that the server has for its answer. */
export function timeoutFor({ method, timeout }: ApiRequest, { deadline }: Budget): number {
	const own = timeout ?? (isRead(method) ? READ : WRITE);
	return Math.max(1, Math.ceil(Math.min(own, deadline - performance.now())));
}
