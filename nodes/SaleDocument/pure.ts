/** What the operations of this node share: nothing is sent, and what cannot be booked is the item's error. */
import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { CannotBook, refuse } from '../bookkeeping/document';
import type { SaleDocument } from '../bookkeeping/document';
import { readDocument } from '../bookkeeping/rules';
import type { Context } from '../bookkeeping/rules';
import type { Finding } from '../bookkeeping/shape';
import type { Fields, InputOf } from '../input';
import type { Call } from '../operation/call';
import { operation } from '../operation/operation';
import type { Operation, OperationSpec, Result } from '../operation/operation';
import { InvalidInput } from '../transport/errors';

const MOST_FINDINGS = 20;

function findingLine({ code, path, expected, actual }: Finding): string {
	return `${code} ${path}: expected ${String(expected ?? 'nothing')}, is ${String(actual ?? 'nothing')}`;
}

/** What cannot be booked as an error of the item, with all findings below the sentence. */
function invalid(error: Error): Error {
	if (!(error instanceof CannotBook)) return error;
	const lines = error.findings.slice(0, MOST_FINDINGS).map(findingLine);
	return new InvalidInput(error.message, lines.join('\n') || undefined);
}

/** What `make` gives. @throws InvalidInput for what cannot be booked */
export async function booked<T>(make: () => T | Promise<T>): Promise<T> {
	return await Promise.resolve().then(make).catch((error: Error) => {
		throw invalid(error);
	});
}

/** Items that are worked on at a stretch, before n8n gets a turn for other work. */
const AT_A_STRETCH = 50;

type Spec<F extends Fields> = Pick<OperationSpec<F, InputOf<F>>, 'name' | 'value' | 'action' | 'description' | 'input' | 'outputs'> & {
	make(input: InputOf<F>, call: Call): Result | Promise<Result>;
};

/** An operation that makes something of each item, one after another and in steps. */
export function making<const F extends Fields>({ make, ...spec }: Spec<F>): Operation {
	return operation<F>({
		...spec,
		turn: () => '',
		async send(input, call) {
			if (call.itemIndex % AT_A_STRETCH === AT_A_STRETCH - 1) await sleep(0);
			return await booked(() => make(input, call));
		},
	});
}

/**
 * What was made, unless an earlier item of the run has made the same: bookkeeping knows it by its ID, and would take the
 * second for the first.
 * @param instead what to do, as the end of a sentence
 * @throws InvalidInput
 */
export async function madeOnce(document: SaleDocument, { once, itemIndex }: Call, instead: string): Promise<IDataObject> {
	const makers = await once('makers', async () => await Promise.resolve(new Map<string, number>()));
	const first = makers.get(document.id) ?? itemIndex;
	if (first !== itemIndex) throw new InvalidInput(`${nameIn(document)} is made of item ${first}, too: ${instead}`);
	makers.set(document.id, itemIndex);
	return asItem(document);
}

/** What `make` gives for each of the inputs, in steps; for what cannot be booked the error of its item. */
export async function inSteps<Input, T>(inputs: Input[], make: (input: Input) => T): Promise<Array<T | Error>> {
	const made: Array<T | Error> = [];
	for (const [index, input] of inputs.entries()) {
		if (index % AT_A_STRETCH === AT_A_STRETCH - 1) await sleep(0);
		made.push(await booked(() => make(input)).catch((error: Error) => error));
	}
	return made;
}

/** A document as an item, which n8n takes for a plain object. */
export const asItem = (document: object): IDataObject => document as IDataObject;

/** "The order 4006", or what can be said of a document that is none. */
export function nameIn({ kind, number }: Partial<Record<keyof SaleDocument, unknown>>): string {
	const word = typeof kind === 'string' && kind.length < 20 ? kind : 'document';
	return `The ${word.replace('creditNote', 'credit note')}${typeof number === 'string' ? ` ${number.slice(0, 100)}` : ''}`;
}

/** @throws CannotBook if it is no sale document, or breaks a rule */
export function wholeDocument(given: IDataObject, context: Context = {}): SaleDocument {
	if (given.schema !== 'saleDocument/1') {
		throw new CannotBook('This is no sale document: make one with Document: From … first, and hand over all of it.');
	}
	const { document, findings } = readDocument(given, context);
	refuse(nameIn(given), findings);
	return document;
}
