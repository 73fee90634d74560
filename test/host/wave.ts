/** Lets things happen at all platforms at once, and says which events that is. */
import type { HostedPlatform } from './platforms';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** An event in one line: "stamhoofdTrigger paymentPaid", its id, and what tells it from another event of the same id. */
export const eventKey = (type: string, event: string, ...of: unknown[]) => [type, event, ...of].join(' ');

/** Most of what happens in a wave happens in the same second. */
export const momentOf = (start: number, wave: number, index: number) => start + wave * 5 * MINUTE + (index % 3) * SECOND;

/** Some hundred events of all kinds; their keys. */
export const makeWave = (platforms: object, number: number, start: number): string[] =>
	Object.values<HostedPlatform>(platforms as Record<string, HostedPlatform>).flatMap(({ wave }) => wave?.(number, start) ?? []);
