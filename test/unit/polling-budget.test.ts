import { stamhoofd } from '../../nodes/Stamhoofd/platform';
import { createPollBudget, millisecondsPerRequest, pollBudgetOf } from '../../nodes/polling/budget';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;

const standard = [
	{ requests: 25, milliseconds: 5000 },
	{ requests: 1000, milliseconds: HOUR },
	{ requests: 2000, milliseconds: DAY },
];

/** Polls that are allowed in a day, one tried every so many milliseconds, of one request each. */
function allowedInADay(every: number[], perRequest: number): number {
	const budget = createPollBudget(perRequest, 0);
	let count = 0;
	for (let now = 0; now < DAY; now += 1000) {
		for (const interval of every) {
			if (now % interval === 0 && budget.allows('trigger', now)) {
				budget.spend();
				count++;
			}
		}
	}
	return count;
}

test('the longest window decides how many requests polling gets: half of it', () => {
	expect(millisecondsPerRequest(standard)).toBe(86_400);
	expect(millisecondsPerRequest([{ requests: 100, milliseconds: HOUR }, { requests: 14_400, milliseconds: DAY }])).toBe(72_000);
});

test('short windows set no limit to polling', () => {
	expect(millisecondsPerRequest([{ requests: 3, milliseconds: 1000 }, { requests: 5, milliseconds: 0 }])).toBe(0);
	expect(allowedInADay([MINUTE], 0)).toBe(DAY / MINUTE);
});

test('a trigger that polls at a sensible interval is never held up', () => {
	expect(allowedInADay([2 * MINUTE], 86_400)).toBe(DAY / (2 * MINUTE));
});

test.each([[[MINUTE]], [[MINUTE, MINUTE, MINUTE]], [[10_000, 10_000]]])('polling every %j leaves the workflows their requests', (every) => {
	const allowed = allowedInADay(every, 86_400);
	expect(allowed).toBeLessThanOrEqual(1250);
	expect(allowed).toBeGreaterThanOrEqual(1000);
});

test.each([[[0, 0]], [[0, 2]], [[0, 0, 1, 30]]])('triggers that poll every minute, at the seconds %j, take turns', (seconds) => {
	const budget = createPollBudget(86_400, 0);
	const counts = seconds.map(() => 0);
	for (let now = 0; now < DAY; now += 1000) {
		seconds.forEach((second, trigger) => {
			if (now % MINUTE !== second * 1000 || !budget.allows(String(trigger), now)) return;
			budget.spend();
			counts[trigger]++;
		});
	}
	const share = 1250 / seconds.length;
	for (const count of counts) expect(Math.abs(count - share)).toBeLessThan(0.1 * share);
});

test('a trigger that is gone holds nobody up', () => {
	const budget = createPollBudget(MINUTE, 0);
	for (let request = 0; request < 360; request++) budget.spend();
	expect(budget.allows('gone', 0)).toBe(false);
	expect(budget.allows('trigger', MINUTE)).toBe(false);
	for (let minute = 2; minute < 20; minute++) {
		expect(budget.allows('trigger', minute * MINUTE)).toBe(true);
		budget.spend();
	}
});

test('a system clock that is set back takes nothing away', () => {
	const budget = createPollBudget(MINUTE, 10 * DAY);
	expect(budget.allows('trigger', 0)).toBe(true);
	for (let request = 0; request < 360; request++) budget.spend();
	expect(budget.allows('trigger', MINUTE)).toBe(true);
});

test('a poll of many requests is made up for afterwards', () => {
	const budget = createPollBudget(MINUTE, 0);
	for (let request = 0; request < 370; request++) budget.spend();
	expect(budget.allows('trigger', 0)).toBe(false);
	expect(budget.allows('trigger', 10 * MINUTE)).toBe(false);
	expect(budget.allows('trigger', 11 * MINUTE)).toBe(true);
});

test('all triggers of an account share its budget', () => {
	const one = pollBudgetOf('shared', [{ requests: 48, milliseconds: DAY }], 0);
	for (let request = 0; request < 6; request++) one.spend();
	expect(pollBudgetOf('shared', [{ requests: 48, milliseconds: DAY }], 0).allows('trigger', 0)).toBe(false);
	expect(pollBudgetOf('another', [{ requests: 48, milliseconds: DAY }], 0).allows('trigger', 0)).toBe(true);
	// Other limits were set in the credential.
	expect(pollBudgetOf('shared', [{ requests: 4800, milliseconds: DAY }], 0).allows('trigger', 0)).toBe(true);
});

test('two minutes for each request of a Stamhoofd trigger, as its documentation says', () => {
	expect(Math.ceil(millisecondsPerRequest(stamhoofd.windows({ rateLimitTier: 'standard' })) / MINUTE)).toBe(2);
});
