import { DateTime } from 'luxon';

import { InvalidInput } from '../transport/errors';

/** Where the gifts are delivered, whatever the time zone of the workflow. */
const ZONE = 'Europe/Amsterdam';

/** As people write them in a sheet: 1-12-2026, 1/12/2026, with or without a time. */
const DUTCH = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]+(\d.*))?$/;
/** A whole day at least: a bare "12", a time or a month is ISO 8601 too, and would be some day that nobody meant. */
const WITH_DAY = /^\d{4}-\d{2}-\d{2}(?!\d)/;

function toISOText(value: unknown): string {
	const text = (value instanceof Date || DateTime.isDateTime(value) ? value.toJSON()! : String(value ?? '')).trim();
	const [, day, month, year, time] = DUTCH.exec(text) ?? [];
	if (day === undefined) return text.replace(' ', 'T');
	const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	return time === undefined ? date : `${date}T${time.replace(/^\d:/, '0$&')}`;
}

function parse(field: string, value: unknown, zone: string): DateTime {
	const text = toISOText(value);
	const date = DateTime.fromISO(text, { zone });
	if (!date.isValid || !WITH_DAY.test(text)) {
		throw new InvalidInput(`${field} "${String(value)}" is not a date: write it as 2026-12-01 or 1-12-2026`);
	}
	return date;
}

/**
 * A day in the API's form, midnight in the Netherlands with its offset: 2026-12-01T00:00:00+01:00.
 * @throws InvalidInput if it is no date, or in the past
 */
export function deliveryDay(field: string, value: unknown, now: DateTime = DateTime.now()): string {
	const day = parse(field, value, ZONE).startOf('day');
	if (day < now.setZone(ZONE).startOf('day')) {
		throw new InvalidInput(`${field} ${day.toISODate()} is in the past: choose a day from today on`);
	}
	return day.toISO({ suppressMilliseconds: true })!;
}

/**
 * The start or the end of a day in the Netherlands, with its offset, whatever hour the API keeps for a delivery: its
 * samples have midnight there and midnight in UTC. Empty: undefined.
 * @throws InvalidInput if it is no date
 */
export function edgeOfDay(field: string, value: unknown, edge: 'start' | 'end'): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const day = parse(field, value, ZONE);
	return (edge === 'start' ? day.startOf('day') : day.endOf('day').startOf('second')).toISO({ suppressMilliseconds: true })!;
}

/**
 * A moment with its offset; without one it is meant in the workflow's time zone. Empty: undefined.
 * @throws InvalidInput if it is no date
 */
export function moment(field: string, value: unknown, zone: string): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	return parse(field, value, zone).toISO({ suppressMilliseconds: true })!;
}
