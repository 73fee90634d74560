import { fromStamhoofdPayment as make, fromStamhoofdRefund, reversedBy } from '../../../bookkeeping/from/stamhoofd';
import { record } from '../../../input';
import { goods, goodsRate, options, perEuroOf, regime, seller, sellerCountry, settingsOf, unit } from '../../fields';
import { asItem, making } from '../../pure';

export const fromStamhoofdPayment = making({
	name: 'From Stamhoofd Payment',
	value: 'fromStamhoofdPayment',
	action: 'Make sale document from Stamhoofd payment',
	description: 'Make a sale document that adds up from a payment of Stamhoofd, or a credit note from a refund whose payment is among the items',
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
	make({ payment, ...input }, { context }) {
		const [settings, perEuro] = [settingsOf(input), perEuroOf(input.unit)];
		const id = reversedBy(payment);
		const reversed = id === null ? undefined : context.getInputData().find(({ json }) => json.id === id)?.json;
		return asItem(reversed ? fromStamhoofdRefund(payment, reversed, settings, perEuro) : make(payment, settings, perEuro));
	},
});
