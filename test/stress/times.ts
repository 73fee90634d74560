/** Numbers of a test that `npm run stress` runs in full. */
export const isStress = process.env.STRESS === '1';

/** So many in `npm test`, and so many in `npm run stress`, where a test may take an hour. */
export function times(usual: number, full: number): number {
	return isStress ? full : usual;
}

export const LONGEST_TEST = isStress ? 3_600_000 : 60_000;
