/** What several workers of n8n get out of one account that they share without seeing each other, in virtual time. */
import { mean } from 'lodash';

import type { RateWindow } from '../../nodes/transport/rateLimit';
import { createShare } from '../../nodes/transport/share';
import type { Share } from '../../nodes/transport/share';
import { OURS } from './measure';
import type { Part } from './report';
import { seededRandom } from '../sandbox/seed';
import { earliest, shareAnAccount } from './sharedAccount';
import type { Counting, Kind, Scenario } from './sharedAccount';

const HOUR = 3_600_000;
const SHORT: RateWindow[] = [{ requests: 25, milliseconds: 5000 }];
const STAMHOOFD: RateWindow[] = [
	...SHORT,
	{ requests: 120, milliseconds: 120_000 },
	{ requests: 1000, milliseconds: HOUR },
	{ requests: 2000, milliseconds: 24 * HOUR },
];

type Make = (random: () => number) => Share;

/** Sends as fast as its own log allows, and after a refusal waits as long as it was told. */
const heedless: Make = (random) => {
	let inARow = 0;
	return {
		rooms: (announced) => announced.map((window) => ({ ...window, abreast: Infinity, until: Infinity })),
		granted: () => (inARow = 0),
		refused([window], _startedAt, _now, wait) {
			const growing = 1000 * 2 ** Math.min(6, inARow++) + random() * 500;
			return { window, pause: wait ?? growing, isFirst: true };
		},
	};
};

/** After a refusal so many requests at a time, for five of the shortest windows. */
const few =
	(abreast: number): Make =>
	(random) => {
		const base = heedless(random);
		let until = -Infinity;
		return {
			...base,
			rooms: (announced, now) => announced.map((window) => ({ ...window, abreast: now < until ? abreast : Infinity, until: Infinity })),
			refused(announced, startedAt, now, wait) {
				const refusal = base.refused(announced, startedAt, now, wait);
				until = now + refusal.pause + 5 * announced[0].milliseconds;
				return refusal;
			},
		};
	};

const CONTENDERS: Record<string, Make> = {
	[OURS]: createShare,
	'as fast as the own log allows': heedless,
	'one at a time after a refusal': few(1),
	'four at a time after a refusal': few(4),
};

const RUNS = 20;

interface Setting {
	name: string;
	windows: RateWindow[];
	requests: number;
	kind: Kind;
	counting: Counting;
}

const SETTINGS: Setting[] = (['fixed', 'sliding'] as const).flatMap((kind) =>
	(['nowhere', 'shorter', 'everywhere'] as const).flatMap((counting) => [
		// There is none that is shorter.
		...(counting === 'shorter' ? [] : [{ name: '25 in 5 s', windows: SHORT, requests: 300, kind, counting }]),
		{ name: "Stamhoofd's", windows: STAMHOOFD, requests: 200, kind, counting },
	]),
);

interface Measured {
	ratio: number;
	refused: number;
	fairness: number;
}

/** The mean of some runs, each with other moments at which the server's windows and the processes begin. */
async function measure(make: Make, setting: Setting, processes: number): Promise<Measured> {
	const runs: Measured[] = [];
	for (let run = 0; run < RUNS; run++) {
		const random = seededRandom(1000 * run + processes);
		const { windows, requests, kind, counting } = setting;
		const { time, refused, fairness } = await shareAnAccount({
			announced: windows,
			real: windows,
			kind,
			counting,
			names: true,
			requests: Array<number>(processes).fill(requests),
			// The first at once, the others within two seconds.
			starts: Array.from({ length: processes }, (_, process) => (process === 0 ? 0 : random() * 2000)),
			random,
			share: make,
		});
		runs.push({ ratio: time / earliest(windows, processes * requests), refused, fairness });
	}
	const average = (key: keyof Measured) => mean(runs.map((one) => one[key]));
	return { ratio: average('ratio'), refused: average('refused'), fairness: average('fairness') };
}

/** What three processes come to at worst, for windows of a kind that count refused requests or not. */
type Worst = Record<keyof Measured, number>;

const GOALS: Record<Counting, number> = { nowhere: 1.1, shorter: 1.1, everywhere: 1.15 };

export async function sharing(): Promise<Part> {
	const rows: Part['rows'] = [];
	const goals: Part['goals'] = [];
	const worst = new Map<string, Worst & { counting: Counting }>();
	let alone = 0;
	for (const processes of [1, 2, 3]) {
		for (const setting of SETTINGS) {
			const { name, kind, counting } = setting;
			for (const [client, make] of Object.entries(CONTENDERS)) {
				// Those are not done for hours: every refusal makes the next one likelier.
				const neverEnds = kind === 'sliding' && counting === 'everywhere';
				if (client !== OURS && (neverEnds || processes < 3)) continue;
				const { ratio, refused, fairness } = await measure(make, setting, processes);
				rows.push({
					processes,
					limits: `${name}, ${kind}`,
					'refused count': counting,
					client,
					'÷ earliest possible': ratio,
					'refused ÷ granted': refused,
					"Jain's index": fairness,
				});
				if (client !== OURS) continue;
				if (processes === 1) alone = Math.max(alone, refused);
				if (processes < 3) continue;
				const key = `three processes, ${kind} windows, refused requests count ${counting}`;
				const before = worst.get(key) ?? { ratio: 0, refused: 0, fairness: 1, counting };
				worst.set(key, {
					counting,
					ratio: Math.max(before.ratio, ratio),
					refused: Math.max(before.refused, refused),
					fairness: Math.min(before.fairness, fairness),
				});
			}
		}
	}
	for (const [key, { ratio, refused, fairness, counting }] of worst) {
		goals.push({ text: `${key}: refused for each granted one`, measured: refused, most: 0.15 });
		goals.push({ text: `${key}: time ÷ earliest possible`, measured: ratio, most: GOALS[counting] });
		goals.push({ text: `${key}: 1 − Jain's index`, measured: 1 - fairness, most: 0.1 });
	}
	return {
		name: 'sharing',
		title: `Processes that share an account without seeing each other (virtual time, ${RUNS} runs each, ways of 20 to 250 ms, Retry-After in whole seconds)`,
		rows,
		goals: [{ text: 'one process: refused requests', measured: alone, most: 0 }, ...goals],
	};
}

/** So many of the 25 requests of a window are its full pace: each window begins a little later than it could. */
const FULL = 23;

/** Windows that pass until a process is back at its full pace after the others have stopped. */
async function windowsUntilFull(make: Make, random: () => number): Promise<number> {
	const [{ milliseconds }] = SHORT;
	const requests = [800, 100, 100];
	const starts = [0, random() * 2000, random() * 2000];
	const setting = { announced: SHORT, real: SHORT, kind: 'fixed', counting: 'nowhere', names: true } as const;
	const { grants } = await shareAnAccount({ ...setting, requests, starts, random, share: make });
	const stopped = Math.max(...grants.filter(({ process }) => process !== 0).map(({ at }) => at));
	const later = grants.filter(({ at }) => at > stopped).map(({ at }) => at);
	const full = later.findIndex((at, position) => (later[position + FULL - 1] ?? Infinity) - at < milliseconds);
	return (later[full] - stopped) / milliseconds;
}

const MINUTE = 60_000;

interface Unknown {
	limits: string;
	announced: RateWindow[];
	real: RateWindow[];
	requests: number;
	names: boolean;
}

/** Limits that nobody announced, and a pace that was set above the real one. */
const UNKNOWN: Unknown[] = [
	{ limits: '60 a minute, at a pace of 3 a second', announced: [{ requests: 3, milliseconds: 1000 }], real: [{ requests: 60, milliseconds: MINUTE }], requests: 240, names: false },
	{ limits: '30 a minute, at a pace of 3 a second', announced: [{ requests: 3, milliseconds: 1000 }], real: [{ requests: 30, milliseconds: MINUTE }], requests: 120, names: false },
	{ limits: '60 a minute, 8 at a time', announced: [{ requests: 8, milliseconds: 0 }], real: [{ requests: 60, milliseconds: MINUTE }], requests: 240, names: false },
	{ limits: '50 a second, at a pace of 60', announced: [{ requests: 60, milliseconds: 1000 }], real: [{ requests: 50, milliseconds: 1000 }], requests: 675, names: true },
];

export async function unknown(): Promise<Part> {
	const rows: Part['rows'] = [];
	let refusedAtMost = 0;
	for (const { limits, announced, real, requests, names } of UNKNOWN) {
		for (const [client, make] of Object.entries(CONTENDERS)) {
			const runs = [];
			for (let run = 0; run < RUNS; run++) {
				const random = seededRandom(run);
				const scenario: Scenario = { announced, real, kind: run % 2 ? 'fixed' : 'sliding', counting: 'nowhere', names, requests: [requests], starts: [0], random, share: make };
				runs.push(await shareAnAccount(scenario));
			}
			const soonest = earliest([...announced.filter(({ milliseconds }) => milliseconds > 0), ...real], requests);
			const refused = mean(runs.map((run) => run.refused));
			if (client === OURS) refusedAtMost = Math.max(refusedAtMost, refused);
			rows.push({ limits, client, '÷ earliest possible': mean(runs.map(({ time }) => time / soonest)), 'refused ÷ granted': refused });
		}
	}
	const returns: number[] = [];
	for (let run = 0; run < RUNS; run++) returns.push(await windowsUntilFull(createShare, seededRandom(run)));
	return {
		name: 'unknown',
		title: 'Limits that nobody announced, and a pace above the real limit (virtual time, one process)',
		rows,
		goals: [
			{ text: 'refused requests for each granted one', measured: refusedAtMost, most: 0.15 },
			{ text: 'windows until a process is back at its full pace after two others have stopped', measured: Math.max(...returns), most: 5 },
		],
	};
}
