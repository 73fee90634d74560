import fc from 'fast-check';

import { isDutchReference, isStructuredCommunication, structuredDigits } from '../../nodes/input/checkDigits';
import { findReferences } from '../../nodes/Stamhoofd/matching/find';
import { indexReferences } from '../../nodes/Stamhoofd/matching/references';
import { structuredIn } from '../../nodes/Stamhoofd/matching/structured';
import { wordingOf } from '../../nodes/Stamhoofd/matching/words';

function referencesIn(text: string) {
	const { valid, wrong } = structuredIn(wordingOf(text));
	return { valid: [...new Set(valid.map(({ reference }) => reference))], invalid: wrong ? [wrong.reference] : [] };
}

const structured = fc.integer({ min: 0, max: 9_999_999_999 }).map((number) => {
	const first = String(number).padStart(10, '0');
	return first + String(number % 97 || 97).padStart(2, '0');
});
const spell = (digits: string) => `+++${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7)}+++`;

describe('structured communication', () => {
	test('the example of the manual is valid, one digit off is not', () => {
		expect(isStructuredCommunication('710172060345')).toBe(true);
		expect(isStructuredCommunication('710172060346')).toBe(false);
	});

	test('a remainder of 0 is written as 97', () => {
		expect(isStructuredCommunication('000000000097')).toBe(true);
		expect(isStructuredCommunication('000000000000')).toBe(false);
	});

	test('is found in every spelling', () => {
		fc.assert(
			fc.property(structured, (digits) => {
				const spellings = [
					spell(digits),
					spell(digits).replaceAll('+', '*'),
					digits,
					`${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
					`Betaling ${spell(digits)} met dank`,
					`ref ${digits} jan`,
				];
				for (const spelling of spellings) expect(referencesIn(spelling).valid).toEqual([digits]);
				expect(structuredDigits(spell(digits))).toBe(digits);
			}),
		);
	});

	test('is found behind and before any other numbers', () => {
		const other = fc.stringMatching(/^\d{1,14}$/);
		fc.assert(
			fc.property(structured, other, other, fc.constantFrom(' ', ' - ', '/', '\n'), (digits, before, after, separator) => {
				const spelled = `${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7)}`;
				expect(referencesIn(`${before}${separator}${spelled}${separator}${after}`).valid).toContain(digits);
			}),
		);
	});

	test('is found as a CODA file has it, with its type in front', () => {
		expect(referencesIn('101710172060345').valid).toContain('710172060345');
		expect(referencesIn('2101710172060345').valid).not.toContain('710172060345');
	});

	test('is found where a spreadsheet dropped its zeros', () => {
		expect(referencesIn('91711016897')).toEqual({ valid: ['091711016897'], invalid: [] });
		expect(referencesIn('91711016898')).toEqual({ valid: [], invalid: [] });
	});

	test('every change of one digit is noticed', () => {
		fc.assert(
			fc.property(structured, fc.nat(11), fc.integer({ min: 1, max: 9 }), (digits, position, add) => {
				const changed = (Number(digits[position]) + add) % 10;
				const wrong = digits.slice(0, position) + changed + digits.slice(position + 1);
				expect(referencesIn(spell(wrong))).toEqual({ valid: [], invalid: [wrong] });
			}),
		);
	});

	test('a telephone or account number within a sentence is no wrong reference', () => {
		expect(referencesIn('bel 0031 612345678 aub')).toEqual({ valid: [], invalid: [] });
		expect(referencesIn('BE68539007547034 spaghetti')).toEqual({ valid: [], invalid: [] });
	});
});

describe('Dutch payment reference', () => {
	test('exactly one first digit is right', () => {
		const valid = Array.from({ length: 10 }, (_, check) => `${check}000056789012345`).filter(isDutchReference);
		expect(valid).toHaveLength(1);
	});

	test('is found with blanks in it', () => {
		const [reference] = Array.from({ length: 10 }, (_, check) => `${check}000056789012345`).filter(isDutchReference);
		const spelled = reference.replace(/(.{4})/g, '$1 ').trim();
		expect(referencesIn(`Kenmerk: ${spelled}`).valid).toEqual([reference]);
	});
});

describe('prefix and number', () => {
	const contains = (text: string, reference: string) =>
		findReferences([text], indexReferences([reference], (one) => one)).whole.length > 0;

	test.each([
		['betaling BESTELLING WIJN GIN 2 JAN', 'Bestelling wijn/gin 2', true],
		['Bestelling wijn/gin 21', 'Bestelling wijn/gin 2', false],
		['Bestelling wijn/gin 12', 'Bestelling wijn/gin 2', false],
		['Kamp Noël 7', 'kamp noel 7', true],
		['2', '2', true],
		['12', '2', false],
		['anything', '', false],
		['betaling kampeerstoel', 'Kamp', false],
		['ons zomerkamp 2', 'Kamp 2', false],
		['zomerkamp 2 en kamp 2', 'Kamp 2', true],
		['voor het kamp, jan', 'Kamp', true],
		['kamp2 jan', 'Kamp 2', true],
		['2026kamp jan', 'Kamp', true],
		['order 1 2026 kamp', '2026 kamp', true],
		['VOORBESTELLING WIJN GIN 2 JAN', 'Bestelling wijn/gin 2', true],
		['BETALINGBESTELLINGWIJNGIN2JAN', 'Bestelling wijn/gin 2', true],
		['BETALINGBESTELLINGWIJNGIN21JAN', 'Bestelling wijn/gin 2', false],
		['Kamp Noe\u0308l 7 jan', 'kamp noël 7', true],
	])('%s / %s', (text, reference, expected) => {
		expect(contains(text, reference)).toBe(expected);
	});
});
