/** Topgeschenken in a real n8n. */
import { timeOf } from '../../../nodes/operation/time';
import { startTopgeschenken } from '../../sandbox/topgeschenken';
import type { TopgeschenkenSandbox } from '../../sandbox/topgeschenken';
import type { HostedPlatform } from '../platforms';
import { eventKey, momentOf } from '../wave';

/** Lets every event of the trigger happen some times. */
function wave({ state }: TopgeschenkenSandbox, number: number, start: number): string[] {
	const { orders, carts, uuid } = state;
	const key = (event: string, ...of: unknown[]) => eventKey('topgeschenkenTrigger', event, ...of);
	const at = (index: number) => momentOf(start, number, index);
	const changed = orders.slice(100, 111).map((order, index) => {
		order.deliveryStatus = order.deliveryStatus === 'on_its_way' ? 'delivered' : 'on_its_way';
		order.updatedAt = at(index);
		return key('orderUpdated', order.uuid, order.deliveryStatus, timeOf(at(index)));
	});
	const created = Array.from({ length: 11 }, (_, index) => {
		const dates = { createdAt: at(index), updatedAt: at(index) };
		const order = { ...orders[0], ...dates, uuid: uuid() };
		const cart = { ...carts[0], ...dates, uuid: uuid() };
		orders.push(order);
		carts.push(cart);
		return [key('orderCreated', order.uuid, ''), key('cartCreated', cart.uuid, '')];
	});
	return [...changed, ...created.flat()];
}

export async function topgeschenken() {
	const sandbox = await startTopgeschenken();
	const { assortments, carts, companies, customers, orders, productGroups, products } = sandbox.state;
	const nameOf = ({ firstName, lastName }: (typeof customers)[number]) => `${firstName} ${lastName}`;
	const colleague = customers.find((one) => customers.every((other) => other === one || nameOf(other) !== nameOf(one)))!;
	const { company, anonymous } = sandbox.clients;
	const data = {
		clientId: company.id,
		clientSecret: company.secret,
		language: 'nl_NL',
		requestsAtATime: 8,
		baseUrl: sandbox.url,
	};
	const credential = { name: 'Topgeschenken', type: 'topgeschenkenApi', data };
	const wrongly = (wrong: string, change: Partial<typeof data>, says: RegExp) => ({
		wrong,
		credential: { ...credential, name: `Topgeschenken: ${wrong}`, data: { ...data, ...change } },
		says,
	});
	return {
		sandbox,
		credentials: [credential],
		badCredentials: [
			wrongly('wrong secret', { clientSecret: 'nobody' }, /does not accept the client ID or the client secret/),
			wrongly('no company', { clientId: anonymous.id, clientSecret: anonymous.secret }, /the token is anonymous/),
			wrongly('wrong address', { baseUrl: `${sandbox.url}/elsewhere` }, /gave no access token/),
		],
		searches: [
			{ method: 'searchProducts', search: products[4].sku, finds: { value: products[4].uuid } },
			{ method: 'searchOrders', search: orders[7].orderNumber, finds: { value: orders[7].uuid } },
			{ method: 'searchCompanies', search: companies[2].name, finds: { name: companies[2].name, value: companies[2].uuid } },
			{ method: 'searchCarts', search: carts[3].uuid, finds: { value: carts[3].uuid } },
			{ method: 'searchAssortments', search: assortments[2].name, finds: { name: assortments[2].name, value: assortments[2].uuid } },
			{ method: 'searchCustomers', search: nameOf(colleague), finds: { name: nameOf(colleague), value: colleague.uuid } },
			{ method: 'searchProductGroups', search: productGroups[6].name, finds: { name: productGroups[6].name, value: productGroups[6].uuid } },
		],
		httpRequest: { url: `${sandbox.url}/api/v1/order/orders/${orders[9].uuid}`, answer: { uuid: orders[9].uuid } },
		list: {
			type: 'n8n-nodes-dutch-commerce.topgeschenken',
			parameters: { resource: 'order', operation: 'getAll', returnAll: true },
			count: orders.length,
			tooMany: { kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: { message: 'Too many requests' } },
		},
		wave: (number, start) => wave(sandbox, number, start),
		marks: { orderUpdated: '{{ $json.deliveryStatus }} {{ $json.updatedAt }}' },
	} satisfies HostedPlatform;
}
