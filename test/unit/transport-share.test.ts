import { createRateLimiter } from '../../nodes/transport/rateLimit';
import type { RateWindow } from '../../nodes/transport/rateLimit';
import { createShare, MOST_REMEMBERED, noteMoment } from '../../nodes/transport/share';
import { earliest, shareAnAccount } from '../bench/sharedAccount';
import { seededRandom } from '../sandbox/seed';
import type { Scenario } from '../bench/sharedAccount';
import { virtualClock } from './virtualClock';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const window: RateWindow = { requests: 25, milliseconds: 5 * SECOND };

/** A share that was refused at a moment, when so many had got through. */
function refusedAfter(granted: number, windows = [window], wait: number | undefined = 2 * SECOND) {
	const share = createShare(() => 0);
	for (let request = 0; request < granted; request++) share.granted(0, 100);
	const refusal = share.refused(windows, 200, 300, wait);
	return { share, refusal, room: (now: number) => share.rooms(windows, now)[0] };
}

describe('what a refusal changes', () => {
	it('nothing before the first one', () => {
		const share = createShare();
		share.granted(0, 100);
		expect(share.rooms([window], 200)).toEqual([{ ...window, abreast: 7, until: Infinity }]);
	});

	it('few are sent at a time: no more than a fair share for four windows, then all that gets through, then it is forgotten', () => {
		const { share, refusal, room } = refusedAfter(8);
		expect(refusal).toEqual({ window, pause: 2 * SECOND, isFirst: true });
		const from = 300 + 2 * SECOND;
		for (const now of [from, from + 19_999]) expect(room(now)).toEqual({ requests: 8, milliseconds: 5000, abreast: 1, until: from + 20_000 });
		for (const now of [from + 20_000, from + 34_999]) expect(room(now)).toEqual({ ...window, abreast: 1, until: Infinity });
		share.granted(from + 34_899, from + 34_999);
		expect(room(from + 35_000)).toEqual({ ...window, abreast: 7, until: Infinity });
	});

	it.each([
		[0, false],
		[4, false],
		[5, true],
		[25, true],
	])('a share of %d of 25 may be fair: %s', (granted, isFair) => {
		const { room } = refusedAfter(granted);
		expect(room(10 * SECOND)).toMatchObject({ requests: isFair ? granted : window.requests, abreast: 1 });
	});

	it('a share is kept for no longer than a minute', () => {
		const medium = { requests: 60, milliseconds: 25 * SECOND };
		expect(refusedAfter(20, [medium], SECOND).room(51 * SECOND).requests).toBe(20);
		expect(refusedAfter(20, [medium], SECOND).room(52 * SECOND).requests).toBe(60);
		const long = { requests: 120, milliseconds: 2 * MINUTE };
		expect(refusedAfter(40, [long], MINUTE).room(2 * MINUTE)).toMatchObject({ ...long, abreast: 1 });
	});

	it('as many go at a time as are under way where the limit is used evenly', () => {
		const fast = { requests: 60, milliseconds: SECOND };
		expect(refusedAfter(50, [fast], 500).room(SECOND).abreast).toBe(6);
	});

	it('what is known of a window does not grow old while a longer one is used up', () => {
		const windows = [window, { requests: 120, milliseconds: 2 * MINUTE }];
		const { share, room } = refusedAfter(8, windows);
		share.refused(windows, 10 * SECOND, 10 * SECOND, 90 * SECOND);
		for (const now of [100 * SECOND, 119 * SECOND]) expect(room(now)).toMatchObject({ requests: 8, until: 120 * SECOND });
	});

	it('what is known of a window ends in its time, although the server asked to wait for years and then lets something through', () => {
		const { share } = refusedAfter(20);
		share.refused([window], 5000, 5100, 1e14);
		const probe = 6 * MINUTE;
		share.granted(probe, probe + 100);
		expect(share.rooms([window], probe + 100 + 20 * SECOND)[0].requests).toBe(25);
		expect(share.rooms([window], probe + MINUTE)[0]).toEqual({ ...window, abreast: 25, until: Infinity });
	});

	it('what was under way when the first one came belongs to the share, and its refusals change nothing', () => {
		const { share, room } = refusedAfter(6);
		share.granted(200, 400);
		share.granted(250, 500);
		expect(share.refused([window], 250, 600, SECOND)).toEqual({ window, pause: SECOND, isFirst: false });
		expect(room(5 * SECOND).requests).toBe(8);
	});

	it('is laid at the door of the shortest window that such a wait can belong to', () => {
		const windows = [window, { requests: 120, milliseconds: 2 * MINUTE }];
		expect(refusedAfter(8, windows, 5 * SECOND).refusal.window).toBe(windows[0]);
		expect(refusedAfter(8, windows, 5 * SECOND + 1).refusal.window).toBe(windows[1]);
		expect(refusedAfter(8, windows, HOUR).refusal.window).toEqual({ requests: Infinity, milliseconds: HOUR });
		expect(refusedAfter(8, windows, 1000 * HOUR).refusal.window).toEqual({ requests: Infinity, milliseconds: 24 * HOUR });
	});
});

test('a log has the latest moments, and no more than it needs over months', () => {
	const moments: number[] = [];
	let longest = 0;
	for (let moment = 0; moment <= 5 * MOST_REMEMBERED; moment++) {
		noteMoment(moments, moment);
		longest = Math.max(longest, moments.length);
	}
	expect(longest).toBeLessThanOrEqual(2 * MOST_REMEMBERED);
	expect(moments.slice(-MOST_REMEMBERED)).toEqual(Array.from({ length: MOST_REMEMBERED }, (_, index) => 4 * MOST_REMEMBERED + 1 + index));
});

describe('a process that has not heard of the server for a window', () => {
	const many: RateWindow = { requests: 100, milliseconds: 5 * SECOND };

	const share = async (requests: number[], starts: number[]) =>
		await shareAnAccount({ announced: [many], real: [many], kind: 'fixed', counting: 'nowhere', names: true, random: seededRandom(1), requests, starts });

	it('begins with 25 at a time, and goes on with as many as empty the window in a quarter of its time', () => {
		const { rooms, granted } = createShare();
		expect(rooms([many], 0)[0].abreast).toBe(25);
		granted(0, 100);
		expect(rooms([many], 5099)[0].abreast).toBe(8);
		expect(rooms([many], 5100)[0].abreast).toBe(25);
		granted(5000, 5200);
		expect(rooms([many], 5200)[0].abreast).toBe(16);
		granted(5200, 5210);
		expect(rooms([many], 5210)[0].abreast).toBe(7);
	});

	it('so that no more than those are refused where another has used the account up', async () => {
		const { grants, refusals } = await share([100, 100], [0, 1000]);
		expect(grants).toHaveLength(200);
		expect(refusals).toBeLessThanOrEqual(25 + 2);
	});

	it('and is not slower for it when it is alone', async () => {
		const { refusals, time } = await share([600], [0]);
		expect(refusals).toBe(0);
		expect(time / earliest([many], 600)).toBeLessThan(1.08);
	});
});

describe('how long nothing is sent', () => {
	const pauses = (wait: number | undefined, times: number) => {
		const share = createShare(() => 0);
		let now = 0;
		return Array.from({ length: times }, () => {
			const { pause } = share.refused([{ requests: 1000, milliseconds: SECOND }], now, now, wait);
			now += pause;
			return pause;
		});
	};

	it('grows where the server does not say, up to five minutes', () => {
		expect(pauses(undefined, 3)).toEqual([250, 500, 1000]);
		expect(pauses(undefined, 20).slice(-2)).toEqual([5 * MINUTE, 5 * MINUTE]);
	});

	it('is never less than a quarter of a second, and grows if what the server says turns out wrong again and again', () => {
		const hostile = pauses(10, 40);
		expect(hostile.slice(0, 22)).toEqual([...Array<number>(20).fill(250), 500, 1000]);
		expect(hostile.at(-1)).toBe(5 * MINUTE);
	});

	it('is what the server asks for', () => {
		expect(pauses(7000, 3)).toEqual([7000, 7000, 7000]);
	
		// Shorter ones by up to a quarter of a second more, so that not all wake at the same moment.
		const late = createShare(() => 0.5);
		expect(late.refused([window], 0, 0, 7000).pause).toBe(7125);
		expect(late.refused([window], 8000, 8000, HOUR).pause).toBe(HOUR);
	});

	it('begins anew after a request that got through', () => {
		const share = createShare(() => 0);
		for (const now of [0, SECOND, 3 * SECOND]) share.refused([window], now, now);
		share.granted(4 * SECOND, 5 * SECOND);
		expect(share.refused([{ requests: 1000, milliseconds: SECOND }], 10 * SECOND, 10 * SECOND).pause).toBe(250);
	});

	it('is at least half of the time in which one of the share comes along', () => {
		const slow = { requests: 100, milliseconds: HOUR };
		expect(refusedAfter(90, [slow], 10).refusal.pause).toBe(HOUR / 90 / 2);
		// But not for more than a minute, and not where nothing got through.
		expect(refusedAfter(1, [slow], 10).refusal.pause).toBe(MINUTE);
		expect(refusedAfter(0, [slow], 10).refusal.pause).toBe(250);
	});
});

describe('processes that share an account', () => {
	const scenario = (more: Partial<Scenario>, seed = 1): Scenario => ({
		announced: [window],
		real: [window],
		kind: 'fixed',
		counting: 'nowhere',
		names: true,
		requests: [150, 150, 150],
		starts: [0, 300, 900],
		random: seededRandom(seed),
		...more,
	});

	it.each([
		['fixed', 'nowhere'],
		['sliding', 'nowhere'],
		['fixed', 'everywhere'],
		['sliding', 'everywhere'],
	] as const)('are seldom refused and get about the same; nothing is lost: %s windows, refused requests count %s', async (kind, counting) => {
		const { refused, fairness, grants, time } = await shareAnAccount(scenario({ kind, counting }));
		expect(grants).toHaveLength(450);
		expect(refused).toBeLessThan(0.25);
		expect(fairness).toBeGreaterThan(0.8);
		expect(time / earliest([window], 450)).toBeLessThan(1.4);
	});

	it('find their way into a long window that one of them had to itself', async () => {
		const long = [{ requests: 120, milliseconds: 2 * MINUTE }];
		const { fairness, refused } = await shareAnAccount(scenario({ announced: long, real: long, kind: 'sliding', requests: [200, 200, 200], starts: [0, 500, 1000] }));
		expect(fairness).toBeGreaterThan(0.95);
		expect(refused).toBeLessThan(0.1);
	});

	it('are not refused at all when one is alone', async () => {
		const { refusals } = await shareAnAccount(scenario({ requests: [300], starts: [0] }));
		expect(refusals).toBe(0);
	});

	it.each([30, 60])('find a limit of %d a minute that nobody announced, and are done nearly as soon as can be', async (requests) => {
		const real = [{ requests, milliseconds: MINUTE }];
		const { refused, time } = await shareAnAccount(
			scenario({ announced: [{ requests: 3, milliseconds: SECOND }], real, names: false, kind: 'sliding', requests: [4 * requests], starts: [0] }),
		);
		expect(refused).toBeLessThan(0.1);
		expect(time / earliest(real, 4 * requests)).toBeLessThan(1.2);
	});

	it('do not stay slow because of a limit that they only seemed to have found', async () => {
		const announced = [{ requests: 8, milliseconds: 0 }];
		const { time } = await shareAnAccount(
			scenario({ announced, real: [{ requests: 20, milliseconds: SECOND }], names: false, requests: [400, 400], starts: [0, 500] }),
		);
		expect(time).toBeLessThan(3 * MINUTE);
	});
});

describe('the limiter', () => {
	it('sends few at a time after a refusal that it cannot explain', async () => {
		const clock = virtualClock();
		const limiter = createRateLimiter([window], clock, createShare(() => 0));
		limiter.countsRefused = false;
		await limiter.run(async ({ refused }) => void refused(SECOND));
		let running = 0;
		let most = 0;
		await clock.until(
			Promise.all(
				Array.from({ length: 20 }, async () =>
					await limiter.run(async () => {
						most = Math.max(most, ++running);
						await clock.sleep(100);
						running--;
					}),
				),
			),
		);
		expect(most).toBe(1);
		expect(clock.now()).toBe(SECOND + 20 * 100);
	});
});
