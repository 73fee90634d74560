/** Dates of bank files, as 2026-11-21. The pattern is known, so nothing is left to a guess by the machine. */

/** Undefined for what no calendar has, such as 30 February. */
export function calendarDate(year: number, month: number, day: number): string | undefined {
	const date = new Date(Date.UTC(year, month - 1, day));
	if (year < 1900 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
	return date.toISOString().slice(0, 10);
}

const DAY = 86_400_000;

export function daysBetween(one: string, other: string): number {
	return Math.abs(Date.parse(one) - Date.parse(other)) / DAY;
}

type Parts = [year: number, month: number, day: number];

/**
 * Year, month and day of "20261121", "2026-11-21 09:30", "21/11/2026", "21-11-26": the day comes first unless the year
 * does. Undefined if it is not written like a date; whether the calendar has it is another question.
 */
export function dateParts(text: string): Parts | undefined {
	const parts =
		/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?!\d)/.exec(text) ??
		/^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)/.exec(text) ??
		/^(?<day>\d{1,2})[-/.](?<month>\d{1,2})[-/.](?<year>\d{4}|\d{2})(?!\d)/.exec(text);
	if (!parts?.groups) return undefined;
	const { year, month, day } = parts.groups;
	return [Number(year.length === 2 ? `20${year}` : year), Number(month), Number(day)];
}

/** Of a month and day without a year, the one nearest to another date: 30 December is before 1 January. */
export function nearestDate(month: number, day: number, to: string): string | undefined {
	const year = Number(to.slice(0, 4));
	const candidates = [year - 1, year, year + 1]
		.map((candidate) => calendarDate(candidate, month, day))
		.filter((candidate) => candidate !== undefined);
	return candidates.sort((one, other) => daysBetween(one, to) - daysBetween(other, to))[0];
}
