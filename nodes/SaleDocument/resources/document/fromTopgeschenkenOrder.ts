import { attempt } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { fromTopgeschenkenOrder as make, perEuroIn } from '../../../bookkeeping/from/topgeschenken';
import { record } from '../../../input';
import { giftUnit, perEuroOf, purchaseOptions, seller, sellerCountry, settingsOf } from '../../fields';
import { asItem, making } from '../../pure';

function firstShown(orders: IDataObject[]): number | undefined {
	for (const order of orders) {
		const perEuro = attempt(perEuroIn, order);
		if (typeof perEuro === 'number') return perEuro;
	}
	return undefined;
}

export const fromTopgeschenkenOrder = making({
	name: 'From Topgeschenken Order',
	value: 'fromTopgeschenkenOrder',
	action: 'Make purchase document from Topgeschenken order',
	description: 'Make a document of a purchase, with the VAT that Topgeschenken states',
	input: {
		order: record({ required: true, description: 'An order as Topgeschenken > Order > Get gives it, simplified or not' }),
		unit: giftUnit,
		sellerCountry: { ...sellerCountry('NL'), panel: { ...sellerCountry('NL').panel, displayName: 'Your Country', description: 'Country of the company that buys, as NL or BE' } },
		seller: { ...seller, panel: { ...seller.panel, displayName: 'Your Company', description: 'Who buys, as it is to stand on the document' } },
		options: purchaseOptions,
	},
	async make(input, { context, once }) {
		// What one order does not show, another one of the same shop may.
		const shown = async () => await Promise.resolve(firstShown([input.order, ...context.getInputData().map(({ json }) => json)]));
		return asItem(make(input.order, settingsOf(input), perEuroOf(input.unit) ?? (await once('unit of gifts', shown))));
	},
});
