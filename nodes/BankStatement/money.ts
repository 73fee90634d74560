/** Amounts as whole numbers, so that sums are exact. */

/** Hundred-thousandths of the currency: what CAMT allows, and more than any other format has. */
export type Units = bigint;

const DECIMALS = 5;
const UNITS = 10n ** BigInt(DECIMALS);

/** Units of whole and decimal digits; undefined if there are more decimals than can be kept. */
function unitsOf(whole: string, decimals: string): Units | undefined {
	const kept = decimals.replace(/0+$/, '');
	if (kept.length > DECIMALS || whole.length > 20) return undefined;
	return BigInt(whole || '0') * UNITS + BigInt(kept.padEnd(DECIMALS, '0'));
}

/** CODA: digits of which the last three are decimals. */
export function thousandths(digits: string): Units {
	return (BigInt(digits) * UNITS) / 1000n;
}

/** Which sign parts the decimals: the last one, unless it can only part thousands. */
function decimalSignOf(digits: string): string | undefined {
	const signs = digits.match(/[.,]/g) ?? [];
	const last = signs.at(-1);
	if (last === undefined) return undefined;
	if (signs.some((sign) => sign !== last)) return last;
	if (signs.length > 1) return undefined;
	const [before, after] = digits.split(last);
	// 1.234 is a thousand and more; 18.1500 and 0.125 have decimals.
	return after.length === 3 && /^[1-9]\d{0,2}$/.test(before) ? undefined : last;
}

/**
 * The amount in a cell or field: "1.234,56", "1 234,56-", "+7", "−0,50", "100,", ".95", "25,-", "€ 12".
 * @param decimal sign of the decimals where the format prescribes it; else it shows by its place
 * @returns undefined if that is no amount, or has more than five decimals
 */
export function readMoney(text: string, decimal?: '.' | ','): Units | undefined {
	const bare = text.replace(/[\s'’€]|EUR/gi, '').replace(/[−–]/g, '-');
	const parts = /^([+-]?)([\d.,]*)([+-]?)$/.exec(bare.replace(/,-{1,2}$/, ','));
	if (!parts || !/\d/.test(parts[2]) || (parts[1] && parts[3])) return undefined;
	const digits = parts[2];
	// "941.17" in a field of commas can only have decimals.
	const isOther = decimal !== undefined && !digits.includes(decimal) && /^\d*[.,]\d{0,2}$/.test(digits);
	const sign = decimal === undefined || isOther ? decimalSignOf(digits) : decimal;
	const at = sign === undefined ? -1 : digits.lastIndexOf(sign);
	const whole = at < 0 ? digits : digits.slice(0, at);
	const grouped = /^\d*$|^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.exec(whole);
	if (!grouped || (grouped[1] !== undefined && grouped[1] === sign)) return undefined;
	const decimals = at < 0 ? '' : digits.slice(at + 1);
	if (/\D/.test(decimals)) return undefined;
	const units = unitsOf(whole.replace(/\D/g, ''), decimals);
	if (units === undefined) return undefined;
	return parts[1] === '-' || parts[3] === '-' ? -units : units;
}

/** True for 1.250 and 1,250, which may have three decimals where nothing says which sign parts them. */
export function isTwoWay(text: string): boolean {
	return /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text.replace(/[\s€]|EUR/gi, ''));
}

/** "-1234.56": at least two decimals. */
export function decimalOf(units: Units): string {
	const digits = String(units < 0n ? -units : units).padStart(DECIMALS + 1, '0');
	const decimals = digits.slice(-DECIMALS).replace(/0{1,3}$/, '');
	return `${units < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${decimals}`;
}

export function sumOf(amounts: Units[]): Units {
	return amounts.reduce((sum, amount) => sum + amount, 0n);
}
