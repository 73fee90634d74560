/** Days and moments as the API wants them. */
import { DateTime } from 'luxon';

import { ZONE } from '../operation/time';

/**
 * The start or the end of a day in the Netherlands, with its offset, whatever hour the API keeps for a delivery: its
 * samples have midnight there and midnight in UTC.
 * @param day as 2026-12-31
 */
export function edgeOfDay(day: string, edge: 'start' | 'end'): string {
	const at = DateTime.fromISO(day, { zone: ZONE });
	return written(edge === 'start' ? at.startOf('day') : at.endOf('day').startOf('second'));
}

/** A moment with its offset, as the API's samples write one. */
export function written(moment: DateTime): string {
	return moment.toISO({ suppressMilliseconds: true })!;
}
