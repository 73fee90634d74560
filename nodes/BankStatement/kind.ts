/** What a booking is, from the codes and words of each format. Codes that say nothing certain are left out. */
import type { LineType } from './line';

/** ISO 20022 bank transaction codes: family and subfamily. */
const ISO_FAMILIES: Record<string, LineType> = {
	RCDT: 'transfer', ICDT: 'transfer', RRCT: 'transfer', IRCT: 'transfer', RDDT: 'directDebit', IDDT: 'directDebit',
	CCRD: 'card', MCRD: 'card', CNTR: 'cash', RCHQ: 'cheque', ICHQ: 'cheque',
};
const ISO_SUBFAMILIES: Record<string, LineType> = {
	CHRG: 'charges', FEES: 'charges', COMM: 'charges', INTR: 'interest', RRTN: 'reversal', UPDD: 'reversal', PRDD: 'reversal', CWDL: 'cash', CDPT: 'cash',
};

export function typeOfIso(family = '', subfamily = ''): LineType | undefined {
	return ISO_SUBFAMILIES[subfamily] ?? ISO_FAMILIES[family];
}

/** Families of CODA transaction codes. */
const CODA_FAMILIES: Record<string, LineType> = {
	'01': 'transfer', '02': 'transfer', '03': 'cheque', '04': 'card', '05': 'directDebit', '09': 'cash', 35: 'interest', 41: 'transfer', 43: 'cheque', 80: 'charges',
};

/** @param code family and transaction, "0150" */
export function typeOfCoda(code: string): LineType | undefined {
	if (/^..[38]7$/.test(code)) return 'charges';
	return /^04(04|53)$/.test(code) ? 'cash' : CODA_FAMILIES[code.slice(0, 2)];
}

/** SWIFT's codes of field 61, and those of SNS, ASN and RegioBank. */
const SWIFT_CODES: Record<string, LineType> = {
	TRF: 'transfer', DDT: 'directDebit', CHG: 'charges', COM: 'charges', INT: 'interest', CHK: 'cheque', RTI: 'reversal',
	OVB: 'transfer', IDB: 'transfer', INC: 'directDebit', BEA: 'card', GEA: 'cash', KST: 'charges', RNT: 'interest',
};

/** @param code three letters or digits, "TRF" */
export function typeOfSwift(code: string): LineType | undefined {
	return SWIFT_CODES[code.trim()];
}

/** Words of banks for what they booked, in Dutch, French and English; the first that fits counts. */
const WORDS: Array<[LineType, RegExp]> = [
	['reversal', /storno|terugboeking|terugbetaling|retour|refund|reject|\breturn|rejet|remboursement/],
	['directDebit', /incasso|domicili|direct debit|doorlopende machtiging/],
	['cash', /geldautomaat|geldopname|kasopname|cash|\batm\b|withdrawal|retrait|\bgea\b/],
	['card', /betaalautomaat|bancontact|\bmaestro\b|kaart|\bcarte\b|\bcard\b|contactloos|contactless|\bpin\b|\bbea\b/],
	['interest', /\brente\b|intrest|interest|interet/],
	['charges', /kosten|\bfrais\b|charges|\bfee\b/],
	['transfer', /overschrijving|overboeking|virement|transfer|ideal|betaalopdracht|verzamelbetaling|online bankieren|internetbankieren|telebankieren/],
];

/** @param text what the bank, not the payer, calls it */
export function typeOfWords(text: string | undefined): LineType | undefined {
	const words = (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
	return WORDS.find(([, pattern]) => pattern.test(words))?.[0];
}
