import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { StatementLine } from '../../nodes/Stamhoofd/matching/line';
import { matchLines } from '../../nodes/Stamhoofd/matching/matchLines';

/** The amount of all payments and lines that do not say another one. */
const CENTS = 1000;

interface More {
	price?: number;
	status?: string;
	name?: [first: string, last: string];
	[field: string]: unknown;
}

function payment(transferDescription: string, { price = CENTS, status = 'Created', name = ['Jan', 'Peeters'], ...more }: More = {}): IDataObject {
	return { id: transferDescription, transferDescription, price, status, customer: { firstName: name[0], lastName: name[1] }, ...more } as IDataObject;
}

type Given = Partial<StatementLine> | string;

function lineOf(given: Given): StatementLine {
	return typeof given === 'string' ? { cents: CENTS, communication: given } : { cents: CENTS, communication: '', ...given };
}

/** For each line the result and the ids of its payments, or of the candidates. */
function match(payments: IDataObject[], ...lines: Given[]): string[] {
	return matchLines(lines.map(lineOf), payments, ({ price }) => price as number).map(({ result, payment: one, payments: several, candidates }) => {
		const ids = (several ?? (one ? [one] : candidates)).map(({ id }) => id);
		return [result, ...ids].join(' ');
	});
}

const reasons = (payments: IDataObject[], ...lines: Given[]) =>
	matchLines(lines.map(lineOf), payments, ({ price }) => price as number).map(({ reason }) => reason);

const OGM = '+++010/8068/17183+++';
const OTHER_OGM = '+++710/1720/60345+++';
const DUTCH = '8000 0567 8901 2345';

describe('a reference is found whole', () => {
	test.each([
		['Kamp 2', 'Kamp 2 21-11-2026'],
		['Kamp 2', 'kamp 2 2026-11-21'],
		['Kamp 2', 'Kamp 2-21/11/2026'],
		['Kamp 2', 'Kamp 2 3 personen'],
		['Kamp 2', 'KAMP 2                 20261121'],
		['Kamp 2', 'Kamp 2 € 10'],
		['Kamp 2', 'Kamp 2 EUR 10,00'],
		['Kamp 2', 'Kamp 2 0476/12.34.56'],
		['Kamp 2', '1 2026 Kamp 2'],
		['Kamp 2', 'BETALINGKAMP2JAN'],
		['Bestelling 12', 'Bestelling 12, 2 personen'],
		['Bestelling 12', 'Bestelling 12 0476 12 34 56'],
		['Bestelling 12', 'Bestelling nr. 12'],
		['Bestelling 12', 'Bestelling n° 12 - An'],
		['Bestelling 12', 'bestelling #12'],
		['Bestelling 12', '/TRTP/SEPA OVERBOEKING/NAME/CLAES/REMI/Bestelling 12/EREF/NOTPROVIDED'],
		['Lidgeld 2026', 'Lidgeld 2026 2 kinderen'],
		['2026-001', 'factuur 2026-001'],
		['2026-001', 'factuur 2026001'],
		['412', 'Order 412'],
		['412', '412 An Claes'],
		['412', 'An Claes 412'],
		['412', '#412'],
		['412', 'BBQ: 412.'],
		['412', '412 - € 10,00 - 21/11/2026'],
		['412', 'BE68 5390 0754 7034 412 An'],
		['12', 'order nr 12'],
		['57', '57 Peeters'],
		['57', 'jan 57'],
		['7', '7 Jan Peeters'],
		['2', '2'],
		['Lidgeld Würth', 'Lidgeld Wrth'],
		['Lidgeld Würth', 'LIDGELD WUERTH'],
		['Lidgeld Würth', 'lidgeld w?rth'],
		['Lidgeld Würth', 'lidgeld w\ufffdrth'],
		['Lidgeld Würth', 'Lidgeld W&uuml;rth'],
		['Lidgeld Würth', 'Lidgeld W&#252;rth'],
		['Lidgeld Würth', 'Lidgeld W&#xfc;rth'],
		['Lidgeld Würth', 'Lidgeld WÃ¼rth'],
		['Lidgeld Würth', 'Lidgeld Wu\u0308rth'],
		['Lidgeld Mueller', 'Lidgeld Müller'],
		['Kåre Ærø 7', 'KARE AERO 7'],
		['Kåre Ærø 7', 'KAARE AEROE 7'],
		['Kåre Ærø 7', 'Kre r 7'],
		['Łódź 12', 'Lodz 12'],
		['Straße 12', 'STRASSE 12'],
		['Ĳsverkoop 3', 'IJSVERKOOP 3'],
		['Wijn & kaas 3', 'WIJN &amp; KAAS 3'],
		['Wijn & kaas 3', 'WIJN &amp;amp; KAAS 3'],
		['Bestelling wijn/gin 2', 'Bestelling wijngin 2'],
		['Bestelling wijn/gin 2', 'Bestel ling wijn/gin 2'],
		['Kamp 2', 'Kamp\u00a02'],
		['Kamp 2', 'Ka\u00admp 2'],
		['Kamp 2', 'Kamp 2 x2'],
		['Kamp 2', 'Kamp 2 (25%)'],
		['WS-2026-00412', 'WS202600412'],
		['2026001', '2026001/An Claes'],
		['Bœuf & frites 7', 'Bœuf & frites 7, 2 personen'],
		['1040', '# 1040 2026-11-21'],
		['Zomerkamp 474', 'ZOMERKAMP 474 21/11/26'],
		['474', 'order 474 21/11/26'],
		['412', '2x 412'],
		['412', '412 x2'],
		['1412', '1412'],
		['1412', 'order 1412 wafels'],
		['1412', '1412 Peeters'],
		['1412', 'wafels 1412'],
		['Lidgeld Würth', 'Lidgeld Wï¿½rth'],
		['Wijn & kaas 3', 'Wijn en kaas 3'],
		['Wijn en kaas 3', 'WIJN + KAAS 3'],
		['Wijn + kaas 3', 'wijn & kaas 3'],
	])('%s in %s', (reference, text) => {
		expect(match([payment(reference)], text)).toEqual([`matched ${reference}`]);
	});

	test.each([
		['Kamp 2', 'Kamp 21'],
		['Kamp 2', 'Kamp 2,50'],
		['Kamp 2', 'zomerkamp 2'],
		['Kamp 2', 'Kamp 2B'],
		['Kamp 2', 'Kamp 2 mei'],
		['Kamp', 'kampeerstoel'],
		['Kampen', 'kamp en bbq'],
		['Bestelling 12', 'Voorbestelling 12'],
		['Bestelling 12', 'Bestelling 12 personen'],
		['Bestelling 1', 'Bestelling 1.250'],
		['Bestelling 12', 'Bestelling 12-11-2026'],
		['Lidgeld 2026', 'Lidgeld 2026-2027'],
		['113', '11/3'],
		['113', '€ 1.13'],
		['113', '1,13'],
		['113', '11-3'],
		['113', '1 13'],
		['113', '01/13'],
		['113', 'A113B'],
		['113', '113 euro'],
		['113', '€ 113'],
		['113', '113 x wijn'],
		['113', '1130'],
		['113', 'Kerkstraat 113'],
		['113', 'Kerkstr. 113'],
		['113', 'Molenweg 113'],
		['113', '113%'],
		['113', 'bedrag 113'],
		['113', '113 x 2'],
		['9000', 'An Claes 9000 Gent'],
		['1234', 'Kerkstraat 4, 1234 AB Utrecht'],
		['9000', 'B-9000'],
		['412', 'gsm 412 12 34 56'],
		['412', '412 12 34 56'],
		['412', 'tel. 412'],
		['Lidgeld 2026 2', 'Lidgeld 20262'],
		['2026001', '2026-001'],
		['Bestelling 12', 'Bestelling € 12'],
		['Bestelling 12', 'bestelling 12 euro'],
		['Bestelling 12', 'bestelling 12,-'],
		['Bestelling 12', 'bestelling 12%'],
		['12', '12-11-2026'],
		['12', '12 november'],
		['12', 'om 12:30'],
		['12', '12u30'],
		['12', '12 wafels'],
		['12', 'tafel 12'],
		['7', 'An Claes 7'],
		['2', '2 personen'],
		['2', 'wij komen met 2'],
		['2026', 'lidgeld 2026'],
		['412', '0412 12 34 56'],
		['412', 'tel 016/412 412'],
		['412', '+32 412 12 34 56'],
		['5390', 'BE68 5390 0754 7034'],
		['412', '5390 0754 7034 0412'],
		['1720', OTHER_OGM],
		['1720', '710 1720 60345'],
	])('%s is not in %s', (reference, text) => {
		expect(match([payment(reference)], text)[0]).toMatch(/^noMatch/);
	});

	test('what looks like a street may be the name of who pays', () => {
		const payments = [payment('412', { name: ['Jan', 'van der Laan'] })];
		expect(match(payments, 'J. van der Laan 412')).toEqual(['matched 412']);
		expect(match(payments, 'Lindelaan 412', 'Kerkweg 3 bus 412')).toEqual(['noMatch 412', 'noMatch 412']);
		expect(match([payment('412')], { communication: 'van Dijk 412', name: 'P VAN DIJK' })).toEqual(['matched 412']);
		expect(match([payment('412')], 'Zeedijk 412')).toEqual(['noMatch 412']);
	});

	test('a reference that is only nearly there is a candidate', () => {
		for (const text of ['zomerkamp 2', 'Kamp 2B', 'kamp 2/3', 'kmap 2', 'Kampen 2', '2 kamp']) expect(match([payment('Kamp 2')], text)).toEqual(['noMatch Kamp 2']);
		expect(match([payment('412')], '412 personen')).toEqual(['noMatch 412']);
		expect(reasons([payment('Kamp 2')], 'kmap 2')[0]).toContain('nearly');
	});

	test('a number behind the words of another webshop is not that of a shorter reference', () => {
		const payments = [payment('Kamp 17'), payment('17 18', { price: 5 }), payment('141'), payment('Dag kamp 3'), payment('Bestelling 5')];
		expect(match(payments, 'Dag kamp 17', 'Dag kamp 141', 'Bestelling 141', 'Kamp 17', 'order 141')).toEqual([
			'noMatch Kamp 17',
			'noMatch 141',
			'noMatch 141',
			'matched Kamp 17',
			'matched 141',
		]);
	});

	test('the longest reference is meant, wherever it stands', () => {
		const payments = ['Kamp', 'Kamp 2', 'Kamp 21', 'Zomerkamp 2', '2', '21'].map((reference) => payment(reference));
		expect(match(payments, 'Zomerkamp 2', 'kamp 21', 'Kamp 2 21/11/2026', 'voor het kamp')).toEqual([
			'matched Zomerkamp 2',
			'matched Kamp 21',
			'matched Kamp 2',
			'matched Kamp',
		]);
	});
});

describe('a structured communication', () => {
	test.each([
		OGM, '***010/8068/17183***', '010806817183', '010 8068 17183', '010-8068-17183', '010.8068.17183', '010\\8068\\17183', '010_8068_17183', '010 / 8068 / 17183',
		'+++ 010/8068/17183 +++', '++010/8068/17183++', '010/8068/\n17183', '1101010806817183', '101010806817183', '1102010806817183', '10806817183', '10806817183.0', '010806817183,00',
		'1.0806817183E+10', '10/8068/17183', '+++10/8068/17183+++', '10.806.817.183', 'OGM010806817183', 'ref. 2026 010/8068/17183 dank', '1234 010/8068/17183 5678', '０１０/８０６８/１７１８３',
		`/REMI/STRD/${OGM}/`, 'IBAN BE68539007547034 010806817183', '10806817183 Jan', 'ref 10806817183', '="010806817183"', '"1.0806817183E+10"', '1.0806817183E+010', '0010806817183', 'REF 00000010806817183',
	])('%s', (text) => {
		expect(match([payment(OGM)], text)).toEqual([`matched ${OGM}`]);
		expect(match([payment(OGM)], { structuredCommunication: text, communication: 'dank u' })).toEqual([`matched ${OGM}`]);
	});

	test.each([DUTCH, DUTCH.replaceAll(' ', ''), DUTCH.replaceAll(' ', '.'), `kenmerk ${DUTCH} mvg`, '/CDTRREF/8000056789012345', '8 000 056 789 012 345', '80000567 89012345'])('Dutch: %s', (text) => {
		expect(match([payment(DUTCH)], text)).toEqual([`matched ${DUTCH}`]);
	});

	test.each(['RF18 5390 0754 7034', 'RF18539007547034', 'rf18 5390 0754 7034 jan', 'ref RF18539007547034'])('RF: %s', (text) => {
		expect(match([payment('RF18539007547034')], text)).toEqual(['matched RF18539007547034']);
	});

	test('the same twice is one reference, two are two', () => {
		const payments = [payment(OGM), payment(OTHER_OGM)];
		expect(match(payments, { structuredCommunication: OGM, communication: `${OGM} dank` })).toEqual([`matched ${OGM}`]);
		expect(match(payments, { structuredCommunication: OGM, communication: OTHER_OGM })).toEqual([`severalCandidates ${OGM} ${OTHER_OGM}`]);
	});

	test('a payer is blamed only where nothing else can be meant', () => {
		const payments = [payment(OGM), payment('Kamp 2')];
		expect(match(payments, '+++010/8068/17184+++', '010806817184', '+++010/8068/1718+++')).toEqual([
			`invalidCheckDigits ${OGM}`,
			`invalidCheckDigits ${OGM}`,
			'invalidCheckDigits',
		]);
		expect(match(payments, '+++010/8068/17184+++ Kamp 2')).toEqual(['matched Kamp 2']);
		expect(match(payments, '010/8068/17184 Jan', 'ref 010/8068/17184', 'ref 010806817184')).toEqual([`invalidCheckDigits ${OGM}`, `invalidCheckDigits ${OGM}`, `noMatch ${OGM}`]);
		const else_ = ['1101010806817184', '202611210012', '003247612345', '5413 3300 8909 9130', 'bel 0031 612345678', 'BE68539007547035', '01080681718', '123456789012 en nog iets'];
		expect(match(payments, ...else_)).toEqual(else_.map(() => 'noMatch'));
		for (const reason of reasons(payments, '+++010/8068/17184+++')) expect(reason).not.toMatch(/mistake|problem/);
	});

	test('a number that a sheet has shortened is explained, with what it may have been', () => {
		expect(match([payment(OGM), payment(OTHER_OGM)], '7.10172E+11', '7,10172E+11', '7.2E+11')).toEqual([`noMatch ${OTHER_OGM}`, `noMatch ${OTHER_OGM}`, 'noMatch']);
		expect(match([payment(DUTCH)], '8000056789012340')).toEqual([`noMatch ${DUTCH}`]);
		for (const text of ['710172000000', '710172060000', '7.10172E11', '7,10172E+011', '"7,10172E+11"', 'ref 7.10172E+11', '7.10172E+11 Jan']) {
			expect(match([payment(OGM), payment(OTHER_OGM)], text)).toEqual([`noMatch ${OTHER_OGM}`]);
			expect(reasons([payment(OTHER_OGM)], text)[0]).toContain('spreadsheet has shortened');
		}
		expect(match([payment(OGM)], '1.080681718E+10', '1.0806817183E+10')).toEqual([`noMatch ${OGM}`, `matched ${OGM}`]);
		expect(reasons([payment(OGM)], '7.10172E+11')[0]).toContain('7.10172E+11');
	});
});

describe('several references in a line', () => {
	const twelve = payment('Bestelling 12', { price: 2500 });
	const thirteen = payment('Bestelling 13', { price: 2500 });

	test.each(['Bestelling 12 en Bestelling 13', 'Bestelling 12 en 13', 'Bestelling 12/13', 'bestelling 12, 13', 'Bestelling 12 + 13', 'BESTELLING 12 EN NR 13', 'Bestelling 12 13', 'Bestellingen 12 en 13', 'bestelling nrs 12 en 13', 'bestellingen nrs. 12, 13', 'bestelling 12 t/m 13', 'bestelling 12 met 13'])('%s', (communication) => {
		expect(match([twelve, thirteen], { communication, cents: 5000 })).toEqual(['matched Bestelling 12 Bestelling 13']);
		for (const cents of [2500, 4999, 7500]) {
			expect(match([twelve, thirteen], { communication, cents })).toEqual(['severalCandidates Bestelling 12 Bestelling 13']);
		}
	});

	test('a number that counts something is none of them', () => {
		const payments = [payment('Bestelling 12'), payment('Bestelling 2'), payment('Bestelling 11')];
		expect(match(payments, 'Bestelling 12, 2 personen', 'Bestelling 11 0476 12 34 56')).toEqual(['matched Bestelling 12', 'matched Bestelling 11']);
	});

	test('a range is all that is in it', () => {
		const payments = [12, 13, 14].map((number) => payment(`Bestelling ${number}`));
		const all = 'Bestelling 12 Bestelling 13 Bestelling 14';
		for (const communication of ['bestelling 12 t/m 14', 'Bestellingen 12 tot en met 14', 'bestelling 12 tem 14', 'bestelling 12, 13 en 14']) {
			expect([...match(payments, { communication, cents: 3 * CENTS }), ...match(payments, communication)]).toEqual([`matched ${all}`, `severalCandidates ${all}`]);
		}
		expect(match([payment('Bestelling 12'), payment('Bestelling 999999')], 'bestelling 12 t/m 999999')).toEqual(['severalCandidates Bestelling 12 Bestelling 999999']);
	});

	test('bare numbers are a list where something says so', () => {
		const payments = ['12', '13', '412', '413'].map((number) => payment(number));
		expect(match([payment('2026001'), payment('2026002')], { communication: '2026001/2026002', cents: 2 * CENTS })).toEqual(['matched 2026001 2026002']);
		for (const [communication, both] of [['412 en 413', '412 413'], ['order 12 en 13', '12 13'], ['412, 413', '412 413'], ['nr 12 + 13', '12 13']]) {
			expect([...match(payments, { communication, cents: 2 * CENTS }), ...match(payments, communication)]).toEqual([`matched ${both}`, `severalCandidates ${both}`]);
		}
		expect(match(payments, 'order 412 13 personen', '413 - 12/11/2026')).toEqual(['matched 412', 'matched 413']);
	});

	test('where one of them is paid already, nothing is matched; where all are, that is said', () => {
		const paid = payment('Bestelling 12', { price: 2500, status: 'Succeeded' });
		const line = { communication: 'Bestelling 12 en 13', cents: 5000 };
		expect(match([paid, thirteen], line, { ...line, cents: 2500 })).toEqual(['severalCandidates Bestelling 13', 'severalCandidates Bestelling 13']);
		expect(match([paid, { ...thirteen, status: 'Succeeded' }], line)).toEqual(['alreadyPaid Bestelling 12 Bestelling 13']);
		expect(match([twelve, thirteen], line, line)).toEqual(['matched Bestelling 12 Bestelling 13', 'alreadyPaid Bestelling 12 Bestelling 13']);
	});

	test('a failed payment does not stand in the way', () => {
		const failed = payment('Bestelling 12', { status: 'Failed' });
		expect(match([failed, thirteen], { communication: 'Bestelling 12 en 13', cents: 2500 })).toEqual(['matched Bestelling 13']);
		// What it counts is not another order.
		expect(match([failed, thirteen], { communication: 'Bestelling 12 13 wafels', cents: 2500 })).toEqual(['noMatch Bestelling 12']);
	});
});

describe('names decide between equals', () => {
	const shared = (...names: Array<[string, string]>) => names.map((name, place) => ({ ...payment('Lidgeld 2026', { name }), id: `${name[0]} ${name[1]} ${place}` }));
	const claes = shared(['An', 'Claes'], ['Bart', 'Claes'], ['An', 'Maes']);

	test.each([
		['A CLAES', 'An Claes 0'],
		['CLAES,AN', 'An Claes 0'],
		['CLAES A.', 'An Claes 0'],
		['MEVR AN CLAES', 'An Claes 0'],
		['B. Claes', 'Bart Claes 1'],
		['Claes-Peeters Bart', 'Bart Claes 1'],
		['MAES A', 'An Maes 2'],
	])('%s is %s', (name, id) => {
		expect(match(claes, { name, communication: 'lidgeld 2026' })).toEqual([`matched ${id}`]);
	});

	test.each(['CLAES', 'FAM. CLAES', 'A', 'AN', 'C CLAES', 'Piet Peeters', '', undefined])('%s is nobody of them', (name) => {
		expect(match(claes, { name, communication: 'lidgeld 2026' })[0]).toMatch(/^severalCandidates/);
	});

	test('a part of a double name gives way to the whole of another', () => {
		const both = shared(['Truus', 'de Vries-Jansen'], ['Truus', 'de Vries']);
		expect(match(both, { name: 'TRUUS DE VRIES', communication: 'lidgeld 2026' })).toEqual(['matched Truus de Vries 1']);
		expect(match(both, { name: 'T DE VRIES', communication: 'lidgeld 2026' })[0]).toMatch(/^severalCandidates/);
		expect(match(shared(['Jan', 'Peeters-Claes'], ['Jan', 'Maes-Claes']), { name: 'J CLAES', communication: 'lidgeld 2026' })[0]).toMatch(/^severalCandidates/);
	});

	test('initials do not decide where two have them', () => {
		expect(match(shared(['An', 'Claes'], ['Alice', 'Claes']), { name: 'A CLAES', communication: 'lidgeld 2026' })[0]).toMatch(/^severalCandidates/);
		expect(match(shared(['An', 'Claes'], ['Alice', 'Claes']), { name: 'AN CLAES', communication: 'lidgeld 2026' })).toEqual(['matched An Claes 0']);
	});

	test('what was written names the child, though a parent pays', () => {
		expect(match(claes, { name: 'VERSCHUEREN KOBE', communication: 'Lidgeld 2026 voor Bart Claes' })).toEqual(['matched Bart Claes 1']);
		expect(match(claes, { name: 'AN MAES', communication: 'Lidgeld 2026 voor Bart Claes' })[0]).toMatch(/^severalCandidates/);
	});

	test.each([
		[['Jan', 'Van den Berg'], 'VANDENBERG JAN'],
		[['Jan', 'Vandenberg'], 'VAN DEN BERG J'],
		[['Gijs', "D'Hondt"], 'DHONDT GIJS'],
		[['Zoë', 'Müller'], 'MUELLER ZOE'],
		[['Zoë', 'Müller'], 'M?LLER ZO?'],
		[['Zoë', 'Müller'], 'M LLER Z'],
		[['Bakkerij', 'Claes B.V.'], 'BAKKERIJ CLAES'],
		[['Jean-Pierre', 'Lefèvre'], 'LEFEVRE JP'],
		[['Jean-Pierre', 'Lefèvre'], 'JEAN LEFEVRE'],
		[['Marie-Louise', 'De Smet'], 'DESMET M'],
		[['Truus', 'de Vries-Jansen'], 'T DE VRIES'],
		[['Truus', 'de Vries-Jansen'], 'Jansen T.'],
	] as Array<[[string, string], string]>)('%s pays as %s', (name, written) => {
		expect(match(shared(name, ['An', 'Maes']), { name: written, communication: 'lidgeld 2026' })).toEqual([`matched ${name[0]} ${name[1]} 0`]);
	});

	test('a member is known by name, whoever is the customer', () => {
		const member = { ...payment('Lidgeld 2026', { name: ['Piet', 'Claes'] }), id: 'member', balanceItemPayments: [{ balanceItem: { relations: { Member: { name: 'Lies Claes' } } } }] };
		expect(match([member, ...claes], { communication: 'lidgeld 2026 Lies Claes' })).toEqual(['matched member']);
	});

	test('one transfer for two people pays both only if both are named, and nobody else', () => {
		const two = { cents: 2 * CENTS, name: 'Kobe Verschueren' };
		expect(match(claes, { ...two, communication: 'Lidgeld 2026 An en Bart Claes' })).toEqual(['matched An Claes 0 Bart Claes 1']);
		expect(match(claes, { ...two, communication: 'Lidgeld 2026' })[0]).toMatch(/^severalCandidates/);
		expect(match(claes, { ...two, communication: 'Lidgeld 2026 An Claes en Kris' })[0]).toMatch(/^severalCandidates/);
		expect(reasons(claes.slice(0, 2), { ...two, communication: 'Lidgeld 2026' })[0]).toContain('together');
	});

	test('a fixed communication is not enough where the payment is under another name', () => {
		const fixed = [payment('Lidgeld', { name: ['An', 'Claes'], transferSettings: { type: 'Fixed' } })];
		expect(match(fixed, { communication: 'Lidgeld', name: 'Verschueren Kobe' })).toEqual(['noMatch Lidgeld']);
		expect(match(fixed, { communication: 'Lidgeld', name: 'CLAES' })).toEqual(['matched Lidgeld']);
		expect(match(fixed, 'Lidgeld')).toEqual(['matched Lidgeld']);
	});

	test('never on a name and an amount alone', () => {
		expect(match([payment(OGM, { name: ['An', 'Claes'] })], { communication: 'dank', name: 'AN CLAES' })).toEqual([`noMatch ${OGM}`]);
	});
});

describe('money that goes out, goes back, or comes in parts', () => {
	const one = payment(OGM, { price: 2500 });

	test('what goes out never matches, whatever says so', () => {
		for (const line of [{ cents: -2500 }, { cents: 2500, direction: 'out' as const }, { cents: -2500, direction: 'in' as const }]) {
			expect(match([one], { ...line, communication: OGM })).toEqual(['noMatch']);
		}
		expect(match([one], { cents: 2500, direction: 'in', communication: OGM })).toEqual([`matched ${OGM}`]);
		expect(match([one], { cents: 2500, currency: 'USD', communication: OGM }, { cents: 2500, currency: 'EUR', communication: OGM })).toEqual(['noMatch', `matched ${OGM}`]);
	});

	test('a row without an amount is no line, and the others go on', () => {
		expect(match([one], { cents: null, communication: OGM }, { cents: 0, communication: OGM }, { cents: 2500, communication: OGM })).toEqual(['noAmount', 'noMatch', `matched ${OGM}`]);
	});

	test('a line that gives an earlier one back takes it away, in whatever order the bank has them', () => {
		const [paid, back] = [{ cents: 2500, communication: OGM, date: '2026-11-03' }, { cents: -2500, communication: `retour ${OGM}`, date: '2026-11-05' }];
		const both = [`reversed ${OGM}`, `reversed ${OGM}`];
		expect(match([one], paid, back)).toEqual(both);
		expect(match([one], back, paid)).toEqual(both);
		expect(match([one], { ...paid, date: undefined }, { ...back, date: undefined })).toEqual(both);
		// Paid twice, given back once; and paid again after it was given back.
		expect(match([one], paid, { ...paid, date: '2026-11-04' }, back)).toEqual([`matched ${OGM}`, ...both]);
		expect(match([one], paid, back, { ...paid, date: '2026-11-06' })).toEqual([...both, `matched ${OGM}`]);
	});

	test('by the payer where the line says that it gives back, and not otherwise', () => {
		const paid = { cents: 2500, communication: OGM, name: 'CLAES AN', counterpartyIban: 'BE68 5390 0754 7034' };
		const out = { cents: -2500, communication: 'zaalhuur', name: 'CLAES AN', counterpartyIban: 'BE68539007547034' };
		expect(match([one], paid, out)).toEqual([`matched ${OGM}`, 'noMatch']);
		expect(match([one], paid, { ...out, communication: 'terugbetaling' })).toEqual([`reversed ${OGM}`, 'reversed']);
		expect(match([one], paid, { ...out, communication: '', type: 'reversal' })).toEqual([`reversed ${OGM}`, 'reversed']);
		expect(match([one], paid, { ...out, communication: OGM, name: 'DRUKKERIJ', counterpartyIban: 'NL91ABNA0417164300' })).toEqual([`matched ${OGM}`, 'noMatch']);
	});

	test('what the bank itself gives back pays nothing; money back of a paid payment is shown', () => {
		expect(match([one], { cents: 2500, communication: OGM, type: 'reversal' })).toEqual([`reversed ${OGM}`]);
		expect(match([{ ...one, status: 'Succeeded' }], { cents: -1000, communication: OGM })).toEqual([`reversed ${OGM}`]);
	});

	test('parts pay once they come to what is due', () => {
		const part = (cents: number, date: string) => ({ cents, communication: OGM, date });
		expect(match([one], part(1000, '2026-11-02'), part(1500, '2026-11-05'))).toEqual([`paidInParts ${OGM}`, `matched ${OGM}`]);
		expect(match([one], part(1000, '2026-11-02'), part(1499, '2026-11-05'))).toEqual([`amountDiffers ${OGM}`, `amountDiffers ${OGM}`]);
		// The same line twice is no second payment.
		expect(match([one], part(1250, '2026-11-02'), part(1250, '2026-11-02'))).toEqual([`amountDiffers ${OGM}`, `amountDiffers ${OGM}`]);
		expect(match([one], part(1250, '2026-11-02'), part(1250, '2026-11-03'))).toEqual([`paidInParts ${OGM}`, `matched ${OGM}`]);
		expect(match([one], part(1000, '2026-11-02'), part(2500, '2026-11-05'))).toEqual([`alreadyPaid ${OGM}`, `matched ${OGM}`]);
	});

	test('parts under words that several people have are not added up', () => {
		const shared = ['An', 'Bart'].map((first, place) => ({ ...payment('Lidgeld 2026', { price: 2500, name: [first, 'Claes'] }), id: String(place) }));
		const lines = [{ cents: 2500, name: 'AN CLAES' }, { cents: 1000, name: 'X' }, { cents: 1500, name: 'X' }].map((line) => ({ ...line, communication: 'lidgeld 2026' }));
		expect(match(shared, ...lines)).toEqual(['matched 0', 'amountDiffers 1', 'amountDiffers 1']);
	});

	test('too much and too little are said', () => {
		expect(reasons([one], { cents: 2400, communication: OGM }, { cents: 3000, communication: OGM })).toEqual([
			'€ 24.00 was paid, € 25.00 is due: € 1.00 is missing.',
			'€ 30.00 was paid, € 25.00 is due: € 5.00 is too much.',
		]);
		expect(reasons([one], { cents: 700, communication: 'Gift voor de werking' })[0]).toContain('gift');
	});

	test('the same statement once more matches nothing', () => {
		const payments = [one, payment('Bestelling 12', { price: 700 }), payment('Bestelling 13', { price: 800 })];
		const lines = [
			{ cents: 1000, communication: OGM, date: '2026-11-02' },
			{ cents: 1500, communication: OGM, date: '2026-11-03' },
			{ cents: 1500, communication: 'Bestelling 12 en 13' },
		];
		expect(match(payments, ...lines)).toEqual([`paidInParts ${OGM}`, `matched ${OGM}`, 'matched Bestelling 12 Bestelling 13']);
		const after = payments.map((record) => ({ ...record, status: 'Succeeded' }));
		expect(match(after, ...lines).filter((result) => !result.startsWith('alreadyPaid'))).toEqual([]);
	});
});

describe('what a person has chosen', () => {
	const payments = [payment('Kamp 2'), payment('Kamp 3'), payment('Kamp 4', { status: 'Succeeded' })];

	test('is matched before all else, whatever the text and the amount say', () => {
		expect(match(payments, 'Kamp 2', { cents: 700, communication: 'dank', chosen: ['Kamp 2'] })).toEqual(['alreadyPaid Kamp 2', 'matched Kamp 2']);
		expect(match(payments, { communication: '', chosen: ['Kamp 2', 'Kamp 3'] })).toEqual(['matched Kamp 2 Kamp 3']);
	});

	test('is not matched where it is paid, unknown, or the money went out', () => {
		expect(match(payments, { chosen: ['Kamp 4'] }, { chosen: ['Kamp 5'] }, { cents: -1000, chosen: ['Kamp 2'] }, { chosen: ['Kamp 2', 'Kamp 4'] })).toEqual([
			'alreadyPaid Kamp 4',
			'noMatch',
			'noMatch',
			'severalCandidates Kamp 2',
		]);
	});
});

describe('nothing holds it up', () => {
	const long = fc
		.tuple(fc.constantFrom('1', '12 ', '0/', 'A', 'A1', 'KAMP 2 ', '+++', '+++1', 'RF1', 'RF18 ', '&amp;', '&#1', 'Ã¼', '? ', 'M?', '12, ', '12 EN ', 'NR 1 ', 'BE6', '€ 1', '\n', '\u0301', '1.'), fc.integer({ min: 1, max: 60_000 }))
		.map(([piece, length]) => piece.repeat(Math.ceil(length / piece.length)));

	test('long texts and references of any pattern', () => {
		const nested = Array.from({ length: 140 }, (_, length) => payment('A'.repeat(length + 1)));
		const numbers = Array.from({ length: 300 }, (_, number) => payment(`Kamp ${number}`));
		fc.assert(
			fc.property(fc.array(long, { minLength: 1, maxLength: 3 }), long, (texts, reference) => {
				const payments = [...nested, ...numbers, payment(reference, { name: [reference, reference] })];
				const lines = texts.map((communication) => ({ communication, name: communication, structuredCommunication: communication }));
				expect(match(payments, ...lines)).toHaveLength(texts.length);
			}),
			{ numRuns: 60 },
		);
	});

	test('many equal payments and many equal lines', () => {
		const payments = Array.from({ length: 3000 }, (_, place) => ({ ...payment('Lidgeld 2026'), id: String(place) }));
		const lines = Array.from({ length: 500 }, () => ({ communication: 'Lidgeld 2026', name: 'Peeters Jan' }));
		const found = matchLines(lines.map(lineOf), payments, ({ price }) => price as number);
		expect(new Set(found.map(({ result }) => result))).toEqual(new Set(['severalCandidates']));
		expect(Math.max(...found.map(({ candidates }) => candidates.length))).toBeLessThanOrEqual(10);
	});
});
