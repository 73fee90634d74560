/** Lines of bank statements as people map them, and as the node Bank Statement gives them. */
import { pickBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { cellText, field, isGiven, list, plainText, readCents } from '../../../input';
import type { FieldOptions } from '../../../input';
import { InvalidInput } from '../../../transport/errors';
import type { StatementLine } from '../../matching/line';

type Direction = 'in' | 'out';

/** What banks write for money that came in or went out. RC is a credit that is reversed, RD a debit. */
const DIRECTIONS: Record<Direction, string[]> = {
	in: ['in', 'c', 'cr', 'credit', 'crédit', 'crdt', 'bij', 'bijschrijving', 'bijschrijvingen', 'ontvangen', 'ontvangst', 'inkomend', 'inkomsten', 'incoming', 'income', 'haben', 'rd', '+'],
	out: ['out', 'd', 'dr', 'db', 'debet', 'debit', 'débit', 'dbit', 'af', 'afschrijving', 'afschrijvingen', 'uit', 'uitgaand', 'uitgave', 'uitgaven', 'outgoing', 'expense', 'soll', 'rc', '-'],
};

function directionOf(word: string): Direction | undefined {
	return (['in', 'out'] as const).find((direction) => DIRECTIONS[direction].includes(word.toLowerCase()));
}

/** @throws InvalidInput */
export function readDirection(given: unknown): Direction {
	const written = cellText(given, 40).normalize('NFC').replace(/[−–—]/g, '-');
	const direction = directionOf(written);
	if (!direction) throw new InvalidInput(`"${written}" says neither in nor out: write Bij or Af, C or D, CRDT or DBIT, + or -`);
	return direction;
}

export interface Amount {
	/** Null for a row without an amount, which is no money. */
	cents: number | null;
	direction?: Direction;
}

/** A word in front of the figures or behind them: "25,00 Af", "DBIT 25.00", "25,00 (D)"; beside it the euro may stand. */
const MARKED = /^(?:\(?([a-zé]{1,15})\)?[ .:]{0,2})?((?:eur(?:o)? ?)?[^a-zé]+?(?:euro?)?)(?:[ ;]{0,2}\(?([a-zé]{1,15})\)?)?$/i;

/**
 * An amount in whole cents, and the direction where it stands beside it.
 * @throws InvalidInput for what is no amount
 */
export function readAmount(given: unknown): Amount {
	if (typeof given === 'number') return { cents: readCents(given) };
	const written = cellText(given, 40).normalize('NFC');
	if (/^[-−–]?$/.test(written)) return { cents: null };
	const [, before = '', figures = '', after = ''] = MARKED.exec(written) ?? [];
	const direction = directionOf(before) ?? directionOf(after);
	const rest = direction === undefined ? written : [directionOf(before) ? '' : before, figures, directionOf(after) ? '' : after].join(' ');
	return { cents: readCents(rest), ...(direction && { direction }) };
}

/** More parts of a structure than any bank gives for a line. */
const MOST_PARTS = 2000;

/**
 * A text, or all texts within a structure, such as the remittance information of CAMT as n8n's XML node gives it.
 * @throws InvalidInput for a structure that has been made a text before
 */
export function readTexts(given: unknown): string {
	const texts: string[] = [];
	const open: unknown[] = [given];
	for (let seen = 0; open.length > 0 && seen < MOST_PARTS; seen++) {
		const one = open.shift();
		if (Array.isArray(one)) open.unshift(...(one as unknown[]).slice(0, MOST_PARTS));
		else if (typeof one === 'object' && one !== null) open.unshift(...Object.values(one).slice(0, MOST_PARTS));
		else if (isGiven(one)) texts.push(plainText(one));
	}
	if (texts.some((text) => text.includes('[object Object]'))) {
		throw new InvalidInput('is a structure that was put into a text: drag it into the field alone, or map the text in it');
	}
	return texts.join('\n');
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The ID of a payment, also from the link to it. */
function readPaymentId(given: unknown): string {
	const written = plainText(given, 1000);
	const id = ID.exec(written)?.[0];
	if (id === undefined) throw new InvalidInput(`"${written}" is no ID of a payment: copy it, or the link to the payment, from the output of this node`);
	return id.toLowerCase();
}

export const amountField = (options: FieldOptions<Amount>) => field<Amount, FieldOptions<Amount>>('string', readAmount, options, { placeholder: 'e.g. 25,00' });
export const directionField = (options: FieldOptions<Direction>) => field<Direction, FieldOptions<Direction>>('string', readDirection, options, { placeholder: 'e.g. Bij' });
export const textsField = (options: FieldOptions<string>) => field<string, FieldOptions<string>>('string', readTexts, options);
export const paymentIds = (options: FieldOptions<string[]>) => list(options, readPaymentId);

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** What an item says by itself if it is a line of the node Bank Statement; nothing for any other item. */
export function readStatementItem({ line, amount, currency, raw, ...item }: IDataObject): Partial<StatementLine> {
	if (typeof line !== 'number' || typeof amount !== 'number' || typeof currency !== 'string' || !raw) return {};
	const known: Partial<StatementLine> = {
		currency,
		name: text(item.counterpartyName),
		date: text(item.date),
		type: text(item.type),
		counterpartyIban: text(item.counterpartyIban),
		structuredCommunication: text(item.structuredCommunication),
		bankReference: text(item.bankReference),
	};
	return pickBy(known, isGiven);
}
