import { pickBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import type { BatchOperation, Call } from '../../../operation/legacy';
import { collect } from '../../../transport/paging';
import { readRecord } from '../../answer';
import { each } from '../../batch';
import { orderLocator, textId } from '../../fields';
import { isGiven } from '../../input';
import { requestTo } from '../../paths';
import { addressOf, buyerOf } from '../../simplify';
import { carrierProperties, parcelBody, replacingFields } from './parcel';
import { sendParcel } from './send';

/** What a package needs, in the words of the node, from either shape of an order. */
export function parcelOfOrder(order: IDataObject): IDataObject {
	const { name, email, phone } = buyerOf(order.buyer);
	const address = addressOf((order.buyer as IDataObject | undefined)?.address);
	return {
		orderId: order.id,
		name,
		email,
		phone,
		street: address.street,
		houseNumber: address.number,
		houseNumberExtra: address.numberExtra,
		postalCode: address.zipCode,
		city: address.city,
		country: address.country,
		company: address.company,
	};
}

async function readParcel(call: Call): Promise<IDataObject> {
	const id = textId(call, 'orderId', 'Order');
	const [order] = await collect(call.send, { request: requestTo('order.get', call.credentials, { id }), readPage: readRecord });
	if (!order) throw new InvalidInput(`Boekwinkeltjes has no order with the ID ${id}: check it`);
	return parcelBody({
		...parcelOfOrder(order),
		...pickBy(call.parameter<IDataObject>('additionalFields', {}), isGiven),
		operator: call.parameter('operator'),
		type: call.parameter('type'),
	});
}

export const createFromOrder: BatchOperation<IDataObject> = {
	name: 'Create From Order',
	value: 'createFromOrder',
	action: 'Create a package from an order',
	description: 'Ask for a shipping label for the buyer of an order; name, address, e-mail and order ID come from the order',
	fields: [orderLocator, ...carrierProperties, replacingFields],
	read: readParcel,
	runAll: async (parcels, calls) => await each(parcels, calls, sendParcel),
};
