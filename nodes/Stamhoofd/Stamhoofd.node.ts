import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../transport/operation';
import { searchPayments, searchWebshops } from './listSearch';
import { stamhoofd } from './platform';
import { order } from './resources/order';
import { organization } from './resources/organization';
import { payment } from './resources/payment';
import { webshop } from './resources/webshop';

const { properties, customOperations } = describe(stamhoofd, [payment, order, organization, webshop]);

export class Stamhoofd implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stamhoofd',
		name: 'stamhoofd',
		icon: { light: 'file:stamhoofd.svg', dark: 'file:stamhoofd.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
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
		hints: [
			{
				type: 'info',
				message:
					'Only if API Version in the credential is 191: Stamhoofd then lists open transfers and those paid in the last seven days. Filter on the paid period, or on the status Succeeded alone, to get older ones.',
				displayCondition: '={{ $parameter["resource"] === "payment" && $parameter["operation"] === "getAll" }}',
				whenToDisplay: 'beforeExecution',
				location: 'ndv',
			},
		],
		requestDefaults: {},
		properties,
	};

	customOperations = customOperations;

	methods = { listSearch: { searchPayments, searchWebshops } };
}
