/** The stored output schemas are those of what the operations give. */
import { byId, gift, payer, useTopgeschenken } from './topgeschenken';
import { outputSchema } from './outputSchema';

const bench = useTopgeschenken();
const state = () => bench.sandbox.state;
const cart = () => byId(state().carts[0].uuid);

test.each([
	['assortment', 'get', () => ({ assortmentId: state().assortments[0].uuid })],
	['assortment', 'getAll', () => ({ returnAll: true })],
	['cart', 'create', () => ({ ...payer, companyId: byId(state().company.uuid) })],
	['cart', 'delete', () => ({ cartId: cart() })],
	['cart', 'finalize', () => ({ cartId: cart(), dryRun: false })],
	['cart', 'get', () => ({ cartId: cart() })],
	['cart', 'getAll', () => ({ returnAll: true })],
	['cart', 'update', () => ({ cartId: cart(), changes: { contactEmail: 'new@voorbeeld.example' } })],
	['cartOrder', 'create', () => ({ cartId: cart(), dryRun: false, ...gift(bench.sandbox) })],
	['company', 'get', () => ({ companyId: byId(state().company.uuid) })],
	['company', 'getAll', () => ({ returnAll: true })],
	['customer', 'get', () => ({ customerId: state().customers[0].uuid })],
	['customer', 'getAll', () => ({ returnAll: true })],
	['order', 'get', () => ({ orderId: byId(state().orders.find(({ lines, deliveryStatus }) => lines[0].children.length > 0 && deliveryStatus)!.uuid) })],
	['order', 'getLines', () => ({ orderId: byId(state().orders.find(({ lines }) => lines[0].children.length > 0)!.uuid) })],
	['order', 'getAll', () => ({ returnAll: true })],
	['orderCollection', 'place', () => ({ ...payer, dryRun: false, ...gift(bench.sandbox) })],
	['product', 'get', () => ({ productId: byId(state().products[0].uuid) })],
	['product', 'getAll', () => ({ returnAll: true })],
	['productGroup', 'get', () => ({ productGroupId: state().productGroups[0].uuid })],
	['productGroup', 'getAll', () => ({ returnAll: true })],
])('%s %s', async (resource, operation, parametersOf) => {
	const { items, error } = await bench.run({ resource, operation, ...parametersOf() });
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(0);
	const { actual, stored } = outputSchema('Topgeschenken', resource, operation, items);
	expect(actual).toEqual(stored);
});
