import type { DateTime } from 'luxon';

import { CHARGE_TYPES } from '../../../bookkeeping/document';
import type { Customer, SaleDocument } from '../../../bookkeeping/document';
import { fromFields as make } from '../../../bookkeeping/from/fields';
import type { FieldCharge, FieldLine } from '../../../bookkeeping/from/fields';
import { companyIdOf, NO_LINE, NOBODY, paymentOf } from '../../../bookkeeping/from/read';
import { cents, choice, code, collection, country, decimal, email, groups, memberOf, moment, phone, records, text, timeOfDay, tryFields, yesNo } from '../../../input';
import type { InputOf, Optional } from '../../../input';
import { timeOf } from '../../../operation/time';
import { InvalidInput } from '../../../transport/errors';
import { addressOf, classOrRate, companyNumber, goods, goodsOf, goodsRate, options, regime, seller, sellerCountry, settingsOf, vatId } from '../../fields';
import { asItem, making } from '../../pure';

const quantity = decimal({ from: -1_000_000, to: 1_000_000, default: '1', required: true, description: 'Below zero for what comes back' });

const rowVat = {
	goods: { ...classOrRate.goods, panel: { ...classOrRate.goods.panel, default: '', options: [{ name: 'As "Goods Are" Says', value: '' }, ...(classOrRate.goods.panel.options ?? [])] } },
	rate: classOrRate.rate,
} as typeof classOrRate;

const lineFields = {
	description: text({ required: true }),
	quantity,
	price: cents({ required: true, description: 'Price of one' }),
	...rowVat,
	sku: code({ displayName: 'SKU', description: 'Article number' }),
	category: text({ description: 'Product group' }),
	purchasePrice: cents({ description: 'What you paid for all of them, for the margin scheme' }),
};

const chargeFields = {
	type: choice<(typeof CHARGE_TYPES)[number]>({
		options: CHARGE_TYPES.map((value) => ({ value, name: value.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replace(/([a-z])([A-Z])/g, '$1 $2') })),
	}),
	amount: cents({ displayName: 'Charge Amount', required: true, description: 'A discount may be written with or without a minus' }),
	description: text(),
	...rowVat,
};

const paymentFields = {
	method: text({ required: true, placeholder: 'e.g. iDEAL' }),
	amount: cents({ displayName: 'Paid Amount', required: true }),
	paidAt: timeOfDay(),
	reference: text(),
	transactionId: code({ displayName: 'Transaction ID' }),
};

export const customerFields = {
	name: text(),
	company: text(),
	email: email(),
	customerId: code({ displayName: 'Customer ID' }),
	vatId: vatId({ displayName: 'VAT ID' }),
	companyNumber: companyNumber({ description: 'KVK or KBO number' }),
	phone: phone(),
	street: text(),
	houseNumber: code(),
	postcode: code(),
	city: text(),
	country: country(),
};

/** Lines of a list that an expression gives are read as those that are filled in. */
function linesIn(list: unknown[], zone: string): Array<InputOf<typeof lineFields>> {
	return list.map((one, index) => {
		const named = (name: string) => memberOf(one, name);
		const given = (name: string) => (name === 'goods' && named('goods') === undefined && named('rate') !== undefined ? 'rate' : named(name)) ?? (name === 'quantity' ? 1 : undefined);
		const { values, faults } = tryFields(lineFields, given, { zone });
		if (faults.length > 0) throw new InvalidInput(`Line ${index + 1}: ${faults.join('; ')}`);
		return values;
	});
}

export const lineOf = (given: InputOf<typeof lineFields>, index: number): FieldLine => ({
	...NO_LINE,
	id: String(index + 1),
	description: given.description,
	quantity: String(given.quantity),
	price: given.price,
	goods: goodsOf(given.goods, given.rate),
	sku: given.sku || null,
	categoryId: given.category || null,
	categoryName: given.category || null,
	purchasePrice: given.purchasePrice ?? null,
});

export const chargeOf = (given: Optional<typeof chargeFields> & { amount: number }, index: number): FieldCharge => ({
	id: `${given.type}-${index + 1}`,
	type: given.type ?? 'shipping',
	description: given.description || given.type || 'shipping',
	amount: given.type === 'discount' ? 0 - Math.abs(given.amount) : given.amount,
	goods: goodsOf(given.goods, given.rate),
});

export const isoOf = (at: DateTime | undefined) => (at ? String(timeOf(at.toMillis())) : null);

export function payment(given: Optional<typeof paymentFields> & { method: string; amount: number }): SaleDocument['payments'][number] {
	return { ...paymentOf(given.method, given.amount, 'succeeded'), paidAt: isoOf(given.paidAt), reference: given.reference || null, transactionId: given.transactionId || null };
}

export function customerOf(given: Optional<typeof customerFields>): Customer {
	const land = given.country || null;
	const parts = addressOf(given, land);
	const address = Object.values(parts).some((part) => part !== null) ? parts : null;
	return {
		...NOBODY,
		id: given.customerId || null,
		email: given.email || null,
		name: given.company || given.name || null,
		company: given.company || null,
		vatId: given.vatId || null,
		companyId: companyIdOf(given.companyNumber ?? null, land),
		phone: given.phone || null,
		billing: address,
		shipping: address,
	};
}

export const fromFields = making({
	name: 'From Fields',
	value: 'fromFields',
	action: 'Make sale document from fields',
	description: 'Make a sale document that adds up from what you fill in, or from any other source such as another web shop',
	input: {
		id: code({ displayName: 'ID', required: true, description: 'ID of the sale at its source, which never changes' }),
		source: code({ default: 'other', required: true, description: 'Where the sale comes from, in one word', placeholder: 'e.g. woocommerce' }),
		issuedAt: timeOfDay({ displayName: 'Date', required: true, description: 'When the sale was made' }),
		direction: choice<'sale' | 'purchase'>({ options: [{ name: 'Sale', value: 'sale' }, { name: 'Purchase', value: 'purchase' }] }),
		regime,
		sellerCountry: sellerCountry(''),
		goods,
		goodsRate,
		pricesIncludeVat: yesNo({ displayName: 'Prices Include VAT', default: true, empty: true, description: 'Whether the prices below are with VAT' }),
		lineSource: choice<'fields' | 'list'>({
			displayName: 'Lines Are',
			options: [
				{ name: 'Filled In Below', value: 'fields' },
				{ name: 'A List', value: 'list', description: 'From an expression, where their number differs from sale to sale' },
			],
		}),
		lines: groups({ name: 'line', groupName: 'Line', displayName: 'Lines', placeholder: 'Add Line', fields: lineFields, show: { lineSource: ['fields'] } }),
		lineList: records({
			show: { lineSource: ['list'] },
			displayName: 'Lines',
			description: 'A list of records with description, quantity, price, and where known rate (VAT percentage) or goods, sku, category, purchasePrice',
		}),
		charges: groups({ name: 'charge', groupName: 'Charge', displayName: 'Charges and Discounts', placeholder: 'Add Charge', fields: chargeFields, description: 'Shipping, fees, discounts' }),
		payments: groups({ name: 'payment', groupName: 'Payment', displayName: 'Payments', placeholder: 'Add Payment', fields: paymentFields, description: 'What has been paid' }),
		customer: collection({ displayName: 'Customer', placeholder: 'Add Detail', fields: customerFields }),
		details: collection({
			displayName: 'More Details',
			placeholder: 'Add Detail',
			fields: {
				reference: text({ description: 'Reference of the customer, or of the payment' }),
				suppliedAt: moment({ displayName: 'Delivered On', description: 'Its day decides the VAT rate' }),
				dueAt: moment({ displayName: 'To Be Paid By' }),
				currency: code({ placeholder: 'e.g. EUR' }),
			},
		}),
		seller,
		options,
	},
	make: (input, { zone }) => {
		const { details, direction, pricesIncludeVat, source: platform, id } = input;
		const lines = input.lineSource === 'list' ? linesIn(input.lineList ?? [], zone) : input.lines;
		const fields = {
			...{ platform, id, direction: direction ?? 'sale', pricesIncludeVat },
			currency: details.currency?.toUpperCase() || 'EUR',
			reference: details.reference || null,
			issuedAt: isoOf(input.issuedAt)!,
			suppliedAt: isoOf(details.suppliedAt),
			dueAt: isoOf(details.dueAt),
			customer: customerOf(input.customer),
			lines: lines.map(lineOf),
			charges: input.charges.map(chargeOf),
			payments: input.payments.map(payment),
		};
		return asItem(make(fields, settingsOf(input)));
	},
});
