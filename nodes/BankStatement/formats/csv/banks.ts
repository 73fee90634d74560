/** The tables of the banks: which titles stand for what, in every language that the bank exports. */

import type { LineType } from '../../line';
import { labels } from '../description';
import type { Labels } from '../description';

/** What a column of a table can hold. */
export type Column =
	| 'account' | 'currency' | 'date' | 'valueDate' | 'amount' | 'credit' | 'debit' | 'direction' | 'fee'
	| 'balance' | 'opening' | 'closing' | 'statement' | 'name' | 'counterAccount' | 'bic' | 'text' | 'structured'
	| 'endToEndId' | 'mandateId' | 'bankReference' | 'type' | 'batchId' | 'status' | 'details';

interface Shape {
	/** As a person knows it. */
	bank: string;
	/** Sign of the decimals; left out where the bank writes both. */
	decimal?: '.' | ',';
	/** Left out: the column `details` is written in one of the dialects of field 86 of MT940. */
	labels?: Labels;
	/** Codes in the column `type` that are no words, in small type. */
	types?: Record<string, LineType>;
}

/** A table that begins with a row of titles. */
export interface TitledTable extends Shape {
	/** Without these columns it is another table. */
	needs: Column[];
	/** Titles by column, parted by "|". */
	titles: Partial<Record<Column, string>>;
}

/** A table without titles: columns by their place. */
export interface BareTable extends Shape {
	separators: string;
	/** The least number of columns. */
	width: number;
	/** What these cells look like, so that it is this table. */
	fits: Record<number, RegExp>;
	columns: Partial<Record<Column, number | number[]>>;
	/** A separator within the text is not quoted: what there is too much belongs to this column. */
	loose?: number;
}

const RABOBANK: Record<string, LineType> = {
	ac: 'transfer', bg: 'transfer', cb: 'transfer', tb: 'transfer', sb: 'transfer', id: 'transfer', ei: 'directDebit', ba: 'card', bc: 'card', ga: 'cash', kh: 'cash', st: 'cash',
};

export const TITLED: TitledTable[] = [
	{
		bank: 'ING (NL)',
		decimal: ',',
		labels: labels(
			[
				'naam', 'name', 'omschrijving', 'description', 'iban', 'kenmerk', 'reference', 'machtiging id', 'mandate id', 'incassant id', 'creditor id',
				'valutadatum', 'value date', 'datum/tijd', 'date/time', 'pasvolgnr', 'transactie', 'transaction', 'term', 'overige partij', 'other party',
				'doorlopende incasso',
			],
			2,
		),
		needs: ['date', 'account', 'amount', 'direction', 'details'],
		titles: {
			date: 'Datum|Date',
			name: 'Naam / Omschrijving|Name / Description',
			account: 'Rekening|Account',
			counterAccount: 'Tegenrekening|Counterparty',
			direction: 'Af Bij|Debit/credit|Debit credit',
			amount: 'Bedrag (EUR)|Amount (EUR)|Bedrag|Amount',
			currency: 'Valuta|Currency',
			type: 'Mutatiesoort|Transaction type',
			details: 'Mededelingen|Notifications|Mededeling',
			balance: 'Saldo na mutatie|Resulting balance',
		},
	},
	{
		bank: 'ING (BE)',
		decimal: ',',
		labels: labels(['van', 'naar', 'de', 'vers', 'from', 'to', 'mededeling', 'communication', 'message', 'iban', 'bic'], 1),
		needs: ['account', 'date', 'amount', 'details'],
		titles: {
			account: 'Rekeningnummer|Numéro de compte|Account Number',
			counterAccount: 'Rekening tegenpartij|Compte contrepartie|Compte partie adverse|Counterparty account',
			bankReference: 'Omzetnummer|Numéro de mouvement|Transaction number|Movement number',
			date: 'Boekingsdatum|Date comptable|Booking date|Accounting date',
			valueDate: 'Valutadatum|Date valeur|Value date',
			amount: 'Bedrag|Montant|Amount',
			currency: 'Munteenheid|Devise|Currency',
			type: 'Omschrijving|Libellés|Libellé|Description',
			details: 'Detail van de omzet|Détails du mouvement|Détail du mouvement|Transaction details|Details of the movement|Movement details',
		},
	},
	{
		bank: 'Rabobank',
		decimal: ',',
		types: RABOBANK,
		needs: ['account', 'date', 'amount', 'text'],
		titles: {
			account: 'IBAN/BBAN',
			currency: 'Munt|Currency',
			bankReference: 'Volgnr|Sequence number|Seq no',
			date: 'Datum|Date',
			valueDate: 'Rentedatum|Interest date|Value date',
			amount: 'Bedrag|Amount',
			balance: 'Saldo na trn|Balance after trn|Balance after transaction',
			counterAccount: 'Tegenrekening IBAN/BBAN|Tegenrekening IBAN|Counterparty IBAN/BBAN|Counterparty account IBAN/BBAN',
			name: 'Naam tegenpartij|Name counterparty|Counterparty name',
			bic: 'BIC tegenpartij|BIC counterparty|Counterparty BIC',
			type: 'Code',
			batchId: 'Batch ID',
			endToEndId: 'Transactiereferentie|Transaction reference',
			mandateId: 'Machtigingskenmerk|Mandate reference|Direct debit mandate reference',
			structured: 'Betalingskenmerk|Payment reference',
			text: 'Omschrijving-1|Omschrijving-2|Omschrijving-3|Omschrijving|Description-1|Description-2|Description-3|Description',
		},
	},
	{
		bank: 'ABN AMRO',
		needs: ['account', 'date', 'amount', 'opening', 'closing', 'details'],
		titles: {
			account: 'accountNumber|Rekeningnummer',
			currency: 'mutationcode|Muntsoort',
			date: 'transactiondate|Transactiedatum',
			valueDate: 'valuedate|Rentedatum',
			opening: 'startsaldo|Beginsaldo',
			closing: 'endsaldo|Eindsaldo',
			amount: 'amount|Transactiebedrag',
			details: 'description|Omschrijving',
		},
	},
	{
		bank: 'KBC',
		decimal: ',',
		needs: ['account', 'date', 'amount', 'statement', 'text'],
		titles: {
			account: 'Rekeningnummer|Account number|Numéro de compte',
			currency: 'Munt|Currency|Devise',
			statement: "Afschriftnummer|Statement number|Numéro d'extrait|Numéro de l'extrait|Extrait de compte",
			date: 'Datum|Date',
			type: 'Omschrijving|Description',
			valueDate: 'Valuta|Value date|Valeur|Date valeur',
			amount: 'Bedrag|Amount|Montant',
			balance: 'Saldo|Balance|Solde',
			counterAccount:
				"rekeningnummer tegenpartij|rekening tegenpartij|counterparty's account number|counterparty account number|counterparty account|numéro de compte contrepartie|numéro de compte de la contrepartie|compte contrepartie",
			bic: 'BIC tegenpartij|BIC code tegenpartij|Counterparty BIC|Counterparty BIC code|BIC contrepartie|code BIC contrepartie',
			name: 'Naam tegenpartij|Counterparty name|Nom contrepartie|Nom de la contrepartie',
			structured: 'gestructureerde mededeling|standard-format reference|communication structurée|structured communication',
			text: 'Vrije mededeling|Free-format reference|communication libre|free communication',
		},
	},
	{
		bank: 'KBC (credit card)',
		decimal: ',',
		needs: ['account', 'date', 'amount', 'name', 'text'],
		titles: {
			account: 'kredietkaart',
			date: 'Datum verrekening',
			// Beside it stands what was paid in another currency.
			amount: 'bedrag in EUR',
			name: 'Handelaar',
			text: 'toelichting',
		},
	},
	{
		bank: 'Belfius',
		decimal: ',',
		needs: ['account', 'date', 'amount', 'bankReference', 'counterAccount'],
		titles: {
			account: 'Rekening|Compte|Account',
			date: 'Boekingsdatum|Date de comptabilisation|Booking date',
			statement: "Rekeninguittrekselnummer|Afschriftnummer|Numéro d'extrait|Statement number",
			bankReference: 'Transactienummer|Numéro de transaction|Transaction number',
			counterAccount: 'Rekening tegenpartij|Compte contrepartie|Counterparty account',
			name: 'Naam tegenpartij bevat|Naam tegenpartij|Nom contrepartie contient|Nom contrepartie|Counterparty name contains|Counterparty name',
			type: 'Transactie|Transaction',
			valueDate: 'Valutadatum|Date valeur|Value date',
			amount: 'Bedrag|Montant|Amount',
			currency: 'Devies|Devise|Currency',
			bic: 'BIC',
			text: 'Mededelingen|Mededeling|Communications|Communication|Messages',
		},
	},
	{
		bank: 'BNP Paribas Fortis',
		labels: labels(
			['mededeling', 'communication', 'message', 'valutadatum', 'date valeur', 'value date', 'bankreferentie', 'reference banque', 'uitgevoerd op', 'execute le'],
			1,
		),
		needs: ['date', 'amount', 'bankReference', 'details'],
		titles: {
			bankReference: 'Volgnummer|Nº de séquence|N° de séquence|Numéro de séquence|Sequence number',
			date: "Uitvoeringsdatum|Date d'exécution|Execution date",
			valueDate: 'Valutadatum|Date valeur|Value date',
			amount: 'Bedrag|Montant|Amount',
			currency: 'Valuta rekening|Devise du compte|Account currency|Currency of the account|Currency of account',
			account: 'Rekeningnummer|Numéro de compte|Account number',
			type: 'Type verrichting|Type de transaction|Transaction type|Type of transaction',
			counterAccount: 'Tegenpartij|Contrepartie|Counterparty|Tegenpartij van de verrichting|Contrepartie de la transaction',
			name: 'Naam van de tegenpartij|Nom de la contrepartie|Name of the counterparty|Counterparty name',
			text: 'Mededeling|Communication|Message',
			details: 'Details|Détails|Détail',
			status: 'Status|Statut',
		},
	},
	{
		bank: 'Argenta',
		decimal: ',',
		needs: ['account', 'date', 'amount', 'bankReference', 'type'],
		titles: {
			account: 'Rekening|Rekeningnummer|Compte',
			date: 'Boekdatum|Date comptable|Date de comptabilisation',
			valueDate: 'Valutadatum|Date valeur',
			bankReference: 'Referentie|Référence',
			type: 'Beschrijving|Description',
			amount: 'Bedrag|Montant',
			currency: 'Munt|Devise|Munteenheid',
			counterAccount: 'Rekening tegenpartij|Rekeningnummer tegenpartij|Compte contrepartie|Compte de la contrepartie',
			name: 'Naam tegenpartij|Nom contrepartie|Nom de la contrepartie',
			text: 'Mededeling|Communication',
		},
	},
	{
		bank: 'Crelan',
		decimal: '.',
		needs: ['date', 'amount', 'type', 'counterAccount', 'account'],
		titles: {
			date: 'Datum|Date',
			amount: 'Bedrag|Montant|Amount',
			balance: 'Saldo na verrichting|Solde après opération',
			currency: 'Munt|Devise|Currency',
			name: 'Tegenpartij|Contrepartie',
			counterAccount: 'Rekening tegenpartij|Compte contrepartie',
			type: "Type verrichting|Type d'opération",
			text: 'Mededeling|Communication',
			account: "Rekening opdrachtgever|Compte donneur d'ordre",
		},
	},
	{
		bank: 'Triodos (BE)',
		decimal: ',',
		types: { sct: 'transfer', sctib: 'transfer', sctob: 'transfer', sdd: 'directDebit' },
		needs: ['date', 'account', 'amount', 'counterAccount', 'name', 'text'],
		titles: {
			date: 'Date',
			account: 'Account',
			amount: 'Amount',
			counterAccount: 'CounterpartyAccount',
			bic: 'BIC',
			name: 'CounterpartyName',
			type: 'TransactionType',
			text: 'Communication',
			balance: 'Balance',
		},
	},
	{
		bank: 'bunq',
		needs: ['date', 'amount', 'account', 'counterAccount', 'name', 'text'],
		titles: {
			date: 'Date|Datum',
			valueDate: 'Interest Date|Rentedatum',
			amount: 'Amount|Bedrag',
			account: 'Account|Rekening',
			counterAccount: 'Counterparty|Tegenrekening|Tegenpartij',
			name: 'Name|Naam',
			text: 'Description|Omschrijving',
		},
	},
	{
		bank: 'Knab',
		decimal: ',',
		needs: ['account', 'date', 'amount', 'direction', 'name', 'text'],
		titles: {
			account: 'Rekeningnummer',
			// Some exports have both days.
			date: 'Boekdatum|Transactiedatum',
			currency: 'Valutacode|Valuta',
			direction: 'CreditDebet',
			amount: 'Bedrag',
			counterAccount: 'Tegenrekeningnummer',
			name: 'Tegenrekeninghouder',
			valueDate: 'Valutadatum',
			type: 'Betaalwijze|Type betaling',
			text: 'Omschrijving',
			mandateId: 'Machtigingsnummer',
			bankReference: 'Referentie',
		},
	},
	{
		bank: 'ASN, SNS and RegioBank',
		needs: ['date', 'account', 'amount', 'counterAccount', 'opening', 'text'],
		titles: {
			date: 'Boekingsdatum|Boekdatum',
			account: 'Opdrachtgeversrekening|Rekening',
			counterAccount: 'Tegenrekeningnummer|Tegenrekening',
			name: 'Naam tegenrekening|Naam',
			opening: 'Saldo rekening voor mutatie|Saldo voor mutatie|Saldo rekening voor boeking',
			currency: 'Valutasoort mutatie|Valuta',
			amount: 'Transactiebedrag|Bedrag',
			valueDate: 'Valutadatum',
			type: 'Globale transactiecode|Categorie',
			bankReference: 'Volgnummer transactie',
			structured: 'Betalingskenmerk',
			text: 'Omschrijving',
			statement: 'Afschriftnummer',
		},
	},
	{
		bank: 'Revolut',
		decimal: '.',
		needs: ['date', 'amount', 'fee', 'status'],
		titles: {
			// Several products and currencies in one file: each is an account.
			account: 'Product',
			date: 'Completed Date|Date completed|Datum voltooid|Voltooiingsdatum|Date de fin',
			type: 'Type',
			text: 'Description|Beschrijving|Omschrijving',
			amount: 'Amount|Bedrag|Montant',
			fee: 'Fee|Kosten|Frais',
			currency: 'Currency|Valuta|Devise',
			status: 'State|Status|État',
			balance: 'Balance|Saldo|Solde',
		},
	},
	{
		bank: 'Revolut Business',
		decimal: '.',
		needs: ['date', 'amount', 'status', 'bankReference'],
		titles: {
			date: 'Date completed (UTC)|Date completed',
			bankReference: 'ID',
			type: 'Type',
			status: 'State',
			name: 'Description',
			text: 'Reference',
			amount: 'Total amount',
			currency: 'Payment currency',
			balance: 'Balance',
			account: 'Account',
			counterAccount: 'Beneficiary IBAN',
			bic: 'Beneficiary BIC',
		},
	},
	{
		bank: 'N26',
		needs: ['date', 'name', 'counterAccount', 'type', 'amount'],
		titles: {
			date: 'Booking Date|Date|Datum',
			valueDate: 'Value Date',
			name: 'Partner Name|Payee|Empfänger',
			counterAccount: 'Partner Iban|Account number|Kontonummer',
			type: 'Type|Transaction type|Transaktionstyp',
			text: 'Payment Reference|Verwendungszweck',
			amount: 'Amount (EUR)|Betrag (EUR)',
			account: 'Account Name',
		},
	},
	{
		bank: 'Keytrade',
		decimal: ',',
		needs: ['statement', 'date', 'valueDate', 'amount', 'counterAccount', 'text'],
		titles: {
			statement: 'Uittreksel|Extrait|Extract',
			date: 'Datum|Date',
			valueDate: 'Valutadatum|Date valeur|Value date',
			counterAccount: 'Rekening|Compte|Account',
			text: 'Omschrijving|Description',
			amount: 'Bedrag|Montant|Amount',
			currency: 'Valuta|Munt|Devise|Currency',
		},
	},
];

/** Words that banks use for their columns: for a table that none of the above is. */
export const ANY_TABLE: TitledTable = {
	bank: 'an unknown bank',
	needs: ['date'],
	titles: {
		date: "Datum|Date|Boekdatum|Boekingsdatum|Transactiedatum|Uitvoeringsdatum|Verwerkingsdatum|Booking date|Transaction date|Posting date|Execution date|Completed date|Date comptable|Date d'exécution|Date de l'opération|Date de comptabilisation|Date opération|Buchungstag|Buchungsdatum",
		valueDate: 'Valutadatum|Rentedatum|Value date|Interest date|Date valeur|Date de valeur|Wertstellung',
		amount: 'Bedrag in EUR|Bedrag|Amount|Montant|Bedrag (EUR)|Bedrag EUR|Amount (EUR)|Amount EUR|Montant (EUR)|Transactiebedrag|Transaction amount|Betrag|Betrag (EUR)',
		credit: 'Credit|Crédit|Bij|Bijschrijving|Inkomsten|Ontvangen|Money in|Paid in|Bedrag bij',
		debit: 'Debet|Debit|Débit|Af|Afschrijving|Uitgaven|Betaald|Money out|Paid out|Bedrag af',
		direction: 'Af Bij|Bij Af|Af/Bij|Bij/Af|Debit/credit|Credit/debit|Debet/credit|Credit/debet|CreditDebet|DebetCredit|D/C|C/D|DC|Richting|Direction|Sens|Soll/Haben|S/H|Credit/Debit Indicator|Debit/Credit Indicator|CdtDbtInd|Af of bij|Bij of af|Teken|Sign',
		currency: 'Munt|Valuta|Devies|Munteenheid|Muntsoort|Valutacode|Currency|Devise|Währung',
		balance: 'Saldo|Balance|Solde|Saldo na mutatie|Saldo na transactie|Saldo na boeking|Running balance|Balance after',
		account: 'Rekening|Rekeningnummer|Account|Account number|IBAN|Eigen rekening|Compte|Numéro de compte|Van rekening',
		counterAccount:
			'Tegenrekening|Tegenrekeningnummer|Rekening tegenpartij|Rekeningnummer tegenpartij|IBAN tegenpartij|Tegenrekening IBAN|Counterparty account|Counterparty IBAN|Compte contrepartie|Compte de la contrepartie|IBAN contrepartie|Payee account|Partner IBAN',
		name: 'Naam|Tegenpartij|Naam tegenpartij|Naam tegenrekening|Begunstigde|Opdrachtgever|Name|Payee|Payer|Counterparty|Counterparty name|Partner name|Nom|Contrepartie|Nom contrepartie|Nom de la contrepartie|Bénéficiaire',
		bic: 'BIC|BIC tegenpartij|Counterparty BIC|BIC contrepartie',
		structured: 'Gestructureerde mededeling|Betalingskenmerk|Structured communication|Communication structurée',
		text: 'Mededeling|Mededelingen|Vrije mededeling|Omschrijving|Communication|Communications|Description|Details|Reference|Payment reference|Remittance information|Memo|Libellé|Communication libre|Verwendungszweck',
		type: 'Type|Transactie|Transactietype|Soort|Mutatiesoort|Type verrichting|Transaction type|Type de transaction|Code',
		status: 'Status|State|Statut',
		statement: "Afschriftnummer|Rekeninguittrekselnummer|Statement number|Numéro d'extrait",
		bankReference: 'Volgnummer|Transactienummer|Transaction ID|Transactie ID|Transaction number|Numéro de transaction',
		mandateId: 'Machtigingskenmerk|Mandaat|Mandate ID|Mandate reference',
	},
};

const DAY = /^\d{1,2}-\d{1,2}-\d{4}$/;
const EIGHT_DIGITS = /^\d{8}$/;
const CURRENCY = /^[A-Z]{3}$/;

export const BARE: BareTable[] = [
	{
		bank: 'Rabobank (old text file)',
		decimal: '.',
		types: RABOBANK,
		separators: ',;',
		width: 16,
		fits: { 1: CURRENCY, 2: EIGHT_DIGITS, 3: /^[CD]$/, 4: /^\d+[.,]\d\d$/, 7: EIGHT_DIGITS },
		columns: {
			account: 0, currency: 1, valueDate: 2, direction: 3, amount: 4, counterAccount: 5, name: 6, date: 7, type: 8,
			text: [10, 11, 12, 13, 14, 15], endToEndId: 16, mandateId: 18,
		},
	},
	{
		bank: 'ABN AMRO',
		decimal: ',',
		separators: '\t',
		width: 8,
		fits: { 1: CURRENCY, 2: EIGHT_DIGITS, 5: EIGHT_DIGITS },
		columns: { account: 0, currency: 1, date: 2, opening: 3, closing: 4, valueDate: 5, amount: 6, details: 7 },
	},
	{
		bank: 'ABN AMRO',
		decimal: ',',
		separators: '\t',
		width: 8,
		fits: { 1: CURRENCY, 2: EIGHT_DIGITS, 3: EIGHT_DIGITS },
		columns: { account: 0, currency: 1, date: 2, valueDate: 3, opening: 4, closing: 5, amount: 6, details: 7 },
	},
	{
		bank: 'Triodos (NL)',
		decimal: ',',
		types: { et: 'transfer', ic: 'directDebit', ba: 'card', ga: 'cash', id: 'transfer' },
		separators: ',;',
		width: 8,
		fits: { 0: DAY, 2: /^[\d.]+,\d\d$/, 3: /^(?:debet|credit)$/i },
		columns: { date: 0, account: 1, amount: 2, direction: 3, name: 4, counterAccount: 5, type: 6, text: 7, balance: 8 },
	},
	{
		bank: 'ASN, SNS and RegioBank',
		decimal: '.',
		separators: ',;',
		width: 18,
		fits: { 0: /^(?:\d{1,2}-\d{1,2}-\d{4}|\d{8})$/, 7: CURRENCY, 9: CURRENCY, 10: /^-?\d+[.,]\d{1,2}$/ },
		columns: {
			date: 0, account: 1, counterAccount: 2, name: 3, opening: 8, currency: 9, amount: 10, valueDate: 12, type: 14,
			bankReference: [11, 15], structured: 16, text: 17, statement: 18,
		},
		loose: 17,
	},
];
