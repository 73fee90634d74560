import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../operation/describe';
import * as listSearch from './listSearch';
import { stamhoofd } from './platform';
import { order } from './resources/order';
import { organization } from './resources/organization';
import { payment } from './resources/payment';
import { webshop } from './resources/webshop';

const { properties, execute } = describe(stamhoofd, [payment, order, organization, webshop]);

export class Stamhoofd implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stamhoofd',
		name: 'stamhoofd',
		icon: { light: 'file:stamhoofd.svg', dark: 'file:stamhoofd.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description: 'Payments, webshop orders and webshops of an association on Stamhoofd',
		defaults: { name: 'Stamhoofd' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'stamhoofdApi',
				required: true,
				displayOptions: { hide: { operation: ['search'] } },
			},
		],
		properties,
	};

	execute = execute;

	methods = { listSearch };
}
