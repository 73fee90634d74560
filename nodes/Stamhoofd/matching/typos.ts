/** Words that are nearly the same. */

/** One letter more, less, other, or two in the other order. */
export function isOneSlip(one: string, other: string): boolean {
	const [short, long] = one.length <= other.length ? [one, other] : [other, one];
	if (long.length - short.length > 1) return false;
	let start = 0;
	while (start < short.length && short[start] === long[start]) start++;
	const [rest, longRest] = [short.slice(start), long.slice(start)];
	if (short.length < long.length) return rest === longRest.slice(1);
	return rest.slice(1) === longRest.slice(1) || (rest[0] === longRest[1] && rest[1] === longRest[0] && rest.slice(2) === longRest.slice(2));
}

/** The same word, the beginning of the other one, or one slip away from it; short words only if they are the same. */
export function isNearly(one: string, other: string): boolean {
	if (one === other) return true;
	if (one.length < 4 || other.length < 4) return false;
	return one.startsWith(other) || other.startsWith(one) || isOneSlip(one, other);
}
