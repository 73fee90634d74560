/** Polling goes on day and night: it gets a share of the requests that an account may send, and no more. */
import type { RateWindow } from '../transport/rateLimit';
import { remember } from '../transport/remember';

/** What is left is for the workflows that do something. */
const SHARE = 0.5;

/** Shorter windows fill up again before polling could use them up. */
const SHORTEST_WINDOW = 3_600_000;

/** Milliseconds for which a trigger that was idle may use its share at once, to catch up after a standstill. */
const CATCHING_UP = 6 * 3_600_000;

/** Milliseconds between two requests of all triggers of an account together; 0 if nothing limits them. */
export function millisecondsPerRequest(windows: RateWindow[]): number {
	const long = windows.filter(({ milliseconds }) => milliseconds >= SHORTEST_WINDOW);
	return Math.max(0, ...long.map(({ requests, milliseconds }) => milliseconds / (requests * SHARE)));
}

export interface PollBudget {
	/** Whether a poll of this trigger may start now. Triggers that were refused go before all others, in their order. */
	allows(trigger: string, now: number): boolean;
	/** To be called for each request. */
	spend(): void;
}

/** Fills up steadily and is full at first. What a poll takes more than there is, later polls wait for. */
export function createPollBudget(perRequest: number, now: number): PollBudget {
	const full = perRequest > 0 ? CATCHING_UP / perRequest : Infinity;
	let left = full;
	let filledAt = now;
	const refused = new Set<string>();
	return {
		allows(trigger, at) {
			// A system clock that is set back takes nothing away.
			if (perRequest > 0) left = Math.min(full, left + Math.max(0, at - filledAt) / perRequest);
			filledAt = at;
			const position = [...refused].indexOf(trigger);
			// A place in the line costs the others one request at most, should its trigger never come back.
			const isAllowed = left >= 1 + (position < 0 ? refused.size : position);
			if (isAllowed) refused.delete(trigger);
			else refused.add(trigger);
			return isAllowed;
		},
		spend() {
			left--;
		},
	};
}

interface AccountBudget extends PollBudget {
	perRequest: number;
}

const budgets = new Map<string, AccountBudget>();

/** The one budget of an account, shared by all its triggers in this n8n process. */
export function pollBudgetOf(account: string, windows: RateWindow[], now: number): PollBudget {
	const perRequest = millisecondsPerRequest(windows);
	const known = budgets.get(account);
	if (known?.perRequest === perRequest) return known;
	const budget = { ...createPollBudget(perRequest, now), perRequest };
	remember(budgets, account, budget);
	return budget;
}
