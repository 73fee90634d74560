/** Times and days as they come out of the nodes: in one form, whichever service tells them. */
import { IANAZone } from 'luxon';

import { parseMoment } from '../input/date';
import { remember } from '../transport/remember';

/** The time of the Netherlands and of Belgium: by it the services count their days, and those who keep their books. */
export const ZONE = 'Europe/Amsterdam';

const zone = IANAZone.create(ZONE);

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Of each day in UTC: minutes that the zone is ahead; NaN for a day on which they change. */
const offsets = new Map<number, number>();
/** As many days as some thirty years have. */
const MOST_DAYS = 11_000;

/** Minutes that the zone is ahead of UTC. Asking luxon each time would take longer than all else. */
function offsetAt(milliseconds: number): number {
	const day = Math.floor(milliseconds / DAY);
	let offset = offsets.get(day);
	if (offset === undefined) {
		const [first, last] = [day, day + 1].map((one) => zone.offset(one * DAY));
		offset = first === last ? first : NaN;
		remember(offsets, day, offset, MOST_DAYS);
	}
	return Number.isNaN(offset) ? zone.offset(milliseconds) : offset;
}

const twoDigits = (number: number) => String(Math.trunc(number)).padStart(2, '0');

/** Undefined for what is outside the years that have four digits. */
function written(milliseconds: number): string | undefined {
	if (!(Math.abs(milliseconds) < 1e15)) return undefined;
	const offset = offsetAt(milliseconds);
	const clock = new Date(milliseconds + offset * MINUTE).toISOString();
	return /^\d/.test(clock) ? `${clock.slice(0, 19)}+${twoDigits(offset / 60)}:${twoDigits(offset % 60)}` : undefined;
}

const ISO_DAY = /^\d{4}-\d\d-\d\d$/;
/** As software writes it; without a zone it is local time. */
const ISO_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?:(Z)|([+-])(\d\d):?(\d\d))?$/;
const HAS_TIME = /\d:\d\d/;
const OWN_FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d.{0,13}(?:Z|[+-]\d\d:?\d\d)$/;

/** Milliseconds since 1970 of a local time, itself given as if it were UTC; of a time that is skipped, that of an hour later. */
function fromLocal(clock: number): number {
	const before = clock - offsetAt(clock) * MINUTE;
	return clock - offsetAt(before) * MINUTE;
}

function millisecondsOf(iso: RegExpExecArray): number {
	const [, day, minute, second = '00', utc, sign, hours, minutes] = iso;
	const text = `${day}T${minute}:${second}.000Z`;
	const clock = Date.parse(text);
	// JavaScript takes the 30th of February for the 2nd of March.
	if (Number.isNaN(clock) || new Date(clock).toISOString() !== text) return NaN;
	if (utc) return clock;
	return sign ? clock - Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * MINUTE : fromLocal(clock);
}

/** Undefined for what is neither a time nor a day. */
function inOneForm(value: unknown): string | undefined {
	if (typeof value === 'number') return written(value);
	if (typeof value !== 'string') return undefined;
	if (ISO_DAY.test(value)) return value;
	const iso = ISO_TIME.exec(value);
	if (iso) return written(millisecondsOf(iso));
	const read = parseMoment(value, ZONE);
	return read && (HAS_TIME.test(value) ? written(read.toMillis()) : read.toISODate()!);
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '';

/**
 * A time as 2026-11-26T16:49:20+01:00, so that its first ten characters are the day that it is for a bookkeeper; a day as
 * 2026-11-26. Null where there is none; what is neither stays as it is.
 * @param value as a service gives it: milliseconds since 1970, ISO 8601, or any form that people write. Without a zone it
 *   is local time.
 */
export function timeOf<T>(value: T): T | string | null {
	return isNothing(value) ? null : (inOneForm(value) ?? value);
}

/** The day of a time, or a day, as 2026-11-26, and otherwise as `timeOf`. */
export function dayOf<T>(value: T): T | string | null {
	return isNothing(value) ? null : (inOneForm(value)?.slice(0, 10) ?? value);
}

/** As `timeOf`, for a value of which nothing but its own form tells that it is a time: ISO 8601 with its zone. */
export function timeByForm<T>(value: T): T | string | null {
	return typeof value === 'string' && OWN_FORM.test(value) ? timeOf(value) : value;
}
