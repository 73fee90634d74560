import { fromTopgeschenkenOrder as make } from '../../../bookkeeping/from/topgeschenken';
import { choice, record } from '../../../input';
import { purchaseOptions, seller, sellerCountry, settingsOf } from '../../fields';
import { asItem, making } from '../../pure';

export const fromTopgeschenkenOrder = making({
	name: 'From Topgeschenken Order',
	value: 'fromTopgeschenkenOrder',
	action: 'Make purchase document from Topgeschenken order',
	description: 'Make a document of a purchase, with the VAT that Topgeschenken states',
	input: {
		order: record({ required: true, description: 'An order as Topgeschenken > Order > Get gives it, simplified or not' }),
		unit: choice<'euro' | 'cents', { displayName: string; default: string; required: true; description: string }>({
			displayName: 'Amounts Are In',
			options: [
				{ name: 'Euro', value: 'euro', description: 'A bouquet costs 25' },
				{ name: 'Cents', value: 'cents', description: 'A bouquet costs 2500' },
			],
			default: '',
			required: true,
			description: 'Topgeschenken does not say: look at an order whose price you know',
		}),
		sellerCountry: { ...sellerCountry('NL'), panel: { ...sellerCountry('NL').panel, displayName: 'Your Country', description: 'Country of the company that buys, as NL or BE' } },
		seller: { ...seller, panel: { ...seller.panel, displayName: 'Your Company', description: 'Who buys, as it is to stand on the document' } },
		options: purchaseOptions,
	},
	make: (input) => asItem(make(input.order, settingsOf(input), input.unit === 'cents' ? 100 : 1)),
});
