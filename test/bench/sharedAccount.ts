/** Several processes that share one account and cannot see each other, on one virtual clock, against an honest server. */
import { createRateLimiter } from '../../nodes/transport/rateLimit';
import type { RateWindow } from '../../nodes/transport/rateLimit';
import { createShare } from '../../nodes/transport/share';
import type { Share } from '../../nodes/transport/share';
import { virtualClock } from '../unit/virtualClock';

export type Kind = 'fixed' | 'sliding';
/** Which windows count a refused request: none, those shorter than the one that refused it, or every one. */
export type Counting = 'nowhere' | 'shorter' | 'everywhere';

export interface Scenario {
	/** What the processes know of the server's limits. */
	announced: RateWindow[];
	real: RateWindow[];
	kind: Kind;
	counting: Counting;
	/** Whether a refusal names its time, rounded up to seconds. */
	names: boolean;
	/** Requests of each process. */
	requests: number[];
	/** When each begins. */
	starts: number[];
	random: () => number;
	share?: (random: () => number) => Share;
}

export interface Outcome {
	/** Milliseconds until the last answer. */
	time: number;
	/** Refusals for each request that was granted. */
	refused: number;
	/** Jain's index of what each process got while all of them had something to send. */
	fairness: number;
	/** Process and moment of each grant. */
	grants: Array<{ process: number; at: number }>;
	refusals: number;
}

/** Undefined if the request is granted, else milliseconds until one can be. */
function serverOf({ real, kind, counting, random }: Scenario): (now: number) => number | undefined {
	const windows = real.map((window) => ({ ...window, phase: random() * window.milliseconds, log: [] as number[] }));
	return (now) => {
		for (const { log, milliseconds, phase } of windows) {
			const start = kind === 'sliding' ? now - milliseconds : now - ((now + phase) % milliseconds) - 1e-9;
			log.splice(0, log.findLastIndex((at) => at <= start) + 1);
		}
		const refusing = windows.findIndex(({ log, requests }) => log.length >= requests);
		windows.forEach(({ log }, position) => {
			const counts = refusing < 0 || counting === 'everywhere' || (counting === 'shorter' && position < refusing);
			if (counts) log.push(now);
		});
		if (refusing < 0) return undefined;
		const { log, requests, milliseconds, phase } = windows[refusing];
		return kind === 'sliding' ? log[log.length - requests] + milliseconds - now : milliseconds - ((now + phase) % milliseconds);
	};
}

/** From 1 if all are alike down to 1 / their number if one has all. */
export function jain(values: number[]): number {
	const sum = values.reduce((total, value) => total + value, 0);
	const squares = values.reduce((total, value) => total + value * value, 0);
	return squares === 0 ? 1 : (sum * sum) / (values.length * squares);
}

/** A request's way there and back takes 20 to 250 ms. */
const LATENCY = [20, 250];

export async function shareAnAccount(scenario: Scenario): Promise<Outcome> {
	const { announced, counting, names, requests, starts, random, share = createShare } = scenario;
	const clock = virtualClock();
	const server = serverOf(scenario);
	const grants: Outcome['grants'] = [];
	let refusals = 0;
	let time = 0;
	const way = () => (LATENCY[0] + random() * (LATENCY[1] - LATENCY[0])) / 2;
	const ended: number[] = [];

	async function run(process: number) {
		if (starts[process] > 0) await clock.sleep(starts[process]);
		const limiter = createRateLimiter(announced, clock, share(random));
		limiter.countsRefused = counting === 'everywhere';
		const one = async () => {
			const ticket = limiter.takeTicket();
			for (;;) {
				const isGranted = await limiter.run(
					async (place) => {
						await clock.sleep(way());
						const wait = server(clock.now());
						if (wait === undefined) grants.push({ process, at: clock.now() });
						await clock.sleep(way());
						time = clock.now();
						if (wait === undefined) return true;
						refusals++;
						place.refused(names ? Math.ceil(wait / 1000) * 1000 : undefined);
						return false;
					},
					{ ticket },
				);
				if (isGranted) return;
			}
		};
		await Promise.all(Array.from({ length: requests[process] }, one));
		ended.push(clock.now());
	}

	await clock.until(Promise.all(requests.map((_, process) => run(process))));
	const from = Math.max(...starts);
	const to = Math.min(...ended);
	const got = requests.map((_, process) => grants.filter((one) => one.process === process && one.at >= from && one.at < to).length);
	return { time, refused: refusals / grants.length, fairness: jain(got), grants, refusals };
}

/** When the last of so many requests can be counted at the earliest, wherever the server's windows begin. */
export function earliest(windows: RateWindow[], requests: number): number {
	const counted: number[] = [];
	for (let position = 0; position < requests; position++) {
		const frees = windows.map((window) => (counted[position - window.requests] ?? -Infinity) + window.milliseconds);
		counted.push(Math.max(0, ...frees));
	}
	return counted.at(-1)!;
}
