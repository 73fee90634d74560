import { fromBoekwinkeltjesOrder as make } from '../../../bookkeeping/from/boekwinkeltjes';
import { record } from '../../../input';
import { goods, goodsRate, options, purchasePrice, regime, seller, sellerCountry, settingsOf, shippingCost } from '../../fields';
import { asItem, making } from '../../pure';

export const fromBoekwinkeltjesOrder = making({
	name: 'From Boekwinkeltjes Order',
	value: 'fromBoekwinkeltjesOrder',
	action: 'Make sale document from Boekwinkeltjes order',
	description: 'Make a sale document that adds up from an order of Boekwinkeltjes',
	input: {
		order: record({ required: true, description: 'An order as Boekwinkeltjes > Order gives it, simplified or not' }),
		regime,
		sellerCountry: sellerCountry('NL'),
		// What is sold there.
		goods: { ...goods, panel: { ...goods.panel, default: 'book' } },
		goodsRate,
		purchasePrice,
		shippingCost,
		seller,
		options,
	},
	make: (input) => asItem(make(input.order, settingsOf(input))),
});
