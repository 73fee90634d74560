/** How the contender is called that all others stand beside. */
export const OURS = 'this package';

export function median(values: number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Median milliseconds of each contender. All take turns, so that whatever else the machine does hits them alike; each
 * turn begins with another one, and the first turn does not count.
 */
export async function takeTurns(contenders: Record<string, () => Promise<unknown>>, turns: number): Promise<Record<string, number>> {
	const times: Record<string, number[]> = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
	for (let turn = 0; turn <= turns; turn++) {
		const order = Object.entries(contenders);
		order.push(...order.splice(0, turn % order.length));
		for (const [name, run] of order) {
			global.gc?.();
			const start = performance.now();
			await run();
			if (turn > 0) times[name].push(performance.now() - start);
		}
	}
	return Object.fromEntries(Object.entries(times).map(([name, measured]) => [name, median(measured)]));
}
