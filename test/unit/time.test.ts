import fc from 'fast-check';
import { DateTime, FixedOffsetZone } from 'luxon';

import { readMoment } from '../../nodes/input';
import { dayOf, timeByForm, timeOf, ZONE } from '../../nodes/operation/time';

const inZone = { zone: ZONE };
const luxonWrites = (at: DateTime) => at.setZone(ZONE).startOf('second').toISO({ suppressMilliseconds: true });
const anyMoment = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2100, 0) });

describe('a time comes out in one form', () => {
	test.each([
		[1_795_708_160_123, '2026-11-26T16:49:20+01:00'],
		[0, '1970-01-01T01:00:00+01:00'],
		[-1, '1970-01-01T00:59:59+01:00'],
		['2026-11-26T15:49:20.123Z', '2026-11-26T16:49:20+01:00'],
		['2026-11-26T15:49:20+00:00', '2026-11-26T16:49:20+01:00'],
		['2026-11-26T16:49:20+01:00', '2026-11-26T16:49:20+01:00'],
		['2026-11-26T10:49:20-0500', '2026-11-26T16:49:20+01:00'],
		['2026-07-26T16:49:20Z', '2026-07-26T18:49:20+02:00'],
		// A day in another zone may be another day here.
		['2026-11-26T23:30:00Z', '2026-11-27T00:30:00+01:00'],
		['2026-11-26 16:49:20', '2026-11-26T16:49:20+01:00'],
		['2026-11-26T16:49', '2026-11-26T16:49:00+01:00'],
		['26-11-2026 16:49', '2026-11-26T16:49:00+01:00'],
	])('%s as %s', (given, written) => {
		expect(timeOf(given)).toBe(written);
		expect(timeOf(written)).toBe(written);
		expect(dayOf(given)).toBe(written.slice(0, 10));
	});

	test.each([
		['2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
		['2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
		['2026-10-25T00:59:59Z', '2026-10-25T02:59:59+02:00'],
		['2026-10-25T01:00:00Z', '2026-10-25T02:00:00+01:00'],
		// That hour is skipped, and this one comes twice.
		['2026-03-29 02:30:00', '2026-03-29T03:30:00+02:00'],
		['2026-10-25 02:30:00', '2026-10-25T02:30:00+01:00'],
	])('%s, where summer time begins or ends, as %s', (given, written) => {
		expect(timeOf(given)).toBe(written);
	});

	test('of any moment in any zone: as luxon writes it', () => {
		fc.assert(
			fc.property(anyMoment, fc.integer({ min: -12 * 60, max: 14 * 60 }), (milliseconds, minutes) => {
				const at = DateTime.fromMillis(milliseconds);
				const written = luxonWrites(at);
				expect(timeOf(milliseconds)).toBe(written);
				expect(timeOf(at.setZone(FixedOffsetZone.instance(minutes)).toISO())).toBe(written);
				expect(timeByForm(new Date(milliseconds).toISOString())).toBe(written);
				expect(dayOf(milliseconds)).toBe(at.setZone(ZONE).toISODate());
			}),
		);
	});

	test('of a local time, around the year', () => {
		const hours = Array.from({ length: 366 * 5 }, (_, index) => Date.UTC(2026, 0, 1, index * 5, 30));
		const isTwice = (clock: string) => clock.startsWith('2026-10-25T02');
		const clocks = hours.map((at) => new Date(at).toISOString().slice(0, 19)).filter((clock) => !isTwice(clock));
		expect(clocks.map(timeOf)).toEqual(clocks.map((clock) => luxonWrites(DateTime.fromISO(clock, inZone))));
	});

	test('everybody who gets it reads the same moment: luxon, JavaScript, and the fields of the nodes', () => {
		fc.assert(
			fc.property(anyMoment, (milliseconds) => {
				const written = String(timeOf(milliseconds));
				const second = Math.floor(milliseconds / 1000) * 1000;
				expect(DateTime.fromISO(written).toMillis()).toBe(second);
				expect(Date.parse(written)).toBe(second);
				expect(readMoment(written, { zone: 'America/New_York' }).toMillis()).toBe(second);
			}),
		);
	});
});

test.each([null, undefined, ''])('%p is no time, and null', (nothing) => {
	expect([timeOf(nothing), dayOf(nothing)]).toEqual([null, null]);
});

test.each([
	...['soon', '2026-02-30T10:00:00Z', '2026-13-01T10:00:00+01:00', '2026-11-26T25:00:00Z', '0000-00-00 00:00:00', 'T', '12:30', '1'.repeat(100_000)],
	...[1e20, NaN, Infinity, -1e16, true, false],
])('%p is no time, and stays', (given) => {
	expect([timeOf(given), dayOf(given)]).toEqual([given, given]);
});

test.each([
	['2026-11-26', '2026-11-26'],
	['26-11-2026', '2026-11-26'],
])('%s is a day, and stays one', (given, day) => {
	expect([timeOf(given), dayOf(given)]).toEqual([day, day]);
});

test('where only its form tells that something is a time, what people write stays as they wrote it', () => {
	const texts = ['2026-11-26', '26-11-2026 16:49', '2026-11-26 16:49:20', '20261126', 'Order of 2026-11-26T15:49:20Z', 12, null, undefined];
	expect(texts.map(timeByForm)).toEqual(texts);
	expect(timeByForm('2026-11-26T15:49:20+00:00')).toBe('2026-11-26T16:49:20+01:00');
});
