/** What holds for every operation of Topgeschenken. */
import { Topgeschenken } from '../../nodes/Topgeschenken/Topgeschenken.node';
import { everyOperation } from './everyOperation';
import { byId, gift, payer, useTopgeschenken } from './topgeschenken';

const bench = useTopgeschenken();
const state = () => bench.sandbox.state;
const cart = () => byId(state().carts[0].uuid);

everyOperation({
	folder: 'Topgeschenken',
	node: new Topgeschenken(),
	fresh: async () => await bench.restart(),
	run: async (parameters, options) => await bench.run(parameters, options),
	writes: () => bench.requests().filter(({ method }) => method !== 'GET').length,
	cases: [
		{ operation: 'assortment.get', parameters: () => ({ assortmentId: state().assortments[0].uuid }) },
		{ operation: 'assortment.getAll', parameters: () => ({ returnAll: true }) },
		{ operation: 'cart.create', parameters: () => ({ ...payer, companyId: byId(state().company.uuid) }) },
		{ operation: 'cart.delete', parameters: () => ({ cartId: cart() }) },
		{ operation: 'cart.finalize', parameters: () => ({ cartId: cart(), dryRun: false, agentMayPlace: true }) },
		{ operation: 'cart.get', parameters: () => ({ cartId: cart() }) },
		{ operation: 'cart.getAll', parameters: () => ({ returnAll: true }) },
		{ operation: 'cart.update', parameters: () => ({ cartId: cart(), changes: { contactEmail: 'new@voorbeeld.example' } }) },
		{ operation: 'cartOrder.create', parameters: () => ({ cartId: cart(), dryRun: false, ...gift(bench.sandbox) }) },
		{ operation: 'company.get', parameters: () => ({ companyId: byId(state().company.uuid) }) },
		{ operation: 'company.getAll', parameters: () => ({ returnAll: true }) },
		{ operation: 'customer.get', parameters: () => ({ customerId: state().customers[0].uuid }) },
		{ operation: 'customer.getAll', parameters: () => ({ returnAll: true }) },
		{ operation: 'order.get', parameters: () => ({ orderId: byId(state().orders.find(({ lines, deliveryStatus }) => lines[0].children.length > 0 && deliveryStatus)!.uuid) }) },
		{ operation: 'order.getLines', parameters: () => ({ orderId: byId(state().orders.find(({ lines }) => lines[0].children.length > 0)!.uuid) }) },
		{ operation: 'order.getAll', parameters: () => ({ returnAll: true }) },
		{ operation: 'order.getTotals', parameters: () => ({ split: 'month' }) },
		{ operation: 'orderCollection.place', parameters: () => ({ ...payer, dryRun: false, agentMayPlace: true, ...gift(bench.sandbox) }) },
		{ operation: 'product.get', parameters: () => ({ productId: byId(state().products[0].uuid) }) },
		{ operation: 'product.getAll', parameters: () => ({ returnAll: true }) },
		{ operation: 'productGroup.get', parameters: () => ({ productGroupId: state().productGroups[0].uuid }) },
		{ operation: 'productGroup.getAll', parameters: () => ({ returnAll: true }) },
	],
});
