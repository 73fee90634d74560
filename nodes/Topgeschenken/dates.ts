import { DateTime } from 'luxon';

import { InvalidInput } from '../transport/errors';

/** Where the gifts are delivered, whatever the time zone of the workflow. */
const ZONE = 'Europe/Amsterdam';

/** As people write them in a sheet: 1-12-2026, 1/12/2026, with or without a time. */
const DUTCH = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;

function toISOText(value: unknown): string {
	const text = (value instanceof Date || DateTime.isDateTime(value) ? value.toJSON()! : String(value ?? '')).trim();
	const [, day, month, year] = DUTCH.exec(text) ?? [];
	return day === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function parse(field: string, value: unknown, zone: string): DateTime {
	const date = DateTime.fromISO(toISOText(value).replace(' ', 'T'), { zone });
	if (!date.isValid) {
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
 * A moment with its offset; without one it is meant in the workflow's time zone. Empty: undefined.
 * @throws InvalidInput if it is no date
 */
export function moment(field: string, value: unknown, zone: string): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	return parse(field, value, zone).toISO({ suppressMilliseconds: true })!;
}
