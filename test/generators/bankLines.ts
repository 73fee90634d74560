/** Made-up payments, and the lines of a bank statement as payers, banks and spreadsheets write them, with what each pays. */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { StatementLine } from '../../nodes/Stamhoofd/matching/line';
import { seededRandom } from '../sandbox/seed';

export interface Payment {
	id: string;
	reference: string;
	/** What tells how the reference is spelled. */
	kind: 'structured' | 'dutch' | 'prefixed' | 'number' | 'shared';
	cents: number;
	status: 'Created' | 'Pending' | 'Succeeded' | 'Failed';
	firstName: string;
	lastName: string;
}

export interface Line {
	line: StatementLine;
	/** Ids of all payments that this line pays; none where it pays nothing, or nobody can tell what. */
	pays: string[];
	/** The text has the whole reference and the amount is right: it has to be found. */
	mustBeFound: boolean;
	/** How the payer or the bank came to write that. */
	habit: string;
}

export interface Statement {
	payments: Payment[];
	lines: Line[];
}

const FIRST_NAMES = ['Jan', 'An', 'Lies', 'Piet', 'Zoë', 'Joris', 'Els', 'Søren', 'Chloë', 'Bart', 'Anna', 'Jo'];
const LAST_NAMES = ['Peeters', 'Claes', 'Van den Berg', 'De Smet', "D'Hondt", 'Müller', 'Maes', 'Łukasiewicz', 'Van Dijck', 'Groß', 'Peeters-Maes', 'Wĳnants'];
const STATUSES = ['Created', 'Created', 'Created', 'Created', 'Pending', 'Succeeded', 'Failed'] as const;
const KINDS = ['structured', 'structured', 'dutch', 'prefixed', 'prefixed', 'prefixed', 'number', 'shared'] as const;
/** Each a webshop's; one is the beginning, the end or a neighbour of another. */
const PREFIXES = [
	'Kamp', 'Zomerkamp', 'Bestelling', 'Bestelling wijn/gin', 'Bestelling wijn', 'Lidgeld 2026', 'Quiz ploeg', 'Fête d’été', 'Bœuf & frites', 'Crème brûlée',
	'Ærø', 'Straßenfest', 'IJsverkoop', 'Ĳsverkoop', 'Kaas- en wijnavond', 'Bestelling 2026', 'Łódź kamp', 'Jeugd', 'Reis Köln', 'BBQ',
];
const SHARED = ['Lidgeld 2026', 'Lidgeld', 'Kampgeld zomer', 'Inschrijving 2026-2027', 'Contributie Müllerhof'];
/** Few, so that amounts agree by chance all the time. */
const AMOUNTS = [1000, 1250, 2500, 4500];

const BEFORE = ['', '', '', 'betaling ', 'Betaling voor ', 'met dank, ', 'REF: ', 'VOOR JAN ', 'Overschrijving ', 'mededeling: ', 'klas 3B ', '2x ', 'tafel 7: ', 'Gent 9000 ', '21-11 ', '/TRTP/SEPA OVERBOEKING/REMI/'];
/** None of them names a reference, whatever numbers are in it. */
const BEHIND = [
	'', '', '', ' Jan', ', 2 personen', ' - An Claes', ' 21-11-2026', ' 21/11/26', ' 2026-11-21', ' 0476 12 34 56', ' tel 016/12.34.12', ' (2 kinderen)',
	' € 25,00', ' EUR 12.50', ' 3 x volwassenen', ' mvg', '.', ' BE68 5390 0754 7034', ' van 12 november', '                    20261121', '/EREF/NOTPROVIDED', ' +32 476 12 34 13',
	' om 19:30', ' dank u!', ' 12,50 euro', ' 4 tickets', ' tafel 7', ' 2 wafels', ' week 34', ' klas 3B', ' 1ste kind', ' 50%', ' deel 1/2', ' (groep 4)', ', Kerkstraat 12 9000 Gent',
	' - kind 2', ' 2x', ' + gift', ' 2026-2027', ' nov 2026', ' 13u30', '; tweede betaling', ' / lid 413', ' voor 3 dagen',
];
/** Lines without any reference, full of numbers that are none. */
const OTHER = [
	'11/3', '€ 1.13', '12-11-2026', 'tel 0412 13 14 15', 'BE12 4130 1120 1310', 'huur zaal 12 november', '2 personen', '1,13', '12/11', 'kampeerstoel', 'zomerkampioen 2',
	'vliegtuig naar Kampen', 'dank u', 'verjaardag', '3 x wijn', 'om 12:13', '', '   ', 'lidgelden', 'bestellingen', 'Kerkstraat 12', '412 euro', 'tafel 12', '12 wafels', 'groep 4 week 12', 'klas 4B', '9000 Gent', '2026', 'november 2026', 'deel 1/2', 'ons feest 2026', '4,12 EUR',
];

/** What chance decides. */
interface Chance {
	below(end: number): number;
	pick<Value>(values: readonly Value[]): Value;
	/** True in so many of a hundred cases. */
	percent(share: number): boolean;
}

function chanceOf(seed: number): Chance {
	const random = seededRandom(seed);
	const below = (end: number) => Math.floor(random() * end);
	return { below, pick: (values) => values[below(values.length)], percent: (share) => below(100) < share };
}

function structured(tenDigits: number): string {
	const digits = String(tenDigits).padStart(10, '0') + String(tenDigits % 97 || 97).padStart(2, '0');
	return `+++${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7)}+++`;
}

function dutch(fifteenDigits: number): string {
	const digits = String(fifteenDigits).padStart(15, '0');
	const sum = [...digits].reverse().reduce((total, digit, place) => total + Number(digit) * [2, 4, 8, 5, 10, 9, 7, 3, 6, 1][place % 10], 0);
	const rest = 11 - (sum % 11);
	return ((rest === 10 ? 1 : rest === 11 ? 0 : rest) + digits).replace(/(.{4})(?=.)/g, '$1 ');
}

type Spelling = [habit: string, spell: (reference: string) => string];

const digitsOf = (reference: string) => reference.replace(/\D/g, '');
const grouped = (reference: string, separator: string) => digitsOf(reference).replace(/^(\d{3})(\d{4})(\d{5})$/, `$1${separator}$2${separator}$3`);

/** How a structured communication is written in a text. */
const STRUCTURED: Spelling[] = [
	['as given', (reference) => reference],
	['asterisks', (reference) => reference.replaceAll('+', '*')],
	['digits', digitsOf],
	...[' ', '/', '-', '.', '\\', '_', ' / ', '/\n'].map((separator): Spelling => [`grouped by ${JSON.stringify(separator)}`, (reference) => grouped(reference, separator)]),
	['spaced marks', (reference) => `+++ ${grouped(reference, '/')} +++`],
	['type of CODA', (reference) => `101${digitsOf(reference)}`],
	['flag and type of CODA', (reference) => `1101${digitsOf(reference)}`],
	['type 102 of CODA', (reference) => `1102${digitsOf(reference)}`],
	['glued to a word', (reference) => `OGM${digitsOf(reference)}`],
	['lost zeros in a group', (reference) => grouped(reference, '/').replace(/^0{1,2}/, '')],
];
/** How it arrives where nothing else stands beside it. */
const STRUCTURED_ALONE: Spelling[] = [
	['lost zeros', (reference) => String(Number(digitsOf(reference)))],
	['decimal of a sheet', (reference) => `${Number(digitsOf(reference))}.0`],
	['decimals of a sheet', (reference) => `${digitsOf(reference)},00`],
	['power of ten', (reference) => Number(digitsOf(reference)).toExponential().replace('e+', 'E+')],
	['thousands', (reference) => Number(digitsOf(reference)).toLocaleString('nl-BE')],
];
const DUTCH: Spelling[] = [
	['as given', (reference) => reference],
	['digits', digitsOf],
	['dots', (reference) => reference.replaceAll(' ', '.')],
	['hyphens', (reference) => reference.replaceAll(' ', '-')],
];

const SIMPLE: Record<string, string> = { ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', æ: 'ae', Æ: 'Ae', œ: 'oe', ß: 'ss', ĳ: 'ij', Ĳ: 'IJ', '’': ' ' };
const LONG: Record<string, string> = { ...SIMPLE, ø: 'oe', Ø: 'Oe', ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa' };
const replaced = (letters: Record<string, string>) => (text: string) => [...text.normalize('NFC')].map((letter) => letters[letter] ?? letter).join('');
const noAccents = (text: string) => replaced(SIMPLE)(text).normalize('NFD').replace(/\p{M}/gu, '');
const broken = (text: string) => Buffer.from(text, 'utf8').toString('latin1').replace(/[\u0080-\u009f]/g, (sign) => new TextDecoder('windows-1252').decode(Buffer.from(sign, 'latin1')));

/** How a text is written by a payer and handed on by banks. */
const TEXT: Spelling[] = [
	['as given', (text) => text],
	['capitals', (text) => text.toUpperCase()],
	['small letters', (text) => text.toLowerCase()],
	['no accents', noAccents],
	['no accents, capitals', (text) => noAccents(text).toUpperCase()],
	['apart', (text) => text.normalize('NFD')],
	['the longer way', (text) => replaced(LONG)(text).normalize('NFD').replace(/\p{M}/gu, '')],
	['lost letters', (text) => text.replace(/(?=\P{ASCII})\p{L}/gu, '')],
	['question marks', (text) => text.replace(/(?=\P{ASCII})\p{L}/gu, '?')],
	['unknown signs', (text) => text.replace(/(?=\P{ASCII})\p{L}/gu, '\ufffd')],
	['entities', (text) => text.replaceAll('&', '&amp;').replace(/\P{ASCII}/gu, (sign) => `&#${sign.codePointAt(0)};`)],
	['named entities', (text) => text.normalize('NFC').replaceAll('&', '&amp;').replaceAll('é', '&eacute;').replaceAll('ü', '&uuml;').replaceAll('ß', '&szlig;').replaceAll('œ', '&oelig;').replaceAll('û', '&ucirc;')],
	['encoded twice', broken],
	['other punctuation', (text) => text.replace(/[-/]/g, ' ')],
	['two blanks', (text) => text.replaceAll(' ', '  ')],
	['line ends', (text) => text.replaceAll(' ', '\n')],
	['no blank before the number', (text) => text.replace(/ (?=\d+$)/, '')],
	['nr', (text) => text.replace(/ (?=\d+$)/, ' nr. ')],
	['number sign', (text) => text.replace(/ (?=\d+$)/, ' #')],
];

/** The bank dropped all blanks. */
const glued = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

function mayLose(text: string): boolean {
	return text.replace(/\P{ASCII}/gu, '').replace(/[^A-Za-z]/g, '').length >= 3;
}

function nameOf({ firstName, lastName }: Payment, style: number): string {
	const plain = [firstName, lastName].map((name) => noAccents(name).toUpperCase());
	return [
		`${firstName} ${lastName}`,
		`${plain[1]} ${plain[0]}`,
		`${plain[1]},${plain[0]}`,
		`MEVR ${plain[0]} ${plain[1]}`,
		`${plain[0]} ${plain[1].replaceAll(' ', '')}`,
		`${plain[0][0]} ${plain[1]}`,
		`${plain[1]} ${plain[0][0]}.`,
	][style];
}
const NAME_STYLES = 7;
const INITIALS_FROM = 5;

/** Two of the same words, as far as anybody can tell: no text could tell them apart. */
const foldOf = (reference: string) => glued(noAccents(reference)).toUpperCase();

function numbered(kind: 'structured' | 'dutch', chance: Chance): string {
	if (kind === 'dutch') return dutch(chance.below(10 ** 15));
	return structured(chance.below(chance.percent(30) ? 10 ** 8 : 10 ** 10));
}

function paymentsBy(chance: Chance, count: number): Payment[] {
	const payments: Payment[] = [];
	const taken = new Set<string>();
	const add = (reference: string, kind: Payment['kind'], more: Partial<Payment> = {}) => {
		const person = { firstName: chance.pick(FIRST_NAMES), lastName: chance.pick(LAST_NAMES) };
		const [id, status] = [`p${payments.length}`, chance.pick(STATUSES)];
		payments.push({ id, reference, kind, cents: chance.pick(AMOUNTS), status, ...person, ...more });
	};
	// A webshop without a prefix, or one with: the same text could be either.
	const hasPlain = chance.percent(50);
	while (payments.length < count) {
		const kind = chance.pick(KINDS);
		const number = 1 + chance.below(chance.percent(50) ? 45 : 999);
		let reference: string;
		if (kind === 'structured' || kind === 'dutch') reference = numbered(kind, chance);
		else if (kind === 'number') reference = String(100 + number);
		else reference = kind === 'shared' ? chance.pick(SHARED) : `${chance.pick(PREFIXES)} ${number}`;
		const isOther = kind === 'number' ? !hasPlain : /^Bestelling \d/.test(reference) && hasPlain;
		if (isOther || taken.has(foldOf(reference))) continue;
		taken.add(foldOf(reference));
		if (kind !== 'shared') add(reference, kind);
		else {
			// Several people owe the same under the same words.
			const cents = chance.pick(AMOUNTS);
			for (let member = 0; member < 3; member++) add(reference, kind, { cents, status: 'Created' });
		}
	}
	return payments;
}

const isOpen = ({ status }: Payment) => status === 'Created' || status === 'Pending';

/** Texts that hold the whole reference, and how they came about. */
function spelled(payment: Payment, chance: Chance): { habit: string; text: string } {
	const { kind, reference } = payment;
	// Where names decide, nobody else is named, and no number can be that of an order under the same words.
	const behind = kind === 'shared' ? BEHIND.filter((text) => !/Claes|wafels/.test(text)) : BEHIND;
	const around = (text: string) => chance.pick(BEFORE) + text + chance.pick(behind);
	if (kind === 'structured' || kind === 'dutch') {
		if (kind === 'structured' && chance.percent(25)) {
			const [habit, spell] = chance.pick(STRUCTURED_ALONE);
			return { habit, text: spell(reference) };
		}
		const [habit, spell] = chance.pick(kind === 'dutch' ? DUTCH : STRUCTURED);
		// What a file has of its own stands alone.
		return { habit, text: habit.includes('CODA') ? spell(reference) : around(spell(reference)) };
	}
	if (kind === 'number') {
		const plain = noAccents(payment.firstName);
		return chance.pick([
			{ habit: 'number alone', text: reference },
			{ habit: 'order number', text: `${chance.pick(['Order', 'order nr', 'Bestelling', 'bestelnr.', 'ref', '#'])} ${reference}${chance.pick(BEHIND)}` },
			{ habit: 'number and name', text: `${reference} ${plain} ${noAccents(payment.lastName)}` },
			{ habit: 'name and number', text: `${plain} ${reference}` },
		]);
	}
	if (/\d/.test(reference) && chance.percent(8)) return { habit: 'no blanks', text: glued(`betaling ${reference} jan`).toUpperCase() };
	const [habit, spell] = chance.pick(kind === 'shared' ? TEXT.filter(([name]) => !/^n/.test(name) || /accents|entities/.test(name)) : TEXT);
	if (/lost|marks|signs/.test(habit) && !mayLose(reference)) return { habit: 'as given', text: around(reference) };
	// Signs and numbers around it are written in the same way.
	return { habit, text: /encoded|entities/.test(habit) ? spell(around(reference)) : around(spell(reference)) };
}

const nobody = (line: StatementLine, habit: string): Line => ({ line, pays: [], mustBeFound: false, habit });

/** A name that nobody in the list has. */
const STRANGER = 'VERSCHUEREN KOBE';

/** The lines by which a payment is paid, or nearly. */
function linesFor(payment: Payment, others: Payment[], chance: Chance): Line[] {
	const { habit, text } = spelled(payment, chance);
	const { id, cents, kind } = payment;
	const date = `2026-11-${String(1 + chance.below(28)).padStart(2, '0')}`;
	const name = chance.percent(50) ? nameOf(payment, chance.below(NAME_STYLES)) : chance.percent(30) ? STRANGER : undefined;
	const line: StatementLine = { cents, communication: text, name, date };
	if (kind === 'shared') {
		const style = chance.below(NAME_STYLES);
		const alike = others.filter((other) => other !== payment && other.reference === payment.reference);
		const isAlone = alike.every((other) => other.lastName !== payment.lastName && other.firstName !== payment.firstName);
		const isClear = style < INITIALS_FROM ? isAlone : isAlone && alike.every((other) => noAccents(other.firstName)[0] !== noAccents(payment.firstName)[0]);
		if (chance.percent(40)) return [nobody({ ...line, name: chance.pick([undefined, STRANGER]) }, `${habit}, of a stranger`)];
		return [{ line: { ...line, name: nameOf(payment, style) }, pays: [id], mustBeFound: isClear, habit: `${habit}, name decides` }];
	}
	if (!isOpen(payment)) return [nobody(line, `${habit}, not open`)];
	const variant = chance.below(100);
	if (variant < 60) return [{ line, pays: [id], mustBeFound: true, habit }];
	if (variant < 64) return [{ line: { ...line, communication: '', structuredCommunication: text }, pays: [id], mustBeFound: true, habit: `${habit}, in a field of its own` }];
	if (variant < 68) return [nobody({ ...line, cents: cents + 100 }, `${habit}, too much`)];
	if (variant < 72) return [nobody({ ...line, cents: -cents }, `${habit}, money that went out`)];
	if (variant < 75) return [nobody({ ...line, direction: 'out' }, `${habit}, debit`)];
	if (variant < 77) return [nobody({ ...line, cents: null }, `${habit}, no amount`)];
	if (variant < 80) return [nobody({ ...line, currency: 'USD' }, `${habit}, in dollars`)];
	if (variant < 84) return [{ line, pays: [id], mustBeFound: true, habit }, nobody({ ...line, date: '2026-11-30' }, `${habit}, once more`)];
	if (variant < 88) return [nobody(line, `${habit}, given back`), nobody({ ...line, cents: -cents, date: '2026-11-30' }, `${habit}, the money goes back`)];
	if (variant < 94) {
		const part = 1 + chance.below(cents - 1);
		return [nobody({ ...line, cents: part }, `${habit}, first part`), { line: { ...line, cents: cents - part, date: '2026-11-30' }, pays: [id], mustBeFound: true, habit: `${habit}, last part` }];
	}
	if (kind === 'structured') {
		const digits = digitsOf(payment.reference);
		const wrong = digits.slice(0, 4) + ((Number(digits[4]) + 1 + chance.below(8)) % 10) + digits.slice(5);
		return [nobody({ ...line, communication: chance.pick([wrong, `+++${grouped(wrong, '/')}+++`]) }, 'a wrong digit')];
	}
	const { reference } = payment;
	const wrong = kind === 'prefixed'
		? chance.pick([`${reference}7`, `${reference}1 Jan`, `Voor${glued(reference).toLowerCase()}b`])
		: chance.pick([`1${reference}`, `${reference}0`, reference.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))]);
	const isTaken = others.some((other) => foldOf(wrong).startsWith(foldOf(other.reference)) && other !== payment);
	return [nobody({ ...line, communication: isTaken ? 'dank u' : wrong }, 'another number')];
}

/** One line that pays two payments. */
function lineForBoth(one: Payment, other: Payment, chance: Chance): Line {
	const [first, second] = [one.reference, other.reference];
	const communication = `${first} ${chance.pick(['en', '+', ',', 'et', '/'])} ${second}`;
	const isExact = chance.percent(60);
	const line: StatementLine = { cents: one.cents + (isExact ? other.cents : chance.pick([0, 1])), communication };
	return isExact ? { line, pays: [one.id, other.id], mustBeFound: true, habit: 'two references' } : nobody(line, 'two references, another amount');
}

function statementBy(seed: number, count: number): Statement {
	const chance = chanceOf(seed);
	const payments = paymentsBy(chance, count);
	const lines: Line[] = [];
	const rest = payments.filter(() => chance.percent(60));
	while (rest.length > 0) {
		const payment = rest.pop()!;
		const next = rest.at(-1);
		const isPair = next && [payment, next].every((one) => isOpen(one) && (one.kind === 'structured' || one.kind === 'prefixed'));
		if (isPair && chance.percent(8)) lines.push(lineForBoth(payment, rest.pop()!, chance));
		else lines.push(...linesFor(payment, payments, chance));
		if (chance.percent(25)) {
			const { firstName, lastName, cents } = chance.pick(payments);
			lines.push(nobody({ cents, communication: chance.pick(OTHER), name: `${lastName} ${firstName}` }, 'no reference'));
		}
	}
	return { payments, lines };
}

/** Statements with so many payments, a little more or less. */
export function statements(count = 40): fc.Arbitrary<Statement> {
	return fc.noShrink(fc.nat(0x7fff_ffff)).map((seed) => statementBy(seed, count));
}

/** The payment as Stamhoofd gives it, its price in cents. */
export function recordOf({ id, reference, cents, status, firstName, lastName, kind }: Payment): IDataObject {
	const type = { structured: 'Structured', dutch: 'Structured', prefixed: 'Reference', number: 'Reference', shared: 'Fixed' }[kind];
	return { id, transferDescription: reference, price: cents, status, customer: { firstName, lastName }, transferSettings: { type } };
}
