import { StamhoofdTrigger } from '../../nodes/Stamhoofd/StamhoofdTrigger.node';
import { stamhoofd } from '../../nodes/Stamhoofd/platform';
import { createPollBudget, millisecondsPerRequest, pollBudgetOf } from '../../nodes/transport/pollBudget';

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
			if (now % interval === 0 && budget.allows(now)) {
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

test('a poll of many requests is made up for afterwards', () => {
	const budget = createPollBudget(MINUTE, 0);
	for (let request = 0; request < 370; request++) budget.spend();
	expect(budget.allows(0)).toBe(false);
	expect(budget.allows(10 * MINUTE)).toBe(false);
	expect(budget.allows(11 * MINUTE)).toBe(true);
});

test('all triggers of an account share its budget', () => {
	const one = pollBudgetOf('shared', [{ requests: 48, milliseconds: DAY }], 0);
	for (let request = 0; request < 6; request++) one.spend();
	expect(pollBudgetOf('shared', [{ requests: 48, milliseconds: DAY }], 0).allows(0)).toBe(false);
	expect(pollBudgetOf('another', [{ requests: 48, milliseconds: DAY }], 0).allows(0)).toBe(true);
	// Other limits were set in the credential.
	expect(pollBudgetOf('shared', [{ requests: 4800, milliseconds: DAY }], 0).allows(0)).toBe(true);
});

test('the Stamhoofd trigger names the interval that follows from the limits', () => {
	const minutes = Math.ceil(millisecondsPerRequest(stamhoofd.windows({ rateLimitTier: 'standard' })) / MINUTE);
	const [hint] = new StamhoofdTrigger().description.hints!;
	expect(hint.message).toContain(`at least ${minutes} minutes for each`);
	expect(hint.displayCondition).toContain(`time.value < ${minutes})`);
});
