import type { IDataObject } from 'n8n-workflow';

import { choice } from '../../../input';
import { shown } from '../../../operation/call';
import type { Call } from '../../../operation/call';
import { operation } from '../../../operation/operation';
import type { Outcome } from '../../../operation/operation';
import type { ApiRequest } from '../../../transport/platform';
import { orderFields } from '../../fields';
import { addressOf, asUuid, orderOf } from '../../order';
import { headersOf } from '../../request';
import { madeOf, orderIn } from '../../simplify';
import { payerFields } from '../cart/create';

const grouping = choice({
	displayName: 'How to Place',
	noDataExpression: true,
	options: [
		{ name: 'Each Item on Its Own', value: 'each', description: 'One order, and one invoice, for each item' },
		{
			name: 'All Items Together',
			value: 'together',
			description: 'One order for the whole input; payment, contact and invoice address come from the first item',
		},
	],
});

interface Placement {
	payer: IDataObject;
	order: IDataObject;
	isTogether: boolean;
}

const requestFor = ([first, ...others]: Placement[], call: Call): ApiRequest =>
	call.request({
		headers: headersOf(call),
		body: { ...first.payer, orders: [first, ...others].map(({ order }) => ({ ...order, pickupAddress: null })) },
	});

/**
 * What an item gets of the answer for all: the collection, and its own order where the answer lists as many. An order is
 * a record or a link, or stands in the answer as its ID.
 */
function shareOf(body: unknown, position: number, count: number): IDataObject {
	const { orders, ...collection } = Object(body) as IDataObject;
	const own = Array.isArray(orders) && orders.length === count ? (orders[position] as IDataObject | string) : undefined;
	return own === undefined ? madeOf(body) : { ...madeOf(collection), ...orderIn(own) };
}

/** The error with the item of each order that it names, since items that were faulty before are not among the orders. */
function withItems(error: Error, calls: Call[]): Error {
	const named = (text: string) =>
		text.replace(/orders\[(\d{1,6})\](?! \(item)/g, (order, position) => {
			const call = calls[Number(position)];
			return call ? `${order} (item ${call.itemIndex})` : order;
		});
	const detailed = error as Error & { description?: string | null };
	detailed.message = named(detailed.message);
	if (detailed.description) detailed.description = named(detailed.description);
	return detailed;
}

async function placeTogether(placements: Placement[], calls: Call[]): Promise<Outcome[]> {
	const request = requestFor(placements, calls[0]);
	// One item that is only to be shown keeps the others from being ordered with it.
	if (calls.some(({ isDryRun }) => isDryRun)) {
		return placements.map((_, position) => (position === 0 ? shown(request) : { dryRun: true, withItem: calls[0].itemIndex }));
	}
	const { body } = await calls[0].send(request).catch((error: Error) => {
		throw withItems(error, calls);
	});
	return placements.map((_, position) => shareOf(body, position, placements.length));
}

export const place = operation({
	name: 'Place',
	value: 'place',
	action: 'Place gift order',
	description:
		'Order gifts in one step: what, to whom, when, and who pays. This is a purchase. Do a dry run first to see what would be sent.',
	request: 'POST /api/v1/order/order-collections',
	purchase: true,
	input: { grouping, ...payerFields, ...orderFields },
	async prepare({ grouping: how, contactEmail, requestedPaymentMethod, invoiceAddress, ...order }, call): Promise<Placement> {
		const payer = { contactEmail, requestedPaymentMethod, invoiceAddress: addressOf(invoiceAddress) };
		return { payer, order: await orderOf(order, call, asUuid), isTogether: how === 'together' };
	},
	turn: () => 'one after another',
	together: ({ isTogether }) => isTogether,
	sendAll: placeTogether,
	send: async (placement, call) => shareOf((await call.send(requestFor([placement], call))).body, 0, 1),
});
