import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../operation/describe';
import { webwinkelfacturen } from './platform';
import { category } from './resources/category';
import { closure } from './resources/closure';
import { customer } from './resources/customer';
import { invoice } from './resources/invoice';
import { order } from './resources/order';
import { paymentMethod } from './resources/paymentMethod';
import { receipt } from './resources/receipt';
import { refund } from './resources/refund';
import { sale } from './resources/sale';
import { taxRate } from './resources/taxRate';

const { properties, subtitle, execute } = describe(webwinkelfacturen, [
	sale,
	category,
	closure,
	customer,
	invoice,
	order,
	paymentMethod,
	receipt,
	refund,
	taxRate,
]);

export class Webwinkelfacturen implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Webwinkelfacturen',
		name: 'webwinkelfacturen',
		icon: { light: 'file:webwinkelfacturen.svg', dark: 'file:webwinkelfacturen.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle,
		description: 'Sales into bookkeeping: orders, invoices, refunds, receipts and day closures, each once',
		defaults: { name: 'Webwinkelfacturen' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'webwinkelfacturenApi', required: true }],
		properties,
	};

	execute = execute;
}
