/** What Stamhoofd adds up by itself: in all, or one row for each part. */
import type { IDataObject } from 'n8n-workflow';

import { choice } from '../input';
import type { Choice } from '../input';
import { euroOfFour, nameIn, text } from './values';

/** Where the rows of a split are in the answer. */
const ROWS = { account: 'byAccount', category: 'byCategory', article: 'byArticle', payout: 'bySettlement' } as const;

export type Split = 'nothing' | keyof typeof ROWS;

const OPTIONS: Array<Choice<Split>> = [
	{ name: 'Nothing: One Total', value: 'nothing' },
	{ name: 'Account', value: 'account', description: 'Bank account, payment provider or method that the money came in by' },
	{ name: 'Category', value: 'category', description: 'Webshop, group or other purpose' },
	{ name: 'Article', value: 'article', description: 'Product, price of a registration or description' },
	{ name: 'Payout', value: 'payout', description: 'Payout (uitbetaling) of the payment provider' },
];

export const splitBy = (...splits: Split[]) =>
	choice<Split, { required: true }>({
		displayName: 'Split By',
		required: true,
		options: OPTIONS.filter(({ value }) => value === 'nothing' || splits.includes(value)),
		description: 'Whether one total comes out, or one item for each part of it',
	});

/** Amounts are in 1/10 000 euro at every version (read in the source). */
function rowOf({ id, name, description, price, quantity, count }: IDataObject): IDataObject {
	return {
		name: nameIn(name),
		description: text(description),
		amount: euroOfFour(price),
		count: count ?? null,
		// Where pieces cannot be counted it is 0.
		quantity: quantity || null,
		key: text(id),
	};
}

/** @param whole the record of the total */
export function totalsOf(body: unknown, split: Split, whole: (totals: IDataObject) => IDataObject): IDataObject[] {
	const totals = body as IDataObject;
	return split === 'nothing' ? [whole(totals)] : ((totals[ROWS[split]] ?? []) as IDataObject[]).map(rowOf);
}
