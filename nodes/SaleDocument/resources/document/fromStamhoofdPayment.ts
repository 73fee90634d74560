import { fromStamhoofdPayment as make } from '../../../bookkeeping/from/stamhoofd';
import { record } from '../../../input';
import { goods, goodsRate, options, perEuroOf, regime, seller, sellerCountry, settingsOf, unit } from '../../fields';
import { asItem, making } from '../../pure';

export const fromStamhoofdPayment = making({
	name: 'From Stamhoofd Payment',
	value: 'fromStamhoofdPayment',
	action: 'Make sale document from Stamhoofd payment',
	description: 'Make a sale document that adds up from a payment of Stamhoofd',
	input: {
		payment: record({ required: true, description: 'A payment as Stamhoofd > Payment gives it. With Simplify switched off it has a line for each thing that it pays.' }),
		unit,
		regime,
		sellerCountry: sellerCountry('BE'),
		goods,
		goodsRate,
		seller,
		options,
	},
	make: (input) => asItem(make(input.payment, settingsOf(input), perEuroOf(input.unit))),
});
