import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { BatchOperation, Call, Outcome } from '../../../operation/legacy';
import type { ApiRequest } from '../../../transport/platform';
import {
	addressField,
	agentField,
	checkProductsField,
	contactEmailField,
	deliveryDateField,
	deliveryRemarkField,
	dryRunField,
	linesField,
	paymentMethodField,
} from '../../fields';
import { asUuid, orderOf, payerOf, raise } from '../../order';
import { isDryRun, placeEach, sendOnce, shownInstead, stoppedAfter } from '../../placing';
import { apiRequest } from '../../request';
import { linkedId, madeOf, plain, simplifyOrder } from '../../simplify';

const groupingField: INodeProperties = {
	displayName: 'How to Place',
	name: 'grouping',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Each Item on Its Own', value: 'each', description: 'One order collection, and one invoice, for each item' },
		{
			name: 'All Items Together',
			value: 'together',
			description: 'One order collection for the whole input; payment, contact and invoice address come from the first item',
		},
	],
	default: 'each',
};

const ordersOf = ({ body }: ApiRequest) => (body as { orders: IDataObject[] }).orders;

/**
 * What an item gets of the answer for all: the collection, and its own order where the answer lists as many. An order is
 * a record or a link, or stands in the answer as its ID.
 */
function shareOf(body: unknown, position: number, count: number): IDataObject {
	const { orders, ...collection } = Object(body) as IDataObject;
	const own = Array.isArray(orders) && orders.length === count ? (orders[position] as IDataObject | string) : undefined;
	if (own === undefined) return { ...madeOf(body) };
	return { ...plain(collection), order: typeof own === 'string' ? { id: linkedId(own) ?? own } : simplifyOrder(own) };
}

/** The error with the item of each order that it names, since items that were faulty before are not among the orders. */
function withItems(error: Error, calls: Call[]): Error {
	const named = (text: string) =>
		text.replace(/orders\[(\d+)\](?! \(item)/g, (order, position) => {
			const call = calls[Number(position)];
			return call ? `${order} (item ${call.itemIndex})` : order;
		});
	const detailed = error as Error & { description?: string | null };
	detailed.message = named(detailed.message);
	if (detailed.description) detailed.description = named(detailed.description);
	return detailed;
}

async function placeTogether(requests: ApiRequest[], calls: Call[]): Promise<Outcome[]> {
	const [first] = requests;
	const request = { ...first, body: { ...(first.body as IDataObject), orders: requests.flatMap(ordersOf) } };
	// One item that is only to be shown keeps the others from being ordered with it.
	if (calls.some((call) => isDryRun(call, true))) {
		return requests.map((_, position) => (position === 0 ? shownInstead(request) : { dryRun: true, withItem: calls[0].itemIndex }));
	}
	const { body } = await sendOnce(calls[0], request).catch((error: Error) => {
		throw withItems(error, calls);
	});
	const shares = requests.map((_, position) => shareOf(body, position, requests.length));
	return stoppedAfter([{ item: calls[0].itemIndex, record: shares[0] }], shares, calls);
}

export const place: BatchOperation<ApiRequest> = {
	name: 'Place',
	value: 'place',
	action: 'Place an order collection',
	description:
		'Order gifts in one step: what, to whom, when, and who pays. This is a purchase. Do a dry run first to see what would be sent.',
	fields: [
		groupingField,
		contactEmailField,
		paymentMethodField,
		addressField('Invoice Address', 'invoiceAddress'),
		deliveryDateField,
		addressField('Delivery Address', 'deliveryAddress'),
		linesField,
		deliveryRemarkField,
		checkProductsField,
		dryRunField,
		agentField,
	],
	async read(call) {
		isDryRun(call, true);
		const faults: string[] = [];
		const payer = payerOf(faults, call);
		const order = await orderOf(faults, call, asUuid);
		raise(faults);
		const body = { ...payer, orders: [{ ...order, pickupAddress: null }] };
		return apiRequest(call, { method: 'POST', url: '/api/v1/order/order-collections', body });
	},
	runAll: async (requests, calls) =>
		calls[0].parameter<string>('grouping') === 'together'
			? await placeTogether(requests, calls)
			: await placeEach(requests, calls, true, (body) => shareOf(body, 0, 1)),
};
