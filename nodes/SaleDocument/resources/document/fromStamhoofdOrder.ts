import { fromStamhoofdOrder as make } from '../../../bookkeeping/from/stamhoofd';
import { record } from '../../../input';
import { goods, goodsRate, options, perEuroOf, regime, seller, sellerCountry, settingsOf, unit } from '../../fields';
import { asItem, making } from '../../pure';

export const fromStamhoofdOrder = making({
	name: 'From Stamhoofd Order',
	value: 'fromStamhoofdOrder',
	action: 'Make sale document from Stamhoofd order',
	description: 'Make a sale document that adds up from a webshop order of Stamhoofd',
	input: {
		order: record({ required: true, description: 'An order as Stamhoofd > Order gives it. With Simplify switched off it has a line for each product, discounts and delivery.' }),
		unit,
		regime,
		sellerCountry: sellerCountry('BE'),
		goods,
		goodsRate,
		seller,
		options,
	},
	make: (input) => asItem(make(input.order, settingsOf(input), perEuroOf(input.unit))),
});
