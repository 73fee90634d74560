import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../operation/describe';
import { stamhoofdApiTest } from './credentialTest';
import * as listSearch from './listSearch';
import { stamhoofd } from './platform';
import { apiKey } from './resources/apiKey';
import { balance } from './resources/balance';
import { discountCode } from './resources/discountCode';
import { document } from './resources/document';
import { group } from './resources/group';
import { invoice } from './resources/invoice';
import { member } from './resources/member';
import { order } from './resources/order';
import { organization } from './resources/organization';
import { payment } from './resources/payment';
import { registration } from './resources/registration';
import { ticket } from './resources/ticket';
import { webshop } from './resources/webshop';

const { properties, subtitle, execute } = describe(stamhoofd, [
	payment,
	order,
	balance,
	invoice,
	member,
	registration,
	group,
	ticket,
	discountCode,
	document,
	webshop,
	organization,
	apiKey,
]);

export class Stamhoofd implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stamhoofd',
		name: 'stamhoofd',
		icon: { light: 'file:stamhoofd.svg', dark: 'file:stamhoofd.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description: 'Payments, orders, balances, invoices, members and tickets of an association on Stamhoofd',
		defaults: { name: 'Stamhoofd' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'stamhoofdApi',
				required: true,
				testedBy: 'stamhoofdApiTest',
				displayOptions: { hide: { operation: ['search'] } },
			},
		],
		properties,
	};

	execute = execute;

	methods = { listSearch, credentialTest: { stamhoofdApiTest } };
}
