import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../operation/describe';
import * as listSearch from './listSearch';
import { topgeschenken } from './platform';
import { assortment } from './resources/assortment';
import { cart } from './resources/cart';
import { cartOrder } from './resources/cartOrder';
import { company } from './resources/company';
import { customer } from './resources/customer';
import { order } from './resources/order';
import { orderCollection } from './resources/orderCollection';
import { product } from './resources/product';
import { productGroup } from './resources/productGroup';

const { properties, subtitle, localResourceMapping, execute } = describe(topgeschenken, [
	order,
	orderCollection,
	product,
	cart,
	cartOrder,
	assortment,
	company,
	customer,
	productGroup,
]);

export class Topgeschenken implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Topgeschenken',
		name: 'topgeschenken',
		icon: { light: 'file:topgeschenken.svg', dark: 'file:topgeschenken.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description: 'Gifts from Topgeschenken: the catalogue, carts, and orders that you place and follow',
		defaults: { name: 'Topgeschenken' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'topgeschenkenApi', required: true }],
		properties,
	};

	execute = execute;

	methods = { listSearch, localResourceMapping };
}
