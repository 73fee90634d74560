import { setImmediate as allElse } from 'node:timers/promises';

import type { Clock } from '../../nodes/transport/rateLimit';

export interface VirtualClock extends Clock {
	/** Lets time pass until `work` is done. Throws if it waits for something that never comes. */
	until<T>(work: Promise<T>): Promise<T>;
}

/** Time that passes only when nothing else is left to do: hours take milliseconds, and a run can be repeated exactly. */
export function virtualClock(): VirtualClock {
	const timers: Array<{ at: number; ring: () => void }> = [];
	let now = 0;
	return {
		now: () => now,
		sleep: async (milliseconds) =>
			await new Promise<void>((ring) => {
				const at = now + milliseconds;
				timers.splice(timers.findLastIndex((timer) => timer.at <= at) + 1, 0, { at, ring });
			}),
		async until(work) {
			let done = false;
			const finish = () => (done = true);
			work.then(finish, finish);
			for (;;) {
				await allElse();
				if (done) return await work;
				const next = timers.shift();
				if (!next) throw new Error('Nothing is left that could end this');
				now = next.at;
				next.ring();
			}
		},
	};
}
