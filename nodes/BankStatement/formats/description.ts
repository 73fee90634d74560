/** The dialects in which banks press who, why and by which order into one text: field 86 of MT940, and columns of tables. */
import { typeOfWords } from '../kind';
import type { Booking } from '../line';
import { clean, glued, joined } from '../text';

export type Described = Partial<
	Pick<Booking, 'name' | 'account' | 'bic' | 'text' | 'structured' | 'endToEndId' | 'mandateId' | 'type' | 'valueDate'>
>;

/** Codes between slashes of the Dutch banks; only these, since a text may have slashes of its own. */
const CODES =
	'TRTP|CSID|MARF|PREF|NRTX|PIND|IBAN|BIC|NAME|REMI|EREF|ORDP|BENM|ID|ADDR|RTRN|ISDT|ULTD|ULTC|SWOD|RTYP|TRCD|PURP|CREF|IREF|CNTP|EXCH|CHGS|OCMT|SVCL';

const CODE = new RegExp(`/(${CODES})/`, 'g');
const BEGINS_WITH_CODE = new RegExp(`^\\s*/(?:${CODES})/`);

/** Tags within the text of the German banks. */
const TAG = /(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|COAM|OAMT)\+/g;

/** What comes before the first mark, and the text after each, by what stands in the mark. */
function marked(text: string, mark: RegExp): { head: string; values: Array<[name: string, value: string]> } {
	const marks = [...text.matchAll(mark)];
	const endOf = (index: number) => (index < 0 ? 0 : marks[index].index + marks[index][0].length);
	const upTo = (index: number) => text.slice(endOf(index - 1), marks[index]?.index ?? text.length);
	return { head: upTo(0), values: marks.map(([, name], index) => [name, upTo(index + 1)]) };
}

/**
 * Lines as one text. A line that was cut at its full width goes on without a blank; some banks count the tag in front of
 * the first one.
 * @param shortest no line is full that is shorter
 * @param joins what else tells whether a blank belongs between a line and the next one
 */
function gluedLines(lines: string[], shortest: number, joins?: (line: string, next: string) => ' ' | '' | undefined): string {
	const width = lines.slice(0, -1).reduce((most, { length }) => Math.max(most, length - 1), shortest);
	const isFull = (index: number) => lines[index].length >= width || (index === 0 && lines[index].length + ':86:'.length >= width);
	const between = (index: number) => joins?.(lines[index - 1], lines[index]) ?? (isFull(index - 1) ? '' : ' ');
	return lines.map((line, index) => (index === 0 ? line : between(index) + line)).join('');
}

/** A code may be cut in two by the end of a line, however short that is. */
function joinsCode(line: string, next: string): '' | undefined {
	const [, tail] = /\/([A-Z]{1,3})$/.exec(line) ?? [];
	const [, head] = /^([A-Z]{1,3})\//.exec(next) ?? [];
	return tail !== undefined && head !== undefined && CODES.split('|').includes(tail + head) ? '' : undefined;
}

/** What the payer wrote, where the bank says whether that is a reference. */
function remittance(text: string): Described {
	const reference =
		/^\/?(?:CDTRREFTP\/.{0,60}?)CDTRREF\/([^/]{1,40})/.exec(text) ??
		/^STRD\/[^/]{0,35}\/([^/]{1,40})/.exec(text) ??
		/^\s{0,9}ISSUER:\s{0,9}\w{0,35}\s{1,35}REF:\s{0,9}(\S[\w ]{0,40})/.exec(text);
	if (reference) return { structured: reference[1] };
	return { text: clean(text.replace(/^USTD\/{1,2}/, '').replace(/\/{1,2}\s*$/, '')) };
}

/** /TRTP/SEPA OVERBOEKING/IBAN/…/NAME/…/REMI/… of ABN AMRO, Rabobank and others, and /CNTP/…/ of ING. */
function ofCodes(text: string): Described {
	const { values } = marked(text, CODE);
	const found: Record<string, string> = {};
	let party = '';
	for (const [code, value] of values) {
		if (/^(ORDP|BENM|ULTD|ULTC)$/.test(code)) party = code;
		// A name after /ULTD/ is that of somebody behind the counterparty.
		const key = code === 'NAME' && party.startsWith('ULT') ? 'ULTIMATE' : code;
		if (clean(value) !== undefined || found[key] === undefined) found[key] = value;
	}
	const [account, bic, name] = (found.CNTP ?? '').split('/');
	const plain = (value: string | undefined) => clean(value?.replace(/\/{1,2}\s*$/, ''));
	return {
		...remittance(found.REMI ?? ''),
		name: plain(found.NAME ?? name) ?? plain(found.ULTIMATE),
		account: plain(found.IBAN ?? account),
		bic: plain(found.BIC ?? bic),
		endToEndId: plain(found.EREF),
		mandateId: plain(found.MARF),
		type: plain(found.RTRN) === undefined ? typeOfWords(found.TRTP) : 'reversal',
	};
}

/** Most signs of a subfield. */
const SUBFIELD = 27;

/** 166?00GUTSCHRIFT?20EREF+…?21SVWZ+…?30BIC?31IBAN?32NAME of German banks; Triodos has ">" for "?". */
function ofSubfields(whole: string, separator: string): Described {
	const { values } = marked(whole, new RegExp(`\\${separator}(\\d\\d)`, 'g'));
	const of = (...codes: string[]) =>
		values
			.filter(([code]) => codes.some((start) => code.startsWith(start)))
			.map(([, value]) => value)
			.join('');
	// Triodos begins the text with BIC and IBAN.
	const [agent, account] = ['20', '21'].map((code) => clean(of(code)));
	const isBic = agent !== undefined && account !== undefined && /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(agent) && /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(account);
	// Triodos writes name and text one below the other; what fills its line goes on without a blank.
	const below = values.filter(([code]) => /^2[2-9]$/.test(code)).map(([, value]) => value);
	const text = isBic ? glued(below, SUBFIELD) : of('2', '60', '61', '62', '63');
	const { head, values: tags } = marked(text, TAG);
	const tag = (name: string) => clean(tags.find(([found]) => found === name)?.[1]);
	return {
		name: clean(of('32', '33')),
		account: isBic ? account : (clean(of('31')) ?? tag('IBAN')),
		bic: isBic ? agent : (clean(of('30')) ?? tag('BIC')),
		text: tag('SVWZ') ?? clean(tags.length > 0 ? head : text),
		endToEndId: tag('EREF'),
		mandateId: tag('MREF'),
		type: typeOfWords(of('00')),
	};
}

/** Labels with a colon, by what they say; in Dutch, French and English. */
const LABELS: Record<string, keyof Described | 'other'> = {
	iban: 'account', rek: 'account', bic: 'bic', naam: 'name', name: 'name', nom: 'name',
	van: 'name', naar: 'name', de: 'name', vers: 'name', from: 'name', to: 'name',
	omschrijving: 'text', description: 'text', mededeling: 'text', communication: 'text', message: 'text',
	kenmerk: 'endToEndId', reference: 'endToEndId',
	machtiging: 'mandateId', 'machtiging id': 'mandateId', 'mandate id': 'mandateId',
	valutadatum: 'valueDate', 'value date': 'valueDate', 'date valeur': 'valueDate',
	incassant: 'other', 'incassant id': 'other', 'creditor id': 'other', 'datum/tijd': 'other', 'date/time': 'other', pasvolgnr: 'other',
	transactie: 'other', transaction: 'other', term: 'other', 'overige partij': 'other', 'other party': 'other', bankreferentie: 'other',
	'reference banque': 'other', 'doorlopende incasso': 'other', 'uitgevoerd op': 'other', 'execute le': 'other', betalingskenm: 'structured', betalingskenmerk: 'structured',
};

/** Letters without accents, in small type, each in its place. */
function folded(text: string): string {
	return text.replace(/[^a-z]/g, (sign) => {
		const plain = sign.normalize('NFD')[0].toLowerCase();
		return plain.length === 1 ? plain : sign;
	});
}

/** Labels that a bank writes. */
export interface Labels {
	/** Finds them in folded text. */
	pattern: RegExp;
	/** So many of them make it a text of labels. */
	least: number;
}

/** @param names as `LABELS` knows them */
export function labels(names: Array<keyof typeof LABELS>, least: number): Labels {
	// The longest first: "machtiging id" begins with "machtiging".
	const longestFirst = [...names].sort((one, other) => other.length - one.length);
	return { pattern: new RegExp(`(?<![^\\s/])(${longestFirst.join('|')})[. ]{0,2}:(?!//)`, 'g'), least };
}

/**
 * What stands after the labels of a text, "Naam: J. Jansen Omschrijving: Contributie IBAN: …", and before the first one
 * (`head`); undefined if it is no such text.
 */
export function ofLabels(text: string, { pattern, least }: Labels): (Described & { head: string }) | undefined {
	const seen = new Set<string>();
	// The payer may write such a word, too; the bank's comes first.
	const marks = [...folded(text).matchAll(pattern)].filter(([, name]) => !seen.has(name) && seen.add(name));
	if (marks.length < least) return undefined;
	const found: Described & { head: string } = { head: text.slice(0, marks[0].index) };
	marks.forEach((mark, index) => {
		const what = LABELS[mark[1]];
		const value = text.slice(mark.index + mark[0].length, marks[index + 1]?.index).replace(/\/\s*$/, '');
		const [, name, account] = /^(.*?)(?:\s{3,}|\s-\s([A-Z]{2}\d{2}[A-Z0-9 ]{10,40})\s*$|$)/s.exec(value.trim()) ?? [];
		// An address in columns may follow a name, or the account.
		const told = clean(what === 'name' ? name : value);
		if (what === 'name' && account !== undefined) found.account ??= account;
		if (what !== 'other' && told !== undefined && found[what] === undefined) Object.assign(found, { [what]: told });
	});
	return found;
}

const NAMES = [
	'iban', 'bic', 'naam', 'name', 'omschrijving', 'description', 'kenmerk', 'reference', 'machtiging', 'incassant', 'rek', 'betalingskenm', 'betalingskenmerk',
];
const FIELD_86_LABELS = labels(NAMES, 2);
const BEGINS_WITH_LABEL = new RegExp(`^\\s*(?:${NAMES.join('|')})[. ]{0,2}:`, 'i');

/** The sign that parts subfields; undefined for a text of the payer that happens to begin like one, such as "<12 jaar". */
function subfieldSeparator(text: string): string | undefined {
	const [, code, separator] = /^(\d{3})?([?>~^|@<])(?:00|10|2\d)/.exec(text) ?? [];
	if (separator === undefined) return undefined;
	const isCertain = code !== undefined || text.split(separator).filter((piece) => /^\d\d/.test(piece)).length > 1;
	return isCertain ? separator : undefined;
}

/**
 * What such a text tells.
 * @param lines as they stand in the file
 * @param isPayers it is what the payer wrote, where labels are the payer's own words
 */
export function describedIn(lines: string[], isPayers = false): Described {
	const coded = gluedLines(lines, 32, joinsCode);
	if (BEGINS_WITH_CODE.test(coded)) return ofCodes(coded);
	const whole = lines.join('');
	const separator = subfieldSeparator(whole);
	if (separator !== undefined) return ofSubfields(whole, separator);
	const text = joined([gluedLines(lines, 65, (_, next) => (BEGINS_WITH_LABEL.test(next) ? ' ' : undefined))]);
	if (text === undefined) return {};
	const labelled = isPayers ? undefined : ofLabels(text, FIELD_86_LABELS);
	if (labelled?.account === undefined) return /^ISSUER:/.test(text) ? remittance(text) : { text };
	const { head, ...told } = labelled;
	// Before the labels ABN AMRO says what it is, Knab what the payer wrote.
	return /^SEPA /i.test(head) ? { type: typeOfWords(head), ...told } : { text: clean(head), ...told };
}
