/** What is not as times and days come out of the nodes: 2026-11-26T16:49:20+01:00 and 2026-11-26. */
import { isObject } from 'lodash';

import { dayOf, timeOf } from '../../nodes/operation/time';

/** A time or a day, in any form that software or people write. */
const LIKE_TIME = /^(?:\d{4}-?\d\d-?\d\d[T ]|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$)/;
/** Milliseconds since 1970, from 2001 on. */
const isLikeMilliseconds = (value: unknown) => typeof value === 'number' && value > 1e12 && value < 1e13;
/** Fields that hold a day, by their names, unless a service gives the time as well. */
const OF_A_DAY = /(?:day|date|start|end|until)$/i;
const MIDNIGHT = /T00:00:00/;

/** "paidAt: 2026-11-26T15:49:20.000Z" for each value in another form, anywhere in what comes out. */
export function otherTimeForms(value: unknown, name = ''): string[] {
	if (isObject(value)) return Object.entries(value).flatMap(([member, one]) => otherTimeForms(one, Array.isArray(value) ? name : member));
	const isTime = isLikeMilliseconds(value) || (typeof value === 'string' && LIKE_TIME.test(value));
	if (!isTime) return [];
	const isDay = OF_A_DAY.test(name) && MIDNIGHT.test(String(value));
	return value === (isDay ? dayOf(value) : timeOf(value)) ? [] : [`${name}: ${String(value)}`];
}
