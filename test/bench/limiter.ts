/** How fast clients get through Stamhoofd's limits, in virtual time, against servers whose windows start at any moment. */
import { setImmediate as allElse } from 'node:timers/promises';

import FakeTimers from '@sinonjs/fake-timers';
import Bottleneck from 'bottleneck';
import { sumBy } from 'lodash';
import pThrottle from 'p-throttle';

import { createRateLimiter } from '../../nodes/transport/rateLimit';
import { fixedWindows } from '../sandbox/api';
import type { FixedWindow } from '../sandbox/api';
import { median, OURS } from './measure';
import type { Part } from './report';

const HOUR = 3_600_000;
const WINDOWS: FixedWindow[] = [
	{ requests: 25, milliseconds: 5000, countsRefused: true },
	{ requests: 120, milliseconds: 120_000, countsRefused: true },
	{ requests: 1000, milliseconds: HOUR },
	{ requests: 2000, milliseconds: 24 * HOUR },
];
const COUNTS = [25, 100, 130, 500, 1000, 2000];
/** How often each is measured, every time with another start of the server's windows and another network. */
const RUNS = 10;

type Task = () => Promise<void>;
type Client = (tasks: Task[]) => Promise<unknown>;

const rest = async (milliseconds: number) => await new Promise((resolve) => setTimeout(resolve, milliseconds));

const clients: Record<string, () => Client> = {
	[OURS]: () => {
		const limiter = createRateLimiter(WINDOWS);
		return async (tasks) => await Promise.all(tasks.map(async (task) => await limiter.run(task)));
	},
	'Loop + Wait 1 s': () => async (tasks) => {
		for (const task of tasks) {
			await task();
			await rest(1000);
		}
	},
	'p-throttle, one for each window': () => async (tasks) => {
		const throttles = WINDOWS.map(({ requests, milliseconds }) => pThrottle({ limit: requests, interval: milliseconds, strict: true }));
		const run = throttles.reduceRight<(task: Task) => Promise<void>>(
			(inner, throttle) => throttle(inner) as (task: Task) => Promise<void>,
			async (task) => await task(),
		);
		await Promise.all(tasks.map(run));
	},
	'bottleneck, one for each window': () => async (tasks) => {
		const limiters = WINDOWS.map(
			({ requests, milliseconds }) =>
				new Bottleneck({
					reservoir: requests,
					reservoirRefreshAmount: requests,
					reservoirRefreshInterval: milliseconds,
					heartbeatInterval: 250,
				} as Bottleneck.ConstructorOptions),
		);
		limiters.slice(1).forEach((outer, position) => limiters[position].chain(outer));
		await Promise.all(tasks.map(async (task) => await limiters[0].schedule(task)));
		await Promise.all(limiters.map(async (limiter) => await limiter.disconnect()));
	},
};

/** A request's way to the server and back, in milliseconds. */
interface Way {
	there: number;
	back: number;
}

/**
 * When the last answer can be there at the earliest. The server may begin its windows at any moment, so between the
 * counting of a request and that of the one that is R before it must lie the whole window of R requests. That holds
 * even for a client that would know at which moment each request is counted; a real one knows only that it was before
 * the answer.
 */
function earliest(ways: Way[]): number {
	const counted: number[] = [];
	const answered = ways.map(({ there, back }, position) => {
		const frees = WINDOWS.map(({ requests, milliseconds }) => (counted[position - requests] ?? -Infinity) + milliseconds);
		counted.push(Math.max(there, ...frees));
		return counted[position] + back;
	});
	return Math.max(...answered);
}

/** How many of the requests a server would refuse whose windows start at the worst moment for that request. */
function refusedAtWorst(counted: number[]): number {
	return counted.filter((moment, position) =>
		WINDOWS.some(({ requests, milliseconds }) => moment - (counted[position - requests] ?? -Infinity) < milliseconds),
	).length;
}

interface Result {
	time: number;
	refused: number;
	refusedAtWorst: number;
}

async function measure(client: Client, ways: Way[]): Promise<Result> {
	const clock = FakeTimers.install({
		toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
	});
	try {
		const refuse = fixedWindows(WINDOWS);
		const counted: number[] = [];
		let refused = 0;
		let time = 0;
		const tasks = ways.map(({ there, back }) => async () => {
			await rest(there);
			counted.push(Date.now());
			if (refuse('account', Date.now())) refused++;
			await rest(back);
			time = Date.now();
		});
		let done = false;
		const work = client(tasks).finally(() => (done = true));
		while (!done) {
			await allElse();
			if (!done) clock.next();
		}
		await work;
		return { time, refused, refusedAtWorst: refusedAtWorst(counted) };
	} finally {
		clock.uninstall();
	}
}

export async function limiter(): Promise<Part> {
	const any = () => 10 + Math.floor(Math.random() * 31);
	const anyWay = (): Way => ({ there: any(), back: any() });
	const rows: Part['rows'] = [];
	let worstRatio = 0;
	let refusals = 0;
	for (const count of COUNTS) {
		const runs = Array.from({ length: RUNS }, () => Array.from({ length: count }, anyWay));
		for (const [name, create] of Object.entries(clients)) {
			const results: Result[] = [];
			for (const ways of runs) results.push(await measure(create(), ways));
			const ratio = median(results.map(({ time }, run) => time / earliest(runs[run])));
			if (name === OURS) {
				worstRatio = Math.max(worstRatio, ratio);
				refusals += sumBy(results, 'refused') + sumBy(results, 'refusedAtWorst');
			}
			rows.push({
				requests: count,
				client: name,
				'time, s': median(results.map((result) => result.time)) / 1000,
				'÷ earliest possible': ratio,
				'refused per run': sumBy(results, 'refused') / RUNS,
				'at the worst phase': sumBy(results, 'refusedAtWorst') / RUNS,
			});
		}
	}
	return {
		name: 'limiter',
		title: `Requests through limits of 25 in 5 s, 120 in 120 s, 1000 an hour, 2000 a day (virtual time, ${RUNS} runs each, ways of 20 to 80 ms)`,
		rows,
		goals: [
			{ text: 'time ÷ earliest possible, worst of all numbers of requests', measured: worstRatio, most: 1.02 },
			{ text: 'refused requests, at any phase', measured: refusals, most: 0 },
		],
	};
}
