/** The rules SD01 to SD16 that a sale document keeps. Each finding names the place, what was expected and what is there. */
import { groupBy } from 'lodash';

import { countryCode, isCountry, isCurrency } from './codes';
import { countryOfDelivery, dayOf, dayOfRate, groupKey, nameOf, quantityOf, rowsOf, saleDocument } from './document';
import type { Row, SaleDocument } from './document';
import { euros, isUnitPrice, sum, vatInside, vatOnTop } from './money';
import type { Cents } from './money';
import type { Finding } from './shape';
import { allowedRates, countryOfVatId, isInEu, REASONS } from './vat';
import type { RateRow, VatReason } from './vat';

/** What a document is held to beside itself. */
export interface Context {
	/** The sale that a credit note corrects. */
	corrected?: SaleDocument;
	/** Credit notes for the same sale that were made before. */
	earlier?: SaleDocument[];
	/** Rates of the user beside those of the table. */
	rates?: RateRow[];
}

function money(code: string, path: string, expected: Cents, actual: Cents, say: (expected: string, actual: string) => string): Finding[] {
	if (expected === actual) return [];
	return [{ code, path, expected, actual, text: say(euros(expected), euros(actual)) }];
}

function finding(code: string, path: string, expected: Finding['expected'], actual: Finding['actual'], text: string): Finding {
	return { code, path, expected, actual, text };
}

interface Placed {
	path: string;
	row: Row;
}

function placed({ lines, charges }: SaleDocument): Placed[] {
	const at = (name: string) => (row: Row, index: number) => ({ path: `${name}[${index}]`, row });
	return [...lines.map(at('lines')), ...charges.map(at('charges'))];
}

const kindWord = ({ kind }: SaleDocument) => (kind === 'creditNote' ? 'credit note' : kind);

/** SD01 */
export function checkTotal(document: SaleDocument): Finding[] {
	const gross = sum(rowsOf(document).map((row) => row.gross));
	return money('SD01', 'totals.gross', gross, document.totals.gross, (rows, total) =>
		`the lines add up to ${rows}, the ${kindWord(document)} says ${total}`,
	);
}

/** SD02 */
function netAndVat(document: SaleDocument, rows: Placed[]): Finding[] {
	const { totals, vatSummary } = document;
	const parts = [
		...rows.map(({ path, row }) => ({ path: `${path}.gross`, net: row.net, vat: row.vat.amount, gross: row.gross })),
		{ path: 'totals.gross', net: totals.net, vat: totals.vat, gross: totals.gross },
	];
	const wrong = parts.flatMap(({ path, net, vat, gross }) =>
		money('SD02', path, net + vat, gross, (expected, actual) => `without VAT and VAT make ${expected}, with VAT it says ${actual}`),
	);
	const sums = [
		{ path: 'totals.net', expected: sum(vatSummary.map(({ taxable }) => taxable)), actual: totals.net },
		{ path: 'totals.vat', expected: sum(vatSummary.map(({ amount }) => amount)), actual: totals.vat },
	];
	return [...wrong, ...sums.flatMap(({ path, expected, actual }) =>
		money('SD02', path, expected, actual, (groups, total) => `the VAT groups add up to ${groups}, the total says ${total}`),
	)];
}

/** SD03 */
function summary({ vatSummary }: SaleDocument, rows: Placed[]): Finding[] {
	const groups = groupBy(rows, ({ row }) => groupKey(row.vat));
	const stated = vatSummary.map((group, index) => ({ group, path: `vatSummary[${index}]` }));
	const seen = new Set<string>();
	const wrong = stated.flatMap(({ group, path }) => {
		const key = groupKey(group);
		const own = groups[key];
		if (!own || seen.has(key)) {
			const text = own ? `the VAT group ${key.trim()} stands twice` : `no line has the VAT group ${key.trim()}`;
			return [finding('SD03', path, own ? 1 : 0, own ? 2 : 1, text)];
		}
		seen.add(key);
		const net = sum(own.map(({ row }) => row.net));
		const vat = sum(own.map(({ row }) => row.vat.amount));
		const say = (expected: string, actual: string) => `its lines add up to ${expected}, the VAT group says ${actual}`;
		return [
			...money('SD03', `${path}.taxable`, net, group.taxable, say),
			...money('SD03', `${path}.amount`, vat, group.amount, say),
		];
	});
	const missing = Object.keys(groups).filter((key) => !seen.has(key));
	return [...wrong, ...missing.map((key) => finding('SD03', 'vatSummary', key.trim(), null, `the VAT group ${key.trim()} is missing`))];
}

/** By how many cents the VAT of a group may differ from the one that is calculated here. */
function groupTolerance({ kind, source }: SaleDocument): number {
	// A part that is paid back takes its share of what was rounded on the sale.
	return (source.statesVat ? 1 : 0) + (kind === 'creditNote' ? 1 : 0);
}

/** SD04 */
function vatAmounts(document: SaleDocument, rows: Placed[]): Finding[] {
	const { pricesIncludeVat, vatSummary } = document;
	const exact = ({ gross, net, rate }: { gross: Cents; net: Cents; rate: number }) =>
		pricesIncludeVat ? vatInside(gross, rate) : vatOnTop(net, rate);
	const check = (path: string, expected: Cents, actual: Cents, tolerance: number) =>
		Math.abs(expected - actual) <= tolerance
			? []
			: money('SD04', path, expected, actual, (right, there) => `the VAT should be ${right}, it is ${there}`);
	const perRow = rows.flatMap(({ path, row }) =>
		check(`${path}.vat.amount`, exact({ ...row, rate: row.vat.rate }), row.vat.amount, 1 + groupTolerance(document)),
	);
	const perGroup = vatSummary.flatMap(({ taxable, amount, rate }, index) =>
		check(`vatSummary[${index}].amount`, exact({ gross: taxable + amount, net: taxable, rate }), amount, groupTolerance(document)),
	);
	return [...perRow, ...perGroup];
}

/** SD05, SD06 */
function paidAmounts(document: SaleDocument): Finding[] {
	const { totals, payments, kind } = document;
	const paid = sum(payments.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount));
	const receipt = kind !== 'receipt' ? [] : [
		...money('SD06', 'totals.due', 0, totals.due, (_, due) => `a receipt is paid in full, ${due} is still due`),
		...money('SD06', 'payments', totals.gross, paid, (gross, got) => `the receipt comes to ${gross}, its payments to ${got}`),
	];
	return [
		...money('SD05', 'totals.paid', paid, totals.paid, (got, says) => `the payments add up to ${got}, the total says ${says}`),
		...money('SD05', 'totals.due', totals.gross - totals.paid, totals.due, (left, due) => `${left} is left to pay, the total says ${due}`),
		...receipt,
	];
}

/** The countries whose VAT may stand on the document: through the One-Stop Shop also that of the customer. */
function countriesOfVat({ seller, customer }: SaleDocument): string[] {
	const destination = countryOfDelivery(customer);
	const own = seller.address.country;
	const isThere = seller.oss && !customer.vatId && destination !== null && isInEu(destination);
	return [...(own === null ? [] : [own]), ...(isThere && destination !== own ? [destination] : [])];
}

/** SD07 */
function rates(document: SaleDocument, rows: Placed[], own: RateRow[] = []): Finding[] {
	const day = dayOfRate(document);
	const countries = countriesOfVat(document);
	const known = countries.map((country) => allowedRates(country, day, own));
	// Of a country whose rates are not known here all may be.
	if (known.length === 0 || known.includes(undefined)) return [];
	const allowed = known.flatMap((some) => some ?? []);
	return rows
		.filter(({ row }) => row.vat.category === 'S' && !allowed.includes(row.vat.rate))
		.map(({ path, row }) =>
			finding('SD07', `${path}.vat.rate`, allowed.join(', '), row.vat.rate, `${countries.join(' and ')} has no VAT rate of ${row.vat.rate} % on ${day}`),
		);
}

/** SD08, SD09 */
function categories(rows: Placed[]): Finding[] {
	return rows.flatMap(({ path, row: { vat } }) => {
		const { category, rate, amount, reason } = vat;
		if (category === 'S') {
			const zero = rate > 0 ? [] : [finding('SD08', `${path}.vat.rate`, 'above 0', rate, 'category S has a rate above 0')];
			const why = reason === null ? [] : [finding('SD09', `${path}.vat.reason`, null, reason, 'a row with VAT has no reason for none')];
			return [...zero, ...why];
		}
		const percent = rate === 0 ? [] : [finding('SD08', `${path}.vat.rate`, 0, rate, `category ${category} has no VAT, the rate says ${rate} %`)];
		const money = amount === 0 ? [] : [finding('SD09', `${path}.vat.amount`, 0, amount, `there is ${euros(amount)} VAT on a row without VAT`)];
		return [...percent, ...money, ...reasonOf(path, category, reason)];
	});
}

function reasonOf(path: string, category: string, reason: VatReason | null): Finding[] {
	const expected = Object.entries(REASONS).filter(([, texts]) => texts.category === category).map(([name]) => name);
	if (category === 'Z' ? reason === null : reason !== null && expected.includes(reason)) return [];
	const wanted = expected.join(', ') || null;
	const text = wanted ? `category ${category} needs a reason: ${wanted}` : `category ${category} has no reason`;
	return [finding('SD09', `${path}.vat.reason`, wanted, reason, text)];
}

/** SD09: what the margin is made of */
function margin({ margin: stated, lines, seller, totals }: SaleDocument): Finding[] {
	if (!stated) return [];
	const purchase = sum(lines.map(({ purchasePrice }) => purchasePrice ?? 0));
	const vat = seller.regime === 'margin' && stated.rate !== null ? marginVat(totals.gross, purchase, stated.rate) : null;
	const wrongVat = stated.vat === vat || stated.rate === null ? [] : [finding('SD09', 'margin.vat', vat, stated.vat, `the VAT inside the margin should be ${vat === null ? 'left out' : euros(vat)}`)];
	return [
		...money('SD09', 'margin.purchase', purchase, stated.purchase, (expected, actual) => `the purchase prices add up to ${expected}, the margin says ${actual}`),
		...wrongVat,
	];
}

/** Where a sale makes a loss there is no VAT, and none to set off against another sale. On a credit note all is negative. */
export function marginVat(gross: Cents, purchase: Cents, rate: number): Cents {
	const margin = gross - purchase;
	const isLoss = gross < 0 ? margin > 0 : margin < 0;
	return isLoss ? 0 : vatInside(margin, rate);
}

/** SD10 beyond what the shape says */
function identity({ source, id, lines, charges }: SaleDocument): Finding[] {
	const platform = `${source.platform}:`;
	const foreign = id.startsWith(platform) ? [] : [finding('SD10', 'id', `${platform}…`, id, `the ID does not begin with ${platform}`)];
	const repeated = (name: string, ids: string[]) => {
		const seen = new Set<string>();
		return ids.flatMap((one, index) => {
			if (seen.size < seen.add(one).size) return [];
			return [finding('SD10', `${name}[${index}].id`, 'an ID of its own', one, `two ${name} have the ID ${one}`)];
		});
	};
	return [...foreign, ...repeated('lines', lines.map((row) => row.id)), ...repeated('charges', charges.map((row) => row.id))];
}

/** SD10: codes that are of a country, and of a currency */
function codes({ currency, seller, customer: { billing, shipping } }: SaleDocument): Finding[] {
	const countries = Object.entries({ 'seller.address': seller.address, 'customer.billing': billing, 'customer.shipping': shipping });
	const unknown = countries.flatMap(([path, address]) => {
		const code = address?.country ?? null;
		return code === null || isCountry(code) ? [] : [finding('SD10', `${path}.country`, countryCode(code) ?? 'a country such as NL', code, `${code} is the code of no country`)];
	});
	return isCurrency(currency) ? unknown : [...unknown, finding('SD10', 'currency', 'a currency such as EUR', currency, `${currency} is the code of no currency`)];
}

/** SD11 */
function signs({ kind, totals }: SaleDocument): Finding[] {
	const names = kind === 'creditNote' ? (['gross', 'net', 'vat', 'paid', 'due'] as const) : (['gross', 'net', 'vat', 'paid'] as const);
	return names
		.filter((name) => (kind === 'creditNote' ? totals[name] > 0 : totals[name] < 0))
		.map((name) => {
			const text = kind === 'creditNote'
				? `a credit note has no amount above 0, ${name} is ${euros(totals[name])}`
				: `only a credit note has totals below 0, ${name} is ${euros(totals[name])}`;
			return finding('SD11', `totals.${name}`, kind === 'creditNote' ? 'at most 0' : 'at least 0', totals[name], text);
		});
}

/** SD12 */
function vatIds({ seller, customer, kind }: SaleDocument, rows: Placed[]): Finding[] {
	const categoriesHere = new Set(rows.map(({ row }) => row.vat.category));
	if (!categoriesHere.has('K') && !categoriesHere.has('AE')) return [];
	const needed = (path: string, whose: string, vatId: string | null) =>
		countryOfVatId(vatId)
			? []
			: [finding('SD12', path, 'a VAT ID such as NL123456789B01', vatId, `without VAT for a business the ${whose} VAT ID is needed, ${vatId ? `"${vatId}" is none` : 'it is missing'}`)];
	const wrong = [...needed('seller.vatId', "seller's", seller.vatId), ...needed('customer.vatId', "customer's", customer.vatId)];
	if (wrong.length > 0 || !categoriesHere.has('K')) return wrong;
	const [from, to] = [countryOfVatId(seller.vatId), countryOfVatId(customer.vatId)];
	const destination = countryOfDelivery(customer);
	const home = from === to || destination === seller.address.country;
	if (home && kind !== 'creditNote') return [finding('SD12', 'customer.vatId', 'another EU country', customer.vatId, 'without VAT to another EU country, but the customer is in the same one')];
	if (destination && !isInEu(destination)) return [finding('SD12', 'customer.shipping.country', 'an EU country', destination, `${destination} is no EU country`)];
	return [];
}

/** SD14 */
function correction(document: SaleDocument, { corrected, earlier = [] }: Context): Finding[] {
	const { kind, corrects, totals } = document;
	if (kind !== 'creditNote') return corrects === null ? [] : [finding('SD14', 'corrects', null, corrects.id, 'only a credit note corrects something')];
	if (corrects === null) return [finding('SD14', 'corrects', 'the sale', null, 'a credit note names what it corrects')];
	const before = sum(earlier.map((note) => note.totals.gross));
	const most = (corrects.gross ?? corrected?.totals.gross ?? Infinity) + before;
	const exceeds = -totals.gross > most ? [finding('SD14', 'totals.gross', -most, totals.gross, `${euros(most)} is left to pay back, the credit note says ${euros(-totals.gross)}`)] : [];
	return [...exceeds, ...(corrected ? comparison(document, corrected, earlier) : [])];
}

function comparison(document: SaleDocument, corrected: SaleDocument, earlier: SaleDocument[]): Finding[] {
	const { corrects, currency, vatSummary } = document;
	const facts = [
		{ path: 'corrects.id', expected: corrected.id, actual: corrects?.id },
		{ path: 'corrects.number', expected: corrected.number, actual: corrects?.number },
		{ path: 'corrects.issuedAt', expected: corrected.issuedAt, actual: corrects?.issuedAt },
		{ path: 'corrects.gross', expected: corrected.totals.gross, actual: corrects?.gross },
		{ path: 'currency', expected: corrected.currency, actual: currency },
	];
	const other = facts
		.filter(({ expected, actual }) => actual !== null && expected !== actual)
		.map(({ path, expected, actual }) => finding('SD14', path, expected, actual ?? null, `${nameOf(corrected)} has ${expected} there`));
	const groupsOf = (documents: SaleDocument[]) => groupBy(documents.flatMap((one) => one.vatSummary), groupKey);
	const [sale, before] = [groupsOf([corrected]), groupsOf(earlier)];
	const most = ({ taxable, amount }: { taxable: Cents; amount: Cents }) => taxable + amount;
	const exceeded = vatSummary.flatMap((group, index) => {
		const key = groupKey(group);
		const left = sum((sale[key] ?? []).map(most)) + sum((before[key] ?? []).map(most));
		const credited = -most(group);
		const fits = left >= 0 ? credited <= left : credited >= left;
		return fits ? [] : [finding('SD14', `vatSummary[${index}]`, -left, -credited, `${euros(left)} is left to pay back at ${group.rate} %, the credit note says ${euros(credited)}`)];
	});
	return [...other, ...exceeded];
}

/** SD15 */
function outsideVat({ vatSummary }: SaleDocument): Finding[] {
	const others = vatSummary.filter(({ category }) => category !== 'O');
	if (others.length === 0 || others.length === vatSummary.length) return [];
	return [finding('SD15', 'vatSummary', 'O alone', others.map(({ category }) => category).join(', '), 'what is outside VAT (category O) cannot stand beside other categories')];
}

/** SD16 */
function unitPrices({ lines }: SaleDocument): Finding[] {
	return lines.flatMap((line, index) => {
		const quantity = quantityOf(line);
		const path = `lines[${index}]`;
		if (quantity === 0n) return [finding('SD16', `${path}.quantity`, 'other than 0', line.quantity, 'the quantity is 0')];
		if (line.unitGross === null || isUnitPrice(line.unitGross, line.gross, quantity)) return [];
		return [finding('SD16', `${path}.unitGross`, line.gross, line.unitGross, `${line.quantity} × ${euros(line.unitGross)} is not ${euros(line.gross)}`)];
	});
}

/** Nothing is earlier than what it follows from. */
function order({ issuedAt, dueAt, corrects }: SaleDocument): Finding[] {
	const late = dueAt !== null && dayOf(dueAt) < dayOf(issuedAt) ? [finding('SD10', 'dueAt', issuedAt, dueAt, 'it is due before it was issued')] : [];
	const sold = corrects?.issuedAt ?? null;
	const early = sold !== null && Date.parse(issuedAt) < Date.parse(sold) ? [finding('SD14', 'issuedAt', sold, issuedAt, 'the credit note is older than what it corrects')] : [];
	return [...late, ...early];
}

/** All rules that a document of the right shape breaks; empty if it can be booked. */
export function check(document: SaleDocument, context: Context = {}): Finding[] {
	const rows = placed(document);
	return [
		...checkTotal(document),
		...netAndVat(document, rows),
		...summary(document, rows),
		...vatAmounts(document, rows),
		...paidAmounts(document),
		...rates(document, rows, context.rates),
		...categories(rows),
		...margin(document),
		...identity(document),
		...codes(document),
		...signs(document),
		...vatIds(document, rows),
		...correction(document, context),
		...outsideVat(document),
		...unitPrices(document),
		...order(document),
	];
}

/** Reads what may be a sale document. Where its shape is wrong the rules are not looked at: they would only repeat it. */
export function readDocument(value: unknown, context: Context = {}): { document: SaleDocument; findings: Finding[] } {
	const findings: Finding[] = [];
	const document = saleDocument.read(value, '', findings);
	return { document, findings: findings.length > 0 ? findings : check(document, context) };
}
