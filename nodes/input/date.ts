/** Days and moments, as people, sheets, mails and services write them. */
import { DateTime } from 'luxon';

import { InvalidInput } from '../transport/errors';
import { cellText, field, quoted } from './field';
import type { FieldOptions, Reading } from './field';

/** In Dutch, English, French and German, without accents. */
const MONTHS = [
	'jan januari january janvier janv januar',
	'feb februari february febr fevrier fevr fev februar',
	'mrt mar maart march mars marz maerz',
	'apr april avril avr',
	'mei may mai',
	'jun juni june juin',
	'jul juli july juillet juil',
	'aug augustus august aout',
	'sep sept september septembre',
	'okt oct oktober october octobre',
	'nov november novembre',
	'dec december decembre dez dezember',
].map((names) => names.split(' '));

const WEEKDAYS = [
	'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo',
	'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun',
	'lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim',
	'montag dienstag mittwoch donnerstag freitag samstag sonntag mo mi fr sa so',
]
	.join(' ')
	.split(' ');

const LONGEST_DATE = 100;
/** What is earlier is a typing error, such as 24-12-0206. */
const FIRST_YEAR = 1900;

/** 14:30, 14.30, 14u30, 14h, 14 uur, 2:30 pm. */
const TIME = '(?:[T ]|, | om | at | a )?(?:(\\d{1,2})(?:[:.uh](\\d{2})(?:[:.](\\d{2})(?:[.,]\\d{1,9})?)?(?: ?uur|u)?| ?uur| ?[uh]) ?([ap]m)?)?';
const ZONE = ' ?(z|utc|gmt|cest|cet|[+-]\\d{2}:?(?:\\d{2})?)?(?:\\[[\\w/]{1,40}\\])?';

/** Year, month, day in this order; then time and zone. */
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}${ZONE}$`, 'i');
const DAY_FIRST = new RegExp(`^(\\d{1,2})([-/. ])(\\d{1,2})\\2'?(\\d{4}|\\d{2})${TIME}${ZONE}$`, 'i');
const DAY_AND_NAME = new RegExp(`^(\\d{1,2})(?:e|er|ste|de|st|nd|rd|th)?[-/. ]{0,2}([a-z]{3,9})\\.?[-/., ]{0,2}'?(\\d{4}|\\d{2})${TIME}${ZONE}$`, 'i');
const NAME_AND_DAY = new RegExp(`^([a-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${TIME}${ZONE}$`, 'i');
/** 20261224 and 24122026; read the other way round this would be the month 20. */
const COMPACT = /^(?:(?<year>\d{4})(?<month>[01]\d)(?<day>\d{2})|(?<first>\d{2})(?<second>[01]\d)(?<last>(?:19|20)\d{2}))$/;
/** As `String(new Date())` gives it: Thu Nov 26 2026 09:00:00 GMT+0100 (…). */
const JAVASCRIPT = /^[a-z]{3} ([a-z]{3}) (\d{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) gmt([+-]\d{4})(?: \([^()]{0,60}\))?$/i;

/** Days of a spreadsheet: its number 1 is the first of January 1900, and it takes 1900 for a leap year. */
const SHEET_EPOCH = { year: 1899, month: 12, day: 30 };
const SHEET_NUMBER = /^(\d{5})(?:[.,](\d{1,15}))?$/;
/** 1954 to 2119. */
const FIRST_SHEET_DAY = 20_000;
const LAST_SHEET_DAY = 80_000;
const DAY = 86_400_000;
/** Milliseconds since 1970, from 1973 to 2286. */
const MILLISECONDS = /^\d{12,13}$/;

/** A date as it is written, and whether its writing says more than the day. */
interface Written {
	at: DateTime;
	hasTime: boolean;
	hasZone: boolean;
}

function monthNamed(name: string): number {
	return MONTHS.findIndex((names) => names.includes(name.toLowerCase())) + 1;
}

interface Parts {
	year: string;
	month: number;
	day: string;
	hour?: string;
	minute?: string;
	second?: string;
	half?: string;
	zone?: string;
}

function hourOf(hour: string | undefined, half: string | undefined): number {
	const number = Number(hour ?? 0);
	if (half === undefined) return number;
	if (number < 1 || number > 12) return NaN;
	return (number % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function zoneNamed(zone: string): string {
	if (/^(z|utc|gmt)$/i.test(zone)) return 'UTC';
	if (/^ces?t$/i.test(zone)) return zone.length === 3 ? 'UTC+1' : 'UTC+2';
	return `UTC${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
}

function fromParts({ year, month, day, hour, minute, second, half, zone }: Parts, workflowZone: string): Written | undefined {
	const at = DateTime.fromObject(
		{
			year: year.length === 2 ? (Number(year) < 70 ? 2000 : 1900) + Number(year) : Number(year),
			month,
			day: Number(day),
			hour: hourOf(hour, half),
			minute: Number(minute ?? 0),
			second: Number(second ?? 0),
		},
		{ zone: zone === undefined ? workflowZone : zoneNamed(zone) },
	);
	return at.isValid && at.year >= FIRST_YEAR ? { at, hasTime: hour !== undefined, hasZone: zone !== undefined } : undefined;
}

function withoutWeekday(text: string): string {
	const [, word = '', rest = ''] = /^([a-z]{2,9})[.,]{0,2} (.*)$/is.exec(text) ?? [];
	return WEEKDAYS.includes(word.toLowerCase()) ? rest : text;
}

function dayFirst(text: string, zone: string): Written | undefined {
	const [, day, sign, month, year, hour, minute, second, half, own] = DAY_FIRST.exec(text) ?? [];
	if (day === undefined) return undefined;
	if (half !== undefined && sign === '/' && Number(day) <= 12 && Number(month) <= 12 && day !== month) {
		throw new InvalidInput(`${quoted(text)} can be read in two ways: write its year first, as 2026-12-31 14:30`);
	}
	const read = fromParts({ year, month: Number(month), day, hour, minute, second, half, zone: own }, zone);
	if (!read && Number(month) > 12 && Number(day) <= 12) {
		throw new InvalidInput(`${quoted(text)} has the month in front of the day: write the day first, as ${month}-${day}-${year}`);
	}
	return read;
}

function sheetNumber(text: string, zone: string): Written | undefined {
	const [, days, fraction] = SHEET_NUMBER.exec(text) ?? [];
	const number = Number(days);
	if (days === undefined || number < FIRST_SHEET_DAY || number > LAST_SHEET_DAY) return undefined;
	const midnight = DateTime.fromObject(SHEET_EPOCH, { zone }).plus({ days: number });
	const seconds = Math.round((Number(`0.${fraction ?? 0}`) * DAY) / 1000);
	// A sheet knows no summer time: 0.5 is noon by the clock on the wall.
	const at = midnight.set({ hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds % 60 });
	return { at, hasTime: seconds > 0, hasZone: false };
}

function fromText(text: string, zone: string): Written | undefined {
	const [, year, , month, day, hour, minute, second, half, own] = YEAR_FIRST.exec(text) ?? [];
	if (year !== undefined) return fromParts({ year, month: Number(month), day, hour, minute, second, half, zone: own }, zone);
	const compact = COMPACT.exec(text)?.groups;
	if (compact) {
		const { year: y = compact.last, month: m = compact.second, day: d = compact.first } = compact;
		return fromParts({ year: y, month: Number(m), day: d }, zone);
	}
	if (MILLISECONDS.test(text)) return { at: DateTime.fromMillis(Number(text), { zone }), hasTime: true, hasZone: true };
	const plain = withoutWeekday(text);
	const first = DAY_AND_NAME.exec(plain);
	if (first) {
		const [, d, name, y, h, m, s, ap, z] = first;
		return fromParts({ year: y, month: monthNamed(name), day: d, hour: h, minute: m, second: s, half: ap, zone: z }, zone);
	}
	const last = NAME_AND_DAY.exec(plain);
	if (last) {
		const [, name, d, y, h, m, s, ap, z] = last;
		return fromParts({ year: y, month: monthNamed(name), day: d, hour: h, minute: m, second: s, half: ap, zone: z }, zone);
	}
	const javascript = JAVASCRIPT.exec(text);
	if (javascript) {
		const [, name, d, y, h, m, s, z] = javascript;
		return fromParts({ year: y, month: monthNamed(name), day: d, hour: h, minute: m, second: s, zone: z }, zone);
	}
	return dayFirst(plain, zone) ?? sheetNumber(text, zone);
}

/** Without accents, with plain hyphens and apostrophes, and without blanks around what parts the numbers: "24 / 12 / 2026". */
function plainly(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/[\u2018\u2019]/g, "'")
		.replace(/\s+/g, ' ')
		.replace(/(?<=\d) ?([-/]) ?(?=['\d])/g, '$1');
}

function readWritten(given: unknown, zone: string): Written | undefined {
	if (given instanceof Date || DateTime.isDateTime(given)) {
		const at = given instanceof Date ? DateTime.fromJSDate(given, { zone }) : given.setZone(zone);
		return at.isValid ? { at, hasTime: true, hasZone: true } : undefined;
	}
	return fromText(plainly(cellText(given, LONGEST_DATE)), zone);
}

function written(given: unknown, zone: string): Written {
	const read = readWritten(given, zone);
	if (!read) {
		throw new InvalidInput(`${quoted(given)} is not a date: write it as 31-12-2026 or 2026-12-31, with a time as 2026-12-31 14:30`);
	}
	return read;
}

/**
 * A moment in the zone of the workflow; a date without a zone is meant in that zone, one without a time is its midnight.
 * @throws InvalidInput for what is no date
 */
export function readMoment(given: unknown, { zone }: Reading): DateTime {
	return written(given, zone).at.setZone(zone);
}

/**
 * A day as 2026-12-31. Of a moment that names its own zone: the day that it is then in the zone of the workflow.
 * @throws InvalidInput for what is no date
 */
export function readDay(given: unknown, { zone }: Reading): string {
	const { at, hasZone } = written(given, zone);
	return (hasZone ? at.setZone(zone) : at).toISODate()!;
}

/**
 * A moment in the given zone, where a date without a time is that day in this zone, wherever the workflow runs.
 * @throws InvalidInput for what is no date
 */
export function readMomentIn(zone: string, given: unknown, reading: Reading): DateTime {
	const { at, hasTime } = written(given, reading.zone);
	return hasTime ? at.setZone(zone) : at.setZone(zone, { keepLocalTime: true });
}

/** The moment in a record of a service, in any form that people or services write; undefined if it is none. */
export function parseMoment(given: unknown, zone: string): DateTime | undefined {
	if (given === undefined || given === null || given === '' || typeof given === 'boolean') return undefined;
	try {
		return readWritten(given, zone)?.at.setZone(zone);
	} catch {
		return undefined;
	}
}

const MIDNIGHT_NOTE = 'A day begins at midnight in the time zone of the workflow. For a time of day write an expression.';
const ZONE_NOTE = 'Without a time zone it is that of the workflow.';

const described = <O extends { description?: string }>(options: O, note: string): O => ({
	...options,
	description: [options.description, note].filter(Boolean).join('. '),
});

/** n8n's calendar with a time silently drops what is typed without one. */
const DAY_PICKER = { placeholder: 'e.g. 2026-12-31', typeOptions: { dateOnly: true } };

/** A day, as text 2026-12-31. */
export const day = <const O extends FieldOptions<string>>(options: O = {} as O) => field<string, O>('dateTime', readDay, options, DAY_PICKER);

/** A moment, as luxon's DateTime. In the panel a day is chosen, since that is what people filter by. */
export const moment = <const O extends FieldOptions<DateTime>>(options: O = {} as O) =>
	field<DateTime, O>('dateTime', readMoment, described(options, MIDNIGHT_NOTE), DAY_PICKER);

/** The same, chosen with its time: when something happened. */
export const timeOfDay = <const O extends FieldOptions<DateTime>>(options: O = {} as O) =>
	field<DateTime, O>('dateTime', readMoment, described(options, ZONE_NOTE), { placeholder: 'e.g. 2026-12-31 14:30' });
