import { fromTopgeschenkenOrder as make } from '../../../bookkeeping/from/topgeschenken';
import { record } from '../../../input';
import { GIFT_UNITS, giftUnit, purchaseOptions, seller, sellerCountry, settingsOf } from '../../fields';
import { asItem, making } from '../../pure';

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
	make: (input) => asItem(make(input.order, settingsOf(input), GIFT_UNITS[input.unit ?? ''])),
});
