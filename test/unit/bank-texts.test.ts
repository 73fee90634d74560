/** The small readers under those of bank files, held to well-known libraries and to what banks write. */
import fc from 'fast-check';
import { decode as decodeByIconv, encode } from 'iconv-lite';
import { isValidIBAN } from 'ibantools';
import { parse } from 'papaparse';
import { SaxesParser } from 'saxes';

import { calendarDate, dateParts, nearestDate } from '../../nodes/BankStatement/dates';
import { encodingOf, textInSteps } from '../../nodes/BankStatement/decode';
import type { Encoding } from '../../nodes/BankStatement/decode';
import { cellsOf, rowsOf } from '../../nodes/BankStatement/formats/csv/cells';
import { accountOf, belgianIban, ibanOf } from '../../nodes/BankStatement/iban';
import { decimalOf, readMoney } from '../../nodes/BankStatement/money';
import { markedIn, structuredOf } from '../../nodes/BankStatement/reference';
import { byLine } from '../../nodes/BankStatement/text';
import { readXml } from '../../nodes/BankStatement/xml';
import { belgianAccount } from '../bank/transfers';

const decode = (bytes: Uint8Array) => [...textInSteps(bytes)].join('');

describe('decode', () => {
	const letters = fc.array(fc.constantFrom(...'Jan Élodie Zoë ça € naïef Müller\r\n;,"'), { minLength: 60, maxLength: 400 }).map((all) => `:20:MARK\r\n${all.join('')}`);

	it.each<[string, Encoding, Buffer]>([
		['utf8', 'utf-8', Buffer.alloc(0)],
		['utf8', 'utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
		['utf16le', 'utf-16le', Buffer.alloc(0)],
		['utf16le', 'utf-16le', Buffer.from([0xff, 0xfe])],
		['utf16be', 'utf-16be', Buffer.alloc(0)],
		['utf16be', 'utf-16be', Buffer.from([0xfe, 0xff])],
	])('reads what iconv writes as %s (%s)', (name, encoding, mark) => {
		fc.assert(
			fc.property(letters, (text) => {
				const bytes = Buffer.concat([mark, encode(text, name)]);
				expect(encodingOf(bytes)).toBe(encoding);
				expect(decode(bytes)).toBe(text);
			}),
		);
	});

	it.each(['win1252', 'iso-8859-15'])('reads the letters of %s, the euro sign included', (name) => {
		fc.assert(
			fc.property(letters, (text) => {
				fc.pre(/[Éëçïü]/.test(text));
				expect(decode(encode(text, name))).toBe(text);
			}),
		);
	});

	it('tells Windows-1252 and ISO-8859-15 apart by bytes that only one of them has a use for', () => {
		const both = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte >= 32 && ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte));
		expect(decode(Buffer.from(both))).toBe(decodeByIconv(Buffer.from(both), 'win1252'));
		expect(encodingOf(encode('Prijs € 5, Zoë', 'iso-8859-15'))).toBe('iso-8859-15');
		expect(encodingOf(encode('Dvořáková: Košice, Zoë'.replace('ř', 'r'), 'iso-8859-15'))).toBe('iso-8859-15');
		expect(encodingOf(encode('Prijs € 5, Zoë', 'win1252'))).toBe('windows-1252');
		expect(encodingOf(encode('Zoë 1½', 'win1252'))).toBe('windows-1252');
	});

	it('goes by the declaration of an XML file', () => {
		for (const [declared, name] of [['ISO-8859-1', 'latin1'], ['iso-8859-15', 'iso-8859-15'], ['windows-1252', 'win1252'], ['UTF-8', 'utf8']]) {
			const text = `<?xml version="1.0" encoding="${declared}"?><Nm>Zoë Ûzer</Nm>`;
			expect(decode(encode(text, name))).toBe(text);
		}
		const euro = `<?xml version='1.0' encoding='ISO-8859-15' ?><Nm>€</Nm>`;
		expect(decode(encode(euro, 'iso-8859-15'))).toBe(euro);
	});

	it('reads a file that says UTF-8 and is not, or the other way round, as what it is', () => {
		expect(decode(encode('<?xml version="1.0" encoding="UTF-8"?><Nm>Zoë</Nm>', 'latin1'))).toContain('Zoë');
		expect(decode(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><Nm>Zoë</Nm>'))).toContain('Zoë');
	});

	it('leaves a text as it is, whatever it declares', () => {
		const text = `<?xml version="1.0" encoding="ISO-8859-1"?><Nm>Zoë ${'é'.repeat(70_000)}</Nm>`;
		expect([...textInSteps(`\ufeff${text}`)].join('')).toBe(text);
	});

	it('keeps letters whole that stand on the edge of a piece, and drops the end signs of DOS', () => {
		for (const shift of [0, 1, 2]) {
			const text = `${'x'.repeat(65_536 - shift)}é€\u{1F600}`;
			expect(decode(Buffer.from(text))).toBe(text);
		}
		expect(decode(Buffer.from('a\u001ab\u0000'))).toBe('ab');
	});

	it('takes a file that was cut off within a letter for what it was', () => {
		expect(encodingOf(Buffer.from('Zoë').subarray(0, 3))).toBe('utf-8');
	});
});

describe('lines', () => {
	it('are the same whatever ends them, and wherever the pieces are cut', () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[a-c ]{0,5}$/)), fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 7 }), (lines, end, step) => {
				const text = lines.map((line) => line + end).join('');
				const found: string[] = [];
				const reader = byLine((line, number) => {
					found.push(line);
					expect(number).toBe(found.length);
				});
				for (let at = 0; at < text.length; at += step) reader.write(text.slice(at, at + step));
				reader.end();
				expect(found).toEqual(lines);
			}),
		);
	});

	it('need no end at the end of the file', () => {
		const found: string[] = [];
		const reader = byLine((line) => found.push(line));
		reader.write('a\nb');
		reader.end();
		expect(found).toEqual(['a', 'b']);
	});

	it('are refused where there are none', () => {
		const reader = byLine(() => undefined);
		expect(() => {
			for (let piece = 0; piece < 20; piece++) reader.write('x'.repeat(65_536));
		}).toThrow('Line 1 of the file: it is too long');
	});
});

describe('cells', () => {
	const cell = fc.array(fc.constantFrom('a', 'b', ' ', ';', ',', '"', '\n', "'"), { maxLength: 6 }).map((all) => all.join(''));
	const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 });

	it.each([';', ',', '\t'])('parted by %j are read as Papa Parse reads them', (separator) => {
		fc.assert(
			fc.property(table, (rows) => {
				const text = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator)).join('\n');
				const found: string[][] = [];
				const reader = rowsOf(separator, (cells) => found.push(cells));
				text.split('\n').forEach((line, index) => reader.line(line, index + 1));
				reader.end();
				expect(found).toEqual(parse(text, { delimiter: separator, newline: '\n' }).data);
			}),
		);
	});

	it.each([
		['a;"De Ster" vzw;b', ['a', '"De Ster" vzw', 'b']],
		['a;5" buis;b', ['a', '5" buis', 'b']],
		['"a";"b"', ['a', 'b']],
		['"a""b";', ['a"b', '']],
		['', ['']],
	])('%j', (row, cells) => {
		expect(cellsOf(row, ';')).toEqual(cells);
	});

	it('take a quotation mark that is never closed for a letter', () => {
		const found: string[][] = [];
		const reader = rowsOf(';', (cells) => found.push(cells));
		['1;"De Ster', '2;x', '3;y'].forEach((line, index) => reader.line(line, index + 1));
		reader.end();
		expect(found).toEqual([['1', '"De Ster'], ['2', 'x'], ['3', 'y']]);
	});
});

describe('XML', () => {
	/** What Saxes makes of it, in the shape of n8n's XML node. */
	function bySaxes(text: string): unknown {
		type Open = { name: string; content: Record<string, unknown>; text: string };
		const stack: Open[] = [{ name: '', content: {}, text: '' }];
		const parser = new SaxesParser({ xmlns: false });
		const local = (name: string) => name.slice(name.indexOf(':') + 1);
		const add = (content: Record<string, unknown>, name: string, value: unknown) => {
			if (!(name in content)) content[name] = value;
			else if (Array.isArray(content[name])) (content[name] as unknown[]).push(value);
			else content[name] = [content[name], value];
		};
		parser.on('opentag', ({ name, attributes }) => {
			const content: Record<string, unknown> = {};
			for (const [key, value] of Object.entries(attributes)) if (!key.startsWith('xmlns')) content[local(key)] = value;
			stack.push({ name: local(name), content, text: '' });
		});
		for (const kind of ['text', 'cdata'] as const) parser.on(kind, (words) => (stack[stack.length - 1].text += words));
		parser.on('closetag', () => {
			const { name, content, text } = stack.pop()!;
			if (Object.keys(content).length > 0 && text.trim() !== '') content._ = text.trim();
			add(stack[stack.length - 1].content, name, Object.keys(content).length > 0 ? content : text);
		});
		parser.write(text).close();
		return stack[0].content;
	}

	function read(text: string, step = text.length): Record<string, unknown> {
		const found: Record<string, unknown> = {};
		const reader = readXml({ take: new Set(['Document']), taken: (name, value) => (found[name] = value) });
		for (let at = 0; at < text.length; at += step) reader.write(text.slice(at, at + step));
		reader.end();
		return found;
	}

	const words = fc.array(fc.constantFrom('a', 'é', ' ', '<', '&', '>', '"', "'", ']', '\n', '€'), { maxLength: 8 }).map((all) => all.join(''));
	const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(']]>', ']]&gt;').replaceAll('"', '&quot;');
	const leaf = fc.oneof(
		words.map(escape),
		words.filter((text) => !text.includes(']]>')).map((text) => `<![CDATA[${text}]]>`),
		words.filter((text) => !text.includes('--') && !text.endsWith('-')).map((text) => `a<!-- ${text} -->b`),
		fc.constantFrom('&#233;', '&#xE9;', '&#13;'),
	);
	const { element } = fc.letrec<{ element: string }>((tie) => ({
		element: fc
			.tuple(fc.constantFrom('Nm', 'ns2:Id', 'Amt', 'A.b-c'), fc.option(words, { nil: undefined }), fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('element'), { maxLength: 3 }).map((all) => all.join('\n'))))
			.map(([name, attribute, content]) => `<${name}${attribute === undefined ? '' : ` Ccy="${escape(attribute).replaceAll('\n', ' ')}"`}>${content}</${name}>`),
	}));

	it('is read as Saxes reads it, wherever the pieces are cut', () => {
		fc.assert(
			fc.property(element, fc.integer({ min: 1, max: 9 }), (content, step) => {
				const text = `<?xml version="1.0"?>\n<!-- bank -->\n<Document xmlns:ns2="urn:x">${content}</Document>\n`;
				expect(read(text)).toEqual(bySaxes(text));
				expect(read(text, step)).toEqual(read(text));
			}),
		);
	});

	it.each([
		['<Document><A></B></Document>', 'Line 1 of the file: </B> stands where <A> should be closed'],
		['<Document>\n<A>\n', 'Line 3 of the file: the file ends in the midst of <A>: it was cut off'],
		['<Document>\n</Document></A>', 'Line 2 of the file: </A> was never opened'],
		['<Document><A', 'Line 1 of the file: the file ends in the midst of <Document>'],
		['<Document></Document>\n\n<Document></Document>', 'Line 3 of the file: another document begins with <Document>'],
		['<!DOCTYPE x [<!ENTITY a "b">]><Document>&a;</Document>', 'Line 1 of the file: it declares a document type'],
		['<Document><!ENTITY a SYSTEM "file:///etc/passwd"></Document>', 'it declares a document type'],
		['<Document>< ></Document>', 'a "<" does not begin an element'],
		[`<Document>${'<A>'.repeat(200)}`, 'elements are nested too deep'],
		[`<Document><A ${'x'.repeat(30_000)}`, 'a "<" is never followed by ">"'],
		[`<Document><A>${'x'.repeat(1_100_000)}</A></Document>`, 'a text is too long'],
	])('%.60s is refused in words', (text, message) => {
		expect(() => read(text, 65_536)).toThrow(message);
	});

	it('leaves alone what is no entity of XML, and sets nothing on the prototype of objects', () => {
		expect(read('<Document><Nm>AT&T &euro; &amp;amp; &#0;&#xD800;</Nm></Document>')).toEqual({ Document: { Nm: 'AT&T &euro; &amp; \u0000&#xD800;' } });
		read('<Document><__proto__><polluted>yes</polluted></__proto__><constructor>x</constructor></Document>');
		expect(({} as { polluted?: string }).polluted).toBeUndefined();
	});
});

describe('money', () => {
	it.each([
		['1234,56', '1234.56'],
		['1.234,56', '1234.56'],
		['1,234.56', '1234.56'],
		['1 234,56', '1234.56'],
		['1\u00a0234,56', '1234.56'],
		["1'234.50", '1234.50'],
		['100,', '100.00'],
		['.95', '0.95'],
		['-.05', '-0.05'],
		['6,5', '6.50'],
		['+2500,00', '2500.00'],
		['−0,50', '-0.50'],
		['0,50-', '-0.50'],
		['25,-', '25.00'],
		['25,--', '25.00'],
		['€ 12', '12.00'],
		['1.237,84 EUR', '1237.84'],
		['1.234', '1234.00'],
		['1.234.567', '1234567.00'],
		['1234.567', '1234.567'],
		['000000149.87', '149.87'],
		['8.85000', '8.85'],
		['0,12345', '0.12345'],
	])('%j is %s', (text, amount) => {
		expect(decimalOf(readMoney(text)!)).toBe(amount);
	});

	it.each([
		['18.150', '.', '18.15'],
		['1.234', ',', '1234.00'],
		['941.17', ',', '941.17'],
		['1,234', '.', '1234.00'],
		['12,5', '.', '12.50'],
	])('%j with the decimal sign %j is %s', (text, sign, amount) => {
		expect(decimalOf(readMoney(text, sign as '.' | ',')!)).toBe(amount);
	});

	it.each(['', '-', 'EUR', 'abc', '1,2,3.4', '12.34.56', '--5', '-5-', '1.23,456.7', '0,1234567', '1e5', '9'.repeat(40)])('%j is no amount', (text) => {
		expect(readMoney(text)).toBeUndefined();
	});

	it.each([['10000.0,0', '.'], ['1,234.56,7', '.'], ['100,.5', ','], ['0,0.0', ',']])('%j with the decimal sign %j is no amount', (text, sign) => {
		expect(readMoney(text, sign as '.' | ',')).toBeUndefined();
	});

	it('keeps every cent of what it writes', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (units) => {
				expect(readMoney(decimalOf(units), '.')).toBe(units);
			}),
		);
	});
});

describe('dates', () => {
	it.each([
		['20261121', [2026, 11, 21]],
		['2026-11-21', [2026, 11, 21]],
		['2026-11-21T10:00:00+01:00', [2026, 11, 21]],
		['21-11-2026', [2026, 11, 21]],
		['21/11/2026 09:30', [2026, 11, 21]],
		['1/2/2026', [2026, 2, 1]],
		['25/05/19', [2019, 5, 25]],
		['30/02/2026', [2026, 2, 30]],
	])('%j', (text, parts) => {
		expect(dateParts(text)).toEqual(parts);
	});

	it.each(['', 'Kamp 2', '5', '2026', '21 november 2026', '202611215', '1/2', 'x21/11/2026'])('%j is no date', (text) => {
		expect(dateParts(text)).toBeUndefined();
	});

	it('knows the calendar', () => {
		expect(calendarDate(2026, 2, 30)).toBeUndefined();
		expect(calendarDate(2026, 13, 1)).toBeUndefined();
		expect(calendarDate(0, 1, 1)).toBeUndefined();
		expect(calendarDate(2024, 2, 29)).toBe('2024-02-29');
	});

	it('puts a day without a year next to the other one', () => {
		expect(nearestDate(12, 30, '2021-01-01')).toBe('2020-12-30');
		expect(nearestDate(1, 2, '2019-12-31')).toBe('2020-01-02');
		expect(nearestDate(2, 29, '2025-02-28')).toBe('2024-02-29');
		expect(nearestDate(2, 30, '2025-02-28')).toBeUndefined();
	});
});

describe('accounts', () => {
	it('are IBANs where ibantools says so', () => {
		const letters = fc.stringMatching(/^(BE|NL|DE|FR|LU|GB)\d{2}[A-Z0-9]{8,26}$/);
		fc.assert(fc.property(fc.oneof(letters, belgianAccount), (text) => ibanOf(text) === undefined || isValidIBAN(text)));
		fc.assert(fc.property(belgianAccount, (iban) => ibanOf(iban) === iban && isValidIBAN(iban) && ibanOf(iban.replace(/(.{4})/g, '$1 ').toLowerCase()) === iban));
	});

	it('with one wrong digit, or without the last ones, are none', () => {
		fc.assert(
			fc.property(belgianAccount, fc.integer({ min: 2, max: 15 }), fc.integer({ min: 1, max: 9 }), (iban, at, by) => {
				const wrong = iban.slice(0, at) + ((Number(iban[at]) + by) % 10) + iban.slice(at + 1);
				expect(ibanOf(wrong)).toBeUndefined();
				expect(ibanOf(iban.slice(0, -2))).toBeUndefined();
			}),
		);
	});

	it('of old have an IBAN in Belgium', () => {
		expect(belgianIban('539-0075470-34')).toBe('BE68539007547034');
		expect(belgianIban('539-0075470-35')).toBeUndefined();
		expect(accountOf('539007547034')).toBe('BE68539007547034');
		expect(accountOf('TRIODOSBANK/0666666666')).toBe('TRIODOSBANK/0666666666');
		expect(accountOf(' be68 5390 0754 7034 ')).toBe('BE68539007547034');
		expect(accountOf(' ')).toBeUndefined();
	});
});

describe('structured communications', () => {
	it.each([
		['010806817183', '+++010/8068/17183+++'],
		['+++010/8068/17183+++', '+++010/8068/17183+++'],
		['***010/8068/17183***', '+++010/8068/17183+++'],
		['010 8068 17183', '+++010/8068/17183+++'],
		['RF18 5390 0754 7034', 'RF18539007547034'],
		['rf18539007547034', 'RF18539007547034'],
		['010806817184', undefined],
		['RF19539007547034', undefined],
		['Kamp 2', undefined],
		['', undefined],
	])('%j is %s', (text, reference) => {
		expect(structuredOf(text)).toBe(reference);
	});

	it('of the Netherlands have one check digit', () => {
		const right = Array.from({ length: 10 }, (_, digit) => `${digit}017000000000012`.slice(0, 16)).filter((one) => structuredOf(one) !== undefined);
		expect(right).toHaveLength(1);
	});

	it.each([
		['Voor +++010/8068/17183+++ dank', '+++010/8068/17183+++'],
		['*** 010/8068/17183 ***', '+++010/8068/17183+++'],
		['+++010/8068/17184+++ en +++010/8068/17183+++', '+++010/8068/17183+++'],
		['tel 010806817183', undefined],
		['+++010/8068/17184+++', undefined],
	])('in the text %j are found between marks: %s', (text, reference) => {
		expect(markedIn(text)).toBe(reference);
	});
});
