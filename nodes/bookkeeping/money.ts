/** Money is an integer number of cents; what has to be divided is divided as BigInt, never as a floating-point number. */

/** A whole number of cents. */
export type Cents = number;

/** One billion euro. Ten thousand such rows still add up to a number that is exact. */
export const LARGEST_AMOUNT = 100_000_000_000;

const HUNDREDTHS = 10_000n;

/** A rate in hundredths of a percent: 9 % is 900. */
const ofRate = (rate: number) => BigInt(Math.round(rate * 100));

/** Whether it is a percentage with two decimals at most, such as 21 or 5.5. */
export function isRate(rate: number): boolean {
	return rate >= 0 && rate <= 100 && Math.abs(rate * 100 - Math.round(rate * 100)) < 1e-6;
}

/** The quotient as a whole number, a half away from zero. `divisor` is positive. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
	const half = dividend < 0n ? -divisor : divisor;
	return (2n * dividend + half) / (2n * divisor);
}

/** VAT that is inside a price with VAT. */
export function vatInside(gross: Cents, rate: number): Cents {
	return Number(divideRounded(BigInt(gross) * ofRate(rate), HUNDREDTHS + ofRate(rate)));
}

/** VAT that comes on top of a price without VAT. */
export function vatOnTop(net: Cents, rate: number): Cents {
	return Number(divideRounded(BigInt(net) * ofRate(rate), HUNDREDTHS));
}

const compare = (a: bigint, b: bigint) => Number(a > b) - Number(a < b);

/**
 * The exact shares `parts[i] / divisor` as whole numbers that add up to `total`: each is rounded down, and what is left
 * goes to those that lost most, the first among equals.
 */
function largestRemainder(total: Cents, parts: bigint[], divisor: bigint): Cents[] {
	const remainders = parts.map((part) => ((part % divisor) + divisor) % divisor);
	const floors = parts.map((part, index) => (part - remainders[index]) / divisor);
	const left = BigInt(total) - floors.reduce((sum, floor) => sum + floor, 0n);
	const count = BigInt(parts.length || 1);
	const extra = ((left % count) + count) % count;
	const forEach = (left - extra) / count;
	const shares = floors.map((floor) => Number(floor + forEach));
	const byLoss = parts.map((_, index) => index).sort((a, b) => compare(remainders[b], remainders[a]) || a - b);
	for (const index of byLoss.slice(0, Number(extra))) shares[index] += 1;
	return shares;
}

/** The total in shares as large as the weights are to each other; all of it to the first if the weights add up to nothing. */
export function spread(total: Cents, weights: Cents[]): Cents[] {
	const whole = sum(weights);
	if (whole === 0) return weights.map((_, index) => (index === 0 ? total : 0));
	const sign = whole < 0 ? -1n : 1n;
	return largestRemainder(total, weights.map((weight) => sign * BigInt(total) * BigInt(weight)), BigInt(Math.abs(whole)));
}

/** The VAT of a group on its rows: each within a cent of its own VAT. `included`: whether the amounts are with VAT. */
export function spreadVat(vat: Cents, amounts: Cents[], rate: number, included: boolean): Cents[] {
	const divisor = included ? HUNDREDTHS + ofRate(rate) : HUNDREDTHS;
	return largestRemainder(vat, amounts.map((amount) => BigInt(amount) * ofRate(rate)), divisor);
}

export function sum(amounts: Cents[]): Cents {
	return amounts.reduce((total, amount) => total + amount, 0);
}

/**
 * Cents from an amount as an API gives it, a number or a plain decimal text; undefined if it is none.
 * @param perEuro units in a euro: 1 for euro, 100 for cents, 10 000 for a hundredth of a cent
 * @returns not a whole number if the amount is finer than a cent
 */
export function centsOf(value: unknown, perEuro: number): number | undefined {
	const isText = typeof value === 'string' && /^-?\d{1,12}(\.\d{1,12})?$/.test(value);
	if (!isText && typeof value !== 'number') return undefined;
	const cents = (Number(value) * 100) / perEuro;
	if (!(Math.abs(cents) <= LARGEST_AMOUNT)) return undefined;
	const whole = Math.round(cents);
	return Math.abs(cents - whole) <= Math.max(1e-6, Math.abs(cents) * 2 ** -50) ? whole + 0 : cents;
}

/** `1798` as 17.98, for sentences and XML. */
export function euros(cents: Cents): string {
	const digits = String(Math.abs(cents)).padStart(3, '0');
	return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const DECIMAL = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?$/;

/** A decimal text as millionths, so that it can be calculated with exactly; undefined if it is none. */
export function millionths(decimal: string): bigint | undefined {
	const [, sign, whole, fraction = ''] = DECIMAL.exec(decimal) ?? [];
	if (whole === undefined) return undefined;
	return BigInt(`${sign}${whole}${fraction.padEnd(6, '0')}`);
}

/** The shortest decimal text of it. */
export function decimalOf(inMillionths: bigint): string {
	const digits = String(inMillionths < 0n ? -inMillionths : inMillionths).padStart(7, '0');
	const fraction = digits.slice(-6).replace(/0+$/, '');
	return `${inMillionths < 0n ? '-' : ''}${digits.slice(0, -6)}${fraction && `.${fraction}`}`;
}

/** Price of one piece, in cents. */
export function unitPrice(amount: Cents, quantity: bigint): Cents {
	const sign = quantity < 0n ? -1n : 1n;
	return Number(divideRounded(sign * BigInt(amount) * 1_000_000n, sign * quantity));
}

/** Whether pieces of this price make the amount, to half a cent a piece. */
export function isUnitPrice(unit: Cents, amount: Cents, quantity: bigint): boolean {
	const difference = BigInt(unit) * quantity - BigInt(amount) * 1_000_000n;
	const most = (quantity < 0n ? -quantity : quantity) / 2n;
	return difference <= most && -difference <= most;
}
