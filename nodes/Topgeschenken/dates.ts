/** Days and moments as the API wants them. */
import { DateTime } from 'luxon';

/** Where the gifts are delivered, whatever the time zone of the workflow. */
export const DELIVERY_ZONE = 'Europe/Amsterdam';

/**
 * The start or the end of a day in the Netherlands, with its offset, whatever hour the API keeps for a delivery: its
 * samples have midnight there and midnight in UTC.
 * @param day as 2026-12-31
 */
export function edgeOfDay(day: string, edge: 'start' | 'end'): string {
	const at = DateTime.fromISO(day, { zone: DELIVERY_ZONE });
	return written(edge === 'start' ? at.startOf('day') : at.endOf('day').startOf('second'));
}

/** The day of a delivery, from the moment that the API gives for it; what is no moment stays as it is. */
export function deliveryDay<T>(moment: T): T | string {
	if (typeof moment !== 'string') return moment;
	return DateTime.fromISO(moment, { zone: DELIVERY_ZONE }).toISODate() ?? moment;
}

/** A moment with its offset, as the API's samples write one. */
export function written(moment: DateTime): string {
	return moment.toISO({ suppressMilliseconds: true })!;
}
