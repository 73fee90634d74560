import { remember } from '../../transport/remember';

const MOST_KEPT = 5000;

interface Kept {
	value: Promise<unknown>;
	/** Milliseconds since 1970. */
	until: number;
}

const kept = new Map<string, Kept>();

/**
 * What `make` gives, or gave shortly before; a failure is not kept.
 * @param now milliseconds since 1970
 * @param time milliseconds
 */
export async function keep<T>(key: string, now: number, time: number, make: () => Promise<T>): Promise<T> {
	const known = kept.get(key);
	if (known && known.until > now) return (await known.value) as T;
	const value = make();
	remember(kept, key, { value, until: now + time }, MOST_KEPT);
	value.catch(() => kept.delete(key));
	return await value;
}

/** What is kept under keys that begin so. */
export async function keptUnder<T>(begin: string, now: number): Promise<T[]> {
	const values = [...kept].filter(([key, { until }]) => key.startsWith(begin) && until > now).map(([, { value }]) => value as Promise<T>);
	return (await Promise.allSettled(values)).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
