import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { readRecord } from '../../answer';
import { orderLocator } from '../../fields';
import { at, requestTo } from '../../paths';
import { addressOf, buyerOf } from '../../simplify';
import { carrierFields, packageBody, replacingFields, sendPackage } from './packageFields';

/** What a package needs, in the words of the node, from either shape of an order. */
export function packageOfOrder(order: IDataObject): IDataObject {
	const { name, email, phone } = buyerOf(order.buyer);
	const address = addressOf((order.buyer as IDataObject | undefined)?.address);
	return {
		orderId: order.id,
		name: name ?? undefined,
		email: email ?? undefined,
		phone: phone ?? undefined,
		street: address.street,
		houseNumber: address.number,
		houseNumberExtra: address.numberExtra ?? undefined,
		postalCode: address.zipCode,
		city: address.city,
		country: address.country ?? undefined,
		company: address.company ?? undefined,
	};
}

export const createFromOrder = operation({
	name: 'Create From Order',
	value: 'createFromOrder',
	action: 'Create package from order',
	description: 'Ask for a shipping label for the buyer of an order; name, address, e-mail and order ID come from the order',
	...at('package.create'),
	dryRun: 'offered',
	input: { orderId: orderLocator, ...carrierFields, additionalFields: replacingFields },
	async prepare({ orderId, operator, type, additionalFields }, call) {
		const request = requestTo('order.get', call.credentials, { path: { orderId } });
		const [order] = await call.collect({ request, readPage: readRecord });
		if (!order) throw new InvalidInput(`Boekwinkeltjes has no order with the ID ${orderId}: check it`);
		return packageBody({ ...packageOfOrder(order), ...additionalFields, operator, type });
	},
	turn: () => 'one after another',
	send: sendPackage,
});
