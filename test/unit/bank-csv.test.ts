/** The tables of the banks, row by row, and tables that are not known. */
import { readText } from '../bank/read';

const rows = (...lines: string[]) => lines.join('\r\n');

async function only(text: string) {
	const { lines, file } = await readText(text);
	expect(lines).toHaveLength(1);
	return { format: file.format, ...lines[0] };
}

describe('a table of', () => {
	it.each<[string, string, object]>([
		[
			'ING (NL), in Dutch, before 2021',
			rows(
				'"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","MutatieSoort","Mededelingen"',
				'"20261121","J JANSEN","NL91ABNA0417164300","NL20INGB0001234567","GT","Af","25,00","Internetbankieren","Naam: J JANSEN Omschrijving: Kamp 2: Jan IBAN: NL20INGB0001234567 Kenmerk: E7 Machtiging ID: M7 Incassant ID: NL12ZZZ Doorlopende incasso Valutadatum: 20-11-2026"',
			),
			{ format: 'CSV of ING (NL)', amount: -25, counterpartyName: 'J JANSEN', counterpartyIban: 'NL20INGB0001234567', communication: 'Kamp 2: Jan', endToEndId: 'E7', mandateId: 'M7', valueDate: '2026-11-20', type: 'transfer' },
		],
		[
			'ING (NL), in English',
			rows(
				'"Date";"Name / Description";"Account";"Counterparty";"Code";"Debit/credit";"Amount (EUR)";"Transaction type";"Notifications";"Resulting balance";"Tag"',
				'"20261121";"J JANSEN";"NL91ABNA0417164300";"NL20INGB0001234567";"OV";"Credit";"1234,56";"Transfer";"Name: J JANSEN Description: Kamp 2 IBAN: NL20INGB0001234567 Reference: NOTPROVIDED Value date: 21/11/2026";"2000,00";""',
			),
			{ amount: 1234.56, communication: 'Kamp 2', date: '2026-11-21', valueDate: '2026-11-21', type: 'transfer' },
		],
		[
			'ING (NL) without labels',
			rows('"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","MutatieSoort","Mededelingen"', '"21-11-2026","J JANSEN","NL91ABNA0417164300","","DV","Bij","1,00","Diversen","Contributie Kenmerk: 12"'),
			{ amount: 1, communication: 'Contributie Kenmerk: 12' },
		],
		[
			'ING (BE), in Dutch',
			rows(
				'Rekeningnummer;Naam van de rekening;Rekening tegenpartij;Omzetnummer;Boekingsdatum;Valutadatum;Bedrag;Munteenheid;Omschrijving;Detail van de omzet;Bericht',
				'539-0075470-34;DE VERENIGING;;1;04/11/2026;;;;;;Uw nieuwe kaart komt eraan',
				`539-0075470-34;DE VERENIGING;096-1234567-69;2;05/11/2026;06/11/2026;-151,80;EUR;Overschrijving in euro${' '.repeat(80)};Overschrijving in euro (SEPA)   Van: J JANSSENS${' '.repeat(30)}STRAAT 1${' '.repeat(40)}1000 BRUSSEL   IBAN: BE71096123456769   Mededeling: Kamp 2 Jan;`,
			),
			{ format: 'CSV of ING (BE)', account: 'BE68539007547034', amount: -151.8, counterpartyName: 'J JANSSENS', counterpartyIban: 'BE71096123456769', communication: 'Kamp 2 Jan', date: '2026-11-05', valueDate: '2026-11-06', bankReference: '2' },
		],
		[
			'ING (BE), in French',
			rows(
				'Numéro de compte;Nom du compte;Compte contrepartie;Numéro de mouvement;Date comptable;Date valeur;Montant;Devise;Libellés;Détails du mouvement;Message',
				'BE68539007547034;ASBL;BE71096123456769;2;05/11/2026;06/11/2026;25,00;EUR;Virement en euros;De: J JANSSENS - BE71096123456769 Communication: +++010/8068/17183+++;',
			),
			{ amount: 25, counterpartyName: 'J JANSSENS', structuredCommunication: '+++010/8068/17183+++', type: 'transfer' },
		],
		[
			'Rabobank, in Windows letters and cuts of 140',
			rows(
				'"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij","Naam initiërende partij","BIC tegenpartij","Code","Batch ID","Transactiereferentie","Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2","Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"',
				`"NL91ABNA0417164300","EUR","RABONL2U","000000000000000007","2026-11-21","2026-11-21","+2500,00","+2600,00","NL20INGB0001234567","J JANSEN","","","INGBNL2A","ei","B7","E7","M7","","","${'a'.repeat(140)}","b c"," ","","","",""`,
			),
			{ format: 'CSV of Rabobank', amount: 2500, communication: `${'a'.repeat(140)}b c`, batchId: 'B7', endToEndId: 'E7', mandateId: 'M7', bankReference: '000000000000000007', type: 'directDebit' },
		],
		['Rabobank before 2018', '"NL91ABNA0417164300","EUR","20261121","D","3.00","NL20INGB0001234567","J JANSEN","20261122","ba","","Kamp 2","Jan","","","","","E7","",""', { amount: -3, date: '2026-11-22', valueDate: '2026-11-21', communication: 'Kamp 2 Jan', type: 'card' }],
		['ABN AMRO, by tabs', '123456789\tEUR\t20261121\t100,00\t87,66\t20261122\t-12,34\tSEPA Overboeking                 IBAN: NL20INGB0001234567        BIC: INGBNL2A                    Naam: J JANSEN                  Omschrijving: Kamp 2', { format: 'CSV of ABN AMRO', account: '123456789', amount: -12.34, communication: 'Kamp 2', counterpartyName: 'J JANSEN', date: '2026-11-21', valueDate: '2026-11-22' }],
		['ABN AMRO, by tabs in another order', '123456789\tEUR\t20261121\t20261122\t100,00\t87,66\t-12,34\t/TRTP/SEPA OVERBOEKING/NAME/J JANSEN/REMI/Kamp 2/', { amount: -12.34, communication: 'Kamp 2', valueDate: '2026-11-22' }],
		['ABN AMRO, a sheet saved as CSV', rows('accountNumber,mutationcode,transactiondate,valuedate,startsaldo,endsaldo,amount,description', '123456789,EUR,20261121,20261121,100.00,87.66,-12.34,"BEA   NR:XXX 21.11.26/12.54 WINKEL,PAS999"'), { amount: -12.34, communication: 'BEA NR:XXX 21.11.26/12.54 WINKEL,PAS999' }],
		['ABN AMRO, a Dutch sheet saved as CSV', rows('Rekeningnummer;Muntsoort;Transactiedatum;Rentedatum;Beginsaldo;Eindsaldo;Transactiebedrag;Omschrijving', '123456789;EUR;20261121;20261121;100,00;87,66;-12,34;Kamp 2'), { amount: -12.34, communication: 'Kamp 2' }],
		[
			'KBC, padded and in English, with a lone CR',
			[
				"Account number;Heading;Name;Currency;Statement number;Date;Description;Value date;Amount;Balance;credit;debit;counterparty's account number;Counterparty BIC;Counterparty name;Counterparty address;standard-format reference;Free-format reference",
				`BE68539007547034;${' '.repeat(50)};DE VERENIGING;EUR;  02026012;21/11/2026;SEPA CREDIT TRANSFER;21/11/2026;49,00;1289,43;49,00;              ;BE71 0961 2345 6769;GKCCBEBB   ;J JANSSENS          ;;${' '.repeat(20)};Kamp 2   `,
			].join('\r'),
			{ format: 'CSV of KBC', amount: 49, statement: '2026012', counterpartyIban: 'BE71096123456769', counterpartyName: 'J JANSSENS', communication: 'Kamp 2' },
		],
		[
			'KBC with a bare reference',
			rows(
				'Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekening tegenpartij;BIC code tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;Vrije mededeling',
				'BE68539007547034;;X;EUR;12;21/11/2026;OVERSCHRIJVING;21/11/2026;-775,08;0,00;;-775,08;BE71 0961 2345 6769;GKCCBEBB;J;;010806817183;',
			),
			{ amount: -775.08, structuredCommunication: '+++010/8068/17183+++' },
		],
		[
			'Belfius, in French, below what was searched for',
			rows(
				'Date de comptabilisation à partir de;24/08/2026', "Numéro d'extrait jusqu'au;", '', 'Communication;', 'Nom contrepartie contient;', 'Compte contrepartie;', 'Dernier solde;69.462,74 EUR', ';',
				"Compte;Date de comptabilisation;Numéro d'extrait;Numéro de transaction;Compte contrepartie;Nom contrepartie contient;Rue et numéro;Code postal et localité;Transaction;Date valeur;Montant;Devise;BIC;Code pays;Communications",
				'BE68 5390 0754 7034;25/05/19;00006;85;BE71 0961 2345 6769;J JANSSENS;;;VIREMENT DE J JANSSENS;25/05/2019;1.237,84;EUR;GKCCBEBB;BE;Camp 2', '',
			),
			{ format: 'CSV of Belfius', account: 'BE68539007547034', amount: 1237.84, date: '2019-05-25', statement: '6', communication: 'Camp 2', type: 'transfer' },
		],
		[
			'BNP Paribas Fortis, in French and with dots',
			rows(
				"Nº de séquence;Date d'exécution;Date valeur;Montant;Devise du compte;Numéro de compte;Type de transaction;Contrepartie;Nom de la contrepartie;Communication;Détails;Statut;Motif du refus", '',
				'2026-0007;21/11/2026;21/11/2026;-31.41;EUR;BE68539007547034;Paiement par carte;PAIEMENT PAR CARTE;UN MAGASIN;;CARTE 1234;Accepté;',
				'2026-0008;22/11/2026;22/11/2026;-99.00;EUR;BE68539007547034;Virement;BE71096123456769;X;;;Refusé;solde',
			),
			{ format: 'CSV of BNP Paribas Fortis', amount: -31.41, counterpartyName: 'UN MAGASIN', type: 'card', bankReference: '2026-0007' },
		],
		[
			'BNP Paribas Fortis of old, with everything in one text',
			rows('Volgnummer;Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;TEGENPARTIJ VAN DE VERRICHTING;Details;Rekeningnummer', '2026-;21/11/2026;21/11/2026;97,57;EUR;BE71096123456769;BE71 0961 2345 6769 BIC GKCCBEBB MEDEDELING : Kamp 2     VALUTADATUM : 21/11/2026;BE68539007547034'),
			{ amount: 97.57, communication: 'Kamp 2', counterpartyIban: 'BE71096123456769' },
		],
		[
			'Crelan, in Dutch, with rows of nothing below',
			rows('Datum;Bedrag;Saldo na verrichting;Munt;Tegenpartij;Rekening tegenpartij;Type verrichting;Mededeling;Rekening opdrachtgever', '21/11/2026;-.05;99.95;EUR;WINKEL;;Betaling Bancontact;Kassa 1;BE68 5390 0754 7034', ';;;;;;;;', ';;;;;;;;'),
			{ format: 'CSV of Crelan', amount: -0.05, account: 'BE68539007547034', type: 'card' },
		],
		['Triodos (NL)', '"21-11-2026","NL91ABNA0417164300","1.160,54","Debet","J JANSEN","INGBNL2A NL20INGB0001234567","IC","Kamp 2"', { format: 'CSV of Triodos (NL)', amount: -1160.54, counterpartyIban: 'NL20INGB0001234567', counterpartyBic: 'INGBNL2A', type: 'directDebit' }],
		['bunq', rows('"Date","Amount","Account","Counterparty","Name","Description"', '"2026-11-21","-1,234.50","NL91ABNA0417164300","","CLOUD, Inc","Hosting, november"'), { format: 'CSV of bunq', amount: -1234.5, communication: 'Hosting, november', counterpartyName: 'CLOUD, Inc' }],
		['bunq, in Dutch', rows('"Datum";"Bedrag";"Rekening";"Tegenrekening";"Naam";"Omschrijving"', '"2026-11-21";"0,40";"NL91ABNA0417164300";"NL20INGB0001234567";"J.Doe";""'), { format: 'CSV of bunq', amount: 0.4, counterpartyIban: 'NL20INGB0001234567' }],
		[
			'Knab without the column of addresses',
			rows('KNAB EXPORT;;;;', 'Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder;Valutadatum;Betaalwijze;Omschrijving;Type betaling;Machtigingsnummer;Incassant ID;Referentie;Boekdatum;', '"NL91ABNA0417164300";"20-11-2026";"EUR";"Afschrijvingen";"827,75";"NL20INGB0001234567";"J Jansen";"21-11-2026";"Incasso";"Nota; 7";"";"M7";"";"C1";"22-11-2026";'),
			{ format: 'CSV of Knab', amount: -827.75, date: '2026-11-22', communication: 'Nota; 7', mandateId: 'M7', bankReference: 'C1', type: 'directDebit' },
		],
		["ASN with commas in the text", "21-11-2026,NL91ABNA0417164300,NL20INGB0001234567,'t winkeltje,,,,EUR,100.00,EUR,-3.50,21-11-2026,20-11-2026,8810,BEA,17,,'Kassa 1, Gent, dank',11", { format: 'CSV of ASN, SNS and RegioBank', amount: -3.5, counterpartyName: "'t winkeltje", communication: 'Kassa 1, Gent, dank', bankReference: '21-11-2026-17', statement: '11', type: 'card' }],
		['Revolut', rows('Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance', 'CARD_PAYMENT,Current,2026-11-20 10:00:00,2026-11-21 11:00:00,Winkel,-10.00,0.50,EUR,COMPLETED,89.50', 'CARD_PAYMENT,Current,2026-11-20 10:00:00,,Winkel,-10.00,0.00,EUR,REVERTED,'), { format: 'CSV of Revolut', account: 'Current', amount: -10.5, date: '2026-11-21', communication: 'Winkel' }],
		[
			'Argenta',
			rows('Rekening;Boekdatum;Valutadatum;Referentie;Beschrijving;Bedrag;Munt;Verrichtingsdatum;Rekening tegenpartij;Naam tegenpartij;Mededeling', 'BE68 5390 0754 7034;21-11-2026;21-11-2026;B6K;Inkomende overschrijving;25,00;EUR;21-11-2026;BE71 0961 2345 6769;J JANSSENS;Kamp 2'),
			{ format: 'CSV of Argenta', amount: 25, communication: 'Kamp 2', type: 'transfer' },
		],
		[
			'KBC, in French, with a separator in the text that is not quoted',
			rows(
				"Numéro de compte;Nom de la rubrique;Nom;Devise;Numéro de l'extrait;Date;Description;Valeur;Montant;Solde;crédit;débit;numéro de compte contrepartie;BIC contrepartie;Nom contrepartie;Adresse contrepartie;communication structurée;Communication libre",
				'BE68539007547034;;ASBL;EUR;12;21/11/2026;VIREMENT;21/11/2026;49,00;1289,43;49,00;;BE71 0961 2345 6769;GKCCBEBB;J;;;Camp 2; Jan;',
			),
			{ format: 'CSV of KBC', communication: 'Camp 2; Jan;', amount: 49 },
		],
		[
			'Belfius of old, with all words in one column',
			rows('Rekening;Boekingsdatum;Afschriftnummer;Transactienummer;Rekening tegenpartij;Naam tegenpartij;Straat en nummer;Postcode en plaats;Transactie;Valutadatum;Bedrag;Devies;BIC;Landcode', 'BE68 5390 0754 7034;21/11/2026;11;123;BE71 0961 2345 6769;CLAES AN;;;OVERSCHRIJVING VAN CLAES AN KAMP 2;21/11/2026;25,00;EUR;GKCCBEBB;BE'),
			{ format: 'CSV of Belfius', communication: 'OVERSCHRIJVING VAN CLAES AN KAMP 2', type: 'transfer' },
		],
		[
			'N26, where the only account is that of the counterparty',
			rows('"Date","Payee","Account number","Transaction type","Payment reference","Amount (EUR)","Amount (Foreign Currency)","Type Foreign Currency","Exchange Rate"', '"2026-11-21","A Claes","NL20INGB0001234567","Income","Kamp 2","25.0","","",""'),
			{ format: 'CSV of N26', counterpartyIban: 'NL20INGB0001234567', amount: 25, communication: 'Kamp 2' },
		],
	])('%s', async (_, text, expected) => {
		expect(await only(text)).toMatchObject(expected);
	});

	it('Revolut with several currencies has an account for each', async () => {
		const { file, warnings } = await readText(
			rows('Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance', 'TOPUP,Current,2026-11-20 10:00:00,2026-11-20 10:00:00,A,10.00,0.00,EUR,COMPLETED,10.00', 'EXCHANGE,Current,2026-11-21 10:00:00,2026-11-21 10:00:00,B,12.00,0.00,USD,COMPLETED,12.00', 'TRANSFER,Savings,2026-11-21 10:00:00,2026-11-21 10:00:00,C,5.00,0.00,EUR,COMPLETED,5.00'),
		);
		expect(file.statements.map(({ account, currency }) => [account, currency])).toEqual([['Current', 'EUR'], ['Current', 'USD'], ['Savings', 'EUR']]);
		expect(warnings).toEqual([]);
	});
});

describe('what is left out', () => {
	it('is counted by what it is', async () => {
		const { lines, notes } = await readText(
			rows(
				'Volgnummer;Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;Rekeningnummer;Type verrichting;Tegenpartij;Naam van de tegenpartij;Mededeling;Details;Status;Reden van weigering',
				'1;21/11/2026;21/11/2026;1,00;EUR;BE68539007547034;;;;;;Geaccepteerd;', '2;21/11/2026;21/11/2026;2,00;EUR;BE68539007547034;;;;;;Geweigerd;', '3;21/11/2026;21/11/2026;;EUR;BE68539007547034;;;;;;;', ';;;4,00;EUR;;;;;;;;',
			),
		);
		expect(lines.map(({ amount }) => amount)).toEqual([1]);
		expect(notes).toEqual([
			'1 entry was left out, since no money was booked: geweigerd.',
			'1 entry was left out, since no money was booked: without an amount.',
			'1 entry was left out, since no money was booked: without a date.',
		]);
	});
});

describe('balances', () => {
	const table = (...some: Array<[amount: string, balance: string]>) =>
		rows('Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;Vrije mededeling', ...some.map(([amount, balance], index) => `BE68539007547034;;X;EUR;12;${String(index + 1).padStart(2, '0')}/11/2026;X;21/11/2026;${amount};${balance};;;;;;;;T`));

	it.each<[string, Array<[string, string]>, string, string]>([
		['oldest first', [['1,00', '11,00'], ['2,00', '13,00'], ['-3,00', '10,00']], '10', '10'],
		['newest first', [['5,00', '18,00'], ['2,00', '13,00'], ['1,00', '11,00']], '10', '18'],
		['in no order', [['2,00', '13,00'], ['5,00', '18,00'], ['1,00', '11,00']], '10', '18'],
		['one row', [['1,00', '11,00']], '10', '11'],
	])('that follow each other are the opening and the closing one: %s', async (_, some, opening, closing) => {
		const { file, warnings } = await readText(table(...some));
		expect([file.statements[0].opening?.amount, file.statements[0].closing?.amount]).toEqual([BigInt(opening) * 100_000n, BigInt(closing) * 100_000n]);
		expect(warnings).toEqual([]);
	});

	it('that do not follow each other say that lines are missing', async () => {
		const { warnings } = await readText(table(['1,00', '11,00'], ['5,00', '18,00']));
		expect(warnings).toEqual(['The balances of BE68539007547034 do not follow from line to line in one place: lines are missing, or only some were exported.']);
	});

	it('beside a row that its amount does not explain are told of', async () => {
		const { lines } = await readText('123456789\tEUR\t20261121\t100,00\t80,00\t20261122\t-12,34\tKamp 2');
		expect(lines[0].raw.warnings).toEqual(['Its balances differ by -20.00, not by its amount.']);
	});
});

describe('a table that is not known', () => {
	it.each<[string, string, object]>([
		['signed amounts', rows('Datum;Omschrijving;Bedrag', '21/11/2026;Kamp 2;25,00'), { amount: 25, communication: 'Kamp 2' }],
		['two columns of amounts', rows('Date,Details,Debit,Credit,Balance', '21/11/2026,Kamp 2,,25.00,100'), { amount: 25, communication: 'Kamp 2' }],
		['a direction', rows('Datum;Naam tegenpartij;Af/Bij;Bedrag', '21/11/2026;J JANSEN;Af;25,00'), { amount: -25, counterpartyName: 'J JANSEN' }],
		['lines above it', rows('Overzicht november', '', 'Booking date\tPayee\tPayment reference\tAmount', '2026-11-21\tJ JANSEN\tKamp 2\t-25.00'), { amount: -25, communication: 'Kamp 2', counterpartyName: 'J JANSEN' }],
		['dates as a sheet has them', rows('Datum;Omschrijving;Bedrag', '46347;Kamp 2;25,00'), { date: '2026-11-21' }],
		['dates as people write them', rows('Datum;Omschrijving;Bedrag', '21 nov. 2026;Kamp 2;25,00'), { date: '2026-11-21' }],
		['cells that a sheet keeps as text', rows('Datum;Mededeling;Bedrag', '="21-11-2026";="010806817183";="25,00"'), { date: '2026-11-21', communication: '010806817183', amount: 25 }],
		['a direction beside the amount', rows('Datum;Mededeling;Bedrag', '21/11/2026;Kamp 2;25,00 D'), { amount: -25 }],
		['a direction in front of it', rows('Datum;Mededeling;Bedrag', '21/11/2026;Kamp 2;Bij EUR 25,00'), { amount: 25 }],
		['a credit mark behind it', rows('Datum;Mededeling;Bedrag', '21/11/2026;Kamp 2;EUR 1.025,00 CR'), { amount: 1025 }],
		['a German direction', rows('Buchungstag;Name;Verwendungszweck;Betrag;Soll/Haben', '21.11.2026;J JANSEN;Kamp 2;9,00;S'), { amount: -9 }],
		['a direction in a column of another title', rows('Datum;Mededeling;Bedrag;Boeking', '21/11/2026;Kamp 2;9,00;Af'), { amount: -9 }],
		['a line for Excel', rows('sep=;', 'Datum;Omschrijving;Bedrag', '21/11/2026;Kamp 2;25,00'), { amount: 25 }],
	])('is read by its words: %s', async (_, text, expected) => {
		const { lines, notes } = await readText(text);
		expect(lines).toEqual([expect.objectContaining(expected)]);
		expect(notes[0]).toContain('The bank is not known by these titles. Columns were taken by their words: date = ');
	});

	it('is read by the columns that a person chooses', async () => {
		const text = rows('Overzicht', 'Wanneer;Hoeveel;Wie;Wat;Nog iets', '21.11.2026;1.025,50;J JANSEN;Kamp 2;en meer');
		const { file, lines, notes } = await readText(text, { date: 'Wanneer', amount: 'hoeveel', name: 'Wie', text: 'Wat, Nog iets' });
		expect([file.format, notes]).toEqual(['CSV of chosen columns', []]);
		expect(lines).toEqual([expect.objectContaining({ date: '2026-11-21', amount: 1025.5, counterpartyName: 'J JANSEN', communication: 'Kamp 2 en meer' })]);
		expect(lines[0].raw).toMatchObject({ Wanneer: '21.11.2026', 'Nog iets': 'en meer' });
	});

	it('has no money that came in where a column that nobody chose says that it went out', async () => {
		const { lines } = await readText(rows('Wanneer;Wat;Hoeveel;Soort', '21-11-2026;Kamp 2;25,00;Debet', '21-11-2026;Kamp 2;25,00;Credit'), { date: 'Wanneer', amount: 'Hoeveel', text: 'Wat' });
		expect(lines.map(({ amount }) => amount)).toEqual([-25, 25]);
	});

	it('tells of amounts that may have been meant otherwise', async () => {
		const { lines } = await readText(rows('Datum;Omschrijving;Bedrag', '21/11/2026;Kamp 2;1.250', '21/11/2026;Kamp 3;1.250,00'));
		expect(lines.map(({ amount, raw }) => [amount, raw.warnings])).toEqual([[1250, ['Its amount "1.250" was taken for a thousand and more, not for one with three decimals.']], [1250, undefined]]);
	});

	it('without titles is read by the places of its columns', async () => {
		const { lines } = await readText('21-11-2026,"J JANSEN",D,"25,00",Kamp 2', { date: '1', name: '2', direction: '3', amount: '4', text: '5' });
		expect(lines).toEqual([expect.objectContaining({ amount: -25, counterpartyName: 'J JANSEN', communication: 'Kamp 2' })]);
	});

	it('is read by the places of its columns below titles that are of no use', async () => {
		const { lines } = await readText(rows('€;;', '21-11-2026;25,00;Kamp 2'), { date: '1', amount: '2', text: '3' });
		expect(lines).toEqual([expect.objectContaining({ amount: 25, communication: 'Kamp 2' })]);
	});

	it('of a credit card of KBC is in euros, whatever was paid', async () => {
		const { lines, notes } = await readText(
			rows('kredietkaart;kaarthouder;uitgavenstaat;datum verrichting;Datum verrekening;bedrag;credit;debet;munt;koers;bedrag in EUR;Kosten op verrichting;Handelaar;locatie;land;toelichting', '1234;SMITH JOHN;januari;01/02/2026;03/02/2026;-20,00;;-20,00;USD;1;-16,52;0;CLOUD;;;'),
		);
		expect(lines).toEqual([expect.objectContaining({ account: '1234', date: '2026-02-03', amount: -16.52, currency: 'EUR', counterpartyName: 'CLOUD' })]);
		expect(notes).toEqual([]);
	});

	it.each<[string, string, Record<string, string> | undefined, string]>([
		['no known titles', rows('Naam;Lengte', 'Jan;180'), undefined, 'This is no bank file that can be recognized: it is neither CAMT, CODA nor MT940, and its titles are those of no known table. Its first line is "Naam;Lengte"'],
		['a chosen title that is not there', rows('Datum;Bedrag', '21/11/2026;1'), { date: 'Datum', amount: 'Som' }, 'No row of the table has all the chosen columns "Datum", "Som": copy the titles from its first line, which is "Datum;Bedrag"'],
		['no amount', rows('Datum;Omschrijving;Bedrag', '21/11/2026;Kamp 2;veel'), undefined, 'Line 2 of the file: "veel" is not an amount (column "Bedrag")'],
		['no date', rows('Datum;Omschrijving;Bedrag', 'gisteren;Kamp 2;1,00'), undefined, 'Line 2 of the file: "gisteren" is not a date (column "Datum")'],
		['a date of no calendar', rows('Datum;Omschrijving;Bedrag', '31/02/2026;Kamp 2;1,00'), undefined, 'Line 2 of the file: "31/02/2026" is a date that no calendar has (column "Datum")'],
		['the month in front', rows('Date,Description,Amount', '11/21/2026,Kamp 2,1.00'), undefined, 'Line 2 of the file: "11/21/2026" has the month in front of the day (column "Date"). Write these dates day first'],
		['no direction', rows('Datum;Naam tegenpartij;Af/Bij;Bedrag', '21/11/2026;J;Links;25,00'), undefined, 'Line 2 of the file: "Links" does not say whether money came in or went out (column "Af/Bij")'],
	])('is refused in words: %s', async (_, text, mapping, message) => {
		await expect(readText(text, mapping)).rejects.toThrow(message);
	});

	it('keeps columns of the same title apart', async () => {
		const { lines } = await readText(rows('Datum;Omschrijving;Bedrag;Extra;Extra', '21/11/2026;Kamp 2;1,00;a;b'));
		expect(lines[0].raw).toMatchObject({ Extra: 'a', 'Extra 5': 'b' });
	});
});
