/** What the made-up data of all simulators begin with. */

/** The moment at which the data ends: now, in whole seconds, so that "the last 90 days" is never empty. */
export const SEED_NOW = Math.floor(Date.now() / 1000) * 1000;

export const DAY = 86_400_000;

/** Mulberry32: numbers from 0 up to 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** What made-up data is drawn from. */
export interface Dice {
	random(): number;
	/** Integer from 0 up to `end`, not included. */
	below(end: number): number;
	pick<T>(choices: readonly T[]): T;
	digits(length: number): string;
	hex(length: number): string;
	uuid(): string;
}

export function diceOf(seed: number): Dice {
	const random = seededRandom(seed);
	const below = (end: number) => Math.floor(random() * end);
	const hex = (length: number) => {
		let text = '';
		while (text.length < length) text += '0123456789abcdef'[below(16)];
		return text;
	};
	return {
		random,
		below,
		pick: (choices) => choices[below(choices.length)],
		digits: (length) => Array.from({ length }, () => below(10)).join(''),
		hex,
		uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[below(4)]}${hex(3)}-${hex(12)}`,
	};
}
