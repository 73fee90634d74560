import { remember } from '../../transport/remember';

const MOST_KEPT = 5000;

/** What has ended is let go so often, in milliseconds: a list may be large, and nobody may ask for it again. */
const CLEARED_EVERY = 60_000;

interface Kept {
	value: Promise<unknown>;
	/** Milliseconds since 1970; Infinity while it is being made, which may take longer than it is kept then. */
	until: number;
}

const kept = new Map<string, Kept>();
let clearedAt = 0;

function clear(now: number): void {
	if (Math.abs(now - clearedAt) < CLEARED_EVERY) return;
	clearedAt = now;
	for (const [key, { until }] of kept) if (until <= now) kept.delete(key);
}

/** How many values are kept. */
export const countKept = () => kept.size;

/**
 * What `make` gives, or gave shortly before; a failure is not kept.
 * @param now milliseconds since 1970
 * @param time milliseconds, from the moment when it is there
 */
export async function keep<T>(key: string, now: number, time: number, make: () => Promise<T>): Promise<T> {
	clear(now);
	const known = kept.get(key);
	if (known && known.until > now) return (await known.value) as T;
	const value = make();
	const entry: Kept = { value, until: Infinity };
	remember(kept, key, entry, MOST_KEPT);
	const forget = () => kept.get(key) === entry && kept.delete(key);
	value.then(() => (entry.until = Math.max(now, Date.now()) + time), forget);
	return await value;
}

/** What is kept under keys that begin so. */
export async function keptUnder<T>(begin: string, now: number): Promise<T[]> {
	const values = [...kept].filter(([key, { until }]) => key.startsWith(begin) && until > now).map(([, { value }]) => value as Promise<T>);
	return (await Promise.allSettled(values)).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
