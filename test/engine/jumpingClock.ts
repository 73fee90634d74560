/**
 * Time that passes only where somebody waits: a wait ends at once and sets the clock on by what it would have taken. Put
 * it in the place of n8n's sleep with `jest.mock`. What goes over the network takes the time that it takes.
 */
import { performance as realPerformance } from 'node:perf_hooks';

const real = { date: Date.now.bind(Date), performance: realPerformance.now.bind(realPerformance) };
let skipped = 0;
const sleepers: Array<{ at: number; wake(): void }> = [];

Date.now = () => Math.floor(real.date() + skipped);
Object.defineProperty(globalThis, 'performance', { value: { now: () => real.performance() + skipped }, configurable: true });

function wakeNext() {
	const next = sleepers.shift()!;
	skipped += Math.max(0, next.at - real.performance() - skipped);
	next.wake();
	if (sleepers.length > 0) setTimeout(wakeNext, 0);
}

export async function sleep(milliseconds: number): Promise<void> {
	await new Promise<void>((wake) => {
		const at = real.performance() + skipped + milliseconds;
		sleepers.splice(sleepers.findLastIndex((other) => other.at <= at) + 1, 0, { at, wake });
		if (sleepers.length === 1) setTimeout(wakeNext, 0);
	});
}
